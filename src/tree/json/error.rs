//! What is wrong with a decision tree.

use std::fmt;

/// What is wrong with a decision tree.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TreeErrorKind {
    /// The text is not JSON, or a field is missing, unknown or of another JSON type.
    Json {
        /// The line at which reading ended, from 1.
        line: usize,
        /// The column, in bytes from 1; 0 where the line's end was reached.
        column: usize,
    },
    /// `format` is not a version that this crate reads.
    Version {
        /// The version that the text names, where it names one.
        found: Option<String>,
    },
    /// A part is not written as the format has it: a name that is listed nowhere, a text that is no number, fields that
    /// do not belong together.
    Form,
    /// It is written as it should be and breaks an invariant: a node that leads upward, a test of a fact of another
    /// type, an attribute where there is no entry, no criterion.
    Invariant,
}

/// Why a text, or a tree put together by hand, is not a decision tree that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TreeError {
    /// Which sort of error it is.
    pub kind: TreeErrorKind,
    /// Where, such as `tests[3].left`; empty when the whole document, or a line the message names, is meant.
    pub path: String,
    /// What is wrong, lower case, without a final period.
    pub message: String,
}

impl TreeError {
    /// A broken invariant.
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> TreeError {
        TreeError { kind: TreeErrorKind::Invariant, path: path.into(), message: message.into() }
    }

    pub(super) fn of(self, kind: TreeErrorKind) -> TreeError {
        TreeError { kind, ..self }
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.path, self.message) }
    }
}

impl std::error::Error for TreeError {}
