//! The words of the checker's diagnostics, by subject. Passes say what is wrong as data; the sentences are here.

mod asked;
mod assertions;
mod attributes;
mod counted;
mod courses;
mod doses;
mod examples;
mod names;
mod scales;
mod selected;
mod time;
mod titres;
mod types;
mod units;

pub(super) use asked::*;
pub(super) use assertions::*;
pub(super) use attributes::*;
pub(super) use counted::{Asked, Count};
pub(super) use courses::*;
pub(super) use doses::*;
pub(super) use examples::*;
pub(super) use names::*;
pub(super) use scales::sum_across_scales;
pub(super) use selected::*;
pub(super) use time::*;
pub(super) use titres::*;
pub(super) use types::*;
pub(super) use units::*;

use crate::diag::wording::choices;
pub(super) use crate::resolve::errors::{
    bad_number, duplicate_name, not_a_kind, range_backwards, unit_of_other_dimension, unknown_anchor,
};

/// "its only attribute is `nyha`"
fn attributes_are(names: &[&str]) -> String {
    let are = if names.len() == 1 { "its only attribute is" } else { "its attributes are" };
    format!("{are} {}", choices(names.iter().copied()))
}
