//! Expressions: a flat run of operands, operators and tails folded by precedence.

use super::{Lower, Node, Nodes};
use crate::diag::Code;
use crate::number::Comparison;
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, Expr, ExprKind, Tail, TailKind};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;

/// The tallest expression tree built: a chain of so many operators is no formula any more.
const MAX_HEIGHT: usize = 400;

/// An expression and how many levels its tree has.
pub(super) struct Grown {
    pub expr: Expr,
    pub height: usize,
}

/// Whether a comparison may begin with its operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Behind `, or`.
    MayBeElided,
    /// Everywhere else.
    Needed,
}

impl Lower<'_> {
    /// An `expression` node.
    pub(super) fn expression(&mut self, node: Node<'_>, subject: Subject) -> Grown {
        let mut nodes = node.into_inner();
        let first = self.condition(&mut nodes, subject);
        if nodes.is_empty() {
            return first;
        }
        let mut alternatives = Vec::new();
        let mut conjuncts = vec![first];
        while let Some(logic) = nodes.next() {
            if self.is_or(&logic) {
                let joined = self.join(std::mem::take(&mut conjuncts), ExprKind::And);
                alternatives.push(joined);
            }
            conjuncts.push(self.condition(&mut nodes, Subject::Needed));
        }
        let joined = self.join(conjuncts, ExprKind::And);
        alternatives.push(joined);
        self.join(alternatives, ExprKind::Or)
    }

    fn is_or(&mut self, node: &Node<'_>) -> bool {
        let written = node.as_str();
        let is_or = written.starts_with("or") || written.starts_with('|');
        if !written.starts_with(['a', 'o']) {
            let word = if is_or { "or" } else { "and" };
            let span = self.span(node);
            self.diagnostics.push(errors::misspelt_operator(span, written.trim_end(), word));
        }
        is_or
    }

    fn join(&mut self, mut parts: Vec<Grown>, kind: fn(Vec<Expr>) -> ExprKind) -> Grown {
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return only;
        }
        let height = parts.iter().map(|part| part.height).max().unwrap_or(0);
        let exprs: Vec<Expr> = parts.into_iter().map(|part| part.expr).collect();
        let span = match (exprs.first(), exprs.last()) {
            (Some(first), Some(last)) => first.span.merge(last.span),
            _ => self.span_of(0..0),
        };
        self.grow(span, height, kind(exprs))
    }

    /// A node above parts of `height`; too tall a tree is reported once a statement and cut.
    pub(super) fn grow(&mut self, span: Span, height: usize, kind: ExprKind) -> Grown {
        if height < MAX_HEIGHT {
            return Grown { expr: Expr { span, kind }, height: height + 1 };
        }
        if !self.tall {
            self.tall = true;
            self.diagnostics.push(errors::too_tall(span));
        }
        Grown { expr: Expr { span, kind: ExprKind::Broken }, height: 1 }
    }

    pub(super) fn broken(&self, span: Span) -> Grown {
        Grown { expr: Expr { span, kind: ExprKind::Broken }, height: 1 }
    }

    fn condition(&mut self, nodes: &mut Nodes<'_>, subject: Subject) -> Grown {
        let mut negations = Vec::new();
        while let Some(node) = nodes.peek().filter(|node| node.as_rule() == Rule::negation) {
            let span = self.span(&node);
            if node.as_str().starts_with('!') {
                self.diagnostics.push(errors::misspelt_operator(span, "!", "not"));
            }
            negations.push(span);
            nodes.next();
        }
        let mut grown = match nodes.peek() {
            Some(node) if node.as_rule() == Rule::want_condition => {
                nodes.next();
                self.wanted(&node);
                let span = self.leaf(&node);
                self.broken(span)
            }
            Some(node) if node.as_rule() == Rule::elided => {
                nodes.next();
                let span = self.leaf(&node);
                let elided = Grown { expr: Expr { span, kind: ExprKind::Elided }, height: 1 };
                self.tailed(elided, nodes, subject)
            }
            _ => {
                let sum = self.sum(nodes);
                let grown = self.tailed(sum, nodes, subject);
                self.odd += usize::from(is_odd(&grown.expr));
                grown
            }
        };
        for span in negations.into_iter().rev() {
            grown = self.grow(span.merge(grown.expr.span), grown.height, ExprKind::Not(Box::new(grown.expr)));
        }
        grown
    }

    /// Gathers the tails behind a subject.
    fn tailed(&mut self, subject: Grown, nodes: &mut Nodes<'_>, needed: Subject) -> Grown {
        let mut tails: Vec<Tail> = Vec::new();
        let mut height = subject.height;
        let mut broken = false;
        let mut compared: Option<Span> = None;
        let mut end = subject.expr.span;
        while let Some(node) = nodes.peek().filter(|node| Self::is_tail(node.as_rule())) {
            nodes.next();
            let span = self.span(&node);
            end = end.merge(span);
            let sign = self.next_token(span.range().start);
            let quiet = self.quiet == Some(sign.start);
            let (tail, tail_height) = self.tail(node);
            height = height.max(tail_height);
            let Some(tail) = tail else {
                broken = true;
                continue;
            };
            let is_comparison = matches!(
                tail.kind,
                TailKind::Compare { .. } | TailKind::Between { .. } | TailKind::Is { .. } | TailKind::InSet { .. }
            );
            if is_comparison {
                if let Some(first) = compared {
                    let sign_span = self.span_of(sign.clone());
                    let diagnostic = errors::second_comparison(sign_span, self.slice(sign), first);
                    self.diagnostics.push(diagnostic);
                    broken = true;
                } else {
                    compared = Some(span);
                    if subject.expr.kind == ExprKind::Elided && needed == Subject::Needed {
                        if !quiet {
                            let sign_span = self.span_of(sign.clone());
                            let diagnostic = errors::no_subject(sign_span, self.slice(sign));
                            self.diagnostics.push(diagnostic);
                        }
                        broken = true;
                    }
                }
            } else if subject.expr.kind == ExprKind::Elided && compared.is_none() {
                if !quiet {
                    let sign_span = self.span_of(sign.clone());
                    let diagnostic = errors::no_subject(sign_span, self.slice(sign));
                    self.diagnostics.push(diagnostic);
                }
                broken = true;
            }
            tails.push(tail);
        }
        if broken {
            return self.broken(end);
        }
        if tails.is_empty() {
            return subject;
        }
        self.grow(end, height, ExprKind::Tailed { subject: Box::new(subject.expr), tails })
    }

    /// `a + b * c ^ d`: operands and operators up to the first node that is neither.
    pub(super) fn sum(&mut self, nodes: &mut Nodes<'_>) -> Grown {
        let mut operands: Vec<(Vec<Span>, Grown)> = Vec::new();
        let mut operators: Vec<(ArithmeticOp, Span)> = Vec::new();
        loop {
            let mut signs = Vec::new();
            while let Some(node) = nodes.peek().filter(|node| node.as_rule() == Rule::minus) {
                signs.push(self.span(&node));
                nodes.next();
            }
            let Some(node) = nodes.next() else {
                break;
            };
            let grown = self.atom(node);
            let operator = nodes.peek().filter(|node| node.as_rule() == Rule::operator);
            if operator.is_none() && operands.is_empty() {
                return self.negate(signs, grown);
            }
            operands.push((signs, grown));
            let Some(node) = operator else {
                break;
            };
            nodes.next();
            operators.push(self.operator(&node));
        }
        self.fold(operands, operators)
    }

    fn operator(&mut self, node: &Node<'_>) -> (ArithmeticOp, Span) {
        let span = self.span(node);
        let sign = node.as_str().trim_end();
        let (op, right) = match sign.get(..1) {
            Some("+") => (ArithmeticOp::Add, "+"),
            Some("-") => (ArithmeticOp::Subtract, "-"),
            Some("/") => (ArithmeticOp::Divide, "/"),
            Some("^") => (ArithmeticOp::Power, "^"),
            _ if sign.starts_with("**") => (ArithmeticOp::Power, "^"),
            _ if sign.starts_with('÷') => (ArithmeticOp::Divide, "/"),
            _ => (ArithmeticOp::Multiply, "*"),
        };
        let written = sign.get(..operator_length(sign)).unwrap_or(right);
        let start = span.range().start;
        let span = self.span_of(start..start + written.len());
        if written != right {
            self.diagnostics.push(errors::misspelt_operator(span, written, right));
        }
        (op, span)
    }

    fn fold(&mut self, operands: Vec<(Vec<Span>, Grown)>, operators: Vec<(ArithmeticOp, Span)>) -> Grown {
        // Powers bind tightest and to the right; a sign is outside the power behind it.
        let mut operands = operands;
        let mut operators = operators;
        let mut terms = Vec::new();
        let mut rest = Vec::new();
        let Some((mut signs, mut right)) = operands.pop() else {
            let span = self.span_of(0..0);
            return self.broken(span);
        };
        while let Some((left_signs, left)) = operands.pop() {
            right = self.negate(signs, right);
            match operators.pop() {
                Some((ArithmeticOp::Power, span)) => right = self.binary(ArithmeticOp::Power, span, left, right),
                Some(operator) => {
                    terms.push(right);
                    rest.push(operator);
                    right = left;
                }
                None => {}
            }
            signs = left_signs;
        }
        let mut product = self.negate(signs, right);
        let mut sum: Option<(Grown, ArithmeticOp, Span)> = None;
        while let (Some(next), Some((op, span))) = (terms.pop(), rest.pop()) {
            match op {
                ArithmeticOp::Add | ArithmeticOp::Subtract => {
                    let left = match sum.take() {
                        Some((left, op, span)) => self.binary(op, span, left, product),
                        None => product,
                    };
                    sum = Some((left, op, span));
                    product = next;
                }
                ArithmeticOp::Multiply | ArithmeticOp::Divide | ArithmeticOp::Power => {
                    product = self.binary(op, span, product, next);
                }
            }
        }
        match sum {
            Some((left, op, span)) => self.binary(op, span, left, product),
            None => product,
        }
    }

    fn negate(&mut self, signs: Vec<Span>, grown: Grown) -> Grown {
        signs.into_iter().rev().fold(grown, |grown, sign| {
            self.grow(sign.merge(grown.expr.span), grown.height, ExprKind::Negate(Box::new(grown.expr)))
        })
    }

    fn binary(&mut self, op: ArithmeticOp, op_span: Span, left: Grown, right: Grown) -> Grown {
        let span = left.expr.span.merge(right.expr.span);
        let height = left.height.max(right.height);
        let (left, right) = (Box::new(left.expr), Box::new(right.expr));
        self.grow(span, height, ExprKind::Arithmetic { op, op_span, left, right })
    }

    /// The one expression of a parenthesis or filter.
    pub(super) fn parenthesis(&mut self, node: Node<'_>) -> Grown {
        let span = self.span(&node);
        let opener = self.start(&node);
        let before = self.diagnostics.len();
        let mut comma = None;
        let children = node.into_inner();
        for child in children.clone() {
            if child.as_rule() == Rule::comma && comma.is_none() {
                comma = Some(self.span(&child));
            }
        }
        let items = self.items(children, opener);
        let unclosed = self.diagnostics.iter().skip(before).any(|diagnostic| diagnostic.code == Code::E0102);
        let troubled = self.diagnostics.len() > before;
        let height = items.iter().map(|grown| grown.height).max().unwrap_or(0);
        let mut items = items.into_iter();
        match (items.next(), items.next(), comma) {
            (Some(grown), None, None) => grown,
            (Some(_), _, Some(comma)) => {
                if !unclosed {
                    let place = self.span_of(comma.range().start..comma.range().start + 1);
                    self.diagnostics.push(errors::comma_for_and(place));
                }
                Grown { height, ..self.broken(span) }
            }
            (None, ..) => {
                if !troubled {
                    self.diagnostics.push(errors::empty_parenthesis(span));
                }
                self.broken(span)
            }
            _ => self.broken(span),
        }
    }
}

