//! Edit checks: whether a record contradicts itself, and the record as criteria read it where it does.
//!
//! A check that is surely false leaves what it names in conflict. Criteria are then asked of a copy of the record in
//! which every fact in conflict has one value that is not known, every kind a list that says nothing, and every anchor
//! no date. So neither form of a test has to know of conflicts, and a record without one is asked as it is.

use super::code::Target;
use super::evaluator::Evaluator;
use super::here::EvalScope;
use super::interpreter::Run;
use crate::ir::Id;
use crate::kleene::Tri;
use crate::record::fast_values;
use crate::record::model::{KindSlot, Observation, Record, Slot, Value};
use crate::record::name_table::small;
use crate::tree::{AnchorId, FactId, KindId};

/// A record that contradicts itself, as criteria read it.
#[derive(Debug)]
pub(crate) struct Masked {
    pub(crate) record: Record,
    /// The checks that fail, by their places among the tree's.
    pub(crate) failed: Vec<usize>,
    pub(crate) facts: Vec<FactId>,
    pub(crate) kinds: Vec<KindId>,
    pub(crate) anchors: Vec<AnchorId>,
}

/// The record that criteria are asked of.
pub(crate) fn as_read<'a>(record: &'a Record, masked: Option<&'a Masked>) -> &'a Record {
    masked.map_or(record, |masked| &masked.record)
}

impl Run<'_> {
    /// Whether some edit check is surely false.
    fn contradicts_itself(self) -> bool {
        let edits = &self.evaluator.edits;
        let (observations, entries) = (&self.record.observations, &self.record.entries);
        // Results without a date are no observations.
        let dates = || !observations.is_empty() || self.record.anchors.iter().flatten().nth(1).is_some();
        self.fails(edits.of_values)
            || (edits.of_dates != Target::UNKNOWN && dates() && self.fails(edits.of_dates))
            || (!entries.is_empty()
                && (self.fails(edits.of_entries)
                    || (entries.iter().any(|entry| entry.planned == Some(true)) && self.fails(edits.of_planned))))
    }

    /// Whether some check of those in a row from `first` on is surely false.
    fn fails(self, first: Target) -> bool {
        let words = self.record.words.as_slice();
        let edits = &self.evaluator.edits;
        let mut at = first;
        while let Some(step) = edits.steps.get(at.0 as usize) {
            at = match step.next(words) {
                Some(next) => next,
                None => match edits.nodes.get(at.0 as usize) {
                    Some(node) => node.next(self.check(node.check, EvalScope::Nothing)),
                    None => Target::UNKNOWN,
                },
            };
        }
        at == Target::NO
    }

    /// The edit checks that are surely false, by their places.
    pub(crate) fn failed_checks(self) -> Vec<usize> {
        if !self.contradicts_itself() {
            return Vec::new();
        }
        let roots = self.evaluator.edits.roots.iter().enumerate();
        roots.filter(|(_, root)| self.follow(**root, EvalScope::Nothing) == Tri::No).map(|(place, _)| place).collect()
    }
}

impl Evaluator {
    /// The record as criteria read it, where that is not the record itself: where an edit check fails.
    #[inline]
    pub(crate) fn masked(&self, record: &Record) -> Option<Box<Masked>> {
        let run = Run { evaluator: self, record };
        if run.contradicts_itself() { Some(Box::new(self.mask(record, run.failed_checks()))) } else { None }
    }

    fn mask(&self, record: &Record, failed: Vec<usize>) -> Masked {
        let mut masked =
            Masked { record: record.clone(), facts: Vec::new(), kinds: Vec::new(), anchors: Vec::new(), failed };
        let checks = masked.failed.iter().filter_map(|place| self.schema.tree.checks.get(*place));
        for check in checks {
            masked.facts.extend(check.facts.iter().filter(|fact| gives_fact(record, **fact)));
            masked.kinds.extend(check.kinds.iter().filter(|kind| gives_kind(record, **kind)));
            masked.anchors.extend(check.anchors.iter().filter(|anchor| record.anchor(**anchor).is_some()));
        }
        masked.facts.sort_unstable();
        masked.facts.dedup();
        masked.kinds.sort_unstable();
        masked.kinds.dedup();
        masked.anchors.sort_unstable();
        masked.anchors.dedup();
        let copy = &mut masked.record;
        copy.in_conflict.clone_from(&masked.facts);
        for fact in &masked.facts {
            let start = small(copy.observations.len());
            copy.observations.push(Observation::plain(Value::Unknown));
            if let Some(slot) = copy.facts.get_mut(*fact) {
                *slot = Slot::Observations { start, count: 1 };
            }
            if let Some(word) = copy.words.get_mut(fact.place()) {
                *word = fast_values::OTHER;
            }
        }
        for kind in &masked.kinds {
            if let Some(slot) = copy.kinds.get_mut(*kind) {
                *slot = KindSlot { complete: false, given: slot.given, start: 0, count: 0 };
            }
        }
        for anchor in &masked.anchors {
            if let Some(date) = copy.anchors.get_mut(*anchor) {
                *date = None;
            }
        }
        masked
    }
}

/// Whether a record gives a fact at all.
pub(crate) fn gives_fact(record: &Record, fact: FactId) -> bool {
    record.slot(fact) != Slot::Absent
}

/// Whether a record says something of a kind: it lists entries, or says there are no others.
pub(crate) fn gives_kind(record: &Record, kind: KindId) -> bool {
    record.kinds.get(kind).is_some_and(|slot| slot.count > 0 || slot.complete)
}
