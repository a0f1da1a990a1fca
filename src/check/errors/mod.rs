//! The words of the checker's diagnostics, by subject. Passes say what is wrong as data; the sentences are here.

mod asked;
mod attributes;
mod counted;
mod examples;
mod names;
mod scales;
mod time;
mod types;
mod units;

pub(super) use asked::*;
pub(super) use attributes::*;
pub(super) use counted::{Asked, Count};
pub(super) use examples::*;
pub(super) use names::*;
pub(super) use scales::{converts_already, scale_of_one_unit, scale_of_others, scale_that_falls, sum_across_scales};
pub(super) use time::*;
pub(super) use types::*;
pub(super) use units::*;

/// "its only attribute is `nyha`"
fn attributes_are(names: &[&str]) -> String {
    let are = if names.len() == 1 { "its only attribute is" } else { "its attributes are" };
    format!("{are} {}", choices(names.iter().copied()))
}

/// `a, b or c`, each in backticks, at most eight of them.
fn choices<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if quoted.len() > 8 {
        quoted.truncate(7);
        return format!("{}, ..", quoted.join(", "));
    }
    match quoted.pop() {
        None => "nothing".to_owned(),
        Some(last) if quoted.is_empty() => last,
        Some(last) => format!("{} or {last}", quoted.join(", ")),
    }
}

/// `a`, `b` and `c`, each in backticks; of more than four the first three.
fn listed(names: &[&str]) -> String {
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names {
        [] => "nothing".to_owned(),
        [one] => format!("`{one}`"),
        [first, second, third, rest @ ..] if rest.len() > 1 => {
            format!("{} and {} others", quoted(&[first, second, third]), rest.len())
        }
        [before @ .., last] => format!("{} and `{last}`", quoted(before)),
    }
}
