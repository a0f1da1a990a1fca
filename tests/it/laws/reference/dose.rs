//! Daily doses, day by day: every day that matters is asked by itself, from the record as it is.

use std::collections::BTreeMap;

use eligc::calendar::PartialDateTime;
use eligc::ir::Relation;
use eligc::number::{Bound, Comparison, Interval, Rational};
use eligc::typed::{DailyDose, DoseDay, Operand, OperandKind};
use eligc::vocab::{AnchorId, KindId};

use super::quantity::{Given, parts};
use super::record::End;
use super::time::{self, of_entry};
use super::{Answer, Entry, Reference, Scope, Value, and, or};

/// The days asked: far enough before and behind what records are made of that nothing changes outside.
const FIRST: i32 = 19_600;
const LAST: i32 = 22_400;

fn from_nothing_up() -> Interval {
    Interval { low: Bound::Closed(Rational::zero()), high: Bound::Unbounded }
}

/// What is known of one entry on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum On {
    Not,
    Perhaps { known: bool },
    Surely { known: bool },
}

/// An entry that may count.
struct Part<'r> {
    entry: &'r Entry,
    counts: Answer,
    dose: Interval,
}

impl Part<'_> {
    fn on(&self, day: i32) -> On {
        let start = self.entry.start.days();
        let begun = at_or_before(start.first, start.last, day, day);
        let not_over = match &self.entry.end {
            End::Running => Some(true),
            End::Start => at_or_before(day, day, start.first, start.last),
            End::Unknown => {
                if day <= start.first {
                    Some(true)
                } else {
                    None
                }
            }
            End::On(end) => at_or_before(day, day, end.days().first, end.days().last),
        };
        // A start is not later than the last end there can be, an end not earlier than the first start.
        let (begun, not_over) = match &self.entry.end {
            End::On(end) => (
                if end.days().last <= day { Some(true) } else { begun },
                if day <= start.first { Some(true) } else { not_over },
            ),
            _ => (begun, not_over),
        };
        let known = match (self.entry.attributes.get("stable"), self.entry.attributes.get("dose_since")) {
            (Some(Value::Flag(true)), _) => true,
            (_, Some(Value::Date(since))) => since.days().last <= day,
            (Some(Value::Flag(false)), _) => false,
            _ => true,
        };
        match and([begun, not_over]) {
            Some(false) => On::Not,
            Some(true) if self.counts == Some(true) => On::Surely { known },
            _ => On::Perhaps { known },
        }
    }
}

fn at_or_before(first: i32, last: i32, other_first: i32, other_last: i32) -> Answer {
    if last <= other_first {
        Some(true)
    } else if first > other_last {
        Some(false)
    } else {
        None
    }
}

