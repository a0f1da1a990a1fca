//! Quantities from one unit to another.

use super::term::{Origin, Suffixes, Typed, multiply, operand, plain};
use super::{Checker, errors};
use crate::source::Span;
use crate::syntax::ast::TailKind;
use crate::typed::{Measure, Operand, OperandKind};
use crate::units::{Conversion, Unit};

/// What two quantities are brought into one unit for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// To be compared, or to choose between them.
    Values,
    /// To be added or subtracted, where a scale that begins elsewhere has no say.
    Sum,
}

impl Checker<'_> {
    /// `weight in kg`: the plain number.
    pub(super) fn in_units(&mut self, span: Span, typed: Typed, tails: &Suffixes<'_>) -> Option<Typed> {
        let mut typed = typed;
        if !tails.in_unit.is_empty() {
            self.no_quantifier(&typed)?;
        }
        for tail in &tails.in_unit {
            let TailKind::InUnit(text) = &tail.kind else {
                continue;
            };
            let target = self.unit(text)?;
            if let Some(age) = self.age_in(&typed, &target) {
                typed = Typed::formula(age, Unit::dimensionless(), span);
                continue;
            }
            let Some(conversion) = self.way(&typed, &target).filter(|way| can_do(way, &typed.quantity)) else {
                let say = match typed.from {
                    Origin::Fact(..) => errors::unit_of_other_scale,
                    Origin::Attribute(_) | Origin::Literal(..) | Origin::Formula => errors::unit_of_other_dimension,
                };
                self.report(say(text, &target, typed.unit()));
                return None;
            };
            // The plain number of so many of the unit.
            let mut quantity = converted(typed.quantity, &conversion, &target);
            quantity.note = Measure { unit: Unit::dimensionless(), span };
            typed = Typed { quantity, span, from: Origin::Formula };
        }
        Some(typed)
    }

    /// From the unit of `typed` to `target`, in the ways that its fact declares where the sizes do not do.
    ///
    /// What a formula makes of a fact is none of the fact's values, so nothing declared of the fact converts it.
    fn way(&self, typed: &Typed, target: &Unit) -> Option<Conversion> {
        // What is kept as a plain number is no percentage, unless its fact says how the two convert.
        let kept = matches!(typed.from, Origin::Fact(..) | Origin::Attribute(_));
        let by_size = if kept { target.value_factor_to(typed.unit()) } else { target.factor_to(typed.unit()) };
        if let Some(factor) = by_size.and_then(|factor| factor.recip()) {
            return Some(Conversion::by(factor));
        }
        if let Some(power) = typed.unit().antilogarithm_to(target) {
            return Some(power);
        }
        if let Some(power) = target.antilogarithm_to(typed.unit()) {
            return power.inverse();
        }
        let Origin::Fact(id, _) = &typed.from else {
            return None;
        };
        let fact = self.vocabulary.facts.get(*id)?;
        target.conversion_to(typed.unit(), fact.ways())?.inverse()
    }

    /// Whether values of the left side convert into a unit.
    pub(super) fn converts(&self, left: &Typed, unit: &Unit) -> bool {
        self.way(left, unit).is_some()
    }

    /// The right side in the left side's unit.
    pub(super) fn in_unit_of(&mut self, left: &Typed, right: Typed, place: Span, joined: Joined) -> Option<Operand> {
        if left.unit().is_titre() != right.unit().is_titre() {
            let diagnostic = self.titre_and_other(left, &right, place);
            self.report(diagnostic);
            return None;
        }
        if let Some(number) = right.bare_literal()
            && !plain(left.unit())
        {
            let diagnostic = self.missing_unit(left, number);
            self.report(diagnostic);
            return None;
        }
        if let Some(number) = left.bare_literal()
            && !plain(right.unit())
        {
            let diagnostic = self.missing_unit(&right, number);
            self.report(diagnostic);
            return None;
        }
        let conversion = match &left.from {
            Origin::Fact(..) if plain(left.unit()) && !plain(right.unit()) => {
                self.way(left, right.unit()).and_then(|way| way.inverse())
            }
            Origin::Fact(..) | Origin::Attribute(_) | Origin::Literal(..) | Origin::Formula => {
                self.way(&right, left.unit()).or_else(|| self.way(left, right.unit())?.inverse())
            }
        };
        match conversion.filter(|way| joined == Joined::Sum || can_do(way, &right.quantity)) {
            Some(conversion) if joined == Joined::Sum && !conversion.is_linear() => {
                let diagnostic = self.sum_across_scales(left, &right, place);
                self.report(diagnostic);
                None
            }
            Some(conversion) => Some(converted(right.quantity, &conversion, left.unit())),
            None => {
                let diagnostic = self.wrong_dimension(left, &right, place);
                self.report(diagnostic);
                None
            }
        }
    }
}

/// Whether a quantity converts so: what is no constant by factor and offset only.
fn can_do(way: &Conversion, quantity: &Operand) -> bool {
    way.is_straight() || matches!(quantity.kind, OperandKind::Number(_))
}

/// A quantity converted to `unit`, folded where it can be.
fn converted(quantity: Operand, conversion: &Conversion, unit: &Unit) -> Operand {
    let span = quantity.note.span;
    match quantity.kind {
        OperandKind::Number(number) => operand(OperandKind::Number(conversion.apply(&number)), unit.clone(), span),
        kind => {
            let product = multiply(Operand { kind, ..quantity }, conversion.factor.clone(), unit);
            if conversion.is_linear() {
                product
            } else {
                let offset = operand(OperandKind::Number(conversion.offset.clone()), unit.clone(), span);
                operand(OperandKind::Add(Box::new(product), Box::new(offset)), unit.clone(), span)
            }
        }
    }
}
