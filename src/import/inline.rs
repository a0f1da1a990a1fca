//! Items that stand on one line with others.

use super::marker::{Sort, marked};
use super::phrase::{ending, words};

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
    let inner = after.strip_prefix('(').unwrap_or(after);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (Some(number), Some(behind)) = (inner.get(..digits), inner.get(digits..)) else {
        return false;
    };
    if !(1..=2).contains(&digits) || number.starts_with('0') {
        return false;
    }
    let brackets = inner.len() < after.len();
    let words_behind = if brackets {
        behind.strip_prefix(") ")
    } else {
        behind.strip_prefix(". ").or_else(|| behind.strip_prefix(')'))
    };
    let Some(rest) = words_behind.map(str::trim_start) else {
        return false;
    };
    let capital = rest.starts_with(|letter: char| letter.is_uppercase() || !letter.is_ascii());
    let ended = before.ends_with(['.', ';', ':', '。', '；', '!', '?']);
    let next = number.parse::<usize>().ok().filter(|_| first.is_some()) == first.map(|first| first + 1);
    let same = match sort {
        Sort::Brackets => brackets,
        Sort::Bracket => !brackets && behind.starts_with(')'),
        _ => !brackets && behind.starts_with('.'),
    };
    if ended && capital && !brackets {
        return true;
    }
    if !(next && same && first.is_some()) || rest.is_empty() {
        return false;
    }
    if before.ends_with(['.', ';', ':', ',', '。', '；', '!', '?']) {
        return true;
    }
    // Without a stop: only behind a plain word.
    let last = words(ending(before, 60)).pop().map(|word| word.small).unwrap_or_default();
    let plain =
        last.chars().count() > 2 && last.chars().all(char::is_alphabetic) && before.ends_with(char::is_alphabetic);
    capital && plain && !COUNTS.contains(&last.as_str())
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
