//! Statements, and the trial's block.

use super::expression::Subject;
use super::{Lower, Node};
use crate::ir::Polarity;
use crate::source::{Span, one_line};
use crate::syntax::ast::{
    Expr, ExprKind, Name, Statement, StatementKind, Text, Trial, TrialEntry, TrialValue, Unit, UseTarget,
};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;

impl Lower<'_> {
    /// One statement; `None` when too little of it was understood to mean anything.
    pub(super) fn statement(&mut self, node: Node<'_>) -> Option<Statement> {
        let before = self.diagnostics.len();
        let broken = self.broken.len();
        self.odd = 0;
        self.tall = false;
        self.quiet = None;
        let statement = self.statement_once(node.clone());
        if node.as_rule() != Rule::criterion {
            // A definition may well be a number or a formula.
            self.odd = 0;
        }
        if self.diagnostics.len() + self.odd > before && !self.retrying {
            self.reread = true;
            return self.read_again(&node, statement, before, broken);
        }
        statement
    }

    fn statement_once(&mut self, node: Node<'_>) -> Option<Statement> {
        let span = self.span(&node);
        let word = self.first_word(&node);
        let doc = self.doc(span.range().start);
        let kind = match node.as_rule() {
            Rule::criterion => self.criterion(node, word),
            Rule::fact => self.fact(node)?,
            Rule::entry_kind => self.entry_kind(node)?,
            Rule::group_statement => self.group_statement(node)?,
            Rule::extend => self.extend(node)?,
            Rule::extend_group => self.extend_group(node)?,
            Rule::define => self.define(node, word)?,
            Rule::assertion => self.assertion(node, word)?,
            Rule::example => self.example(node, word)?,
            Rule::trial => self.trial(node),
            _ => self.small_statement(node)?,
        };
        Some(Statement { doc, span, word, kind })
    }

    /// Text before the first statement.
    pub(super) fn preamble(&mut self, node: &Node<'_>) {
        let token = self.next_token(self.start(node));
        let text = self.slice(token.clone());
        self.diagnostics.push(errors::no_statement(self.span_of(token), text));
    }

    /// A token that nothing reads, reported once a run.
    pub(super) fn unparsed(&mut self, node: &Node<'_>, end: usize) {
        let start = self.start(node);
        if self.quiet != Some(start) {
            self.unexpected(start, end);
        }
        // The tokens behind it are the same trouble.
        self.quiet = Some(self.next_token(self.span(node).range().end).start);
    }

    fn criterion(&mut self, node: Node<'_>, word: Span) -> StatementKind {
        let polarity = if node.as_str().starts_with("exclude") { Polarity::Exclude } else { Polarity::Require };
        let mut id = None;
        let mut rest = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::polarity => {}
                Rule::criterion_id => id = self.criterion_id(child),
                _ => rest.push(child),
            }
        }
        let clause = self.clause(rest.into_iter(), word);
        StatementKind::Criterion { polarity, id, clause }
    }

    fn criterion_id(&mut self, node: Node<'_>) -> Option<Name> {
        let opener = self.start(&node);
        let mut id = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::id => id = Some(self.name(&child)),
                Rule::id_junk => {
                    if self.quiet != Some(self.start(&child)) {
                        let place = self.span(&child);
                        self.diagnostics.push(errors::bad_id(place));
                    }
                }
                Rule::no_close => self.unclosed(opener, &child),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        id
    }

    fn define(&mut self, node: Node<'_>, word: Span) -> Option<StatementKind> {
        let mut name = None;
        let mut body: Option<Expr> = None;
        let mut rest = Vec::new();
        let mut end = word;
        let mut missing = false;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => {
                    end = self.leaf(&child);
                    name = Some(self.name(&child));
                }
                Rule::defines => {
                    end = self.span(&child);
                    self.defines(&child);
                }
                Rule::expression | Rule::unparsed => rest.push(child),
                _ => missing |= self.wanted(&child),
            }
        }
        let is_empty = rest.is_empty();
        if !is_empty {
            let clause = self.clause(rest.into_iter(), end);
            body = Some(clause.main);
        }
        let body = match body {
            Some(body) if !missing => body,
            _ => {
                if is_empty && !missing {
                    self.diagnostics.push(errors::empty_definition(end));
                }
                Expr { span: end, kind: ExprKind::Broken }
            }
        };
        name.map(|name| StatementKind::Define { name, body })
    }

    fn assertion(&mut self, node: Node<'_>, word: Span) -> Option<StatementKind> {
        let mut id = None;
        let mut text = None;
        let mut rest = Vec::new();
        let mut end = word;
        let mut missing = false;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::criterion_id => id = self.criterion_id(child),
                Rule::text => {
                    end = self.leaf(&child);
                    text = Some(self.text(&child));
                }
                Rule::expression | Rule::unparsed => rest.push(child),
                _ => missing |= self.wanted(&child),
            }
        }
        let body = if rest.is_empty() {
            if !missing {
                self.diagnostics.push(errors::empty_assertion(end));
            }
            Expr { span: end, kind: ExprKind::Broken }
        } else {
            self.clause(rest.into_iter(), end).main
        };
        Some(StatementKind::Assert { id, text: text?, body })
    }

    fn defines(&mut self, node: &Node<'_>) {
        let span = self.span(node);
        if node.as_str().trim_end() != "=" {
            let written = self.slice(span.range());
            self.diagnostics.push(errors::misspelt_operator(span, written, "="));
        }
    }

    fn small_statement(&mut self, node: Node<'_>) -> Option<StatementKind> {
        let rule = node.as_rule();
        let mut names: Vec<Name> = Vec::new();
        let mut text: Option<Text> = None;
        let mut unit: Option<Unit> = None;
        let mut id = None;
        let mut after = None;
        let mut end = self.first_word(&node).range().end;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::name => names.push(self.name(&child)),
                Rule::text => text = Some(self.text(&child)),
                Rule::unit | Rule::bracketed => unit = Some(self.unit(&child)),
                Rule::criterion_id => id = self.criterion_id(child),
                Rule::defines => self.defines(&child),
                Rule::no_close => {
                    let opener = unit.as_ref().map_or(end, |unit| unit.span.range().start).saturating_sub(1);
                    self.unclosed(opener, &child);
                }
                Rule::anchor_after => {
                    for inner in child.into_inner() {
                        if inner.as_rule() == Rule::name {
                            after = Some(self.name(&inner));
                        } else {
                            self.wanted(&inner);
                        }
                    }
                }
                Rule::unparsed => self.unparsed(&child, end),
                _ => {
                    self.wanted(&child);
                }
            }
            end = span.range().end;
        }
        let name = names.into_iter().next();
        Some(match rule {
            Rule::vocabulary => StatementKind::Vocabulary { name: name?, title: text },
            Rule::use_statement => match (name, text) {
                (Some(name), _) => StatementKind::Use(UseTarget::Shipped(name)),
                (None, path) => StatementKind::Use(UseTarget::Path(path?)),
            },
            Rule::anchor_statement => StatementKind::Anchor { name: name?, text, after },
            Rule::note => StatementKind::Note { id, text: text? },
            _ => StatementKind::Unit { spelling: text?, unit: unit? },
        })
    }

    fn trial(&mut self, node: Node<'_>) -> StatementKind {
        let mut trial = Trial { id: None, title: None, entries: Vec::new() };
        let mut end = self.first_word(&node).range().end;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::id => trial.id = Some(self.name(&child)),
                Rule::text => trial.title = Some(self.text(&child)),
                Rule::trial_block => trial.entries = self.trial_block(child),
                _ => self.unparsed(&child, end),
            }
            end = span.range().end;
        }
        StatementKind::Trial(trial)
    }

    fn trial_block(&mut self, node: Node<'_>) -> Vec<TrialEntry> {
        let opener = self.start(&node);
        let mut entries = Vec::new();
        let mut end = opener + 1;
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::trial_entry => entries.extend(self.trial_entry(child)),
                Rule::results => {
                    let key = self.first_word(&child);
                    let key = Name { text: self.slice(key.range()).to_owned(), span: key };
                    let results = self.results(child).map(TrialValue::Results);
                    entries.extend(results.map(|value| TrialEntry { key, value, as_of: None }));
                }
                Rule::trial_anchor => {
                    let statement = one_line(self.slice(span.range()));
                    self.diagnostics.push(errors::anchor_in_trial(span, &statement));
                    let name = child.into_inner().find(|inner| inner.as_rule() == Rule::name);
                    let name = name.map(|name| self.name(&name));
                    self.broken.extend(name);
                }
                Rule::comma => {}
                Rule::no_close => self.unclosed(opener, &child),
                _ => self.unparsed(&child, end),
            }
            end = span.range().end;
        }
        entries
    }

    fn trial_entry(&mut self, node: Node<'_>) -> Option<TrialEntry> {
        let mut nodes = node.into_inner();
        let key = nodes.next().map(|key| self.name(&key))?;
        let mut value = None;
        let mut as_of = None;
        for child in nodes {
            match child.as_rule() {
                Rule::text => value = Some(TrialValue::Text(self.text(&child))),
                Rule::signed_number => value = Some(TrialValue::Number(self.number(&child))),
                Rule::code => value = Some(TrialValue::Name(self.name(&child))),
                Rule::date if value.is_none() => value = Some(TrialValue::Date(self.date(&child))),
                Rule::date | Rule::year => as_of = Some(self.date(&child)),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        value.map(|value| TrialEntry { key, value, as_of })
    }

    /// An expression behind a word that needs one.
    pub(super) fn value_expression(&mut self, node: Node<'_>) -> Expr {
        self.expression_or_missing(node, Subject::Needed)
    }
}
