//! The reasons found so far.

use std::collections::HashSet;

use crate::explain::report::{Reason, UnknownCause};

/// Reasons found so far, each once.
#[derive(Debug, Default)]
pub(crate) struct Reasons {
    pub(crate) list: Vec<Reason>,
    seen: HashSet<(String, UnknownCause)>,
}

impl Reasons {
    pub(super) fn add(&mut self, item: impl Into<String>, why: UnknownCause, text: impl Into<String>) {
        self.push(Reason { item: item.into(), why, text: text.into() });
    }

    pub(super) fn push(&mut self, reason: Reason) {
        // A long list is looked through once a reason of the same item is there, and no sooner.
        let new = self.seen.insert((reason.item.clone(), reason.why));
        if new || !self.list.contains(&reason) {
            self.list.push(reason);
        }
    }

    pub(super) fn extend(&mut self, other: Reasons) {
        other.list.into_iter().for_each(|reason| self.push(reason));
    }
}
