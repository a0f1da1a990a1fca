//! From a typed program to its decision tree.
//!
//! A condition is compiled under three continuations, one for each answer, so that `and`, `or`, `not` and counting turn
//! into branches. Equal tests and equal nodes are shared; a condition met again under the same continuations is not
//! compiled again. In a criterion every inner condition meets at most a handful of different continuations, so that the
//! tree grows with the program, not with the number of paths through it.

use std::collections::BTreeSet;
use std::convert::Infallible;

use foldhash::{HashMap, HashMapExt};

use crate::ir::{Counted, Fold, INCOMPLETE, Id, Polarity};
use crate::number::Rational;
use crate::source::{SourceMap, Span};
use crate::tree::{
    Anchor, AnchorId, Attribute, Branch, Code, Criterion, DecisionTree, Fact, FactId, Group, Kind, KindId, Leaf, Node,
    NodeId, Note, Question, QuestionId, Test, TestId, TreeStage, TrialInfo, ValueType,
};
use crate::typed::{self, Condition, ConditionKind, Incomplete, Program, TypedStage};
use crate::units::{Ways, accepted_units};
use crate::vocab::{self, Type, Vocabulary};

/// The decision tree of a program; `sources` gives files and lines.
pub fn lower(program: &Program, sources: &SourceMap) -> DecisionTree {
    let questions = typed::questions(&program.criteria, &program.definitions);
    let mut lowering = Lowering {
        program,
        question_ids: questions.iter().zip(0..).map(|(question, id)| ((question.text, question.by), id)).collect(),
        questions: questions
            .into_iter()
            .map(|question| Question { id: question.id, text: question.text.to_owned(), by: question.by.to_owned() })
            .collect(),
        facts: Vec::new(),
        kinds: Vec::new(),
        tests: Vec::new(),
        test_ids: HashMap::new(),
        built: HashMap::new(),
        nodes: Vec::new(),
        node_ids: HashMap::new(),
        compiled: HashMap::new(),
    };
    let place = |span: Span| {
        let path = sources.get(span.file).map_or("", |file| file.name.as_str());
        // The name alone: one source has one tree, from wherever and however its path was typed.
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        (name.to_owned(), sources.line_column(span).line)
    };
    let incomplete = program.trial.incomplete.as_ref().map(|incomplete| lowering.incomplete(incomplete, place));
    let stated = program
        .criteria
        .iter()
        .map(|criterion| {
            let (yes, no) = match criterion.polarity {
                Polarity::Require => (Leaf::Pass, Leaf::Fail),
                Polarity::Exclude => (Leaf::Fail, Leaf::Pass),
            };
            let ends =
                Continuations { yes: Branch::Leaf(yes), no: Branch::Leaf(no), unknown: Branch::Leaf(Leaf::Unknown) };
            Criterion {
                id: criterion.id.clone(),
                polarity: criterion.polarity,
                text: criterion.text.clone(),
                statement: criterion.statement.clone(),
                stage: criterion.stage.place(),
                root: lowering.condition(&criterion.condition, ends),
                source: place(criterion.span),
            }
        })
        .collect::<Vec<_>>();
    let criteria = incomplete.into_iter().chain(stated).collect();
    let notes = program
        .notes
        .iter()
        .map(|note| Note { id: note.id.clone(), text: note.text.clone(), source: place(note.span) })
        .collect();
    let mut tree = lowering.finish(criteria, notes);
    sweep(&mut tree);
    tree
}

/// Where each answer leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Continuations {
    yes: Branch,
    no: Branch,
    unknown: Branch,
}

impl Continuations {
    fn negated(self) -> Continuations {
        Continuations { yes: self.no, no: self.yes, ..self }
    }
}

/// Where a filter's answers lead.
const INNER: Continuations =
    Continuations { yes: Branch::Leaf(Leaf::Yes), no: Branch::Leaf(Leaf::No), unknown: Branch::Leaf(Leaf::Unknown) };

