//! A statement's text in, its tokens out, each in its one spelling.

use std::collections::HashMap;
use std::ops::Range;

use super::doc::Side;
use crate::syntax::ast::{Comment, Statement};
use crate::syntax::visit_mut::{Leaf, leaves};
use crate::units::one_spelling;

/// A token of a statement.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// As it will be written.
    pub text: String,
    /// On its left.
    pub left: Side,
    /// On its right.
    pub right: Side,
}

/// A comment, and how it stands.
#[derive(Debug, Clone)]
pub(super) struct Remark {
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// With its `#`, without blanks behind it.
    pub text: String,
    /// Whether nothing stands before it on its line.
    pub own_line: bool,
}

impl Remark {
    pub fn new(comment: &Comment, text: &str) -> Remark {
        let range = comment.span.range();
        let before = text.get(..range.start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Remark { own_line: line.chars().all(is_gap), text: comment.text.trim_end().to_owned(), range }
    }
}

/// Blanks, as the grammar's `gap` has them.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

/// Whether an empty line stands somewhere in `text`, which is all blanks.
pub(super) fn has_empty_line(text: &str) -> bool {
    text.matches('\n').count() > 1
}

#[derive(Debug, Clone, Copy)]
enum Atom {
    Plain,
    Number,
    Unit,
}

/// The tokens of a statement without errors.
pub(super) fn tokens(statement: &Statement, text: &str, remarks: &[Remark]) -> Vec<Token> {
    let mut atoms: HashMap<usize, (usize, Atom)> = HashMap::new();
    let mut copy = statement.clone();
    leaves(&mut copy, &mut |leaf| {
        let (span, atom) = match leaf {
            Leaf::Name(name) => (name.span, Atom::Plain),
            Leaf::Text(text) => (text.span, Atom::Plain),
            Leaf::Date(date) => (date.span, Atom::Plain),
            Leaf::Number(number) => (number.span, Atom::Number),
            Leaf::Unit(unit) => (unit.span, Atom::Unit),
            Leaf::Place(_) => return,
        };
        let range = span.range();
        if !range.is_empty() {
            atoms.insert(range.start, (range.end, atom));
        }
    });
    let mut found: Vec<Token> = Vec::new();
    let mut after_number = false;
    let range = statement.span.range();
    let mut at = range.start;
    while at < range.end {
        let rest = text.get(at..range.end).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            break;
        };
        if is_gap(first) {
            at += first.len_utf8();
            continue;
        }
        if let Ok(index) = remarks.binary_search_by(|remark| remark.range.start.cmp(&at)) {
            at = remarks.get(index).map_or(range.end, |remark| remark.range.end);
            continue;
        }
        let (end, atom) = match atoms.get(&at) {
            Some((end, atom)) => (*end, Some(*atom)),
            None => (at + plain_length(rest), None),
        };
        let written = text.get(at..end).unwrap_or_default();
        let spelled = match atom {
            Some(Atom::Unit) => one_spelling(written, after_number),
            // `- 5` and `-5` are one number.
            Some(Atom::Number) => written.chars().filter(|c| *c != ' ').collect(),
            Some(Atom::Plain) => written.to_owned(),
            None => sign(written).to_owned(),
        };
        let (left, right) = if atom.is_some() { (Side::Blank, Side::Blank) } else { sides(&spelled) };
        after_number = matches!(atom, Some(Atom::Number));
        found.push(Token { range: at..end, text: spelled, left, right });
        at = end.max(at + 1);
    }
    found
}

/// How long the word or sign is that `text` begins with.
fn plain_length(text: &str) -> usize {
    let word = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    if word > 0 {
        return word;
    }
    let doubled = [">=", "<=", "==", "!=", "=>", "=<", "<>", "**", ":=", "..", "&&", "||"];
    match doubled.iter().find(|sign| text.starts_with(**sign)) {
        Some(sign) => sign.len(),
        None => text.chars().next().map_or(1, char::len_utf8),
    }
}

fn sides(text: &str) -> (Side, Side) {
    match text {
        "(" => (Side::Blank, Side::Tight),
        ")" | "," | ":" => (Side::Tight, Side::Blank),
        "[" => (Side::Blank, Side::Tight),
        "]" => (Side::Tight, Side::Blank),
        ".." => (Side::Tight, Side::Tight),
        _ => (Side::Blank, Side::Blank),
    }
}

/// An operator's one spelling.
fn sign(written: &str) -> &str {
    match written {
        "≥" | "≧" | "⩾" => ">=",
        "≤" | "≦" | "⩽" => "<=",
        "≠" => "!=",
        "×" => "x",
        other => other,
    }
}
