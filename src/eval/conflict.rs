//! Edit checks: whether a record contradicts itself, and the record as criteria read it where it does.
//!
//! A check that is surely false leaves what it names in conflict. Criteria are then asked of a copy of the record in
//! which every fact in conflict has one value that is not known, every kind a list that says nothing, and every anchor
//! no date. So neither form of a test has to know of conflicts, and a record without one is asked as it is.

use std::collections::HashMap;

use super::code::{Node, Target};
use super::evaluator::Evaluator;
use super::fast_path::Instr;
use super::here::EvalScope;
use super::interpreter::Run;
use crate::ir::Id;
use crate::kleene::Tri;
use crate::record::fast_values;
use crate::record::model::{KindSlot, Observation, Record, Slot, Value};
use crate::record::name_table::small;
use crate::tree::{AnchorId, FactId, KindId};

/// The edit checks of an evaluator.
#[derive(Debug)]
pub(crate) struct EditChecks {
    /// For each check, where it begins among the evaluator's nodes.
    pub(crate) roots: Vec<Target>,
    /// All checks in a row: what cannot fail any more goes on to the next, so that most are left after a step.
    nodes: Vec<Node>,
    steps: Vec<Instr>,
    first: Target,
}

impl EditChecks {
    /// Checks that begin at `roots` among `nodes`; `step` is the short form of a node.
    pub(crate) fn new(nodes: &[Node], roots: Vec<Target>, step: impl Fn(&Node) -> Instr) -> EditChecks {
        let mut row = Row { all: nodes, nodes: Vec::new() };
        let first = roots.iter().rev().fold(Target::UNKNOWN, |next, root| row.before(*root, next));
        let nodes = row.nodes;
        EditChecks { roots, steps: nodes.iter().map(step).collect(), nodes, first }
    }
}

/// Checks being put in a row, from the last one back.
struct Row<'n> {
    all: &'n [Node],
    nodes: Vec<Node>,
}

impl Row<'_> {
    /// Where a check begins that goes on to `next` unless it fails.
    fn before(&mut self, root: Target, next: Target) -> Target {
        let mut reached = vec![root];
        let mut at = 0;
        while let Some(target) = reached.get(at).copied() {
            at += 1;
            if let Some(node) = self.all.get(target.0 as usize) {
                for branch in [node.yes, node.no, node.unknown] {
                    if !reached.contains(&branch) {
                        reached.push(branch);
                    }
                }
            }
        }
        // A branch leads to a node of lower index.
        reached.sort_unstable();
        let mut copies: HashMap<Target, Target> = HashMap::new();
        for target in reached {
            let copy = match self.all.get(target.0 as usize) {
                None if target == Target::NO => Target::NO,
                None => next,
                Some(node) => {
                    let copy = |branch: Target| copies.get(&branch).copied().unwrap_or(next);
                    let (yes, no, unknown) = (copy(node.yes), copy(node.no), copy(node.unknown));
                    if yes == no && no == unknown {
                        yes
                    } else {
                        self.nodes.push(Node { check: node.check, yes, no, unknown });
                        Target(small(self.nodes.len() - 1))
                    }
                }
            };
            copies.insert(target, copy);
        }
        copies.get(&root).copied().unwrap_or(next)
    }
}

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
        let words = self.record.words.as_slice();
        let edits = &self.evaluator.edits;
        let mut at = edits.first;
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
