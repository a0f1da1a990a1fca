//! From a decision tree to what the interpreter runs: names to slots, words to bit masks, filters to nodes of their scope.

use std::collections::HashMap;
use std::fmt;

use crate::kleene::Tri;
use crate::record::schema::{Scope, attribute_named, attributes, small};
use crate::record::units::Units;
use crate::tree::{DecisionTree, FactRead, Leaf, Next, NodeId, Operand, Subject, Test, TestId, TimeOf, ValueType};

use super::age::{self, Scales};
use super::code::{Completed, General, Node, Place, Quantity, Read, Target, WindowOf};
use super::fast_path::Check;

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

/// A tree compiled.
pub(crate) struct Compiled {
    pub(crate) nodes: Vec<Node>,
    /// For each test of a scope, its short form.
    pub(crate) checks: Vec<Check>,
    pub(crate) generals: Vec<General>,
    /// For each check, the test and the scope it was compiled for.
    pub(crate) origins: Vec<(TestId, Scope)>,
    /// For each criterion, where it begins.
    pub(crate) roots: Vec<Target>,
}

/// Compiles a tree.
///
/// # Errors
/// A tree that [`DecisionTree::validate`] refuses.
pub(crate) fn compile(tree: &DecisionTree) -> Result<Compiled, ProgramError> {
    tree.validate().map_err(|error| ProgramError { message: error.to_string() })?;
    let mut compiler = Compiler::new(tree);
    let mut roots = Vec::with_capacity(tree.criteria.len());
    for criterion in &tree.criteria {
        roots.push(compiler.root(criterion.root, Scope::Nothing)?);
    }
    let Compiler { nodes, checks, generals, origins, .. } = compiler;
    Ok(Compiled { nodes, checks, generals, origins, roots })
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
