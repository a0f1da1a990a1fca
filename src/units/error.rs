//! Why a text is not a unit, as data and as one line for people.

use std::fmt;

/// Why a text is not a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitError {
    /// The first byte of the part at fault.
    pub at: usize,
    /// How many bytes it has; 0 when the text ends too early.
    pub length: usize,
    /// What is wrong.
    pub problem: UnitProblem,
    /// Whole units that may have been meant, the likeliest first; each of them is readable.
    pub suggestions: Vec<String>,
}

/// What is wrong with a unit's text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnitProblem {
    /// No text at all.
    Empty,
    /// Longer than any unit, or with parentheses nested deeper than any unit's.
    TooLong,
    /// A name that no unit has: `mmg/dL`.
    UnknownName {
        /// The name as written.
        name: String,
    },
    /// A unit that is known and not supported, since its values do not convert by a factor.
    Refused {
        /// The name as written.
        name: String,
        /// Why.
        reason: &'static str,
    },
    /// A character that cannot be there: `mg//dL`.
    Unexpected {
        /// The character.
        found: char,
    },
    /// The text ends where a unit must follow: `mg/`.
    EndsEarly,
    /// A bracket, brace or parenthesis without its partner.
    Unclosed {
        /// The opening character.
        open: char,
    },
    /// A zero, or a number or exponent larger than any unit has.
    BadNumber,
    /// `x109/L`: a power of ten that lost its superscript.
    LostSuperscript {
        /// The power.
        power: &'static str,
    },
    /// `10e9/L`: ten times 10^9 to a computer, 10^9 to most people.
    AmbiguousPower,
}

impl UnitError {
    pub(super) fn new(at: usize, length: usize, problem: UnitProblem) -> UnitError {
        UnitError { at, length, problem, suggestions: Vec::new() }
    }
}

impl fmt::Display for UnitProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnitProblem::Empty => write!(f, "empty unit"),
            UnitProblem::TooLong => write!(f, "unit too long"),
            UnitProblem::UnknownName { name } => write!(f, "unknown unit `{name}`"),
            UnitProblem::Refused { name, reason } => {
                write!(f, "unit `{name}` does not convert: {reason}")
            }
            UnitProblem::Unexpected { found } => write!(f, "unexpected `{found}` in a unit"),
            UnitProblem::EndsEarly => write!(f, "unit ends too early"),
            UnitProblem::Unclosed { open } => write!(f, "`{open}` in a unit is never closed"),
            UnitProblem::BadNumber => write!(f, "a number in a unit is zero or too large"),
            UnitProblem::LostSuperscript { power } => {
                write!(f, "a power of ten in a unit has lost its superscript: 10^{power}?")
            }
            UnitProblem::AmbiguousPower => {
                write!(f, "power of ten in a unit is written with `e`")
            }
        }
    }
}

impl fmt::Display for UnitError {
    /// The problem without the place and the suggestions.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for UnitError {}
