//! A decision tree made ready to run: names to slots, words to bit masks, each filter compiled for the fact or kind
//! whose results or entries it is asked of.

use std::collections::HashMap;
use std::fmt;

use crate::number::{Comparison, Rational};
use crate::syntax::ast::KindWord;
use crate::temporal::Relation;
use crate::tree::{
    AgeUnit, Attribute, DecisionTree, FactRead, KindId, Leaf, Limit, Next, NodeId, Operand, Select, Subject, Test,
    TestId, TimeOf, ValueType,
};

use super::age::{self, Scales};
use super::fast_path::{self, Check, Step};
use super::fast_values::{self, Plain};
use super::kleene::Tri;
use super::name_table::Names;
use super::units::Units;
use super::uses::Uses;

/// Why a decision tree cannot be run: it breaks one of the invariants of [`DecisionTree`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramError {
    /// What is wrong, with the index of the test, node or criterion.
    pub message: String,
}

impl ProgramError {
    fn new<T>(message: impl Into<String>) -> Result<T, ProgramError> {
        Err(ProgramError { message: message.into() })
    }
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ProgramError {}

/// What results or entries a filter is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    Nothing,
    Fact(u32),
    Kind(u32),
}

/// A compiled node or, from the top of the range down, an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Target(pub(super) u32);

impl Target {
    const YES: Target = Target(u32::MAX);
    const NO: Target = Target(u32::MAX - 1);
    pub(super) const UNKNOWN: Target = Target(u32::MAX - 2);

    /// The answer of a target that is no node; `Pass` is yes and `Fail` is no.
    pub(super) fn answer(self) -> Tri {
        if self == Target::YES {
            Tri::Yes
        } else if self == Target::NO {
            Tri::No
        } else {
            Tri::Unknown
        }
    }
}

/// A node in running order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) check: u32,
    pub(super) yes: Target,
    pub(super) no: Target,
    pub(super) unknown: Target,
}

impl Node {
    /// Where an answer leads.
    pub(super) fn next(&self, answer: Tri) -> Target {
        match answer {
            Tri::Yes => self.yes,
            Tri::No => self.no,
            Tri::Unknown => self.unknown,
        }
    }
}

/// A test in full.
#[derive(Debug, Clone)]
pub(super) enum General {
    Compare { left: Quantity, op: Comparison, right: Quantity },
    Among { place: Place, values: Vec<u64> },
    IsYes { place: Place },
    Entries { kinds: Vec<(u32, Target)>, distinct: bool, planned: bool, op: Comparison, count: u32 },
    Window { of: WindowOf, relation: Relation, anchor: u32, undated: bool },
    Judged { question: u32 },
    Todo,
}

/// Where a coded, yes/no or number test looks.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Fact(Read),
    /// An attribute of what is in scope; `None` where the scope has none of that name.
    Attribute(Option<u32>),
}

/// Whose time a window looks at.
#[derive(Debug, Clone)]
pub(super) enum WindowOf {
    /// The entry or result in scope.
    Here,
    /// The start of the entry in scope, as a date.
    Start,
    /// The end of the entry in scope, as a date.
    End,
    Place(Place),
}

/// A value fact as read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) fact: u32,
    pub(super) select: Select,
    pub(super) filter: Target,
    /// What the filter answers for an undated result without attributes, when no record changes that.
    pub(super) plain: Option<Tri>,
}

/// A number.
#[derive(Debug, Clone)]
pub(super) enum Quantity {
    Number(f64, Rational),
    Fact(Read, Option<Limit>),
    Attribute(Option<u32>),
    Given(Read, Box<Quantity>),
    Completed(Box<Completed>),
    Add(Box<Quantity>, Box<Quantity>),
    Subtract(Box<Quantity>, Box<Quantity>),
    Multiply(Box<Quantity>, Box<Quantity>),
    Divide(Box<Quantity>, Box<Quantity>),
    Power(Box<Quantity>, Rational),
    Min(Vec<Quantity>),
    Max(Vec<Quantity>),
    If(Target, Box<Quantity>, Box<Quantity>),
}

/// An age in completed units.
#[derive(Debug, Clone)]
pub(super) struct Completed {
    pub(super) unit: AgeUnit,
    pub(super) given: Option<Read>,
    /// By unit of the recorded age.
    pub(super) scales: Scales,
    pub(super) from: u32,
    pub(super) to: u32,
}

