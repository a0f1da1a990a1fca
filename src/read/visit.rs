//! Everything inside a condition, definitions opened, in the order in which it is said.

use crate::typed::{Condition, ConditionKind, FactRead, Program, Quantity, Subject, Test, TimeOf};

/// What is met on the way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seen<'p> {
    /// A condition, before what it holds.
    Condition(&'p Condition),
    /// A quantity, before what it holds.
    Quantity(&'p Quantity),
    /// A value fact as read.
    Read(&'p FactRead),
}

/// Shows `found` every part of a condition.
pub(super) fn conditions<'p>(program: &'p Program, condition: &'p Condition, found: &mut dyn FnMut(Seen<'p>)) {
    found(Seen::Condition(condition));
    match &condition.kind {
        ConditionKind::And(items)
        | ConditionKind::Or(items)
        | ConditionKind::AtLeast(_, items)
        | ConditionKind::AtMost(_, items)
        | ConditionKind::Exactly(_, items) => {
            for item in items {
                conditions(program, item, found);
            }
        }
        ConditionKind::Not(inner) => conditions(program, inner, found),
        ConditionKind::Defined(id) => {
            if let Some(definition) = program.definitions.get(*id) {
                conditions(program, &definition.condition, found);
            }
        }
        ConditionKind::Test(test) => match test {
            Test::Compare { left, right, .. } => {
                quantities(program, left, found);
                quantities(program, right, found);
            }
            Test::Among { subject: Subject::Fact(read), .. }
            | Test::IsYes(Subject::Fact(read))
            | Test::Window { of: TimeOf::Fact(read), .. } => reads(program, read, found),
            Test::Entries { filter: Some(filter), .. } => conditions(program, filter, found),
            Test::Entries { filter: None, .. }
            | Test::Among { subject: Subject::Attribute(_), .. }
            | Test::IsYes(Subject::Attribute(_))
            | Test::Window { .. }
            | Test::Judged { .. }
            | Test::Todo(_) => {}
        },
    }
}

fn reads<'p>(program: &'p Program, read: &'p FactRead, found: &mut dyn FnMut(Seen<'p>)) {
    found(Seen::Read(read));
    if let Some(filter) = &read.filter {
        conditions(program, filter, found);
    }
}

fn quantities<'p>(program: &'p Program, quantity: &'p Quantity, found: &mut dyn FnMut(Seen<'p>)) {
    found(Seen::Quantity(quantity));
    match quantity {
        Quantity::Number(_) | Quantity::Attribute(_) | Quantity::CompletedYears(..) => {}
        Quantity::Fact(read, _) => reads(program, read, found),
        Quantity::Given(read, inner) => {
            reads(program, read, found);
            quantities(program, inner, found);
        }
        Quantity::Power(inner, _) => quantities(program, inner, found),
        Quantity::Add(a, b) | Quantity::Subtract(a, b) | Quantity::Multiply(a, b) | Quantity::Divide(a, b) => {
            quantities(program, a, found);
            quantities(program, b, found);
        }
        Quantity::Min(list) | Quantity::Max(list) => {
            for item in list {
                quantities(program, item, found);
            }
        }
        Quantity::If(condition, then, otherwise) => {
            conditions(program, condition, found);
            quantities(program, then, found);
            quantities(program, otherwise, found);
        }
    }
}
