//! Ranges of days and of instants: two ends in, three-valued comparison and shifted ranges out.

use super::step::{SECONDS_PER_DAY, add};
use crate::units::TimeUnit;

/// The days something may be on: `first` to `last`, both possible, in days since 1970-01-01.
/// `i32::MIN` and `i32::MAX` mean no end on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// The earliest day.
    pub first: i32,
    /// The latest day; not before `first`.
    pub last: i32,
}

/// The instants something may be at: `first` to `last`, both possible, in seconds since
/// 1970-01-01T00:00. `i64::MIN` and `i64::MAX` mean no end on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InstantRange {
    /// The earliest instant.
    pub first: i64,
    /// The latest instant; not before `first`.
    pub last: i64,
}

impl DayRange {
    /// One day.
    pub fn of(day: i32) -> DayRange {
        DayRange { first: day, last: day }
    }

    /// Whether it has a first and a last day.
    pub(super) fn is_bounded(self) -> bool {
        self.first != i32::MIN && self.last != i32::MAX
    }

    /// Every day there is.
    pub fn everything() -> DayRange {
        DayRange { first: i32::MIN, last: i32::MAX }
    }

    /// The only day in the range, when there is just one.
    pub fn as_day(self) -> Option<i32> {
        (self.first == self.last).then_some(self.first)
    }

    /// Whether this day comes before that one; `None` when only some pairs of days say so.
    pub fn before(self, other: DayRange) -> Option<bool> {
        certain(self.last < other.first, self.first >= other.last)
    }

    /// Whether this day is that one or an earlier one.
    pub fn at_or_before(self, other: DayRange) -> Option<bool> {
        certain(self.last <= other.first, self.first > other.last)
    }

    /// Whether this day comes after that one.
    pub fn after(self, other: DayRange) -> Option<bool> {
        other.before(self)
    }

    /// Whether this day is that one or a later one.
    pub fn at_or_after(self, other: DayRange) -> Option<bool> {
        other.at_or_before(self)
    }

    /// Whether both are the same day.
    pub fn same(self, other: DayRange) -> Option<bool> {
        let alike = self == other && self.as_day().is_some();
        certain(alike, self.last < other.first || other.last < self.first)
    }

    /// The range moved by `n` units ([`super::add`] on both ends). An end out of reach, or moved
    /// by a unit shorter than a day, becomes no end.
    pub fn shift(self, n: i64, unit: TimeUnit) -> DayRange {
        if !unit.is_calendar() {
            return DayRange::everything();
        }
        let moved = |day: i32| match day {
            i32::MIN | i32::MAX => day,
            day => add(day, n, unit).unwrap_or(if n < 0 { i32::MIN } else { i32::MAX }),
        };
        DayRange { first: moved(self.first), last: moved(self.last) }
    }

    /// The smallest range that holds both.
    pub fn hull(self, other: DayRange) -> DayRange {
        DayRange { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Every second of every day in the range.
    pub fn instants(self) -> InstantRange {
        let first = match self.first {
            i32::MIN => i64::MIN,
            day => i64::from(day) * SECONDS_PER_DAY,
        };
        let last = match self.last {
            i32::MAX => i64::MAX,
            day => (i64::from(day) + 1) * SECONDS_PER_DAY - 1,
        };
        InstantRange { first, last }
    }
}

impl InstantRange {
    /// One instant.
    pub fn of(instant: i64) -> InstantRange {
        InstantRange { first: instant, last: instant }
    }

    /// Every instant there is.
    pub fn everything() -> InstantRange {
        InstantRange { first: i64::MIN, last: i64::MAX }
    }

    /// Whether this instant comes before that one; `None` when only some pairs say so.
    pub fn before(self, other: InstantRange) -> Option<bool> {
        certain(self.last < other.first, self.first >= other.last)
    }

    /// Whether this instant is that one or an earlier one.
    pub fn at_or_before(self, other: InstantRange) -> Option<bool> {
        certain(self.last <= other.first, self.first > other.last)
    }

    /// Whether this instant comes after that one.
    pub fn after(self, other: InstantRange) -> Option<bool> {
        other.before(self)
    }

    /// Whether this instant is that one or a later one.
    pub fn at_or_after(self, other: InstantRange) -> Option<bool> {
        other.at_or_before(self)
    }

    /// The range moved by `seconds`; a missing end stays missing.
    pub fn shift(self, seconds: i64) -> InstantRange {
        let moved = |instant: i64| match instant {
            i64::MIN | i64::MAX => instant,
            instant => instant.saturating_add(seconds),
        };
        InstantRange { first: moved(self.first), last: moved(self.last) }
    }

    /// The range moved by `n` hours, minutes or seconds; without ends for other units.
    pub fn shift_units(self, n: i64, unit: TimeUnit) -> InstantRange {
        match unit.seconds() {
            Some(length) => self.shift(n.saturating_mul(length)),
            None => InstantRange::everything(),
        }
    }

    /// The range with `seconds` more at both ends.
    pub fn widened(self, seconds: i64) -> InstantRange {
        InstantRange { first: self.shift(-seconds).first, last: self.shift(seconds).last }
    }

    /// The smallest range that holds both.
    pub fn hull(self, other: InstantRange) -> InstantRange {
        InstantRange { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// Three-valued: `yes` when every pair agrees, `no` when none does.
fn certain(yes: bool, no: bool) -> Option<bool> {
    match (yes, no) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}
