//! A criterion's number, and what a person judges, in other forms.

use super::sentence::{Pattern, PhraseMatch, S, phrase_match};
use crate::syntax::errors;

pub(super) const PATTERNS: &[Pattern] = &[number, judged_by, unquoted, opinion, text_alone];

/// `exclude E17: pregnant`, `exclude 17. pregnant`, `exclude [E17]: pregnant`
fn number(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if at != s.first {
        return None;
    }
    if s.first > 1 {
        let colon = s.is(at, &[":", ".", "-", ")"]) && at + 1 < s.tokens.len();
        return colon.then(|| {
            let diagnostic = errors::number_sign(s.span(at..at + 1), &s.said(at..at + 1));
            phrase_match(s, at..at + 1, "", diagnostic)
        });
    }
    let round = usize::from(s.word(at) == "(");
    let id = at + round + usize::from(s.word(at + round) == "#");
    let token = s.word(id);
    let numbered = token.len() < 8 && token.bytes().any(|byte| byte.is_ascii_digit()) && {
        let letters = token.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        letters.len() <= 1 && letters.chars().all(|c| c.is_ascii_alphabetic())
    };
    if !numbered {
        return None;
    }
    let sign = s.is(id + 1, &[":", ".", ")"]);
    if !(sign || id > at) || round > 0 && s.word(id + 1) != ")" {
        return None;
    }
    let end = id + 1 + usize::from(sign);
    let end = end + usize::from(round > 0 && s.is(end, &[":", "."]));
    if end >= s.tokens.len() {
        return None;
    }
    let written = format!("[{}]", s.said(id..id + 1));
    let diagnostic = errors::number_in_brackets(s.span(at..end), &written);
    Some(phrase_match(s, at..end, written, diagnostic))
}

/// `judged by investigator "unsuitable"`
fn judged_by(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let by = s.words(at, &["judged", "by"])?;
    let who = by + usize::from(s.word(by) == "the");
    if !s.is_free(who) || !s.word(who + 1).starts_with('"') {
        return None;
    }
    let instead = format!("judged {} by {}", s.said(who + 1..who + 2), s.said(who..who + 1));
    let diagnostic = errors::order_of_judged(s.span(at..who + 2), &instead);
    Some(phrase_match(s, at..who + 2, instead, diagnostic))
}

/// `judged unsuitable`, `todo: encode this`
fn unquoted(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    if !s.is(at, &["judged", "todo"]) {
        return None;
    }
    let text = at + 1 + usize::from(s.word(at + 1) == ":");
    let end = (text..s.tokens.len().min(text + 60))
        .find(|end| s.is(*end, &["when", "unless", "and", "or", ")", "}", ",", "("]))
        .unwrap_or(s.tokens.len().min(text + 60));
    if text >= end || (text..end).any(|quoted| s.word(quoted).starts_with('"')) && text == at + 1 {
        return None;
    }
    let word = s.said(at..at + 1);
    let said = s.said(text..end);
    let said = said.trim_matches(['\'', '‘', '’', '`']);
    let instead = if said.starts_with('"') { format!("{word} {said}") } else { format!("{word} \"{said}\"") };
    let diagnostic = errors::unquoted(s.span(text..end), s.span(at..end), &word, &instead);
    Some(phrase_match(s, at..end, instead, diagnostic))
}

/// `in the opinion of the investigator, unsuitable`, `investigator judgement`
fn opinion(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let leads: &[&[&str]] = &[
        &["in", "the", "opinion", "of", "the"],
        &["in", "the", "judgement", "of", "the"],
        &["in", "the", "judgment", "of", "the"],
        &["in", "opinion", "of"],
        &["per"],
    ];
    let who = s.phrase(at, leads).unwrap_or(at);
    if !s.is(who, &["investigator", "sponsor", "physician"]) {
        return None;
    }
    let said = s.is(who + 1, &["judgement", "judgment", "opinion", "discretion", "decision"]);
    if who == at && !said {
        return None;
    }
    let mut text = who + 1 + usize::from(said);
    text += usize::from(s.is(text, &[",", ":"]));
    let before = s.subject(at);
    let end = s.end_of_condition(text);
    let (range, words) = if text < end { (at..end, s.said(text..end)) } else { (before..text, s.said(before..at)) };
    let words = words.trim_matches('"').to_owned();
    let by = if s.is(who, &["sponsor"]) { " by sponsor" } else { "" };
    let words = if words.is_empty() { s.said(at..text) } else { words };
    if words.contains('"') {
        return None;
    }
    let instead = format!("judged \"{words}\"{by}");
    let diagnostic = errors::opinion(s.span(range.clone()), &instead);
    Some(phrase_match(s, at..range.end, format!("judged \"\"{by}"), diagnostic)).filter(|_| range.start == at)
}

/// `"unsuitable in the opinion of the investigator"`
fn text_alone(s: &S<'_, '_, '_>, at: usize) -> Option<PhraseMatch> {
    let alone = at == s.first || s.is(at - 1, &["and", "or", "not", "{", "(", ","]);
    if !s.word(at).starts_with('"') || s.word(at).len() < 3 || !alone {
        return None;
    }
    let diagnostic = errors::text_alone(s.span(at..at + 1), &s.said(at..at + 1));
    Some(phrase_match(s, at..at + 1, format!("todo {}", s.said(at..at + 1)), diagnostic))
}
