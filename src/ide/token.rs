//! A text to its words, as an editor colours them. It takes any text.

use std::ops::Range;

use crate::syntax::{STATEMENT_WORDS, is_reserved};
use crate::units::{TimeUnit, Unit};

/// What a word is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `require`
    Statement,
    /// `within`
    Word,
    /// `platelets`
    Name,
    /// `20_000`
    Number,
    /// `2026-03-01`
    Date,
    /// `x10^9/L`
    Unit,
    /// `"text"`, quotes included
    Text,
    /// `# ..`
    Comment,
    /// `## ..`
    Doc,
    /// `I5.1`, without its brackets
    Id,
    /// `>=`
    Operator,
    /// A bracket, a comma, a colon.
    Mark,
}

/// A word and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Token {
    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// What it says in `text`.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// The first word of `text` at or behind a byte, where `before` are the words up to there. What it is depends on the
/// last three of them and on no byte of a later line, but for the first that is no blank: whoever reads a part of a text
/// again counts on that ([`Words::edited`](super::Words::edited)).
pub(super) fn next(text: &str, at: usize, before: &[Token]) -> Option<Token> {
    let rest = text.get(at..)?.trim_start();
    let first = rest.chars().next()?;
    let start = text.len() - rest.len();
    let (kind, length) = word(rest, first, text, before);
    Some(Token { kind, start, end: start + length.max(first.len_utf8()) })
}

fn word(rest: &str, first: char, text: &str, before: &[Token]) -> (Kind, usize) {
    let last = before.last();
    let said =
        |back: usize| before.len().checked_sub(back).and_then(|at| before.get(at)).map_or("", |token| token.of(text));
    let while_of = |wanted: &dyn Fn(char) -> bool| rest.find(|letter| !wanted(letter)).unwrap_or(rest.len());
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if first == '#' {
        let kind = if rest.starts_with("##") { Kind::Doc } else { Kind::Comment };
        return (kind, rest.find(['\n', '\r']).unwrap_or(rest.len()));
    }
    if first == '"' {
        return (Kind::Text, text_length(rest));
    }
    if said(1) == "[" && matches!(said(2), "require" | "exclude" | "note") {
        return (Kind::Id, while_of(&|letter| is_word(letter) || matches!(letter, '.' | '-')));
    }
    if last.is_some_and(|last| last.kind == Kind::Number)
        && let Some(length) = unit_length(rest)
        // In an example the next field may follow: `sledai2k: 7  platelets: ..`
        && !rest.get(length..).is_some_and(|behind| behind.trim_start().starts_with(':'))
        // `at least 1 stroke` counts, `at least 6 months` measures.
        && (!matches!(said(2), "least" | "most" | "exactly") || !rest.starts_with(is_word) || is_time(rest, length))
    {
        return (Kind::Unit, length);
    }
    if first == '[' && matches!(said(1), "quantity" | "equates" | "scale" | "molar" | "x" | "×" | "*") {
        return (Kind::Unit, unit_length(rest).unwrap_or(1));
    }
    // `weight in kg`, `unit "cells" = /uL`
    let unit_behind = said(1) == "in" && !opens_set(rest) || said(1) == "=" && said(3) == "unit";
    if unit_behind && let Some(length) = unit_length(rest) {
        return (Kind::Unit, length);
    }
    if first.is_ascii_digit() {
        let length = while_of(&|letter| is_word(letter) || matches!(letter, '.' | '-' | ':' | '+'));
        let whole = rest.get(..length).unwrap_or_default();
        let year = whole.len() == 4 || whole.get(4..5) == Some("-");
        if year && whole.starts_with(['1', '2']) && whole.contains('-') {
            return (Kind::Date, length);
        }
        return (Kind::Number, number_length(rest));
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let mut length = while_of(&is_word);
        let whole = rest.get(..length).unwrap_or_default();
        if STATEMENT_WORDS.contains(&whole) {
            // `anchor` in a trial's block and `condition` in a text of its own are statement words there too.
            return (Kind::Statement, length);
        }
        if is_reserved(whole) {
            return (Kind::Word, length);
        }
        // `I5.1` behind `expect` and `judged` is a criterion's number.
        let longer = while_of(&|letter| is_word(letter) || matches!(letter, '.' | '-' | '#'));
        if longer > length && first.is_ascii_uppercase() {
            length = rest.get(..longer).unwrap_or_default().trim_end_matches(['.', '-']).len();
        }
        return (Kind::Name, length);
    }
    if "<>=!≤≥≠+-*/^".contains(first) {
        let two = matches!(rest.get(..2), Some(">=" | "<=" | "==" | "!="));
        return (Kind::Operator, if two { 2 } else { first.len_utf8() });
    }
    (Kind::Mark, if rest.starts_with("..") { 2 } else { first.len_utf8() })
}