/// What a name under `facts` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOf {
    Fact(u32),
    Kind(u32),
    Group(u32),
    Other,
}

/// A decision tree ready to run. Made once, used from any number of threads.
#[derive(Debug)]
pub struct Program {
    pub(super) tree: DecisionTree,
    pub(super) names: Names<(NameOf, u32)>,
    pub(super) anchors: Names<u32>,
    pub(super) questions: Names<u32>,
    /// For each fact and kind: its units, by attribute (the value itself first).
    pub(super) fact_units: Vec<Vec<Units>>,
    pub(super) kind_units: Vec<Vec<Units>>,
    /// For each kind, its attribute `half_life`.
    pub(super) half_lives: Vec<Option<u32>>,
    pub(super) nodes: Vec<Node>,
    /// The nodes again, in the same order, for following.
    pub(super) steps: Vec<Step>,
    /// For each fact, how its value looks when it is given plainly.
    pub(super) plain: Vec<Plain>,
    /// For each fact, the bounds that steps compare it with.
    pub(super) bounds: Vec<Vec<f64>>,
    pub(super) generals: Vec<General>,
    /// For each check, the test and the scope it was compiled for.
    pub(super) origins: Vec<(TestId, Scope)>,
    pub(super) roots: Vec<Target>,
    /// What its tests look at, once it is asked for.
    pub(super) uses: std::sync::OnceLock<Uses>,
}

impl Program {
    /// Makes a tree ready.
    ///
    /// # Errors
    /// A tree that [`DecisionTree::validate`] refuses.
    pub fn new(tree: DecisionTree) -> Result<Program, ProgramError> {
        tree.validate().map_err(|error| ProgramError { message: error.to_string() })?;
        let mut names = Names::default();
        let facts = tree.facts.iter().enumerate().map(|(id, fact)| (fact.name.as_str(), NameOf::Fact(small(id))));
        let kinds = tree.kinds.iter().enumerate().map(|(id, kind)| (kind.name.as_str(), NameOf::Kind(small(id))));
        let groups = tree.groups.iter().enumerate().map(|(id, group)| (group.name.as_str(), NameOf::Group(small(id))));
        let others = tree.other_names.iter().map(|name| (name.as_str(), NameOf::Other));
        for (name, what) in facts.chain(kinds).chain(groups).chain(others) {
            let index = small(names.len());
            names.insert(name.to_owned(), (what, index));
        }
        let anchors = tree.anchors.iter().enumerate().map(|(id, anchor)| (anchor.name.clone(), small(id))).collect();
        let questions = tree.questions.iter().enumerate().map(|(id, item)| (item.id.clone(), small(id))).collect();
        let attribute_units = |attributes: &[Attribute]| {
            attributes.iter().map(|attribute| Units::of(&attribute.ty, attribute.possible.as_ref())).collect::<Vec<_>>()
        };
        let fact_units = tree
            .facts
            .iter()
            .map(|fact| {
                let mut units = vec![Units::of(&fact.ty, fact.possible.as_ref())];
                units.extend(attribute_units(&fact.attributes));
                units
            })
            .collect();
        let kind_units = tree.kinds.iter().map(|kind| attribute_units(&kind.attributes)).collect();
        let half_lives = tree
            .kinds
            .iter()
            .map(|kind| attribute_named(&kind.attributes, "half_life").map(|(index, _)| index))
            .collect();
        let mut compiler = Compiler::new(&tree);
        let mut roots = Vec::with_capacity(tree.criteria.len());
        for criterion in &tree.criteria {
            roots.push(compiler.root(criterion.root, Scope::Nothing)?);
        }
        let Compiler { nodes, checks, generals, origins, .. } = compiler;
        let step = |node: &Node| Step::new(node, checks.get(node.check as usize).copied().unwrap_or(Check::General));
        Ok(Program {
            steps: nodes.iter().map(step).collect(),
            plain: fast_values::forms(&tree),
            bounds: fast_path::bounds(&checks, tree.facts.len()),
            names,
            anchors,
            questions,
            fact_units,
            kind_units,
            half_lives,
            nodes,
            generals,
            origins,
            roots,
            uses: std::sync::OnceLock::new(),
            tree,
        })
    }

    /// The tree it was made of.
    pub fn tree(&self) -> &DecisionTree {
        &self.tree
    }

