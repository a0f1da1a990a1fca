//! A text to its tokens. It takes any text and loses nothing: between two tokens there are blanks and line ends only.
//!
//! This is the only place that says where comments, texts, words, numbers, dates and signs begin and end, and where
//! lines do: the scan, the phrases, the formatter and the editor all read these tokens. What a token means where it
//! stands, a unit for example, is the grammar's to judge. A line ends with `\n`, `\r\n` or `\r`.

mod keywords;
mod read;
mod signs;
mod token;

use std::ops::Range;

pub(super) use keywords::{MODIFIER_WORDS, OTHER_WORDS, TYPE_WORDS, is_statement_word, is_word_byte, synonym};
pub use keywords::{STATEMENT_WORDS, is_connective, is_reserved};
pub(crate) use read::is_blank;
pub(super) use signs::look_alike;
pub use signs::{COMPARISONS, Sign, comparison, comparison_of, written};
pub(super) use token::narrow;
pub use token::{Token, TokenKind};

use crate::source::{FileId, with_line_ends};
use read::Lexer;

/// A text as the author wrote it, with its tokens.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Lexed<'t> {
    /// Which file it is.
    pub file: FileId,
    /// The whole text, its lines ended as the lexer ends them.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
}

/// The tokens of `text`.
pub fn lex(text: &str) -> Vec<Token> {
    read(&with_line_ends(text), false)
}

/// The tokens of a text of which the scan has made what can be parsed: each of its texts ends with its first quote.
pub(super) fn lex_repaired(text: &str) -> Vec<Token> {
    read(text, true)
}

/// The tokens of a text whose lines end as [`with_line_ends`] has it.
pub(super) fn lex_lines(text: &str) -> Vec<Token> {
    read(text, false)
}

fn read(text: &str, repaired: bool) -> Vec<Token> {
    let mut lexer = Lexer::new(text, 0, repaired);
    // About what trials have of them: the list is seldom moved.
    let mut tokens = Vec::with_capacity(text.len() / 5 + 8);
    while let Some(token) = lexer.next() {
        tokens.push(token);
    }
    tokens
}

/// What an edit leaves of the tokens of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relexed {
    /// All tokens of the new text.
    pub tokens: Vec<Token>,
    /// So many at the beginning are those of the old text.
    pub kept: usize,
    /// So many at the end are those of the old text, moved.
    pub tail: usize,
}

/// The tokens of `text`, which is a text with the tokens `old` and `inserted` bytes in the place of the bytes `replaced`.
///
/// What a token is depends on no byte before the statement word at the margin that is before it, and on none behind the
/// next one: from the one to the other the text is read again.
pub fn relex(old: &[Token], text: &str, replaced: &Range<usize>, inserted: usize) -> Relexed {
    let text = &*with_line_ends(text);
    let bytes = text.as_bytes();
    let end = replaced.start + inserted;
    let at_margin = |token: &Token| {
        let before = token.start().checked_sub(1).and_then(|at| bytes.get(at));
        token.kind == TokenKind::Statement && (before.is_none() || before == Some(&b'\n'))
    };
    let before = old.partition_point(|token| token.end() < replaced.start);
    let first = old.get(..before).unwrap_or_default().iter().rposition(at_margin).unwrap_or(0);
    let mut tokens = Vec::with_capacity(old.len() + inserted / 4 + 8);
    tokens.extend_from_slice(old.get(..first).unwrap_or_default());
    let from = first.checked_sub(1).and_then(|last| old.get(last)).map_or(0, Token::end);
    let mut lexer = Lexer::new(text, from, false);
    let mut next = old.partition_point(|token| token.start() < replaced.end);
    while let Some(token) = lexer.next() {
        tokens.push(token);
        if token.start() < end || !at_margin(&token) {
            continue;
        }
        // Where the same token was in the old text.
        let place = token.start() - end + replaced.end;
        while old.get(next).is_some_and(|old| old.start() < place) {
            next += 1;
        }
        if old.get(next).is_some_and(|old| old.start() == place && old.kind == token.kind) {
            let tail = old.get(next + 1..).unwrap_or_default();
            tokens.extend(tail.iter().map(|token| token.moved_between(replaced.end, end)));
            return Relexed { tokens, kept: first, tail: tail.len() };
        }
    }
    Relexed { tokens, kept: first, tail: 0 }
}
