//! Stretches of days on which a comparison of daily doses holds.
//!
//! The comparison is asked on one day of each part of the line of days in which no course changes. Days that answer yes
//! make the sure stretches: each is part of a stretch that there is. Days that do not answer no make the possible ones:
//! each stretch that there is lies in one of them. A relation that holds of a stretch holds of any that it lies in
//! ([`Relation::of_a_stretch`]), so a sure one is enough for yes, and none that is possible is needed for no.
//!
//! Only how long a stretch has lasted is another matter, where it goes on: it is counted up to the anchor, and a stretch
//! that ends later is longer than one that goes on.

use super::anchor_time::AnchorTime;
use super::code::{DailyDose, Operand, OperandKind};
use super::here::EvalScope;
use super::interpreter::Run;
use super::moment::{Part, SpanEnd, TimeSpan};
use super::share::{DayScope, Doses};
use super::time;
use crate::calendar::PartialDateTime;
use crate::ir::{DoseDay, Relation};
use crate::kleene::Tri;
use crate::number::Comparison;
use crate::tree::AnchorId;

/// 1 January 1800, the first day that a record can give: of a stretch that has always been.
const FIRST_DAY: i32 = -62_091;

/// Days one after another, both ends included; the ends of `i64` mean no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: i64,
    pub(crate) last: i64,
}

/// The stretches in which a comparison surely holds, and those in which it may.
#[derive(Debug, Default)]
pub(crate) struct Stretches {
    pub(crate) sure: Vec<Days>,
    pub(crate) possible: Vec<Possible>,
}

/// Days in a row on which a comparison may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Possible {
    pub(crate) days: Days,
    /// From here on it surely holds, up to the last of them.
    pub(crate) sure_from: i64,
}

impl<'a> Run<'a> {
    pub(super) fn stretch(
        self,
        (left, op, right): (&Operand, Comparison, &Operand),
        windows: &[(Relation, AnchorId)],
    ) -> Tri {
        let stretches = self.days_in_a_row(left, op, right);
        let may = |possible: &Possible| self.stands(possible.days, possible.sure_from, windows) != Tri::No;
        if stretches.sure.iter().any(|days| self.surely_stands(*days, &stretches, windows)) {
            Tri::Yes
        } else if stretches.possible.iter().any(may) {
            Tri::Unknown
        } else {
            Tri::No
        }
    }

    /// Whether every stretch that some sure days may be part of stands so to all of some anchors.
    pub(crate) fn surely_stands(self, days: Days, stretches: &Stretches, windows: &[(Relation, AnchorId)]) -> bool {
        let stands = |days: Days| self.stands(days, days.first, windows) == Tri::Yes;
        let may_go_on = stretches
            .possible
            .last()
            .is_some_and(|last| last.days.last == i64::MAX && last.days.first <= days.first && days.last != i64::MAX);
        stands(days) && (!may_go_on || stands(Days { last: i64::MAX, ..days }))
    }

    /// How a stretch stands to all of some anchors, on which the comparison surely holds from some day on.
    fn stands(self, days: Days, sure_from: i64, windows: &[(Relation, AnchorId)]) -> Tri {
        let Some(moment) = moment(days) else {
            return Tri::Unknown;
        };
        windows.iter().fold(Tri::Yes, |all, (relation, anchor)| {
            let anchor = self.record.anchor(*anchor);
            // Days that surely go on from the anchor's day have lasted up to it; how long others last is not known.
            let goes_on = moment.end == SpanEnd::Running
                && sure_from > anchor.map_or(i64::MIN, |anchor| i64::from(anchor.first_day()));
            let unknown = goes_on && relation.elaborate().of_itself();
            let moment = if unknown { TimeSpan { end: SpanEnd::Unknown, ..moment } } else { moment };
            all.and(time::stands(&moment, relation, &AnchorTime::Date(anchor), None))
        })
    }

    /// The stretches in which a comparison holds or may hold, as long as they can be, in their order.
    pub(crate) fn days_in_a_row(self, left: &Operand, op: Comparison, right: &Operand) -> Stretches {
        let mut found = Stretches::default();
        for (days, answer) in self.day_answers(left, op, right) {
            if answer == Tri::Yes {
                join(&mut found.sure, days);
            }
            if answer != Tri::No {
                let sure_from = if answer == Tri::Yes { days.first } else { days.last.saturating_add(1) };
                match found.possible.last_mut() {
                    Some(before) if before.days.last.saturating_add(1) >= days.first => {
                        before.days.last = days.last;
                        if answer != Tri::Yes {
                            before.sure_from = sure_from;
                        }
                    }
                    _ => found.possible.push(Possible { days, sure_from }),
                }
            }
        }
        found
    }

    /// The daily doses of each day in a comparison, with what they are worked out from.
    pub(crate) fn doses_of_each_day<'o>(
        self,
        left: &'o Operand,
        right: &'o Operand,
    ) -> Vec<(&'o DailyDose, Doses<'a>)> {
        let mut doses = Vec::new();
        for side in [left, right] {
            side.walk(&mut |part| {
                if let OperandKind::DailyDose(dose) = &part.kind
                    && dose.day == DoseDay::Each
                {
                    let dose: &'o DailyDose = dose;
                    doses.push((dose, self.doses(dose)));
                }
            });
        }
        doses
    }

    /// The parts of the line of days in which nothing changes, each with what the comparison answers there.
    fn day_answers(self, left: &Operand, op: Comparison, right: &Operand) -> Vec<(Days, Tri)> {
        let run = Run { evaluator: self.evaluator, record: self.record };
        let doses = run.doses_of_each_day(left, right);
        let mut starts: Vec<i64> = doses.iter().flat_map(|(_, doses)| doses.changes()).collect();
        starts.push(i64::MIN);
        starts.sort_unstable();
        starts.dedup();
        let mut parts = Vec::with_capacity(starts.len());
        for (at, first) in starts.iter().enumerate() {
            let last = starts.get(at + 1).map_or(i64::MAX, |next| next - 1);
            let day = if *first == i64::MIN { last.min(0) } else { *first };
            let scope = DayScope { day, doses: &doses };
            let answer = Run::on_day(run, left, op, right, &scope);
            parts.push((Days { first: *first, last }, answer));
        }
        parts
    }

    fn on_day(self, left: &Operand, op: Comparison, right: &Operand, scope: &'a DayScope<'a>) -> Tri {
        let here = EvalScope::Day(scope);
        match (self.exact(left, here), self.exact(right, here)) {
            (Some(left), Some(right)) => Tri::from(left.compare(op, &right)),
            _ => Tri::Unknown,
        }
    }
}

/// Adds days that are behind all there are; next to the last ones they are one stretch with them.
fn join(stretches: &mut Vec<Days>, days: Days) {
    match stretches.last_mut() {
        Some(before) if before.last.saturating_add(1) >= days.first => before.last = days.last,
        _ => stretches.push(days),
    }
}

/// A stretch as windows look at it. One without an end goes on.
fn moment(days: Days) -> Option<TimeSpan> {
    let date = |day: i64| PartialDateTime::from_day(i32::try_from(day).ok()?);
    let start = if days.first == i64::MIN { PartialDateTime::from_day(FIRST_DAY)? } else { date(days.first)? };
    let end = if days.last == i64::MAX { SpanEnd::Running } else { SpanEnd::At(date(days.last)?) };
    Some(TimeSpan { start, end, planned: None, part: Part::Whole })
}
