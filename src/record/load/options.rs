//! How records are read.

use crate::tree::KindId;

/// How records are read. Fields may be added: write `ReadOptions { closed, ..ReadOptions::default() }`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// A bare number is in its fact's canonical unit, whether or not the record says `"units": "canonical"`.
    pub canonical_units: bool,
    /// Kinds that are none where the record does not give them: see [`Evaluator::kinds_named`](crate::Evaluator::kinds_named).
    pub closed: Vec<KindId>,
}
