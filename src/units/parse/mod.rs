//! Text of a unit in, [`Unit`] out: UCUM's grammar, wide enough for what people write.
//!
//! ```text
//! unit      = term | ("log10" | "log" | "lg") term | "{Log_" counted "}" ("/" term)?
//! term      = "/"? component (("." | "/" | " per ") component)*        strictly left to right
//! component = "(" term ")" annotation* | annotation | number component? | phrase | name exponent? annotation*
//! number    = "x"? ("10*" | "10^") exponent | integer
//! ```
//! A number binds to the unit right behind it, so `g/24h` is `g/(24.h)`.

mod annotation;
mod letters;
mod logarithm;
mod names;
mod parser;
mod term;

pub(super) use logarithm::unit;
pub(super) use names::names;

use super::{Unit, UnitError, suggest};

impl Unit {
    /// Reads UCUM (`10*9/L`) or an everyday spelling (`x10^9/L`, `cells/mcL`, `mg/day`).
    ///
    /// # Errors
    /// Any other text, with the place and the nearest units.
    pub fn parse(text: &str) -> Result<Unit, UnitError> {
        unit(text).map_err(|mut error| {
            error.suggestions = suggest::nearest(text, &error);
            error
        })
    }
}

impl std::str::FromStr for Unit {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Unit, UnitError> {
        Unit::parse(text)
    }
}
