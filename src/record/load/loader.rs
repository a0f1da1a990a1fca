//! What is known of a record while it is read, and what every part of it needs: problems with their place, dates, room
//! for attributes.

use super::path::Path;
use crate::calendar::PartialDateTime;
use crate::diag::suggest;
use crate::record::events::Token;
use crate::record::model::{Attributes, Record, RecordId};
use crate::record::name_table::small;
use crate::record::problem::{RecordErrorKind, RecordProblem};
use crate::record::schema::Schema;

/// Reads one record.
pub(super) struct Loader<'p, 'r> {
    pub(super) schema: &'p Schema,
    pub(super) record: &'r mut Record,
    pub(super) problems: Vec<RecordProblem>,
    /// Problems that a later `"units": "canonical"` would lift, by index.
    pub(super) missing_units: Vec<usize>,
    pub(super) canonical: bool,
    pub(super) id: Option<RecordId>,
}

impl Loader<'_, '_> {
    pub(super) fn report(&mut self, kind: RecordErrorKind, path: &Path<'_>, message: impl Into<String>) {
        self.report_with_help(kind, path, message, None);
    }

    pub(super) fn report_with_help(
        &mut self,
        kind: RecordErrorKind,
        path: &Path<'_>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.problems.push(RecordProblem { kind, path: path.to_string(), message: message.into(), help });
    }

    pub(super) fn wrong_type(&mut self, path: &Path<'_>, wanted: &str, token: &Token<'_>) {
        self.report(RecordErrorKind::WrongType, path, format!("expected {wanted}, found {}", kind_of(token)));
    }

    pub(super) fn date_or_null(&mut self, token: &Token<'_>, path: &Path<'_>) -> Option<PartialDateTime> {
        match token {
            Token::Null => None,
            token => self.date(token, path),
        }
    }

    pub(super) fn date(&mut self, token: &Token<'_>, path: &Path<'_>) -> Option<PartialDateTime> {
        let Token::Text(text) = token else {
            self.wrong_type(path, "a date in quotes, such as \"2026-03-01\"", token);
            return None;
        };
        match PartialDateTime::parse(text) {
            Ok(date) => Some(date),
            Err(error) => {
                self.report(RecordErrorKind::BadDate, path, error.to_string());
                None
            }
        }
    }

    /// Room for the attributes of one result or entry.
    pub(super) fn reserve_attributes(&mut self, count: usize) -> Attributes {
        let start = small(self.record.attributes.len());
        self.record.attributes.resize(self.record.attributes.len() + count, None);
        Attributes { start, count: small(count) }
    }
}

/// A token in words.
pub(super) fn kind_of(token: &Token<'_>) -> &'static str {
    match token {
        Token::Null => "null",
        Token::Bool(true) => "true",
        Token::Bool(false) => "false",
        Token::Number(_) => "a number",
        Token::Text(_) => "a text",
        Token::Array => "an array",
        Token::Object => "an object",
    }
}

pub(super) fn did_you_mean<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest::did_you_mean(&suggest::nearest_names(wanted, names, 3))
}
