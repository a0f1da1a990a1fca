//! A statement to words, numbers, texts and signs, as people read it.

use std::ops::Range;

use crate::syntax::lexer::{self, TokenKind, lex_repaired};

/// A word, a number, a text or a sign.
pub(super) struct Token<'t> {
    pub text: &'t str,
    /// In small letters.
    pub lower: String,
    pub range: Range<usize>,
    /// Whether a blank, and whether a line end, is before it.
    pub apart: bool,
    pub new_line: bool,
    /// Whether it is part of the unit of a number.
    pub unit: bool,
}

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut ended = 0;
    for token in lex_repaired(text) {
        let apart = token.start() > ended;
        let new_line = apart && token.first_on_line && ended > 0;
        ended = token.end();
        let parts = if token.kind == TokenKind::Date { parts_of_date(&token, text) } else { vec![token.range()] };
        for (part, range) in parts.into_iter().enumerate() {
            let said = text.get(range.clone()).unwrap_or_default();
            found.push(Token {
                text: said,
                lower: said.to_lowercase(),
                range,
                apart: apart && part == 0,
                new_line: new_line && part == 0,
                unit: false,
            });
        }
    }
    found
}

/// The numbers and signs of what may be a date: `1000-2000` is a range to people.
fn parts_of_date(date: &lexer::Token, text: &str) -> Vec<Range<usize>> {
    let written = date.of(text);
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(rest) = written.get(at..).filter(|rest| !rest.is_empty()) {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()).max(1);
        parts.push(date.start() + at..date.start() + at + digits);
        at += digits;
    }
    parts
}
