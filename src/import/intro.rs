//! Lines that introduce others, and remarks: whether what is under a line may be taken apart from it.

use super::item::Side;
use super::phrase::{Word, beginning, ending, words};

/// Whether a line announces items.
pub(super) fn announces(text: &str) -> bool {
    if text.ends_with([':', '：']) {
        return true;
    }
    if text.len() >= 200 {
        return false;
    }
    let small = text.to_lowercase();
    (small.contains("following") || small.contains("as below")) && small.contains("criteria")
}

/// Words that turn what they introduce into what is not meant.
const TURNS: &[&str] = &[
    "except",
    "exception",
    "exceptions",
    "excepting",
    "unless",
    "other",
    "excluding",
    "exclude",
    "excluded",
    "excludes",
    "ineligible",
    "eligible",
    "allowed",
    "permitted",
    "acceptable",
    "not",
    "no",
    "without",
    "however",
    "but",
    "waived",
];

/// Words that ask for some of what they introduce.
const SOME: &[&str] = &["any", "either", "or", "some", "more", "minimum", "whichever"];

/// Numbers that may ask for so many of it.
const NUMBERS: &[&str] = &["one", "two", "three", "four", "five", "1", "2", "3", "4", "5"];

/// Words that make a number one of something else: `within 3 days`.
const UNITS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "h", "minutes", "times", "mg",
    "g", "kg", "ml", "x", "half", "cycle", "cycles", "dose", "doses",
];

/// Words that ask for all of it.
const ALL: &[&str] = &["all", "each", "every", "both"];

/// Whether each item under an introduction is a criterion of its side by itself: all that must hold of an inclusion, any
/// that must not of an exclusion. Where it may not be, the whole is one text.
pub(super) fn splits(side: Option<Side>, text: &str) -> bool {
    let inside = words(ending(text, 600));
    let has = |wanted: &[&str]| inside.iter().any(|word: &Word| wanted.contains(&word.small.as_str()));
    let numbers = |wanted: &[&str]| {
        let counts = |at: usize| !inside.get(at + 1).is_some_and(|next| UNITS.contains(&next.small.as_str()));
        inside.iter().enumerate().any(|(at, word)| wanted.contains(&word.small.as_str()) && counts(at))
    };
    let many = NUMBERS.iter().copied().filter(|number| !matches!(*number, "one" | "1")).collect::<Vec<_>>();
    match side {
        Some(Side::Inclusion) => {
            let all = has(ALL) && !has(&["or"]) && !numbers(&["one", "1"]);
            !has(TURNS) && (all || !has(SOME) && !numbers(NUMBERS))
        }
        // `Patients with any of the following are not eligible:` names what bars.
        Some(Side::Exclusion) if has(&["following", "below"]) => {
            let people = inside.first().is_some_and(|word| {
                matches!(word.small.as_str(), "patients" | "subjects" | "participants" | "individuals" | "any" | "the")
            });
            let lifted = has(&["except", "unless", "exception", "exceptions"]);
            !lifted && !numbers(&many) && (!has(ALL) || has(&["any"])) && (people || !has(TURNS))
        }
        Some(Side::Exclusion) => !has(TURNS) && !numbers(&many) && !has(ALL),
        None => !has(TURNS) && !has(SOME) && !numbers(NUMBERS),
    }
}

/// Whether a line is a remark on what is before it.
pub(super) fn is_note(text: &str) -> bool {
    let small = beginning(text, 40).to_lowercase();
    let small = small.trim_start_matches(['*', '_', '(', '[']);
    ["note:", "note that ", "notes:", "note -", "note –", "nb:", "n.b.", "remark:", "note：", "注："]
        .iter()
        .any(|word| small.starts_with(word))
}
