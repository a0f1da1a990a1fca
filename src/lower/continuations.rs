//! A condition to branches: what to do next is given for each of its three answers.

use std::convert::Infallible;

use foldhash::{HashMap, HashMapExt};

use crate::ir::{Counted, Fold, Id, Table};
use crate::number::Rational;
use crate::tree::{
    self, AnchorId, Branch, FactId, KindId, Leaf, Node, NodeId, Question, QuestionId, Test, TestId, TreeStage,
};
use crate::typed::{self, Condition, ConditionKind, Program, TypedStage};
use crate::vocab;

/// The tree's id of an anchor: a tree has all of them, in the order of the vocabulary.
pub fn anchor(id: vocab::AnchorId) -> AnchorId {
    AnchorId::new(id.place())
}

/// Where each answer leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Continuations {
    pub(super) yes: Branch,
    pub(super) no: Branch,
    pub(super) unknown: Branch,
}

impl Continuations {
    pub(super) fn negated(self) -> Continuations {
        Continuations { yes: self.no, no: self.yes, ..self }
    }
}

/// Where the answers of a filter, or of an edit check, lead.
pub(super) const INNER: Continuations =
    Continuations { yes: Branch::Leaf(Leaf::Yes), no: Branch::Leaf(Leaf::No), unknown: Branch::Leaf(Leaf::Unknown) };

pub(super) struct Lowering<'p> {
    pub(super) program: &'p Program,
    pub(super) questions: Table<QuestionId, Question>,
    /// Questions by text and role.
    pub(super) question_ids: HashMap<(&'p str, &'p str), QuestionId>,
    /// The vocabulary's ids of the tree's facts.
    pub(super) facts: Table<FactId, vocab::FactId>,
    /// The vocabulary's ids of the tree's kinds.
    pub(super) kinds: Table<KindId, vocab::KindId>,
    pub(super) tests: Table<TestId, Test>,
    pub(super) test_ids: HashMap<Test, TestId>,
    /// Tests by address, as `compiled`: a test is met once under each of its continuations.
    pub(super) built: HashMap<*const typed::Test, TestId>,
    pub(super) nodes: Table<NodeId, Node>,
    pub(super) node_ids: HashMap<Node, NodeId>,
    /// Conditions by address: the program is borrowed for as long as this lives.
    pub(super) compiled: HashMap<(*const Condition, Continuations), Branch>,
}

impl<'p> Fold<'p, TypedStage, TreeStage> for Lowering<'p> {
    type Error = Infallible;

    fn fact(&mut self, fact: &'p vocab::FactId) -> Result<FactId, Infallible> {
        Ok(id_of(&mut self.facts, *fact))
    }

    fn anchor(&mut self, anchor: &'p vocab::AnchorId) -> Result<AnchorId, Infallible> {
        Ok(self::anchor(*anchor))
    }

    fn question(&mut self, question: &'p typed::Judgement) -> Result<QuestionId, Infallible> {
        let questions = &mut self.questions;
        let typed::Judgement { text, by } = question;
        Ok(*self.question_ids.entry((text, by)).or_insert_with(|| {
            // Every judgement of a criterion is listed; one reached only through a filter is listed here.
            let id = format!("Q{}", questions.len() + 1);
            questions.push(Question { id, text: text.clone(), by: by.clone() })
        }))
    }

    fn attribute(&mut self, attribute: &'p typed::AttributeRead) -> Result<String, Infallible> {
        Ok(attribute.name.clone())
    }

    fn date(&mut self, date: &'p typed::AttributeRead) -> Result<String, Infallible> {
        self.attribute(date)
    }

    fn values(&mut self, _: &'p typed::Subject, values: &'p Vec<String>) -> Result<Vec<String>, Infallible> {
        Ok(values.clone())
    }

    fn number(&mut self, number: &'p Rational) -> Result<Rational, Infallible> {
        Ok(number.clone())
    }

    fn text(&mut self, text: &'p String) -> Result<String, Infallible> {
        Ok(text.clone())
    }

    fn condition(&mut self, condition: &'p Box<Condition>) -> Result<Branch, Infallible> {
        Ok(Lowering::condition(self, condition, INNER))
    }

    fn filter(&mut self, _: &'p vocab::FactId, filter: &'p Option<Box<Condition>>) -> Result<Branch, Infallible> {
        Ok(Lowering::filter(self, filter.as_deref()))
    }

    fn entries(
        &mut self,
        kinds: &'p [vocab::KindId],
        filter: &'p Option<Box<Condition>>,
    ) -> Result<Counted<TreeStage>, Infallible> {
        let mut kinds: Vec<KindId> = kinds.iter().map(|kind| id_of(&mut self.kinds, *kind)).collect();
        kinds.sort_unstable();
        Ok((kinds, Lowering::filter(self, filter.as_deref())))
    }

    fn choice(&mut self, _: &'p [vocab::KindId], choice: &'p typed::Choice) -> Result<tree::Choice, Infallible> {
        Ok(tree::Choice {
            latest: choice.latest,
            by: choice.by.as_ref().map(|by| by.name.clone()),
            among: Lowering::filter(self, choice.among.as_deref()),
        })
    }

    fn by(&mut self, _: &'p vocab::FactId, by: &'p Box<typed::AttributeRead>) -> Result<String, Infallible> {
        self.attribute(by)
    }

    fn scales(&mut self, _: &'p typed::Age) -> Result<(), Infallible> {
        Ok(())
    }

    fn note(&mut self, _: &'p typed::Measure) -> Result<(), Infallible> {
        Ok(())
    }
}

