//! What a criterion waits for: everything whose absence can leave it open.

use super::words::{Words, spaced};
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Condition, FactRead, Judgement, Operand, OperandKind, Subject, Test, TimeOf};
use crate::vocab::{KindId, Type};

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
    let mut waiting = Waiting::new(words);
    waiting.condition(condition);
    waiting.found
}

struct Waiting<'w, 'p> {
    words: &'w Words<'p>,
    definitions: Definitions<'p>,
    found: Waits,
}

impl<'w, 'p> Waiting<'w, 'p> {
    fn new(words: &'w Words<'p>) -> Self {
        Waiting { words, definitions: Definitions::new(&words.program.definitions), found: Waits::default() }
    }

    /// The lists of entries of some kinds.
    fn lists(&mut self, kinds: &[KindId]) {
        let open: Vec<KindId> = kinds
            .iter()
            .copied()
            .filter(|kind| self.words.program.vocabulary.kinds.get(*kind).is_some_and(|kind| !kind.absent_means_no))
            .collect();
        let closed: Vec<KindId> = kinds.iter().copied().filter(|kind| !open.contains(kind)).collect();
        if !open.is_empty() {
            self.found.add(format!("the list of {} (or “none”)", self.words.kinds(&open, "and")));
        }
        if !closed.is_empty() {
            self.found.closed(self.words.kinds(&closed, "or"));
        }
    }
}

impl<'p> Visit<'p> for Waiting<'_, 'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn test(&mut self, test: &'p Test) {
        match test {
            Test::IsOneOf { subject: Subject::Attribute(name), .. }
            | Test::IsYes { subject: Subject::Attribute(name) } => {
                self.found.add(format!("“{}”", spaced(&name.name)));
            }
            Test::Compare { .. } | Test::Stretch { .. } | Test::IsOneOf { .. } | Test::IsYes { .. } => {}
            Test::Entries { kinds, .. } => self.lists(kinds),
            Test::Course { kinds, .. } => {
                self.lists(kinds);
                self.found.add("the start of each course, and its end if it has ended".to_owned());
            }
            Test::Window { of, relation, anchor, .. } => {
                if let Some(point) = anchor.entry() {
                    self.found.add(format!("the list of {} (or “none”)", self.words.kinds(&point.kinds, "and")));
                }
                match of {
                    TimeOf::Entry if relation.goes_on() => {
                        self.found.add("its start, and its end if it has ended".to_owned());
                    }
                    TimeOf::Entry => self.found.add("its start, exact enough to tell".to_owned()),
                    TimeOf::Anchor(anchor) => self.found.add(format!("the date of {}", self.words.anchor(*anchor))),
                    TimeOf::Result | TimeOf::Fact(_) => {}
                    TimeOf::Attribute(name) => self.found.add(format!("the date “{}”", spaced(&name.name))),
                }
            }
            Test::Judged { question: Judgement { by, .. } } => self.found.add(format!("the {by}'s answer")),
            Test::Todo { .. } => self.found.todo = true,
        }
        visit::walk_test(self, test);
    }

    fn operand(&mut self, operand: &'p Operand) {
        match &operand.kind {
            OperandKind::Attribute(name) => self.found.add(format!("“{}”", spaced(&name.name))),
            OperandKind::Age(age) => {
                let from = self.words.fact(age.from);
                self.found.add(match &age.recorded {
                    Some(read) if read.quantifier.asks_each() => self.words.fact(read.fact),
                    Some(read) => format!("{} (or the {from})", self.words.fact(read.fact)),
                    None => from,
                });
                return;
            }
            OperandKind::Coalesce { read, otherwise: inner } => {
                // The inputs are asked only where the value itself is missing.
                let mut inputs = Waiting::new(self.words);
                inputs.operand(inner);
                let inputs = super::words::list(&inputs.found.missing, "and");
                self.found.add(format!("{} (or what it is worked out from: {inputs})", self.words.fact(read.fact)));
                return;
            }
            OperandKind::DailyDose(dose) => {
                self.lists(&dose.kinds);
                self.found.add("of each course its start, its end if it has ended, and its dose".to_owned());
            }
            OperandKind::Number(_)
            | OperandKind::Fact(..)
            | OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_)
            | OperandKind::If { .. } => {}
        }
        visit::walk_operand(self, operand);
        if let OperandKind::Fact(_, Some(_)) = &operand.kind {
            self.found.add("its limit of normal".to_owned());
        }
    }

    // Which of the results count is not waited for: the result is.
    fn read(&mut self, read: &'p FactRead) {
        let Some(fact) = self.words.program.vocabulary.facts.get(read.fact) else {
            return;
        };
        if fact.absent_means_no {
            self.found.closed(format!("“{}”", spaced(&fact.name)));
        } else if fact.ty == Type::YesNo {
            self.found.add(format!("the answer to “{}”", spaced(&fact.name)));
        } else if fact.timeless {
            self.found.add(self.words.fact(read.fact));
        } else {
            self.found.add(format!("such a result of {}", self.words.fact(read.fact)));
        }
    }
}
