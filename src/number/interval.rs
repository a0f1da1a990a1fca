//! Sets of possible values: two bounds in, interval arithmetic and three-valued comparison out.

use std::cmp::Ordering;
use std::fmt;

use super::bound::Bound;
use super::comparison::Comparison;
use super::product::product;
use super::rational::Rational;

/// A non-empty set of numbers without gaps: `[2, 3]`, `(-inf, 9)`, a single point, the whole line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The lower end.
    pub low: Bound,
    /// The upper end; never below the lower one.
    pub high: Bound,
}

impl Interval {
    /// The interval between two ends; `None` when no number lies between them.
    pub fn new(low: Bound, high: Bound) -> Option<Interval> {
        if let (Some(least), Some(most)) = (low.value(), high.value()) {
            match least.cmp(most) {
                Ordering::Greater => return None,
                Ordering::Equal if low.is_open() || high.is_open() => return None,
                Ordering::Equal | Ordering::Less => {}
            }
        }
        Some(Interval { low, high })
    }

    /// One number.
    pub fn point(value: Rational) -> Interval {
        Interval { low: Bound::Closed(value.clone()), high: Bound::Closed(value) }
    }

    /// Every number.
    pub fn everything() -> Interval {
        Interval { low: Bound::Unbounded, high: Bound::Unbounded }
    }

    /// Both ends included; `None` when `low > high`.
    pub fn closed(low: Rational, high: Rational) -> Option<Interval> {
        Interval::new(Bound::Closed(low), Bound::Closed(high))
    }

    /// The numbers that compare so with `value`: `< 9` gives `(-inf, 9)`. For `!=` the gap is
    /// filled, so it gives every number.
    pub fn from_comparison(comparison: Comparison, value: Rational) -> Interval {
        let (low, high) = match comparison {
            Comparison::Ge => (Bound::Closed(value), Bound::Unbounded),
            Comparison::Gt => (Bound::Open(value), Bound::Unbounded),
            Comparison::Le => (Bound::Unbounded, Bound::Closed(value)),
            Comparison::Lt => (Bound::Unbounded, Bound::Open(value)),
            Comparison::Eq => return Interval::point(value),
            Comparison::Ne => (Bound::Unbounded, Bound::Unbounded),
        };
        Interval { low, high }
    }

