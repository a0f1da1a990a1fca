//! What the typed program, the decision tree and the code that the evaluator runs are made of alike.
//!
//! It knows no text, no names and no records: only what tests, times and answers are.

mod anchor;
mod anchors_of;
mod children;
mod criterion;
mod id;
mod map;
mod relation;
mod stage;
mod test;
mod window;

pub use crate::calendar::AgeUnit;
pub use crate::number::Comparison;
use crate::units::TimeUnit;
pub use anchor::{EntryPoint, WindowAnchor};
pub use children::Child;
pub use criterion::{INCOMPLETE, Outcome, Polarity, Verdict};
#[cfg(feature = "eval")]
pub(crate) use id::ids;
pub use id::{Id, Table};
pub use map::{Counted, Fold};
pub use relation::{Length, Relation, ResultAge};
pub use stage::{Part, Stage};
pub use test::{Age, Choice, DailyDose, DoseDay, FactRead, Operand, OperandKind, Subject, Test, TimeOf};
pub use window::{Bound, Holds, Moved, Order, Point, Running, Side, Window};

/// How deep tests, their filters and their operands may nest, counted together: what evaluates a tree recurses so deep.
pub const MAX_NESTING: usize = 64;

/// So many days may lie between two entries of one course, at most.
pub const MAX_GAP: u32 = 3660;

/// `event`: a point unless `end` is given. `condition`: a state that lasts. `drug`: a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// An absent `end` is a point.
    Event,
    /// An absent `end` is unknown.
    Condition,
    /// An absent `end` is unknown; has dose, route and the rest built in.
    Drug,
}

/// A laboratory's own upper or lower limit of normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Upper limit of normal.
    Uln,
    /// Lower limit of normal.
    Lln,
}

/// Which of several results is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// The latest one that the filter lets in.
    Latest,
    /// At least one of those that the filter lets in.
    Any,
    /// All of those that the filter lets in, at least one.
    Every,
    /// The earliest one that the filter lets in.
    First,
    /// The highest number of those that the filter lets in.
    Highest,
    /// The lowest number of those that the filter lets in.
    Lowest,
    /// So many of those that the filter lets in.
    Several(Several),
}

/// How many results must answer yes, and how they are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Several {
    /// At most so many; else at least.
    pub at_most: bool,
    /// So many.
    pub count: u32,
    /// How they are to each other in time; anyhow with `at_most`.
    pub spaced: Spaced,
}

/// How results that are counted are to each other in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spaced {
    /// Anyhow.
    Free,
    /// Next to each other: no other result is between them.
    Consecutive,
    /// So far from each other, at least, each from each.
    Apart(u32, TimeUnit),
}

impl Quantifier {
    /// Whether a test is asked of each result, so that there are as many values as results; else there is one value.
    pub fn asks_each(self) -> bool {
        match self {
            Quantifier::Latest | Quantifier::First | Quantifier::Highest | Quantifier::Lowest => false,
            Quantifier::Any | Quantifier::Every | Quantifier::Several(_) => true,
        }
    }

    /// Whether every result that the filter lets in has a part in the answer; else only those that may be the latest.
    pub fn reads_all(self) -> bool {
        match self {
            Quantifier::Latest | Quantifier::First => false,
            Quantifier::Any | Quantifier::Every | Quantifier::Highest | Quantifier::Lowest | Quantifier::Several(_) => {
                true
            }
        }
    }
}
