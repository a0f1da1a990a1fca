//! What a criterion waits for: everything whose absence can leave it open.

use super::words::{Words, spaced};
use crate::typed::{Condition, ConditionKind, FactRead, Quantity, Subject, Test, TimeOf};
use crate::vocab::Type;
use crate::window::{Relation, Select};

/// What a condition waits for, each once, in the order in which it is asked.
#[derive(Default)]
pub(super) struct Waits {
    /// Noun phrases: what is missing when the criterion stays open.
    pub missing: Vec<String>,
    /// What a silent record means no for.
    pub silence_is_no: Vec<String>,
    /// A todo is always open.
    pub todo: bool,
}

impl Waits {
    fn add(&mut self, what: String) {
        if !self.missing.contains(&what) {
            self.missing.push(what);
        }
    }

    fn closed(&mut self, what: String) {
        if !self.silence_is_no.contains(&what) {
            self.silence_is_no.push(what);
        }
    }
}

pub(super) fn waits(words: &Words<'_>, condition: &Condition) -> Waits {
    let mut found = Waits::default();
    condition_waits(words, condition, &mut found);
    found
}

fn condition_waits(words: &Words<'_>, condition: &Condition, found: &mut Waits) {
    match &condition.kind {
        ConditionKind::And(items)
        | ConditionKind::Or(items)
        | ConditionKind::AtLeast(_, items)
        | ConditionKind::AtMost(_, items)
        | ConditionKind::Exactly(_, items) => {
            for item in items {
                condition_waits(words, item, found);
            }
        }
        ConditionKind::Not(inner) => condition_waits(words, inner, found),
        ConditionKind::Defined(id) => {
            if let Some(definition) = words.program.definitions.get(*id) {
                condition_waits(words, &definition.condition, found);
            }
        }
        ConditionKind::Test(test) => test_waits(words, test, found),
    }
}

fn test_waits(words: &Words<'_>, test: &Test, found: &mut Waits) {
    match test {
        Test::Compare { left, right, .. } => {
            quantity_waits(words, left, found);
            quantity_waits(words, right, found);
        }
        Test::Among { subject, .. } | Test::IsYes(subject) => match subject {
            Subject::Fact(read) => read_waits(words, read, found),
            Subject::Attribute(name) => found.add(format!("“{}”", spaced(name))),
        },
        Test::Entries { kinds, filter, .. } => {
            let open: Vec<usize> = kinds
                .iter()
                .copied()
                .filter(|kind| words.program.vocabulary.kinds.get(*kind).is_some_and(|kind| !kind.absent_means_no))
                .collect();
            let closed: Vec<usize> = kinds.iter().copied().filter(|kind| !open.contains(kind)).collect();
            if !open.is_empty() {
                found.add(format!("the list of {} (or “none”)", words.kinds(&open, "and")));
            }
            if !closed.is_empty() {
                found.closed(words.kinds(&closed, "or"));
            }
            if let Some(filter) = filter {
                condition_waits(words, filter, found);
            }
        }
        Test::Window { of, relation, .. } => match of {
            TimeOf::Entry => match relation {
                Relation::Current | Relation::Throughout { .. } | Relation::Lasting { .. } => {
                    found.add("its start, and its end if it has ended".to_owned());
                }
                Relation::Within { .. }
                | Relation::Before
                | Relation::After
                | Relation::At
                | Relation::UpTo
                | Relation::Planned
                | Relation::EarlierBy { .. }
                | Relation::LaterBy { .. } => found.add("its start, exact enough to tell".to_owned()),
            },
            TimeOf::Result => {}
            TimeOf::Attribute(name) => found.add(format!("the date “{}”", spaced(name))),
            TimeOf::Fact(read) => read_waits(words, read, found),
        },
        Test::Judged { by, .. } => found.add(format!("the {by}'s answer")),
        Test::Todo(_) => found.todo = true,
    }
}

fn read_waits(words: &Words<'_>, read: &FactRead, found: &mut Waits) {
    let Some(fact) = words.program.vocabulary.facts.get(read.fact) else {
        return;
    };
    if fact.absent_means_no {
        found.closed(format!("“{}”", spaced(&fact.name)));
    } else if fact.ty == Type::YesNo {
        found.add(format!("the answer to “{}”", spaced(&fact.name)));
    } else if fact.timeless {
        found.add(words.fact(read.fact));
    } else {
        match read.select {
            Select::Latest | Select::Any | Select::Every => {
                found.add(format!("such a result of {}", words.fact(read.fact)))
            }
        }
    }
}

fn quantity_waits(words: &Words<'_>, quantity: &Quantity, found: &mut Waits) {
    match quantity {
        Quantity::Number(_) => {}
        Quantity::Fact(read, limit) => {
            read_waits(words, read, found);
            if limit.is_some() {
                found.add("its limit of normal".to_owned());
            }
        }
        Quantity::Attribute(name) => found.add(format!("“{}”", spaced(name))),
        Quantity::Given(read, inner) => {
            // The inputs are asked only where the value itself is missing.
            let mut inputs = Waits::default();
            quantity_waits(words, inner, &mut inputs);
            let inputs = super::words::list(&inputs.missing, "and");
            found.add(format!("{} (or what it is worked out from: {inputs})", words.fact(read.fact)));
        }
        Quantity::CompletedYears(from, _) => found.add(words.fact(*from)),
        Quantity::Add(a, b) | Quantity::Subtract(a, b) | Quantity::Multiply(a, b) | Quantity::Divide(a, b) => {
            quantity_waits(words, a, found);
            quantity_waits(words, b, found);
        }
        Quantity::Power(base, _) => quantity_waits(words, base, found),
        Quantity::Min(list) | Quantity::Max(list) => {
            for item in list {
                quantity_waits(words, item, found);
            }
        }
        Quantity::If(condition, then, otherwise) => {
            condition_waits(words, condition, found);
            quantity_waits(words, then, found);
            quantity_waits(words, otherwise, found);
        }
    }
}
