//! The text of an open document, and the edits that bring it up to date.

use std::sync::Arc;

use lsp_types::TextDocumentContentChangeEvent;

use super::position::{Encoding, Lines};

/// A text with its lines, as it was at one version; cheap to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: Arc<str>,
    /// Where its lines begin.
    pub lines: Arc<Lines>,
}

impl Text {
    /// Indexes `text`.
    pub fn new(text: &str) -> Text {
        Text { text: Arc::from(text), lines: Arc::new(Lines::new(text)) }
    }

    /// The text after `changes`, made one after another: each counts in what the one before left. One without a
    /// range is the whole new text.
    #[must_use]
    pub fn changed(&self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) -> Text {
        let mut text = self.text.to_string();
        let mut lines = None;
        for change in changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let lines = lines.as_ref().unwrap_or(&*self.lines);
                    let bytes = lines.bytes(&text, range, encoding);
                    text.replace_range(bytes, &change.text);
                }
            }
            lines = Some(Lines::new(&text));
        }
        match lines {
            Some(lines) => Text { text: Arc::from(text), lines: Arc::new(lines) },
            None => self.clone(),
        }
    }
}
