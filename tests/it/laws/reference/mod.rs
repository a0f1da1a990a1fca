//! A second semantics: plain recursion over the typed program, nothing shared, nothing branched, nothing cached.
//!
//! It says what a program means, by the reference manual alone. The decision tree and its evaluator must agree with
//! it on every record.

mod anchor;
mod course;
mod dose;
mod quantity;
mod questions;
mod record;
mod selected;
mod time;

use std::collections::BTreeMap;

use eligc::ir::{Id, Outcome, Polarity, Quantifier, Several, Verdict};
use eligc::number::Comparison;
use eligc::typed::{
    Condition, ConditionKind, FactRead, Judgement, Operand, OperandKind, Program, Subject, Test, TimeOf,
};
use eligc::vocab::{AnchorId, FactId, KindId};
use serde_json::Value as Json;

pub use record::{Entry, Patient, Reading, Value, convert, rational, way};

/// Yes, no or unknown.
pub type Answer = Option<bool>;

/// Kleene's and.
pub fn and(answers: impl IntoIterator<Item = Answer>) -> Answer {
    let mut sum = Some(true);
    for answer in answers {
        sum = match (sum, answer) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
    }
    sum
}

/// Kleene's or.
pub fn or(answers: impl IntoIterator<Item = Answer>) -> Answer {
    not(and(answers.into_iter().map(not)))
}

/// Kleene's not.
pub fn not(answer: Answer) -> Answer {
    answer.map(|yes| !yes)
}

/// How a number that lies between `least` and `most` compares; no `most` is no upper limit.
fn counted(comparison: Comparison, least: usize, most: Option<usize>, with: usize) -> Answer {
    let certainly = |yes: bool, no: bool| match (yes, no) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    let below = most.is_some_and(|most| most < with);
    let up_to = most.is_some_and(|most| most <= with);
    match comparison {
        Comparison::Ge => certainly(least >= with, below),
        Comparison::Le => certainly(up_to, least > with),
        Comparison::Eq => certainly(least == with && most == Some(with), below || least > with),
        other => panic!("no count compares with {other}"),
    }
}

/// Whose attributes and time a condition may ask for.
#[derive(Clone, Copy)]
pub enum Scope<'r> {
    /// The whole record's: none.
    Record,
    Entry(&'r Entry),
    Reading(&'r Reading),
}

/// What the reference says of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// By criterion.
    pub outcomes: Vec<Outcome>,
    pub verdict: Verdict,
    /// By anchor: the verdict over the criteria of that stage and of those before.
    pub stages: Vec<Verdict>,
    /// By criterion.
    pub pending: Vec<bool>,
}

/// A program and a patient.
pub struct Reference<'p> {
    program: &'p Program,
    patient: Patient,
    /// The question's id by its text and who is asked.
    questions: &'p BTreeMap<(String, String), String>,
    /// Facts in conflict, which may have any number of results.
    conflict: Vec<FactId>,
}

/// The meaning of a program for a record.
pub fn say(program: &Program, questions: &BTreeMap<(String, String), String>, record: &Json) -> Said {
    let mut reference = Reference { program, patient: Patient::read(program, record), questions, conflict: Vec::new() };
    let given = reference.patient.anchors.clone();
    reference.mask();
    let asked = program.criteria.iter().map(|criterion| {
        let answer = reference.condition(&criterion.condition, Scope::Record);
        let outcome = match (answer, criterion.polarity) {
            (None, _) => Outcome::Unknown,
            (Some(true), Polarity::Require) | (Some(false), Polarity::Exclude) => Outcome::Pass,
            _ => Outcome::Fail,
        };
        (outcome, anchor::stage(program, &criterion.condition))
    });
    // What is not among the criteria is unknown, from the first anchor on.
    let not_there = program.trial.incomplete.iter().map(|_| (Outcome::Unknown, AnchorId::default()));
    let (outcomes, stages): (Vec<Outcome>, Vec<AnchorId>) = not_there.chain(asked).unzip();
    let pending = outcomes
        .iter()
        .zip(&stages)
        .map(|(outcome, stage)| {
            let missing = given[*stage].is_none();
            *outcome == Outcome::Unknown && *stage > program.default_anchor && missing
        })
        .collect();
    let by_stage = (0..program.vocabulary.anchors.len())
        .map(|last| {
            verdict(outcomes.iter().zip(&stages).filter(|(_, stage)| stage.place() <= last).map(|(one, _)| *one))
        })
        .collect();
    Said { verdict: verdict(outcomes.iter().copied()), outcomes, stages: by_stage, pending }
}

