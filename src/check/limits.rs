//! How much a program may hold: what goes further is an error, so that no text makes the check, or the tree, grow
//! without bound.

/// A formula may not grow past this many parts once its definitions are put in.
pub(super) const MAX_PARTS: usize = 2_000;

/// The largest exponent, either way: a tree holds no larger one.
pub(super) const MAX_POWER: i64 = 100;

/// The most operations inside one another, definitions put in. A tree holds 64 levels; what is left is for the test
/// itself and the filters of its facts.
pub(super) const MAX_OPERATIONS: usize = 56;

/// Counting over n conditions takes a tree of up to n^3 nodes.
pub(super) const MAX_COUNTED: usize = 64;

/// Conditions nested deeper than this, definitions put in, are refused.
pub(super) const MAX_DEPTH: usize = 128;

/// The most tests of a criterion: a tree may hold each of them several times.
pub(super) const MAX_TESTS: u64 = 10_000;

/// Lengths past this are slips: no window reaches back two centuries.
pub(super) const MAX_YEARS: u32 = 200;
