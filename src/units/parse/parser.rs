//! The parser of units.

use super::letters::{Letter, normalised};
use super::names::{Meaning, resolve};
use super::term::{Term, of_atom};
use std::sync::Arc;

use crate::number::Rational;
use crate::units::table::{MULTIPLIERS, PHRASES, REFUSED};
use crate::units::unit::Parts;
use crate::units::{Base, Dimension, LOST_POWERS, Unit, UnitError, UnitProblem};

/// No unit has more characters.
const MAX_LENGTH: usize = 200;
/// No unit nests parentheses deeper.
const MAX_DEPTH: usize = 8;
/// The largest power of a unit.
const MAX_EXPONENT: i32 = 9;
/// The largest power of ten.
const MAX_POWER_OF_TEN: i32 = 30;

/// Reads a whole text that is no logarithm; errors come without suggestions.
pub(super) fn no_logarithm(text: &str) -> Result<Unit, UnitError> {
    let letters = normalised(text);
    if letters.is_empty() {
        return Err(UnitError::new(0, text.len(), UnitProblem::Empty));
    }
    if letters.len() > MAX_LENGTH {
        return Err(UnitError::new(0, text.len(), UnitProblem::TooLong));
    }
    let mut parser = Parser { letters, at: 0, depth: 0, end: text.trim_end().len(), whole: Vec::new() };
    let mut term = parser.term()?;
    parser.word_for_the_whole(&mut term);
    if parser.at < parser.letters.len() {
        return Err(parser.unexpected());
    }
    for base in &parser.whole {
        term.dimension = term.dimension.multiply(&Dimension::of(Base::Own((*base).to_owned())));
    }
    Ok(Unit(Arc::new(Parts {
        dimension: term.dimension,
        factor: term.factor,
        like: term.line.cancelled(),
        ucum: term.ucum,
        written: text.trim().to_owned(),
        calendar: term.calendar,
        logarithm_of: None,
    })))
}

pub(super) struct Parser {
    pub(super) letters: Vec<Letter>,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// Where the text ends, in bytes.
    pub(super) end: usize,
    /// What the quantity as a whole is said to be, wherever that is said: `{FEU}`.
    pub(super) whole: Vec<&'static str>,
}

