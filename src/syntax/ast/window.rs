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
