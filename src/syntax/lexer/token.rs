//! A token: its bytes, its kind, and what is known of the blanks before it.

use std::ops::Range;

/// What a token is by itself, whatever stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TokenKind {
    /// A word that may be a name, a code or a part of a unit: letters, digits and `_`.
    Name,
    /// A reserved word that may be a code: `none`.
    Reserved,
    /// A reserved word that is never a code: `within`.
    Connective,
    /// A word that begins a statement: `require`.
    Statement,
    /// `E14#2` behind `judged`: there `#` begins no comment.
    Question,
    /// `20_000`, `0.5`, `1e6`; a thousands comma is a sign of its own.
    Number,
    /// `2026-03-01`, with what may follow of a time; a year alone is a number.
    Date,
    /// `"text"`, over several lines maybe.
    Text,
    /// A text without its last quote, up to the end of its line.
    OpenText,
    /// A text in typographic quotes, or that begins with one.
    CurlyText,
    /// The same without its last quote, up to the end of its line.
    OpenCurlyText,
    /// From `#` to the end of the line.
    Comment,
    /// `(`, `[`, `{`
    Open,
    /// `)`, `]`, `}`
    Close,
    /// `{1.73_m2}` behind `/` and `{#}`: parts of units, whose braces enclose nothing.
    Annotation,
    /// A sign of the language, of one character or of two: see `lexer::signs`.
    Sign,
    /// Characters that are taken for ASCII ones: `＞＝`, `–`.
    LookAlike,
    /// Any other character.
    Other,
}

impl TokenKind {
    /// Whether it is a word, reserved or not.
    pub fn is_word(self) -> bool {
        matches!(self, TokenKind::Name) || self.is_reserved()
    }

    /// Whether it is never a name.
    pub fn is_reserved(self) -> bool {
        matches!(self, TokenKind::Reserved | TokenKind::Connective | TokenKind::Statement)
    }

    /// Whether it is a text, with its end or without.
    pub fn is_text(self) -> bool {
        matches!(self, TokenKind::Text | TokenKind::OpenText | TokenKind::CurlyText | TokenKind::OpenCurlyText)
    }
}

/// Where a token stands. Between two tokens there are blanks and line ends only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it is the first token of its line.
    pub first_on_line: bool,
    /// Whether something else than spaces and line feeds is between it and the token before.
    pub behind_odd_blank: bool,
}

impl Token {
    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Its first byte.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// One past its last byte.
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// What it says in `text`.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The same token up to a byte.
    #[must_use]
    pub(in crate::syntax) fn until(self, end: usize) -> Token {
        Token { end: narrow(end), ..self }
    }

    /// The same token from a byte on.
    #[must_use]
    pub(in crate::syntax) fn from(self, start: usize) -> Token {
        Token { start: narrow(start), ..self }
    }

    /// The same token where what stood at `from` is at `to`.
    #[must_use]
    pub(in crate::syntax) fn moved_between(self, from: usize, to: usize) -> Token {
        let moved = |at: usize| narrow(at + to - from);
        Token { start: moved(self.start()), end: moved(self.end()), ..self }
    }
}

/// Files end long before 4 GiB.
pub(crate) fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
