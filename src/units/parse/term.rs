//! A unit, or part of one, as it is read.

use std::sync::Arc;

use crate::number::Rational;
use crate::units::cancelled_ratio::Line;
use crate::units::table::{Atom, Measures};
use crate::units::{Base, Dimension, Unit};

/// A unit, or part of one, as it is read.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) dimension: Dimension,
    pub(super) factor: Rational,
    /// What is above and below the line.
    pub(super) line: Line,
    pub(super) ucum: String,
    pub(super) calendar: bool,
    /// Whether `ucum` has operators, so that it takes parentheses inside another term.
    pub(super) compound: bool,
}

impl Term {
    pub(super) fn number(factor: Rational, ucum: String) -> Term {
        Term { dimension: Dimension::none(), factor, line: Line::default(), ucum, calendar: false, compound: false }
    }

    pub(super) fn grouped(&self) -> String {
        if self.compound { format!("({})", self.ucum) } else { self.ucum.clone() }
    }

    pub(super) fn times(self, other: &Term, inverse: bool) -> Term {
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

impl From<Unit> for Term {
    fn from(unit: Unit) -> Term {
        let unit = Arc::unwrap_or_clone(unit.0);
        Term {
            compound: crate::units::unit::grouped(&unit.ucum) != unit.ucum,
            line: Line::of(&unit.dimension),
            dimension: unit.dimension,
            factor: unit.factor,
            ucum: unit.ucum,
            calendar: unit.calendar,
        }
    }
}

pub(super) fn of_atom(atom: &Atom, prefix: Option<(&str, i32)>) -> Option<Term> {
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
