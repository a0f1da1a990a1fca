//! The wire form `elig-tree/2` of a [`DecisionTree`]; docs/tree.md tells what it means.
//!
//! Written with one anchor, fact, test, node, criterion a line, so that two versions of a trial differ in the lines
//! that changed. Names mean facts, kinds, anchors and questions; indices for tests and nodes. Reading checks
//! every invariant of [`DecisionTree`], so an evaluator never meets a broken tree.

mod read;
mod validate;
mod wire;
mod write;

use std::fmt;

use super::DecisionTree;

use crate::ir::MAX_NESTING;

/// The version written.
pub const FORMAT: &str = "elig-tree/2";

/// The versions read.
pub const FORMATS_READ: &[&str] = &[FORMAT];

/// The largest exponent of an [`ir::OperandKind::Power`](crate::ir::OperandKind::Power), either sign.
pub const MAX_POWER: i64 = 100;

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

    fn of(self, kind: TreeErrorKind) -> TreeError {
        TreeError { kind, ..self }
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.path, self.message) }
    }
}

impl std::error::Error for TreeError {}

impl DecisionTree {
    /// The tree as `elig-tree/2`: the same bytes for the same tree, ending with a line end.
    ///
    /// A tree that breaks an invariant is written as far as it can be; [`DecisionTree::from_json`] then refuses it.
    pub fn to_json(&self) -> String {
        write::document(self)
    }

    /// Reads `elig-tree/2`.
    ///
    /// # Errors
    /// Text that is not JSON, another version, an unknown or missing field, or a broken invariant. Never panics, and
    /// recursion is bounded whatever the text.
    pub fn from_json(text: &str) -> Result<DecisionTree, TreeError> {
        let head: wire::Head = serde_json::from_str(text).map_err(|error| in_json(&error))?;
        check_format(head.format.as_ref())?;
        let document: wire::Document = serde_json::from_str(text).map_err(|error| in_json(&error))?;
        let tree = read::tree(document).map_err(|error| error.of(TreeErrorKind::Form))?;
        tree.validate()?;
        Ok(tree)
    }

    /// Checks every invariant of the tree.
    ///
    /// # Errors
    /// The first one that does not hold.
    pub fn validate(&self) -> Result<(), TreeError> {
        validate::tree(self)
    }
}

fn in_json(error: &serde_json::Error) -> TreeError {
    let message = error.to_string();
    let message = if message.starts_with("recursion limit exceeded") {
        format!("operands are nested too deep: {message}")
    } else {
        message
    };
    TreeError::new("", message).of(TreeErrorKind::Json { line: error.line(), column: error.column() })
}

fn check_format(format: Option<&serde_json::Value>) -> Result<(), TreeError> {
    let (found, what) = match format {
        None => (None, "missing".to_owned()),
        Some(serde_json::Value::String(name)) if FORMATS_READ.contains(&name.as_str()) => return Ok(()),
        Some(serde_json::Value::String(name)) => {
            let name: String = name.chars().take(40).collect();
            let what = format!("unknown version `{name}`");
            (Some(name), what)
        }
        Some(_) => (None, "not a string".to_owned()),
    };
    let message = format!("{what}; this program reads {}", FORMATS_READ.join(", "));
    Err(TreeError::new("format", message).of(TreeErrorKind::Version { found }))
}
