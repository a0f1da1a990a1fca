//! Names, texts, numbers, units, dates and comments, as written.

use crate::source::Span;

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A string literal, escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Its place, quotes included.
    pub span: Span,
}

/// A number literal, as written without `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Sign, digits, maybe a fraction, maybe an exponent; `1:80` of a titre.
    pub text: String,
    /// Its place.
    pub span: Span,
}

impl Number {
    /// The dilution of a titre: 80 of `1:80`.
    pub fn dilution(&self) -> Option<&str> {
        self.text.strip_prefix("1:")
    }
}

/// A unit as written (`x10^9/L`, `mg/day`, `µmol/L`), without surrounding brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The spelling.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A calendar date literal, as written (`2026`, `2026-03`, `2026-03-01T09:00`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateText {
    /// The spelling.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A comment that is not a statement's `##` text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// With its `#`.
    pub text: String,
    /// Its place.
    pub span: Span,
}