impl<'p> Lowering<'p> {
    pub(super) fn condition(&mut self, condition: &'p Condition, ends: Continuations) -> Branch {
        if ends.yes == ends.no && ends.no == ends.unknown {
            return ends.yes;
        }
        match &condition.kind {
            ConditionKind::Test(test) => {
                let test = self.test(test);
                self.node(Node { test, yes: ends.yes, no: ends.no, unknown: ends.unknown })
            }
            ConditionKind::Not(inner) => self.condition(inner, ends.negated()),
            ConditionKind::Defined(id) => match self.program.definitions.get(*id) {
                Some(definition) => self.condition(&definition.condition, ends),
                None => ends.unknown,
            },
            ConditionKind::And(items) => self.once(condition, ends, |this| this.all(items, ends)),
            ConditionKind::Or(items) => self.once(condition, ends, |this| this.any(items, ends)),
            ConditionKind::AtLeast(count, items) => {
                self.once(condition, ends, |this| this.at_least(*count as usize, items, ends))
            }
            ConditionKind::AtMost(count, items) => {
                self.once(condition, ends, |this| this.at_least(*count as usize + 1, items, ends.negated()))
            }
            ConditionKind::Exactly(count, items) => self.once(condition, ends, |this| {
                // At least so many, and not one more: the second counts only where the first does not say no.
                let count = *count as usize;
                let when_yes = this.at_least(count + 1, items, ends.negated());
                let when_unknown =
                    this.at_least(count + 1, items, Continuations { yes: ends.unknown, ..ends }.negated());
                this.at_least(count, items, Continuations { yes: when_yes, no: ends.no, unknown: when_unknown })
            }),
        }
    }

    /// What `compile` makes of a condition under these ends, which it is asked once.
    pub(super) fn once(
        &mut self,
        condition: &'p Condition,
        ends: Continuations,
        compile: impl FnOnce(&mut Self) -> Branch,
    ) -> Branch {
        let key = (std::ptr::from_ref(condition), ends);
        if let Some(known) = self.compiled.get(&key) {
            return *known;
        }
        let next = compile(self);
        self.compiled.insert(key, next);
        next
    }

    /// From the last item back: what is left to do when all before it said yes, and when one was unknown.
    pub(super) fn all(&mut self, items: &'p [Condition], ends: Continuations) -> Branch {
        let (mut definite, mut undecided) = (ends.yes, ends.unknown);
        for (at, item) in items.iter().enumerate().rev() {
            let after = Continuations { yes: definite, no: ends.no, unknown: undecided };
            definite = self.condition(item, after);
            if at > 0 {
                undecided = self.condition(item, Continuations { yes: after.unknown, ..after });
            }
        }
        definite
    }

