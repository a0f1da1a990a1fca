//! Text of a unit in, [`Unit`] out: UCUM's grammar, wide enough for what people write.
//!
//! ```text
//! term      = "/"? component (("." | "/" | " per ") component)*        strictly left to right
//! component = "(" term ")" annotation* | annotation | number component? | phrase | name exponent? annotation*
//! number    = "x"? ("10*" | "10^") exponent | integer
//! ```
//! A number binds to the unit right behind it, so `g/24h` is `g/(24.h)`.

mod annotation;
mod letters;
mod names;
mod parser;
mod term;

pub(super) use names::names;
pub(super) use parser::unit;
