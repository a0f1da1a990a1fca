//! What the interpreter runs: nodes, tests, places and numbers by index, each filter compiled for the fact or kind
//! whose results or entries it is asked of.

use crate::ir::{AgeUnit, Limit, Quantifier, Relation};
use crate::kleene::Tri;
use crate::number::{Comparison, Rational};

use super::age::Scales;

/// A compiled node or, from the top of the range down, an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Target(pub(crate) u32);

impl Target {
    pub(crate) const YES: Target = Target(u32::MAX);
    pub(crate) const NO: Target = Target(u32::MAX - 1);
    pub(crate) const UNKNOWN: Target = Target(u32::MAX - 2);

    /// The answer of a target that is no node; `Pass` is yes and `Fail` is no.
    pub(crate) fn answer(self) -> Tri {
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
pub(crate) struct Node {
    pub(crate) check: u32,
    pub(crate) yes: Target,
    pub(crate) no: Target,
    pub(crate) unknown: Target,
}

impl Node {
    /// Where an answer leads.
    pub(crate) fn next(&self, answer: Tri) -> Target {
        match answer {
            Tri::Yes => self.yes,
            Tri::No => self.no,
            Tri::Unknown => self.unknown,
        }
    }
}

/// A test in full.
#[derive(Debug, Clone)]
pub(crate) enum General {
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
pub(crate) enum Place {
    Fact(Read),
    /// An attribute of what is in scope; `None` where the scope has none of that name.
    Attribute(Option<u32>),
}

/// Whose time a window looks at.
#[derive(Debug, Clone)]
pub(crate) enum WindowOf {
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
pub(crate) struct Read {
    pub(crate) fact: u32,
    pub(crate) select: Quantifier,
    pub(crate) filter: Target,
    /// What the filter answers for an undated result without attributes, when no record changes that.
    pub(crate) plain: Option<Tri>,
}

/// A number.
#[derive(Debug, Clone)]
pub(crate) enum Quantity {
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
pub(crate) struct Completed {
    pub(crate) unit: AgeUnit,
    pub(crate) given: Option<Read>,
    /// By unit of the recorded age.
    pub(crate) scales: Scales,
    pub(crate) from: u32,
    pub(crate) to: u32,
}
