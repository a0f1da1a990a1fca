//! Evidence that criteria leave unread, gathered.

use std::collections::HashSet;

use super::evaluator::Evaluator;
use super::unread::Unread;
use super::uses::{Dependency, Uses};

impl Unread {
    /// Of every criterion of an evaluator, once for all records.
    pub(crate) fn of(evaluator: &Evaluator) -> Vec<Unread> {
        let tree = &evaluator.schema.tree;
        let facts = tree.facts.entries().map(|(id, fact)| (Dependency::Fact(id), &fact.bears_on));
        let kinds = tree.kinds.entries().map(|(id, kind)| (Dependency::Kind(id), &kind.bears_on));
        let bearing: Vec<_> = facts.chain(kinds).filter(|(_, on)| !on.is_empty()).collect();
        if bearing.is_empty() {
            return Vec::new();
        }
        let uses = evaluator.uses.get_or_init(|| Uses::of(evaluator));
        let criteria = || tree.criteria.iter().zip(&uses.criteria).enumerate();
        let mut unread = Vec::new();
        for (of, on) in bearing {
            let read_by = |side| criteria().any(|(_, (one, reads))| one.polarity == side && reads.contains(&of));
            let mut found = Vec::new();
            for (place, (criterion, reads)) in criteria() {
                if read_by(criterion.polarity) {
                    continue;
                }
                let named: HashSet<&str> = reads.iter().filter_map(|read| name(evaluator, *read)).collect();
                let on: Vec<String> = on.iter().filter(|name| named.contains(name.as_str())).cloned().collect();
                if !on.is_empty() {
                    found.push((place, on));
                }
            }
            if !found.is_empty() {
                unread.push(Unread { of, criteria: found });
            }
        }
        unread
    }
}

/// The name of a fact or kind.
pub(crate) fn name(evaluator: &Evaluator, of: Dependency) -> Option<&str> {
    let tree = &evaluator.schema.tree;
    match of {
        Dependency::Fact(fact) => tree.facts.get(fact).map(|fact| fact.name.as_str()),
        Dependency::Kind(kind) => tree.kinds.get(kind).map(|kind| kind.name.as_str()),
        Dependency::Anchor(_) | Dependency::Question(_) => None,
    }
}
