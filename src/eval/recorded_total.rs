//! A total that a record gives, next to the daily dose that it is worked out from where it is not given: one that is
//! older than the last change of a course is in conflict with it.

use super::code::{DailyDose, FactRead, Operand, OperandKind};
use super::here::EvalScope;
use super::interpreter::Run;
use super::share::Doses;
use crate::calendar::PartialDateTime;
use crate::ir::DoseDay;
use crate::number::Interval;
use crate::record::model::{End, Value};
use crate::tree::KindId;

/// The daily dose that a value is worked out from, where it is one.
pub(crate) fn worked_out_from(otherwise: &Operand) -> Option<&DailyDose> {
    match &otherwise.kind {
        OperandKind::DailyDose(dose) => Some(dose),
        OperandKind::Multiply(left, _) => worked_out_from(left),
        _ => None,
    }
}

/// A change of a course that a recorded total does not know of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub(crate) kind: KindId,
    pub(crate) on: PartialDateTime,
}

impl<'a> Run<'a> {
    /// The value of a fact that the record gives. Where it is in conflict with the daily dose that it would be worked
    /// out from, anything from the one to the other.
    pub(crate) fn exact_given(self, read: &FactRead, otherwise: &Operand, here: EvalScope<'a>) -> Option<Interval> {
        let recorded = self.exact_fact(read, None)?;
        let Some(dose) = worked_out_from(otherwise) else {
            return Some(recorded);
        };
        let worked_out = self.exact(otherwise, here)?;
        let conflict = self.outdated(read, dose).is_some() || self.undated_differs(read, &recorded, &worked_out);
        Some(if conflict { recorded.hull(&worked_out) } else { recorded })
    }

    /// Whether the courses may come to anything else than a recorded total: where none of them is on record, and not all are
    /// said to be none, every total is one that they can come to.
    pub(crate) fn may_differ(self, dose: &DailyDose) -> bool {
        let slots = dose.kinds.iter().map(|(kind, _)| self.record.kinds.get(*kind).copied().unwrap_or_default());
        let (mut entries, mut all_none) = (false, true);
        for slot in slots {
            entries |= slot.count > 0;
            all_none &= slot.complete;
        }
        entries || all_none
    }

    /// Whether a total without a date is none that the courses can come to.
    pub(crate) fn undated_differs(self, read: &FactRead, recorded: &Interval, worked_out: &Interval) -> bool {
        let mut undated = false;
        self.latest(read, |observation| undated |= observation.at.is_none());
        undated && recorded.intersect(worked_out).is_none()
    }

    /// The change that a recorded total is older than.
    pub(crate) fn outdated(self, read: &FactRead, dose: &DailyDose) -> Option<Change> {
        let mut oldest: Option<i32> = None;
        self.latest(read, |observation| {
            if let Some(at) = observation.at {
                let first = at.first_day();
                oldest = Some(oldest.map_or(first, |other| other.min(first)));
            }
        });
        let (oldest, DoseDay::At(anchor)) = (oldest?, &dose.day) else {
            return None;
        };
        let until = self.anchor_days(*anchor).last;
        self.changes(&self.doses(dose))
            .into_iter()
            .filter(|change| change.on.last_day() > oldest && i64::from(change.on.first_day()) <= until)
            .max_by_key(|change| change.on.last_day())
    }

    /// The dates on which the courses changed, as far as the record gives them.
    fn changes(self, doses: &Doses<'a>) -> Vec<Change> {
        let mut changes = Vec::new();
        for share in &doses.shares {
            // A course of nothing changes nothing.
            if share.dose.as_point().is_some_and(crate::number::Rational::is_zero) && share.known_from == i64::MIN {
                continue;
            }
            let end = match share.entry.end {
                End::At(end) => Some(end),
                End::Absent | End::Running => None,
            };
            let since = self.evaluator.schema.tree.kinds.get(share.kind).and_then(|kind| {
                let (place, _) = crate::record::schema::attribute_named(&kind.attributes, "dose_since")?;
                match self.attribute(Some(place), EvalScope::Entry(share.kind, share.entry))? {
                    Value::Date(since) => Some(since),
                    _ => None,
                }
            });
            changes.extend(
                [share.entry.start, end, since].into_iter().flatten().map(|on| Change { kind: share.kind, on }),
            );
        }
        changes
    }
}
