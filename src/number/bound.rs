//! One end of a set of numbers, and the order of ends.

use std::cmp::Ordering;

use super::rational::Rational;

/// One end of an [`Interval`](super::Interval).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Bound {
    /// No end on this side.
    Unbounded,
    /// The end belongs to the interval.
    Closed(Rational),
    /// The end does not belong to the interval.
    Open(Rational),
}

impl Bound {
    /// The number at this end; `None` when there is no end.
    pub fn value(&self) -> Option<&Rational> {
        match self {
            Bound::Unbounded => None,
            Bound::Closed(value) | Bound::Open(value) => Some(value),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self, Bound::Open(_))
    }

    pub(super) fn map(&self, change: impl FnOnce(&Rational) -> Rational) -> Bound {
        match self {
            Bound::Unbounded => Bound::Unbounded,
            Bound::Closed(value) => Bound::Closed(change(value)),
            Bound::Open(value) => Bound::Open(change(value)),
        }
    }

    pub(super) fn try_map(&self, change: impl FnOnce(&Rational) -> Option<Rational>) -> Option<Bound> {
        Some(match self {
            Bound::Unbounded => Bound::Unbounded,
            Bound::Closed(value) => Bound::Closed(change(value)?),
            Bound::Open(value) => Bound::Open(change(value)?),
        })
    }

    /// The bound of the sum of two values bounded on the same side.
    pub(super) fn add(&self, other: &Bound) -> Bound {
        match (self.value(), other.value()) {
            (Some(a), Some(b)) => {
                let sum = a.add(b);
                if self.is_open() || other.is_open() { Bound::Open(sum) } else { Bound::Closed(sum) }
            }
            _ => Bound::Unbounded,
        }
    }

    /// The order of two lower ends: negative infinity first, and `[3` before `(3`.
    pub(super) fn compare_low(&self, other: &Bound) -> Ordering {
        match (self.value(), other.value()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => a.cmp(b).then(self.is_open().cmp(&other.is_open())),
        }
    }

    /// The order of two upper ends: positive infinity last, and `3)` before `3]`.
    pub(super) fn compare_high(&self, other: &Bound) -> Ordering {
        match (self.value(), other.value()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) => a.cmp(b).then(other.is_open().cmp(&self.is_open())),
        }
    }
}
