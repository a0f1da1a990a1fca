//! Which lines are the heading of a list, and of which one. A line that may be one leaves the side open.

use super::item::Side;
use super::lexicon::{DENIES, LEADS, PLAIN, SENTENCE};
use super::phrase::{Phrase, Word, beginning, bracket_around, ending, phrase_in, words};
use super::tail::{DECOR, Tail, is_part, tail};

/// What a line is as a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading<'t> {
    /// The heading of a list.
    Of {
        /// Which one; nothing where it stands over both.
        side: Option<Side>,
        /// Its words, where they say more than which list it is.
        words: Option<&'t str>,
        /// What follows on its line.
        rest: &'t str,
        /// It may as well are inside an item: one word, such as `Exclusion:`, or a sentence with a marker.
        brief: bool,
    },
    /// It sets the side, and its own words may be a criterion.
    AndText(Side),
    /// It may begin another list.
    Doubtful,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The list it is in.
    pub side: Option<Side>,
    /// A marker is before it.
    pub marked: bool,
    /// A line before it may go on in it.
    pub follows: bool,
    /// The line before it ends in the middle of a sentence that must go on.
    pub hangs: bool,
    /// How the line behind it goes on.
    pub next: Continuation,
}

/// The line behind another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Continuation {
    /// It begins something.
    Begins,
    /// It begins in small letters.
    Small,
    /// It begins in the middle of a sentence: `of the register`.
    Sentence,
}

impl Continuation {
    /// How a line goes on the one before it.
    pub(super) fn of(line: Option<&str>) -> Continuation {
        let line = line.unwrap_or_default().trim();
        if !line.starts_with(char::is_lowercase) || super::marker::marked(line).is_some() {
            return Continuation::Begins;
        }
        let first = words(line).into_iter().next().map(|word| word.small).unwrap_or_default();
        if SENTENCE.contains(&first.as_str()) { Continuation::Sentence } else { Continuation::Small }
    }
}

/// What a line is as a heading; nothing for a line of text. Marks of emphasis are taken away before.
pub(super) fn heading<'t>(line: &'t str, place: Place) -> Option<Heading<'t>> {
    // The name of a list is at the beginning.
    let all = words(beginning(line, 400));
    let found = match named(line, &all) {
        Named::Nothing => return turns(line, &all, place).then_some(Heading::Doubtful),
        // `Organ function (see the exclusion criteria):` may be the heading of either list.
        Named::Aside(found) => {
            let heads = !place.marked && found.full && line.trim_end().ends_with([':', '：']);
            return (heads && place.side != found.side).then_some(Heading::Doubtful);
        }
        Named::List(found) => found,
    };
    let before: Vec<&Word> = all.iter().take_while(|word| word.start < found.start).collect();
    let post = line.get(found.end..).unwrap_or_default();
    let lead = lead(line, &before, &found);
    let tail = tail(post, found.full);
    if wraps(line, &found, &before, tail, place) {
        return None;
    }
    let brief = !found.full;
    let same = place.side.is_some() && place.side == found.side;
    let plain = |text: &'t str| {
        let extra = before.iter().any(|word| !PLAIN.contains(&word.small.as_str()));
        extra.then(|| text.trim_end_matches([' ', ':', '：', '*', '_']))
    };
    let head = || line.get(..found.end).unwrap_or_default();
    let Some(side) = found.side else {
        return match (lead, tail) {
            // `Eligibility Criteria:`, and what is no exclusion.
            (Lead::Known | Lead::Nominal, Tail::End | Tail::Colon(_) | Tail::Part { .. }) if found.full => {
                let rest = if let Tail::Colon(rest) = tail { rest } else { "" };
                let words = if matches!(tail, Tail::Part { .. }) { Some(line) } else { plain(head()) };
                Some(Heading::Of { side: None, words, rest, brief })
            }
            (Lead::Known, Tail::End | Tail::Colon(_)) if !place.marked => Some(Heading::Of {
                side: None,
                words: plain(head()),
                rest: if let Tail::Colon(rest) = tail { rest } else { "" },
                brief,
            }),
            _ => None,
        };
    };
    let doubt = (!same).then_some(Heading::Doubtful);
    if tail == Tail::End && place.next == Continuation::Sentence {
        return doubt.filter(|_| !(place.marked && lead == Lead::Sentence));
    }
    match lead {
        Lead::Known => match tail {
            Tail::End => Some(Heading::Of { side: Some(side), words: plain(head()), rest: "", brief }),
            Tail::Colon(rest) | Tail::Stop(rest) if is_part(rest) => {
                Some(Heading::Of { side: Some(side), words: Some(line), rest: "", brief })
            }
            Tail::Colon(rest) => Some(Heading::Of { side: Some(side), words: plain(head()), rest, brief }),
            Tail::Stop(rest) if !place.marked || found.full => {
                Some(Heading::Of { side: Some(side), words: plain(head()), rest, brief })
            }
            Tail::Stop(_) => None,
            Tail::Part { rest, closed } if !place.marked || closed => {
                let end = line.len() - rest.len();
                let words = line.get(..end).map(|words| words.trim_end_matches([' ', ':', '：']));
                Some(Heading::Of { side: Some(side), words, rest: rest.trim(), brief })
            }
            Tail::Says if found.full && !place.marked => Some(Heading::AndText(side)),
            Tail::Words if found.full && !place.marked => doubt,
            Tail::Part { .. } | Tail::Says | Tail::Words => None,
        },
        Lead::Nominal if !place.marked => match tail {
            Tail::Colon("") => Some(Heading::Of { side: Some(side), words: Some(line), rest: "", brief }),
            Tail::End if place.side.is_none() => {
                Some(Heading::Of { side: Some(side), words: Some(line), rest: "", brief })
            }
            _ if found.full => doubt,
            _ => None,
        },
        Lead::Sentence => {
            if !found.full || same || !line.trim_end().ends_with([':', '：']) {
                return None;
            }
            // `5. Does not meet any of the following exclusion criteria:` is an item.
            let denied = all.iter().any(|word| DENIES.contains(&word.small.as_str()));
            match denied {
                true if place.marked => None,
                true => doubt,
                false => Some(Heading::Of { side: Some(side), words: Some(line), rest: "", brief: place.marked }),
            }
        }
        Lead::Nominal => None,
    }
}

