//! `scale [%] = 0.09148 x [mmol/mol] + 2.152 source ".."`, from a declaration to a [`Scale`].

use super::Declarer;
use super::modifiers::Modifiers;
use crate::number::Rational;
use crate::resolve::errors;
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::units::{Conversion, Scale, Unit, Ways};

impl Declarer<'_> {
    /// A second scale of a quantity kept in `own`. The rule may be written from either side.
    pub(super) fn scale(&mut self, scale: &ast::Scale, span: Span, name: &Name, own: &Unit) -> Option<Scale> {
        let (given, taken) = (self.unit(&scale.unit)?, self.unit(&scale.of)?);
        let factor = self.fraction(&scale.factor)?;
        let offset = match &scale.offset {
            Some(offset) => self.fraction(offset)?,
            None => Rational::zero(),
        };
        if factor <= Rational::zero() {
            self.report(errors::scale_that_falls(scale.factor.above.span, &name.text));
            return None;
        }
        let rule = Conversion::affine(factor, offset);
        let (unit, to_own) = match (given.value_factor_to(own), taken.value_factor_to(own)) {
            (Some(size), None) => (taken, rule.then(&Conversion::by(size))?),
            (None, Some(size)) => (given, rule.inverse()?.then(&Conversion::by(size))?),
            (Some(_), Some(_)) => {
                self.report(errors::scale_of_one_unit(span, name, own));
                return None;
            }
            (None, None) => {
                self.report(errors::scale_of_others(span, name, own));
                return None;
            }
        };
        Some(Scale { unit, to_own, source: Some(scale.source.text.clone()) })
    }

    /// `5/9`, exactly.
    pub(super) fn fraction(&mut self, fraction: &ast::Fraction) -> Option<Rational> {
        let above = self.number(&fraction.above)?;
        let Some(below) = &fraction.below else {
            return Some(above);
        };
        let quotient = above.div(&self.number(below)?);
        if quotient.is_none() {
            self.report(errors::bad_number(below));
        }
        quotient
    }

    /// Reports a unit that two of the ways lead from, or that converts by its size and is given another way.
    pub(super) fn one_way(&mut self, modifiers: &Modifiers, spans: &[(Span, Unit)], name: &Name, own: &Unit) {
        for (at, (span, unit)) in spans.iter().enumerate() {
            let by_size =
                unit.dimension() == own.dimension() && !modifiers.scales.iter().any(|scale| scale.unit == *unit);
            let molar = Ways { molar: modifiers.molar.as_ref(), ..Ways::default() };
            let before = spans.iter().take(at).any(|(_, other)| unit.factor_to(other).is_some());
            if by_size || before || unit.conversion_to(own, molar).is_some() {
                self.report(errors::converts_already(*span, unit, own, name));
            }
        }
    }
}
