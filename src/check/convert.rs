//! Quantities from one unit to another.

use super::quantity::{From, Typed, plain};
use super::value::Tails;
use super::{Checker, errors};
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::TailKind;
use crate::typed::Quantity;
use crate::units::Unit;

impl Checker<'_> {
    /// `weight in kg`: the plain number.
    pub(super) fn in_units(&mut self, span: Span, typed: Typed, tails: &Tails<'_>) -> Option<Typed> {
        let mut typed = typed;
        if !tails.in_unit.is_empty() {
            self.no_quantifier(&typed)?;
        }
        for tail in &tails.in_unit {
            let TailKind::InUnit(text) = &tail.kind else {
                continue;
            };
            let target = self.unit(text)?;
            if let Some(quantity) = self.age_in(&typed, &target) {
                typed = Typed { quantity, unit: Unit::dimensionless(), span, from: From::Formula };
                continue;
            }
            let Some(factor) = self.factor(&typed, &target) else {
                self.report(errors::unit_of_other_dimension(text, &target, &typed.unit));
                return None;
            };
            typed = Typed::formula(multiply(typed.quantity, factor), Unit::dimensionless(), span);
        }
        Some(typed)
    }

    /// From the unit of `typed` to `target`, through the molar mass of its fact where that is needed.
    pub(super) fn factor(&self, typed: &Typed, target: &Unit) -> Option<Rational> {
        if let Some(factor) = typed.unit.factor_to(target) {
            return Some(factor);
        }
        let From::Fact(id, _) = &typed.from else {
            return None;
        };
        let fact = self.vocabulary.facts.get(*id)?;
        if let Some(molar) = &fact.molar
            && let Some(factor) = typed.unit.factor_to_molar(target, molar)
        {
            return Some(factor);
        }
        fact.equates.iter().find_map(|equal| equal.factor_to(target))
    }

    /// The right side in the left side's unit.
    pub(super) fn in_unit_of(&mut self, left: &Typed, right: Typed, place: Span) -> Option<Quantity> {
        if let Some(number) = right.bare_literal()
            && !plain(&left.unit)
        {
            let diagnostic = self.missing_unit(left, number);
            self.report(diagnostic);
            return None;
        }
        if let Some(number) = left.bare_literal()
            && !plain(&right.unit)
        {
            let diagnostic = self.missing_unit(&right, number);
            self.report(diagnostic);
            return None;
        }
        let factor = self.factor(&right, &left.unit).or_else(|| self.factor(left, &right.unit)?.recip());
        match factor {
            Some(factor) => Some(multiply(right.quantity, factor)),
            None => {
                let diagnostic = self.wrong_dimension(left, &right, place);
                self.report(diagnostic);
                None
            }
        }
    }
}

/// `quantity * factor`, folded where it can be.
pub(super) fn multiply(quantity: Quantity, factor: Rational) -> Quantity {
    if factor == Rational::one() {
        return quantity;
    }
    match quantity {
        Quantity::Number(number) => Quantity::Number(number.mul(&factor)),
        other => Quantity::Multiply(Box::new(other), Box::new(Quantity::Number(factor))),
    }
}
