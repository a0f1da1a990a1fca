//! Every test of a criterion with where it stands: what it applies to, which way a yes of it leads, and the way to it.

use foldhash::{HashSet, HashSetExt};

use super::{Child, Condition, ConditionKind, Criterion, DefinitionId, FactRead, Operand, Program, Test};
use crate::ir::{Polarity, Quantifier};
use crate::number::Direction;
use crate::source::Span;
use crate::vocab::{FactId, KindId};

/// What a test applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope<'p> {
    /// The record as a whole.
    Record,
    /// One entry of one of these kinds.
    Entry(&'p [KindId]),
    /// One result of a fact.
    Result(FactId),
}

/// What a yes of a test does, all else being equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leads {
    /// It helps the patient in.
    In,
    /// It helps to keep the patient out.
    Out,
    /// Either, as other answers are.
    Either,
}

impl Leads {
    fn denied(self) -> Leads {
        match self {
            Leads::In => Leads::Out,
            Leads::Out => Leads::In,
            Leads::Either => Leads::Either,
        }
    }
}

/// One step from a condition, a test or an operand to a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathStep {
    /// To an item of a list, from 0; to what is denied.
    Item(usize),
    /// To what a name means.
    Definition(DefinitionId),
    /// To a side of a comparison or an operand of an operand, from 0.
    Operand(usize),
    /// To the filter of a fact's results; of a test or operand with several, the one at this place.
    Results(usize),
    /// To the filter of entries.
    Entries,
    /// To what chooses the entries that the latest is among.
    Among,
    /// To the condition of a choice.
    Condition,
}

/// Where a test stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'w, 'p> {
    /// In which criterion.
    pub criterion: &'p Criterion,
    /// Where it is written.
    pub span: Span,
    /// What it applies to.
    pub scope: Scope<'p>,
    /// Which way a yes leads.
    pub leads: Leads,
    /// The way from the criterion's condition.
    pub path: &'w [PathStep],
}

/// Calls `each` with every test of every criterion, in the order in which they are said. What a definition holds is
/// shown once for a criterion and each way that a yes of it leads there.
pub fn tests<'p>(program: &'p Program, each: &mut impl FnMut(Place<'_, 'p>, &'p Test)) {
    for criterion in &program.criteria {
        let leads = match criterion.polarity {
            Polarity::Require => Leads::In,
            Polarity::Exclude => Leads::Out,
        };
        let mut walk = Walk { program, criterion, path: Vec::new(), opened: HashSet::new(), each: &mut *each };
        walk.condition(&criterion.condition, Scope::Record, leads);
    }
}

struct Walk<'p, 'e, F> {
    program: &'p Program,
    criterion: &'p Criterion,
    path: Vec<PathStep>,
    opened: HashSet<(DefinitionId, Leads)>,
    each: &'e mut F,
}

impl<'p, F: FnMut(Place<'_, 'p>, &'p Test)> Walk<'p, '_, F> {
    fn step(&mut self, step: PathStep, then: impl FnOnce(&mut Self)) {
        self.path.push(step);
        then(self);
        self.path.pop();
    }

    fn condition(&mut self, condition: &'p Condition, scope: Scope<'p>, leads: Leads) {
        match &condition.kind {
            ConditionKind::And(items) | ConditionKind::Or(items) | ConditionKind::AtLeast(_, items) => {
                self.items(items, scope, leads);
            }
            ConditionKind::AtMost(_, items) => self.items(items, scope, leads.denied()),
            ConditionKind::Exactly(_, items) => self.items(items, scope, Leads::Either),
            ConditionKind::Not(inner) => self.items(std::slice::from_ref(inner.as_ref()), scope, leads.denied()),
            ConditionKind::Defined(id) => {
                if let Some(definition) = self.program.definitions.get(*id)
                    && self.opened.insert((*id, leads))
                {
                    // A definition is about the record, wherever it is named.
                    let inner = &definition.condition;
                    self.step(PathStep::Definition(*id), |walk| walk.condition(inner, Scope::Record, leads));
                }
            }
            ConditionKind::Test(test) => {
                let (criterion, span, path) = (self.criterion, condition.span, self.path.as_slice());
                (self.each)(Place { criterion, span, scope, leads, path }, test);
                self.inside(test, scope, leads);
            }
        }
    }