    /// The anchor of a name.
    pub fn anchor(&self, name: &str) -> Option<usize> {
        self.anchors.get(name).map(|id| *id as usize)
    }

    /// The kinds a name stands for: one, or a group's. `None` for a name that is neither; nothing for a name that no
    /// test reads.
    pub fn kinds_named(&self, name: &str) -> Option<Vec<KindId>> {
        match self.names.get(name)?.0 {
            NameOf::Kind(kind) => Some(vec![kind as usize]),
            NameOf::Group(group) => self.tree.groups.get(group as usize).map(|group| group.members.clone()),
            NameOf::Other => Some(Vec::new()),
            NameOf::Fact(_) => None,
        }
    }

    /// The anchors that some criterion has as its stage, in time order.
    pub fn stages(&self) -> Vec<usize> {
        let mut stages: Vec<usize> = self.tree.criteria.iter().map(|criterion| criterion.stage).collect();
        stages.sort_unstable();
        stages.dedup();
        stages
    }

    /// The units of a scope's attribute.
    pub(super) fn attribute_units(&self, scope: Scope, attribute: u32) -> Option<&Units> {
        match scope {
            Scope::Nothing => None,
            Scope::Fact(fact) => self.fact_units.get(fact as usize)?.get(attribute as usize + 1),
            Scope::Kind(kind) => self.kind_units.get(kind as usize)?.get(attribute as usize),
        }
    }

    pub(super) fn attributes(&self, scope: Scope) -> &[Attribute] {
        attributes(&self.tree, scope)
    }
}

/// An index as the small integer that slots use; a tree with more than 4 billion parts does not fit in memory.
pub(super) fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn attributes(tree: &DecisionTree, scope: Scope) -> &[Attribute] {
    match scope {
        Scope::Nothing => &[],
        Scope::Fact(fact) => tree.facts.get(fact as usize).map_or(&[], |fact| fact.attributes.as_slice()),
        Scope::Kind(kind) => tree.kinds.get(kind as usize).map_or(&[], |kind| kind.attributes.as_slice()),
    }
}

fn attribute_named<'a>(attributes: &'a [Attribute], name: &str) -> Option<(u32, &'a Attribute)> {
    attributes
        .iter()
        .zip(0..)
        .find(|(attribute, _)| attribute.name == name)
        .map(|(attribute, index)| (index, attribute))
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
            if let Next::Node(to) = next
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
    checks: Vec<Check>,
    generals: Vec<General>,
    origins: Vec<(TestId, Scope)>,
    done_nodes: HashMap<(NodeId, Scope), Target>,
    done_tests: HashMap<(TestId, Scope), u32>,
}

