//! Windows and lengths of time in other words.

use super::sentence::{Pattern, PhraseMatch, S, phrase_match};
use crate::syntax::errors;

pub(super) const PATTERNS: &[Pattern] = &[
    two_lengths,
    looks_back,
    for_length,
    half_lives,
    one_unit,
    signed,
    bare_length,
    any_time,
    at_time_of,
    of_study,
    within_anchor,
    calendar_date,
];

/// `within 30 days or 5 half_lives, whichever is longer, before screening`
fn two_lengths(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.word(at) != "within" {
        return None;
    }
    let (one_end, one) = s.length(at + 1)?;
    let own = s.side(one_end);
    let mut end = own.as_ref().map_or(one_end, |(end, _)| *end);
    end += usize::from(s.is(end, &[",", "("]));
    end = s.phrase(end, &[&["and", "/", "or"], &["or"]])?;
    end += usize::from(s.word(end) == "within");
    let (two_end, two) = s.length(end)?;
    let mut other = s.side(two_end);
    end = other.as_ref().map_or(two_end, |(end, _)| *end);
    let mut shorter = false;
    for _ in 0..2 {
        end += usize::from(s.is(end, &[",", "(", ")"]));
        if s.word(end) == "whichever" {
            end += 1 + usize::from(s.word(end + 1) == "is");
            shorter = s.is(end, &["shorter", "shortest", "less", "smaller", "sooner"]);
            end += 1;
        }
    }
    if other.is_none() {
        other = s.side(end);
        end = other.as_ref().map_or(end, |(end, _)| *end);
    }
    let default = || "before screening".to_owned();
    let unsaid = own.is_none() && other.is_none();
    let own = own.map(|(_, side)| side);
    let other = other.map(|(_, side)| side);
    let one_side = own.clone().or_else(|| other.clone()).unwrap_or_else(default);
    let two_side = other.or(own).unwrap_or_else(default);
    let start = s.subject(at);
    let subject = s.said(start..at);
    let instead = if shorter {
        format!("{subject} within {one} {one_side} within {two} {two_side}")
    } else {
        let join = if s.is(start, &["no"]) || s.before(start) == "not" { "and" } else { "or" };
        let not = if s.before(start) == "not" { "not " } else { "" };
        format!("{subject} within {one} {one_side} {join} {not}{subject} within {two} {two_side}")
    };
    let read = if unsaid { "before".to_owned() } else { one_side };
    let diagnostic = errors::two_lengths(s.span(at..end), s.span(start..end), &two, &instead, shorter);
    Some(phrase_match(s, at..end, format!("within {one} {read}"), diagnostic))
}

/// `in the last 3 months`, `within the 6 months prior to screening`, `for the past 2 weeks`
fn looks_back(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let leads = s.is(at, &["in", "within", "during", "over", "for", "throughout"]);
    let mut length = at + usize::from(leads);
    let the = s.word(length) == "the";
    length += usize::from(the);
    let back = s.is(length, &["last", "past", "previous", "preceding", "prior"]);
    length += usize::from(back);
    let stretch = s.is(at, &["in", "during", "over"]);
    if !(back || stretch || the && s.word(at) == "within") {
        return None;
    }
    let (end, written) = s.length(length)?;
    // `no prednisone for the last 6 months` is none in that time; `no .. for at least` would deny one unbroken course.
    let word = if s.word(at) == "for" && !s.denied(at) { "for at least" } else { "within" };
    let side = s.side(end).filter(|(_, side)| word == "within" || side.starts_with("before"));
    let (end, read, instead, anchored) = match side {
        Some((end, side)) if side.contains(' ') => (end, side.clone(), side, true),
        Some((end, side)) => (end, side.clone(), format!("{side} screening"), false),
        None => (end, "before".to_owned(), "before screening".to_owned(), false),
    };
    let instead = format!("{word} {written} {instead}");
    let diagnostic = errors::looks_back(s.span(at..end), &s.said(at..end), &instead, anchored);
    Some(phrase_match(s, at..end, format!("{word} {written} {read}"), diagnostic))
}

/// `for 8 weeks`, `for >= 8 weeks before screening`, `for more than 2 months`
fn for_length(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.word(at) != "for" {
        return None;
    }
    let least: &[&[&str]] =
        &[&["a", "minimum", "of"], &["minimum"], &[">", "="], &["more", "than"], &[">="], &["≥"], &[">"], &["over"]];
    let length = s.phrase(at + 1, least).unwrap_or(at + 1);
    let (end, written) = s.length(length)?;
    let side = s.side(end).filter(|(_, side)| side.starts_with("before"));
    let (end, read, instead) = match side {
        Some((end, side)) if side.contains(' ') => (end, side.clone(), side),
        Some((end, _)) => (end, "before".to_owned(), "before screening".to_owned()),
        None => (end, "before".to_owned(), "before screening".to_owned()),
    };
    let (word, denied) = if s.denied(at) { ("within", true) } else { ("for at least", false) };
    let instead = format!("{word} {written} {instead}");
    let short = if denied { None } else { Some(written.as_str()) };
    let diagnostic = errors::for_length(s.span(at..end), &s.said(at..length + 2), &instead, short);
    Some(phrase_match(s, at..end, format!("{word} {written} {read}"), diagnostic))
}