/// What a line names.
enum Named {
    Nothing,
    List(Phrase),
    /// A list is named in a bracket among other words.
    Aside(Phrase),
}

/// The list that a line names, in no bracket where it names one outside.
fn named(line: &str, all: &[Word]) -> Named {
    let mut from = 0;
    let mut aside = None;
    while let Some(found) = phrase_in(line, all, from) {
        let Some(opens) = bracket_around(line, &found) else {
            return Named::List(found);
        };
        // `Healthy controls (key exclusion criteria):`
        let alone = all
            .iter()
            .filter(|word| word.start > opens && word.start < found.start)
            .all(|word| LEADS.contains(&word.small.as_str()))
            && line.get(found.end..).is_some_and(|behind| behind.trim_start().starts_with([')', ']', '）', ':']));
        from = found.end;
        aside.get_or_insert(if alone { Named::List(found) } else { Named::Aside(found) });
    }
    aside.unwrap_or(Named::Nothing)
}

/// What is before the name of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// Nothing, or words that such headings begin with.
    Known,
    /// Other words, but no sentence.
    Nominal,
    Sentence,
}

fn lead(line: &str, before: &[&Word], found: &Phrase) -> Lead {
    let text = line.get(..found.start).unwrap_or_default();
    let known = |word: &&Word| {
        let number = word.small.len() <= 4 && word.small.chars().any(|letter| letter.is_ascii_digit());
        LEADS.contains(&word.small.as_str()) || number || word.small.chars().count() == 1
    };
    if before.iter().all(known) && before.len() <= 8 && !text.contains(['.', ';']) {
        return Lead::Known;
    }
    let sentence = before.len() > 6
        || text.contains(['.', ';', ','])
        || before.iter().any(|word| SENTENCE.contains(&word.small.as_str()));
    if sentence { Lead::Sentence } else { Lead::Nominal }
}

/// Whether the line goes on the sentence of the line before: `.. before` / `inclusion.`
fn wraps(line: &str, found: &Phrase, before: &[&Word], tail: Tail<'_>, place: Place) -> bool {
    // `3. Inclusion` / `in another study`
    if tail == Tail::End && place.next != Continuation::Begins && (!found.full || place.marked) {
        return true;
    }
    if place.marked || !place.follows {
        return false;
    }
    let small = line.starts_with(char::is_lowercase);
    if place.hangs && (small || !found.full) {
        return true;
    }
    let colon = matches!(tail, Tail::Colon(_) | Tail::Part { closed: true, .. });
    small && !(colon && found.full && before.len() <= 2)
}

