//! What the parts of the check hand to each other: quantities with where they came from, values, sorted tails, and
//! conditions made of conditions.

use crate::ir::Quantifier;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{Expr, Number, Tail, TailKind, Unit as UnitText, Window};
use crate::typed::{Condition, ConditionKind, FactRead, Measure, Operand, OperandKind, Test};
use crate::units::Unit;
use crate::vocab::{Attribute, FactId};

/// A quantity, where it is meant (its own place is that of a definition where it is named) and where it came from.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub quantity: Operand,
    pub span: Span,
    pub from: Origin,
}

/// An operand of this unit, written there.
pub(super) fn operand(kind: OperandKind, unit: Unit, span: Span) -> Operand {
    Operand { kind, note: Measure { unit, span } }
}

/// Where a quantity came from, as far as a comparison cares.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// A literal, with its unit when one was written.
    Literal(Number, Option<UnitText>),
    /// One fact.
    Fact(FactId, FactRead),
    /// One attribute.
    Attribute(Box<Attribute>),
    /// A formula.
    Formula,
}

impl Typed {
    /// Whether it reads a fact in that way.
    pub fn selects(&self, quantifier: Quantifier) -> bool {
        matches!(&self.from, Origin::Fact(_, read) if read.quantifier == quantifier)
    }

    /// Whether it counts results.
    pub fn counts(&self) -> bool {
        match &self.from {
            Origin::Fact(_, read) => matches!(read.quantifier, Quantifier::Several(_)),
            Origin::Literal(..) | Origin::Attribute(_) | Origin::Formula => false,
        }
    }

    /// Whether it has as many values as results that count.
    pub(super) fn of_several(&self) -> bool {
        match &self.from {
            Origin::Fact(_, read) => read.quantifier.asks_each(),
            Origin::Literal(..) | Origin::Attribute(_) | Origin::Formula => false,
        }
    }

    pub(super) fn new(kind: OperandKind, unit: Unit, span: Span, from: Origin) -> Typed {
        Typed { quantity: operand(kind, unit, span), span, from }
    }

    pub(super) fn formula(kind: OperandKind, unit: Unit, span: Span) -> Typed {
        Typed::new(kind, unit, span, Origin::Formula)
    }

    /// The unit its number is in.
    pub(super) fn unit(&self) -> &Unit {
        &self.quantity.note.unit
    }

    pub(super) fn number(&self) -> Option<&Rational> {
        match &self.quantity.kind {
            OperandKind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn bare_literal(&self) -> Option<&Number> {
        match &self.from {
            Origin::Literal(number, None) if number.dilution().is_none() => Some(number),
            _ => None,
        }
    }
}

/// Whether numbers of this unit are written without one.
pub(super) fn plain(unit: &Unit) -> bool {
    unit.is_plain()
}

/// `quantity * factor` in `unit`, folded where it can be.
pub(super) fn multiply(quantity: Operand, factor: Rational, unit: &Unit) -> Operand {
    if factor == Rational::one() {
        return quantity;
    }
    let span = quantity.note.span;
    match quantity.kind {
        OperandKind::Number(number) => operand(OperandKind::Number(number.mul(&factor)), unit.clone(), span),
        kind => {
            let per = unit.divide(&quantity.note.unit);
            let factor = operand(OperandKind::Number(factor), per, span);
            let whole = Box::new(Operand { kind, ..quantity });
            operand(OperandKind::Multiply(whole, Box::new(factor)), unit.clone(), span)
        }
    }
}

/// A value that a term names: a fact, or an attribute of what is in scope.
pub(super) enum Value {
    Fact(FactId),
    Attribute(Box<Attribute>),
}

/// The tails behind a subject, sorted by what they do.
#[derive(Default)]
pub(super) struct Suffixes<'e> {
    pub predicates: Vec<&'e Tail>,
    pub windows: Vec<(&'e Window, Span)>,
    pub excepts: Vec<&'e Expr>,
    pub lasting: Vec<&'e Tail>,
    /// What says which entries are one course, or that one alone is asked.
    pub course: Vec<&'e Tail>,
    pub apart: Vec<&'e Tail>,
    pub in_unit: Vec<&'e Tail>,
}

impl<'e> Suffixes<'e> {
    pub fn sort(tails: &'e [Tail]) -> Suffixes<'e> {
        let mut sorted = Suffixes::default();
        for tail in tails {
            match &tail.kind {
                TailKind::Compare { .. } | TailKind::Between { .. } | TailKind::Is { .. } | TailKind::InSet { .. } => {
                    sorted.predicates.push(tail)
                }
                TailKind::Window(window) => sorted.windows.push((window, tail.span)),
                TailKind::Except(filter) => sorted.excepts.push(filter),
                TailKind::Lasting { .. } => sorted.lasting.push(tail),
                TailKind::Gaps(_) | TailKind::OneEntry => sorted.course.push(tail),
                TailKind::Apart(_) => sorted.apart.push(tail),
                TailKind::InUnit(_) => sorted.in_unit.push(tail),
            }
        }
        sorted
    }
}

pub(super) fn test(span: Span, test: Test) -> Condition {
    Condition { span, kind: ConditionKind::Test(test) }
}

/// All of them; one alone means itself.
pub(super) fn all(span: Span, mut conditions: Vec<Condition>) -> Option<Condition> {
    if conditions.len() > 1 {
        return Some(Condition { span, kind: ConditionKind::And(conditions) });
    }
    conditions.pop()
}

pub(super) fn negate(condition: Condition) -> Condition {
    Condition { span: condition.span, kind: ConditionKind::Not(Box::new(condition)) }
}
