//! The product of two sets of numbers, from the products of their ends.

use std::cmp::Ordering;

use super::bound::Bound;
use super::rational::Rational;

/// The ends of every product of a number between two ends and one between two others.
#[inline]
pub(super) fn product((a_low, a_high): (&Bound, &Bound), (b_low, b_high): (&Bound, &Bound)) -> (Bound, Bound) {
    let (a_low, a_high) = (Corner::of(a_low, Place::Below), Corner::of(a_high, Place::Above));
    let (b_low, b_high) = (Corner::of(b_low, Place::Below), Corner::of(b_high, Place::Above));
    let corners = [
        Corner::product(&a_low, &b_low),
        Corner::product(&a_low, &b_high),
        Corner::product(&a_high, &b_low),
        Corner::product(&a_high, &b_high),
    ];
    let mut low = Corner { place: Place::Above, reached: false };
    let mut high = Corner { place: Place::Below, reached: false };
    for corner in corners {
        match corner.place.cmp(&low.place) {
            Ordering::Less => low = corner.clone(),
            Ordering::Equal => low.reached |= corner.reached,
            Ordering::Greater => {}
        }
        match corner.place.cmp(&high.place) {
            Ordering::Greater => high = corner,
            Ordering::Equal => high.reached |= corner.reached,
            Ordering::Less => {}
        }
    }
    (low.into_bound(), high.into_bound())
}

/// A place on the number line with both infinities; the order of the variants is theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Below,
    At(Rational),
    Above,
}

/// One end of a factor, or a product of two ends.
#[derive(Debug, Clone)]
struct Corner {
    place: Place,
    /// Whether a number of the interval stands just there.
    reached: bool,
}

impl Corner {
    fn of(end: &Bound, beyond: Place) -> Corner {
        match end {
            Bound::Unbounded => Corner { place: beyond, reached: false },
            Bound::Closed(value) => Corner { place: Place::At(value.clone()), reached: true },
            Bound::Open(value) => Corner { place: Place::At(value.clone()), reached: false },
        }
    }

    /// -1, 0 or 1.
    fn sign(&self) -> i8 {
        match &self.place {
            Place::Below => -1,
            Place::Above => 1,
            Place::At(value) if value.is_zero() => 0,
            Place::At(value) if value.is_negative() => -1,
            Place::At(_) => 1,
        }
    }

    /// Zero times infinity is zero here: near a zero end the product takes every value between
    /// zero and what the other corners give.
    fn product(a: &Corner, b: &Corner) -> Corner {
        if a.sign() == 0 || b.sign() == 0 {
            // A zero that is reached makes the product zero whatever the other factor is.
            let reached = (a.sign() == 0 && a.reached) || (b.sign() == 0 && b.reached);
            return Corner { place: Place::At(Rational::zero()), reached };
        }
        let place = match (&a.place, &b.place) {
            (Place::At(x), Place::At(y)) => Place::At(x.mul(y)),
            _ if a.sign() * b.sign() < 0 => Place::Below,
            _ => Place::Above,
        };
        Corner { place, reached: a.reached && b.reached }
    }

    fn into_bound(self) -> Bound {
        match self.place {
            Place::Below | Place::Above => Bound::Unbounded,
            Place::At(value) if self.reached => Bound::Closed(value),
            Place::At(value) => Bound::Open(value),
        }
    }
}
