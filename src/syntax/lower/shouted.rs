//! Keywords in capitals: a statement with errors is read again with them in lower case, and the better reading kept.

use std::rc::Rc;

use super::{Lower, Node};
use crate::syntax::ast::Statement;
use crate::syntax::words::OTHER_WORDS;
use crate::syntax::{errors, parse};

impl Lower<'_> {
    /// Chooses between a first reading with errors from `before` on and one with its keywords in lower case.
    pub(super) fn read_again(
        &mut self,
        node: &Node<'_>,
        first: Option<Statement>,
        before: usize,
        broken: usize,
    ) -> Option<Statement> {
        let span = self.span(node);
        let start = node.as_span().start();
        let written = node.as_str();
        let words = shouted_words(written);
        if words.is_empty() {
            return first;
        }
        let mut lowered = written.to_owned();
        for (at, word) in &words {
            lowered.replace_range(*at..*at + word.len(), &word.to_ascii_lowercase());
        }
        let first_diagnostics = self.diagnostics.split_off(before);
        let first_broken = self.broken.split_off(broken);
        let again = Rc::new(self.folded.again(&lowered, start));
        let folded = std::mem::replace(&mut self.folded, Rc::clone(&again));
        self.retrying = true;
        let second = parse::read_slice(self, &again.text);
        self.retrying = false;
        self.folded = folded;
        if self.diagnostics.len() - before >= first_diagnostics.len() || second.len() != 1 {
            self.diagnostics.truncate(before);
            self.diagnostics.extend(first_diagnostics);
            self.broken.truncate(broken);
            self.broken.extend(first_broken);
            return first;
        }
        for (at, word) in words {
            let place = self.offset(start + at);
            let place = self.span_of(place..place + word.len());
            self.diagnostics.push(errors::upper_case_keyword(place, word));
        }
        second.into_iter().next().map(|statement| Statement { span, ..statement })
    }
}

/// The words of `text`, outside texts and comments, that are keywords but for their case.
fn shouted_words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = if rest.starts_with('#') {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with('"') {
            text_length(rest)
        } else {
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
        };
        let word = rest.get(..length).unwrap_or_default();
        let is_shouted = word.bytes().any(|byte| byte.is_ascii_uppercase())
            && OTHER_WORDS.contains(&word.to_ascii_lowercase().as_str());
        if is_shouted {
            words.push((at, word));
        }
        at += if length == 0 { rest.chars().next().map_or(1, char::len_utf8) } else { length };
    }
    words
}

fn text_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}
