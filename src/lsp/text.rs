//! The text of an open document, and the edits that bring it up to date.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use lsp_types::TextDocumentContentChangeEvent;

use super::position::{Encoding, Lines};
use crate::ide::{View, Words};
use crate::vocab::Vocabulary;

/// So many edits at once are followed word for word; behind more it is quicker to read the text again.
const FOLLOWED: usize = 8;

/// A text with its lines and words, as it was at one version; cheap to copy.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text.
    pub text: Arc<str>,
    /// Where its lines begin.
    pub lines: Arc<Lines>,
    /// Its words, found when first asked for and from then on kept up with each edit.
    words: Arc<OnceLock<Words>>,
}

/// Lines and words are those of the text.
impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.text == other.text
    }
}

impl Eq for Text {}

impl Text {
    /// Indexes `text`.
    pub fn new(text: &str) -> Text {
        Text { text: Arc::from(text), lines: Arc::new(Lines::new(text)), words: Arc::default() }
    }

    /// Its words.
    pub fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::new(&self.text))
    }

    /// The text seen with `vocabulary`.
    pub fn view<'v>(&'v self, vocabulary: &'v Vocabulary) -> View<'v> {
        View::of(&self.text, self.words(), vocabulary)
    }

    /// The text after `changes`, made one after another: each counts in what the one before left. One without a
    /// range is the whole new text.
    #[must_use]
    pub fn changed(&self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) -> Text {
        if changes.is_empty() {
            return self.clone();
        }
        let mut text = self.text.to_string();
        let mut lines = None;
        let mut words = self.words.get().filter(|_| changes.len() <= FOLLOWED).map(Cow::Borrowed);
        for change in changes {
            match change.range {
                None => {
                    text = change.text;
                    words = None;
                }
                Some(range) => {
                    let lines = lines.as_ref().unwrap_or(&*self.lines);
                    let bytes = lines.bytes(&text, range, encoding);
                    text.replace_range(bytes.clone(), &change.text);
                    words = words.map(|words| Cow::Owned(words.edited(&text, bytes, change.text.len())));
                }
            }
            lines = Some(Lines::new(&text));
        }
        let lines = Arc::new(lines.unwrap_or_else(|| Lines::new(&text)));
        let words = words.map_or_else(OnceLock::new, |words| OnceLock::from(words.into_owned()));
        Text { text: Arc::from(text), lines, words: Arc::new(words) }
    }
}