impl<'t> Compiler<'t> {
    fn new(tree: &'t DecisionTree) -> Compiler<'t> {
        Compiler {
            tree,
            nodes: Vec::new(),
            checks: Vec::new(),
            generals: Vec::new(),
            origins: Vec::new(),
            done_nodes: HashMap::new(),
            done_tests: HashMap::new(),
        }
    }

    fn root(&mut self, root: Next, scope: Scope) -> Result<Target, ProgramError> {
        if let Next::Node(root) = root {
            for id in reachable(self.tree, root) {
                self.node(id, scope)?;
            }
        }
        self.target(root, scope)
    }

    fn target(&self, next: Next, scope: Scope) -> Result<Target, ProgramError> {
        match next {
            Next::Leaf(Leaf::Pass | Leaf::Yes) => Ok(Target::YES),
            Next::Leaf(Leaf::Fail | Leaf::No) => Ok(Target::NO),
            Next::Leaf(Leaf::Unknown) => Ok(Target::UNKNOWN),
            Next::Node(id) => match self.done_nodes.get(&(id, scope)) {
                Some(target) => Ok(*target),
                None => ProgramError::new(format!("node {id} leads to a node that does not exist")),
            },
        }
    }

    fn node(&mut self, id: NodeId, scope: Scope) -> Result<(), ProgramError> {
        if self.done_nodes.contains_key(&(id, scope)) {
            return Ok(());
        }
        let Some(node) = self.tree.nodes.get(id) else {
            return ProgramError::new(format!("node {id} does not exist"));
        };
        let check = self.test(node.test, scope)?;
        let yes = self.target(node.yes, scope)?;
        let no = self.target(node.no, scope)?;
        let unknown = self.target(node.unknown, scope)?;
        self.done_nodes.insert((id, scope), Target(small(self.nodes.len())));
        self.nodes.push(Node { check, yes, no, unknown });
        Ok(())
    }

    fn test(&mut self, id: TestId, scope: Scope) -> Result<u32, ProgramError> {
        if let Some(done) = self.done_tests.get(&(id, scope)) {
            return Ok(*done);
        }
        let Some(test) = self.tree.tests.get(id) else {
            return ProgramError::new(format!("test {id} does not exist"));
        };
        let general = self.general(id, test, scope)?;
        let check = self.short(&general);
        let index = small(self.checks.len());
        self.checks.push(check);
        self.generals.push(general);
        self.origins.push((id, scope));
        self.done_tests.insert((id, scope), index);
        Ok(index)
    }

    fn general(&mut self, id: TestId, test: &Test, scope: Scope) -> Result<General, ProgramError> {
        Ok(match test {
            Test::Compare { left, op, right } => {
                General::Compare { left: self.operand(left, scope)?, op: *op, right: self.operand(right, scope)? }
            }
            Test::Among { subject, values } => {
                let words = self.words(subject, scope);
                let mut bits = vec![0u64; words.map_or(0, <[String]>::len).div_ceil(64).max(1)];
                for value in values {
                    // In a filter asked of several kinds, one kind may not have the attribute or the word.
                    let at = words.and_then(|words| words.iter().position(|word| word == value));
                    if let Some(at) = at
                        && let Some(word) = bits.get_mut(at / 64)
                    {
                        *word |= 1 << (at % 64);
                    }
                }
                General::Among { place: self.place(subject, scope)?, values: bits }
            }
            Test::IsYes { subject } => General::IsYes { place: self.place(subject, scope)? },
            Test::Entries { kinds, filter, distinct, planned, op, count } => {
                let mut compiled = Vec::with_capacity(kinds.len());
                for kind in kinds {
                    let kind = small(*kind);
                    compiled.push((kind, self.root(*filter, Scope::Kind(kind))?));
                }
                General::Entries { kinds: compiled, distinct: *distinct, planned: *planned, op: *op, count: *count }
            }
            Test::Window { of, relation, anchor, undated } => General::Window {
                of: match of {
                    TimeOf::Entry | TimeOf::Result => {
                        if scope == Scope::Nothing {
                            return ProgramError::new(format!("test {id} asks for the time of nothing"));
                        }
                        WindowOf::Here
                    }
                    TimeOf::Attribute(name) if name == "start" && matches!(scope, Scope::Kind(_)) => WindowOf::Start,
                    TimeOf::Attribute(name) if name == "end" && matches!(scope, Scope::Kind(_)) => WindowOf::End,
                    TimeOf::Attribute(name) => WindowOf::Place(self.attribute(name, scope)),
                    TimeOf::Fact(read) => WindowOf::Place(Place::Fact(self.read(read)?)),
                },
                relation: relation.clone(),
                anchor: small(*anchor),
                undated: *undated,
            },
            Test::Judged { question } => General::Judged { question: small(*question) },
            Test::Todo { .. } => General::Todo,
        })
    }

    /// The words of a coded or ordinal type.
    fn words(&self, subject: &Subject, scope: Scope) -> Option<&'t [String]> {
        let ty = match subject {
            Subject::Fact(read) => &self.tree.facts.get(read.fact)?.ty,
            Subject::Attribute(name) => &attribute_named(attributes(self.tree, scope), name)?.1.ty,
        };
        match ty {
            ValueType::Ordinal { levels: words, .. } | ValueType::Coded { values: words } => Some(words),
            ValueType::Quantity { .. } | ValueType::Score { .. } | ValueType::YesNo | ValueType::Date => None,
        }
    }

    fn place(&mut self, subject: &Subject, scope: Scope) -> Result<Place, ProgramError> {
        Ok(match subject {
            Subject::Fact(read) => Place::Fact(self.read(read)?),
            Subject::Attribute(name) => self.attribute(name, scope),
        })
    }

    fn attribute(&self, name: &str, scope: Scope) -> Place {
        Place::Attribute(attribute_named(attributes(self.tree, scope), name).map(|(index, _)| index))
    }

    fn read(&mut self, read: &FactRead) -> Result<Read, ProgramError> {
        let fact = small(read.fact);
        let filter = self.root(read.filter, Scope::Fact(fact))?;
        Ok(Read { fact, select: read.select, filter, plain: self.plain(filter) })
    }

