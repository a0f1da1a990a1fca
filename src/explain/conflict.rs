//! A record that contradicts itself: which edit check says so, by which values, and what is unknown because of it.

use std::collections::BTreeSet;

use super::display;
use super::report::{Conflict, CriterionResult, EvidenceItem, Reason, UnknownCause};
use crate::eval::Evaluator;
use crate::eval::conflict::{Masked, gives_fact, gives_kind};
use crate::eval::interpreter::Run;
use crate::record::model::{Record, Slot};
use crate::record::schema::{NameOf, Scope};
use crate::tree::{Check, FactId, KindId};

impl Evaluator {
    /// The edit checks that a record fails, each with the values that contradict each other. No verdict rests on them.
    ///
    /// ```
    /// use eligc::{EvalOptions, Evaluator, ReadOptions, Verdict, compile};
    ///
    /// let trial = "exclude [E1] pregnant\nassert \"a man is not pregnant\": not (sex is male and pregnant)";
    /// let evaluator = Evaluator::new(compile("demo.elig", trial)?)?;
    /// let record = br#"{"id": "P-1", "facts": {"sex": "male", "pregnant": true}}"#;
    /// let record = evaluator.read(record, &ReadOptions::default())?;
    /// let failed = evaluator.failed_edit_checks(&record);
    /// assert!(failed.iter().any(|failed| failed.items == ["pregnant", "sex"]));
    /// assert_eq!(evaluator.screen(&record), Verdict::Undetermined);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn failed_edit_checks(&self, record: &Record) -> Vec<Conflict> {
        let failed = Run { evaluator: self, record }.failed_checks();
        failed.into_iter().filter_map(|place| self.conflict(record, place)).collect()
    }

    fn conflict(&self, record: &Record, place: usize) -> Option<Conflict> {
        let check = self.schema.tree.checks.get(place)?;
        let run = Run { evaluator: self, record };
        let mut found = Vec::new();
        let mut items = Vec::new();
        for fact in check.facts.iter().copied().filter(|fact| gives_fact(record, *fact)) {
            items.push(display::scope_name(&self.schema.tree, Scope::Fact(fact)).to_owned());
            found.extend(run.recorded_results(fact));
        }
        for kind in check.kinds.iter().copied().filter(|kind| gives_kind(record, *kind)) {
            items.push(display::scope_name(&self.schema.tree, Scope::Kind(kind)).to_owned());
            let entries = run.recorded_entries(kind);
            if entries.is_empty() {
                let name = display::scope_name(&self.schema.tree, Scope::Kind(kind)).to_owned();
                let value = Some(super::DisplayValue::Text("none".to_owned()));
                found.push(EvidenceItem { name, value, ..EvidenceItem::default() });
            }
            found.extend(entries);
        }
        for anchor in check.anchors.iter().copied() {
            let Some(date) = record.anchor(anchor) else { continue };
            let name = format!("anchor {}", display::anchor_name(&self.schema.tree, anchor));
            items.push(name.clone());
            found.push(EvidenceItem { name, at: Some(date.to_string()), ..EvidenceItem::default() });
        }
        let Check { id, text, why, .. } = check;
        Some(Conflict { id: id.clone(), check: text.clone(), why: why.clone(), items, found, criteria: Vec::new() })
    }

    /// The conflicts of a record with the criteria that are unknown because of each.
    pub(super) fn conflicts_of(
        &self,
        record: &Record,
        masked: Option<&Masked>,
        criteria: &[CriterionResult],
    ) -> Vec<Conflict> {
        let Some(masked) = masked else {
            return Vec::new();
        };
        let mut conflicts: Vec<Conflict> =
            masked.failed.iter().filter_map(|place| self.conflict(record, *place)).collect();
        for conflict in &mut conflicts {
            let of_it = |reason: &Reason| reason.why == UnknownCause::Conflict && conflict.items.contains(&reason.item);
            let waiting = criteria.iter().filter(|criterion| criterion.reasons.iter().any(of_it));
            conflict.criteria = waiting.map(|criterion| criterion.id.clone()).collect();
        }
        conflicts
    }

    /// Reasons of a record that contradicts itself: what is in conflict is not missing, it is to be resolved.
    pub(super) fn in_conflict(&self, masked: &Masked, reasons: Vec<Reason>) -> Vec<Reason> {
        let mut told = BTreeSet::new();
        let mut restated = Vec::with_capacity(reasons.len());
        for reason in reasons {
            let items = self.masked_items(masked, &reason.item);
            if items.is_empty() {
                restated.push(reason);
                continue;
            }
            for item in items {
                if told.insert(item.clone()) {
                    let text = format!("{item} is in conflict: {}", self.checks_about(masked, &item).join("; "));
                    restated.push(Reason { item, why: UnknownCause::Conflict, text });
                }
            }
        }
        restated
    }

    /// What in conflict a reason's item is about.
    fn masked_items(&self, masked: &Masked, item: &str) -> Vec<String> {
        if let Some(name) = item.strip_prefix("anchor ") {
            let anchor = self.schema.anchors.get(name).filter(|anchor| masked.anchors.contains(anchor));
            return anchor.map(|_| item.to_owned()).into_iter().collect();
        }
        let name = item.split('.').next().unwrap_or(item);
        let kind_name = |kind: &KindId| display::scope_name(&self.schema.tree, Scope::Kind(*kind)).to_owned();
        match self.schema.names.get(name).map(|(what, _)| *what) {
            Some(NameOf::Fact(fact)) if masked.facts.contains(&fact) => vec![name.to_owned()],
            Some(NameOf::Kind(kind)) if masked.kinds.contains(&kind) => vec![name.to_owned()],
            Some(NameOf::Group(group)) => {
                let members = self.schema.tree.groups.get(group).map_or(&[][..], |group| &group.members);
                members.iter().filter(|kind| masked.kinds.contains(kind)).map(kind_name).collect()
            }
            Some(NameOf::Fact(_) | NameOf::Kind(_) | NameOf::Other) | None => Vec::new(),
        }
    }

    /// What the failed checks that name an item say.
    fn checks_about(&self, masked: &Masked, item: &str) -> Vec<String> {
        let tree = &self.schema.tree;
        let names = |check: &&Check| {
            let facts = check.facts.iter().map(|fact| display::scope_name(tree, Scope::Fact(*fact)));
            let kinds = check.kinds.iter().map(|kind| display::scope_name(tree, Scope::Kind(*kind)));
            let anchor = item.strip_prefix("anchor ");
            facts.chain(kinds).any(|name| name == item)
                || check.anchors.iter().any(|id| Some(display::anchor_name(tree, *id)) == anchor)
        };
        let failed = masked.failed.iter().filter_map(|place| tree.checks.get(*place));
        failed.filter(names).map(|check| check.text.clone()).collect()
    }
}

impl Run<'_> {
    /// Every result that a record gives of a fact.
    pub(super) fn recorded_results(self, fact: FactId) -> Vec<EvidenceItem> {
        match self.record.slot(fact) {
            Slot::Absent => Vec::new(),
            Slot::Plain(value) => {
                vec![self.found_lab(fact, &crate::record::model::Observation::plain(value))]
            }
            Slot::Observations { start, count } => {
                self.record.observations(start, count).iter().map(|result| self.found_lab(fact, result)).collect()
            }
        }
    }

    /// Every entry that a record lists of a kind.
    pub(super) fn recorded_entries(self, kind: KindId) -> Vec<EvidenceItem> {
        let slot = self.record.kinds.get(kind).copied().unwrap_or_default();
        self.record.entries(slot).iter().map(|entry| self.found_entry(kind, entry)).collect()
    }
}
