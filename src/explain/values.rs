//! Values that a blank may be filled with: words, dates, and numbers on both sides of each bound they meet.

use super::choices::{Choices, Chooser};
use super::completion::{self, Blank, Completion, Fill};
use super::ticks::Ticks;
use crate::calendar;
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::eval::uses::Spot;
use crate::kleene::Tri;
use crate::number::Rational;
use crate::record::model::{Number, Record, Value};
use crate::record::schema::Scope;
use crate::tree::{AttributeId, FactId, ValueType};
use crate::units::TimeUnit;

impl Chooser<'_> {
    pub(crate) fn attribute(
        &self,
        at: &Completion,
        blank: Blank,
        scope: Scope,
        attribute: AttributeId,
        known: Option<Value>,
    ) -> Choices {
        let Some(declared) = self.evaluator.schema.attribute(scope, attribute) else {
            return Choices { fills: Vec::new(), all: true };
        };
        let spot = Spot::Attribute(scope, attribute);
        self.values(at, blank, spot, (&declared.ty, declared.possible.as_ref()), known, scope)
    }

    pub(crate) fn values(
        &self,
        at: &Completion,
        blank: Blank,
        spot: Spot,
        (ty, possible): (&ValueType, Option<&(Rational, Rational)>),
        known: Option<Value>,
        scope: Scope,
    ) -> Choices {
        let record = &at.record;
        match ty {
            ValueType::YesNo => {
                Choices { fills: [true, false].map(|flag| Fill::Value(Value::Flag(flag))).to_vec(), all: true }
            }
            ValueType::Ordinal { levels: words, .. } | ValueType::Coded { values: words } => Choices {
                fills: (0..words.len())
                    .filter_map(|code| u16::try_from(code).ok())
                    .map(|code| Fill::Value(Value::Code(code)))
                    .collect(),
                all: true,
            },
            ValueType::Date => {
                let windows = self.uses.dates.get(&spot).cloned().unwrap_or_default();
                let half_life = match blank {
                    Blank::EntryAttribute(kind, index, _) => self.half_life(record, kind, index),
                    _ => None,
                };
                let mut ticks = self.ticks(record, &windows, half_life.as_ref());
                if let Spot::Fact(fact) = spot {
                    self.births(record, fact, &mut ticks);
                }
                let within = known.and_then(|value| match value {
                    Value::Date(date) => Some(date),
                    _ => None,
                });
                let found = ticks.dates(within);
                Choices { fills: found.into_iter().map(|date| Fill::Value(Value::Date(date))).collect(), all: true }
            }
            ValueType::Quantity { .. } | ValueType::Score { .. } | ValueType::Titre => {
                let half_life = match (scope, spot) {
                    (Scope::Kind(kind), Spot::Attribute(_, index)) => {
                        self.evaluator.half_lives.get(kind).copied().flatten() == Some(index)
                    }
                    _ => false,
                };
                let known = known.and_then(|value| match value {
                    Value::Number(number) => Some(number),
                    _ => None,
                });
                let (mut numbers, mut all) = self.numbers(spot, ty, possible);
                if half_life {
                    numbers.extend([0.01, 0.1, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 400.0]);
                    all = false;
                }
                if self.uses.formulas.contains(&spot) {
                    all = false;
                    self.turning(at, blank, &mut numbers, (ty, possible));
                }
                let fills =
                    numbers.into_iter().filter_map(|number| self.number(record, number, known, spot, (ty, possible)));
                Choices { fills: fills.map(|number| Fill::Value(Value::Number(number))).collect(), all }
            }
        }
    }

    /// Days of birth about the ages that are asked for.
    fn births(&self, record: &Record, fact: FactId, ticks: &mut Ticks) {
        for (anchor, age) in self.uses.ages.get(&fact).map_or(&[][..], Vec::as_slice) {
            let (Some(given), Some(age)) = (record.anchor(*anchor), age.floor()) else {
                continue;
            };
            for day in [given.first_day(), given.last_day()] {
                ticks.around(i64::from(day), false);
                for age in [age, age + 1] {
                    for unit in [TimeUnit::Year, TimeUnit::Month, TimeUnit::Week, TimeUnit::Day] {
                        if let Some(day) = calendar::add(day, -age, unit) {
                            ticks.around(i64::from(day), false);
                        }
                    }
                }
            }
        }
    }

    /// Numbers on each bound and between any two of them, and whether that is every way to stand to them.
    fn numbers(&self, spot: Spot, ty: &ValueType, possible: Option<&(Rational, Rational)>) -> (Vec<f64>, bool) {
        let bounds = self.uses.numbers.get(&spot).map_or(&[][..], Vec::as_slice);
        let mut all = true;
        let mut points: Vec<f64> = Vec::new();
        let (range, step) = match ty {
            ValueType::Score { low, high, step } => (Some((low, high)), Some(step)),
            _ => (possible.map(|(low, high)| (low, high)), None),
        };
        if let Spot::Fact(fact) = spot
            && self.uses.ratios.contains_key(&fact)
        {
            points.push(1.0);
        }
        for bound in bounds {
            let near = bound.to_f64();
            all &= Rational::from_f64_shortest(near).as_ref() == Some(bound);
            points.push(near);
            if let (Some(step), Some((low, _))) = (step, range)
                && let Some(steps) = bound.sub(low).div(step).and_then(|steps| steps.floor())
            {
                points.extend((-1..=2).map(|more| low.add(&step.mul(&Rational::from_i64(steps + more))).to_f64()));
            }
        }
        if let Some((low, high)) = range {
            points.extend([low.to_f64(), high.to_f64()]);
        }
        points.sort_by(f64::total_cmp);
        points.dedup();
        let between: Vec<f64> =
            points.iter().zip(points.iter().skip(1)).map(|(low, high)| low + (high - low) / 2.0).collect();
        let (first, last) = (points.first().copied().unwrap_or(1.0), points.last().copied().unwrap_or(1.0));
        if range.is_none() {
            points.extend([first - first.abs() - 1.0, last + last.abs() + 1.0]);
        }
        if points.is_empty() {
            points.push(1.0);
        }
        points.extend(between);
        points.sort_by(f64::total_cmp);
        points.dedup();
        (points, all)
    }

    /// Adds numbers on both sides of where a test of a formula turns.
    fn turning(
        &self,
        at: &Completion,
        blank: Blank,
        numbers: &mut Vec<f64>,
        ty: (&ValueType, Option<&(Rational, Rational)>),
    ) {
        let spread = [1e-3, 0.01, 0.1, 0.3, 1.0, 1.5, 3.0, 10.0, 30.0, 50.0, 75.0, 100.0, 180.0, 300.0, 1e3, 1e4, 1e6];
        numbers.extend(spread);
        numbers.retain(|number| fits(*number, ty));
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        let spot = match blank {
            Blank::EntryAttribute(kind, _, attribute) => Spot::Attribute(Scope::Kind(kind), attribute),
            Blank::ResultAttribute(fact, _, attribute) => Spot::Attribute(Scope::Fact(fact), attribute),
            Blank::Value(fact, _) => Spot::Fact(fact),
            _ => return,
        };
        let answers = |number: f64| {
            let number = self.number(&at.record, number, None, spot, ty)?;
            let next = at.with(self.evaluator, blank, &Fill::Value(Value::Number(number)), 0);
            let run = Run { evaluator: self.evaluator, record: &next.record };
            Some(self.checks.iter().map(|check| run.check(*check, EvalScope::Nothing)).collect::<Vec<_>>())
        };
        let sampled: Vec<(f64, Option<Vec<Tri>>)> = numbers.iter().map(|number| (*number, answers(*number))).collect();
        for ((low, below), (high, above)) in sampled.iter().zip(sampled.iter().skip(1)) {
            if below == above {
                continue;
            }
            let (mut low, mut high) = (*low, *high);
            for _ in 0..40 {
                let middle = low + (high - low) / 2.0;
                if answers(middle) == *below { low = middle } else { high = middle }
            }
            numbers.extend([low, high]);
        }
    }

    /// A number as a value: in the unit of what is known of it, where that is a limit.
    fn number(
        &self,
        record: &Record,
        number: f64,
        known: Option<Number>,
        spot: Spot,
        ty: (&ValueType, Option<&(Rational, Rational)>),
    ) -> Option<Number> {
        if !number.is_finite() || !fits(number, ty) {
            return None;
        }
        // A half-life is above zero.
        if let Spot::Attribute(scope @ Scope::Kind(_), attribute) = spot
            && number <= 0.0
            && self.evaluator.schema.attribute(scope, attribute).is_some_and(|named| named.name == "half_life")
        {
            return None;
        }
        let Some(known) = known else {
            return Some(Number { approx: number, raw: number, unit: 0, comparator: None });
        };
        let units = match spot {
            Spot::Fact(fact) => self.evaluator.schema.fact_units.get(fact)?.first()?,
            Spot::Attribute(scope, attribute) => self.evaluator.schema.attribute_units(scope, attribute)?,
        };
        let way = &record.way(units, known.unit)?.exact;
        let raw = way.inverse()?.apply(&Rational::from_f64_shortest(number)?).to_f64();
        let inside = known.comparator.is_none_or(|comparator| comparator.holds(raw.total_cmp(&known.raw)));
        inside.then_some(Number { approx: number, raw, unit: known.unit, comparator: None })
    }

    /// Limits of normal on which a result is at each multiple that is asked for, and on both sides of it.
    pub(crate) fn limits(&self, record: &Record, blank: Blank, fact: FactId, index: usize) -> Choices {
        let Some(observation) = completion::result(record, fact, index) else {
            return Choices { fills: Vec::new(), all: true };
        };
        let Value::Number(number) = observation.value else {
            return Choices { fills: vec![Fill::Limit(1.0)], all: false };
        };
        let units = self.evaluator.schema.fact_units.get(fact).and_then(|units| units.first());
        let way = units.and_then(|units| record.way(units, number.unit));
        let range = units.and_then(|units| units.possible);
        // A limit is a value that the fact can have.
        let own = |limit: f64| way.map_or(limit, |way| way.approx(limit));
        let possible = |limit: f64| range.is_none_or(|(low, high)| low <= own(limit) && own(limit) <= high);
        let mut limits = vec![1.0, 1e-6, 1e9];
        if let (Some((low, high)), Some(back)) = (range, way.and_then(|way| way.exact.inverse())) {
            let written = |end: f64| Rational::from_f64_shortest(end).map(|end| back.apply(&end).to_f64());
            limits.extend([low, high].into_iter().flat_map(written));
        }
        for ratio in self.uses.ratios.get(&fact).map_or(&[][..], Vec::as_slice) {
            let limit = number.raw / ratio.to_f64();
            limits.extend([limit, limit * 0.9, limit * 1.1]);
        }
        let orderly = |limit: f64| match blank {
            Blank::Uln(..) => observation.lln.is_none_or(|lln| lln <= limit),
            _ => observation.uln.is_none_or(|uln| limit <= uln),
        };
        limits.retain(|limit| limit.is_finite() && *limit > 0.0 && orderly(*limit) && possible(*limit));
        Choices {
            fills: limits.into_iter().map(Fill::Limit).collect(),
            all: !self.uses.formulas.contains(&Spot::Fact(fact)),
        }
    }
}

/// Whether a number is one that its type can be.
fn fits(number: f64, (ty, possible): (&ValueType, Option<&(Rational, Rational)>)) -> bool {
    let Some(exact) = Rational::from_f64_shortest(number) else {
        return false;
    };
    match ty {
        ValueType::Score { low, high, step } => {
            *low <= exact && exact <= *high && exact.sub(low).div(step).is_some_and(|steps| steps.is_integer())
        }
        _ => possible.is_none_or(|(low, high)| *low <= exact && exact <= *high),
    }
}