struct Lowering<'p> {
    program: &'p Program,
    questions: Vec<Question>,
    /// Questions by text and role.
    question_ids: HashMap<(&'p str, &'p str), QuestionId>,
    /// The vocabulary's ids of the tree's facts.
    facts: Vec<vocab::FactId>,
    /// The vocabulary's ids of the tree's kinds.
    kinds: Vec<vocab::KindId>,
    tests: Vec<Test>,
    test_ids: HashMap<Test, TestId>,
    /// Tests by address, as `compiled`: a test is met once under each of its continuations.
    built: HashMap<*const typed::Test, TestId>,
    nodes: Vec<Node>,
    node_ids: HashMap<Node, NodeId>,
    /// Conditions by address: the program is borrowed for as long as this lives.
    compiled: HashMap<(*const Condition, Continuations), Branch>,
}

impl<'p> Fold<'p, TypedStage, TreeStage> for Lowering<'p> {
    type Error = Infallible;

    fn fact(&mut self, fact: &'p vocab::FactId) -> Result<FactId, Infallible> {
        Ok(index_of(&mut self.facts, *fact))
    }

    fn anchor(&mut self, anchor: &'p vocab::AnchorId) -> Result<AnchorId, Infallible> {
        Ok(anchor.place())
    }

    fn question(&mut self, question: &'p typed::Judgement) -> Result<QuestionId, Infallible> {
        let questions = &mut self.questions;
        let typed::Judgement { text, by } = question;
        Ok(*self.question_ids.entry((text, by)).or_insert_with(|| {
            // Every judgement of a criterion is listed; one reached only through a filter is listed here.
            let id = format!("Q{}", questions.len() + 1);
            questions.push(Question { id, text: text.clone(), by: by.clone() });
            questions.len() - 1
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
        let mut kinds: Vec<KindId> = kinds.iter().map(|kind| index_of(&mut self.kinds, *kind)).collect();
        kinds.sort_unstable();
        Ok((kinds, Lowering::filter(self, filter.as_deref())))
    }

    fn scales(&mut self, _: &'p typed::Age) -> Result<(), Infallible> {
        Ok(())
    }

    fn note(&mut self, _: &'p typed::Measure) -> Result<(), Infallible> {
        Ok(())
    }
}

impl<'p> Lowering<'p> {
    fn condition(&mut self, condition: &'p Condition, ends: Continuations) -> Branch {
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
    fn once(
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
    fn all(&mut self, items: &'p [Condition], ends: Continuations) -> Branch {
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

    fn any(&mut self, items: &'p [Condition], ends: Continuations) -> Branch {
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
    fn at_least(&mut self, count: usize, items: &'p [Condition], ends: Continuations) -> Branch {
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

    fn node(&mut self, node: Node) -> Branch {
        if node.yes == node.no && node.no == node.unknown {
            return node.yes;
        }
        if let Some(id) = self.node_ids.get(&node) {
            return Branch::Node(*id);
        }
        let id = self.nodes.len();
        self.nodes.push(node);
        self.node_ids.insert(node, id);
        Branch::Node(id)
    }

    fn test(&mut self, test: &'p typed::Test) -> TestId {
        if let Some(known) = self.built.get(&std::ptr::from_ref(test)) {
            return *known;
        }
        let Ok(built) = test.map(self);
        let id = self.shared(built);
        self.built.insert(std::ptr::from_ref(test), id);
        id
    }

    /// The place of a test, which equal ones share.
    fn shared(&mut self, test: Test) -> TestId {
        if let Some(id) = self.test_ids.get(&test) {
            return *id;
        }
        let id = self.tests.len();
        self.tests.push(test.clone());
        self.test_ids.insert(test, id);
        id
    }

    fn filter(&mut self, filter: Option<&'p Condition>) -> Branch {
        match filter {
            None => Branch::Leaf(Leaf::Yes),
            Some(condition) => self.condition(condition, INNER),
        }
    }

    /// What is not among the criteria is one more of them, always unknown and of the first stage: whatever reads the tree
    /// can call nobody eligible, at no stage.
    fn incomplete(&mut self, incomplete: &Incomplete, place: impl Fn(Span) -> (String, u32)) -> Criterion {
        let test = self.shared(Test::Todo { text: incomplete.why.clone() });
        let (yes, no, unknown) = (Branch::Leaf(Leaf::Pass), Branch::Leaf(Leaf::Fail), Branch::Leaf(Leaf::Unknown));
        let why = incomplete.why.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        Criterion {
            id: INCOMPLETE.to_owned(),
            polarity: Polarity::Require,
            text: None,
            statement: format!("incomplete \"{why}\""),
            stage: 0,
            root: self.node(Node { test, yes, no, unknown }),
            source: place(incomplete.span),
        }
    }

    fn finish(self, criteria: Vec<Criterion>, notes: Vec<Note>) -> DecisionTree {
        let vocabulary = &self.program.vocabulary;
        let facts: Vec<Fact> = self.facts.iter().filter_map(|fact| vocabulary.facts.get(*fact)).map(fact).collect();
        let kinds: Vec<Kind> = self.kinds.iter().filter_map(|kind| vocabulary.kinds.get(*kind)).map(kind).collect();
        let groups = groups(vocabulary, &self.kinds);
        let mut read: BTreeSet<&str> = facts.iter().map(|fact| fact.name.as_str()).collect();
        read.extend(kinds.iter().map(|kind| kind.name.as_str()));
        read.extend(groups.iter().map(|group| group.name.as_str()));
        let others: BTreeSet<&str> = vocabulary
            .facts
            .iter()
            .map(|fact| fact.name.as_str())
            .chain(vocabulary.kinds.iter().map(|kind| kind.name.as_str()))
            .chain(vocabulary.groups.iter().map(|group| group.name.as_str()))
            .filter(|name| !read.contains(name))
            .collect();
        let other_names = others.into_iter().map(str::to_owned).collect();
        let anchors = vocabulary
            .anchors
            .iter()
            .map(|anchor| Anchor { name: anchor.name.clone(), text: anchor.text.clone() })
            .collect();
        let trial = &self.program.trial;
        DecisionTree {
            trial: TrialInfo { id: trial.id.clone(), title: trial.title.clone(), details: trial.details.clone() },
            anchors,
            default_anchor: self.program.default_anchor.place(),
            facts,
            kinds,
            groups,
            other_names,
            questions: self.questions,
            tests: self.tests,
            nodes: self.nodes,
            criteria,
            notes,
        }
    }
}

/// The place of `wanted` in `list`, which it joins when it is not there yet.
fn index_of<I: Id>(list: &mut Vec<I>, wanted: I) -> usize {
    list.iter().position(|known| *known == wanted).unwrap_or_else(|| {
        list.push(wanted);
        list.len() - 1
    })
}

fn value_type(ty: &Type, ways: Ways<'_>) -> ValueType {
    match ty {
        Type::Quantity(unit) => ValueType::Quantity { unit: unit.ucum().to_owned(), units: accepted_units(unit, ways) },
        Type::Score { low, high, step } => {
            ValueType::Score { low: low.clone(), high: high.clone(), step: step.clone() }
        }
        Type::Ordinal { scale, levels } => ValueType::Ordinal { scale: scale.clone(), levels: levels.clone() },
        Type::Coded(values) => ValueType::Coded { values: values.clone() },
        Type::YesNo => ValueType::YesNo,
        Type::Date => ValueType::Date,
    }
}

fn codes(codes: &[vocab::Code]) -> Vec<Code> {
    codes
        .iter()
        .map(|code| Code { system: code.system.clone(), code: code.code.clone(), source: code.source.clone() })
        .collect()
}

fn attributes(attributes: &[vocab::Attribute]) -> Vec<Attribute> {
    attributes
        .iter()
        .map(|attribute| Attribute {
            name: attribute.name.clone(),
            ty: value_type(&attribute.ty, Ways::default()),
            possible: attribute.possible.clone(),
        })
        .collect()
}

fn fact(fact: &vocab::Fact) -> Fact {
    Fact {
        name: fact.name.clone(),
        text: fact.text.clone(),
        ty: value_type(&fact.ty, fact.ways()),
        possible: fact.possible.clone(),
        uln: fact.uln,
        lln: fact.lln,
        absent_means_no: fact.absent_means_no,
        attributes: attributes(&fact.attributes),
        codes: codes(&fact.codes),
    }
}

fn kind(kind: &vocab::Kind) -> Kind {
    Kind {
        name: kind.name.clone(),
        text: kind.text.clone(),
        word: kind.word,
        absent_means_no: kind.absent_means_no,
        half_life: kind.half_life.clone(),
        attributes: attributes(&kind.attributes),
        codes: codes(&kind.codes),
    }
}

/// The groups that have a member among the tree's kinds.
fn groups(vocabulary: &Vocabulary, kinds: &[vocab::KindId]) -> Vec<Group> {
    let mut list = Vec::new();
    for group in &vocabulary.groups {
        let mut members = Vec::new();
        let mut other_members = Vec::new();
        for member in &group.members {
            match kinds.iter().position(|kind| kind == member) {
                Some(at) => members.push(at),
                None => other_members.extend(vocabulary.kinds.get(*member).map(|kind| kind.name.clone())),
            }
        }
        if members.is_empty() {
            continue;
        }
        members.sort_unstable();
        list.push(Group { name: group.name.clone(), members, other_members });
    }
    list
}

/// Drops nodes and tests that no criterion reaches, keeping the order of the rest.
fn sweep(tree: &mut DecisionTree) {
    let mut live_nodes = vec![false; tree.nodes.len()];
    let mut live_tests = vec![false; tree.tests.len()];
    let mut open: Vec<Branch> = tree.criteria.iter().map(|criterion| criterion.root).collect();
    while let Some(next) = open.pop() {
        let Branch::Node(id) = next else { continue };
        let Some(live) = live_nodes.get_mut(id) else {
            continue;
        };
        if std::mem::replace(live, true) {
            continue;
        }
        let Some(node) = tree.nodes.get(id) else {
            continue;
        };
        open.extend([node.yes, node.no, node.unknown]);
        let Some(live) = live_tests.get_mut(node.test) else {
            continue;
        };
        if !std::mem::replace(live, true)
            && let Some(test) = tree.tests.get_mut(node.test)
        {
            test.conditions_mut(&mut |root| open.push(*root));
        }
    }
    let nodes = renumbered(&live_nodes);
    let tests = renumbered(&live_tests);
    let next = |next: Branch| match next {
        Branch::Node(id) => Branch::Node(nodes.get(id).copied().unwrap_or(id)),
        Branch::Leaf(leaf) => Branch::Leaf(leaf),
    };
    retain(&mut tree.nodes, &live_nodes);
    retain(&mut tree.tests, &live_tests);
    for node in &mut tree.nodes {
        *node = Node {
            test: tests.get(node.test).copied().unwrap_or(node.test),
            yes: next(node.yes),
            no: next(node.no),
            unknown: next(node.unknown),
        };
    }
    for test in &mut tree.tests {
        test.conditions_mut(&mut |root| *root = next(*root));
    }
    for criterion in &mut tree.criteria {
        criterion.root = next(criterion.root);
    }
}

fn renumbered(live: &[bool]) -> Vec<usize> {
    live.iter()
        .scan(0, |count, live| {
            let id = *count;
            *count += usize::from(*live);
            Some(id)
        })
        .collect()
}

fn retain<T>(list: &mut Vec<T>, live: &[bool]) {
    let mut live = live.iter();
    list.retain(|_| live.next().copied().unwrap_or(false));
}