fn verdict(outcomes: impl Iterator<Item = Outcome> + Clone) -> Verdict {
    if outcomes.clone().any(|outcome| outcome == Outcome::Fail) {
        Verdict::Ineligible
    } else if outcomes.clone().any(|outcome| outcome == Outcome::Unknown) {
        Verdict::Undetermined
    } else {
        Verdict::Eligible
    }
}

impl<'p> Reference<'p> {
    /// What the checks name that are surely false is not known: every check is asked before anything is masked.
    fn mask(&mut self) {
        let checks = self.program.assertions.iter();
        let failed: Vec<_> =
            checks.filter(|check| self.condition(&check.condition, Scope::Record) == Some(false)).collect();
        for check in failed {
            for fact in &check.facts {
                let readings = &mut self.patient.readings[*fact];
                if !readings.is_empty() {
                    *readings = vec![Reading::unknown()];
                    self.conflict.push(*fact);
                }
            }
            for kind in &check.kinds {
                self.patient.entries[*kind].clear();
                self.patient.complete[*kind] = false;
            }
            for anchor in &check.anchors {
                self.patient.anchors[*anchor] = None;
            }
        }
    }

    fn condition(&self, condition: &Condition, scope: Scope<'_>) -> Answer {
        let each =
            |items: &[Condition]| -> Vec<Answer> { items.iter().map(|item| self.condition(item, scope)).collect() };
        let count = |items: &[Condition], comparison, with: u32| {
            let answers = each(items);
            let sure = answers.iter().filter(|answer| **answer == Some(true)).count();
            let open = answers.iter().filter(|answer| answer.is_none()).count();
            counted(comparison, sure, Some(sure + open), with as usize)
        };
        match &condition.kind {
            ConditionKind::And(items) => and(each(items)),
            ConditionKind::Or(items) => or(each(items)),
            ConditionKind::Not(inner) => not(self.condition(inner, scope)),
            ConditionKind::AtLeast(n, items) => count(items, Comparison::Ge, *n),
            ConditionKind::AtMost(n, items) => count(items, Comparison::Le, *n),
            ConditionKind::Exactly(n, items) => count(items, Comparison::Eq, *n),
            // A definition is in the record's scope, wherever it is used.
            ConditionKind::Defined(id) => self.condition(&self.program.definitions[*id].condition, Scope::Record),
            ConditionKind::Test(test) => self.test(test, scope),
        }
    }

