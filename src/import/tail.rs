//! What is behind the name of a list in its heading: a colon, whom the list is for, or the words of a sentence.

use super::lexicon::{PARTS, SENTENCE};
use super::marker::marked;
use super::phrase::{beginning, closing, phrase_in, words};

/// What is behind the name of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail<'t> {
    /// Nothing more.
    End,
    /// A colon, and the rest of the line.
    Colon(&'t str),
    /// A full stop, and the rest of the line.
    Stop(&'t str),
    /// `for patients:`, `- Part 1`: whom it is for, whether a colon closes it, and the rest of the line.
    Part { rest: &'t str, closed: bool },
    /// More words, which may be a criterion.
    Says,
    /// Words that go on a sentence.
    Words,
}

/// Marks of emphasis, and blanks.
pub(super) const DECOR: [char; 5] = ['*', '_', '#', ' ', '\t'];

/// What is behind the name of a list; `full` where that says that criteria follow.
pub(super) fn tail(post: &str, full: bool) -> Tail<'_> {
    let post = post.trim_matches(DECOR);
    let mut letters = post.chars();
    match letters.next() {
        None => return Tail::End,
        Some(':' | '：') => return Tail::Colon(letters.as_str().trim_matches([':', '*', '_', ' ', '\t'])),
        Some('.' | ';' | '。') => {
            let rest = letters.as_str().trim_matches([':', '*', '_', ' ', '\t']);
            return if rest.is_empty() { Tail::End } else { Tail::Stop(rest) };
        }
        _ => {}
    }
    // `Inclusion Criteria 1. Adults 2. ..`
    if marked(post).is_some_and(|found| found.places().iter().any(|(_, place)| *place == 1)) {
        return Tail::Colon(post);
    }
    let (head, rest, closed) = match beginning(post, 400).find([':', '：']) {
        Some(at) => {
            let rest = post.get(at..).unwrap_or_default().trim_start_matches([':', '：']);
            (post.get(..at).unwrap_or_default(), rest, true)
        }
        None => (beginning(post, 400), "", false),
    };
    let inside = words(head);
    let Some(first) = inside.first() else {
        // `Inclusion Criteria -`, `(:`
        return if closed { Tail::Colon(rest.trim()) } else { Tail::End };
    };
    let opens = post.starts_with(['-', '–', '—', '(', '[', '/', ',', '（']);
    let list = matches!(
        first.small.as_str(),
        "are"
            | "is"
            | "include"
            | "includes"
            | "included"
            | "including"
            | "were"
            | "list"
            | "as"
            | "below"
            | "follow"
            | "follows"
            | "following"
    );
    if list {
        return if closed && rest.trim().is_empty() { Tail::Colon("") } else { Tail::Says };
    }
    let names = matches!(first.small.as_str(), "for" | "of" | "in" | "at" | "to" | "only" | "common" | "specific")
        || PARTS.contains(&first.small.as_str());
    if !(opens || names) {
        return Tail::Words;
    }
    if let Some(tail) = bracket(post).filter(|_| full) {
        return tail;
    }
    // Headings of one word have no long tail: `Exclusion of tuberculosis by X-ray: ..`
    let long = !full && !is_part(head) || head.contains(['.', ';', '•']) || phrase_in(head, &inside, 0).is_some();
    if inside.len() <= 14 && closed && !long {
        return Tail::Part { rest, closed };
    }
    if is_part(head) && !closed { Tail::Part { rest: "", closed: false } } else { Tail::Says }
}

/// `(see the exclusion criteria):`, `[all must be met]`: a bracket that says of the list how it is read, and no criterion.
fn bracket(post: &str) -> Option<Tail<'_>> {
    let inside = beginning(post, 400).strip_prefix(['(', '[', '（'])?;
    let opened = post.len().min(beginning(post, 400).len()) - inside.len();
    let closes = closing(inside, 1)?;
    let text = inside.get(..closes)?;
    let all = words(text);
    let says = phrase_in(text, &all, 0).is_some()
        || all.last().is_some_and(|word| matches!(word.small.as_str(), "met" | "apply" | "fulfilled" | "below"));
    let behind = post.get(opened + closes..)?;
    let behind = behind.trim_start_matches([')', ']', '）']).trim_start_matches(DECOR);
    let rest = behind.strip_prefix([':', '：']);
    match rest {
        Some(rest) if says => {
            Some(Tail::Part { rest: rest.trim_start_matches([':', '*', '_', ' ', '\t']), closed: true })
        }
        None if says && behind.is_empty() => Some(Tail::Part { rest: "", closed: false }),
        _ => None,
    }
}

/// Whether a line right below the name of a list only says whom it is for: `- Part 1`, `for patients of cohort A`. Where a
/// word more stands it may be a criterion: `Group A streptococcus`, `for women, a pregnancy test`.
pub(super) fn names_people(line: &str) -> bool {
    let text = line.trim_start_matches(['-', '–', '—']).trim_start();
    let opens = text.starts_with(['(', '[', '（']);
    if !is_part(text) || !opens && marked(text).is_some() {
        return false;
    }
    let all = words(text);
    let known = |word: &str| {
        matches!(word, "for" | "of" | "in" | "the" | "all" | "and" | "or" | "only")
            || word.chars().count() <= 2
            || word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'i' | b'v' | b'x'))
            || PARTS.contains(&word)
    };
    // `Healthy volunteers` by itself is a criterion.
    let named = matches!(
        all.first().map(|word| word.small.as_str()),
        Some(
            "for"
                | "part"
                | "parts"
                | "cohort"
                | "cohorts"
                | "phase"
                | "phases"
                | "arm"
                | "arms"
                | "group"
                | "groups"
                | "substudy"
        )
    );
    (opens || named) && all.iter().all(|word| known(&word.small))
}

/// `Part 1`, `for cohort A`, `(phase 2)`: whom a list is for, and no criterion.
pub(super) fn is_part(text: &str) -> bool {
    let text = text.trim_matches([' ', ':', '.', '*', '_', '-', '–', '—', '(', ')', '[', ']', ',']);
    let inside = words(text);
    let names = inside.iter().filter(|word| !matches!(word.small.as_str(), "for" | "of" | "in" | "the" | "all"));
    let first = names.into_iter().next().is_some_and(|word| PARTS.contains(&word.small.as_str()));
    let sentence = inside.iter().any(|word| {
        let small = word.small.as_str();
        SENTENCE.contains(&small) && !matches!(small, "of" | "the" | "all" | "a" | "at")
    });
    first && inside.len() <= 6 && !sentence && !text.contains(['<', '>', '≥', '≤', '='])
}
