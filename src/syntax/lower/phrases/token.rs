//! A statement to words, numbers, texts and signs, as people read it.

use std::ops::Range;

/// A word, a number, a text or a sign.
pub(super) struct Token<'t> {
    pub text: &'t str,
    /// In small letters.
    pub lower: String,
    pub range: Range<usize>,
    /// Whether a blank, and whether a line end, stands before it.
    pub apart: bool,
    pub new_line: bool,
    /// Whether it is part of the unit of a number.
    pub unit: bool,
}

/// Signs that compare.
pub(super) const SIGNS: &[&str] = &[">=", "<=", "==", "!=", "=>", "=<", "<>", ">", "<", "=", "≥", "≤", "≠"];

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let (mut apart, mut new_line) = (false, false);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blank = rest.len() - rest.trim_start().len();
        if blank > 0 {
            apart = true;
            new_line |= rest.get(..blank).is_some_and(|blank| blank.contains('\n'));
            at += blank;
            continue;
        }
        let length = token_length(rest);
        let token = rest.get(..length).unwrap_or_default();
        found.push(Token {
            text: token,
            lower: token.to_lowercase(),
            range: at..at + length,
            apart,
            new_line,
            unit: false,
        });
        (apart, new_line) = (false, false);
        at += length.max(1);
    }
    found
}

fn token_length(text: &str) -> usize {
    let run = |inside: fn(char) -> bool| text.find(|c: char| !inside(c)).unwrap_or(text.len());
    match text.chars().next() {
        Some('"') => text.get(1..).and_then(|rest| rest.find('"')).map_or(text.len(), |end| end + 2),
        Some(c) if c.is_ascii_digit() => {
            let number = run(|c| c.is_ascii_digit() || matches!(c, '.' | '_'));
            let written = text.get(..number).unwrap_or_default();
            // `18..75` is two numbers.
            written.find("..").unwrap_or_else(|| written.trim_end_matches('.').len())
        }
        Some(c) if c.is_alphabetic() || c == '_' => run(|c| c.is_alphanumeric() || c == '_'),
        Some(c) => {
            let pair = SIGNS.iter().chain(&[".."]).find(|pair| pair.len() > 1 && text.starts_with(**pair));
            pair.map_or(c.len_utf8(), |pair| pair.len())
        }
        None => 0,
    }
}
