//! W0739: a trial that does not say how long results count, so that one of years ago answers.

use super::context::Context;
use crate::diag::{Code, Diagnostic, Safety, Severity};
use crate::ir::Relation;
use crate::source::Span;
use crate::syntax::ast::{StatementKind, Trial};
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Condition, ConditionKind, FactRead, Operand, OperandKind, Program, Test, TimeOf};
use crate::vocab::{FactId, Type};

/// So many criteria are pointed at; of the others the number is told.
const SHOWN: usize = 6;

pub(super) fn look(at: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Among errors it may be what says so that is wrong.
    let wrong = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if at.program.trial.results.is_some() || wrong {
        return;
    }
    // A scratch program that does not say which trial it is is not nagged about it.
    let trial = at.file.statements.iter().find_map(|statement| match &statement.kind {
        StatementKind::Trial(trial) => Some((statement.word, trial)),
        _ => None,
    });
    let Some((word, trial)) = trial else { return };
    let mut found: Vec<(Span, &str)> = Vec::new();
    let criteria = at.program.criteria.iter().filter(|criterion| criterion.results.is_none());
    let mut open = 0;
    for criterion in criteria {
        let reads = ageless(at.program, &criterion.condition);
        let Some((span, fact)) = reads.first() else { continue };
        open += 1;
        let place = if span.file == word.file { *span } else { criterion.condition.span };
        found.push((place, at.vocabulary.facts.get(*fact).map_or("", |fact| &fact.name)));
    }
    let Some((_, name)) = found.first() else { return };
    let today = at.anchor_name(None);
    let many = if open == 1 { "one criterion reads".to_owned() } else { format!("{open} criteria read") };
    let mut diagnostic =
        Diagnostic::new(Code::W0739, word, format!("an old result can answer: {many} results of any age"))
            .label("does not say how long results count")
            .note(format!(
                "the latest result of `{name}` counts even if it is ten years older than the day of {today}"
            ));
    for (place, _) in found.iter().take(SHOWN) {
        diagnostic = diagnostic.also(*place, "of any age");
    }
    diagnostic = diagnostic
        .help("write into the braces of the trial how long results count, with the time of the protocol: `results count for 28 days`")
        .help("a value that needs another time has a window of its own, a criterion `, results count for 90 days`")
        .help("`results count at any age` says that an old result may answer");
    if let Some(place) = first_entry(trial) {
        diagnostic =
            diagnostic.fix("write `results count at any age`", place, "results count at any age\n  ", Safety::Ask);
    }
    diagnostics.push(diagnostic);
}

/// Where the first entry of the braces begins.
fn first_entry(trial: &Trial) -> Option<Span> {
    let first = trial.entries.first()?.key.span;
    Some(Span { end: first.start, ..first })
}

/// The reads of a condition that take a result of any age because nothing says how old it may be.
fn ageless(program: &Program, condition: &Condition) -> Vec<(Span, FactId)> {
    let mut reads = Reads { program, definitions: Definitions::new(&program.definitions), found: Vec::new() };
    reads.condition(condition);
    reads.found
}

struct Reads<'p> {
    program: &'p Program,
    definitions: Definitions<'p>,
    found: Vec<(Span, FactId)>,
}

impl<'p> Visit<'p> for Reads<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn operand(&mut self, operand: &'p Operand) {
        // What a fact is declared with is passed on to what it is worked out from.
        if let OperandKind::Coalesce { read, .. } = &operand.kind
            && self.program.vocabulary.facts.get(read.fact).is_some_and(|fact| fact.results.is_some())
        {
            return;
        }
        visit::walk_operand(self, operand);
    }

    fn read(&mut self, read: &'p FactRead) {
        let Some(fact) = self.program.vocabulary.facts.get(read.fact) else { return };
        let ages = fact.results.is_none() && !matches!(fact.ty, Type::YesNo | Type::Date);
        if ages && let Some(span) = read.filter.as_deref().and_then(of_any_age) {
            self.found.push((span, read.fact));
        }
        visit::walk_read(self, read);
    }
}

/// Where a read without a window is written.
fn of_any_age(filter: &Condition) -> Option<Span> {
    match &filter.kind {
        ConditionKind::And(items) => items.iter().find_map(of_any_age),
        ConditionKind::Test(Test::Window { of: TimeOf::Result, relation: Relation::UpTo, undated: true, .. }) => {
            Some(filter.span)
        }
        _ => None,
    }
}
