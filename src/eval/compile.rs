//! From a decision tree to what the interpreter runs: names to slots, words to bit masks, filters to nodes of their scope.

use std::collections::HashMap;
use std::fmt;

use crate::ir::{Counted, Fold, Id, Quantifier, Table};
use crate::kleene::Tri;
use crate::number::Rational;
use crate::record::name_table::small;
use crate::record::schema::{Scope, attribute_named, attributes};
use crate::record::units::Units;
use crate::tree::json::TreeError;
use crate::tree::{
    self, AnchorId, AttributeId, Branch, DecisionTree, FactId, KindId, Leaf, NodeId, QuestionId, TestId, TreeStage,
    ValueType,
};

use super::age_span::{Scales, scales};
use super::code::{
    CheckId, Choice, CodeStage, Constant, Date, FactRead, Filter, Node, OperandKind, Subject, Target, Test, TimeOf,
    WindowAnchor,
};
use super::fast_path::FastTest;

/// Why a decision tree cannot be run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EvaluatorError {
    /// It breaks an invariant of [`DecisionTree`], so it was not made by [`DecisionTree::from_json`] or by the compiler.
    /// This error is shown as the one it holds, and has the same source.
    InvalidTree(TreeError),
}

impl EvaluatorError {
    fn new<T>(message: impl Into<String>) -> Result<T, EvaluatorError> {
        Err(EvaluatorError::InvalidTree(TreeError::new("", message)))
    }
}

impl fmt::Display for EvaluatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvaluatorError::InvalidTree(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EvaluatorError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            EvaluatorError::InvalidTree(error) => error.source(),
        }
    }
}

/// A tree compiled.
pub(crate) struct Compiled {
    pub(crate) nodes: Vec<Node>,
    /// For each test of a scope, its short form.
    pub(crate) checks: Table<CheckId, FastTest>,
    pub(crate) generals: Table<CheckId, Test>,
    /// For each check, the test and the scope it was compiled for.
    pub(crate) origins: Table<CheckId, (TestId, Scope)>,
    /// For each criterion, where it begins.
    pub(crate) roots: Vec<Target>,
    /// For each edit check, where it begins.
    pub(crate) edit_roots: Vec<Target>,
}

/// Compiles a tree.
///
/// # Errors
/// A tree that [`DecisionTree::validate`] refuses.
pub(crate) fn compile(tree: &DecisionTree) -> Result<Compiled, EvaluatorError> {
    tree.validate().map_err(EvaluatorError::InvalidTree)?;
    let mut compiler = Compiler::new(tree);
    let mut roots = Vec::with_capacity(tree.criteria.len());
    for criterion in &tree.criteria {
        roots.push(compiler.root(criterion.root, Scope::Nothing)?);
    }
    let mut edit_roots = Vec::with_capacity(tree.checks.len());
    for check in &tree.checks {
        edit_roots.push(compiler.root(check.root, Scope::Nothing)?);
    }
    let Compiler { nodes, checks, generals, origins, .. } = compiler;
    Ok(Compiled { nodes, checks, generals, origins, roots, edit_roots })
}

/// The nodes that `root` can reach, itself included, ascending.
fn reachable(tree: &DecisionTree, root: NodeId) -> Vec<NodeId> {
    let mut found = std::collections::BTreeSet::from([root]);
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        let Some(node) = tree.nodes.get(id) else {
            continue;
        };
        for next in [node.yes, node.no, node.unknown] {
            if let Branch::Node(to) = next
                && found.insert(to)
            {
                open.push(to);
            }
        }
    }
    found.into_iter().collect()
}

struct Compiler<'t> {
    tree: &'t DecisionTree,
    nodes: Vec<Node>,
    checks: Table<CheckId, FastTest>,
    generals: Table<CheckId, Test>,
    origins: Table<CheckId, (TestId, Scope)>,
    done_nodes: HashMap<(NodeId, Scope), Target>,
    done_tests: HashMap<(TestId, Scope), CheckId>,
}

