//! Units of measure: UCUM text and the spellings people write in, exact factors and dimensions out.
//!
//! ```text
//! "x10^9/L" --parse--> Unit { 10*9/L, size 10^12 /m3, count per volume } --factor_to(/uL)--> 1000
//! ```
//! Sizes are rational numbers, so a conversion loses nothing. Departures from UCUM keep
//! quantities apart that must not compare: a mole is not a number (so `mmol/L` is no count), and
//! arbitrary units and the annotations that change a quantity (`[IU]`, `{copies}`, `{1.73_m2}`) are
//! bases of their own. And a ratio of amounts, of masses or of volumes is no plain number.

mod accepted;
mod cancelled_ratio;
mod convert;
mod dimension;
mod error;
mod parse;
mod reference;
mod spelling;
mod suggest;
mod table;
mod time;
mod unit;

pub use accepted::{accepted_units, is_common_spelling};
pub use convert::{Conversion, Curve, Scale, Ways};
pub use dimension::{Base, Dimension};
pub use error::{UnitError, UnitProblem};
pub use reference::reference_markdown;
pub use spelling::{everyday, one_spelling};
pub use table::LOST_POWERS;
pub use time::TimeUnit;
pub use unit::Unit;
