//! A statement's text in, its tokens out, each in its one spelling.

use std::ops::Range;

use super::doc::Side;
use crate::syntax::ast::Statement;
use crate::syntax::lexer::{self, TokenKind, comparison_of};
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
    /// Whether nothing is before it on its line.
    pub own_line: bool,
}

/// The comments among the tokens of a file.
pub(super) fn remarks(tokens: &[lexer::Token], text: &str) -> Vec<Remark> {
    let comments = tokens.iter().filter(|token| token.kind == TokenKind::Comment);
    comments
        .map(|comment| Remark {
            range: comment.range(),
            text: comment.of(text).trim_end().to_owned(),
            own_line: comment.first_on_line,
        })
        .collect()
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

/// Several tokens of the lexer that are one of the language, such as a unit.
struct Joined {
    range: Range<usize>,
    atom: Atom,
}

/// The names, numbers, units, texts and dates of a statement, in the order of the text.
fn joined(statement: &Statement) -> Vec<Joined> {
    let mut found: Vec<Joined> = Vec::new();
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
            found.push(Joined { range, atom });
        }
    });
    // Of two that begin in one place the last is meant.
    found.reverse();
    found.sort_by_key(|joined| joined.range.start);
    found.dedup_by_key(|joined| joined.range.start);
    found
}

/// The tokens of a statement without errors; `lexed` are those of the file.
pub(super) fn tokens(statement: &Statement, text: &str, lexed: &[lexer::Token]) -> Vec<Token> {
    let joined = joined(statement);
    let mut joined = joined.iter().peekable();
    let mut found: Vec<Token> = Vec::new();
    let mut after_number = false;
    let range = statement.span.range();
    let first = lexed.partition_point(|token| token.start() < range.start);
    let mut at = range.start;
    for token in lexed.iter().skip(first).take_while(|token| token.start() < range.end) {
        if token.kind == TokenKind::Comment {
            continue;
        }
        at = at.max(token.start());
        while at < token.end() {
            while joined.next_if(|joined| joined.range.start < at).is_some() {}
            let (end, atom) = match joined.peek() {
                Some(joined) if joined.range.start == at => (joined.range.end, Some(joined.atom)),
                Some(joined) => (token.end().min(joined.range.start), None),
                None => (token.end(), None),
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
    }
    found
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
    match comparison_of(written) {
        Some(comparison) if comparison.accepted => comparison.written,
        _ if written == "×" => "x",
        _ => written,
    }
}
