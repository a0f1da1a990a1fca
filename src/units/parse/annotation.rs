//! What is in braces: what is counted, and what the quantity as a whole is of.

use super::parser::Parser;
use super::term::Term;
use crate::number::Rational;
use crate::units::cancelled_ratio::Line;
use crate::units::table::{COUNTING_ANNOTATIONS, PLAIN_ANNOTATIONS, WHOLE_ANNOTATIONS};
use crate::units::{Base, Dimension, UnitError, UnitProblem};

impl Parser {
    /// The text of an annotation with its braces.
    pub(super) fn annotation(&mut self) -> Result<String, UnitError> {
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
    pub(super) fn standing_alone(&mut self, annotation: String) -> Term {
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
    pub(super) fn word_for_the_whole(&mut self, term: &mut Term) {
        let rest: String = self.letters.iter().skip(self.at).map(|letter| letter.char).collect();
        let annotation = format!("{{{}}}", rest.trim_start());
        if rest.starts_with(' ') && self.of_the_whole(&annotation) {
            self.at = self.letters.len();
            term.ucum.push_str(&annotation);
        }
    }

    /// Takes an annotation that is said of the quantity as a whole, once.
    pub(super) fn of_the_whole(&mut self, annotation: &str) -> bool {
        let Some(base) = WHOLE_ANNOTATIONS.iter().find(|whole| **whole == annotation) else {
            return false;
        };
        if !self.whole.contains(base) {
            self.whole.push(base);
        }
        true
    }

    /// An annotation behind a unit or number: `{copies}` in `10*3{copies}/mL`.
    pub(super) fn annotate(&mut self, term: &mut Term, annotation: String) {
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
}