    /// What a filter answers for an undated result without attributes, when that is plain to see: every filter that
    /// only asks for a window is so.
    fn plain(&self, filter: Target) -> Option<Tri> {
        let mut at = filter;
        while let Some(node) = self.nodes.get(at.0 as usize) {
            at = match self.generals.get(node.check as usize)? {
                General::Window { of: WindowOf::Here, undated: true, .. } => node.yes,
                General::Window { of: WindowOf::Here, undated: false, .. } => node.unknown,
                _ => return None,
            };
        }
        Some(at.answer())
    }

    fn operand(&mut self, operand: &Operand, scope: Scope) -> Result<Quantity, ProgramError> {
        let mut two = |left: &Operand, right: &Operand| -> Result<(Box<Quantity>, Box<Quantity>), ProgramError> {
            Ok((Box::new(self.operand(left, scope)?), Box::new(self.operand(right, scope)?)))
        };
        Ok(match operand {
            Operand::Number(value) => Quantity::Number(value.to_f64(), value.clone()),
            Operand::Fact(read, limit) => Quantity::Fact(self.read(read)?, *limit),
            Operand::Attribute(name) => {
                Quantity::Attribute(attribute_named(attributes(self.tree, scope), name).map(|(index, _)| index))
            }
            Operand::Given { given, otherwise } => {
                Quantity::Given(self.read(given)?, Box::new(self.operand(otherwise, scope)?))
            }
            Operand::Completed { unit, given, from, to } => Quantity::Completed(Box::new(Completed {
                unit: *unit,
                given: given.as_ref().map(|given| self.read(given)).transpose()?,
                scales: given
                    .as_ref()
                    .and_then(|given| self.tree.facts.get(given.fact))
                    .map_or_else(Scales::new, |fact| age::scales(fact, &Units::of(&fact.ty, None))),
                from: small(*from),
                to: small(*to),
            })),
            Operand::Add(left, right) => two(left, right).map(|(left, right)| Quantity::Add(left, right))?,
            Operand::Subtract(left, right) => two(left, right).map(|(left, right)| Quantity::Subtract(left, right))?,
            Operand::Multiply(left, right) => two(left, right).map(|(left, right)| Quantity::Multiply(left, right))?,
            Operand::Divide(left, right) => two(left, right).map(|(left, right)| Quantity::Divide(left, right))?,
            Operand::Power(base, exponent) => Quantity::Power(Box::new(self.operand(base, scope)?), exponent.clone()),
            Operand::Min(all) => Quantity::Min(self.operands(all, scope)?),
            Operand::Max(all) => Quantity::Max(self.operands(all, scope)?),
            Operand::If { condition, then, otherwise } => {
                let condition = self.root(*condition, scope)?;
                Quantity::If(condition, Box::new(self.operand(then, scope)?), Box::new(self.operand(otherwise, scope)?))
            }
        })
    }

    fn operands(&mut self, all: &[Operand], scope: Scope) -> Result<Vec<Quantity>, ProgramError> {
        all.iter().map(|one| self.operand(one, scope)).collect()
    }

    /// The short form of a test, where it has one.
    fn short(&self, general: &General) -> Check {
        let plain = |read: &Read| read.plain == Some(Tri::Yes);
        match general {
            General::Compare { left: Quantity::Fact(read, None), op, right: Quantity::Number(bound, exact) }
                if plain(read) =>
            {
                Check::number(read.fact, *op, *bound, exact).unwrap_or(Check::General)
            }
            General::Among { place: Place::Fact(read), values } if plain(read) => match &values[..] {
                [mask] => Check::Word { slot: read.fact, mask: *mask, absent: Tri::Unknown },
                _ => Check::General,
            },
            General::IsYes { place: Place::Fact(read) } if plain(read) => {
                let means_no = self.tree.facts.get(read.fact as usize).is_some_and(|fact| fact.absent_means_no);
                Check::yes(read.fact, if means_no { Tri::No } else { Tri::Unknown })
            }
            General::Judged { question } => {
                Check::yes(small(self.tree.facts.len()).saturating_add(*question), Tri::Unknown)
            }
            _ => Check::General,
        }
    }
}

/// What an absent end of an entry of this kind means.
pub(super) fn ends_as_it_starts(word: KindWord) -> bool {
    match word {
        KindWord::Event => true,
        KindWord::Condition | KindWord::Drug => false,
    }
}
