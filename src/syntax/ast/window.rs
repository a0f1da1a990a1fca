//! Lengths of time, and the sides of a window.

use super::literal::{Name, Number};
use crate::source::Span;

/// `6 months`, `3 half_lives`.
#[derive(Debug, Clone, PartialEq)]
pub struct Length {
    /// Its place.
    pub span: Span,
    /// How many.
    pub number: Number,
    /// Of what; `None` when it was left out.
    pub unit: Option<Name>,
}

/// `results count for 28 days`, `results count at any age`: how old a result may be that is read without a window.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultsCount {
    /// From `count` on.
    pub span: Span,
    /// How long before the default anchor; `None` for any age.
    pub length: Option<Length>,
}

impl ResultsCount {
    /// `for 28 days`, `at any age`
    pub fn in_words(&self) -> String {
        match &self.length {
            None => "at any age".to_owned(),
            Some(Length { number, unit, .. }) => {
                format!("for {} {}", number.text, unit.as_ref().map_or("", |unit| &unit.text))
            }
        }
    }
}

/// Which side of the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Up to the anchor.
    Before,
    /// From the anchor on.
    After,
    /// Both ways.
    Of,
}