impl Parser {
    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).map(|letter| letter.char)
    }

    /// The byte at which the letter number `index` stands.
    pub(super) fn byte(&self, index: usize) -> usize {
        self.letters.get(index).map_or(self.end, |letter| letter.at)
    }

    pub(super) fn skip_space(&mut self) {
        if self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    pub(super) fn take(&mut self, char: char) -> bool {
        let found = self.peek() == Some(char);
        self.at += usize::from(found);
        found
    }

    /// An error over the letters from `start` to where the parser stands.
    pub(super) fn error(&self, start: usize, problem: UnitProblem) -> UnitError {
        let at = self.byte(start);
        UnitError::new(at, self.byte(self.at).saturating_sub(at), problem)
    }

    pub(super) fn unexpected(&self) -> UnitError {
        match self.peek() {
            Some(found) => UnitError::new(
                self.byte(self.at),
                self.byte(self.at + 1).saturating_sub(self.byte(self.at)),
                UnitProblem::Unexpected { found },
            ),
            None => UnitError::new(self.end, 0, UnitProblem::EndsEarly),
        }
    }

    /// Whether the letters from here on are `text`, in either case.
    pub(super) fn looking_at(&self, text: &str) -> bool {
        let mut count = 0;
        text.chars().all(|char| {
            count += 1;
            self.peek_at(count - 1).is_some_and(|found| found.eq_ignore_ascii_case(&char))
        })
    }

    pub(super) fn term(&mut self) -> Result<Term, UnitError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(0, UnitProblem::TooLong));
        }
        self.skip_space();
        let mut term = if self.take('/') {
            let below = self.component()?;
            Term::number(Rational::one(), String::new()).times(&below, true)
        } else {
            self.component()?
        };
        while let Some(inverse) = self.operator() {
            let next = self.component()?;
            term = term.times(&next, inverse);
        }
        self.depth -= 1;
        Ok(term)
    }

    /// The operator that stands here: whether it divides; `None` at the end of a term.
    pub(super) fn operator(&mut self) -> Option<bool> {
        if self.looking_at(" per ") {
            self.at += " per ".len();
            return Some(true);
        }
        let before = self.at;
        self.skip_space();
        if self.take('/') {
            return Some(true);
        }
        if self.take('.') {
            return Some(false);
        }
        self.at = if self.peek() == Some(')') { self.at } else { before };
        None
    }

    pub(super) fn component(&mut self) -> Result<Term, UnitError> {
        self.skip_space();
        if self.take('(') {
            let start = self.at - 1;
            let mut inner = self.term()?;
            self.skip_space();
            if !self.take(')') {
                if self.peek().is_some() {
                    return Err(self.unexpected());
                }
                return Err(self.error(start, UnitProblem::Unclosed { open: '(' }));
            }
            while self.peek() == Some('{') {
                inner.ucum = inner.grouped();
                inner.compound = false;
                let annotation = self.annotation()?;
                self.annotate(&mut inner, annotation);
            }
            return Ok(inner);
        }
        if self.peek() == Some('{') {
            let annotation = self.annotation()?;
            return Ok(self.standing_alone(annotation));
        }
        // Every phrase begins with one of these.
        let phrases = if matches!(self.peek(), Some('1' | 'c' | 'C' | 'm' | 'M')) { PHRASES } else { &[] };
        for (phrase, ucum) in phrases {
            let next = self.peek_at(phrase.chars().count());
            if self.looking_at(phrase) && !next.is_some_and(|next| next.is_ascii_alphanumeric()) {
                self.at += phrase.chars().count();
                return self.pure(ucum);
            }
        }
        // The `x` of `x10^9` is the multiplication sign between the value and the power.
        if matches!(self.peek(), Some('x' | 'X')) {
            let space = usize::from(self.peek_at(1) == Some(' '));
            if self.peek_at(1 + space) == Some('1') && self.peek_at(2 + space) == Some('0') {
                self.at += 1 + space;
            }
        }
        if self.peek().is_some_and(|char| char.is_ascii_digit()) {
            return self.number();
        }
        let mut term = self.name()?;
        while self.peek() == Some('{') {
            let annotation = self.annotation()?;
            self.annotate(&mut term, annotation);
        }
        Ok(term)
    }

    /// A power of ten or an integer, and the unit it counts.
    pub(super) fn number(&mut self) -> Result<Term, UnitError> {
        let start = self.at;
        let mut term = if self.looking_at("10*") || self.looking_at("10^") {
            self.at += 3;
            let exponent = self.exponent(start, MAX_POWER_OF_TEN)?;
            let Some(factor) = Rational::power_of_ten(exponent.unwrap_or(1)) else {
                return Err(self.error(start, UnitProblem::BadNumber));
            };
            let ucum = exponent.map_or("10*".to_owned(), |exponent| format!("10*{exponent}"));
            Term::number(factor, ucum)
        } else {
            if self.looking_at("10e") && self.peek_at(3).is_some_and(|char| char.is_ascii_digit() || char == '+') {
                self.at += 3;
                return Err(self.error(start, UnitProblem::AmbiguousPower));
            }
            let value = self.integer(start)?;
            if let Some(power) = self.lost_power(value) {
                return Err(self.error(start, UnitProblem::LostSuperscript { power }));
            }
            Term::number(Rational::from_i64(value), value.to_string())
        };
        while self.peek() == Some('{') {
            let annotation = self.annotation()?;
            self.annotate(&mut term, annotation);
        }
        let space = usize::from(self.peek() == Some(' '));
        let counted =
            self.peek_at(space).is_some_and(|char| char.is_ascii_alphabetic() || matches!(char, '[' | '{' | '%' | '°'));
        if counted && !self.looking_at(" per ") {
            self.at += space;
            let unit = self.component()?;
            return Ok(term.times(&unit, false));
        }
        Ok(term)
    }

    /// The power that a number was before it lost its superscript: 109 and `10 9` were 10^9.
    pub(super) fn lost_power(&mut self, value: i64) -> Option<&'static str> {
        let written = value.to_string();
        let mut power = written.strip_prefix("10")?.to_owned();
        if power.is_empty() {
            let digit = |ahead: usize| self.peek_at(ahead).filter(char::is_ascii_digit);
            self.peek().filter(|char| *char == ' ')?;
            power.extend((1..=3).map_while(digit));
        }
        let known = LOST_POWERS.iter().find(|known| **known == power).copied()?;
        self.at += if written == "10" { 1 + power.len() } else { 0 };
        Some(known)
    }

    /// Digits, up to six of them, not zero.
    pub(super) fn integer(&mut self, start: usize) -> Result<i64, UnitError> {
        let mut value = 0i64;
        let mut width = 0;
        while let Some(digit) = self.peek().and_then(|char| char.to_digit(10)) {
            value = value.saturating_mul(10).saturating_add(i64::from(digit));
            width += 1;
            self.at += 1;
        }
        if width > 6 || value == 0 {
            return Err(self.error(start, UnitProblem::BadNumber));
        }
        Ok(value)
    }

    /// An optional sign and digits, of size 1 to `limit`; `None` when there are no digits.
    pub(super) fn exponent(&mut self, start: usize, limit: i32) -> Result<Option<i32>, UnitError> {
        let sign = usize::from(matches!(self.peek(), Some('-' | '+')));
        let negative = self.peek() == Some('-');
        if !self.peek_at(sign).is_some_and(|char| char.is_ascii_digit()) {
            return Ok(None);
        }
        self.at += sign;
        let value = self.integer(start)?;
        match i32::try_from(value) {
            Ok(value) if value <= limit => Ok(Some(if negative { -value } else { value })),
            _ => Err(self.error(start, UnitProblem::BadNumber)),
        }
    }

    /// A unit code or everyday word with its exponent.
    pub(super) fn name(&mut self) -> Result<Term, UnitError> {
        let start = self.at;
        let mut name = String::new();
        while let Some(char) = self.peek() {
            match char {
                '[' => {
                    let open = self.at;
                    while let Some(inside) = self.peek().filter(|inside| *inside != ']') {
                        name.push(inside);
                        self.at += 1;
                    }
                    if !self.take(']') {
                        return Err(self.error(open, UnitProblem::Unclosed { open: '[' }));
                    }
                    name.push(']');
                }
                char if char.is_alphabetic() || matches!(char, '%' | '°' | '\'' | '_') => {
                    name.push(char);
                    self.at += 1;
                }
                _ => break,
            }
        }
        if name.is_empty() {
            return Err(self.unexpected());
        }
        let known = resolve(&name).and_then(|meaning| match meaning {
            Meaning::Code(atom, prefix) => of_atom(atom, prefix),
            Meaning::Word(ucum) => no_logarithm(ucum).ok().map(Term::from),
        });
        let Some(mut term) = known.or_else(|| self.multiplier(&name)) else {
            let refused = REFUSED.iter().find(|(code, _)| *code == name);
            let problem = match refused {
                Some((_, reason)) => UnitProblem::Refused { name, reason },
                None => UnitProblem::UnknownName { name },
            };
            return Err(self.error(start, problem));
        };
        let before = self.at;
        let raised = self.take('^');
        match self.exponent(start, MAX_EXPONENT)? {
            Some(exponent) => {
                let Some(factor) = term.factor.powi(exponent) else {
                    return Err(self.error(start, UnitProblem::BadNumber));
                };
                term.factor = factor;
                term.dimension = term.dimension.powi(exponent);
                term.line = term.line.powi(exponent);
                term.ucum = format!("{}{exponent}", term.grouped());
            }
            None if raised => {
                self.at = before;
                return Err(self.unexpected());
            }
            None => {}
        }
        Ok(term)
    }

    /// `K` of `K/uL`: a letter that counts, when the rest of the text is a volume it goes with.
    pub(super) fn multiplier(&self, name: &str) -> Option<Term> {
        let (_, ucum, volumes) = MULTIPLIERS.iter().find(|(letter, _, _)| *letter == name)?;
        let rest: String = self.letters.iter().skip(self.at).map(|letter| letter.char).collect();
        let volume = rest.trim_start().strip_prefix('/')?.trim_start().to_ascii_lowercase();
        if self.depth > 1 || !volumes.contains(&volume.as_str()) {
            return None;
        }
        no_logarithm(ucum).ok().map(Term::from)
    }

    /// The term of a text from the table.
    fn pure(&self, ucum: &str) -> Result<Term, UnitError> {
        no_logarithm(ucum).map(Term::from)
    }
}
