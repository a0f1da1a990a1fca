//! Comparisons of two quantities, and of a result with its own limit of normal.

use super::age::{Counted, age};
use super::constant::constant;
use super::convert::Joined;
use super::env::Env;
use super::term::test;
use super::term::{Origin, Typed, operand, plain};
use super::{Checker, errors};
use crate::ir::Limit;
use crate::number::Comparison;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Number};
use crate::typed::{Condition, OperandKind, Test};
use crate::units::Unit;

impl Checker<'_> {
    /// One comparison, sides in one unit, bound checked against what the fact can be.
    pub(super) fn compare_with(
        &mut self,
        env: Env<'_>,
        span: Span,
        left: &Typed,
        op: Comparison,
        op_span: Span,
        right: &Expr,
    ) -> Option<Condition> {
        if let ExprKind::TimesLimit { factor, limit } = &right.kind {
            return self.compare_with_limit(span, left, op, right.span, factor, *limit);
        }
        if let Some(diagnostic) = self.pair_of_bounds(left, right) {
            self.report(diagnostic);
            return None;
        }
        let right = self.quantity(env, right)?;
        // A constant on the left reads the other way round.
        if constant(&left.quantity).is_some() && constant(&right.quantity).is_none() {
            return self.compare_typed(span, &right, op.mirrored(), op_span, left.clone());
        }
        self.compare_typed(span, left, op, op_span, right)
    }

    fn compare_typed(
        &mut self,
        span: Span,
        left: &Typed,
        op: Comparison,
        op_span: Span,
        right: Typed,
    ) -> Option<Condition> {
        if right.of_several() {
            self.report(errors::quantifier_in_formula(right.span));
            return None;
        }
        if let Origin::Literal(_, Some(unit)) = &right.from
            && plain(left.unit())
            && !plain(right.unit())
            && matches!(left.from, Origin::Fact(..) | Origin::Attribute(_))
            && !self.converts(left, right.unit())
        {
            let diagnostic = self.unneeded_unit(left, unit);
            self.report(diagnostic);
            return None;
        }
        // An age is counted in the units of what it is compared with, whichever side it is on.
        if age(&right.quantity).is_some() && age(&left.quantity).is_none() {
            return self.compare_typed(span, &right, op.mirrored(), op_span, left.clone());
        }
        match self.count_age(left, &right) {
            Err(()) => return None,
            Ok(None) => {}
            Ok(Some(Counted { left: age, right: value, bound })) => {
                // Who writes weeks or months has thought of a child; an age that no person can have stays an error.
                if let Some(bound) = bound
                    && (right.unit().ucum() == left.unit().ucum() || self.is_impossible(left, &bound))
                {
                    self.check_bound(left, op, &right, &bound)?;
                }
                return Some(test(span, Test::Compare { left: age, op, right: value }));
            }
        }
        let written = right.clone();
        let value = self.in_unit_of(left, right, op_span, Joined::Values)?;
        // A formula of numbers alone is a bound as any other: `lvef >= 4 * 100 %`.
        if let Some(bound) = constant(&value) {
            self.check_bound(left, op, &written, &bound)?;
        }
        Some(test(span, Test::Compare { left: left.quantity.clone(), op, right: value }))
    }

    fn compare_with_limit(
        &mut self,
        span: Span,
        left: &Typed,
        op: Comparison,
        place: Span,
        factor: &Number,
        limit: Limit,
    ) -> Option<Condition> {
        let Origin::Fact(id, read) = &left.from else {
            self.report(errors::limit_of_formula(place));
            return None;
        };
        let fact = self.vocabulary.facts.get(*id)?;
        let has = match limit {
            Limit::Uln => fact.uln,
            Limit::Lln => fact.lln,
        };
        if !has {
            let diagnostic = errors::no_reference_limit(place, fact, limit);
            self.report(diagnostic);
            return None;
        }
        let Some(number) = Rational::parse_literal(&factor.text).ok().filter(|n| !n.is_negative() && !n.is_zero())
        else {
            self.report(errors::bad_number(factor));
            return None;
        };
        let ratio = |kind, span| operand(kind, Unit::dimensionless(), span);
        let left = ratio(OperandKind::Fact(read.clone(), Some(limit)), left.span);
        Some(test(span, Test::Compare { left, op, right: ratio(OperandKind::Number(number), place) }))
    }
}
