//! An open document: its newest text, and what was last checked and told of it.

use std::sync::Arc;

use lsp_types::Uri;

use super::analysis::Analysis;
use super::text::Text;

/// An open document.
#[derive(Debug)]
pub(super) struct Document {
    /// As the client spells it.
    pub uri: Uri,
    /// The client's count of its edits.
    pub version: i32,
    /// Its newest text.
    pub text: Text,
    /// The moment since which a check is wanted.
    pub wanted: u64,
    /// The moment of the text last checked.
    pub checked: u64,
    /// The client's count of edits of the text last checked.
    pub checked_version: i32,
    /// The last check, of this text or an older one.
    pub analysis: Option<Arc<Analysis>>,
    /// The colours last told.
    pub colours: Option<Told>,
}

impl Document {
    /// Whether the last check is of the newest text, its own and those it uses.
    pub fn is_current(&self) -> bool {
        self.checked >= self.wanted
    }
}

/// The colours of a document as last told.
#[derive(Debug)]
pub(super) struct Told {
    /// What the client calls them by.
    pub name: String,
    pub numbers: Vec<u32>,
}
