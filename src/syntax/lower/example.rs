//! Example records and what is expected of them.

use std::iter;

use super::clause::Separator;
use super::{Lower, Node, Nodes};
use crate::source::Span;
use crate::syntax::ast::{
    CodeWord, Example, Expectation, ExpectationKind, Field, Name, StatementKind, Value, ValueDetails, ValueKind,
};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;

impl Lower<'_> {
    pub(super) fn example(&mut self, node: Node<'_>, word: Span) -> Option<StatementKind> {
        let mut nodes = node.into_inner();
        let mut before = None;
        let mut name = None;
        if let Some(first) = nodes.next() {
            before = Some(first.as_span());
            name = (!self.wanted(&first)).then(|| self.text(&first));
        }
        let mut like = None;
        let mut fields = Vec::new();
        let mut expectations = Vec::new();
        for child in nodes {
            let span = child.as_span();
            match child.as_rule() {
                Rule::text => like = Some(self.text(&child)),
                Rule::fields => fields = self.fields(child),
                Rule::expectations => expectations = self.expectations(child),
                Rule::unparsed => {
                    let end = before.map_or(word.range().end, |before| self.written(before).range().end);
                    self.unparsed(&child, end);
                }
                _ => {
                    self.wanted(&child);
                }
            }
            before = Some(span);
        }
        Some(StatementKind::Example(Example { name: name?, like, fields, expectations }))
    }

    /// The fields of `{ a: 1, b: 2 }` or `(a: 1)`; commas are optional.
    fn fields(&mut self, node: Node<'_>) -> Vec<Field> {
        let opener = self.start(&node);
        let nodes = node.into_inner();
        let mut fields = Vec::with_capacity(nodes.len());
        let mut before = None;
        for child in nodes {
            let span = child.as_span();
            match child.as_rule() {
                Rule::field => fields.extend(self.field(child)),
                Rule::comma => self.quiet = None,
                Rule::no_close => self.unclosed(opener, &child),
                _ => {
                    let end = before.map_or(opener + 1, |before| self.written(before).range().end);
                    self.unparsed(&child, end);
                }
            }
            before = Some(span);
        }
        fields
    }

    fn field(&mut self, node: Node<'_>) -> Option<Field> {
        let end = node.as_span().end();
        let mut key = None;
        let mut judged = false;
        let mut value = None;
        let mut nodes = node.into_inner();
        while let Some(child) = nodes.next() {
            match child.as_rule() {
                Rule::judged_word => judged = true,
                Rule::name | Rule::id => key = Some(self.name(&child)),
                Rule::field_equals => {
                    let place = self.span(&child);
                    self.diagnostics.push(errors::misspelt_operator(place, "=", ":"));
                }
                _ if self.wanted(&child) => {}
                _ => {
                    value = self.value(child, nodes, end);
                    break;
                }
            }
        }
        Some(Field { key: key?, judged, value: value? })
    }

    /// The value of a field or a list that is made of these nodes and ends at `end` of the parsed stretch.
    fn value(&mut self, first: Node<'_>, rest: Nodes<'_>, end: usize) -> Option<Value> {
        let span = self.without_blanks(first.as_span().start(), end);
        let mut kind = None;
        let mut scale = None;
        let mut comparator = None;
        let mut details: Option<Box<ValueDetails>> = None;
        for child in iter::once(first).chain(rest) {
            match child.as_rule() {
                Rule::date => kind = Some(ValueKind::Date(self.date(&child))),
                Rule::compare_op => comparator = Some(self.compare_op(&child)),
                Rule::signed_number | Rule::titre => {
                    let number = self.number(&child);
                    kind = Some(ValueKind::Number { comparator, number, unit: None });
                }
                Rule::unit => {
                    let written = self.unit(&child);
                    if let Some(ValueKind::Number { unit, .. }) = &mut kind {
                        *unit = Some(written);
                    }
                }
                Rule::level_scale => scale = Some(self.name(&child)),
                Rule::code => kind = Some(ValueKind::Word(CodeWord { scale: scale.take(), word: self.name(&child) })),
                Rule::fields => kind = Some(ValueKind::Object(self.fields(child))),
                Rule::value_list => kind = Some(ValueKind::List(self.value_list(child))),
                Rule::text => {
                    let place = self.leaf(&child);
                    let text = self.text(&child);
                    self.diagnostics.push(errors::quoted_value(place, &text.text));
                }
                Rule::value_at => {
                    for inner in child.into_inner() {
                        if matches!(inner.as_rule(), Rule::date | Rule::year) {
                            details.get_or_insert_default().at = Some(self.date(&inner));
                        } else {
                            self.wanted(&inner);
                        }
                    }
                }
                Rule::value_limit => {
                    let is_upper = child.as_str().starts_with("uln");
                    for inner in child.into_inner() {
                        match inner.as_rule() {
                            Rule::signed_number if is_upper => {
                                details.get_or_insert_default().uln = Some(self.number(&inner));
                            }
                            Rule::signed_number => details.get_or_insert_default().lln = Some(self.number(&inner)),
                            _ => {
                                self.wanted(&inner);
                            }
                        }
                    }
                }
                Rule::value_attributes => details.get_or_insert_default().attributes = self.fields(child),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        Some(Value { span, kind: kind?, details })
    }

    fn value_list(&mut self, node: Node<'_>) -> Vec<Value> {
        let opener = self.start(&node);
        let nodes = node.into_inner();
        let mut values = Vec::with_capacity(nodes.len());
        let mut separator = Separator::new(opener + 1);
        for child in nodes {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::listed => {
                    self.separate(&mut separator, span);
                    let end = child.as_span().end();
                    let mut parts = child.into_inner();
                    values.extend(parts.next().and_then(|first| self.value(first, parts, end)));
                }
                Rule::comma => self.comma(&mut separator, span),
                Rule::no_close => self.unclosed(opener, &child),
                _ => self.stray(&mut separator, &child),
            }
        }
        values
    }

    fn expectations(&mut self, node: Node<'_>) -> Vec<Expectation> {
        let word = self.first_word(&node);
        let before = self.diagnostics.len();
        let nodes = node.into_inner();
        let mut expectations = Vec::with_capacity(nodes.len());
        let mut separator = Separator::new(word.range().end);
        let mut empty = true;
        for child in nodes {
            empty = false;
            let span = self.span(&child);
            match child.as_rule() {
                Rule::verdict => {
                    self.separate(&mut separator, span);
                    expectations.extend(self.verdict(child, span));
                }
                Rule::outcome => {
                    self.separate(&mut separator, span);
                    expectations.extend(self.outcome(child, span));
                }
                Rule::comma => self.comma(&mut separator, span),
                _ => self.stray(&mut separator, &child),
            }
        }
        if empty && self.diagnostics.len() == before {
            self.diagnostics.push(errors::empty_expectation(word));
        }
        expectations
    }

    fn verdict(&mut self, node: Node<'_>, span: Span) -> Option<Expectation> {
        let mut verdict: Option<Name> = None;
        let mut at = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::code => verdict = Some(self.name(&child)),
                Rule::name => at = Some(self.name(&child)),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        Some(Expectation { span, kind: ExpectationKind::Verdict { verdict: verdict?, at } })
    }

    fn outcome(&mut self, node: Node<'_>, span: Span) -> Option<Expectation> {
        let mut id: Option<Name> = None;
        let mut outcome: Option<Name> = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::id => id = Some(self.name(&child)),
                Rule::code => outcome = Some(self.name(&child)),
                Rule::want_outcome if id.as_ref().is_some_and(|id| is_verdict(&id.text)) => {
                    let place = id.as_ref().map_or(span, |id| id.span);
                    self.quiet = Some(self.next_token(self.start(&child)).start);
                    let word = self.slice(place.range());
                    self.diagnostics.push(errors::bare_verdict(place, word));
                }
                _ => {
                    self.wanted(&child);
                }
            }
        }
        Some(Expectation { span, kind: ExpectationKind::Criterion { id: id?, outcome: outcome? } })
    }
}

fn is_verdict(word: &str) -> bool {
    matches!(word, "eligible" | "ineligible" | "undetermined")
}
