//! What entries add to a daily dose, day by day.

use super::code::DailyDose;
use super::moment::Ticks;
use crate::kleene::Tri;
use crate::number::{Bound, Interval, Rational};
use crate::record::model::Entry;
use crate::tree::KindId;

/// What one entry has to do with a daily dose. Days are counts since 1970; the ends of `i64` mean no end.
#[derive(Debug, Clone)]
pub(crate) struct Share<'a> {
    pub(crate) kind: KindId,
    pub(crate) entry: &'a Entry,
    /// Whether it counts: yes or unknown.
    pub(crate) counts: Tri,
    pub(crate) start: Ticks,
    pub(crate) end: Ticks,
    /// The first day from which on the dose is surely the one given.
    pub(crate) known_from: i64,
    /// Per day, in the unit of the whole; anything where it is not known.
    pub(crate) dose: Interval,
}

/// All that a daily dose is worked out from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doses<'a> {
    pub(crate) shares: Vec<Share<'a>>,
    /// There may be entries that are not listed.
    pub(crate) open: bool,
}

/// A day that a stretch is asked about, with what its daily doses are worked out from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayScope<'d> {
    pub(crate) day: i64,
    pub(crate) doses: &'d [(&'d DailyDose, Doses<'d>)],
}

/// Anything from nothing up.
pub(super) fn anything() -> Interval {
    Interval { low: Bound::Closed(Rational::zero()), high: Bound::Unbounded }
}

fn nothing() -> Interval {
    Interval::point(Rational::zero())
}

impl Share<'_> {
    pub(crate) fn surely_runs(&self, day: i64) -> bool {
        self.start.last <= day && day <= self.end.first
    }

    pub(crate) fn may_run(&self, day: i64) -> bool {
        self.start.first <= day && day <= self.end.last
    }

    /// What it adds on a day; nothing where it surely does not run.
    pub(crate) fn on(&self, day: i64) -> Option<Interval> {
        if !self.may_run(day) {
            return None;
        }
        let dose = if day < self.known_from { anything() } else { self.dose.clone() };
        Some(if self.counts == Tri::Yes && self.surely_runs(day) { dose } else { dose.hull(&nothing()) })
    }

    /// The days on which what it adds may be another than on the day before.
    fn changes(&self) -> impl Iterator<Item = i64> {
        let behind = |day: i64| if day == i64::MAX { day } else { day.saturating_add(1) };
        let days = [self.start.first, self.start.last, behind(self.end.first), behind(self.end.last), self.known_from];
        days.into_iter().filter(|day| !matches!(*day, i64::MIN | i64::MAX))
    }
}

impl Doses<'_> {
    /// The daily dose of a day.
    pub(crate) fn on(&self, day: i64) -> Interval {
        let all = self.shares.iter().filter_map(|share| share.on(day));
        let sum = all.fold(nothing(), |sum, share| sum.add(&share));
        if self.open { sum.add(&anything()) } else { sum }
    }

    /// The days on which it may change, ascending, each once.
    pub(crate) fn changes(&self) -> Vec<i64> {
        let mut days: Vec<i64> = self.shares.iter().flat_map(Share::changes).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// One day of each part of `first..=last` in which it does not change.
    fn days(&self, first: i64, last: i64) -> Vec<i64> {
        let mut days = self.changes();
        days.retain(|day| first < *day && *day <= last);
        // Before the first change, and where there is none.
        let before = days.first().map_or(0, |day| day.saturating_sub(1));
        days.insert(0, before.clamp(first, last));
        days
    }

    /// What it may be on some day of these.
    pub(crate) fn over(&self, first: i64, last: i64) -> Interval {
        let mut all = self.days(first, last).into_iter().map(|day| self.on(day));
        let one = all.next().unwrap_or_else(anything);
        all.fold(one, |hull, other| hull.hull(&other))
    }

    /// The highest, or the lowest, of the days of a window whose ends are known to some days.
    pub(super) fn extreme(&self, from: Ticks, to: Ticks, highest: bool) -> Interval {
        let join = |one: Interval, other: Interval| if highest { one.max(&other) } else { one.min(&other) };
        let of = |first: i64, last: i64| {
            let values = (first <= last).then(|| self.days(first, last))?;
            values.into_iter().map(|day| self.on(day)).reduce(join)
        };
        // Days that are surely in the window, and those that may be.
        let (inner, outer) = (of(from.last, to.first), of(from.first, to.last).unwrap_or_else(anything));
        match inner {
            Some(inner) if highest => Interval { low: inner.low, high: outer.high },
            Some(inner) => Interval { low: outer.low, high: inner.high },
            None => self.over(from.first, to.last),
        }
    }
}
