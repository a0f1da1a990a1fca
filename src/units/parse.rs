//! Text of a unit in, [`Unit`] out: UCUM's grammar, wide enough for what people write.
//!
//! ```text
//! term      = "/"? component (("." | "/" | " per ") component)*        strictly left to right
//! component = "(" term ")" annotation* | annotation | number component? | phrase | name exponent? annotation*
//! number    = "x"? ("10*" | "10^") exponent | integer
//! ```
//! A number binds to the unit right behind it, so `g/24h` is `g/(24.h)`.

use std::sync::Arc;

use super::cancelled_ratio::Line;
use super::table::{
    self, ATOMS, Atom, COUNTING_ANNOTATIONS, MULTIPLIERS, Measures, NEVER_LARGE, PHRASES, PLAIN_ANNOTATIONS, PREFIXES,
    REFUSED, WHOLE_ANNOTATIONS, WORDS,
};
use super::{Base, Dimension, LOST_POWERS, Parts, Unit, UnitError, UnitProblem, time};
use crate::number::Rational;

/// No unit has more characters.
const MAX_LENGTH: usize = 200;
/// No unit nests parentheses deeper.
const MAX_DEPTH: usize = 8;
/// The largest power of a unit.
const MAX_EXPONENT: i32 = 9;
/// The largest power of ten.
const MAX_POWER_OF_TEN: i32 = 30;

/// Reads a whole text; errors come without suggestions.
pub(super) fn unit(text: &str) -> Result<Unit, UnitError> {
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
    })))
}

/// A character and the byte it stands at in the text.
#[derive(Debug, Clone, Copy)]
struct Letter {
    char: char,
    at: usize,
}

/// The text with one character for each look-alike: `µ` and `μ` are `u`, `×` is `x`, `10⁹` is
/// `10^9`, and runs of spaces are one space.
fn normalised(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    let start = text.len() - text.trim_start().len();
    let mut raised = false;
    for (offset, char) in text.trim().char_indices() {
        let at = start + offset;
        let digit = match char {
            '⁰' => Some('0'),
            '¹' => Some('1'),
            '²' => Some('2'),
            '³' => Some('3'),
            '⁴'..='⁹' => char::from_digit(u32::from(char) - u32::from('⁰'), 10),
            '⁻' => Some('-'),
            _ => None,
        };
        if let Some(digit) = digit {
            let marked = letters.last().is_some_and(|last| matches!(last.char, '^' | '*'));
            if !raised && !marked {
                letters.push(Letter { char: '^', at });
            }
            letters.push(Letter { char: digit, at });
            raised = true;
            continue;
        }
        raised = false;
        let plain = match char {
            'µ' | 'μ' => 'u',
            '×' => 'x',
            '·' | '⋅' => '.',
            '⁄' | '∕' => '/',
            '−' => '-',
            char if char.is_whitespace() => ' ',
            char => char,
        };
        if plain != ' ' || letters.last().is_some_and(|last| last.char != ' ') {
            letters.push(Letter { char: plain, at });
        }
    }
    letters
}

/// A unit, or part of one, as it is read.
#[derive(Debug, Clone)]
struct Term {
    dimension: Dimension,
    factor: Rational,
    /// What stands above and below the line.
    line: Line,
    ucum: String,
    calendar: bool,
    /// Whether `ucum` has operators, so that it takes parentheses inside another term.
    compound: bool,
}

impl Term {
    fn number(factor: Rational, ucum: String) -> Term {
        Term { dimension: Dimension::none(), factor, line: Line::default(), ucum, calendar: false, compound: false }
    }

    fn grouped(&self) -> String {
        if self.compound { format!("({})", self.ucum) } else { self.ucum.clone() }
    }

    fn times(self, other: &Term, inverse: bool) -> Term {
        let ucum = format!("{}{}{}", self.ucum, if inverse { '/' } else { '.' }, other.grouped());
        let (dimension, factor) = if inverse {
            let factor = self.factor.div(&other.factor).unwrap_or_else(Rational::one);
            (self.dimension.divide(&other.dimension), factor)
        } else {
            (self.dimension.multiply(&other.dimension), self.factor.mul(&other.factor))
        };
        let calendar = self.calendar || other.calendar;
        let line = self.line.times(&other.line, inverse);
        Term { dimension, factor, line, ucum, calendar, compound: true }
    }
}

