//! Why a text is not a number.

use std::fmt;

use super::limits::{MAX_DIGITS, MAX_EXPONENT};

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// No text at all.
    Empty,
    /// Something other than a digit where one must stand, as in `1.` or `12a`.
    ExpectedDigit {
        /// The byte where a digit was expected; the text's length when it ended too early.
        at: usize,
    },
    /// More than [`MAX_DIGITS`] digits.
    TooManyDigits,
    /// An exponent beyond [`MAX_EXPONENT`] either way.
    ExponentOutOfRange {
        /// The byte where the exponent starts.
        at: usize,
    },
    /// A fraction over zero, as in `1/0`.
    ZeroDenominator,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberError::Empty => write!(f, "no number"),
            NumberError::ExpectedDigit { at } => write!(f, "expected a digit at byte {at}"),
            NumberError::TooManyDigits => write!(f, "more than {MAX_DIGITS} digits"),
            NumberError::ExponentOutOfRange { .. } => {
                write!(f, "exponent beyond {MAX_EXPONENT}")
            }
            NumberError::ZeroDenominator => write!(f, "fraction over zero"),
        }
    }
}

impl std::error::Error for NumberError {}