    fn test(&self, test: &Test, scope: Scope<'_>) -> Answer {
        match test {
            Test::Compare { left, op, right } => self.compare(left, *op, right, scope),
            Test::IsOneOf { subject, values } => self.subject(subject, scope, &|value| match value {
                Value::Word(word) => values.contains(word),
                other => panic!("no code: {other:?}"),
            }),
            Test::IsYes { subject } => {
                if let Subject::Fact(read) = subject
                    && self.program.vocabulary.facts[read.fact].absent_means_no
                    && self.patient.readings[read.fact].is_empty()
                {
                    // None is one: at most so many are.
                    return Some(matches!(read.quantifier, Quantifier::Several(Several { at_most: true, .. })));
                }
                self.subject(subject, scope, &|value| *value == Value::Flag(true))
            }
            Test::Entries { kinds, filter, choice: Some(choice), planned, op, count, .. } => {
                let asked = |entry: &Entry| *planned || entry.planned != Some(true);
                self.chosen(kinds, filter.as_deref(), &asked, choice, *op, *count)
            }
            Test::Entries { kinds, filter, distinct, choice: None, planned, op, count } => {
                // What is marked as planned has not begun: it answers `planned` and nothing else.
                let asked = |entry: &Entry| *planned || entry.planned != Some(true);
                self.entries(kinds, filter.as_deref(), &asked, *distinct, *op, *count)
            }
            Test::Course { kinds, filter, gap, distinct, planned, op, count, windows } => {
                let dates: Vec<course::Asked<'_>> = windows
                    .iter()
                    .map(|(relation, anchor)| {
                        let date = self.patient.anchors[*anchor];
                        (relation, date.unwrap_or(eligc::calendar::PartialDateTime::whole_line()))
                    })
                    .collect();
                let answer = |kinds: &[KindId]| self.course(kinds, filter.as_deref(), *planned, *gap, &dates);
                if !*distinct {
                    return answer(kinds);
                }
                let answers: Vec<Answer> = kinds.iter().map(|kind| answer(std::slice::from_ref(kind))).collect();
                let sure = answers.iter().filter(|answer| **answer == Some(true)).count();
                let open = answers.iter().filter(|answer| answer.is_none()).count();
                counted(*op, sure, Some(sure + open), *count as usize)
            }
            Test::Window { of, relation, anchor, undated } => {
                let anchor = self.anchor(anchor);
                if matches!(&anchor, time::Anchor::Entry(point) if point.is_surely_none()) {
                    return Some(false);
                }
                match (of, scope) {
                    (TimeOf::Entry, Scope::Entry(entry)) => time::of_entry(self.program, entry, relation, &anchor),
                    (TimeOf::Result, Scope::Reading(reading)) => match &reading.at {
                        Some(at) => time::of_date(at, relation, &anchor),
                        None => undated.then_some(true),
                    },
                    (TimeOf::Attribute(name), Scope::Entry(entry)) => {
                        time::of_entry_date(self.program, entry, &name.name, relation, &anchor)
                    }
                    (TimeOf::Attribute(name), _) => match attribute(scope, &name.name) {
                        Some(Value::Date(date)) => time::of_date(date, relation, &anchor),
                        None => None,
                        other => panic!("no date: {other:?}"),
                    },
                    (TimeOf::Fact(read), _) => self.each(read, |reading| match &reading.value {
                        Some(Value::Date(date)) => time::of_date(date, relation, &anchor),
                        None => None,
                        other => panic!("no date: {other:?}"),
                    }),
                    (TimeOf::Anchor(other), _) => {
                        self.patient.anchors[*other].and_then(|date| time::of_date(&date, relation, &anchor))
                    }
                    _ => panic!("a window out of its scope"),
                }
            }
            Test::Stretch { left, op, right, windows } => self.stretch((left, *op, right), windows),
            Test::Judged { question: Judgement { text, by } } => {
                self.patient.judgements.get(&self.questions[&(text.clone(), by.clone())]).copied()
            }
            Test::Todo { .. } => None,
        }
    }

    fn subject(&self, subject: &Subject, scope: Scope<'_>, holds: &dyn Fn(&Value) -> bool) -> Answer {
        match subject {
            Subject::Attribute(name) => attribute(scope, &name.name).map(holds),
            Subject::Fact(read) => self.each(read, |reading| reading.value.as_ref().map(holds)),
        }
    }

    /// Whether a result is one of those that are read.
    fn member(&self, read: &FactRead, reading: &Reading) -> Answer {
        match &read.filter {
            None => Some(true),
            Some(filter) => self.condition(filter, Scope::Reading(reading)),
        }
    }

    /// The results of which one is the latest; `None` when there may be no result at all.
    fn candidates(&self, read: &FactRead) -> Option<Vec<&Reading>> {
        let readings = &self.patient.readings[read.fact];
        let members: Vec<Answer> = readings.iter().map(|reading| self.member(read, reading)).collect();
        if !members.contains(&Some(true)) {
            return None;
        }
        let later = |a: &Reading, b: &Reading| match (&a.at, &b.at) {
            (Some(a), Some(b)) if read.quantifier == Quantifier::First => {
                eligc::calendar::PartialDateTime::instant_before(a, b) == Some(true)
            }
            (Some(a), Some(b)) => eligc::calendar::PartialDateTime::instant_before(b, a) == Some(true),
            _ => false,
        };
        let overtaken = |reading: &Reading| {
            readings.iter().zip(&members).any(|(other, member)| *member == Some(true) && later(other, reading))
        };
        Some(
            readings
                .iter()
                .zip(&members)
                .filter(|(reading, member)| **member != Some(false) && !overtaken(reading))
                .map(|(reading, _)| reading)
                .collect(),
        )
    }

    /// A question to the results that a read means.
    fn each(&self, read: &FactRead, ask: impl Fn(&Reading) -> Answer) -> Answer {
        let readings = &self.patient.readings[read.fact];
        let sure = || readings.iter().any(|reading| self.member(read, reading) == Some(true));
        match read.quantifier {
            Quantifier::Latest | Quantifier::First => {
                let answers: Vec<Answer> = self.candidates(read)?.into_iter().map(ask).collect();
                answers.iter().all(|answer| *answer == answers[0]).then(|| answers[0])?
            }
            Quantifier::Any | Quantifier::Every if read.by.is_some() => self.latest_of_each(read, &ask),
            Quantifier::Several(_) if self.conflict.contains(&read.fact) => None,
            Quantifier::Several(several) => self.several(read, several, &ask),
            Quantifier::Highest | Quantifier::Lowest => panic!("no number is asked for"),
            Quantifier::Any => {
                let some = or(readings.iter().map(|reading| and([self.member(read, reading), ask(reading)])));
                some.filter(|yes| *yes || sure())
            }
            Quantifier::Every => {
                let all = and(readings.iter().map(|reading| or([not(self.member(read, reading)), ask(reading)])));
                all.filter(|yes| !*yes || sure())
            }
        }
    }

