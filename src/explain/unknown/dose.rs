//! Why a daily dose is not known: lists that are open, courses that may or may not run or count, doses that are not given.

use super::date::why_coarse;
use super::reasons::Reasons;
use crate::eval::code::{DailyDose, FactRead, Operand};
use crate::eval::dose::Places;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::moment::Ticks;
use crate::eval::recorded_total::worked_out_from;
use crate::eval::share::{Doses, Share};
use crate::explain::display;
use crate::explain::report::UnknownCause;
use crate::ir::DoseDay;
use crate::kleene::Tri;
use crate::record::model::{End, Value};
use crate::record::schema::Scope;

impl<'a> Run<'a> {
    /// What keeps a daily dose from being one number; nothing where it is one.
    pub(super) fn why_dose(self, dose: &'a DailyDose, reasons: &mut Reasons) {
        let days = self.days_of_dose(dose);
        let doses = self.doses(dose);
        if let DoseDay::At(_) = &dose.day
            && days.first == days.last
            && doses.on(days.first).as_point().is_some()
        {
            return;
        }
        if let Some(anchor) = dose.day.anchor() {
            self.why_anchor(anchor, reasons);
            self.why_coarse_anchor(anchor, false, reasons);
        }
        let unsure = doses.shares.iter().any(|share| share.counts == Tri::Unknown && runs_in(share, days));
        if doses.open || unsure {
            self.why_counts(&dose.kinds, false, reasons);
        }
        for share in doses.shares.iter().filter(|share| runs_in(share, days)) {
            self.why_share(dose, share, days, reasons);
        }
    }

    /// The days that a daily dose is asked for, as far as it says itself.
    pub(crate) fn days_of_dose(self, dose: &DailyDose) -> Ticks {
        match &dose.day {
            DoseDay::At(anchor) => self.anchor_days(*anchor),
            DoseDay::Each => Ticks::EVERYTHING,
            DoseDay::Highest(relation, anchor) | DoseDay::Lowest(relation, anchor) => self
                .dose_window(relation, *anchor)
                .map_or(Ticks::EVERYTHING, |(from, to)| Ticks { first: from.first, last: to.last }),
        }
    }

    fn why_share(self, dose: &'a DailyDose, share: &Share<'a>, days: Ticks, reasons: &mut Reasons) {
        let Some(kind) = self.evaluator.schema.tree.kinds.get(share.kind) else { return };
        let here = EvalScope::Entry(share.kind, share.entry);
        let name = &kind.name;
        let surely = days.first == days.last && share.surely_runs(days.first);
        if !surely && share.start.first != share.start.last {
            let item = self.item(here, "start");
            match &share.entry.start {
                Some(start) => why_coarse(item, start, false, reasons),
                None => reasons.add(item, UnknownCause::NoDate, format!("an entry of `{name}` has no start")),
            }
        }
        if !surely && share.end.first != share.end.last {
            let item = self.item(here, "end");
            match &share.entry.end {
                End::At(end) => why_coarse(item, end, false, reasons),
                End::Absent | End::Running => {
                    let text = format!("an entry of `{name}` has no end, and is not said to be running");
                    reasons.add(item, UnknownCause::NoDate, text);
                }
            }
        }
        let places = Places::of(kind, dose.reference.as_deref());
        let attribute = |place| self.attribute_item(place, here);
        let censored =
            |place| matches!(self.attribute(place, here), Some(Value::Number(number)) if number.comparator.is_some());
        if share.dose.high.value().is_none() {
            let (item, text) = match (&places.dose_factor, &dose.reference) {
                (None, Some(reference)) => {
                    let item = attribute(places.recorded);
                    let text = format!("no factor leads from `{name}` to `{reference}`, and `{item}` is not given");
                    (item, text)
                }
                _ => {
                    let item = attribute(places.dose);
                    let text = format!("`{item}` is not given");
                    (item, text)
                }
            };
            reasons.add(item, UnknownCause::AttributeMissing, text);
        } else if share.dose.as_point().is_none() {
            let limited = [places.dose, places.recorded].into_iter().find(|place| censored(*place));
            match limited {
                Some(place) => {
                    let item = attribute(place);
                    let text = format!("`{item}` is given only as a limit");
                    reasons.add(item, UnknownCause::Censored, text);
                }
                None => {
                    let (own, recorded) = (attribute(places.dose), attribute(places.recorded));
                    let text = format!("`{own}` and `{recorded}` are not the same dose");
                    reasons.add(recorded, UnknownCause::ConflictingResults, text);
                }
            }
        }
        if share.known_from > days.first.max(share.start.first) {
            let item =
                self.item(here, if self.attribute(places.stable, here).is_none() { "stable" } else { "dose_since" });
            let text = match display::tick(share.known_from, false) {
                Some(day) => format!("the dose of `{name}` before {day} is not given, and not said to be `stable`"),
                None => format!("the dose of `{name}` was changed, and `dose_since` is not given"),
            };
            reasons.add(item, UnknownCause::AttributeMissing, text);
        }
    }

    /// The conflict of a recorded total with the daily dose that it would be worked out from.
    pub(super) fn why_in_conflict(
        self,
        read: &FactRead,
        otherwise: &'a Operand,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
    ) {
        let Some(dose) = worked_out_from(otherwise) else { return };
        let tree = &self.evaluator.schema.tree;
        let name = display::fact_name(tree, read.fact);
        if let Some(change) = self.outdated(read, dose) {
            let kind = display::scope_name(tree, Scope::Kind(change.kind));
            let text = format!("`{name}` is older than the last change of `{kind}`, of {}", change.on);
            reasons.add(name, UnknownCause::ConflictingResults, text);
        } else if let (Some(recorded), Some(worked_out)) = (self.exact_fact(read, None), self.exact(otherwise, here))
            && self.undated_differs(read, &recorded, &worked_out)
        {
            let text =
                format!("`{name}` has no date, and the courses on record come to {}", display::range(&worked_out));
            reasons.add(name, UnknownCause::ConflictingResults, text);
        } else {
            return;
        }
        self.why_dose(dose, reasons);
    }
}

/// Whether an entry may run on one of some days.
pub(crate) fn runs_in(share: &Share<'_>, days: Ticks) -> bool {
    share.start.first <= days.last && days.first <= share.end.last
}

/// The entries that may add to a daily dose on one of some days.
pub(crate) fn adding<'s, 'a>(doses: &'s Doses<'a>, days: Ticks) -> impl Iterator<Item = &'s Share<'a>> {
    let nothing = |share: &Share<'_>| share.dose.as_point().is_some_and(crate::number::Rational::is_zero);
    doses.shares.iter().filter(move |share| runs_in(share, days) && !nothing(share))
}
