//! The parts of a value that is given as an object: `value`, `unit` and `comparator`.

use super::loader::Loader;
use super::path::Path;
use super::wanted::ValueSpec;
use crate::number::Comparison;
use crate::record::events::{Events, SyntaxError, Token};
use crate::record::model::Value;
use crate::record::problem::RecordErrorKind;

/// The parts of a value that is given as an object.
#[derive(Default)]
pub(super) struct Parts<'t> {
    pub(super) value: Option<Token<'t>>,
    pub(super) unit: Option<Token<'t>>,
    pub(super) comparator: Option<Comparison>,
}

pub(super) const VALUE_KEYS: [&str; 6] = ["value", "unit", "at", "comparator", "uln", "lln"];

// Places in `VALUE_KEYS`.
pub(super) const VALUE: usize = 0;
pub(super) const UNIT: usize = 1;
pub(super) const AT: usize = 2;
pub(super) const COMPARATOR: usize = 3;
pub(super) const ULN: usize = 4;
pub(super) const LLN: usize = 5;
pub(super) const OTHER: usize = 6;

/// A key's place in `VALUE_KEYS`; `OTHER` for an attribute.
pub(super) fn place_of(key: &str) -> usize {
    match key {
        "value" => VALUE,
        "unit" => UNIT,
        "at" => AT,
        "comparator" => COMPARATOR,
        "uln" => ULN,
        "lln" => LLN,
        _ => OTHER,
    }
}

impl<'p> Loader<'p, '_> {
    /// `value`, `unit` or `comparator` of an object.
    pub(super) fn part<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        place: usize,
        path: &Path<'_>,
        parts: &mut Parts<'t>,
    ) -> Result<(), SyntaxError> {
        let token = reader.value()?;
        reader.skip(&token)?;
        match place {
            VALUE => parts.value = Some(token),
            UNIT => match token {
                Token::Null => {}
                Token::Text(_) => parts.unit = Some(token),
                token => self.wrong_type(path, "a unit in quotes", &token),
            },
            _ => match &token {
                Token::Null => {}
                Token::Text(text) => match &**text {
                    "=" => {}
                    "<" => parts.comparator = Some(Comparison::Lt),
                    "<=" => parts.comparator = Some(Comparison::Le),
                    ">" => parts.comparator = Some(Comparison::Gt),
                    ">=" => parts.comparator = Some(Comparison::Ge),
                    _ => {
                        let message = "a comparator is one of `<`, `<=`, `>`, `>=`, `=`";
                        self.report(RecordErrorKind::BadComparator, path, message);
                    }
                },
                token => self.wrong_type(path, "a comparator in quotes", token),
            },
        }
        Ok(())
    }

    pub(super) fn value_of(&mut self, parts: Parts<'_>, wanted: &ValueSpec<'_>, path: &Path<'_>) -> Option<Value> {
        match parts.value {
            None => {
                self.report(
                    RecordErrorKind::MissingValue,
                    path,
                    format!("a result of `{}` has no `value`", wanted.name),
                );
                None
            }
            Some(Token::Null) => Some(Value::Unknown),
            Some(token) => {
                let unit = match &parts.unit {
                    Some(Token::Text(unit)) => Some(&**unit),
                    _ => None,
                };
                self.scalar(&token, unit, parts.comparator, wanted, path)
            }
        }
    }
}