/// Whether a condition is a level, a number or a formula, or has a window that only a name may have.
fn is_odd(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Level { .. } | ExprKind::Literal { .. } | ExprKind::Arithmetic { .. } => true,
        ExprKind::Tailed { subject, tails } => {
            let windows = tails.iter().all(|tail| matches!(tail.kind, TailKind::Window(_)));
            let bare = |tail: &Tail| match &tail.kind {
                TailKind::Window(crate::syntax::ast::Window::Within { length, .. }) => length.unit.is_none(),
                // `age == 18 - 75 years`; of two lengths or weights the difference is one too.
                TailKind::Compare { op: Comparison::Eq, right, .. } => is_range(right),
                // `c3 < LLN`
                TailKind::Compare { right, .. } => matches!(&right.kind, ExprKind::Term(term)
                    if matches!(term.subjects.as_slice(), [name] if matches!(name.text.as_str(), "ULN" | "LLN" | "uln" | "lln"))),
                _ => false,
            };
            windows && !matches!(subject.kind, ExprKind::Term(_)) || tails.iter().any(bare)
        }
        _ => false,
    }
}

fn operator_length(sign: &str) -> usize {
    if sign.starts_with("**") { 2 } else { sign.chars().next().map_or(0, char::len_utf8) }
}

/// Whether a number is taken from one that alone has a unit.
fn is_range(expr: &Expr) -> bool {
    let ExprKind::Arithmetic { op: ArithmeticOp::Subtract, left, right, .. } = &expr.kind else {
        return false;
    };
    matches!(left.kind, ExprKind::Literal { unit: None, .. })
        && matches!(right.kind, ExprKind::Literal { unit: Some(_), .. })
}
