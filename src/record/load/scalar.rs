//! A value as its fact's type has it: a number, a word, a flag or a date.

use super::loader::{Loader, did_you_mean};
use super::path::Path;
use super::wanted::{ValueSpec, listed};
use super::word;
use crate::number::{Comparison, Rational};
use crate::record::events::{Number as EventNumber, Token};
use crate::record::model::{Number, Value};
use crate::record::problem::RecordErrorKind;
use crate::tree::ValueType;

impl<'p> Loader<'p, '_> {
    /// A value; `None` where a problem was reported.
    pub(super) fn scalar(
        &mut self,
        token: &Token<'_>,
        unit: Option<&str>,
        comparator: Option<Comparison>,
        wanted: &ValueSpec<'_>,
        path: &Path<'_>,
    ) -> Option<Value> {
        let numeric = matches!(wanted.ty, ValueType::Quantity { .. } | ValueType::Score { .. } | ValueType::Titre);
        if comparator.is_some() && !numeric {
            let message = format!("`{}` is no number, so it takes no comparator", wanted.name);
            self.report(RecordErrorKind::BadComparator, path, message);
        }
        if let (Some(_), false) = (unit, matches!(wanted.ty, ValueType::Quantity { .. } | ValueType::Titre)) {
            let message = format!("`{}` takes no unit", wanted.name);
            self.report(RecordErrorKind::WrongUnit, &Path::Key(path, "unit"), message);
        }
        match (wanted.ty, token) {
            (ValueType::Quantity { unit: canonical, units }, Token::Number(number)) => {
                let unit = self.unit(unit, canonical, units, wanted, path)?;
                self.number(*number, unit, comparator, wanted, path).map(Value::Number)
            }
            (ValueType::Score { low, step, .. }, Token::Number(number)) => {
                let read = self.number(*number, 0, comparator, wanted, path)?;
                if comparator.is_none() && !on_step(read.raw, low, step) {
                    let message = format!("`{}` goes in steps of {step} from {low}", wanted.name);
                    self.report(RecordErrorKind::OffStep, path, message);
                    return None;
                }
                Some(Value::Number(read))
            }
            (ValueType::Titre, token) => self.titre(token, unit, comparator, wanted, path),
            (ValueType::Quantity { .. } | ValueType::Score { .. }, token) => {
                self.wrong_type(path, "a number", token);
                None
            }
            (ValueType::Ordinal { levels, .. }, Token::Number(number)) => {
                let level = levels.iter().zip(0u16..).find(|(level, _)| {
                    *level == number.text
                        || level.parse::<f64>().is_ok_and(|level| level.total_cmp(&number.value).is_eq())
                });
                if level.is_none() {
                    let message = format!("`{}` has no such level; it has {}", wanted.name, listed(levels));
                    self.report(RecordErrorKind::UnknownValue, path, message);
                }
                level.map(|(_, index)| Value::Code(index))
            }
            (ValueType::Ordinal { levels: words, .. } | ValueType::Coded { values: words }, Token::Text(text)) => {
                let plain = word::plain(text);
                let found = words.iter().zip(0u16..).find(|(word, _)| **word == *plain);
                if found.is_none() {
                    self.unknown_word(text, &plain, words, wanted, path);
                }
                found.map(|(_, index)| Value::Code(index))
            }
            (ValueType::Ordinal { .. }, token) => {
                self.wrong_type(path, "a level", token);
                None
            }
            (ValueType::Coded { .. }, token) => {
                self.wrong_type(path, "a word in quotes", token);
                None
            }
            (ValueType::YesNo, Token::Bool(flag)) => Some(Value::Flag(*flag)),
            (ValueType::YesNo, token) => {
                self.wrong_type(path, "true or false", token);
                None
            }
            (ValueType::Date, token) => self.date(token, path).map(Value::Date),
        }
    }

    /// A word that is none of those a value can be. Levels next to each other are spelt alike, so only what is surely
    /// meant is proposed for them.
    pub(super) fn unknown_word(
        &mut self,
        text: &str,
        plain: &str,
        words: &[String],
        wanted: &ValueSpec<'_>,
        path: &Path<'_>,
    ) {
        let ordinal = matches!(wanted.ty, ValueType::Ordinal { .. });
        let message = format!("`{}` cannot be `{text}`; it is one of {}", wanted.name, listed(words));
        let help = match word::two_levels(plain, words) {
            Some((one, other)) if ordinal => Some(format!(
                "`{one}` and `{other}` are two levels: give the one that counts, or null where it is not known which"
            )),
            _ if ordinal => word::same_level(plain, words).map(|level| format!("did you mean `{level}`?")),
            _ => did_you_mean(plain, words.iter().map(String::as_str)),
        };
        self.report_with_help(RecordErrorKind::UnknownValue, path, message, help);
    }

    /// A number within what is possible.
    pub(super) fn number(
        &mut self,
        number: EventNumber<'_>,
        unit: u16,
        comparator: Option<Comparison>,
        wanted: &ValueSpec<'_>,
        path: &Path<'_>,
    ) -> Option<Number> {
        let way = self.record.way(wanted.units, unit)?;
        let raw = number.value;
        let read = Number { approx: way.approx(raw), raw, unit, comparator };
        if !read.approx.is_finite() {
            self.report(RecordErrorKind::ImpossibleValue, path, format!("`{}` is too large a number", wanted.name));
            return None;
        }
        let Some((low, high)) = wanted.units.possible else {
            return Some(read);
        };
        let near = |bound: f64| (read.approx - bound).abs() <= bound.abs() * 1e-9;
        let possible = if near(low) || near(high) {
            match (wanted.exact_possible(), read.exact_raw()) {
                (Some((low, high)), Some(value)) => {
                    let value = way.exact.apply(&value);
                    // A censored value has to leave something between the ends.
                    match comparator {
                        Some(Comparison::Lt) => value > low && value <= high,
                        Some(Comparison::Gt) => value >= low && value < high,
                        _ => value >= low && value <= high,
                    }
                }
                _ => false,
            }
        } else {
            read.approx >= low && read.approx <= high
        };
        if possible {
            return Some(read);
        }
        let (low, high) = wanted.exact_possible()?;
        let (before, unit) = match wanted.ty {
            ValueType::Quantity { unit, .. } if unit != "1" => ("", format!(" {unit}")),
            ValueType::Titre => ("1:", String::new()),
            _ => ("", String::new()),
        };
        let message = format!("`{}` lies between {before}{low} and {before}{high}{unit}", wanted.name);
        self.report(RecordErrorKind::ImpossibleValue, path, message);
        None
    }
}

/// Whether a score is `low` and a whole number of steps.
fn on_step(value: f64, low: &Rational, step: &Rational) -> bool {
    if *low == 0 && *step == 1 {
        return value.fract() == 0.0;
    }
    let Some(value) = Rational::from_f64_shortest(value) else {
        return false;
    };
    value.sub(low).div(step).is_none_or(|steps| steps.is_integer())
}
