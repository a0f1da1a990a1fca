//! Daily doses as evidence: each entry that counted, with its dose, the factor and its share.

use super::display;
use super::found::{found_text, value_type};
use super::report::{DisplayValue, Evidence, EvidenceItem};
use super::unknown::adding;
use crate::eval::anchor_time::AnchorTime;
use crate::eval::code::{DailyDose, Operand};
use crate::eval::dose::Places;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::moment::Ticks;
use crate::eval::share::Share;
use crate::eval::stretch::Days;
use crate::ir::Relation;
use crate::number::{Comparison, Rational};
use crate::record::model::Value;
use crate::record::schema::Scope;
use crate::tree::{AnchorId, WindowAnchor};

impl<'a> Run<'a> {
    /// The entries that a daily dose is made of.
    pub(super) fn collect_dose(self, dose: &'a DailyDose, found: &mut Vec<EvidenceItem>) {
        let days = self.days_of_dose(dose);
        let doses = self.doses(dose);
        for share in adding(&doses, days) {
            let item = self.found_share(dose, share);
            if !found.contains(&item) {
                found.push(item);
            }
        }
    }

    /// `methylprednisolone 48 mg/d x 1.25 (60 mg/d) from 2026-02-01, running`
    fn found_share(self, dose: &DailyDose, share: &Share<'a>) -> EvidenceItem {
        let tree = &self.evaluator.schema.tree;
        let here = EvalScope::Entry(share.kind, share.entry);
        let mut item = self.found_entry(share.kind, share.entry);
        item.unit = display::dose_unit(tree, &[share.kind]).map(str::to_owned);
        item.value = Some(match share.dose.as_point() {
            Some(value) => DisplayValue::Number(value.to_f64()),
            None => DisplayValue::Text(display::range(&share.dose)),
        });
        let places = tree.kinds.get(share.kind).map(|kind| Places::of(kind, dose.reference.as_deref()));
        if let Some(Places { dose: Some(place), dose_factor: Some(factor), .. }) = places
            && factor != Rational::one()
            && let Some(Value::Number(number)) = self.attribute(Some(place), here)
            && let Some(own) = self.number(&number, here.scope(), Some(place))
        {
            let unit = value_type(self.evaluator, Scope::Kind(share.kind), Some(place)).and_then(display::unit_of);
            let (own, unit) = (display::range(&own), unit.unwrap_or_default());
            item.charted = Some(format!("{own} {unit} x {}", display::decimal(&factor)));
        }
        item
    }

    /// What of the days decided, once the entries found are in the evidence.
    pub(super) fn stretch_evidence(
        self,
        evidence: &mut Evidence,
        (left, op, right): (&Operand, Comparison, &Operand),
        windows: &[(Relation, AnchorId)],
    ) {
        let tree = &self.evaluator.schema.tree;
        evidence.item = evidence.found.first().map_or_else(String::new, |found| found.name.clone());
        let found: Vec<String> = evidence.found.iter().map(found_text).collect();
        let from = if found.is_empty() { String::new() } else { format!(" ({})", found.join(", ")) };
        let days = self.stretch_text((left, op, right), windows, evidence.answer);
        let no = if evidence.answer { "" } else { "no " };
        evidence.text = format!("{no}{}: {days}{from}", evidence.test);
        for (relation, anchor) in windows {
            let given = AnchorTime::Date(self.record.anchor(*anchor));
            let anchor = WindowAnchor::Date(*anchor);
            evidence.windows.push(display::window(tree, relation, &anchor, &given, None));
        }
    }

    /// The stretch of days that a yes rests on; the longest ones there are where none stands so.
    fn stretch_text(
        self,
        (left, op, right): (&Operand, Comparison, &Operand),
        windows: &[(Relation, AnchorId)],
        answer: bool,
    ) -> String {
        let stretches = self.days_in_a_row(left, op, right);
        let shown = |days: &Days| {
            let day = |day: i64| display::tick(day, false);
            match (day(days.first), day(days.last)) {
                (Some(first), Some(last)) if first == last => format!("on {first}"),
                (Some(first), Some(last)) => format!("from {first} to {last}"),
                (Some(first), None) => format!("from {first} on"),
                (None, Some(last)) => format!("up to {last}"),
                (None, None) => "on every day".to_owned(),
            }
        };
        let texts: Vec<String> = if answer {
            let stands = |days: &&Days| self.surely_stands(**days, &stretches, windows);
            stretches.sure.iter().find(stands).map(shown).into_iter().collect()
        } else {
            stretches.possible.iter().take(MAX_STRETCHES).map(|possible| shown(&possible.days)).collect()
        };
        match (texts.is_empty(), answer) {
            (true, _) => "on no day".to_owned(),
            (false, true) => texts.join(", "),
            (false, false) => format!("only {}", texts.join(", ")),
        }
    }

    /// The days a test compares daily doses on.
    pub(super) fn collect_days(self, left: &'a Operand, right: &'a Operand, found: &mut Vec<EvidenceItem>) {
        for (dose, doses) in self.doses_of_each_day(left, right) {
            for share in adding(&doses, Ticks::EVERYTHING) {
                let item = self.found_share(dose, share);
                if !found.contains(&item) {
                    found.push(item);
                }
            }
        }
    }
}

/// So many stretches that do not stand as asked are named.
const MAX_STRETCHES: usize = 4;
