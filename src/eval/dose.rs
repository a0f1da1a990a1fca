//! Daily doses: what all courses of some drugs that run on a day come to, as an interval of exact numbers.
//!
//! Each entry has a part in it: nothing on the days on which it surely does not run or count, its dose on those on which
//! it surely does, and anything from the one to the other on the days between. A dose that is not known is anything from
//! nothing up.

use super::code::DailyDose;
use super::here::EvalScope;
use super::interpreter::Run;
use super::moment::{SpanEnd, Ticks};
use super::share::{Doses, Share, anything};
use super::time;
use crate::ir::{DoseDay, Relation};
use crate::kleene::Tri;
use crate::number::{Interval, Rational};
use crate::record::model::{Entry, Value};
use crate::record::schema::attribute_named;
use crate::tree::{AnchorId, AttributeId, Kind, KindId};

impl<'a> Run<'a> {
    /// The daily dose, on the day that the test asks about where it has none of its own.
    pub(crate) fn daily_dose(self, dose: &DailyDose, here: EvalScope<'a>) -> Option<Interval> {
        Some(match &dose.day {
            DoseDay::At(anchor) => {
                let days = self.anchor_days(*anchor);
                let doses = self.doses(dose);
                if days.first == days.last { doses.on(days.first) } else { doses.over(days.first, days.last) }
            }
            DoseDay::Each => {
                let EvalScope::Day(scope) = here else {
                    return None;
                };
                let (_, doses) = scope.doses.iter().find(|(of, _)| std::ptr::eq(*of, dose))?;
                doses.on(scope.day)
            }
            DoseDay::Highest(relation, anchor) => self.extreme_dose(dose, relation, *anchor, true),
            DoseDay::Lowest(relation, anchor) => self.extreme_dose(dose, relation, *anchor, false),
        })
    }

    fn extreme_dose(self, dose: &DailyDose, relation: &Relation, anchor: AnchorId, highest: bool) -> Interval {
        let Some((from, to)) = self.dose_window(relation, anchor) else {
            return self.doses(dose).over(i64::MIN, i64::MAX);
        };
        self.doses(dose).extreme(from, to, highest)
    }

    /// The first and the last day of a window; `None` where its anchor is not given.
    pub(crate) fn dose_window(self, relation: &Relation, anchor: AnchorId) -> Option<(Ticks, Ticks)> {
        let given = self.record.anchor(anchor)?;
        let (from, to) = time::ends(relation, Ticks::days(given.days()), None);
        from.zip(to)
    }

    /// The days that an anchor may be.
    pub(crate) fn anchor_days(self, anchor: AnchorId) -> Ticks {
        self.record.anchor(anchor).map_or(Ticks::EVERYTHING, |given| Ticks::days(given.days()))
    }

    /// What each entry adds to a daily dose.
    pub(crate) fn doses(self, dose: &DailyDose) -> Doses<'a> {
        let mut doses = Doses::default();
        for (kind, filter) in &dose.kinds {
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            doses.open |= !slot.complete;
            let entries = self.record.entries(slot);
            if entries.is_empty() {
                continue;
            }
            let Some(declared) = self.evaluator.schema.tree.kinds.get(*kind) else { continue };
            let places = Places::of(declared, dose.reference.as_deref());
            for entry in entries {
                let counts = self.counts(*kind, entry, *filter, false);
                if counts != Tri::No {
                    doses.shares.push(self.share(*kind, entry, counts, &places));
                }
            }
        }
        doses
    }

    fn share(self, kind: KindId, entry: &'a Entry, counts: Tri, places: &Places) -> Share<'a> {
        let moment = self.moment(kind, entry);
        let mut start = Ticks::days(moment.start.days());
        let mut end = match moment.end {
            SpanEnd::Point => start,
            SpanEnd::At(end) => Ticks::days(end.days()),
            SpanEnd::Running => Ticks { first: i64::MAX, last: i64::MAX },
            SpanEnd::Unknown => Ticks { first: start.first, last: i64::MAX },
        };
        // Nothing ends before it starts.
        start.last = start.last.min(end.last).max(start.first);
        end.first = end.first.max(start.first).min(end.last);
        let here = EvalScope::Entry(kind, entry);
        let known_from = match self.attribute(places.stable, here) {
            Some(Value::Flag(true)) => i64::MIN,
            stable => match self.attribute(places.since, here) {
                Some(Value::Date(since)) => Ticks::days(since.days()).last,
                // It was changed, no one says when.
                _ if stable == Some(Value::Flag(false)) => i64::MAX,
                _ => i64::MIN,
            },
        };
        let dose = self.dose_of(places, here).unwrap_or_else(anything);
        Share { kind, entry, counts, start, end, known_from, dose }
    }

    /// The dose of an entry: by its milligrams, by its equivalents, or anything from the one to the other where they differ.
    fn dose_of(self, places: &Places, here: EvalScope<'a>) -> Option<Interval> {
        let given = |place: Option<AttributeId>, factor: Option<&Rational>| {
            let factor = factor?;
            let Some(Value::Number(number)) = self.attribute(place, here) else {
                return None;
            };
            let value = self.number(&number, here.scope(), place)?.intersect(&anything())?;
            Some(value.mul(&Interval::point(factor.clone())))
        };
        let own = given(places.dose, places.dose_factor.as_ref());
        let recorded = given(places.recorded, places.recorded_factor.as_ref());
        match (own, recorded) {
            (Some(own), Some(recorded)) => Some(own.hull(&recorded)),
            (own, recorded) => own.or(recorded),
        }
    }
}

/// Where entries of a kind say what their dose is, and what it is multiplied by.
#[derive(Debug)]
pub(crate) struct Places {
    pub(crate) dose: Option<AttributeId>,
    /// None where the kind has no factor.
    pub(crate) dose_factor: Option<Rational>,
    /// The dose in equivalents, which an entry may give as well.
    pub(crate) recorded: Option<AttributeId>,
    pub(crate) recorded_factor: Option<Rational>,
    pub(crate) since: Option<AttributeId>,
    pub(crate) stable: Option<AttributeId>,
}

impl Places {
    pub(crate) fn of(kind: &Kind, reference: Option<&str>) -> Places {
        let named = |name: &str| attribute_named(&kind.attributes, name).map(|(id, _)| id);
        let own = |of: &str| match &kind.equivalent {
            Some((factor, to)) if to == of => Some(factor.clone()),
            _ => (kind.name == of).then(Rational::one),
        };
        let measured_by = kind.equivalent.as_ref().map_or(kind.name.as_str(), |(_, to)| to);
        let (in_units_of, dose_factor, recorded_factor) = match reference {
            Some(reference) => (reference, own(reference), Some(Rational::one())),
            // Its own milligrams: equivalents are turned back into them.
            None => (measured_by, Some(Rational::one()), own(measured_by).and_then(|factor| factor.recip())),
        };
        Places {
            dose: named("dose"),
            dose_factor,
            recorded: named(&format!("{in_units_of}_dose")),
            recorded_factor,
            since: named("dose_since"),
            stable: named("stable"),
        }
    }
}