impl<'t> Compiler<'t> {
    fn new(tree: &'t DecisionTree) -> Compiler<'t> {
        Compiler {
            tree,
            nodes: Vec::new(),
            checks: Table::default(),
            generals: Table::default(),
            origins: Table::default(),
            done_nodes: HashMap::new(),
            done_tests: HashMap::new(),
        }
    }

    fn root(&mut self, root: Branch, scope: Scope) -> Result<Target, EvaluatorError> {
        if let Branch::Node(root) = root {
            for id in reachable(self.tree, root) {
                self.node(id, scope)?;
            }
        }
        self.target(root, scope)
    }

    fn target(&self, next: Branch, scope: Scope) -> Result<Target, EvaluatorError> {
        match next {
            Branch::Leaf(Leaf::Pass | Leaf::Yes) => Ok(Target::YES),
            Branch::Leaf(Leaf::Fail | Leaf::No) => Ok(Target::NO),
            Branch::Leaf(Leaf::Unknown) => Ok(Target::UNKNOWN),
            Branch::Node(id) => match self.done_nodes.get(&(id, scope)) {
                Some(target) => Ok(*target),
                None => EvaluatorError::new(format!("node {} leads to a node that does not exist", id.place())),
            },
        }
    }

    fn node(&mut self, id: NodeId, scope: Scope) -> Result<(), EvaluatorError> {
        if self.done_nodes.contains_key(&(id, scope)) {
            return Ok(());
        }
        let Some(node) = self.tree.nodes.get(id) else {
            return EvaluatorError::new(format!("node {} does not exist", id.place()));
        };
        let check = self.test(node.test, scope)?;
        let yes = self.target(node.yes, scope)?;
        let no = self.target(node.no, scope)?;
        let unknown = self.target(node.unknown, scope)?;
        self.done_nodes.insert((id, scope), Target(small(self.nodes.len())));
        self.nodes.push(Node { check, yes, no, unknown });
        Ok(())
    }

    fn test(&mut self, id: TestId, scope: Scope) -> Result<CheckId, EvaluatorError> {
        if let Some(done) = self.done_tests.get(&(id, scope)) {
            return Ok(*done);
        }
        let Some(test) = self.tree.tests.get(id) else {
            return EvaluatorError::new(format!("test {} does not exist", id.place()));
        };
        let general = test.map(&mut InScope { compiler: self, test: id, scope })?;
        let check = self.short(&general);
        let index = self.checks.push(check);
        self.generals.push(general);
        self.origins.push((id, scope));
        self.done_tests.insert((id, scope), index);
        Ok(index)
    }

    /// The words of a coded or ordinal type.
    fn words(&self, subject: &tree::Subject, scope: Scope) -> Option<&'t [String]> {
        let ty = match subject {
            tree::Subject::Fact(read) => &self.tree.facts.get(read.fact)?.ty,
            tree::Subject::Attribute(name) => &attribute_named(attributes(self.tree, scope), name)?.1.ty,
        };
        match ty {
            ValueType::Ordinal { levels: words, .. } | ValueType::Coded { values: words } => Some(words),
            ValueType::Quantity { .. }
            | ValueType::Score { .. }
            | ValueType::Titre
            | ValueType::YesNo
            | ValueType::Date => None,
        }
    }

    /// What a filter answers for an undated result without attributes, when that is plain to see: every filter that
    /// only asks for a window is so.
    fn plain(&self, filter: Target) -> Option<Tri> {
        let mut at = filter;
        while let Some(node) = self.nodes.get(at.0 as usize) {
            at = match self.generals.get(node.check)? {
                // Whether there is such an entry is in the record.
                Test::Window { anchor: WindowAnchor::Entry(_), .. } => return None,
                Test::Window { of: TimeOf::Entry | TimeOf::Result, undated: true, .. } => node.yes,
                Test::Window { of: TimeOf::Entry | TimeOf::Result, undated: false, .. } => node.unknown,
                _ => return None,
            };
        }
        Some(at.answer())
    }

    /// The short form of a test, where it has one.
    fn short(&self, general: &Test) -> FastTest {
        // The place of a fact's word among those of a record.
        let word = |fact: FactId| small(fact.place());
        let yes = |filter: &Filter| filter.plain == Some(Tri::Yes);
        // One value is the latest, the first, any and every one, but not several.
        let one = |read: &FactRead| yes(&read.filter) && !matches!(read.quantifier, Quantifier::Several(_));
        match general {
            Test::Compare { left, op, right } => match (&left.kind, &right.kind) {
                (OperandKind::Fact(read, None), OperandKind::Number(bound)) if one(read) => {
                    FastTest::number(word(read.fact), *op, bound.approx, &bound.exact).unwrap_or(FastTest::General)
                }
                _ => FastTest::General,
            },
            Test::IsOneOf { subject: Subject::Fact(read), values } if one(read) => match &values[..] {
                [mask] => FastTest::Word { slot: word(read.fact), mask: *mask, absent: Tri::Unknown },
                _ => FastTest::General,
            },
            Test::IsYes { subject: Subject::Fact(read) } if one(read) => {
                let means_no = self.tree.facts.get(read.fact).is_some_and(|fact| fact.absent_means_no);
                FastTest::yes(word(read.fact), if means_no { Tri::No } else { Tri::Unknown })
            }
            // A date has no word of its own: only a record without it is answered so.
            Test::Window { of: TimeOf::Fact(read), anchor: WindowAnchor::Date(_), .. }
                if !matches!(read.quantifier, Quantifier::Several(_)) =>
            {
                FastTest::Word { slot: word(read.fact), mask: 0, absent: Tri::Unknown }
            }
            Test::Judged { question } => FastTest::yes(small(self.tree.facts.len() + question.place()), Tri::Unknown),
            Test::IsOneOf { .. }
            | Test::IsYes { .. }
            | Test::Entries { .. }
            | Test::Course { .. }
            | Test::Stretch { .. }
            | Test::Window { .. }
            | Test::Todo { .. } => FastTest::General,
        }
    }
}

