//! The tokens and comments around a place, as the author wrote them.

use std::ops::Range;

use super::Lower;
use crate::syntax::lexer::{Lexed, Token, TokenKind};

/// The `##` lines right before `start`.
pub(in crate::syntax) fn doc(source: &Lexed<'_>, start: usize) -> Option<String> {
    let before = source.tokens.partition_point(|token| token.start() < start);
    let mut lines = Vec::new();
    for comment in source.tokens.get(..before).unwrap_or_default().iter().rev() {
        let text = match comment.kind {
            TokenKind::Comment if comment.first_on_line => comment.of(source.text),
            _ => break,
        };
        let Some(line) = text.strip_prefix("##") else {
            break;
        };
        lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end());
    }
    lines.reverse();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

impl Lower<'_> {
    /// The `##` lines right before `start`.
    pub(super) fn doc(&self, start: usize) -> Option<String> {
        doc(&Lexed { file: self.file, text: self.text, tokens: self.tokens }, start)
    }

    /// The token at or behind `at`, comments skipped; empty at the end of the file.
    pub(super) fn next_token(&self, at: usize) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.end() <= at);
        let behind = self.tokens.get(first..).unwrap_or_default();
        let Some(index) = behind.iter().position(|token| token.kind != TokenKind::Comment) else {
            return self.text.len()..self.text.len();
        };
        let mut rest = behind.get(index..).unwrap_or_default().iter();
        let Some(token) = rest.next() else {
            return self.text.len()..self.text.len();
        };
        let start = token.start().max(self.text.floor_char_boundary(at));
        let mut end = token.end();
        if token.kind.is_text() {
            // Of a text of several lines the first is shown.
            let line = self.slice(start..end).split('\n').next().unwrap_or_default();
            return start..start + line.trim_end().len();
        }
        if token.kind == TokenKind::Number {
            // `5mg` is one word to people.
            for next in rest.take_while(|next| next.kind.is_word() || next.kind == TokenKind::Number) {
                if next.start() != end {
                    break;
                }
                end = next.end();
            }
        }
        start..end
    }

    /// The token that ends at or before `at`, comments skipped.
    pub(super) fn previous_token(&self, at: usize) -> Range<usize> {
        let count = self.tokens.partition_point(|token| token.start() < at);
        let mut before = self.tokens.get(..count).unwrap_or_default().iter().rev();
        let Some(token) = before.find(|token| token.kind != TokenKind::Comment) else {
            return 0..0;
        };
        let end = token.end().min(at);
        let mut start = token.start();
        if token.kind.is_text() && self.slice(start..end).contains('\n') {
            return end - 1..end;
        }
        if token.kind.is_word() {
            // `5mg`
            let is_glued = |before: &&Token| before.end() == start && before.kind == TokenKind::Number;
            start = before.next().filter(is_glued).map_or(start, Token::start);
        }
        start..end
    }
}
