//! Ages: counted in completed units of the bound that they are compared with.

use super::term::{Origin, Typed, operand, plain};
use super::{Checker, errors};
use crate::calendar::AgeUnit;
use crate::number::Rational;
use crate::syntax::ast::{Expr, ExprKind};
use crate::typed::{Age, FactRead, Operand, OperandKind};
use crate::units::{TimeUnit, Unit};

/// An age and what it is compared with, in one unit whose completed ones are counted.
pub(super) struct Counted {
    pub left: Operand,
    pub right: Operand,
    /// The bound in the unit of the left side, where it is a constant.
    pub bound: Option<Rational>,
}

/// Whether a fact's `else` makes it an age: it is worked out by `completed_years` and nothing else.
pub(super) fn is_age(otherwise: &Expr) -> bool {
    matches!(&otherwise.kind, ExprKind::Call { function, .. } if function.text == "completed_years")
}

/// The age, where a quantity is one.
pub(super) fn age(quantity: &Operand) -> Option<&Age> {
    match &quantity.kind {
        OperandKind::Age(age) => Some(age),
        _ => None,
    }
}

/// The same age in completed ones of another unit.
fn counted_in(age: &Age, unit: AgeUnit) -> OperandKind {
    OperandKind::Age(Box::new(Age { unit, ..age.clone() }))
}

/// The unit of completed ones.
fn unit_of(unit: AgeUnit) -> Unit {
    Unit::parse(unit.time().code()).unwrap_or_else(|_| Unit::dimensionless())
}

impl Checker<'_> {
    /// A recorded age, or what `completed_years` counts where there is none, in completed ones of the fact's own unit.
    /// `None` where the fact is in no unit of ages.
    pub(super) fn recorded_age(&self, read: &FactRead, counted: &Operand, unit: &Unit) -> Option<OperandKind> {
        let unit = unit.time_unit().and_then(AgeUnit::of)?;
        let age = age(counted)?;
        Some(OperandKind::Age(Box::new(Age { unit, recorded: Some(read.clone()), ..age.clone() })))
    }

    /// `age in months`: the completed ones, as a plain number.
    pub(super) fn age_in(&self, typed: &Typed, target: &Unit) -> Option<OperandKind> {
        let unit = target.time_unit().and_then(AgeUnit::of)?;
        age(&typed.quantity).map(|age| counted_in(age, unit))
    }

    /// An age compared with something in a unit of time, both in that unit. `Ok(None)` where the right side is in no unit
    /// of time, which is for others to judge; `Err` where the bound was reported.
    pub(super) fn count_age(&mut self, left: &Typed, right: &Typed) -> Result<Option<Counted>, ()> {
        let Some(age) = age(&left.quantity) else {
            return Ok(None);
        };
        // Its plain number, `age in months`.
        if plain(left.unit()) {
            return match right.number() {
                Some(number) if plain(right.unit()) && !number.is_integer() => {
                    self.report(errors::fraction_of_age(right.span, self.as_written(right.span), None, None));
                    Err(())
                }
                _ => Ok(None),
            };
        }
        if right.bare_literal().is_some() || right.unit().factor_to(left.unit()).is_none() {
            return Ok(None);
        }
        let time = right.unit().time_unit();
        let Some(number) = right.number() else {
            let unit = time.and_then(AgeUnit::of).filter(|_| super::age::age(&right.quantity).is_none());
            return Ok(unit.map(|unit| Counted {
                left: operand(counted_in(age, unit), right.unit().clone(), left.span),
                right: right.quantity.clone(),
                bound: None,
            }));
        };
        match time.and_then(|time| whole_units(number, time)) {
            Some((whole, counted)) => Ok(Some(Counted {
                left: operand(counted_in(age, counted), unit_of(counted), left.span),
                right: operand(OperandKind::Number(whole), unit_of(counted), right.span),
                bound: right.unit().factor_to(left.unit()).map(|factor| number.mul(&factor)),
            })),
            None => {
                let repair = time.and_then(|time| in_smaller_units(number, time));
                let fix = repair.filter(|_| matches!(right.from, Origin::Literal(..)));
                let written = match &right.from {
                    Origin::Literal(literal, Some(unit)) => format!("{} {}", literal.text, unit.text),
                    Origin::Literal(..) | Origin::Fact(..) | Origin::Attribute(_) | Origin::Formula => {
                        self.as_written(right.span).to_owned()
                    }
                };
                let near = time.and_then(|time| nearest(number, time));
                self.report(errors::fraction_of_age(right.span, &written, fix.as_deref(), near.as_ref()));
                Err(())
            }
        }
    }
}

/// A bound on an age as so many completed units: as it is written, half a year as six months.
fn whole_units(number: &Rational, time: TimeUnit) -> Option<(Rational, AgeUnit)> {
    let unit = AgeUnit::of(time)?;
    if number.is_integer() {
        return Some((number.clone(), unit));
    }
    let halves = number.mul(&Rational::from_i64(2));
    (unit == AgeUnit::Year && halves.is_integer()).then(|| (number.mul(&Rational::from_i64(12)), AgeUnit::Month))
}

/// The bounds in whole units next to a fraction: `207 months` and `208 months` of 17.3 years.
fn nearest(number: &Rational, time: TimeUnit) -> Option<(String, String)> {
    let (factor, unit) = match time {
        TimeUnit::Year => (12, "months"),
        TimeUnit::Month => (1, "months"),
        TimeUnit::Week => (7, "days"),
        TimeUnit::Day => (1, "days"),
        TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second => return None,
    };
    let below = number.mul(&Rational::from_i64(factor)).floor()?;
    let above = below.checked_add(1)?;
    (below > 0).then(|| (format!("{below} {unit}"), format!("{above} {unit}")))
}

/// The same length in whole units that it is a multiple of: `207 months` of 17.25 years.
fn in_smaller_units(number: &Rational, time: TimeUnit) -> Option<String> {
    let (factor, unit) = match time {
        TimeUnit::Year => (Rational::from_i64(12), "months"),
        TimeUnit::Month => return None,
        TimeUnit::Week => (Rational::from_i64(7), "days"),
        TimeUnit::Day => return None,
        TimeUnit::Hour => (Rational::from_ratio(1, 24)?, "days"),
        TimeUnit::Minute => (Rational::from_ratio(1, 24 * 60)?, "days"),
        TimeUnit::Second => (Rational::from_ratio(1, 24 * 3600)?, "days"),
    };
    let whole = number.mul(&factor);
    whole.is_integer().then(|| format!("{whole} {unit}"))
}
