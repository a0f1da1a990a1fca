//! What a criterion asks, and lists: items, commas between them, and what is where it should not.

use super::expression::{Grown, Subject};
use super::{Lower, Node};
use crate::source::Span;
use crate::syntax::ast::{Alternative, Clause, Expr, ExprKind, Guard, ResultsCount};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::lexer::is_statement_word;

/// Where a list is between two items.
pub(super) struct Separator {
    /// The end of the last item, comma or stray token.
    end: usize,
    /// Whether something is behind the last comma.
    filled: bool,
    /// Whether a comma has been read.
    commas: usize,
    /// Whether this stretch between commas has been reported.
    reported: bool,
}

impl Separator {
    /// At the start of a list whose bracket ends at `end`.
    pub(super) fn new(end: usize) -> Separator {
        Separator { end, filled: false, commas: 0, reported: false }
    }
}

impl Lower<'_> {
    /// A comma of a list; one with nothing before it is reported.
    pub(super) fn comma(&mut self, separator: &mut Separator, span: Span) {
        let place = self.span_of(span.range().start..span.range().start + 1);
        if !separator.filled && self.quiet != Some(place.range().start) {
            self.diagnostics.push(errors::empty_item(place));
        }
        separator.filled = false;
        separator.reported = false;
        separator.commas += 1;
        separator.end = place.range().end;
    }

    /// An item of a list; one without a comma before it is reported.
    pub(super) fn separate(&mut self, separator: &mut Separator, span: Span) {
        let start = span.range().start;
        if separator.filled && !separator.reported && self.quiet != Some(start) {
            let after = self.span_of(separator.end..separator.end);
            let token = self.next_token(start);
            let place = self.span_of(token.clone());
            let same_line = !self.slice(separator.end..token.start).contains('\n');
            self.diagnostics.push(errors::missing_comma(place, self.slice(token), after, same_line));
        }
        separator.filled = true;
        separator.reported = false;
        separator.end = span.range().end;
    }

    /// A token of a list that nothing reads: reported once a stretch.
    pub(super) fn stray(&mut self, separator: &mut Separator, node: &Node<'_>) {
        if self.wanted(node) {
            separator.reported = true;
        }
        let start = self.start(node);
        if !separator.reported && self.quiet != Some(start) {
            self.unexpected(start, separator.end);
        }
        separator.reported = true;
        separator.filled = true;
        separator.end = self.span(node).range().end;
    }

    /// The items of a block, a parenthesis or a call.
    pub(super) fn items<'p>(&mut self, nodes: impl Iterator<Item = Node<'p>>, opener: usize) -> Vec<Grown> {
        let mut items: Vec<Grown> = Vec::new();
        let mut separator = Separator::new(opener + 1);
        for node in nodes {
            let span = self.span(&node);
            match node.as_rule() {
                Rule::expression => {
                    let start = span.range().start;
                    let filled = separator.filled;
                    let on_new_line = self.slice(separator.end..start).contains('\n');
                    let before = self.diagnostics.len();
                    if filled && !on_new_line {
                        if !separator.reported && self.quiet != Some(start) {
                            self.side_by_side(start, separator.end);
                        }
                        // Told as one problem; what the second holds may have its own.
                        self.quiet = Some(self.next_token(start).start);
                        self.expression(node, Subject::Needed);
                        separator.reported = true;
                        if let Some(last) = items.last_mut() {
                            last.expr.kind = ExprKind::Broken;
                        }
                    } else {
                        self.separate(&mut separator, span);
                        let grown = self.expression(node, Subject::Needed);
                        separator.reported = self.diagnostics.len() > before && self.ends_quiet(span);
                        items.push(grown);
                    }
                    separator.filled = true;
                    separator.end = span.range().end;
                }
                Rule::comma => self.comma(&mut separator, span),
                Rule::no_close => self.unclosed(opener, &node),
                _ => {
                    let lone = !separator.filled;
                    self.stray(&mut separator, &node);
                    if lone {
                        let broken = self.broken(span);
                        items.push(broken);
                    } else if let Some(last) = items.last_mut() {
                        last.expr.kind = ExprKind::Broken;
                    }
                }
            }
        }
        items
    }

    /// Whether the token behind `span` was named in an error.
    fn ends_quiet(&self, span: Span) -> bool {
        self.quiet == Some(self.next_token(span.range().end).start)
    }

    /// The nodes of a clause.
    pub(super) fn clause<'p>(&mut self, nodes: impl Iterator<Item = Node<'p>>, word: Span) -> Clause {
        let mut main: Option<Expr> = None;
        let mut alternatives = Vec::new();
        let mut guard: Option<Guard> = None;
        let mut results: Option<ResultsCount> = None;
        let mut end = word.range().end;
        let mut reported = false;
        for node in nodes {
            let span = self.span(&node);
            let start = span.range().start;
            match node.as_rule() {
                Rule::expression if main.is_none() && !reported => {
                    main = Some(self.expression(node, Subject::Needed).expr);
                }
                Rule::expression => {
                    if !reported && self.quiet != Some(start) {
                        self.side_by_side(start, end);
                    }
                    reported = true;
                    self.quiet = Some(self.next_token(start).start);
                    self.expression(node, Subject::Needed);
                }
                Rule::alternative => {
                    reported = false;
                    alternatives.push(self.alternative(node, span));
                }
                Rule::guard => {
                    reported = false;
                    let next = self.guard(node);
                    match &guard {
                        Some(first) => self.diagnostics.push(errors::second_guard(next.word, first.word)),
                        None => guard = Some(next),
                    }
                }
                Rule::results_here => {
                    reported = false;
                    let next = node.into_inner().next().and_then(|inner| self.results(inner));
                    match (&results, next) {
                        (Some(first), Some(next)) => {
                            self.diagnostics.push(errors::second_results(next.span, first.span));
                        }
                        (_, next) => results = results.or(next),
                    }
                }
                _ => {
                    if !reported && self.quiet != Some(start) {
                        self.unexpected(start, end);
                    }
                    reported = true;
                }
            }
            end = span.range().end;
        }
        let main = main.unwrap_or_else(|| {
            if !reported {
                self.diagnostics.push(errors::empty_criterion(word, self.slice(word.range())));
            }
            self.broken(word).expr
        });
        Clause { main, alternatives, guard, results: results.map(Box::new) }
    }

    fn alternative(&mut self, node: Node<'_>, span: Span) -> Alternative {
        let comma = span.range().start;
        let span = self.span_of(self.next_token(comma + 1).start..span.range().end);
        let mut parts = Vec::new();
        for child in node.into_inner() {
            let subject = if parts.is_empty() { Subject::MayBeElided } else { Subject::Needed };
            parts.push(self.expression_or_missing(child, subject));
        }
        let mut parts = parts.into_iter();
        let broken = || Expr { span, kind: ExprKind::Broken };
        Alternative { span, body: parts.next().unwrap_or_else(broken), when: parts.next().unwrap_or_else(broken) }
    }

    fn guard(&mut self, node: Node<'_>) -> Guard {
        let word = self.first_word(&node);
        let unless = node.as_str().starts_with("unless");
        let mut condition = Expr { span: word, kind: ExprKind::Broken };
        for child in node.into_inner() {
            if child.as_rule() != Rule::guard_word {
                condition = self.expression_or_missing(child, Subject::Needed);
            }
        }
        Guard { word, unless, condition }
    }

    /// Reports the token at `start`, which nothing reads; `end` is where the one before it ended.
    pub(super) fn unexpected(&mut self, start: usize, end: usize) {
        let token = self.next_token(start);
        let before = self.previous_token(end.max(1));
        let behind = self.slice(self.next_token(token.end));
        let last = behind.is_empty() || is_statement_word(behind);
        let diagnostic = errors::unexpected(
            self.span_of(token.clone()),
            self.slice(token.clone()),
            self.slice(token.end..(token.end + 8).min(self.text.len())),
            (self.span_of(before.clone()), self.slice(before)),
            last,
        );
        self.diagnostics.push(diagnostic);
    }

    /// Reports two conditions with nothing between them.
    fn side_by_side(&mut self, start: usize, end: usize) {
        let token = self.next_token(start);
        let before = self.previous_token(end);
        let diagnostic = errors::side_by_side(
            (self.span_of(before.clone()), self.slice(before)),
            (self.span_of(token.clone()), self.slice(token)),
        );
        self.diagnostics.push(diagnostic);
    }
}
