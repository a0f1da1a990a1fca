//! The wire form `elig-tree/3` of a [`DecisionTree`]; docs/tree.md tells what it means.
//!
//! Written with one anchor, fact, test, node, criterion a line, so that two versions of a trial differ in the lines
//! that changed. Names mean facts, kinds, anchors and questions; indices for tests and nodes. Reading checks
//! every invariant of [`DecisionTree`], so an evaluator never meets a broken tree.

mod error;
mod format;
mod read;
mod select;
mod validate;
mod window;
mod wire;
mod words;
mod write;
mod write_record;

pub use error::{TreeError, TreeErrorKind};
pub use format::{FORMAT, FORMATS_READ, MAX_POWER};

use super::DecisionTree;

impl DecisionTree {
    /// The tree as `elig-tree/3`: the same bytes for the same tree, ending with a line end.
    ///
    /// A tree that breaks an invariant is written as far as it can be; [`DecisionTree::from_json`] then refuses it.
    pub fn to_json(&self) -> String {
        write::document(self)
    }

    /// Reads `elig-tree/3`.
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