    fn items(&mut self, items: &'p [Condition], scope: Scope<'p>, leads: Leads) {
        for (at, item) in items.iter().enumerate() {
            self.step(PathStep::Item(at), |walk| walk.condition(item, scope, leads));
        }
    }

    fn inside(&mut self, test: &'p Test, scope: Scope<'p>, leads: Leads) {
        let counted = match test {
            Test::Entries { op, .. } => match op.direction() {
                Direction::Up => leads,
                Direction::Down => leads.denied(),
                Direction::Neither => Leads::Either,
            },
            // One more entry may let a course begin too early.
            Test::Course { windows, .. } if windows.iter().any(|(relation, _)| relation.begins_late()) => Leads::Either,
            Test::Course { op, .. } => match op.direction() {
                Direction::Up => leads,
                Direction::Down => leads.denied(),
                Direction::Neither => Leads::Either,
            },
            Test::Compare { .. }
            | Test::Stretch { .. }
            | Test::IsOneOf { .. }
            | Test::IsYes { .. }
            | Test::Window { .. }
            | Test::Judged { .. }
            | Test::Todo { .. } => leads,
        };
        let mut at = 0;
        test.children(&mut |child| {
            match child {
                Child::Operand(operand) => self.step(PathStep::Operand(at), |walk| walk.operand(operand, scope, leads)),
                Child::Read(read) => self.step(PathStep::Results(at), |walk| walk.read(read, leads)),
                Child::Condition(condition) => {
                    self.step(PathStep::Condition, |walk| walk.condition(condition, scope, Leads::Either));
                }
                Child::Entries(kinds, filter) => {
                    if let Some(filter) = filter {
                        self.step(PathStep::Entries, |walk| walk.condition(filter, Scope::Entry(kinds), counted));
                    }
                }
                // One more may hide the one that counts.
                Child::Among(kinds, filter) => {
                    if let Some(filter) = filter {
                        self.step(PathStep::Among, |walk| walk.condition(filter, Scope::Entry(kinds), Leads::Either));
                    }
                }
            }
            at += 1;
        });
    }

    fn operand(&mut self, operand: &'p Operand, scope: Scope<'p>, leads: Leads) {
        let mut at = 0;
        operand.children(&mut |child| {
            match child {
                Child::Operand(inner) => self.step(PathStep::Operand(at), |walk| walk.operand(inner, scope, leads)),
                Child::Read(read) => self.step(PathStep::Results(at), |walk| walk.read(read, leads)),
                Child::Condition(condition) => {
                    self.step(PathStep::Condition, |walk| walk.condition(condition, scope, Leads::Either));
                }
                // One more entry is more of a dose: a bound may be met by it, or no longer be.
                Child::Entries(kinds, filter) => {
                    if let Some(filter) = filter {
                        self.step(PathStep::Entries, |walk| {
                            walk.condition(filter, Scope::Entry(kinds), Leads::Either);
                        });
                    }
                }
                // An operand counts nothing else.
                Child::Among(..) => {}
            }
            at += 1;
        });
    }

    fn read(&mut self, read: &'p FactRead, leads: Leads) {
        let leads = match read.quantifier {
            // One more result that counts is one more that may do; of the latest of each value it may hide another.
            Quantifier::Any if read.by.is_none() => leads,
            // One more may be the one that does not, or the only one, or between two others.
            Quantifier::Any
            | Quantifier::Every
            | Quantifier::Latest
            | Quantifier::First
            | Quantifier::Highest
            | Quantifier::Lowest
            | Quantifier::Several(_) => Leads::Either,
        };
        if let Some(filter) = &read.filter {
            self.condition(filter, Scope::Result(read.fact), leads);
        }
    }
}
