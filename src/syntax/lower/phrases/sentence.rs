//! A statement as people read it: its words, and what a pattern asks of them.

use std::ops::Range;

use super::token::{Token, tokens};
use crate::diag::Diagnostic;
use crate::source::{Span, one_line};
use crate::syntax::errors;
use crate::syntax::lexer::{comparison_of, is_reserved};
use crate::syntax::lower::Lower;
use crate::units::{TimeUnit, Unit};

/// A text put in the place of some bytes of a statement.
pub(in crate::syntax::lower) type Edit = (Range<usize>, String);

/// Something said in other words.
pub(in crate::syntax::lower) struct PhraseMatch {
    /// The token behind it.
    pub(super) upto: usize,
    /// What is read in its place.
    pub edits: Vec<Edit>,
    /// What is said of it.
    pub diagnostic: Diagnostic,
}

/// A statement as people read it.
pub(in crate::syntax::lower) struct Sentence<'l, 'a, 't> {
    pub(super) lower: &'l Lower<'a>,
    /// Where it begins in the folded text.
    pub(super) start: usize,
    pub(super) tokens: Vec<Token<'t>>,
    /// The first token behind the criterion's number, or behind the `=` of a definition.
    pub(super) first: usize,
}

/// As the patterns name it.
pub(super) type S<'l, 'a, 't> = Sentence<'l, 'a, 't>;

