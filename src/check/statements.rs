//! Statements, from the file checked to a typed program.

use super::elided::{elided, fill_elided, first_subject};
use super::env::Env;
use super::limits::MAX_TESTS;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::stage::Latest;
use super::{Checker, errors, planned};
use crate::diag::suggest::nearest;
use crate::ir::{INCOMPLETE, MAX_NESTING, Polarity, ResultAge};
use crate::source::{FileId, Span, one_line};
use crate::syntax::ast::{self, Clause, Comment, Name, Statement, StatementKind, Trial, TrialValue};
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Condition, ConditionKind, Criterion, Incomplete, Note, Program, TrialInfo};
use crate::vocab::{AnchorId, Symbol};

impl Checker<'_> {
    /// Checks every statement of the main file, and the definitions of every file that is not shipped. Gives what was
    /// understood, and whether that is every criterion.
    pub(super) fn program(&mut self, main: FileId, file: &ast::File, files: &[(FileId, ast::File)]) -> (Program, bool) {
        let trial = self.trial(main, file);
        let text = self.sources.get(main).map_or("", |source| &*source.text);
        let is_vocabulary =
            file.statements.iter().any(|statement| matches!(statement.kind, StatementKind::Vocabulary { .. }));
        for (id, used) in files {
            if *id != main {
                self.only_declarations(used);
            }
        }
        if is_vocabulary {
            self.only_declarations(file);
        }
        self.own_definitions(files);
        let mut assertions = self.assertions(files);
        let mut notes: Vec<Note> = Vec::new();
        let mut ids: HashMap<String, Span> = HashMap::new();
        if let Some(incomplete) = &trial.incomplete {
            ids.insert(INCOMPLETE.to_owned(), incomplete.span);
        }
        let mut given: HashSet<&str> = HashSet::new();
        let mut count = usize::from(trial.incomplete.is_some());
        for statement in &file.statements {
            let id = match &statement.kind {
                StatementKind::Criterion { id, .. } => {
                    count += 1;
                    id.as_ref()
                }
                StatementKind::Note { id, .. } => id.as_ref(),
                _ => None,
            };
            if let Some(id) = id {
                given.insert(&id.text);
            }
        }
        let mut criteria: Vec<Criterion> = Vec::with_capacity(count);
        let mut numbers = (0, 0);
        let mut whole = true;
        for statement in &file.statements {
            match &statement.kind {
                StatementKind::Criterion { polarity, id, clause } => {
                    let name = self.criterion_id(statement, *polarity, id.as_ref(), &given, &mut numbers, &mut ids);
                    let results = clause.results.as_ref().map(|results| self.age_of_results(results));
                    let condition = self.clause(*polarity, clause, results.as_ref().and_then(Option::as_ref));
                    // What does not say how long is no criterion; it was reported.
                    let condition = condition.filter(|_| results != Some(None));
                    if let Some(condition) = condition.and_then(|condition| self.bounded(condition)) {
                        let stage = self.stage(&condition);
                        criteria.push(Criterion {
                            id: name,
                            polarity: *polarity,
                            text: statement.doc.clone(),
                            statement: without_comments(text, statement.span, &file.comments),
                            condition,
                            results: results.flatten(),
                            stage,
                            span: statement.span,
                        });
                    } else {
                        whole = false;
                    }
                }
                StatementKind::Note { id, text } => {
                    if let Some(id) = id {
                        self.claim_id(id, &mut ids);
                    }
                    notes.push(Note {
                        id: id.as_ref().map(|id| id.text.clone()),
                        text: text.text.clone(),
                        span: statement.span,
                    });
                }
                _ => {}
            }
        }
        if count == 0 && !is_vocabulary {
            let place = file.statements.first().map_or(Span::new(main, 0..0), |statement| statement.word);
            self.report(errors::no_criteria(place));
        }
        assertions.extend(planned::checks(&self.vocabulary, &criteria, &self.definitions, self.default_anchor));
        let (records, examples) =
            self.examples(file, &criteria, &ids, whole && !is_vocabulary, trial.incomplete.is_some());
        // A criterion that has no meaning was reported; a trial is never one criterion short in silence.
        let program = Program {
            trial,
            vocabulary: Arc::clone(&self.vocabulary),
            default_anchor: self.default_anchor,
            definitions: std::mem::take(&mut self.definitions),
            criteria,
            notes,
            assertions,
            examples,
            records,
        };
        (program, whole)
    }

    /// A condition that a tree can hold; one that means too many tests is reported.
    pub(super) fn bounded(&mut self, condition: Condition) -> Option<Condition> {
        let tests = visit::tests(&condition, &self.tests);
        if tests > MAX_TESTS {
            self.report(errors::too_many_tests(condition.span, tests, MAX_TESTS));
            return None;
        }
        if visit::depth(&condition, &self.depths) > MAX_NESTING {
            self.report(errors::tests_too_deep(condition.span, MAX_NESTING));
            return None;
        }
        Some(condition)
    }

    fn trial(&mut self, main: FileId, file: &ast::File) -> TrialInfo {
        let name = self.sources.get(main).map_or("", |source| source.name.as_str());
        let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = stem.strip_suffix(".elig").unwrap_or(stem);
        let mut info =
            TrialInfo { id: stem.to_owned(), title: None, details: Vec::new(), results: None, incomplete: None };
        let screening = self.vocabulary.symbols.get("screening").copied();
        self.default_anchor = match screening {
            Some(Symbol::Anchor(id)) => id,
            _ => AnchorId::default(),
        };
        let mut first: Option<Span> = None;
        for statement in &file.statements {
            let StatementKind::Trial(trial) = &statement.kind else {
                continue;
            };
            if let Some(before) = first {
                self.report(errors::second_trial(statement.word, before));
                continue;
            }
            first = Some(statement.word);
            self.trial_entries(trial, &mut info);
        }
        if self.vocabulary.anchors.is_empty() {
            self.report(errors::no_anchors(Span::new(main, 0..0)));
        }
        info
    }

    fn trial_entries(&mut self, trial: &Trial, info: &mut TrialInfo) {
        if let Some(id) = &trial.id {
            info.id.clone_from(&id.text);
        }
        info.title = trial.title.as_ref().map(|title| title.text.clone());
        let mut seen: Vec<&Name> = Vec::new();
        for entry in &trial.entries {
            if let Some(before) = seen.iter().find(|name| name.text == entry.key.text) {
                let place = before.span;
                self.report(match &entry.value {
                    TrialValue::Name(name) if entry.key.text == "anchor" => errors::anchor_given_twice(name, place),
                    _ => errors::duplicate_name(&entry.key, Some(place)),
                });
                continue;
            }
            seen.push(&entry.key);
            let value = match &entry.value {
                TrialValue::Results(results) => {
                    self.results = self.age_of_results(results);
                    info.results.clone_from(&self.results);
                    continue;
                }
                TrialValue::Text(text) => text.text.clone(),
                TrialValue::Number(number) => number.text.clone(),
                TrialValue::Date(date) => date.text.clone(),
                TrialValue::Name(name) => name.text.clone(),
            };
            if entry.key.text == "anchor" {
                let name = match &entry.value {
                    TrialValue::Name(name) => name.clone(),
                    _ => Name { text: value, span: entry.key.span },
                };
                if let Some(anchor) = self.anchor(&name) {
                    self.default_anchor = anchor;
                }
                continue;
            }
            let said = matches!(entry.value, TrialValue::Text(_)) && !value.trim().is_empty();
            let value = match &entry.as_of {
                Some(date) => format!("{value}, as of {}", date.text),
                None => value,
            };
            if entry.key.text == INCOMPLETE {
                if said {
                    info.incomplete = Some(Incomplete { why: value, span: entry.key.span });
                } else {
                    self.report(errors::incomplete_without_reason(&entry.key));
                }
                continue;
            }
            if nearest(&entry.key.text, [INCOMPLETE], 1) == [INCOMPLETE] {
                self.report(errors::misspelt_incomplete(&entry.key));
                continue;
            }
            info.details.push((entry.key.text.clone(), value));
        }
    }

    /// A vocabulary declares; it asks nothing of patients.
    fn only_declarations(&mut self, file: &ast::File) {
        for statement in &file.statements {
            if matches!(
                statement.kind,
                StatementKind::Trial(_)
                    | StatementKind::Criterion { .. }
                    | StatementKind::Note { .. }
                    | StatementKind::Example(_)
            ) {
                self.report(errors::statement_in_vocabulary(statement.word));
            }
        }
    }

    fn claim_id(&mut self, id: &Name, ids: &mut HashMap<String, Span>) {
        match ids.get(&id.text) {
            Some(before) => {
                let before = *before;
                self.report(errors::duplicate_criterion(id, before));
            }
            None => {
                ids.insert(id.text.clone(), id.span);
            }
        }
    }

    /// The number given, or the next free `R1`, `X1`, ..
    fn criterion_id(
        &mut self,
        statement: &Statement,
        polarity: Polarity,
        id: Option<&Name>,
        given: &HashSet<&str>,
        numbers: &mut (u32, u32),
        ids: &mut HashMap<String, Span>,
    ) -> String {
        if let Some(id) = id {
            self.claim_id(id, ids);
            return id.text.clone();
        }
        let (letter, number) = match polarity {
            Polarity::Require => ("R", &mut numbers.0),
            Polarity::Exclude => ("X", &mut numbers.1),
        };
        let name = loop {
            *number += 1;
            let name = format!("{letter}{number}");
            if !given.contains(name.as_str()) {
                break name;
            }
        };
        ids.insert(name.clone(), statement.word);
        // A one-criterion scratch program is not nagged about numbers.
        if !given.is_empty() {
            self.report(errors::unnumbered(statement.word, &name));
        }
        name
    }

    /// A clause as one condition, `when`, `unless` and `, or .. when` resolved.
    fn clause(&mut self, polarity: Polarity, clause: &Clause, results: Option<&ResultAge>) -> Option<Condition> {
        let env = Env::of_criterion(results);
        let mut branches = vec![self.condition(env, &clause.main)];
        for alternative in &clause.alternatives {
            let body = match (first_subject(&clause.main), elided(&alternative.body)) {
                (Some(subject), _) => self.condition(env, &fill_elided(&alternative.body, &subject)),
                (None, None) => self.condition(env, &alternative.body),
                (None, Some(place)) => {
                    self.report(errors::subject_of_several(place, self.as_written(place)));
                    None
                }
            };
            let when = self.condition(env, &alternative.when);
            branches.push(match (body, when) {
                (Some(body), Some(when)) => {
                    Some(Condition { span: alternative.span, kind: ConditionKind::And(vec![body, when]) })
                }
                _ => None,
            });
        }
        let guard = clause.guard.as_ref().map(|guard| (guard.unless, self.condition(env, &guard.condition)));
        let mut branches: Vec<Condition> = branches.into_iter().collect::<Option<_>>()?;
        let span = clause.main.span;
        let condition =
            if branches.len() == 1 { branches.pop()? } else { Condition { span, kind: ConditionKind::Or(branches) } };
        let Some((unless, guard)) = guard else {
            return Some(condition);
        };
        let guard = guard?;
        let not =
            |condition: Condition| Condition { span: condition.span, kind: ConditionKind::Not(Box::new(condition)) };
        let span = span.merge(guard.span);
        let kind = match (polarity, unless) {
            (Polarity::Require, true) => ConditionKind::Or(vec![guard, condition]),
            (Polarity::Require, false) => ConditionKind::Or(vec![not(guard), condition]),
            (Polarity::Exclude, true) => ConditionKind::And(vec![not(guard), condition]),
            (Polarity::Exclude, false) => ConditionKind::And(vec![guard, condition]),
        };
        Some(Condition { span, kind })
    }

    /// The latest anchor a condition depends on; the default one when it names none.
    fn stage(&self, condition: &Condition) -> AnchorId {
        let mut latest = Latest { definitions: Definitions::new(&self.definitions), anchor: None };
        latest.condition(condition);
        latest.anchor.unwrap_or(self.default_anchor)
    }
}

/// What is in `span` of `text`, on one line and without its comments: a `#` inside a text is none.
fn without_comments(text: &str, span: Span, comments: &[Comment]) -> String {
    let whole = span.range();
    let first = comments.partition_point(|comment| comment.span.range().end <= whole.start);
    let inside = comments.get(first..).unwrap_or_default().iter().map(|comment| comment.span.range());
    let mut bare = String::with_capacity(whole.len());
    let mut at = whole.start;
    for comment in inside.take_while(|comment| comment.start < whole.end) {
        bare.push_str(text.get(at..comment.start).unwrap_or_default());
        bare.push(' ');
        at = comment.end;
    }
    bare.push_str(text.get(at..whole.end).unwrap_or_default());
    one_line(&bare)
}
