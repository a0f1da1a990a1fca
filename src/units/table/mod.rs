//! The table of units: every code, prefix, everyday spelling and annotation that is read.
//!
//! Sizes and codes follow the Unified Code for Units of Measure (UCUM) 2.1; `docs/units.md` is
//! made from this table.

mod annotations;
mod codes;
mod everyday;
mod spellings;

pub(super) use annotations::{COUNTING_ANNOTATIONS, LOGARITHM_WORDS, LOGARITHMS, PLAIN_ANNOTATIONS, WHOLE_ANNOTATIONS};
pub(super) use codes::{ATOMS, Atom, Measures, NEVER_LARGE, PREFIXES};
pub use everyday::LOST_POWERS;
pub(super) use everyday::{MULTIPLIERS, PHRASES, REFUSED, SLIPS, WORDS};
pub(super) use spellings::{SPELLINGS, USUAL};
