//! What numbers a quantity can be.

use eligc::calendar::{AgeScale, AgeUnit, DayRange, RecordedAge, age_range};
use eligc::ir::Limit;
use eligc::ir::Quantifier;
use eligc::number::{Bound, Comparison, Interval, Rational};
use eligc::typed::{FactRead, Operand, OperandKind};
use eligc::units::Unit;

use super::{Answer, Reading, Reference, Scope, Value, attribute};

/// A quantity and every quantity in it.
pub fn parts(quantity: &Operand, found: &mut dyn FnMut(&Operand)) {
    found(quantity);
    match &quantity.kind {
        OperandKind::Number(_)
        | OperandKind::Fact(..)
        | OperandKind::Attribute(_)
        | OperandKind::Age(_)
        | OperandKind::DailyDose(_) => {}
        OperandKind::Coalesce { otherwise: inner, .. } | OperandKind::Power(inner, _) => parts(inner, found),
        OperandKind::Add(a, b)
        | OperandKind::Subtract(a, b)
        | OperandKind::Multiply(a, b)
        | OperandKind::Divide(a, b)
        | OperandKind::If { then: a, otherwise: b, .. } => {
            parts(a, found);
            parts(b, found);
        }
        OperandKind::Min(list) | OperandKind::Max(list) => list.iter().for_each(|item| parts(item, found)),
    }
}

/// The one read of a side that means any or every result.
fn quantified(quantity: &Operand) -> Option<&FactRead> {
    let mut reads = Vec::new();
    // `parts` lends each part for the call only; the read is found again by its place.
    collect(quantity, &mut reads);
    reads.into_iter().find(|read| read.quantifier.asks_each())
}

fn collect<'q>(quantity: &'q Operand, reads: &mut Vec<&'q FactRead>) {
    match &quantity.kind {
        OperandKind::Fact(read, _) => reads.push(read),
        OperandKind::Number(_) | OperandKind::Attribute(_) | OperandKind::DailyDose(_) => {}
        OperandKind::Age(age) => reads.extend(&age.recorded),
        OperandKind::Coalesce { read, otherwise: inner } => {
            reads.push(read);
            collect(inner, reads);
        }
        OperandKind::Power(inner, _) => collect(inner, reads),
        OperandKind::Add(a, b)
        | OperandKind::Subtract(a, b)
        | OperandKind::Multiply(a, b)
        | OperandKind::Divide(a, b)
        | OperandKind::If { then: a, otherwise: b, .. } => {
            collect(a, reads);
            collect(b, reads);
        }
        OperandKind::Min(list) | OperandKind::Max(list) => list.iter().for_each(|item| collect(item, reads)),
    }
}

/// A number; what it is for `any` and `every` reads, which ask of one result at a time.
#[derive(Clone, Copy)]
pub(super) struct Given<'r> {
    pub(super) scope: Scope<'r>,
    pub(super) result: Option<&'r Reading>,
    /// The day that daily doses are those of.
    pub(super) day: Option<i32>,
}