/// What all parts come to on one day.
fn sum(found: &[Part<'_>], on: &[On], open: bool) -> Interval {
    let zero = Interval::point(Rational::zero());
    let mut sum = if open { from_nothing_up() } else { zero.clone() };
    for (part, on) in found.iter().zip(on) {
        let dose = |known: bool| if known { part.dose.clone() } else { from_nothing_up() };
        sum = match on {
            On::Not => sum,
            On::Perhaps { known } => sum.add(&dose(*known).hull(&zero)),
            On::Surely { known } => sum.add(&dose(*known)),
        };
    }
    sum
}

/// The first days of stretches of days that are alike, and what they are like.
struct Days(Vec<(i32, Interval)>);

impl Days {
    fn at(&self, day: i32) -> usize {
        self.0.partition_point(|(first, _)| *first <= day.clamp(FIRST, LAST)) - 1
    }

    /// What some days are like; none where the last is before the first.
    fn over(&self, first: i32, last: i32) -> impl Iterator<Item = Interval> + use<> {
        let days = if first <= last { self.0[self.at(first)..=self.at(last)].to_vec() } else { Vec::new() };
        days.into_iter().map(|(_, dose)| dose)
    }
}

impl Reference<'_> {
    fn parts_of<'r>(&'r self, dose: &DailyDose) -> (Vec<Part<'r>>, bool) {
        let mut found = Vec::new();
        let mut open = false;
        for id in &dose.kinds {
            let kind = &self.program.vocabulary.kinds[*id];
            open |= !self.patient.complete[*id];
            let (of, factor) = match &kind.equivalent {
                Some(one) => (one.reference.clone(), Some(one.factor.clone())),
                None => (kind.name.clone(), Some(Rational::one())),
            };
            // In equivalents of another drug, or in its own milligrams.
            let (reference, own, other) = match &dose.reference {
                Some(reference) if *reference == of => (reference.clone(), factor, Some(Rational::one())),
                Some(reference) => (reference.clone(), None, Some(Rational::one())),
                None => (of, Some(Rational::one()), factor.and_then(|factor| factor.recip())),
            };
            for entry in self.patient.entries[*id].iter().filter(|entry| entry.planned != Some(true)) {
                let counts =
                    dose.filter.as_ref().map_or(Some(true), |filter| self.condition(filter, Scope::Entry(entry)));
                if counts == Some(false) {
                    continue;
                }
                let given = |name: &str, factor: &Option<Rational>| match entry.attributes.get(name) {
                    Some(Value::Number(number)) => Some(number.mul(&Interval::point(factor.clone()?))),
                    _ => None,
                };
                let both = [given("dose", &own), given(&format!("{reference}_dose"), &other)];
                let dose = both.into_iter().flatten().reduce(|a, b| a.hull(&b)).unwrap_or_else(from_nothing_up);
                found.push(Part { entry, counts, dose });
            }
        }
        (found, open)
    }

    /// The daily dose of each day from `FIRST` to `LAST`; days in a row that are alike are held as one.
    fn days_of(&self, dose: &DailyDose) -> Days {
        let (found, open) = self.parts_of(dose);
        let mut days: Vec<(i32, Interval)> = Vec::new();
        let mut before: Option<Vec<On>> = None;
        for day in FIRST..=LAST {
            let on: Vec<On> = found.iter().map(|part| part.on(day)).collect();
            if before.as_ref() != Some(&on) {
                days.push((day, sum(&found, &on, open)));
                before = Some(on);
            }
        }
        Days(days)
    }

    fn day_of(&self, anchor: AnchorId) -> PartialDateTime {
        self.patient.anchors[anchor].unwrap_or(PartialDateTime::whole_line())
    }

    pub(super) fn daily_dose(&self, dose: &DailyDose, given: Given<'_>) -> Option<Interval> {
        let one_day = |day: i32| {
            let (found, open) = self.parts_of(dose);
            let on: Vec<On> = found.iter().map(|part| part.on(day)).collect();
            sum(&found, &on, open)
        };
        let asked = match &dose.day {
            DoseDay::Each => given.day,
            DoseDay::At(anchor) => self.day_of(*anchor).days().as_day(),
            DoseDay::Highest(..) | DoseDay::Lowest(..) => None,
        };
        if let Some(day) = asked {
            return Some(one_day(day));
        }
        let days = self.days_of(dose);
        let over = |first: i32, last: i32| days.over(first, last);
        Some(match &dose.day {
            DoseDay::Each => panic!("no day is asked about"),
            DoseDay::At(anchor) => {
                let anchor = self.day_of(*anchor).days();
                over(anchor.first, anchor.last).reduce(|a, b| a.hull(&b)).unwrap()
            }
            DoseDay::Highest(relation, anchor) | DoseDay::Lowest(relation, anchor) => {
                let Relation::Within { before, after } = relation else { panic!("no days: {relation:?}") };
                let anchor = self.day_of(*anchor);
                if anchor == PartialDateTime::whole_line() {
                    return over(FIRST, LAST).reduce(|a, b| a.hull(&b));
                }
                let moved = |day: i32, length: &Option<eligc::ir::Length>, sign: i64| match length {
                    None => day,
                    Some(eligc::ir::Length::Calendar(n, unit)) => {
                        eligc::calendar::add(day, sign * i64::from(*n), *unit).unwrap()
                    }
                    Some(other) => panic!("no calendar length: {other:?}"),
                };
                let anchor = anchor.days();
                let from = (moved(anchor.first, before, -1), moved(anchor.last, before, -1));
                let to = (moved(anchor.first, after, 1), moved(anchor.last, after, 1));
                let outer = || over(from.0, to.1);
                let inner: Vec<Interval> = over(from.1, to.0).collect();
                let highest = matches!(dose.day, DoseDay::Highest(..));
                match inner.into_iter().reduce(|a, b| if highest { a.max(&b) } else { a.min(&b) }) {
                    None => outer().reduce(|a, b| a.hull(&b)).unwrap(),
                    Some(inner) if highest => {
                        Interval { low: inner.low, high: outer().reduce(|a, b| a.max(&b)).unwrap().high }
                    }
                    Some(inner) => Interval { low: outer().reduce(|a, b| a.min(&b)).unwrap().low, high: inner.high },
                }
            }
        })
    }

    /// A total on record, which a daily dose that it would be worked out from may contradict.
    pub(super) fn recorded_total(
        &self,
        recorded: Interval,
        otherwise: &Operand,
        dates: &[Option<PartialDateTime>],
    ) -> Interval {
        let OperandKind::DailyDose(dose) = &otherwise.kind else { return recorded };
        let DoseDay::At(anchor) = &dose.day else { return recorded };
        let given = Given { scope: Scope::Record, result: None, day: None };
        let worked_out = self.daily_dose(dose, given).unwrap();
        let until = self.day_of(*anchor).days().last;
        let first = dates.iter().flatten().map(|at| at.days().first).min();
        let changed = first.is_some_and(|recorded_on| {
            self.parts_of(dose).0.iter().any(|part| {
                let end = match &part.entry.end {
                    End::On(end) => Some(*end),
                    End::Start | End::Running | End::Unknown => None,
                };
                let since = match part.entry.attributes.get("dose_since") {
                    Some(Value::Date(since)) => Some(*since),
                    _ => None,
                };
                let start = Some(part.entry.start).filter(|start| *start != PartialDateTime::whole_line());
                let nothing = part.dose == Interval::point(Rational::zero()) && since.is_none();
                !nothing
                    && [start, end, since]
                        .into_iter()
                        .flatten()
                        .any(|change| change.days().last > recorded_on && change.days().first <= until)
            })
        });
        let apart = dates.contains(&None) && recorded.intersect(&worked_out).is_none();
        if changed || apart { recorded.hull(&worked_out) } else { recorded }
    }

    /// Whether some days in a row, as many as there are, stand so to all the anchors.
    pub(super) fn stretch(
        &self,
        (left, op, right): (&Operand, Comparison, &Operand),
        windows: &[(Relation, AnchorId)],
    ) -> Answer {
        let mut firsts = vec![FIRST];
        for side in [left, right] {
            parts(side, &mut |part| {
                if let OperandKind::DailyDose(dose) = &part.kind
                    && dose.day == DoseDay::Each
                {
                    firsts.extend(self.days_of(dose).0.into_iter().map(|(first, _)| first));
                }
            });
        }
        firsts.sort_unstable();
        firsts.dedup();
        let answers: Vec<Answer> = firsts
            .iter()
            .map(|day| {
                let given = Given { scope: Scope::Record, result: None, day: Some(*day) };
                self.number(left, given)?.compare(op, &self.number(right, given)?)
            })
            .collect();
        // Days in a row, looked at as an entry. Without a last one they go on, surely so from `since` on.
        let stands = |first: usize, last: Option<usize>, since: usize| {
            let date = |day: i32| PartialDateTime::from_day(day).unwrap();
            let start = date(if first == 0 { -62_091 } else { firsts[first] });
            and(windows.iter().map(|(relation, anchor)| {
                let anchor = self.day_of(*anchor);
                let up_to_anchor = since == 0 || firsts.get(since).is_some_and(|day| *day <= anchor.days().first);
                let end = match last {
                    Some(last) => End::On(date(firsts[last + 1] - 1)),
                    None if matches!(relation, Relation::Lasting { .. }) && !up_to_anchor => End::Unknown,
                    None => End::Running,
                };
                let days = Entry { kind: KindId::default(), start, end, planned: None, attributes: BTreeMap::new() };
                of_entry(self.program, &days, relation, &time::Anchor::Date(anchor))
            }))
        };
        let rows = |fits: &dyn Fn(Answer) -> bool| {
            let mut found: Vec<(usize, Option<usize>)> = Vec::new();
            for at in (0..answers.len()).filter(|at| fits(answers[*at])) {
                let last = Some(at).filter(|at| at + 1 < answers.len());
                match found.last_mut() {
                    Some(row) if row.1.is_some_and(|before| before + 1 == at) => row.1 = last,
                    _ => found.push((at, last)),
                }
            }
            found
        };
        let possible = rows(&|answer| answer != Some(false));
        let may_go_on = |first: usize| possible.iter().any(|row| row.1.is_none() && row.0 <= first);
        let surely = rows(&|answer| answer == Some(true)).into_iter().any(|(first, last)| {
            stands(first, last, first) == Some(true) && (!may_go_on(first) || stands(first, None, first) == Some(true))
        });
        let since = answers.iter().rposition(|answer| *answer != Some(true)).map_or(0, |at| at + 1);
        let may = or(possible.iter().map(|(first, last)| stands(*first, *last, since.max(*first))));
        match (surely, may) {
            (true, _) => Some(true),
            (false, Some(false)) => Some(false),
            (false, _) => None,
        }
    }
}