/// A test compiled for one scope.
struct InScope<'c, 't> {
    compiler: &'c mut Compiler<'t>,
    test: TestId,
    scope: Scope,
}

impl InScope<'_, '_> {
    fn index(&self, name: &str) -> Option<AttributeId> {
        attribute_named(attributes(self.compiler.tree, self.scope), name).map(|(index, _)| index)
    }
}

impl<'t> Fold<'t, TreeStage, CodeStage> for InScope<'_, 't> {
    type Error = EvaluatorError;

    fn fact(&mut self, fact: &'t FactId) -> Result<FactId, EvaluatorError> {
        Ok(*fact)
    }

    fn anchor(&mut self, anchor: &'t AnchorId) -> Result<AnchorId, EvaluatorError> {
        Ok(*anchor)
    }

    fn question(&mut self, question: &'t QuestionId) -> Result<QuestionId, EvaluatorError> {
        Ok(*question)
    }

    fn attribute(&mut self, name: &'t String) -> Result<Option<AttributeId>, EvaluatorError> {
        Ok(self.index(name))
    }

    fn date(&mut self, name: &'t String) -> Result<Date, EvaluatorError> {
        Ok(match (name.as_str(), self.scope) {
            ("start", Scope::Kind(_)) => Date::Start,
            ("end", Scope::Kind(_)) => Date::End,
            (name, _) => Date::Own(self.index(name)),
        })
    }

    fn values(&mut self, subject: &'t tree::Subject, values: &'t Vec<String>) -> Result<Vec<u64>, EvaluatorError> {
        let words = self.compiler.words(subject, self.scope);
        let mut bits = vec![0u64; words.map_or(0, <[String]>::len).div_ceil(64).max(1)];
        for value in values {
            // In a filter applied to several kinds, one kind may not have the attribute or the word.
            let at = words.and_then(|words| words.iter().position(|word| word == value));
            if let Some(at) = at
                && let Some(word) = bits.get_mut(at / 64)
            {
                *word |= 1 << (at % 64);
            }
        }
        Ok(bits)
    }

    fn number(&mut self, number: &'t Rational) -> Result<Constant, EvaluatorError> {
        Ok(Constant { approx: number.to_f64(), exact: number.clone() })
    }

    fn text(&mut self, _: &'t String) -> Result<(), EvaluatorError> {
        Ok(())
    }

    fn condition(&mut self, condition: &'t Branch) -> Result<Target, EvaluatorError> {
        self.compiler.root(*condition, self.scope)
    }

    fn filter(&mut self, fact: &'t FactId, filter: &'t Branch) -> Result<Filter, EvaluatorError> {
        let root = self.compiler.root(*filter, Scope::Fact(*fact))?;
        Ok(Filter { root, plain: self.compiler.plain(root) })
    }

    fn entries(&mut self, kinds: &'t [KindId], filter: &'t Branch) -> Result<Counted<CodeStage>, EvaluatorError> {
        let mut compiled = Vec::with_capacity(kinds.len());
        for kind in kinds {
            compiled.push((*kind, self.compiler.root(*filter, Scope::Kind(*kind))?));
        }
        Ok((compiled, ()))
    }

    fn choice(&mut self, kinds: &'t [KindId], choice: &'t tree::Choice) -> Result<Choice, EvaluatorError> {
        let mut among = Vec::with_capacity(kinds.len());
        for kind in kinds {
            among.push(self.compiler.root(choice.among, Scope::Kind(*kind))?);
        }
        let attribute = |name: &String, kind: &KindId| {
            attribute_named(attributes(self.compiler.tree, Scope::Kind(*kind)), name).map(|(index, _)| index)
        };
        let by = choice.by.as_ref().map(|name| kinds.iter().map(|kind| attribute(name, kind)).collect());
        Ok(Choice { latest: choice.latest, by, among })
    }

    fn by(&mut self, fact: &'t FactId, name: &'t String) -> Result<Option<AttributeId>, EvaluatorError> {
        Ok(attribute_named(attributes(self.compiler.tree, Scope::Fact(*fact)), name).map(|(index, _)| index))
    }

    /// The time of the entry or result in scope: there has to be one.
    fn here(&mut self) -> Result<(), EvaluatorError> {
        match self.scope {
            Scope::Nothing => EvaluatorError::new(format!("test {} asks for the time of nothing", self.test.place())),
            Scope::Fact(_) | Scope::Kind(_) => Ok(()),
        }
    }

    fn scales(&mut self, age: &'t tree::Age) -> Result<Scales, EvaluatorError> {
        Ok(age
            .recorded
            .as_ref()
            .and_then(|read| self.compiler.tree.facts.get(read.fact))
            .map_or_else(Scales::new, |fact| scales(fact, &Units::of(&fact.ty, None))))
    }

    fn note(&mut self, (): &'t ()) -> Result<(), EvaluatorError> {
        Ok(())
    }
}
