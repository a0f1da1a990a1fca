//! An attribute of a result or an entry.

use super::loader::{Loader, did_you_mean};
use super::parts::{COMPARATOR, Parts, UNIT, VALUE, place_of};
use super::path::Path;
use super::wanted::ValueSpec;
use crate::ir::Id;
use crate::number::Comparison;
use crate::record::events::{Events, SyntaxError, Token};
use crate::record::model::{Attributes, Number, Value};
use crate::record::problem::RecordErrorKind;
use crate::record::schema::{Scope, attribute_named};

impl<'p> Loader<'p, '_> {
    /// An attribute of a result or an entry, or a key that it does not have.
    pub(crate) fn attribute<'t>(
        &mut self,
        reader: &mut impl Events<'t>,
        key: &str,
        path: &Path<'_>,
        scope: Scope,
        attributes: Attributes,
        others: impl IntoIterator<Item = &'p str>,
    ) -> Result<(), SyntaxError> {
        let schema = self.schema;
        let declared = schema.attributes(scope);
        let Some((index, attribute)) = attribute_named(declared, key) else {
            let names = declared.iter().map(|attribute| attribute.name.as_str()).chain(others);
            let help = did_you_mean(key, names);
            let message = format!("there is no attribute `{key}` here");
            self.report_with_help(RecordErrorKind::UnknownAttribute, path, message, help);
            return reader.skip_value();
        };
        let Some(units) = schema.attribute_units(scope, index) else {
            return reader.skip_value();
        };
        let wanted =
            ValueSpec { name: &attribute.name, ty: &attribute.ty, possible: attribute.possible.as_ref(), units };
        let token = reader.value()?;
        let value = match token {
            Token::Null => None,
            Token::Object => {
                let mut parts = Parts::default();
                while let Some(key) = reader.key()? {
                    let path = Path::Key(path, &key);
                    match place_of(&key) {
                        place @ (VALUE | UNIT | COMPARATOR) => {
                            self.part(reader, place, &path, &mut parts)?;
                        }
                        _ => {
                            let help = did_you_mean(&key, ["value", "unit", "comparator"]);
                            let message = format!("there is no attribute `{key}` here");
                            self.report_with_help(RecordErrorKind::UnknownAttribute, &path, message, help);
                            reader.skip_value()?;
                        }
                    }
                }
                self.value_of(parts, &wanted, path)
            }
            token => {
                let value = self.scalar(&token, None, None, &wanted, path);
                reader.skip(&token)?;
                value
            }
        };
        if matches!(scope, Scope::Kind(_)) && key == "half_life" && value.is_some_and(never_positive) {
            self.report(RecordErrorKind::ImpossibleValue, path, "a half-life is above zero");
        }
        if let Some(slot) = self.record.attributes.get_mut(attributes.start as usize + index.place()) {
            if slot.is_some() {
                self.report(RecordErrorKind::DuplicateKey, path, format!("`{key}` is given twice"));
            } else {
                *slot = value;
            }
        }
        Ok(())
    }
}

/// Whether no number above zero is meant.
fn never_positive(value: Value) -> bool {
    match value {
        Value::Number(Number { raw, comparator, .. }) => {
            raw <= 0.0 && !matches!(comparator, Some(Comparison::Gt | Comparison::Ge))
        }
        Value::Unknown | Value::Code(_) | Value::Flag(_) | Value::Date(_) => false,
    }
}
