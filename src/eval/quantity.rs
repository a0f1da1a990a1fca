//! Numbers as intervals, twice: in doubles that are sure to hold the exact value, which answers nearly every
//! comparison, and in exact rationals for the rest.

use super::age_span::Span;
use super::code::{Constant, FactRead, Operand, OperandKind};
use super::here::EvalScope;
use super::interpreter::Run;
use super::recorded_total::worked_out_from;
use crate::ir::{Limit, Quantifier};
use crate::kleene::Tri;
use crate::number::{Comparison, Direction, Interval, Rational};
use crate::record::model::{self, Number, Observation, Slot, Value};
use crate::record::schema::Scope;
use crate::tree::{AttributeId, FactId};

/// Doubles that the exact values lie between, the ends included. An end that is open in truth is closed here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    low: f64,
    high: f64,
}

impl Bounds {
    const EVERYTHING: Bounds = Bounds { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// A double that is a few units in the last place from the exact value.
    fn near(value: f64) -> Bounds {
        // Conversion by a factor is three roundings at most, by factor and offset one: of the decimal, of the factor, of the product.
        let wide = value.abs() * 1e-15 + f64::MIN_POSITIVE;
        Bounds { low: value - wide, high: value + wide }
    }

    /// Doubles around an exact interval.
    fn of(interval: &Interval) -> Bounds {
        let end = |end: Option<&Rational>, none: Bounds| end.map_or(none, |end| Bounds::near(end.to_f64()));
        let (low, high) =
            (end(interval.low.value(), Bounds::EVERYTHING), end(interval.high.value(), Bounds::EVERYTHING));
        Bounds { low: low.low, high: high.high }
    }

    /// One more rounding at each end; an end that is no number is no end.
    fn outward(low: f64, high: f64) -> Bounds {
        Bounds {
            low: if low.is_nan() { f64::NEG_INFINITY } else { low.next_down() },
            high: if high.is_nan() { f64::INFINITY } else { high.next_up() },
        }
    }

    fn hull(self, other: Bounds) -> Bounds {
        Bounds { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    fn add(self, other: Bounds) -> Bounds {
        Bounds::outward(self.low + other.low, self.high + other.high)
    }

    fn sub(self, other: Bounds) -> Bounds {
        Bounds::outward(self.low - other.high, self.high - other.low)
    }

    fn mul(self, other: Bounds) -> Bounds {
        let corners = [self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high];
        // Zero times infinity: somewhere between nothing and everything.
        if corners.iter().any(|corner| corner.is_nan()) {
            return Bounds::EVERYTHING;
        }
        let low = corners.iter().copied().fold(f64::INFINITY, f64::min);
        let high = corners.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Bounds::outward(low, high)
    }

    fn div(self, other: Bounds) -> Bounds {
        // Whether the divisor may really be zero is for exact arithmetic to say.
        if other.low <= 0.0 && other.high >= 0.0 {
            return Bounds::EVERYTHING;
        }
        self.mul(Bounds::outward(1.0 / other.high, 1.0 / other.low))
    }

    /// A power of what is above zero. The functions of the platform are a few units in the last place off at most; the
    /// exponent is as near to its double, which a large base makes more of.
    fn power(self, exponent: f64) -> Bounds {
        if self.low <= 0.0 || !self.high.is_finite() {
            return Bounds::EVERYTHING;
        }
        let off = |end: f64| 1e-14 + end.ln().abs() * exponent.abs() * 1e-15;
        let raised = |end: f64| (end.powf(exponent), off(end));
        let ((low, low_off), (high, high_off)) =
            if exponent < 0.0 { (raised(self.high), raised(self.low)) } else { (raised(self.low), raised(self.high)) };
        // Too small for all the digits of a double, or too large for one.
        if low < 1e-290 || !high.is_finite() {
            return Bounds::EVERYTHING;
        }
        Bounds::outward(low * (1.0 - low_off), high * (1.0 + high_off))
    }

    /// The middle, where the ends are so near that both are shown alike.
    pub(crate) fn middle(self) -> Option<f64> {
        let middle = self.low + (self.high - self.low) / 2.0;
        (middle.is_finite() && self.high - self.low <= middle.abs() * 1e-9).then_some(middle)
    }

    /// `None` where doubles do not settle it.
    pub(crate) fn compare(self, op: Comparison, other: Bounds) -> Option<bool> {
        let above = self.low > other.high;
        let below = self.high < other.low;
        match op {
            Comparison::Ge | Comparison::Gt => {
                if above {
                    Some(true)
                } else if below {
                    Some(false)
                } else {
                    None
                }
            }
            Comparison::Le | Comparison::Lt => {
                if below {
                    Some(true)
                } else if above {
                    Some(false)
                } else {
                    None
                }
            }
            Comparison::Eq => (above || below).then_some(false),
            Comparison::Ne => (above || below).then_some(true),
        }
    }
}

/// The largest whole exponent that doubles are multiplied out for.
const SMALL_POWER: i64 = 8;

impl<'a> Run<'a> {
    /// Bounds of a quantity; `None` where it is unknown.
    pub(crate) fn approx(self, quantity: &Operand, here: EvalScope<'a>) -> Option<Bounds> {
        Some(match &quantity.kind {
            OperandKind::Number(Constant { approx: value, .. }) => Bounds::near(*value),
            OperandKind::Fact(read, limit) => self.approx_fact(read, *limit)?,
            OperandKind::Attribute(index) => match self.attribute(*index, here)? {
                Value::Number(number) => bounds(&number),
                _ => return None,
            },
            OperandKind::Coalesce { read, otherwise } => match self.record.slot(read.fact) {
                Slot::Absent => self.approx(otherwise, here)?,
                _ if worked_out_from(otherwise).is_some_and(|dose| self.may_differ(dose)) => {
                    Bounds::of(&self.exact_given(read, otherwise, here)?)
                }
                _ => self.approx_fact(read, None)?,
            },
            OperandKind::DailyDose(dose) => Bounds::of(&self.daily_dose(dose, here)?),
            OperandKind::Age(age) => whole(self.completed(age)?),
            OperandKind::Add(left, right) => self.approx(left, here)?.add(self.approx(right, here)?),
            OperandKind::Subtract(left, right) => self.approx(left, here)?.sub(self.approx(right, here)?),
            OperandKind::Multiply(left, right) => self.approx(left, here)?.mul(self.approx(right, here)?),
            OperandKind::Divide(left, right) => self.approx(left, here)?.div(self.approx(right, here)?),
            OperandKind::Power(base, exponent) => {
                let base = self.approx(base, here)?;
                match exponent.to_i64() {
                    // A product of an interval with itself is wider than its power, which does no harm here.
                    Some(times @ 1..=SMALL_POWER) => (1..times).fold(base, |product, _| product.mul(base)),
                    _ => base.power(exponent.to_f64()),
                }
            }
            OperandKind::Min(all) => {
                self.approx_all(all, here, |a, b| Bounds { low: a.low.min(b.low), high: a.high.min(b.high) })?
            }
            OperandKind::Max(all) => {
                self.approx_all(all, here, |a, b| Bounds { low: a.low.max(b.low), high: a.high.max(b.high) })?
            }
            OperandKind::If { condition, then, otherwise } => match self.follow(*condition, here) {
                Tri::Yes => self.approx(then, here)?,
                Tri::No => self.approx(otherwise, here)?,
                Tri::Unknown => self.approx(then, here)?.hull(self.approx(otherwise, here)?),
            },
        })
    }

    fn approx_all(
        self,
        all: &[Operand],
        here: EvalScope<'a>,
        join: impl Fn(Bounds, Bounds) -> Bounds,
    ) -> Option<Bounds> {
        let mut joined = None;
        for one in all {
            let one = self.approx(one, here)?;
            // It may have no value at all, and then the whole has none: that is for exact arithmetic to say.
            if one.low == f64::NEG_INFINITY && one.high == f64::INFINITY {
                return Some(Bounds::EVERYTHING);
            }
            joined = Some(joined.map_or(one, |other| join(other, one)));
        }
        joined
    }

    fn approx_fact(self, read: &FactRead, limit: Option<Limit>) -> Option<Bounds> {
        if let (Slot::Plain(Value::Number(number)), None, Some(Tri::Yes)) =
            (self.record.slot(read.fact), limit, read.filter.plain)
            && read.quantifier == Quantifier::Latest
        {
            return Some(bounds(&number));
        }
        match read.quantifier {
            Quantifier::Latest | Quantifier::First | Quantifier::Any | Quantifier::Every | Quantifier::Several(_) => {}
            // Which is the highest is left to exact arithmetic.
            Quantifier::Highest | Quantifier::Lowest => {
                return self.exact_fact(read, limit).map(|_| Bounds::EVERYTHING);
            }
        }
        let mut hull: Option<Bounds> = None;
        let mut known = true;
        let definite = self.the_one(read, |observation| match self.approx_lab(observation, read.fact, limit) {
            Some(value) => hull = Some(hull.map_or(value, |other| other.hull(value))),
            None => known = false,
        });
        if definite && known { hull } else { None }
    }

    pub(crate) fn approx_lab(self, observation: &Observation, fact: FactId, limit: Option<Limit>) -> Option<Bounds> {
        let Value::Number(number) = observation.value else {
            return None;
        };
        Some(match limit {
            None => bounds(&number),
            Some(limit) => {
                let units = self.evaluator.schema.fact_units.get(fact)?.first()?;
                let way = self.record.way(units, number.unit)?;
                let limit = limit_of(observation, limit)?;
                // On a scale that begins elsewhere the two are brought to the fact's own first.
                let ratio = if way.exact.is_linear() { number.raw / limit } else { number.approx / way.approx(limit) };
                censored(Bounds::near(ratio), number.comparator)
            }
        })
    }

    /// The exact interval of a quantity; `None` where it is unknown.
    pub(crate) fn exact(self, quantity: &Operand, here: EvalScope<'a>) -> Option<Interval> {
        Some(match &quantity.kind {
            OperandKind::Number(Constant { exact: value, .. }) => Interval::point(value.clone()),
            OperandKind::Fact(read, limit) => self.exact_fact(read, *limit)?,
            OperandKind::Attribute(index) => match self.attribute(*index, here)? {
                Value::Number(number) => self.number(&number, here.scope(), *index)?,
                _ => return None,
            },
            OperandKind::Coalesce { read, otherwise } => match self.record.slot(read.fact) {
                Slot::Absent => self.exact(otherwise, here)?,
                _ => self.exact_given(read, otherwise, here)?,
            },
            OperandKind::DailyDose(dose) => self.daily_dose(dose, here)?,
            OperandKind::Age(age) => self.completed(age)?.interval()?,
            OperandKind::Add(left, right) => self.exact(left, here)?.add(&self.exact(right, here)?),
            OperandKind::Subtract(left, right) => self.exact(left, here)?.sub(&self.exact(right, here)?),
            OperandKind::Multiply(left, right) => self.exact(left, here)?.mul(&self.exact(right, here)?),
            OperandKind::Divide(left, right) => self.exact(left, here)?.div(&self.exact(right, here)?)?,
            OperandKind::Power(base, exponent) => {
                let base = self.exact(base, here)?;
                match exponent.to_i64() {
                    Some(whole) => base.powi(i32::try_from(whole).ok()?)?,
                    None => base.powf(exponent)?,
                }
            }
            OperandKind::Min(all) => self.exact_all(all, here, Interval::min)?,
            OperandKind::Max(all) => self.exact_all(all, here, Interval::max)?,
            OperandKind::If { condition, then, otherwise } => match self.follow(*condition, here) {
                Tri::Yes => self.exact(then, here)?,
                Tri::No => self.exact(otherwise, here)?,
                Tri::Unknown => self.exact(then, here)?.hull(&self.exact(otherwise, here)?),
            },
        })
    }

    fn exact_all(
        self,
        all: &[Operand],
        here: EvalScope<'a>,
        join: impl Fn(&Interval, &Interval) -> Interval,
    ) -> Option<Interval> {
        let mut joined: Option<Interval> = None;
        for one in all {
            let one = self.exact(one, here)?;
            joined = Some(match joined {
                None => one,
                Some(other) => join(&other, &one),
            });
        }
        joined
    }

    /// The highest or lowest of the results that count: at least one is sure to, and more may.
    fn extreme(self, read: &FactRead, limit: Option<Limit>, highest: bool) -> Option<Interval> {
        let further = |a: &Interval, b: &Interval| if highest { a.max(b) } else { a.min(b) };
        let (mut sure, mut possible) = (None::<Interval>, Vec::new());
        let mut known = true;
        self.observations(read.fact, |observation| {
            let member = self.member(read, observation);
            if member == Tri::No {
                return;
            }
            match self.exact_lab(observation, read.fact, limit) {
                None => known = false,
                Some(value) if member == Tri::Yes => {
                    sure = Some(sure.as_ref().map_or(value.clone(), |other| further(other, &value)));
                }
                Some(value) => possible.push(value),
            }
        });
        let sure = sure.filter(|_| known)?;
        Some(possible.iter().fold(sure.clone(), |hull, value| hull.hull(&further(&hull, value))))
    }

    pub(crate) fn exact_fact(self, read: &FactRead, limit: Option<Limit>) -> Option<Interval> {
        match read.quantifier {
            Quantifier::Latest | Quantifier::First | Quantifier::Any | Quantifier::Every | Quantifier::Several(_) => {}
            Quantifier::Highest => return self.extreme(read, limit, true),
            Quantifier::Lowest => return self.extreme(read, limit, false),
        }
        let mut hull: Option<Interval> = None;
        let mut known = true;
        let definite = self.the_one(read, |observation| match self.exact_lab(observation, read.fact, limit) {
            Some(value) => {
                hull = Some(match &hull {
                    None => value,
                    Some(other) => other.hull(&value),
                });
            }
            None => known = false,
        });
        if definite && known { hull } else { None }
    }

    pub(crate) fn exact_lab(self, observation: &Observation, fact: FactId, limit: Option<Limit>) -> Option<Interval> {
        let Value::Number(number) = observation.value else {
            return None;
        };
        match limit {
            None => self.number(&number, Scope::Fact(fact), None),
            Some(limit) => {
                let limit = Rational::from_f64_shortest(limit_of(observation, limit)?)?;
                // Both in the unit of the result, whatever it is.
                let units = self.evaluator.schema.fact_units.get(fact)?.first()?;
                let way = self.record.way(units, number.unit)?;
                let value = self.number(&number, Scope::Fact(fact), None)?;
                value.div(&Interval::point(way.exact.apply(&limit)))
            }
        }
    }

    /// The values a number may have: of a fact's value (`Scope::Fact`, no attribute), or of an attribute.
    pub(crate) fn number(self, number: &Number, scope: Scope, attribute: Option<AttributeId>) -> Option<Interval> {
        let (units, possible) = match (scope, attribute) {
            (Scope::Fact(fact), None) => {
                let units = self.evaluator.schema.fact_units.get(fact)?.first()?;
                (units, self.evaluator.schema.tree.facts.get(fact)?.possible.as_ref())
            }
            (scope, Some(attribute)) => {
                let units = self.evaluator.schema.attribute_units(scope, attribute)?;
                (units, self.evaluator.schema.attribute(scope, attribute)?.possible.as_ref())
            }
            _ => return None,
        };
        model::interval(number, self.record.way(units, number.unit)?, possible)
    }
}

fn limit_of(observation: &Observation, limit: Limit) -> Option<f64> {
    match limit {
        Limit::Uln => observation.uln,
        Limit::Lln => observation.lln,
    }
}

/// Age units as doubles.
#[expect(clippy::cast_precision_loss, reason = "ages have few digits")]
pub(crate) fn whole(span: Span) -> Bounds {
    Bounds { low: span.low as f64, high: span.high.map_or(f64::INFINITY, |high| high as f64) }
}

fn bounds(number: &Number) -> Bounds {
    censored(Bounds::near(number.approx), number.comparator)
}

/// The floor and cap of what is possible are left to exact arithmetic.
fn censored(bounds: Bounds, comparator: Option<Comparison>) -> Bounds {
    match comparator.map(Comparison::direction) {
        None | Some(Direction::Neither) => bounds,
        Some(Direction::Down) => Bounds { low: f64::NEG_INFINITY, high: bounds.high },
        Some(Direction::Up) => Bounds { low: bounds.low, high: f64::INFINITY },
    }
}
