//! The result or entry that a filter applies to.

use crate::record::model::{Attributes, Entry, Observation};
use crate::record::schema::Scope;
use crate::tree::{FactId, KindId};

/// The result or entry that a filter applies to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum EvalScope<'a> {
    Nothing,
    Observation(FactId, &'a Observation),
    Entry(KindId, &'a Entry),
}

impl EvalScope<'_> {
    pub(crate) fn scope(self) -> Scope {
        match self {
            EvalScope::Nothing => Scope::Nothing,
            EvalScope::Observation(fact, _) => Scope::Fact(fact),
            EvalScope::Entry(kind, _) => Scope::Kind(kind),
        }
    }

    pub(super) fn attributes(self) -> Attributes {
        match self {
            EvalScope::Nothing => Attributes::default(),
            EvalScope::Observation(_, observation) => observation.attributes,
            EvalScope::Entry(_, entry) => entry.attributes,
        }
    }
}
