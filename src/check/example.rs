//! Examples: which records they come to, each by what it changes of the one it is like, and what is expected of them.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use serde_json::Value as Json;

use super::example_values::word;
use super::{Checker, errors};
use crate::ir::{Outcome, Verdict};
use crate::source::Span;
use crate::syntax::ast::{self, Field, Name, StatementKind};
use crate::typed::{Criterion, Example, ExamplePart, Expectation, ExpectationKind, Record, Section};
use crate::vocab::{AnchorId, Kind, Symbol};

/// A field's name: whether it is `judged`, and the word.
type Key<'e> = (bool, &'e str);

/// How far the record of an example is known.
#[derive(Clone)]
enum Merged<'e> {
    NotYet,
    /// Being worked out: an example that is like this one again is like itself.
    Open,
    /// What it is like is no example; said where it is written.
    Broken,
    Known(Known<'e>),
}

/// A record that was worked out.
#[derive(Clone)]
struct Known<'e> {
    /// Its index.
    record: usize,
    /// The fields of it that hold a mistake, which has been said.
    broken: Vec<Key<'e>>,
}

/// The examples of a file, and their records. Most are like another, so each record says only what it changes.
struct Records<'l, 'e> {
    list: &'l [(&'e ast::Example, Span)],
    by_name: HashMap<&'e str, usize>,
    merged: Vec<Merged<'e>>,
    records: Vec<Record>,
}

/// Where some criterion takes part in a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdicts {
    /// Some criterion has no meaning, so its stage is not known.
    NotKnown,
    /// There is no criterion.
    Never,
    /// From the first anchor that is the stage of one.
    From(AnchorId),
}