/// Whether `rest` begins with a set, `{ echo, muga }`, and not with a unit's note, `{copies}/mL`.
fn opens_set(rest: &str) -> bool {
    rest.strip_prefix('{').is_some_and(|inner| {
        let note = inner.find(['}', ',', ' ', ':', '\n', '\r']).and_then(|end| inner.get(end..));
        !note.is_some_and(|end| end.starts_with("}/"))
    })
}

fn is_time(rest: &str, length: usize) -> bool {
    rest.get(..length).is_some_and(|unit| unit == "half_lives" || TimeUnit::parse(unit).is_some())
}

fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            '\n' | '\r' => return at,
            _ => escaped = letter == '\\' && !escaped,
        }
    }
    rest.len()
}

fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| {
        let more = bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit() || **byte == b'_').count();
        from + more
    };
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits(end + 1);
    }
    if bytes.get(end).is_some_and(|byte| byte.eq_ignore_ascii_case(&b'e')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
            end = digits(end + 1 + sign);
        }
    }
    end
}

/// How long the unit is that `rest` begins with, if it does.
fn unit_length(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let power_of_ten = rest.starts_with("10");
    if !(first.is_alphabetic() || power_of_ten || "/{[%×".contains(first)) {
        return None;
    }
    let (mut depth, mut end) = (0_u32, rest.len());
    let mut group = 0;
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if at < group => {}
            '(' if depth == 0 => match group_length(rest.get(..at)?, rest.get(at..)?) {
                Some(length) => group = at + length,
                None => {
                    end = at;
                    break;
                }
            },
            '{' | '[' => depth += 1,
            '}' | ']' if depth > 0 => depth -= 1,
            _ if depth > 0 && !matches!(letter, '\n' | '\r') => {}
            _ if letter.is_alphanumeric() || "/^*.%'_×-".contains(letter) => {}
            _ => {
                end = at;
                break;
            }
        }
    }
    let unit = rest.get(..end)?;
    let word: &str = unit.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).next()?;
    // `5 and`, `2.5 x ULN`, `7 years` in front of a reserved word; `/` alone divides.
    let no_unit = is_reserved(word) || STATEMENT_WORDS.contains(&word) || matches!(unit, "x" | "×" | "/" | "*");
    (!no_unit && !unit.is_empty()).then(|| with_blanks(rest, end))
}

/// How long `(kg.min)` is behind `ug/`; a formula in parentheses has no dot between letters.
fn group_length(before: &str, rest: &str) -> Option<usize> {
    let (inside, _) = rest.strip_prefix('(')?.split_once(')')?;
    let unit = inside.chars().all(|letter| letter.is_alphanumeric() || "/.·^-[]{}_%'".contains(letter));
    let dot = inside.split(['.', '·']).skip(1).all(|part| part.starts_with(|letter: char| !letter.is_ascii_digit()));
    (before.ends_with(['/', '.']) && unit && inside.contains(['.', '·']) && dot).then_some(inside.len() + 2)
}

/// Where the unit ends that goes on behind a blank: `mm Hg`, `mg per day`, `10^3 copies/mL`, `ng/mL FEU`.
fn with_blanks(rest: &str, end: usize) -> usize {
    let longer = |words: usize| {
        let mut behind = rest.get(end..)?.strip_prefix(' ')?;
        let mut length = end + 1;
        for word in 0..words {
            let stop = behind.find([' ', '\n', ',', ')', ']', '}', ':']).unwrap_or(behind.len());
            length += stop + usize::from(word > 0);
            behind = behind.get(stop..)?.strip_prefix(' ').unwrap_or_default();
        }
        let text = rest.get(..length)?;
        (length > end + 1 && !text.contains('#') && Unit::parse(text).is_ok()).then_some(length)
    };
    longer(2).or_else(|| longer(1)).unwrap_or(end)
}
