//! Ages as the evaluator counts them: by which scale, and from how many completed units to how many.

use crate::calendar::{AgeScale, AgeUnit};
use crate::number::{Interval, Rational};
use crate::record::units::Units;
use crate::tree::Fact;

/// How a recorded age of each of a fact's units is counted, and which unit of ages it is itself.
pub(crate) type Scales = Vec<(AgeScale, Option<AgeUnit>)>;

/// The scales of a fact's units, in their order.
pub(crate) fn scales(fact: &Fact, units: &Units) -> Scales {
    let Some(own) = fact.age_unit() else {
        return Vec::new();
    };
    let own = own.days();
    let scale = |factor: &Rational| {
        let days = factor.mul(&own);
        (AgeScale::of(&days), AgeUnit::ALL.into_iter().find(|unit| unit.days() == days))
    };
    units.ways.iter().map(|way| scale(&way.exact.factor)).collect()
}

/// The fewest completed units and the most; no most where nothing bounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) low: i64,
    pub(crate) high: Option<i64>,
}

impl Span {
    pub(crate) fn hull(self, other: Span) -> Span {
        let high = self.high.zip(other.high).map(|(high, other)| high.max(other));
        Span { low: self.low.min(other.low), high }
    }

    pub(crate) fn interval(self) -> Option<Interval> {
        let low = Rational::from_i64(self.low);
        match self.high {
            Some(high) => Interval::closed(low, Rational::from_i64(high)),
            None => Some(Interval::from_comparison(crate::number::Comparison::Ge, low)),
        }
    }
}
