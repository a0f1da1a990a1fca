//! The tokens of a text to its words, as an editor colours them: a unit and a criterion's number are several tokens and
//! one word. It takes any text.

use std::ops::Range;

use crate::syntax::is_reserved;
use crate::syntax::lexer::{self, TokenKind};
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

/// The words of a text, read one after another from its tokens.
pub(super) struct Reader<'t> {
    text: &'t str,
    tokens: &'t [lexer::Token],
    /// The first token that may hold what is read next.
    index: usize,
}

impl<'t> Reader<'t> {
    /// Reads from the token at `index` on.
    pub fn new(text: &'t str, tokens: &'t [lexer::Token], index: usize) -> Reader<'t> {
        Reader { text, tokens, index }
    }

    /// The first word behind `before`, the words up to there. What it is depends on the last three of them, but for a
    /// statement word and what is behind one: whoever reads a part of a text again counts on that
    /// ([`Words::edited`](super::Words::edited)).
    pub fn next(&mut self, before: &[Token]) -> Option<Token> {
        let at = before.last().map_or(0, |last| last.end);
        while self.tokens.get(self.index)?.end() <= at {
            self.index += 1;
        }
        let token = *self.tokens.get(self.index)?;
        let start = token.start().max(at);
        let rest = self.text.get(start..)?;
        let first = rest.chars().next()?;
        let (kind, length) = if start == token.start() {
            self.word(token, rest, first, before)
        } else {
            // What a unit has left of a sign.
            let kind = if OPERATORS.contains(first) { Kind::Operator } else { Kind::Mark };
            (kind, first.len_utf8())
        };
        Some(Token { kind, start, end: start + length.max(first.len_utf8()) })
    }

    /// What is before the next comment, text or line end: units reach no further.
    fn before_stop(&self, rest: &'t str) -> &'t str {
        let mut tokens = self.tokens.get(self.index..).unwrap_or_default().iter();
        let Some(first) = tokens.next() else {
            return rest;
        };
        let stops =
            |token: &&lexer::Token| token.first_on_line || token.kind == TokenKind::Comment || token.kind.is_text();
        let stop = tokens.find(stops).map_or(rest.len(), |stop| stop.start() - first.start());
        rest.get(..stop).unwrap_or(rest)
    }

    fn word(&self, token: lexer::Token, rest: &'t str, first: char, before: &[Token]) -> (Kind, usize) {
        let whole = token.of(self.text);
        match token.kind {
            TokenKind::Comment => {
                return (if whole.starts_with("##") { Kind::Doc } else { Kind::Comment }, whole.len());
            }
            TokenKind::Statement => return (Kind::Statement, whole.len()),
            kind if kind.is_text() => return (Kind::Text, whole.len()),
            TokenKind::Question => return (Kind::Name, whole.len()),
            _ => {}
        }
        let length = context(self.text, rest, || self.before_stop(rest), first, before);
        length.unwrap_or_else(|| alone(token.kind, whole, rest, first))
    }
}

/// Signs that compare and compute.
const OPERATORS: &str = "<>=!≤≥≠+-*/^";

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// How long what `rest` begins with is as long as its letters are `wanted`.
fn while_of(rest: &str, wanted: impl Fn(char) -> bool) -> usize {
    rest.find(|letter| !wanted(letter)).unwrap_or(rest.len())
}

/// What a word is for the words before it: a criterion's number, a unit.
fn context<'t>(
    text: &str,
    rest: &str,
    code: impl Fn() -> &'t str,
    first: char,
    before: &[Token],
) -> Option<(Kind, usize)> {
    let last = before.last();
    let said =
        |back: usize| before.len().checked_sub(back).and_then(|at| before.get(at)).map_or("", |token| token.of(text));
    if said(1) == "[" && matches!(said(2), "require" | "exclude" | "note" | "assert") {
        return Some((Kind::Id, while_of(rest, |letter| is_word(letter) || matches!(letter, '.' | '-'))));
    }
    if last.is_some_and(|last| last.kind == Kind::Number)
        && let Some(length) = unit_length(code())
        // In an example the next field may follow: `sledai2k: 7  platelets: ..`
        && !rest.get(length..).is_some_and(|behind| behind.trim_start().starts_with(':'))
        // `at least 1 stroke` counts, `at least 6 months` measures.
        && (!matches!(said(2), "least" | "most" | "exactly") || !rest.starts_with(is_word) || is_time(rest, length))
    {
        return Some((Kind::Unit, length));
    }
    if first == '[' && matches!(said(1), "quantity" | "equates" | "scale" | "molar" | "x" | "×" | "*") {
        return Some((Kind::Unit, unit_length(code()).unwrap_or(1)));
    }
    // `weight in kg`, `unit "cells" = /uL`; not `unit` left alone before another statement.
    let behind_statement =
        before.len().checked_sub(2).and_then(|at| before.get(at)).is_some_and(|token| token.kind == Kind::Statement);
    let declared = said(1) == "=" && said(3) == "unit" && !behind_statement;
    let unit_behind = said(1) == "in" && !opens_set(rest) || declared;
    let length = unit_behind.then(|| unit_length(code())).flatten()?;
    Some((Kind::Unit, length))
}

/// What a token is as a word where nothing before it says more.
fn alone(kind: TokenKind, whole: &str, rest: &str, first: char) -> (Kind, usize) {
    match kind {
        TokenKind::Number | TokenKind::Date => {
            let length = while_of(rest, |letter| is_word(letter) || matches!(letter, '.' | '-' | ':' | '+'));
            let date = rest.get(..length).unwrap_or_default();
            let year = date.len() == 4 || date.get(4..5) == Some("-");
            if year && date.starts_with(['1', '2']) && date.contains('-') {
                return (Kind::Date, length);
            }
            (Kind::Number, while_of(whole, |letter| letter != '-' || kind == TokenKind::Number))
        }
        TokenKind::Reserved | TokenKind::Connective => (Kind::Word, whole.len()),
        TokenKind::Name if first.is_ascii_uppercase() => {
            // `I5.1` behind `expect` is a criterion's number.
            let longer = while_of(rest, |letter| is_word(letter) || matches!(letter, '.' | '-'));
            let longer = rest.get(..longer).unwrap_or_default().trim_end_matches(['.', '-']).len();
            (Kind::Name, longer.max(whole.len()))
        }
        TokenKind::Name => (Kind::Name, whole.len()),
        _ if OPERATORS.contains(first) => (Kind::Operator, whole.len()),
        _ => (Kind::Mark, whole.len()),
    }
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
    let no_unit = is_reserved(word) || matches!(unit, "x" | "×" | "/" | "*");
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
