//! The wire form `elig-tree/2` of a [`DecisionTree`]; docs/tree.md tells what it means.
//!
//! Written with one anchor, fact, test, node, criterion a line, so that two versions of a trial differ in the lines
//! that changed. Names stand for facts, kinds, anchors and questions; indices for tests and nodes. Reading checks
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

/// Why a text is not a decision tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeError {
    /// Where, such as `tests[3].left`; empty when the whole document, or a line the message names, is meant.
    pub path: String,
    /// What is wrong, lower case, without a final period.
    pub message: String,
}

impl TreeError {
    fn new(path: impl Into<String>, message: impl Into<String>) -> TreeError {
        TreeError { path: path.into(), message: message.into() }
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
        let tree = read::tree(document)?;
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
    TreeError::new("", message)
}

fn check_format(format: Option<&serde_json::Value>) -> Result<(), TreeError> {
    let read = FORMATS_READ.join(", ");
    match format {
        None => Err(TreeError::new("format", format!("missing; this program reads {read}"))),
        Some(serde_json::Value::String(name)) if FORMATS_READ.contains(&name.as_str()) => Ok(()),
        Some(serde_json::Value::String(name)) => {
            let name: String = name.chars().take(40).collect();
            Err(TreeError::new("format", format!("unknown version `{name}`; this program reads {read}")))
        }
        Some(_) => Err(TreeError::new("format", format!("not a string; this program reads {read}"))),
    }
}