impl Reference<'_> {
    pub(super) fn compare(&self, left: &Operand, op: Comparison, right: &Operand, scope: Scope<'_>) -> Answer {
        let ask = |given: Given<'_>| self.number(left, given)?.compare(op, &self.number(right, given)?);
        match quantified(left) {
            None => ask(Given { scope, result: None, day: None }),
            Some(read) => self.each(read, |reading| ask(Given { scope, result: Some(reading), day: None })),
        }
    }

    pub(super) fn number(&self, quantity: &Operand, given: Given<'_>) -> Option<Interval> {
        let both = |a: &Operand, b: &Operand| Some((self.number(a, given)?, self.number(b, given)?));
        let each =
            |list: &[Operand]| -> Option<Vec<Interval>> { list.iter().map(|item| self.number(item, given)).collect() };
        match &quantity.kind {
            OperandKind::Number(number) => Some(Interval::point(number.clone())),
            OperandKind::Fact(read, limit) => match (read.quantifier, given.result) {
                (Quantifier::Latest | Quantifier::First, _) => self.latest(read, *limit),
                (Quantifier::Highest, _) => self.extreme(read, *limit, true),
                (Quantifier::Lowest, _) => self.extreme(read, *limit, false),
                (_, Some(reading)) => over(reading, *limit),
                (_, None) => panic!("any or every result of a fact where no result is meant"),
            },
            OperandKind::Attribute(name) => match attribute(given.scope, &name.name)? {
                Value::Number(interval) => Some(interval.clone()),
                other => panic!("no number: {other:?}"),
            },
            OperandKind::Coalesce { read, otherwise } => {
                if self.patient.readings[read.fact].is_empty() {
                    self.number(otherwise, given)
                } else {
                    let dates: Vec<_> = self.candidates(read)?.into_iter().map(|reading| reading.at).collect();
                    Some(self.recorded_total(self.latest(read, None)?, otherwise, &dates))
                }
            }
            OperandKind::DailyDose(dose) => self.daily_dose(dose, given),
            OperandKind::Age(age) => {
                let on = self.patient.anchors[age.to].map(|anchor| anchor.days());
                match (&age.recorded, given.result) {
                    (Some(read), Some(reading)) if read.quantifier != Quantifier::Latest => {
                        return recorded_age(reading, age.unit, on);
                    }
                    (Some(read), _) if !self.patient.readings[read.fact].is_empty() => {
                        let ages: Option<Vec<Interval>> = self
                            .candidates(read)?
                            .into_iter()
                            .map(|reading| recorded_age(reading, age.unit, on))
                            .collect();
                        return ages?.into_iter().reduce(|a, b| a.hull(&b));
                    }
                    _ => {}
                }
                let on = on?;
                let readings = &self.patient.readings[age.from];
                let ages: Option<Vec<Interval>> = readings
                    .iter()
                    .map(|reading| match &reading.value {
                        Some(Value::Date(birth)) => {
                            let (fewest, most) = age_range(birth.days(), on, age.unit);
                            Interval::closed(Rational::from_i64(fewest?), Rational::from_i64(most?))
                        }
                        _ => None,
                    })
                    .collect();
                ages?.into_iter().reduce(|a, b| a.hull(&b))
            }
            OperandKind::Add(a, b) => both(a, b).map(|(a, b)| a.add(&b)),
            OperandKind::Subtract(a, b) => both(a, b).map(|(a, b)| a.sub(&b)),
            OperandKind::Multiply(a, b) => both(a, b).map(|(a, b)| a.mul(&b)),
            OperandKind::Divide(a, b) => both(a, b).and_then(|(a, b)| a.div(&b)),
            OperandKind::Power(base, exponent) => {
                let base = self.number(base, given)?;
                match exponent.to_i64().and_then(|whole| i32::try_from(whole).ok()) {
                    Some(whole) => base.powi(whole),
                    None => base.powf(exponent),
                }
            }
            OperandKind::Min(list) => each(list)?.into_iter().reduce(|a, b| a.min(&b)),
            OperandKind::Max(list) => each(list)?.into_iter().reduce(|a, b| a.max(&b)),
            OperandKind::If { condition, then, otherwise } => match self.condition(condition, given.scope) {
                Some(true) => self.number(then, given),
                Some(false) => self.number(otherwise, given),
                None => both(then, otherwise).map(|(a, b)| a.hull(&b)),
            },
        }
    }

    /// Whatever the greatest, or the least, of the results can be: each that may be one either is one or is not.
    fn extreme(&self, read: &FactRead, limit: Option<Limit>, highest: bool) -> Option<Interval> {
        let further = |a: Interval, b: Interval| if highest { a.max(&b) } else { a.min(&b) };
        let (mut sure, mut may) = (Vec::new(), Vec::new());
        for reading in &self.patient.readings[read.fact] {
            match self.member(read, reading) {
                Some(true) => sure.push(over(reading, limit)?),
                None => may.push(over(reading, limit)?),
                Some(false) => {}
            }
        }
        let least = sure.iter().cloned().reduce(further)?;
        let most = sure.into_iter().chain(may).reduce(further)?;
        Some(least.hull(&most))
    }

    /// From the least to the greatest that the latest result can be.
    fn latest(&self, read: &FactRead, limit: Option<Limit>) -> Option<Interval> {
        let values: Option<Vec<Interval>> =
            self.candidates(read)?.into_iter().map(|reading| over(reading, limit)).collect();
        values?.into_iter().reduce(|a, b| a.hull(&b))
    }
}

/// The completed units of a recorded age.
fn recorded_age(reading: &Reading, asked: AgeUnit, on: Option<DayRange>) -> Option<Interval> {
    let (value, unit, comparator) = reading.age.as_ref()?;
    let days = Unit::parse(unit).unwrap().factor_to(&Unit::parse("d").unwrap()).unwrap();
    let (low, high) = RecordedAge::new(value, *comparator, &AgeScale::of(&days))?.completed(
        asked,
        reading.at.map(|at| at.days()),
        on,
    )?;
    let low = Rational::from_i64(low);
    match high {
        Some(high) => Interval::closed(low, Rational::from_i64(high)),
        None => Some(Interval::from_comparison(Comparison::Ge, low)),
    }
}

/// A result's number, over its own limit of normal where that is asked.
fn over(reading: &Reading, limit: Option<Limit>) -> Option<Interval> {
    let number = match reading.value.as_ref()? {
        Value::Number(interval) => interval.clone(),
        other => panic!("no number: {other:?}"),
    };
    let limit = match limit {
        None => return Some(number),
        Some(Limit::Uln) => reading.uln.clone()?,
        Some(Limit::Lln) => reading.lln.clone()?,
    };
    let point = Interval { low: Bound::Closed(limit.clone()), high: Bound::Closed(limit) };
    number.div(&point)
}