impl Checker<'_> {
    pub(super) fn examples(
        &mut self,
        file: &ast::File,
        criteria: &[Criterion],
        ids: &HashMap<String, Span>,
        whole: bool,
        incomplete: bool,
    ) -> (Vec<Record>, Vec<Example>) {
        let mut list: Vec<(&ast::Example, Span)> = Vec::with_capacity(file.statements.len());
        let mut by_name: HashMap<&str, usize> = HashMap::with_capacity(file.statements.len());
        for statement in &file.statements {
            let StatementKind::Example(example) = &statement.kind else {
                continue;
            };
            match by_name.entry(&example.name.text) {
                Entry::Occupied(before) => {
                    if let Some((before, _)) = list.get(*before.get()) {
                        let place = before.name.span;
                        self.report(errors::duplicate_example(&example.name, place));
                    }
                }
                Entry::Vacant(place) => {
                    place.insert(list.len());
                }
            }
            list.push((example, statement.span));
        }
        let questions: BTreeSet<String> =
            crate::typed::questions(criteria, &self.definitions).into_iter().map(|question| question.id).collect();
        let verdicts = match criteria.iter().map(|criterion| criterion.stage).min() {
            _ if incomplete => Verdicts::From(AnchorId::default()),
            _ if !whole => Verdicts::NotKnown,
            Some(first) => Verdicts::From(first),
            None => Verdicts::Never,
        };
        let mut records = Records {
            list: &list,
            by_name,
            merged: vec![Merged::NotYet; list.len()],
            records: Vec::with_capacity(list.len()),
        };
        let mut examples = Vec::with_capacity(list.len());
        for (at, (example, span)) in list.iter().enumerate() {
            let Some(known) = self.record(at, &mut records, &questions) else {
                continue;
            };
            let expectations = self.expectations(example, ids, verdicts);
            if let (true, Some(expectations)) = (known.broken.is_empty(), expectations) {
                let name = example.name.text.clone();
                examples.push(Example { name, span: *span, record: known.record, expectations });
            }
        }
        (records.records, examples)
    }

    /// The record of the example at `at`: its fields over those of the examples it is like.
    fn record<'e>(
        &mut self,
        at: usize,
        records: &mut Records<'_, 'e>,
        questions: &BTreeSet<String>,
    ) -> Option<Known<'e>> {
        let mut chain: Vec<(usize, &'e ast::Example)> = Vec::new();
        let mut next = Some(at);
        let mut base: Option<Known<'e>> = None;
        let mut broken = false;
        while let Some(at) = next
            && let (Some((example, _)), Some(merged)) = (records.list.get(at), records.merged.get_mut(at))
        {
            match merged {
                Merged::NotYet => {}
                Merged::Known(known) => {
                    base = Some(known.clone());
                    break;
                }
                Merged::Open => {
                    if let Some(like) = chain.last().and_then(|(_, last)| last.like.as_ref()) {
                        self.report(errors::circular_example(like));
                    }
                    broken = true;
                    break;
                }
                Merged::Broken => {
                    broken = true;
                    break;
                }
            }
            *merged = Merged::Open;
            chain.push((at, example));
            next = None;
            if let Some(like) = &example.like {
                next = records.by_name.get(like.text.as_str()).copied();
                if next.is_none() {
                    let names: Vec<&str> = records.list.iter().map(|(other, _)| other.name.text.as_str()).collect();
                    self.report(errors::unknown_example(like, &names));
                    broken = true;
                }
            }
        }
        for (at, example) in chain.into_iter().rev() {
            let merged = if broken {
                Merged::Broken
            } else {
                let (parts, broken) = self.over(base.as_ref(), example, questions);
                let known = Known { record: records.records.len(), broken };
                records.records.push(Record { base: base.map(|base| base.record), parts });
                base = Some(known.clone());
                Merged::Known(known)
            };
            if let Some(place) = records.merged.get_mut(at) {
                *place = merged;
            }
        }
        base.filter(|_| !broken)
    }

    /// What an example gives over `base`, the record of the example it is like; and which fields hold a mistake.
    fn over<'e>(
        &mut self,
        base: Option<&Known<'e>>,
        example: &'e ast::Example,
        questions: &BTreeSet<String>,
    ) -> (Vec<ExamplePart>, Vec<Key<'e>>) {
        let mut given: HashMap<Key<'e>, Span> = HashMap::with_capacity(example.fields.len());
        let mut parts = Vec::with_capacity(example.fields.len());
        let mut broken = Vec::new();
        for field in &example.fields {
            match given.entry((field.judged, &field.key.text)) {
                Entry::Occupied(before) => self.report(errors::duplicate_field(&field.key, *before.get())),
                Entry::Vacant(place) => {
                    let key = *place.key();
                    place.insert(field.key.span);
                    match self.part(field, questions) {
                        Some(part) => parts.push(part),
                        None => broken.push(key),
                    }
                }
            }
        }
        if let Some(base) = base {
            broken.extend(base.broken.iter().filter(|key| !given.contains_key(*key)));
        }
        (parts, broken)
    }

    /// One field as a part of a record.
    fn part(&mut self, field: &Field, questions: &BTreeSet<String>) -> Option<ExamplePart> {
        let key = field.key.text.clone();
        if field.judged {
            let value = self.judgement(field, questions)?;
            return Some(ExamplePart { section: Section::Judgements, key, value });
        }
        let vocabulary = Arc::clone(&self.vocabulary);
        let symbol = vocabulary.symbols.get(&key).copied();
        let (section, value) = match symbol {
            Some(Symbol::Anchor(_)) => (Section::Anchors, self.anchor_value(&field.value)?),
            Some(Symbol::Fact(id)) => (Section::Facts, self.fact_value(vocabulary.facts.get(id)?, &field.value)?),
            Some(Symbol::Kind(id)) => {
                (Section::Facts, self.entries_value(&[vocabulary.kinds.get(id)?], false, &field.value)?)
            }
            Some(Symbol::Group(id)) => {
                let members = &vocabulary.groups.get(id)?.members;
                let kinds: Vec<&Kind> =
                    members.iter().filter_map(|kind| vocabulary.kinds.get(*kind).map(Arc::as_ref)).collect();
                (Section::Facts, self.entries_value(&kinds, true, &field.value)?)
            }
            Some(Symbol::Definition(_)) => {
                self.report(errors::example_of_definition(&field.key));
                return None;
            }
            None => {
                if !self.broken.contains(&key) {
                    let diagnostic = errors::unknown_field(&self.vocabulary, &field.key);
                    self.report(diagnostic);
                }
                return None;
            }
        };
        Some(ExamplePart { section, key, value })
    }

    fn judgement(&mut self, field: &Field, questions: &BTreeSet<String>) -> Option<Json> {
        if !questions.contains(&field.key.text) {
            let names: Vec<&str> = questions.iter().map(String::as_str).collect();
            self.report(errors::unknown_judgement(&field.key, &names));
            return None;
        }
        match word(&field.value) {
            Some("yes") => Some(Json::Bool(true)),
            Some("no") => Some(Json::Bool(false)),
            Some("unknown") => Some(Json::Null),
            _ => {
                self.report(errors::bad_value(field.value.span, &field.key.text, "`yes`, `no` or `unknown`"));
                None
            }
        }
    }

    fn expectations(
        &mut self,
        example: &ast::Example,
        ids: &HashMap<String, Span>,
        verdicts: Verdicts,
    ) -> Option<Vec<Expectation>> {
        let mut list = Vec::with_capacity(example.expectations.len());
        let mut right = true;
        for expected in &example.expectations {
            let kind = match &expected.kind {
                ast::ExpectationKind::Verdict { verdict, at } => {
                    self.expected_verdict(expected.span, verdict, at.as_ref(), verdicts)
                }
                ast::ExpectationKind::Criterion { id, outcome } => self.expected_outcome(id, outcome, ids),
            };
            match kind {
                Some(kind) => list.push(Expectation { span: expected.span, kind }),
                None => right = false,
            }
        }
        right.then_some(list)
    }

    fn expected_verdict(
        &mut self,
        span: Span,
        verdict: &Name,
        at: Option<&Name>,
        verdicts: Verdicts,
    ) -> Option<ExpectationKind> {
        let stage = at;
        let at = match at {
            Some(name) => Some(self.anchor(name)?),
            None => None,
        };
        let verdict = match verdict.text.as_str() {
            "eligible" => Verdict::Eligible,
            "ineligible" => Verdict::Ineligible,
            "undetermined" => Verdict::Undetermined,
            _ => {
                self.report(errors::unknown_verdict(verdict));
                return None;
            }
        };
        let nothing = match (verdicts, at) {
            (Verdicts::Never, _) => true,
            (Verdicts::From(first), Some(at)) => at < first,
            (Verdicts::From(_), None) | (Verdicts::NotKnown, _) => false,
        };
        if nothing {
            let stage = stage.filter(|_| verdicts != Verdicts::Never);
            self.report(errors::verdict_of_nothing(span, stage.map(|stage| stage.text.as_str())));
            return None;
        }
        Some(ExpectationKind::Verdict { verdict, at })
    }

    fn expected_outcome(&mut self, id: &Name, outcome: &Name, ids: &HashMap<String, Span>) -> Option<ExpectationKind> {
        if !ids.contains_key(&id.text) {
            let mut names: Vec<&str> = ids.keys().map(String::as_str).collect();
            names.sort_unstable();
            self.report(errors::unknown_criterion(id, &names));
            return None;
        }
        let outcome = match outcome.text.as_str() {
            "pass" => Outcome::Pass,
            "fail" => Outcome::Fail,
            "unknown" => Outcome::Unknown,
            _ => {
                self.report(errors::unknown_outcome(outcome));
                return None;
            }
        };
        Some(ExpectationKind::Criterion { id: id.text.clone(), outcome })
    }
}
