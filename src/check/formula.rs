//! Formulas: arithmetic, functions and choices, and how large they may grow.

use super::convert::Joined;
use super::env::Env;
use super::limits::{MAX_DEPTH, MAX_OPERATIONS, MAX_PARTS, MAX_POWER};
use super::term::{Origin, Typed, multiply, plain};
use super::{Checker, errors};
use crate::calendar::AgeUnit;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, Expr, ExprKind, Name};
use crate::typed::{Age, Condition, Operand, OperandKind, visit};
use crate::units::Unit;
use crate::vocab::{FactId, Symbol, Type};

impl Checker<'_> {
    pub(super) fn choice(
        &mut self,
        span: Span,
        condition: Box<Condition>,
        then: Typed,
        otherwise: Typed,
    ) -> Option<Typed> {
        let unit = then.unit().clone();
        let otherwise = self.in_unit_of(&then, otherwise, span, Joined::Values)?;
        self.no_quantifier(&then)?;
        self.bounded_formula(span, &[&then.quantity, &otherwise], Some(&condition))?;
        Some(Typed::formula(
            OperandKind::If { condition, then: Box::new(then.quantity), otherwise: Box::new(otherwise) },
            unit,
            span,
        ))
    }

    /// `a + b + c` grows to the left, so that its length costs no stack.
    pub(super) fn arithmetic(&mut self, env: Env<'_>, expr: &Expr) -> Option<Typed> {
        let mut steps = Vec::new();
        let mut first = expr;
        while let ExprKind::Arithmetic { op, op_span, left, right } = &first.kind {
            steps.push((first.span, *op, *op_span, right.as_ref()));
            first = left;
        }
        if env.depth + steps.len() > MAX_DEPTH {
            self.report(errors::nested_too_deep(expr.span, MAX_DEPTH));
            return None;
        }
        if let Some(diagnostic) = self.blank_in_unit(expr, first, &steps) {
            self.report(diagnostic);
            return None;
        }
        let mut left = self.quantity(env, first);
        for (span, op, op_span, right) in steps.into_iter().rev() {
            let right = self.quantity(env, right);
            left = match (left, right) {
                (Some(left), Some(right)) => self.combine(span, op, op_span, left, right),
                _ => None,
            };
        }
        left
    }

    pub(super) fn combine(
        &mut self,
        span: Span,
        op: ArithmeticOp,
        op_span: Span,
        left: Typed,
        right: Typed,
    ) -> Option<Typed> {
        self.no_quantifier(&left)?;
        self.no_quantifier(&right)?;
        self.bounded_formula(span, &[&left.quantity, &right.quantity], None)?;
        let boxed = |quantity| Box::new(quantity);
        let typed = match op {
            ArithmeticOp::Add | ArithmeticOp::Subtract => {
                let unit = left.unit().clone();
                let right = self.in_unit_of(&left, right, op_span, Joined::Sum)?;
                let quantity = match op {
                    ArithmeticOp::Add => OperandKind::Add(boxed(left.quantity), boxed(right)),
                    _ => OperandKind::Subtract(boxed(left.quantity), boxed(right)),
                };
                Typed::formula(quantity, unit, span)
            }
            ArithmeticOp::Multiply => {
                let unit = left.unit().multiply(right.unit());
                Typed::formula(OperandKind::Multiply(boxed(left.quantity), boxed(right.quantity)), unit, span)
            }
            ArithmeticOp::Divide => {
                let unit = left.unit().divide(right.unit());
                Typed::formula(OperandKind::Divide(boxed(left.quantity), boxed(right.quantity)), unit, span)
            }
            ArithmeticOp::Power => {
                let Some(exponent) = right.number().filter(|_| plain(right.unit())).cloned() else {
                    self.report(errors::power_not_constant(right.span));
                    return None;
                };
                if exponent.abs() > Rational::from_i64(MAX_POWER) {
                    self.report(errors::exponent_too_large(right.span, MAX_POWER));
                    return None;
                }
                let whole = exponent.to_i64().and_then(|whole| i32::try_from(whole).ok()).filter(|n| n.abs() <= 16);
                let unit = match whole.and_then(|whole| left.unit().powi(whole)) {
                    Some(unit) => unit,
                    None if plain(left.unit()) => Unit::dimensionless(),
                    None => {
                        self.report(errors::power_of_dimension(op_span, left.unit()));
                        return None;
                    }
                };
                Typed::formula(OperandKind::Power(boxed(left.quantity), exponent), unit, span)
            }
        };
        Some(typed)
    }

    /// Reports a formula of these parts that a tree could not hold.
    pub(super) fn bounded_formula(&mut self, span: Span, of: &[&Operand], condition: Option<&Condition>) -> Option<()> {
        let size = of.iter().map(|quantity| visit::parts(quantity)).sum::<usize>();
        if size + condition.map_or(0, visit::parts_of_condition) > MAX_PARTS {
            self.report(errors::formula_too_large(span, MAX_PARTS));
            self.overgrown += 1;
            return None;
        }
        if of.iter().map(|quantity| visit::operations(quantity)).max().unwrap_or(0) >= MAX_OPERATIONS {
            self.report(errors::formula_too_deep(span, MAX_OPERATIONS));
            self.overgrown += 1;
            return None;
        }
        Some(())
    }

    pub(super) fn call(&mut self, env: Env<'_>, span: Span, function: &Name, arguments: &[Expr]) -> Option<Typed> {
        if function.text == "completed_years" {
            return self.completed_years(env, span, arguments);
        }
        let typed: Vec<Option<Typed>> = arguments.iter().map(|argument| self.quantity(env, argument)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        let mut rest = typed.into_iter();
        let Some(first) = rest.next() else {
            self.report(errors::wrong_arguments(span, &function.text));
            return None;
        };
        self.no_quantifier(&first)?;
        let mut list = vec![first.quantity.clone()];
        for other in rest {
            self.no_quantifier(&other)?;
            list.push(self.in_unit_of(&first, other, span, Joined::Values)?);
        }
        self.bounded_formula(span, &list.iter().collect::<Vec<_>>(), None)?;
        let quantity = match function.text.as_str() {
            "min" => OperandKind::Min(list),
            "max" => OperandKind::Max(list),
            _ => {
                self.report(errors::unknown_function(function));
                return None;
            }
        };
        let unit = first.unit().clone();
        Some(Typed::formula(quantity, unit, span))
    }

    /// `completed_years(birth_date)`: whole years from a date fact to the anchor that the fact asked for names.
    pub(super) fn completed_years(&mut self, env: Env<'_>, span: Span, arguments: &[Expr]) -> Option<Typed> {
        let fact = match arguments {
            [Expr { kind: ExprKind::Term(term), .. }] if term.prefixes.is_empty() && term.filter.is_none() => {
                match term.subjects.as_slice() {
                    [name] => self.vocabulary.symbols.get(&name.text).copied(),
                    _ => None,
                }
            }
            _ => None,
        };
        let date = |id: FactId| self.vocabulary.facts.get(id).is_some_and(|fact| fact.ty == Type::Date);
        match fact {
            Some(Symbol::Fact(id)) if date(id) => {
                let anchor = env.computed_at.unwrap_or(self.default_anchor);
                let unit = Unit::parse("a").ok()?;
                let age = Age { unit: AgeUnit::Year, recorded: None, scales: (), from: id, to: anchor };
                Some(Typed::formula(OperandKind::Age(Box::new(age)), unit, span))
            }
            _ => {
                self.report(errors::wrong_arguments(span, "completed_years"));
                None
            }
        }
    }

    /// A quantity part of a formula cannot be `any` or `every` result.
    pub(super) fn no_quantifier(&mut self, typed: &Typed) -> Option<()> {
        if typed.of_several() {
            self.report(errors::quantifier_in_formula(typed.span));
            return None;
        }
        Some(())
    }
}

pub(super) fn negated(inner: Typed, span: Span) -> Typed {
    let unit = inner.unit().clone();
    let mut quantity = multiply(inner.quantity, Rational::from(-1), &unit);
    quantity.note.span = span;
    let from = match inner.from {
        Origin::Literal(number, unit) => Origin::Literal(number, unit),
        Origin::Fact(..) | Origin::Attribute(_) | Origin::Formula => Origin::Formula,
    };
    Typed { quantity, span, from }
}
