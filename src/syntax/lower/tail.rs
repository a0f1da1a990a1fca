//! What is behind a subject: comparisons, windows, lengths, exceptions.

use super::expression::Subject;
use super::{Lower, Node};
use crate::number::Comparison;
use crate::source::Span;
use crate::syntax::ast::{CodeWord, EntryPoint, Length, Side, Tail, TailKind, Term, Window, WindowAnchor};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::lexer::comparison;

/// The parts of a window as they were found.
#[derive(Default)]
struct Parts {
    length: Option<Length>,
    side: Option<(Side, Span)>,
    anchor: Option<WindowAnchor>,
    /// Of the expressions in it.
    height: usize,
    broken: bool,
}

impl Lower<'_> {
    /// Whether [`Self::tail`] reads a node of this rule.
    pub(super) fn is_tail(rule: Rule) -> bool {
        matches!(
            rule,
            Rule::compare
                | Rule::is_code
                | Rule::within
                | Rule::in_set
                | Rule::point
                | Rule::beyond
                | Rule::apart
                | Rule::between
                | Rule::throughout
                | Rule::lasting
                | Rule::gaps
                | Rule::one_entry
                | Rule::except_filter
        )
    }

    /// A tail and the height of the expressions in it; `None` when a part of it is missing, which is reported.
    pub(super) fn tail(&mut self, node: Node<'_>) -> (Option<Tail>, usize) {
        let span = self.span(&node);
        let mut height = 0;
        let kind = match node.as_rule() {
            Rule::compare => self.compare(node, &mut height),
            Rule::between => self.between(node, &mut height),
            Rule::is_code => self.is_code(node),
            Rule::in_set => self.in_set(node),
            Rule::within => {
                let parts = self.parts(node);
                height = parts.height;
                match (parts.length, parts.broken) {
                    (Some(length), false) => {
                        let side = parts.side.map(|(side, _)| side);
                        Some(TailKind::Window(Window::Within { length, side, anchor: parts.anchor }))
                    }
                    _ => None,
                }
            }
            Rule::point => self.point(node, &mut height),
            Rule::beyond => self.beyond(node, &mut height),
            Rule::apart => {
                let parts = self.parts(node);
                parts.length.filter(|_| !parts.broken).map(TailKind::Apart)
            }
            Rule::throughout => {
                let has_before = node.clone().into_inner().any(|child| child.as_rule() == Rule::throughout_before);
                let parts = self.parts(node);
                height = parts.height;
                match (parts.length, parts.broken) {
                    (Some(length), false) => {
                        if !has_before {
                            self.diagnostics.push(errors::for_without_before(span, self.slice(length.span.range())));
                        }
                        has_before.then_some(TailKind::Window(Window::Throughout { length, anchor: parts.anchor }))
                    }
                    _ => None,
                }
            }
            Rule::lasting => {
                let strict = node
                    .clone()
                    .into_inner()
                    .any(|child| child.as_rule() == Rule::lasting_word && child.as_str().starts_with("more"));
                let parts = self.parts(node);
                match (parts.length, parts.broken) {
                    (Some(length), false) => Some(TailKind::Lasting { strict, length }),
                    _ => None,
                }
            }
            Rule::gaps => {
                let parts = self.parts(node);
                parts.length.filter(|_| !parts.broken).map(TailKind::Gaps)
            }
            Rule::one_entry => Some(TailKind::OneEntry),
            Rule::except_filter => self.except_filter(node, &mut height),
            _ => None,
        };
        (kind.map(|kind| Tail { span, kind }), height)
    }

    fn compare(&mut self, node: Node<'_>, height: &mut usize) -> Option<TailKind> {
        let mut nodes = node.into_inner();
        let sign = nodes.next()?;
        let op_span = self.span(&sign);
        let op = self.compare_op(&sign);
        if let Some(missing) = nodes.peek()
            && self.wanted(&missing)
        {
            return None;
        }
        let right = self.sum(&mut nodes);
        *height = right.height;
        Some(TailKind::Compare { op, op_span, right: Box::new(right.expr) })
    }

    pub(super) fn compare_op(&mut self, node: &Node<'_>) -> Comparison {
        let span = self.span(node);
        let written = node.as_str().trim_end();
        // What the patched text says; the author's own spelling may be full-width and has been reported.
        let Some(comparison) = comparison(written) else {
            return Comparison::Eq;
        };
        if comparison.sign != written || !comparison.accepted {
            self.diagnostics.push(errors::misspelt_operator(span, written, comparison.written));
        }
        comparison.op
    }

    fn between(&mut self, node: Node<'_>, height: &mut usize) -> Option<TailKind> {
        let mut nodes = node.into_inner();
        let first = nodes.peek()?;
        if self.wanted(&first) {
            nodes.next();
            // The rest may hold errors of its own.
            if nodes.next().is_some_and(|and| and.as_rule() == Rule::between_and) {
                self.bound(&mut nodes, height);
            }
            return None;
        }
        let low = self.sum(&mut nodes);
        *height = low.height;
        let and = nodes.next()?;
        if self.wanted(&and) {
            return None;
        }
        let high = self.bound(&mut nodes, height)?;
        Some(TailKind::Between { low: Box::new(low.expr), high: Box::new(high) })
    }

    fn bound(&mut self, nodes: &mut super::Nodes<'_>, height: &mut usize) -> Option<crate::syntax::ast::Expr> {
        let first = nodes.peek()?;
        if self.wanted(&first) {
            return None;
        }
        let grown = self.sum(nodes);
        *height = (*height).max(grown.height);
        Some(grown.expr)
    }

    fn is_code(&mut self, node: Node<'_>) -> Option<TailKind> {
        let mut negated = false;
        let mut value = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::is_not => negated = true,
                Rule::code_word => value = Some(self.code_word(child)),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        value.map(|value| TailKind::Is { negated, value })
    }

    fn in_set(&mut self, node: Node<'_>) -> Option<TailKind> {
        let mut negated = false;
        let mut kind = None;
        let opener = self.start(&node);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::is_not => negated = true,
                Rule::code_set => kind = Some(TailKind::InSet { negated, values: self.code_set(child) }),
                Rule::unit | Rule::bracketed => kind = Some(TailKind::InUnit(self.unit(&child))),
                Rule::no_close => self.unclosed(opener, &child),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        if let Some(TailKind::InUnit(unit)) = &kind
            && negated
        {
            self.diagnostics.push(errors::not_in_unit(unit.span));
            return None;
        }
        kind
    }

    /// The codes of `{echo, muga}`.
    pub(super) fn code_set(&mut self, node: Node<'_>) -> Vec<CodeWord> {
        let opener = self.start(&node);
        let mut codes = Vec::new();
        let mut separator = super::clause::Separator::new(opener + 1);
        for child in node.into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::code_word => {
                    self.separate(&mut separator, span);
                    codes.push(self.code_word(child));
                }
                Rule::comma => self.comma(&mut separator, span),
                Rule::no_close => self.unclosed(opener, &child),
                _ => self.stray(&mut separator, &child),
            }
        }
        codes
    }

    fn parts(&mut self, node: Node<'_>) -> Parts {
        let mut parts = Parts::default();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::length => parts.length = Some(self.length(child)),
                Rule::side => parts.side = Some(self.side(&child)),
                Rule::name => parts.anchor = Some(WindowAnchor::Name(self.name(&child))),
                Rule::entry_point => self.entry_point(child, &mut parts),
                _ => parts.broken |= self.wanted(&child),
            }
        }
        parts
    }

    /// `last lupus_flare (grade >= 2)`
    fn entry_point(&mut self, node: Node<'_>, parts: &mut Parts) {
        let span = self.span(&node);
        let (mut last, mut ends) = (false, false);
        let mut of = Term { prefixes: Vec::new(), subjects: Vec::new(), braced: false, filter: None, by: None };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::ends_of => ends = true,
                Rule::first_or_last => last = child.as_str().starts_with("last"),
                Rule::name => of.subjects.push(self.name(&child)),
                Rule::name_set => {
                    of.braced = true;
                    of.subjects = self.name_set(child);
                }
                Rule::filter => {
                    let grown = self.parenthesis(child);
                    parts.height = grown.height;
                    of.filter = Some(Box::new(grown.expr));
                }
                _ => parts.broken |= self.wanted(&child),
            }
        }
        parts.broken |= of.subjects.is_empty();
        parts.anchor = Some(WindowAnchor::Entry(Box::new(EntryPoint { span, last, ends, of })));
    }

    fn side(&mut self, node: &Node<'_>) -> (Side, Span) {
        let span = self.span(node);
        let (side, right) = match node.as_str().split_whitespace().next().unwrap_or_default() {
            "before" => (Side::Before, None),
            "after" => (Side::After, None),
            "of" => (Side::Of, None),
            "prior" | "preceding" => (Side::Before, Some("before")),
            "since" | "following" => (Side::After, Some("after")),
            "from" => (Side::Of, Some("of")),
            other if other.starts_with("after") => (Side::After, None),
            other if other.starts_with("of") => (Side::Of, None),
            _ => (Side::Before, None),
        };
        if let Some(right) = right {
            self.diagnostics.push(errors::misspelt_side(span, self.slice(span.range()), right));
        }
        (side, span)
    }

    fn point(&mut self, node: Node<'_>, height: &mut usize) -> Option<TailKind> {
        let word = node.as_str();
        let window = if word.starts_with("before") {
            Window::Before
        } else if word.starts_with("after") {
            Window::After
        } else {
            Window::At
        };
        let parts = self.parts(node);
        *height = parts.height;
        parts.anchor.filter(|_| !parts.broken).map(|anchor| TailKind::Window(window(anchor)))
    }

    fn beyond(&mut self, node: Node<'_>, height: &mut usize) -> Option<TailKind> {
        let mut strict = false;
        let mut inward = None;
        let mut parts = Parts::default();
        let mut missing_side = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::beyond_word => {
                    let span = self.span(&child);
                    let written: Vec<&str> = child.as_str().split_whitespace().collect();
                    match written.as_slice() {
                        ["more", "than", ..] => strict = true,
                        ["more", ..] => {
                            strict = true;
                            self.diagnostics.push(errors::more_without_than(span));
                        }
                        ["at", "least", ..] => {}
                        _ => inward = Some(span),
                    }
                }
                Rule::length => parts.length = Some(self.length(child)),
                Rule::side => parts.side = Some(self.side(&child)),
                Rule::name => parts.anchor = Some(WindowAnchor::Name(self.name(&child))),
                Rule::entry_point => self.entry_point(child, &mut parts),
                Rule::want_side => missing_side = Some(self.start(&child)),
                _ => parts.broken |= self.wanted(&child),
            }
        }
        if let Some(span) = inward {
            self.diagnostics.push(errors::at_most_window(span, self.slice(span.range())));
            return None;
        }
        *height = parts.height;
        let length = parts.length?;
        match parts.side {
            Some((Side::Of, span)) => {
                self.diagnostics.push(errors::beyond_of(span));
                None
            }
            Some((side, _)) if !parts.broken => {
                Some(TailKind::Window(Window::Beyond { strict, length, side, anchor: parts.anchor }))
            }
            Some(_) => None,
            None => {
                if let Some(at) = missing_side
                    && !parts.broken
                {
                    self.quiet = Some(self.next_token(at).start);
                    self.diagnostics.push(errors::no_direction(length.span, self.slice(length.span.range())));
                }
                None
            }
        }
    }

    fn except_filter(&mut self, node: Node<'_>, height: &mut usize) -> Option<TailKind> {
        let mut filter = None;
        for child in node.into_inner() {
            if child.as_rule() == Rule::filter {
                let grown = self.parenthesis(child);
                *height = grown.height;
                filter = Some(grown.expr);
            } else {
                self.wanted(&child);
            }
        }
        filter.map(|filter| TailKind::Except(Box::new(filter)))
    }

    /// An expression, or the report that one is missing.
    pub(super) fn expression_or_missing(&mut self, node: Node<'_>, subject: Subject) -> crate::syntax::ast::Expr {
        if node.as_rule() == Rule::expression {
            return self.expression(node, subject).expr;
        }
        self.wanted(&node);
        let span = self.leaf(&node);
        self.broken(span).expr
    }
}
