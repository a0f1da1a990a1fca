//! Edit checks: `assert "text": CONDITION`, from a vocabulary or a trial.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::env::Env;
use super::{Checker, errors};
use crate::source::{FileId, Span};
use crate::syntax::ast;
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Assertion, Condition, FactRead, Operand, OperandKind, Test, TimeOf, WindowAnchor};
use crate::vocab::{AnchorId, FactId, KindId, Symbol};

impl Checker<'_> {
    /// Every edit check that has a meaning. Those of a shipped vocabulary are right, and nothing is said of them.
    pub(super) fn assertions(&mut self, files: &[(FileId, ast::File)]) -> Vec<Assertion> {
        let vocabulary = Arc::clone(&self.vocabulary);
        let mut checks = Vec::with_capacity(vocabulary.assertions.len());
        for written in &vocabulary.assertions {
            let own = files.iter().any(|(id, _)| *id == written.span.file);
            let before = self.diagnostics.len();
            let condition = self.condition(Env::default(), &written.body).and_then(|found| self.bounded(found));
            let named = condition.and_then(|condition| self.named(written.span, &written.body, condition));
            if !own {
                self.diagnostics.truncate(before);
            }
            let Some((condition, names)) = named else {
                continue;
            };
            checks.push(Assertion {
                id: written.id.clone(),
                text: written.text.clone(),
                why: written.why.clone(),
                condition,
                facts: names.facts.into_iter().collect(),
                kinds: names.kinds.into_iter().collect(),
                anchors: names.anchors.into_iter().collect(),
                span: written.span,
            });
        }
        checks
    }

    /// A condition with what it names; what asks a person or nothing at all is reported.
    fn named(&mut self, statement: Span, body: &ast::Expr, condition: Condition) -> Option<(Condition, Names)> {
        let mut walk = Walk {
            definitions: Definitions::new(&self.definitions),
            default_anchor: self.default_anchor,
            names: Names::default(),
            asks: None,
        };
        walk.condition(&condition);
        let Walk { mut names, asks, .. } = walk;
        if let Some(place) = asks {
            self.report(errors::check_asks_a_person(place));
            return None;
        }
        if self.names_anchor(body.span, self.default_anchor) {
            names.anchors.insert(self.default_anchor);
        }
        if names.facts.is_empty() && names.kinds.is_empty() && names.anchors.is_empty() {
            self.report(errors::check_of_nothing(statement, body.span));
            return None;
        }
        Some((condition, names))
    }

    /// Whether an anchor's name is written in a condition.
    fn names_anchor(&self, span: Span, anchor: AnchorId) -> bool {
        let text = self.as_written(span);
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        text.split(|c: char| !is_word(c)).any(|word| self.vocabulary.symbols.get(word) == Some(&Symbol::Anchor(anchor)))
    }
}

/// What is in conflict where a check fails.
#[derive(Debug, Default)]
struct Names {
    facts: BTreeSet<FactId>,
    kinds: BTreeSet<KindId>,
    anchors: BTreeSet<AnchorId>,
}

/// What a condition names, and where it asks a person.
struct Walk<'p> {
    definitions: Definitions<'p>,
    /// Meant where no anchor is named.
    default_anchor: AnchorId,
    names: Names,
    asks: Option<Span>,
}

impl Walk<'_> {
    fn anchor(&mut self, anchor: AnchorId) {
        if anchor != self.default_anchor {
            self.names.anchors.insert(anchor);
        }
    }
}

impl<'p> Visit<'p> for Walk<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn condition(&mut self, condition: &'p Condition) {
        if let crate::typed::ConditionKind::Test(Test::Judged { .. } | Test::Todo { .. }) = &condition.kind {
            self.asks.get_or_insert(condition.span);
        }
        visit::walk_condition(self, condition);
    }

    fn test(&mut self, test: &'p Test) {
        match test {
            Test::Window { of, anchor, .. } => {
                match anchor {
                    WindowAnchor::Date(anchor) => self.anchor(*anchor),
                    WindowAnchor::Entry(point) => self.names.kinds.extend(point.kinds.iter().copied()),
                }
                match of {
                    TimeOf::Anchor(other) => {
                        self.names.anchors.insert(*other);
                    }
                    TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(_) | TimeOf::Fact(_) => {}
                }
            }
            Test::Entries { kinds, .. } => self.names.kinds.extend(kinds.iter().copied()),
            Test::Course { kinds, windows, .. } => {
                self.names.kinds.extend(kinds.iter().copied());
                windows.iter().for_each(|(_, anchor)| self.anchor(*anchor));
            }
            Test::Stretch { windows, .. } => windows.iter().for_each(|(_, anchor)| self.anchor(*anchor)),
            Test::Compare { .. }
            | Test::IsOneOf { .. }
            | Test::IsYes { .. }
            | Test::Judged { .. }
            | Test::Todo { .. } => {}
        }
        visit::walk_test(self, test);
    }

    fn operand(&mut self, operand: &'p Operand) {
        if let OperandKind::Age(age) = &operand.kind {
            self.names.facts.insert(age.from);
            self.anchor(age.to);
        }
        if let OperandKind::DailyDose(dose) = &operand.kind {
            self.names.kinds.extend(dose.kinds.iter().copied());
            dose.day.anchor().into_iter().for_each(|anchor| self.anchor(anchor));
        }
        visit::walk_operand(self, operand);
    }

    fn read(&mut self, read: &'p FactRead) {
        self.names.facts.insert(read.fact);
        visit::walk_read(self, read);
    }
}
