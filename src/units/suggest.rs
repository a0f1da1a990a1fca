//! A text that is not a unit in, the whole units it may have meant out.

use super::accepted::is_common;
use super::error::{UnitError, UnitProblem};
use super::parse::{names, unit};
use super::table::SLIPS;
use super::{LOST_POWERS, Unit};

/// How many units are offered at most.
const MOST: usize = 3;
/// How many names of one text may be wrong before nothing is offered.
const MAX_WRONG: usize = 3;

/// The units nearest to `text`, the likeliest first, each meaning something else; empty when none is
/// near. A unit that is not in use (`mm/dL` for `mmg/dL`) is offered only when all are such.
pub(super) fn nearest(text: &str, error: &UnitError) -> Vec<String> {
    let mut found: Vec<(String, Unit)> = Vec::new();
    for candidate in replacements(text, error) {
        if let Some((whole, unit)) = repaired(candidate, MAX_WRONG - 1)
            && !found.iter().any(|(_, known)| known.ucum() == unit.ucum())
        {
            found.push((whole, unit));
        }
    }
    if found.iter().any(|(_, unit)| is_common(unit)) {
        found.retain(|(_, unit)| is_common(unit));
    }
    found.into_iter().map(|(whole, _)| whole).take(MOST).collect()
}

/// `text` itself when it is a unit, else with its next wrong names replaced by the likeliest ones.
fn repaired(text: String, tries: usize) -> Option<(String, Unit)> {
    match unit(&text) {
        Ok(unit) => Some((text, unit)),
        Err(error) if tries > 0 => replacements(&text, &error).find_map(|candidate| repaired(candidate, tries - 1)),
        Err(_) => None,
    }
}

/// `text` with the part at fault replaced by each thing it may have meant.
fn replacements(text: &str, error: &UnitError) -> impl Iterator<Item = String> {
    let parts = match &error.problem {
        UnitProblem::UnknownName { name } => near(name),
        UnitProblem::AmbiguousPower => vec!["10*"],
        UnitProblem::LostSuperscript { power } => {
            let known = LOST_POWERS.iter().position(|known| known == power);
            known.and_then(|at| POWERS.get(at)).copied().into_iter().collect()
        }
        UnitProblem::Refused { .. }
        | UnitProblem::Empty
        | UnitProblem::TooLong
        | UnitProblem::Unexpected { .. }
        | UnitProblem::EndsEarly
        | UnitProblem::Unclosed { .. }
        | UnitProblem::BadNumber => Vec::new(),
    };
    let before = text.get(..error.at).unwrap_or_default().to_owned();
    let after = text.get(error.at + error.length..).unwrap_or_default().to_owned();
    parts.into_iter().map(move |part| format!("{before}{part}{after}"))
}

/// The known names near a wrong one: slips of the table and the same letters in another case; when
/// there are none, the names few edits away.
fn near(name: &str) -> Vec<&'static str> {
    let slips = SLIPS.iter().filter(|(slip, _)| *slip == name).map(|(_, meant)| *meant);
    let other_case = names().filter(|known| known.eq_ignore_ascii_case(name));
    let slips_in_other_case = SLIPS.iter().filter(|(slip, _)| slip.eq_ignore_ascii_case(name)).map(|(_, meant)| *meant);
    let mut edited: Vec<(usize, &'static str)> = names()
        .filter_map(|known| {
            let allowed = match name.chars().count() {
                0..=2 => 0,
                3..=5 => 1,
                _ => 2,
            };
            let distance = edit_distance(name, known);
            (known.chars().count() > 1 && distance <= allowed).then_some((distance, known))
        })
        .collect();
    edited.sort_by_key(|(distance, _)| *distance);
    let edited = edited.into_iter().map(|(_, known)| known);
    let mut all: Vec<&'static str> = Vec::new();
    for known in slips.chain(other_case).chain(slips_in_other_case) {
        if !all.contains(&known) {
            all.push(known);
        }
    }
    if all.is_empty() { edited.collect() } else { all }
}

/// The fewest insertions, deletions, replacements and swaps of neighbours that turn one word into
/// the other.
fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let cell = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
    let mut last_but_one: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (line, from) in a.iter().enumerate() {
        let mut row = vec![line + 1];
        for (column, to) in b.iter().enumerate() {
            let edited = (cell(&last, column) + usize::from(from != to))
                .min(cell(&last, column + 1) + 1)
                .min(cell(&row, column) + 1);
            let swapped = match (line.checked_sub(1), column.checked_sub(1)) {
                (Some(above), Some(left)) if a.get(above) == Some(to) && b.get(left) == Some(from) => {
                    cell(&last_but_one, left) + 1
                }
                _ => edited,
            };
            row.push(edited.min(swapped));
        }
        last_but_one = std::mem::replace(&mut last, row);
    }
    cell(&last, b.len())
}

/// The powers of ten of [`LOST_POWERS`], as they are written.
const POWERS: [&str; 14] = [
    "10*2", "10*3", "10*4", "10*5", "10*6", "10*7", "10*8", "10*9", "10*10", "10*11", "10*12", "10*13", "10*14",
    "10*15",
];