/// `5 half-lives`
fn half_lives(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.word(at + 1) != "half" {
        return None;
    }
    let (end, written) = s.length(at)?;
    let diagnostic = errors::window_in_words(s.span(at + 1..end), &s.said(at + 1..end), "half_lives", "one word");
    Some(phrase_match(s, at..end, written, errors::safe(diagnostic)))
}

/// `within a week`, `within two weeks`
fn one_unit(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let counted = matches!(s.before(at), "within" | "than" | "least" | "most");
    let number = match s.word(at) {
        "a" | "an" => "1",
        word => errors::number_word(word)?,
    };
    if !counted || !s.is_free(at + 1) || crate::units::TimeUnit::parse(s.word(at + 1)).is_none() {
        return None;
    }
    let diagnostic = errors::in_digits(s.span(at..at + 1), &s.said(at..at + 2), number);
    Some(phrase_match(s, at..at + 1, number, diagnostic))
}

/// `within -7 days of screening`
fn signed(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if s.word(at) != "within" || !s.is(at + 1, &["-", "+", "±"]) {
        return None;
    }
    let (end, written) = s.length(at + 2)?;
    let back = s.word(at + 1) == "-";
    let (end, side) = s.side(end).unwrap_or((end, "of".to_owned()));
    let anchor = side.split_once(' ').map_or("screening", |(_, anchor)| anchor);
    let instead = format!("within {written} {} {anchor}", if back { "before" } else { "after" });
    let diagnostic = errors::signed_length(s.span(at..end), &s.said(at + 1..at + 4), &instead);
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `stroke 6 months before screening`
fn bare_length(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.behind_subject(at) || s.misspelt(at - 1..at) {
        return None;
    }
    let (length, written) = s.length(at)?;
    let (end, side) = s.side(length)?;
    if side.starts_with("of") {
        return None;
    }
    let diagnostic = errors::bare_length(s.span(at..length), &written, &s.said(length..end), s.denied(at));
    Some(phrase_match(s, at..length, format!("within {written}"), diagnostic))
}

/// `stroke ever`, `stroke at any time`
fn any_time(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let phrases: &[&[&str]] = &[
        &["at", "any", "time"],
        &["at", "any", "point"],
        &["ever"],
        &["anytime"],
        &["in", "the", "past"],
        &["in", "their", "lifetime"],
    ];
    let end = s.phrase(at, phrases).filter(|_| s.behind_subject(at))?;
    let start = s.subject(at);
    let diagnostic = errors::any_time(s.span(at..end), &s.said(at..end), &s.said(start..at));
    Some(phrase_match(s, at..end, "", diagnostic))
}

/// `age at the time of consent`
fn at_time_of(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["at", "on"]) {
        return None;
    }
    let day = at + 1 + usize::from(s.word(at + 1) == "the");
    if !s.is(day, &["time", "day", "date", "signing"]) || s.word(day + 1) != "of" {
        return None;
    }
    let the = day + 2 + usize::from(s.word(day + 2) == "the");
    let anchor = the + s.phrase(the, &[&["signing"], &["informed"]]).map_or(0, |_| 1);
    if !s.is_name(anchor) {
        return None;
    }
    let instead = format!("at {}", s.said(anchor..anchor + 1));
    let diagnostic =
        errors::window_in_words(s.span(at..anchor + 1), &s.said(at..anchor + 1), &instead, "an anchor is a day");
    Some(phrase_match(s, at..anchor + 1, instead, diagnostic))
}

/// `during the study`
fn of_study(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["during", "throughout", "in", "on"]) || !s.behind_subject(at) {
        return None;
    }
    let study = at + 1 + usize::from(s.word(at + 1) == "the");
    if !s.is(study, &["study", "trial", "treatment", "participation", "screening"]) {
        return None;
    }
    let anchor = if s.word(study) == "screening" { "at screening" } else { "after screening" };
    let diagnostic = errors::of_study(s.span(at..study + 1), &s.said(at..study + 1), anchor);
    Some(phrase_match(s, at..study + 1, anchor, diagnostic))
}

/// `within screening`
fn within_anchor(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let anchor = at + 1;
    let no_number = s.is_free(anchor) && errors::number_word(s.word(anchor)).is_none();
    if s.word(at) != "within" || !no_number || s.is(anchor, &["a", "an", "the", "last", "past", "previous"]) {
        return None;
    }
    let diagnostic = errors::within_anchor(s.span(at..anchor), &s.said(anchor..anchor + 1));
    Some(phrase_match(s, at..anchor, "at", diagnostic))
}

/// `stroke before 2024-01-01`
fn calendar_date(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["before", "after", "at", "since", "on", "until"]) || !s.is_number(at + 1) {
        return None;
    }
    let year = s.word(at + 1).len() == 4 && s.length(at + 1).is_none() && s.word(at + 1).parse::<u32>().is_ok();
    let mut end = at + 2;
    while s.word(end) == "-" && s.is_number(end + 1) && end < at + 6 {
        end += 2;
    }
    if !year {
        return None;
    }
    let side = if s.is(at, &["after", "since"]) { "after" } else { "before" };
    let diagnostic = errors::calendar_date(s.span(at + 1..end), side);
    Some(phrase_match(s, at..end, format!("{side} screening"), diagnostic))
}