struct Parser {
    letters: Vec<Letter>,
    at: usize,
    depth: usize,
    /// Where the text ends, in bytes.
    end: usize,
    /// What the quantity as a whole is said to be, wherever that is said: `{FEU}`.
    whole: Vec<&'static str>,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).map(|letter| letter.char)
    }

    /// The byte at which the letter number `index` stands.
    fn byte(&self, index: usize) -> usize {
        self.letters.get(index).map_or(self.end, |letter| letter.at)
    }

    fn skip_space(&mut self) {
        if self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    fn take(&mut self, char: char) -> bool {
        let found = self.peek() == Some(char);
        self.at += usize::from(found);
        found
    }

    /// An error over the letters from `start` to where the parser stands.
    fn error(&self, start: usize, problem: UnitProblem) -> UnitError {
        let at = self.byte(start);
        UnitError::new(at, self.byte(self.at).saturating_sub(at), problem)
    }

    fn unexpected(&self) -> UnitError {
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
    fn looking_at(&self, text: &str) -> bool {
        let mut count = 0;
        text.chars().all(|char| {
            count += 1;
            self.peek_at(count - 1).is_some_and(|found| found.eq_ignore_ascii_case(&char))
        })
    }

    fn term(&mut self) -> Result<Term, UnitError> {
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
    fn operator(&mut self) -> Option<bool> {
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

    fn component(&mut self) -> Result<Term, UnitError> {
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
    fn number(&mut self) -> Result<Term, UnitError> {
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
    fn lost_power(&mut self, value: i64) -> Option<&'static str> {
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
    fn integer(&mut self, start: usize) -> Result<i64, UnitError> {
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
    fn exponent(&mut self, start: usize, limit: i32) -> Result<Option<i32>, UnitError> {
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

    /// The text of an annotation with its braces.
    fn annotation(&mut self) -> Result<String, UnitError> {
        let start = self.at;
        let mut text = String::new();
        while let Some(char) = self.peek() {
            text.push(char);
            self.at += 1;
            if char == '}' {
                return Ok(text);
            }
        }
        Err(self.error(start, UnitProblem::Unclosed { open: '{' }))
    }

    /// An annotation that is a component of its own: `{copies}` in `{copies}/mL`.
    fn standing_alone(&mut self, annotation: String) -> Term {
        if self.of_the_whole(&annotation) {
            return Term::number(Rational::one(), annotation);
        }
        let counting = COUNTING_ANNOTATIONS.iter().find(|(text, _)| *text == annotation);
        let base = match counting {
            Some((_, base)) => (*base).to_owned(),
            None if PLAIN_ANNOTATIONS.contains(&annotation.as_str()) => {
                return Term::number(Rational::one(), annotation);
            }
            None => annotation,
        };
        let dimension = Dimension::of(Base::Own(base.clone()));
        Term { line: Line::of(&dimension), dimension, ..Term::number(Rational::one(), base) }
    }

    /// `FEU` at the end of `ng/mL FEU`.
    fn word_for_the_whole(&mut self, term: &mut Term) {
        let rest: String = self.letters.iter().skip(self.at).map(|letter| letter.char).collect();
        let annotation = format!("{{{}}}", rest.trim_start());
        if rest.starts_with(' ') && self.of_the_whole(&annotation) {
            self.at = self.letters.len();
            term.ucum.push_str(&annotation);
        }
    }

    /// Takes an annotation that is said of the quantity as a whole, once.
    fn of_the_whole(&mut self, annotation: &str) -> bool {
        let Some(base) = WHOLE_ANNOTATIONS.iter().find(|whole| **whole == annotation) else {
            return false;
        };
        if !self.whole.contains(base) {
            self.whole.push(base);
        }
        true
    }

    /// An annotation behind a unit or number: `{copies}` in `10*3{copies}/mL`.
    fn annotate(&mut self, term: &mut Term, annotation: String) {
        if self.of_the_whole(&annotation) {
            term.ucum.push_str(&annotation);
            return;
        }
        match COUNTING_ANNOTATIONS.iter().find(|(text, _)| *text == annotation) {
            Some((_, base)) => {
                let counted = Dimension::of(Base::Own((*base).to_owned()));
                term.line = std::mem::take(&mut term.line).times(&Line::of(&counted), false);
                term.dimension = term.dimension.multiply(&counted);
                term.ucum.push_str(base);
            }
            None => term.ucum.push_str(&annotation),
        }
    }

    /// A unit code or everyday word with its exponent.
    fn name(&mut self) -> Result<Term, UnitError> {
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
        let Some(mut term) = resolve(&name).or_else(|| self.multiplier(&name)) else {
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
    fn multiplier(&self, name: &str) -> Option<Term> {
        let (_, ucum, volumes) = MULTIPLIERS.iter().find(|(letter, _, _)| *letter == name)?;
        let rest: String = self.letters.iter().skip(self.at).map(|letter| letter.char).collect();
        let volume = rest.trim_start().strip_prefix('/')?.trim_start().to_ascii_lowercase();
        if self.depth > 1 || !volumes.contains(&volume.as_str()) {
            return None;
        }
        unit(ucum).ok().map(Term::from)
    }

    /// The term of a text from the table.
    fn pure(&self, ucum: &str) -> Result<Term, UnitError> {
        unit(ucum).map(Term::from)
    }
}

impl From<Unit> for Term {
    fn from(unit: Unit) -> Term {
        let unit = Arc::unwrap_or_clone(unit.0);
        Term {
            compound: super::grouped(&unit.ucum) != unit.ucum,
            line: Line::of(&unit.dimension),
            dimension: unit.dimension,
            factor: unit.factor,
            ucum: unit.ucum,
            calendar: unit.calendar,
        }
    }
}

/// The unit of a name: a code, a prefixed code, or an everyday word.
fn resolve(name: &str) -> Option<Term> {
    if let Some(atom) = ATOMS.iter().find(|atom| atom.code == name) {
        return of_atom(atom, None);
    }
    for (prefix, _, power) in PREFIXES {
        let metric = name.strip_prefix(prefix).and_then(|rest| {
            ATOMS.iter().find(|atom| atom.metric && atom.code == rest && (*power < 6 || !NEVER_LARGE.contains(&rest)))
        });
        if let Some(atom) = metric {
            return of_atom(atom, Some((prefix, *power)));
        }
    }
    unit(word(name)?).ok().map(Term::from)
}

/// The UCUM of an everyday word.
fn word(name: &str) -> Option<&'static str> {
    if let Some(unit) = super::TimeUnit::parse(name).filter(|unit| unit.code() != name) {
        // A short word such as `HR` is read only as the table has it.
        let exact = time::SPELLINGS.iter().any(|(_, spellings)| spellings.contains(&name));
        return (exact || name.len() > 2).then(|| unit.code());
    }
    let exact = WORDS.iter().find(|(word, _)| *word == name);
    // `MIU` is a million of what `mIU` is a thousandth of, so capitals in a word stay as they are.
    let either_case = || {
        WORDS.iter().find(|(word, _)| word.len() > 2 && word.eq_ignore_ascii_case(name) && *word == word.to_lowercase())
    };
    exact.or_else(either_case).map(|(_, ucum)| *ucum)
}

fn of_atom(atom: &Atom, prefix: Option<(&str, i32)>) -> Option<Term> {
    let size = Rational::parse(atom.size).ok()?;
    let (factor, ucum) = match prefix {
        Some((letter, power)) => (size.mul(&Rational::power_of_ten(power)?), format!("{letter}{}", atom.preferred)),
        None => (size, atom.preferred.to_owned()),
    };
    let dimension = match atom.measures {
        Measures::Powers(powers) => Dimension::of_powers(powers),
        Measures::Own(base) => Dimension::of(Base::Own(base.to_owned())),
    };
    let calendar = matches!(atom.code, "mo" | "a");
    Some(Term { line: Line::of(&dimension), dimension, factor, ucum, calendar, compound: false })
}

/// Every name that is read without a prefix, and the usual prefixed ones: what a slip may be near.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let atoms = ATOMS.iter().map(|atom| atom.code);
    let words = WORDS.iter().map(|(word, _)| *word);
    let times = time::SPELLINGS.iter().flat_map(|(_, spellings)| spellings.iter().copied());
    table::USUAL.iter().copied().chain(atoms).chain(words).chain(times)
}
