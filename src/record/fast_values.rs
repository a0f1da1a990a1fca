//! Values as nearly every record gives them: a bare number well within what is possible, true or false, one of the
//! known words. Each is told here from its bytes alone; what is anything else is left to the reader that knows every
//! form and every problem.

use crate::ir::Table;
use crate::number::Rational;
use crate::tree::{DecisionTree, Fact, FactId, ValueType};

use super::events::Events;
use super::model::{Number, Slot, Value};

/// The record gives nothing. As a double this and [`OTHER`] are no number, so that no comparison holds.
pub(crate) const ABSENT: u64 = u64::MAX;

/// More than a plain value, or one too close to a bound for its double: only the test's full form will do.
pub(crate) const OTHER: u64 = u64::MAX - 1;

/// What a fact's value looks like when it is given plainly.
#[derive(Debug)]
pub(crate) enum Plain {
    /// A number in the canonical unit, `low` and `high` included.
    Number {
        low: f64,
        high: f64,
        whole: bool,
        needs_unit: bool,
    },
    /// A level, with the number that each is, if any.
    Levels(Vec<(String, Option<f64>)>),
    Words(Vec<String>),
    Flag,
    /// It has no plain form.
    No,
}

/// For each fact, its plain form.
pub(crate) fn forms(tree: &DecisionTree) -> Table<FactId, Plain> {
    tree.facts.iter().map(Plain::of).collect()
}

/// A bound as a double, moved inwards where its decimal is not the one that the double is written as.
fn inward(bound: &Rational, sign: f64) -> f64 {
    let near = bound.to_f64();
    if Rational::from_f64_shortest(near).as_ref() == Some(bound) { near } else { near + sign * near.abs() * 1e-9 }
}

impl Plain {
    fn of(fact: &Fact) -> Plain {
        match &fact.ty {
            ValueType::Quantity { unit, units } => {
                if units.first().is_none_or(|(_, way)| !way.is_identity()) {
                    return Plain::No;
                }
                let (low, high) = match &fact.possible {
                    Some((low, high)) => (inward(low, 1.0), inward(high, -1.0)),
                    None => (f64::MIN, f64::MAX),
                };
                Plain::Number { low, high, whole: false, needs_unit: unit != "1" }
            }
            ValueType::Score { low, high, step } => {
                if *low != 0 || *step != 1 {
                    return Plain::No;
                }
                Plain::Number { low: 0.0, high: inward(high, -1.0), whole: true, needs_unit: false }
            }
            ValueType::Ordinal { levels, .. } => {
                Plain::Levels(levels.iter().map(|level| (level.clone(), level.parse().ok())).collect())
            }
            ValueType::Coded { values } => Plain::Words(values.clone()),
            ValueType::YesNo => Plain::Flag,
            ValueType::Titre | ValueType::Date => Plain::No,
        }
    }

    /// The next value, read; nothing is read where it is not plain.
    #[inline]
    pub(crate) fn read<'t>(&self, reader: &mut impl Events<'t>, canonical: bool) -> Option<Value> {
        match self {
            Plain::Number { low, high, whole, needs_unit } => {
                if *needs_unit && !canonical {
                    return None;
                }
                let before = reader.clone();
                let raw = reader.plain_number()?;
                if raw >= *low && raw <= *high && (!whole || raw.fract() == 0.0) {
                    return Some(Value::Number(Number { approx: raw, raw, unit: 0, comparator: None }));
                }
                *reader = before;
                None
            }
            Plain::Levels(levels) => {
                let before = reader.clone();
                let found = match reader.plain_text() {
                    Some(text) => levels.iter().position(|(level, _)| level == text),
                    None => {
                        let value = reader.plain_number()?;
                        let is = |level: &f64| level.total_cmp(&value).is_eq();
                        levels.iter().position(|(_, level)| level.as_ref().is_some_and(is))
                    }
                };
                Plain::code(found, reader, before)
            }
            Plain::Words(words) => {
                let before = reader.clone();
                let text = reader.plain_text()?;
                Plain::code(words.iter().position(|word| word == text), reader, before)
            }
            Plain::Flag => reader.plain_flag().map(Value::Flag),
            Plain::No => None,
        }
    }

    fn code<'t, E: Events<'t>>(found: Option<usize>, reader: &mut E, before: E) -> Option<Value> {
        let code = found.and_then(|index| u16::try_from(index).ok());
        if code.is_none() {
            *reader = before;
        }
        code.map(Value::Code)
    }
}

/// The word of a yes/no value.
pub(crate) fn flag(flag: bool) -> u64 {
    u64::from(flag)
}

/// The word of a fact; `bounds` are those that some short test compares it with.
pub(crate) fn word(slot: &Slot, bounds: &[f64]) -> u64 {
    let value = match slot {
        Slot::Absent => return ABSENT,
        Slot::Observations { .. } => return OTHER,
        Slot::Plain(value) => value,
    };
    match value {
        Value::Flag(yes) => flag(*yes),
        Value::Code(code) if *code < 64 => u64::from(*code),
        Value::Number(number) => {
            // What was converted differs from its exact value by far less than this.
            let close = |bound: &f64| (number.approx - bound).abs() <= bound.abs() * 1e-9;
            if number.unit == 0 || !bounds.iter().any(close) { number.approx.to_bits() } else { OTHER }
        }
        Value::Code(_) | Value::Date(_) | Value::Unknown => OTHER,
    }
}
