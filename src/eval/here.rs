//! The result or entry that a filter applies to.

use super::share::DayScope;
use crate::record::model::{Attributes, Entry, Observation};
use crate::record::schema::Scope;
use crate::tree::{FactId, KindId};

/// The result or entry that a filter applies to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum EvalScope<'a> {
    Nothing,
    Observation(FactId, &'a Observation),
    Entry(KindId, &'a Entry),
    /// The record as a whole, on a day that a stretch is asked about.
    Day(&'a DayScope<'a>),
}

impl EvalScope<'_> {
    pub(crate) fn scope(self) -> Scope {
        match self {
            EvalScope::Nothing | EvalScope::Day(_) => Scope::Nothing,
            EvalScope::Observation(fact, _) => Scope::Fact(fact),
            EvalScope::Entry(kind, _) => Scope::Kind(kind),
        }
    }

    pub(super) fn attributes(self) -> Attributes {
        match self {
            EvalScope::Nothing | EvalScope::Day(_) => Attributes::default(),
            EvalScope::Observation(_, observation) => observation.attributes,
            EvalScope::Entry(_, entry) => entry.attributes,
        }
    }
}
