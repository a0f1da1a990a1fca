//! The courses that a test asks for, put together from a record: what evidence, reasons and what is missing tell of.

use super::display;
use super::found;
use super::report::Evidence;
use crate::eval::anchor_time::AnchorTime;
use crate::eval::code::Target;
use crate::eval::course::{Asked, Courses, Stretch};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::ir::Relation;
use crate::ir::WindowAnchor;
use crate::kleene::Tri;
use crate::record::model::Entry;
use crate::record::schema::Scope;
use crate::tree::{AnchorId, KindId};

/// An entry that may be part of a course.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) kind: KindId,
    /// Its place among those of its kind.
    pub(crate) index: usize,
    pub(crate) entry: &'a Entry,
    pub(crate) filter: Target,
}

/// Entries that may be parts of courses, and when they are.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    pub(crate) of: Vec<Part<'a>>,
    pub(crate) stretches: Vec<Stretch>,
}

/// Some parts that may be one course.
pub(crate) struct OneCourse<'p, 'a> {
    pub(crate) parts: Vec<(&'p Part<'a>, Stretch)>,
    pub(crate) answer: Tri,
}

impl<'a> Parts<'a> {
    /// The courses that they may make, with what each answers.
    pub(crate) fn courses(&self, asked: Asked<'_>) -> Vec<OneCourse<'_, 'a>> {
        let courses = Courses::new(&self.stretches, asked.gap);
        let members = |members: &[usize]| {
            let part = |place: &usize| Some((self.of.get(*place)?, *self.stretches.get(*place)?));
            members.iter().filter_map(part).collect()
        };
        courses
            .possible
            .iter()
            .enumerate()
            .map(|(number, chain)| OneCourse {
                parts: members(&chain.members),
                answer: courses.answer_of(number, asked),
            })
            .collect()
    }
}

impl<'a> Run<'a> {
    /// The entries that may be parts of courses: those of all kinds together or, where kinds are counted, of each alone.
    pub(crate) fn course_parts(self, kinds: &[(KindId, Target)], distinct: bool, planned: bool) -> Vec<Parts<'a>> {
        let together = if distinct { 1 } else { kinds.len().max(1) };
        let gathered = kinds.chunks(together).map(|kinds| {
            let mut parts = Parts::default();
            for (kind, filter) in kinds {
                let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
                let entries = self.record.entries(slot);
                self.stretches(*kind, *filter, planned, |index, stretch| {
                    if let Some(entry) = entries.get(index) {
                        parts.of.push(Part { kind: *kind, index, entry, filter: *filter });
                        parts.stretches.push(stretch);
                    }
                });
            }
            parts
        });
        gathered.collect()
    }

    /// The courses that stand so, or why those there are do not; then the entries that are part of none.
    pub(super) fn course_evidence(
        self,
        evidence: &mut Evidence,
        kinds: &[(KindId, Target)],
        (distinct, planned, counting): (bool, bool, bool),
        asked: Asked<'_>,
        statement: &str,
    ) {
        let tree = &self.evaluator.schema.tree;
        if let Some((kind, _)) = kinds.first() {
            display::scope_name(tree, Scope::Kind(*kind)).clone_into(&mut evidence.item);
        }
        let mut texts = Vec::new();
        for parts in self.course_parts(kinds, distinct, planned) {
            for course in parts.courses(asked) {
                if (course.answer == Tri::Yes) != counting || course.answer == Tri::Unknown {
                    continue;
                }
                texts.push(self.course_text(&course, asked, statement, evidence));
            }
        }
        if !counting {
            self.not_in_courses(kinds, planned, statement, evidence, &mut texts);
        }
        if distinct || texts.is_empty() {
            let not = if evidence.answer { "" } else { "not " };
            texts.push(format!("{not}{}", evidence.test));
        }
        evidence.text = texts.join("; ");
    }

    /// The entries that do not meet the filter, and the kinds without any.
    fn not_in_courses(
        self,
        kinds: &[(KindId, Target)],
        planned: bool,
        statement: &str,
        evidence: &mut Evidence,
        texts: &mut Vec<String>,
    ) {
        let tree = &self.evaluator.schema.tree;
        let mut empty = Vec::new();
        for (kind, filter) in kinds {
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            if slot.count == 0 {
                empty.push(display::scope_name(tree, Scope::Kind(*kind)));
            }
            for entry in self.record.entries(slot) {
                if self.counts(*kind, entry, *filter, planned) != Tri::No {
                    continue;
                }
                let found = self.found_entry(*kind, entry);
                let why = if !planned && entry.planned == Some(true) {
                    "only planned".to_owned()
                } else {
                    self.filter_text(*filter, EvalScope::Entry(*kind, entry), statement, evidence)
                };
                texts.push(format!("{}: {why}", found::found_text(&found)));
                evidence.found.push(found);
            }
        }
        if !empty.is_empty() {
            texts.push(format!("none recorded: {}", found::shortened(&empty)));
        }
    }

    /// What an entry answers to the filter; its windows are added to those of the evidence.
    fn filter_text(self, filter: Target, here: EvalScope<'a>, statement: &str, evidence: &mut Evidence) -> String {
        let inner = self.evidence(filter, here, statement);
        let text = inner.iter().map(|inner| inner.text.as_str()).collect::<Vec<_>>().join(" and ");
        for window in inner.into_iter().flat_map(|inner| inner.windows) {
            if !evidence.windows.contains(&window) {
                evidence.windows.push(window);
            }
        }
        text
    }

    /// `prednisone from 2026-01-01 to 2026-01-31 and prednisone from 2026-02-01, running, one course: for at least ..`
    fn course_text(
        self,
        course: &OneCourse<'_, 'a>,
        asked: Asked<'_>,
        statement: &str,
        evidence: &mut Evidence,
    ) -> String {
        let mut entries = Vec::new();
        for (part, _) in &course.parts {
            let found = self.found_entry(part.kind, part.entry);
            let why = self.filter_text(part.filter, EvalScope::Entry(part.kind, part.entry), statement, evidence);
            let head = found::found_text(&found);
            entries.push(if why.is_empty() { head } else { format!("{head} ({why})") });
            evidence.found.push(found);
        }
        let mut head = entries.join(" and ");
        if entries.len() > 1 {
            head.push_str(", one course");
        }
        let stretches: Vec<Stretch> = course.parts.iter().map(|(_, stretch)| *stretch).collect();
        let fails = |window: &(Relation, AnchorId)| {
            let alone = Asked { windows: std::slice::from_ref(window), ..asked };
            alone.of(&stretches) == Tri::No
        };
        let holds = course.answer == Tri::Yes;
        let failed: Vec<&(Relation, AnchorId)> = asked.windows.iter().filter(|window| fails(window)).collect();
        let named = if holds || failed.is_empty() { asked.windows.iter().collect() } else { failed };
        let mut said = Vec::new();
        for (relation, anchor) in named {
            let given = AnchorTime::Date(self.record.anchor(*anchor));
            let anchor = WindowAnchor::Date(*anchor);
            let window = display::window(&self.evaluator.schema.tree, relation, &anchor, &given, None);
            said.push(display::window_text(&window));
            if !evidence.windows.contains(&window) {
                evidence.windows.push(window);
            }
        }
        let not = if holds { "" } else { "not " };
        format!("{head}: {not}{}", said.join(" and "))
    }
}