    pub(super) fn any(&mut self, items: &'p [Condition], ends: Continuations) -> Branch {
        let (mut definite, mut undecided) = (ends.no, ends.unknown);
        for (at, item) in items.iter().enumerate().rev() {
            let after = Continuations { yes: ends.yes, no: definite, unknown: undecided };
            definite = self.condition(item, after);
            if at > 0 {
                undecided = self.condition(item, Continuations { no: after.unknown, ..after });
            }
        }
        definite
    }

    /// Counts from the last item back over the state (sure, unsure): how many before it said yes, how many may yet.
    ///
    /// `definite >= count` is yes at once; `definite + undecided + left < count` is no at once; `undecided` beyond what is missing
    /// makes no difference. So there are at most `count^2 / 2` states an item.
    pub(super) fn at_least(&mut self, count: usize, items: &'p [Condition], ends: Continuations) -> Branch {
        if count == 0 {
            return ends.yes;
        }
        if count > items.len() {
            return ends.no;
        }
        let decided = |definite: usize, undecided: usize, left: usize| {
            if definite >= count {
                Some(ends.yes)
            } else if definite + undecided + left < count {
                Some(ends.no)
            } else if left == 0 {
                Some(ends.unknown)
            } else {
                None
            }
        };
        let mut after: HashMap<(usize, usize), Branch> = HashMap::new();
        for (before, item) in items.iter().enumerate().rev() {
            let left = items.len() - before;
            let mut here = HashMap::new();
            for definite in 0..=before.min(count) {
                for undecided in 0..=(before - definite).min(count - definite) {
                    if let Some(next) = decided(definite, undecided, left) {
                        here.insert((definite, undecided), next);
                        continue;
                    }
                    let then = |definite: usize, undecided: usize| {
                        let undecided = undecided.min(count.saturating_sub(definite));
                        decided(definite, undecided, left - 1)
                            .or_else(|| after.get(&(definite, undecided)).copied())
                            .unwrap_or(ends.unknown)
                    };
                    let ends = Continuations {
                        yes: then(definite + 1, undecided),
                        no: then(definite, undecided),
                        unknown: then(definite, undecided + 1),
                    };
                    here.insert((definite, undecided), self.condition(item, ends));
                }
            }
            after = here;
        }
        after.get(&(0, 0)).copied().unwrap_or(ends.unknown)
    }

    pub(super) fn node(&mut self, node: Node) -> Branch {
        if node.yes == node.no && node.no == node.unknown {
            return node.yes;
        }
        if let Some(id) = self.node_ids.get(&node) {
            return Branch::Node(*id);
        }
        let id = self.nodes.push(node);
        self.node_ids.insert(node, id);
        Branch::Node(id)
    }

    pub(super) fn test(&mut self, test: &'p typed::Test) -> TestId {
        if let Some(known) = self.built.get(&std::ptr::from_ref(test)) {
            return *known;
        }
        let Ok(built) = test.map(self);
        let id = self.shared(built);
        self.built.insert(std::ptr::from_ref(test), id);
        id
    }

    /// The place of a test, which equal ones share.
    pub(super) fn shared(&mut self, test: Test) -> TestId {
        if let Some(id) = self.test_ids.get(&test) {
            return *id;
        }
        let id = self.tests.push(test.clone());
        self.test_ids.insert(test, id);
        id
    }

    pub(super) fn filter(&mut self, filter: Option<&'p Condition>) -> Branch {
        match filter {
            None => Branch::Leaf(Leaf::Yes),
            Some(condition) => self.condition(condition, INNER),
        }
    }
}

/// The id of `wanted` in `list`, which it joins when it is not there yet.
pub(super) fn id_of<I: Id, T: PartialEq>(list: &mut Table<I, T>, wanted: T) -> I {
    match list.find(|known| *known == wanted) {
        Some(id) => id,
        None => list.push(wanted),
    }
}
