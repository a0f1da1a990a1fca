//! Ages in completed units: of a recorded age where there is one, else from the date of birth.

use super::age_span::Span;
use super::code::Age;
use super::interpreter::Run;
use crate::calendar::{self, RecordedAge};
use crate::record::model::{Observation, Slot, Value};

impl Run<'_> {
    /// The completed units of an age; `None` where they are unknown.
    pub(crate) fn completed(self, age: &Age) -> Option<Span> {
        if let Some(read) = &age.recorded
            && self.record.slot(read.fact) != Slot::Absent
        {
            let mut hull: Option<Span> = None;
            let mut known = true;
            let definite = self.the_one(read, |observation| match self.completed_of(age, observation) {
                Some(span) => hull = Some(hull.map_or(span, |other| other.hull(span))),
                None => known = false,
            });
            return hull.filter(|_| definite && known);
        }
        let anchor = self.record.anchor(age.to)?;
        let mut born: Option<calendar::DayRange> = None;
        let mut known = true;
        self.observations(age.from, |observation| match observation.value {
            Value::Date(date) => {
                born = Some(born.map_or(date.days(), |other| other.hull(date.days())));
            }
            _ => known = false,
        });
        let born = born.filter(|_| known)?;
        let (low, high) = calendar::age_range(born, anchor.days(), age.unit);
        Some(Span { low: low?, high: Some(high?) })
    }

    /// The completed units of one recorded age.
    pub(crate) fn completed_of(self, age: &Age, observation: &Observation) -> Option<Span> {
        let Value::Number(number) = observation.value else {
            return None;
        };
        let (scale, unit) = age.scales.get(usize::from(number.unit))?;
        let value = number.exact_raw()?;
        let counted = observation.at.map(|at| at.days());
        if let (Some(whole), None, true, None) = (value.to_i64(), number.comparator, *unit == Some(age.unit), counted) {
            return Some(Span { low: whole, high: Some(whole) });
        }
        let on = self.record.anchor(age.to).map(|anchor| anchor.days());
        let (low, high) = RecordedAge::new(&value, number.comparator, scale)?.completed(age.unit, counted, on)?;
        Some(Span { low, high })
    }
}