    /// Whether entries of some kinds make such a course.
    fn course(
        &self,
        kinds: &[KindId],
        filter: Option<&Condition>,
        planned: bool,
        gap: u32,
        asked: &[course::Asked<'_>],
    ) -> Answer {
        let entries = kinds.iter().flat_map(|kind| &self.patient.entries[*kind]);
        let stretches: Vec<course::Stretch<'_>> = entries
            .filter(|entry| planned || entry.planned != Some(true))
            .map(|entry| course::Stretch {
                entry,
                member: filter.map_or(Some(true), |filter| self.condition(filter, Scope::Entry(entry))),
            })
            .filter(|stretch| stretch.member != Some(false))
            .collect();
        let complete = kinds.iter().all(|kind| self.patient.complete[*kind]);
        let late = asked.iter().any(|(relation, _)| course::begins_late(relation));
        // What is not listed may be such a course, or let another begin earlier.
        course::course(self.program, &stretches, gap, asked).filter(|yes| complete || (*yes && !late))
    }
}

/// An attribute of what is in scope.
fn attribute<'r>(scope: Scope<'r>, name: &str) -> Option<&'r Value> {
    match scope {
        Scope::Record => panic!("attribute {name} of nothing"),
        Scope::Entry(entry) => entry.attributes.get(name),
        Scope::Reading(reading) => reading.attributes.get(name),
    }
}

/// Every condition inside a condition, itself first, filters and formulas gone into, definitions too.
pub fn walk(program: &Program, condition: &Condition, found: &mut dyn FnMut(&Condition)) {
    found(condition);
    let filter = |read: &FactRead, found: &mut dyn FnMut(&Condition)| {
        if let Some(filter) = &read.filter {
            walk(program, filter, found);
        }
    };
    match &condition.kind {
        ConditionKind::And(items)
        | ConditionKind::Or(items)
        | ConditionKind::AtLeast(_, items)
        | ConditionKind::AtMost(_, items)
        | ConditionKind::Exactly(_, items) => items.iter().for_each(|item| walk(program, item, found)),
        ConditionKind::Not(inner) => walk(program, inner, found),
        ConditionKind::Defined(id) => walk(program, &program.definitions[*id].condition, found),
        ConditionKind::Test(test) => match test {
            Test::Compare { left, right, .. } | Test::Stretch { left, right, .. } => {
                walk_quantity(program, left, found);
                walk_quantity(program, right, found);
            }
            Test::IsOneOf { subject: Subject::Fact(read), .. } | Test::IsYes { subject: Subject::Fact(read) } => {
                filter(read, found)
            }
            Test::Window { of, anchor, .. } => {
                if let TimeOf::Fact(read) = of {
                    filter(read, found);
                }
                if let Some(inner) = anchor.entry().and_then(|point| point.filter.as_deref()) {
                    walk(program, inner, found);
                }
            }
            Test::Course { filter: Some(inner), .. } => walk(program, inner, found),
            Test::Entries { filter: inner, choice, .. } => {
                choice
                    .iter()
                    .flat_map(|choice| &choice.among)
                    .chain(inner)
                    .for_each(|inner| walk(program, inner, found));
            }
            _ => {}
        },
    }
}

/// As [`walk`], for every quantity in a quantity.
pub fn walk_quantity(program: &Program, quantity: &Operand, found: &mut dyn FnMut(&Condition)) {
    quantity::parts(quantity, &mut |part| match &part.kind {
        OperandKind::Fact(read, _) | OperandKind::Coalesce { read, .. } => {
            if let Some(filter) = &read.filter {
                walk(program, filter, found);
            }
        }
        OperandKind::If { condition, .. } => walk(program, condition, found),
        OperandKind::DailyDose(dose) => dose.filter.iter().for_each(|filter| walk(program, filter, found)),
        _ => {}
    });
}

pub use quantity::parts;
pub use questions::questions;