/// Whether a line that names no list may turn the side: `Patients are excluded if:`
fn turns(line: &str, all: &[Word], place: Place) -> bool {
    if place.marked || !line.trim_end().ends_with([':', '：']) {
        return false;
    }
    let has = |wanted: &[&str]| all.iter().any(|word| wanted.contains(&word.small.as_str()));
    let out = has(&[
        "excluded",
        "exclude",
        "excludes",
        "excluding",
        "ineligible",
        "ineligibility",
        "exclusionary",
        "contraindications",
        "contraindication",
    ]) || has(&["not", "cannot"])
        && has(&["eligible", "enrolled", "included", "enter", "participate", "join"]);
    let back =
        has(&["eligible", "allowed", "permitted", "included", "exceptions", "exception", "except", "acceptable"]);
    let neither = has(&["withdrawal", "discontinuation", "elimination", "rejection", "dropout", "termination"])
        && has(&["criteria", "criterion"]);
    match place.side {
        Some(Side::Inclusion) => out || neither,
        Some(Side::Exclusion) => back && !out || neither,
        None => false,
    }
}

/// Where headings begin inside a line, and whether each says that criteria follow.
pub(super) fn inside(text: &str) -> Vec<(usize, bool)> {
    let all = words(text);
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(found) = phrase_in(text, &all, from) {
        from = found.end;
        if let Some(at) = heads(text, &all, &found) {
            places.push((at, found.full));
        }
    }
    places
}

/// The beginning of a heading inside a line whose phrase this is.
fn heads(text: &str, all: &[Word], found: &Phrase) -> Option<usize> {
    if bracket_around(text, found).is_some() {
        return None;
    }
    let capital = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let post = text.get(found.end..)?;
    let colon = match tail(post, found.full) {
        Tail::Colon(_) => post.trim_start_matches(DECOR).starts_with([':', '：']),
        Tail::Part { closed, .. } => closed && found.full && capital(found.start),
        _ => false,
    };
    let marker = || found.full && capital(found.start) && super::marker::marked(post.trim_start()).is_some();
    if !colon && !marker() {
        return None;
    }
    // Words that begin the heading: `Key Exclusion Criteria:`
    let mut start = found.start;
    let count = all.partition_point(|word| word.end <= found.start);
    for word in all.iter().take(count).rev() {
        let joined = text.get(word.end..start).is_some_and(|gap| gap.trim().is_empty());
        if !joined || !capital(word.start) || !LEADS.contains(&word.small.as_str()) {
            break;
        }
        start = word.start;
    }
    let before = text.get(..start)?.trim_end();
    let before = before.trim_end_matches(['*', '_', '-', '–', '•', '#']).trim_end();
    if before.is_empty() {
        return None;
    }
    let ended =
        before.ends_with(['.', ';', '!', '?', ')', '。', '；', ',']) && (found.full || !before.ends_with([',', ')']));
    let word = words(ending(before, 60)).pop().map(|word| word.small).unwrap_or_default();
    let free = capital(start) && !SENTENCE.contains(&word.as_str()) && !LEADS.contains(&word.as_str());
    (ended || free || found.side.is_some() && capital(start) && found.full && !SENTENCE.contains(&word.as_str()))
        .then_some(start)
}

/// Whether a text ends where a sentence that names a list must go on.
pub(super) fn hangs(text: &str) -> bool {
    let trimmed = text.trim_end();
    if awaits(trimmed) || trimmed.ends_with([',', '(', '/', '-']) {
        return true;
    }
    if trimmed.ends_with(['.', ';', ':', '!', '?', ')', '。', '；', '：']) {
        return false;
    }
    words(ending(trimmed, 60)).pop().is_some_and(|word| SENTENCE.contains(&word.small.as_str()))
}

/// Whether a text ends where a number must follow: `at most`, `ANC >=`
pub(super) fn awaits(text: &str) -> bool {
    let text = text.trim_end();
    if text.ends_with(['<', '>', '=', '≤', '≥', '±', '~', '×']) {
        return true;
    }
    let text = ending(text, 60);
    let last = words(text).pop().filter(|word| word.end == text.len());
    last.is_some_and(|word| {
        matches!(word.small.as_str(), "most" | "least" | "than" | "exceeding" | "about" | "approximately")
    })
}
