//! Nearest-name suggestions: near and of the right kind, or none.

use super::{Diagnostic, Safety};
use crate::source::Span;

/// Adds "did you mean" and an edit for each near name.
pub fn suggesting(diagnostic: Diagnostic, span: Span, near: &[&str]) -> Diagnostic {
    let diagnostic = match did_you_mean(near) {
        Some(question) => diagnostic.help(question),
        None => diagnostic,
    };
    near.iter().fold(diagnostic, |diagnostic, one| diagnostic.fix(format!("write `{one}`"), span, *one, Safety::Ask))
}

/// The candidates nearest to `wanted`, best first, at most `most`: case-insensitive equality, then edit distance
/// (optimal string alignment) up to a third of the length, ties in alphabetical order.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let lower = wanted.to_lowercase();
    let limit = (lower.chars().count() / 3).max(1);
    let mut scored: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            let spaced = other.replace('_', "");
            if other == lower || spaced == lower.replace('_', "") {
                return Some((0, candidate));
            }
            let distance = edit_distance(&lower, &other);
            (distance <= limit).then_some((distance, candidate))
        })
        .collect();
    scored.sort();
    scored.dedup();
    let best = scored.first().map_or(0, |(distance, _)| *distance);
    // Next to the very word nothing else is meant.
    let farthest = if best == 0 { 0 } else { best + 1 };
    scored.into_iter().filter(|(distance, _)| *distance <= farthest).take(most).map(|(_, name)| name).collect()
}

/// The same of names that mean something of a patient, where one letter more is another test, another drug or the
/// opposite: only those that can be `wanted` misspelt (`platelts`, `car-t`). Nothing is offered across a digit (`cd4`,
/// `c4`), a short word (`ebv_igg`, `ebv_igm`; `hbsab`, `hbsag`; `QTcF`, `qtc`), a first letter (`cetuximab`,
/// `rituximab`) or a prefix that turns a word round (`hypotension`, `hypertension`).
pub fn nearest_names<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    nearest(wanted, candidates.into_iter().filter(|candidate| may_be(wanted, candidate)), most)
}

/// Whether `wanted` can be the name misspelt.
fn may_be(wanted: &str, name: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if plain(wanted) == plain(name) {
        return true;
    }
    if digits(wanted) != digits(name) {
        return false;
    }
    let (wanted, name) = (wanted.to_lowercase(), name.to_lowercase());
    let parts = |text: &str| text.split(['_', '-', ' ']).map(str::to_owned).collect::<Vec<String>>();
    let (ours, theirs) = (parts(&wanted), parts(&name));
    if ours.len() != theirs.len() {
        // A word more or less says more or less.
        let whole = |one: &[String], other: &[String]| one.len() < other.len() && other.starts_with(one);
        return !whole(&ours, &theirs) && !whole(&theirs, &ours) && is_slip(&plain(&wanted), &plain(&name));
    }
    ours.iter().zip(&theirs).all(|(one, other)| one == other || is_slip(one, other))
}

/// Prefixes by which a word means another thing.
const TURNING: &[(&str, &str)] = &[
    ("hypo", "hyper"),
    ("pre", "post"),
    ("micro", "macro"),
    ("intra", "extra"),
    ("un", ""),
    ("in", ""),
    ("im", ""),
    ("non", ""),
    ("not", ""),
    ("anti", ""),
    ("a", ""),
];

/// Whether one word can be the other misspelt.
fn is_slip(one: &str, other: &str) -> bool {
    let turned = |one: &str, other: &str| {
        TURNING.iter().any(|(from, to)| {
            one.strip_prefix(from).is_some_and(|rest| {
                other.strip_prefix(to).is_some_and(|other| edit_distance(rest, other) <= 1) && !one.starts_with(other)
            })
        })
    };
    let letters = one.chars().count().max(other.chars().count());
    let distance = edit_distance(one, other);
    if letters <= 5 {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        let single = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.dedup();
            letters
        };
        let roman = |text: &str| text.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
        let swapped = sorted(one) == sorted(other);
        return distance == 1 && !roman(one) && (swapped || single(one) == single(other));
    }
    let most = if letters >= 13 { 2 } else { 1 };
    let first = one.chars().next() == other.chars().next();
    first && distance <= most && !turned(one, other) && !turned(other, one)
}

/// Optimal string alignment distance: insert, delete, replace, and swap of neighbours each cost one.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (get(&above, j) + usize::from(x != y)).min(get(&above, j + 1) + 1).min(get(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(get(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

/// "did you mean `a` or `b`?", or nothing when the list is empty.
pub fn did_you_mean(names: &[&str]) -> Option<String> {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (last, rest) = quoted.split_last()?;
    Some(if rest.is_empty() {
        format!("did you mean {last}?")
    } else {
        format!("did you mean {} or {last}?", rest.join(", "))
    })
}
