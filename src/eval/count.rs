//! What is counted of entries, and how many there are.

use crate::kleene::Tri;
use crate::number::Comparison;

/// What is counted of some kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counting {
    /// Kinds rather than entries.
    pub(crate) distinct: bool,
    /// What is marked as planned too.
    pub(crate) planned: bool,
}

/// How many entries meet a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) definite: u64,
    /// Sure and unsure ones; `None` where it is unknown how many there may be.
    pub(crate) possible: Option<u64>,
}

impl Count {
    /// How the count compares: with `op` at least, else at most.
    pub(crate) fn compare(self, op: Comparison, count: u32) -> Tri {
        let wanted = u64::from(count);
        let enough = if op == Comparison::Ge { wanted } else { wanted + 1 };
        let at_least = if self.definite >= enough {
            Tri::Yes
        } else if self.possible.is_some_and(|possible| possible < enough) {
            Tri::No
        } else {
            Tri::Unknown
        };
        if op == Comparison::Ge { at_least } else { at_least.not() }
    }
}
