//! Items that are on one line with others.

use super::marker::{Sort, marked};
use super::phrase::{beginning, ending, in_brackets, words};

/// Words before a number that counts or grades, and is no marker.
const COUNTS: &[&str] = &[
    "grade",
    "class",
    "stage",
    "type",
    "phase",
    "than",
    "part",
    "cohort",
    "day",
    "week",
    "month",
    "visit",
    "cycle",
    "level",
    "score",
    "section",
    "arm",
    "group",
    "least",
    "most",
    "about",
    "approximately",
    "every",
    "version",
    "step",
    "and",
    "or",
    "to",
    "of",
    "with",
    "within",
    "criterion",
    "criteria",
    "number",
    "item",
    "figure",
    "table",
    "appendix",
];

/// The first item of a line, and what follows where a second one is marked inside it: with `next` as the number of the
/// first, the one behind it needs no stop before.
pub(super) fn split(text: &str, sort: Sort, first: Option<usize>) -> (&str, Option<&str>) {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(char::is_whitespace)) {
        let blank = at + found;
        at = blank + text.get(blank..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let (Some(before), Some(after)) = (text.get(..blank), text.get(at..)) else {
            break;
        };
        let before = before.trim_end();
        if !before.is_empty() && begins_item(before, after, sort, first) {
            return (before, Some(after));
        }
    }
    (text, None)
}

fn begins_item(before: &str, after: &str, sort: Sort, first: Option<usize>) -> bool {
    if after.starts_with(['•', '●', '▪', '■', '‣']) {
        return after.chars().nth(1).is_some_and(char::is_whitespace);
    }
    // A marker is short, and what it marks begins right behind it.
    let Some(found) = marked(beginning(after, 60)) else {
        return false;
    };
    let Some(number) = found.number.as_deref().filter(|number| number.len() <= 4 && !number.starts_with('0')) else {
        return false;
    };
    let capital = found.rest.starts_with(|letter: char| letter.is_uppercase() || !letter.is_ascii());
    let ended = before.ends_with(['.', ';', ':', '。', '；', '!', '?']);
    let digits = number.bytes().all(|byte| byte.is_ascii_digit()) && number.len() <= 2;
    if ended && capital && digits && matches!(found.sort, Sort::Point | Sort::Bracket) {
        return true;
    }
    let Some(next) = first.map(|first| first + 1) else {
        return false;
    };
    let bracket =
        |text: &str| marked(text).is_some() && text.find([')', '）']).is_some_and(|at| at <= number.len() + 1);
    let closed = bracket(beginning(after, 60));
    let kinds = match sort {
        Sort::Roman => [Sort::Roman, Sort::Letter],
        Sort::CapitalRoman => [Sort::CapitalRoman, Sort::Capital],
        Sort::Letter => [Sort::Letter, Sort::Roman],
        Sort::Capital => [Sort::Capital, Sort::CapitalRoman],
        Sort::Alone | Sort::Bare => [Sort::Point, Sort::Point],
        sort => [sort, sort],
    };
    if !found.places().iter().any(|(sort, place)| *place == next && kinds.contains(sort)) || in_brackets(before) {
        return false;
    }
    let begins = found.rest.starts_with(|letter: char| letter.is_alphabetic() || "<>≤≥".contains(letter));
    let last = words(ending(before, 60)).pop().map(|word| word.small).unwrap_or_default();
    let names = COUNTS.contains(&last.as_str()) && !ended && !before.ends_with([',', ')', ']']);
    if ended || before.ends_with(',') {
        return begins;
    }
    // `1) One of: 1) fever 2) rash`
    if ending(before, 600).split_whitespace().any(|word| matches!(word, "1)" | "(1)" | "a)" | "(a)" | "i)" | "(i)")) {
        return false;
    }
    // `1) Is old enough 2) has consented`; `1. Is old enough 2. Has consented`
    begins && !names && (closed || capital && digits)
}

/// Whether a text ends in a word that a number follows: `.. at visit`
pub(super) fn counts(text: &str) -> bool {
    let text = ending(text.trim_end(), 60);
    words(text).pop().is_some_and(|word| text.len() == word.end && COUNTS.contains(&word.small.as_str()))
}

/// Whether a list with markers begins behind the heading at the start of a text.
pub(super) fn begins_list(text: &str) -> bool {
    let Some((_, rest)) = text.split_once([':', '：']) else {
        return false;
    };
    marked(rest.trim_start()).is_some_and(|found| found.places().iter().any(|(_, place)| *place == 1))
}
