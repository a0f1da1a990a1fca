//! Windows and their lengths.

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

/// A window about an anchor.
#[derive(Debug, Clone, PartialEq)]
pub enum Window {
    /// `within 6 months before A`; `side` is `None` when no direction is written (an error the checker words).
    Within {
        /// How long.
        length: Length,
        /// Before, after, or of.
        side: Option<Side>,
        /// The anchor; the default one when unsaid.
        anchor: Option<Name>,
    },
    /// `before A`
    Before(Name),
    /// `after A`
    After(Name),
    /// `at A`
    At(Name),
    /// `more than 6 months before A` (strict) or `at least 6 months before A`.
    Beyond {
        /// `more than` rather than `at least`.
        strict: bool,
        /// How long.
        length: Length,
        /// Before or after; never of.
        side: Side,
        /// The anchor; the default one when unsaid.
        anchor: Option<Name>,
    },
    /// `for at least 2 months before A`
    Throughout {
        /// How long.
        length: Length,
        /// The anchor; the default one when unsaid.
        anchor: Option<Name>,
    },
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
