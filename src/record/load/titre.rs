//! A titre: a text such as `"1:80"` or `">=1:640"`, or its dilution with the unit `{titer}`.

use super::loader::Loader;
use super::path::Path;
use super::wanted::ValueSpec;
use crate::number::Comparison;
use crate::record::events::{Number as EventNumber, Token};
use crate::record::model::Value;
use crate::record::problem::RecordErrorKind;

/// What says that a number is a dilution.
const UNITS: [&str; 2] = ["{titer}", "{titre}"];

impl<'p> Loader<'p, '_> {
    /// A titre; `None` where a problem was reported. A number alone may be a dilution, its reciprocal or another quantity,
    /// and is refused.
    pub(super) fn titre(
        &mut self,
        token: &Token<'_>,
        unit: Option<&str>,
        comparator: Option<Comparison>,
        wanted: &ValueSpec<'_>,
        path: &Path<'_>,
    ) -> Option<Value> {
        if let Some(unit) = unit
            && !UNITS.contains(&unit)
        {
            let message = format!("`{}` is not given in `{unit}`", wanted.name);
            let help = "a titre is given as \"1:80\", or as its dilution in `{titer}`".to_owned();
            self.report_with_help(RecordErrorKind::WrongUnit, &Path::Key(path, "unit"), message, Some(help));
            return None;
        }
        match token {
            Token::Text(text) => {
                let Some((sign, dilution)) = parse(text) else {
                    let message = format!("`{}` is a titre such as \"1:80\", and this text is none", wanted.name);
                    self.report(RecordErrorKind::WrongType, path, message);
                    return None;
                };
                if sign.is_some() && comparator.is_some() && sign != comparator {
                    let message = format!("`{}` has two comparators", wanted.name);
                    self.report(RecordErrorKind::BadComparator, path, message);
                    return None;
                }
                let value = dilution.parse().ok()?;
                let number = EventNumber { text: dilution, value };
                self.number(number, 0, sign.or(comparator), wanted, path).map(Value::Number)
            }
            Token::Number(number) => {
                // The record may yet turn out to be in canonical units.
                if unit.is_none() && !self.canonical {
                    self.missing_units.push(self.problems.len());
                    let message =
                        format!("`{}` is a titre, and a number alone does not say that it is a dilution", wanted.name);
                    let help = "write \"1:80\", or {\"value\": 80, \"unit\": \"{titer}\"}".to_owned();
                    self.report_with_help(RecordErrorKind::MissingUnit, path, message, Some(help));
                }
                self.number(*number, 0, comparator, wanted, path).map(Value::Number)
            }
            token => {
                self.wrong_type(path, "a titre such as \"1:80\"", token);
                None
            }
        }
    }
}

/// `1:80`, `1 : 80`, `>=1:640`, `< 1:20`: the comparator and the dilution.
fn parse(text: &str) -> Option<(Option<Comparison>, &str)> {
    let text = text.trim();
    let signs = [
        (">=", Comparison::Ge),
        ("\u{2265}", Comparison::Ge),
        ("<=", Comparison::Le),
        ("\u{2264}", Comparison::Le),
        (">", Comparison::Gt),
        ("<", Comparison::Lt),
    ];
    let signed = signs.iter().find_map(|(sign, comparison)| Some((Some(*comparison), text.strip_prefix(sign)?)));
    let (sign, rest) = signed.unwrap_or((None, text.strip_prefix('=').unwrap_or(text)));
    let dilution = rest.trim_start().strip_prefix('1')?.trim_start().strip_prefix(':')?.trim_start();
    let (whole, part) = dilution.split_once('.').unwrap_or((dilution, "0"));
    let digits = |text: &str| (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(part)).then_some((sign, dilution))
}
