//! What is counted of entries, and how many there are.

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