    /// The only number in the interval, when there is just one.
    pub fn as_point(&self) -> Option<&Rational> {
        match (&self.low, &self.high) {
            (Bound::Closed(low), Bound::Closed(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// Whether `value` lies in the interval.
    pub fn contains(&self, value: &Rational) -> bool {
        let above = match &self.low {
            Bound::Unbounded => true,
            Bound::Closed(low) => value >= low,
            Bound::Open(low) => value > low,
        };
        let below = match &self.high {
            Bound::Unbounded => true,
            Bound::Closed(high) => value <= high,
            Bound::Open(high) => value < high,
        };
        above && below
    }

    /// The smallest interval that holds both.
    pub fn hull(&self, other: &Interval) -> Interval {
        let low = if self.low.compare_low(&other.low).is_le() { &self.low } else { &other.low };
        let high = if self.high.compare_high(&other.high).is_ge() { &self.high } else { &other.high };
        Interval { low: low.clone(), high: high.clone() }
    }

    /// The numbers in both; `None` when there are none.
    pub fn intersect(&self, other: &Interval) -> Option<Interval> {
        let low = if self.low.compare_low(&other.low).is_ge() { &self.low } else { &other.low };
        let high = if self.high.compare_high(&other.high).is_le() { &self.high } else { &other.high };
        Interval::new(low.clone(), high.clone())
    }

    /// Every `-x`.
    pub fn neg(&self) -> Interval {
        Interval { low: self.high.map(|value| -value), high: self.low.map(|value| -value) }
    }

    /// Every `x + y`.
    pub fn add(&self, other: &Interval) -> Interval {
        Interval { low: self.low.add(&other.low), high: self.high.add(&other.high) }
    }

    /// Every `x - y`.
    pub fn sub(&self, other: &Interval) -> Interval {
        self.add(&other.neg())
    }

    /// Every `x * y`.
    pub fn mul(&self, other: &Interval) -> Interval {
        if let (Some(a), Some(b)) = (self.as_point(), other.as_point()) {
            return Interval::point(a.mul(b));
        }
        let (low, high) = product((&self.low, &self.high), (&other.low, &other.high));
        Interval { low, high }
    }

    /// Every `x / y`; `None` when `y` may be zero.
    pub fn div(&self, other: &Interval) -> Option<Interval> {
        Some(self.mul(&other.recip()?))
    }

    /// Every `1 / x`; `None` when `x` may be zero.
    fn recip(&self) -> Option<Interval> {
        if self.contains(&Rational::zero()) {
            return None;
        }
        // An end at infinity becomes an open zero, an open end at zero becomes infinity.
        let turn = |end: &Bound| match end {
            Bound::Unbounded => Some(Bound::Open(Rational::zero())),
            Bound::Open(value) if value.is_zero() => Some(Bound::Unbounded),
            end => end.try_map(Rational::recip),
        };
        Some(Interval { low: turn(&self.high)?, high: turn(&self.low)? })
    }

    /// Every smaller one of `x` and `y`.
    pub fn min(&self, other: &Interval) -> Interval {
        let low = if self.low.compare_low(&other.low).is_le() { &self.low } else { &other.low };
        let high = if self.high.compare_high(&other.high).is_le() { &self.high } else { &other.high };
        Interval { low: low.clone(), high: high.clone() }
    }

    /// Every larger one of `x` and `y`.
    pub fn max(&self, other: &Interval) -> Interval {
        let low = if self.low.compare_low(&other.low).is_ge() { &self.low } else { &other.low };
        let high = if self.high.compare_high(&other.high).is_ge() { &self.high } else { &other.high };
        Interval { low: low.clone(), high: high.clone() }
    }

    /// Every `x` to a whole power, exactly. `None` for a negative power of an interval that holds
    /// zero, and where [`Rational::powi`] has no answer.
    pub fn powi(&self, exponent: i32) -> Option<Interval> {
        if exponent == 0 {
            return Some(Interval::point(Rational::one()));
        }
        if exponent < 0 {
            // Of i32::MIN only 1 and -1 have a power within the size limit.
            return self.recip()?.powi(exponent.checked_neg()?);
        }
        let base = if exponent % 2 == 0 { self.distance_from_zero() } else { self.clone() };
        let raise = |end: &Bound| end.try_map(|value| value.powi(exponent));
        Some(Interval { low: raise(&base.low)?, high: raise(&base.high)? })
    }

    /// Every `x` to a power, for an interval without negative numbers; see [`Rational::powf`].
    /// `None` for other intervals and for a negative power of an interval that holds zero.
    pub fn powf(&self, exponent: &Rational) -> Option<Interval> {
        if self.low.value().is_none_or(Rational::is_negative) {
            return None;
        }
        if exponent.is_zero() {
            return Some(Interval::point(Rational::one()));
        }
        let raise = |end: &Bound| end.try_map(|value| value.powf(exponent));
        if !exponent.is_negative() {
            return Some(Interval { low: raise(&self.low)?, high: raise(&self.high)? });
        }
        if self.contains(&Rational::zero()) {
            return None;
        }
        let high = match &self.low {
            Bound::Open(value) if value.is_zero() => Bound::Unbounded,
            low => raise(low)?,
        };
        let low = match &self.high {
            Bound::Unbounded => Bound::Open(Rational::zero()),
            high => raise(high)?,
        };
        Some(Interval { low, high })
    }

    /// Every `|x|`.
    fn distance_from_zero(&self) -> Interval {
        let zero = Rational::zero();
        if self.low.value().is_some_and(|low| *low >= zero) {
            return self.clone();
        }
        if self.high.value().is_some_and(|high| *high <= zero) {
            return self.neg();
        }
        let turned = self.neg();
        Interval { low: Bound::Closed(zero), high: self.max(&turned).high }
    }

    /// `Some(true)` when every pair `x`, `y` answers yes, `Some(false)` when every pair answers
    /// no, `None` when it depends on the pair.
    pub fn compare(&self, comparison: Comparison, other: &Interval) -> Option<bool> {
        let (yes, no) = match comparison {
            Comparison::Ge => (self.never_below(other), other.always_above(self)),
            Comparison::Gt => (self.always_above(other), other.never_below(self)),
            Comparison::Le => (other.never_below(self), self.always_above(other)),
            Comparison::Lt => (other.always_above(self), self.never_below(other)),
            Comparison::Eq => (self.always_equal(other), self.never_equal(other)),
            Comparison::Ne => (self.never_equal(other), self.always_equal(other)),
        };
        match (yes, no) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// Every `x >= y`.
    fn never_below(&self, other: &Interval) -> bool {
        match (self.low.value(), other.high.value()) {
            (Some(low), Some(high)) => low >= high,
            _ => false,
        }
    }

    /// Every `x > y`.
    fn always_above(&self, other: &Interval) -> bool {
        match (self.low.value(), other.high.value()) {
            (Some(low), Some(high)) => match low.cmp(high) {
                Ordering::Greater => true,
                Ordering::Equal => self.low.is_open() || other.high.is_open(),
                Ordering::Less => false,
            },
            _ => false,
        }
    }

    fn always_equal(&self, other: &Interval) -> bool {
        self.as_point().is_some_and(|value| other.as_point() == Some(value))
    }

    fn never_equal(&self, other: &Interval) -> bool {
        self.always_above(other) || other.always_above(self)
    }
}

impl fmt::Display for Interval {
    /// A point as its number, others in bracket notation: `[2, 3)`, `(-inf, 9)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(value) = self.as_point() {
            return write!(f, "{value}");
        }
        match &self.low {
            Bound::Unbounded => write!(f, "(-inf, ")?,
            Bound::Closed(value) => write!(f, "[{value}, ")?,
            Bound::Open(value) => write!(f, "({value}, ")?,
        }
        match &self.high {
            Bound::Unbounded => write!(f, "inf)"),
            Bound::Closed(value) => write!(f, "{value}]"),
            Bound::Open(value) => write!(f, "{value})"),
        }
    }
}