pub(super) type Pattern = fn(&S<'_, '_, '_>, usize) -> Option<PhraseMatch>;

/// Words that say nothing of a unit behind a number.
const NO_UNITS: &[&str] = &[
    "to",
    "per",
    "by",
    "on",
    "times",
    "fold",
    "as",
    "with",
    "but",
    "whichever",
    "from",
    "via",
    "using",
    "the",
    "x",
    "plus",
    "half",
];

/// Words of English that join others.
const SMALL_WORDS: &[&str] = &[
    "a",
    "an",
    "the",
    "to",
    "from",
    "with",
    "on",
    "during",
    "that",
    "which",
    "who",
    "as",
    "but",
    "per",
    "via",
    "using",
    "over",
    "under",
    "above",
    "below",
    "must",
    "should",
    "last",
    "past",
    "history",
    "mean",
    "average",
    "any",
    "either",
    "both",
    "neither",
    "minimum",
    "maximum",
    "ge",
    "gte",
    "gt",
    "le",
    "lte",
    "lt",
    "equals",
    "exceeding",
    "up",
    "known",
    "received",
    "receiving",
    "taking",
    "without",
];

impl<'l, 'a, 't> Sentence<'l, 'a, 't> {
    /// The statement `text`, which begins at `start` of the folded text.
    pub fn new(lower: &'l Lower<'a>, start: usize, text: &'t str) -> Sentence<'l, 'a, 't> {
        let mut sentence = Sentence { lower, start, tokens: tokens(text), first: 0 };
        sentence.first = sentence.clause();
        let units: Vec<Range<usize>> =
            (0..sentence.tokens.len()).filter_map(|number| Some(number + 1..sentence.quantity(number)?)).collect();
        for token in units.into_iter().flatten() {
            if let Some(token) = sentence.tokens.get_mut(token) {
                token.unit = true;
            }
        }
        sentence
    }

    pub(super) fn clause(&self) -> usize {
        match self.word(0) {
            "require" | "exclude" if self.word(1) == "[" => {
                let close = (2..8).find(|at| self.word(*at) == "]").unwrap_or(0);
                close + 1
            }
            "require" | "exclude" => 1,
            _ => (1..5).find(|at| self.word(*at) == "=").unwrap_or(1) + 1,
        }
    }

    pub(super) fn on_one_line(&self, tokens: Range<usize>) -> bool {
        let inner = self.tokens.get(tokens).unwrap_or_default();
        inner.iter().skip(1).all(|token| !token.new_line)
    }

    /// The token in small letters; nothing before the clause and behind its end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).filter(|_| at >= self.first).map_or("", |token| token.lower.as_str())
    }

    /// The token before `at`.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    /// Where these words end that may be at `at`.
    pub(super) fn words(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().zip(at..).all(|(word, at)| self.word(at) == *word).then_some(at + words.len())
    }

    /// Where the first of these phrases ends that is at `at`.
    pub(super) fn phrase(&self, at: usize, phrases: &[&[&str]]) -> Option<usize> {
        phrases.iter().find_map(|words| self.words(at, words))
    }

    pub(super) fn is_sign(&self, at: usize) -> bool {
        comparison_of(self.word(at)).is_some()
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.word(at).starts_with(|c: char| c.is_ascii_digit())
    }

    /// A word that may be a name.
    pub(super) fn is_free(&self, at: usize) -> bool {
        let unit = self.tokens.get(at).is_some_and(|token| token.unit);
        !unit && self.word(at).starts_with(|c: char| c.is_ascii_alphabetic()) && !is_reserved(self.word(at))
    }

    /// A word that a name may well be, and that is no small word of English.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.is_free(at) && !self.is(at, SMALL_WORDS)
    }

    /// Whether what is before `at` may be something that is compared.
    pub(super) fn behind_subject(&self, at: usize) -> bool {
        at > self.first && (self.is_name(at - 1) || matches!(self.before(at), ")" | "}"))
    }

    /// Whether these words are better explained one by one: one of them is misspelt, or the first is a criterion's number.
    pub(super) fn misspelt(&self, tokens: Range<usize>) -> bool {
        let id = self.tokens.get(tokens.start).is_some_and(|token| errors::looks_like_id(token.text));
        id && tokens.start == self.first || tokens.into_iter().any(|at| errors::is_slip_of_the_pen(self.word(at)))
    }

    /// Whether `at` is between braces.
    pub(super) fn in_braces(&self, at: usize) -> bool {
        let mut open = 0_i32;
        for before in (self.first..at).rev().take(60) {
            match self.word(before) {
                "}" => open -= 1,
                "{" => open += 1,
                _ => {}
            }
        }
        open > 0
    }

    /// Whether a condition begins at `at`.
    pub(super) fn begins(&self, at: usize) -> bool {
        let joins = ["and", "or", "not", ",", "(", "{", "no", "prior", "current", "any", "when", "unless"];
        at == self.first || at > self.first && self.is(at - 1, &joins)
    }

    /// Whether a bound is before `at`.
    pub(super) fn behind_bound(&self, at: usize) -> bool {
        let start = self.subject(at);
        (start..at.saturating_sub(1)).any(|sign| self.is_sign(sign) || self.word(sign) == "is")
    }

    /// Whether a condition ends before `at`.
    pub(super) fn ends(&self, at: usize) -> bool {
        matches!(self.word(at), "" | "and" | "or" | "," | ")" | "}" | "when" | "unless" | ";" | ".")
    }

    /// The token behind a number and the unit it may have.
    pub(super) fn quantity(&self, at: usize) -> Option<usize> {
        if !self.is_number(at) {
            return None;
        }
        let mut end = at + 1;
        if self.is(end, &["x", "×", "*"]) {
            let behind = self.word(end + 1);
            // `2.5 x ULN`, and what is on the way to it.
            if matches!(behind, "uln" | "lln") || !behind.is_empty() && "uln".starts_with(behind) {
                return Some(end + 2);
            }
            if behind.starts_with("10") {
                end += 1;
            }
        }
        let first = self.word(end);
        let known = self.tokens.get(end).is_some_and(|word| Unit::parse(word.text).is_ok())
            || self.word(end + 1) == "/" && self.tokens.get(end + 1).is_some_and(|slash| !slash.apart);
        let word = first.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_reserved(first);
        let begins = word && known && !NO_UNITS.contains(&first) || matches!(first, "%" | "/" | "[" | "{" | "µ");
        let power = first.starts_with("10") || first.starts_with("x10");
        if !begins && !power {
            return Some(at + 1);
        }
        let mut open = 0_usize;
        for next in end..end + 14 {
            let glued = next == end || self.tokens.get(next).is_some_and(|token| !token.apart);
            match self.word(next) {
                "[" | "{" if glued => open += 1,
                "]" | "}" if glued && open > 0 => open -= 1,
                "" | "," | ")" | "(" | "]" | "}" | "-" | ";" | ":" => return Some(next),
                _ if glued => {}
                _ => return Some(next),
            }
        }
        None
    }

    /// The token behind a length of time, and the length as windows write it.
    pub(super) fn length(&self, at: usize) -> Option<(usize, String)> {
        if !self.is_number(at) {
            return None;
        }
        let number = self.said(at..at + 1);
        let lives = ["life", "lives", "lifes"];
        if self.word(at + 1) == "half" {
            let end = at + 2 + usize::from(self.word(at + 2) == "-");
            return self.is(end, &lives).then(|| (end + 1, format!("{number} half_lives")));
        }
        let unit = self.tokens.get(at + 1)?.text;
        let known = TimeUnit::parse(unit).is_some() || matches!(unit, "half_life" | "half_lives");
        known.then(|| (at + 2, format!("{number} {unit}")))
    }

    /// `before screening`: the token behind the side and its anchor, and the whole as windows write it.
    pub(super) fn side(&self, at: usize) -> Option<(usize, String)> {
        let (end, side) = match self.word(at) {
            "before" | "preceding" => (at + 1, "before"),
            "prior" => (at + 1 + usize::from(self.word(at + 1) == "to"), "before"),
            "after" | "following" => (at + 1, "after"),
            "of" | "from" => (at + 1, "of"),
            _ => return None,
        };
        let named = end + usize::from(self.word(end) == "the");
        if !self.is_free(named) {
            return Some((end, side.to_owned()));
        }
        Some((named + 1, format!("{side} {}", self.said(named..named + 1))))
    }

    /// Whether what is before `at` is denied: `no prior stroke`, `not stroke`.
    pub(super) fn denied(&self, at: usize) -> bool {
        let start = self.subject(at);
        self.before(start) == "not" || (start..at).any(|word| self.word(word) == "no")
    }

    /// The first token of the condition that `at` is in.
    pub(super) fn subject(&self, at: usize) -> usize {
        let mut open = 0_usize;
        let mut start = at;
        for before in (self.first..at).rev().take(40) {
            match self.word(before) {
                ")" | "}" => open += 1,
                "(" | "{" if open > 0 => open -= 1,
                "(" | "{" => return start,
                "and" | "or" | "not" | "," | "when" | "unless" | ";" | ":" if open == 0 => return start,
                _ => {}
            }
            start = before;
        }
        start
    }

    /// What the last comparison before `at` compares.
    pub(super) fn compared(&self, at: usize) -> Option<String> {
        let sign = (self.first..at).rev().take(30).find(|sign| self.is_sign(*sign))?;
        let start = self.subject(sign);
        (start < sign).then(|| self.said(start..sign))
    }

    /// Where the condition ends that goes on at `at`, brackets and all.
    pub(super) fn end_of_condition(&self, at: usize) -> usize {
        let mut open = 0_usize;
        for next in at..(at + 60).min(self.tokens.len()) {
            match self.word(next) {
                "(" | "{" => open += 1,
                ")" | "}" if open > 0 => open -= 1,
                _ if open == 0 && self.ends(next) => return next,
                _ => {}
            }
        }
        (at + 60).min(self.tokens.len())
    }

    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        let range = self.range(tokens);
        self.lower.span_of(self.lower.offset(self.start + range.start)..self.lower.offset(self.start + range.end))
    }

    /// These tokens as the author wrote them, on one line.
    pub(super) fn said(&self, tokens: Range<usize>) -> String {
        one_line(self.lower.slice(self.span(tokens).range()))
    }

    /// The bytes of these tokens.
    pub(super) fn range(&self, tokens: Range<usize>) -> Range<usize> {
        let last = self.tokens.last().map_or(0, |token| token.range.end);
        let start = self.tokens.get(tokens.start).map_or(last, |token| token.range.start);
        let end = tokens.end.checked_sub(1).and_then(|end| self.tokens.get(end)).map_or(last, |token| token.range.end);
        start..end.max(start)
    }

    /// An edit that writes `text` for these tokens.
    pub(super) fn edit(&self, tokens: Range<usize>, text: impl Into<String>) -> Edit {
        (self.range(tokens), text.into())
    }

    /// An edit that writes `text` right behind the token before `at`.
    pub(super) fn insert(&self, at: usize, text: impl Into<String>) -> Edit {
        let place = at.checked_sub(1).map_or(0, |before| self.range(before..at).end);
        (place..place, text.into())
    }
}

/// A slip over these tokens that is read as `text`.
pub(super) fn phrase_match(
    s: &Sentence<'_, '_, '_>,
    tokens: Range<usize>,
    text: impl Into<String>,
    diagnostic: Diagnostic,
) -> PhraseMatch {
    PhraseMatch { upto: tokens.end, edits: vec![s.edit(tokens, text)], diagnostic }
}
