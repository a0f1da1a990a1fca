//! Conditions and quantities.

use super::{Builder, Items};
use crate::fmt::doc::{Block, Doc, STEP, Side, WIDTH};
use crate::syntax::ast::{ArithmeticOp, DailyDose, Expr, ExprKind, Tail, TailKind, Term};
use crate::syntax::lexer;

/// Whether the lines of a chain stand one level in from where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// One level in: it begins in the middle of a line.
    In,
    /// Level with its beginning: it begins a line.
    Same,
}

impl Builder<'_> {
    pub(super) fn expr(&mut self, expr: &Expr) {
        self.expr_at(expr, Level::In);
    }

    pub(super) fn expr_at(&mut self, expr: &Expr, level: Level) {
        let end = self.index_at(expr.span.range().end);
        self.expr_until(expr, end, level);
    }

    /// An expression that ends before the token at `end`.
    fn expr_until(&mut self, expr: &Expr, end: usize, level: Level) {
        if self.peek() == "(" && self.partner() + 1 == end {
            self.parenthesis(expr);
        } else {
            self.bare(expr, end, level);
        }
        self.until(end);
    }

    /// `(..)`, whatever it holds.
    fn parenthesis(&mut self, expr: &Expr) {
        let close = self.partner();
        self.group(|b| {
            b.token();
            b.nest(|b| {
                b.line();
                b.expr_until(expr, close, Level::Same);
                b.end_of_line();
            });
            b.line();
            b.token();
        });
    }

    fn leveled(&mut self, level: Level, write: impl FnOnce(&mut Self)) {
        match level {
            Level::In => self.nest(write),
            Level::Same => write(self),
        }
    }

    fn bare(&mut self, expr: &Expr, end: usize, level: Level) {
        match &expr.kind {
            ExprKind::Or(parts) => self.chain(parts, "or", level),
            ExprKind::And(parts) => self.chain(parts, "and", level),
            ExprKind::Not(inner) => {
                self.token_as(Some("not"), None, None);
                self.expr_until(inner, end, Level::In);
            }
            ExprKind::Negate(inner) => {
                self.token_as(None, None, Some(Side::Tight));
                self.expr_until(inner, end, Level::In);
            }
            ExprKind::Block { items, .. } => {
                self.until_opener(end);
                self.list(items, Items::Apart, |b, item| b.expr(item));
            }
            ExprKind::Tailed { subject, tails } => {
                self.expr(subject);
                self.tails(tails);
            }
            ExprKind::Arithmetic { .. } => self.arithmetic(expr, end, level),
            ExprKind::Call { arguments, .. } => {
                self.token_as(None, None, Some(Side::Tight));
                self.list(arguments, Items::Apart, |b, argument| b.expr(argument));
            }
            ExprKind::If { condition, then, otherwise } => self.group(|b| {
                b.token();
                b.expr(condition);
                b.nest(|b| {
                    b.line();
                    b.token();
                    b.expr(then);
                    b.line();
                    b.token();
                    b.expr(otherwise);
                });
            }),
            ExprKind::TimesLimit { .. } => {
                self.token();
                if self.next + 1 < end {
                    self.token_as(Some("x"), Some(Side::Blank), Some(Side::Blank));
                    self.next = end - 1;
                } else {
                    self.push(Doc::Text { text: "x".to_owned(), left: Side::Blank, right: Side::Blank });
                }
                let limit = self.peek().to_ascii_uppercase();
                self.token_as(Some(&limit), None, None);
            }
            ExprKind::Term(term) => self.term(term, end),
            ExprKind::DailyDose(dose) => self.daily_dose(dose, end),
            ExprKind::Literal { .. }
            | ExprKind::Level { .. }
            | ExprKind::Elided
            | ExprKind::Judged { .. }
            | ExprKind::Todo(_)
            | ExprKind::Broken => {}
        }
    }

    /// Writes up to the next `{` before `end`.
    fn until_opener(&mut self, end: usize) {
        while self.next < end && self.peek() != "{" {
            self.token();
        }
    }

    fn term(&mut self, term: &Term, end: usize) {
        if term.braced {
            self.until_opener(end);
            self.list(&term.subjects, Items::Filled, |b, _| b.token());
        } else if let Some(subject) = term.subjects.last() {
            self.before(subject.span.range().end);
        }
        if let Some(by) = &term.by {
            self.before(by.span.range().end);
        }
        if let Some(filter) = &term.filter {
            self.on_this_line_or_the_next(|b| b.parenthesis(filter));
        }
    }

    fn daily_dose(&mut self, dose: &DailyDose, end: usize) {
        if dose.braced {
            self.until_opener(end);
            self.list(&dose.subjects, Items::Filled, |b, _| b.token());
        } else if let Some(subject) = dose.subjects.last() {
            self.before(subject.span.range().end);
        }
        if let Some(filter) = &dose.filter {
            self.on_this_line_or_the_next(|b| b.parenthesis(filter));
        }
        if let Some(reference) = &dose.reference {
            self.before(reference.span.range().end);
        }
        if dose.window.is_some() {
            self.nest(|b| {
                b.group(|b| {
                    b.line();
                    b.until(end);
                });
            });
        }
    }

    /// What can be on one line begins the next one rather than being broken; what cannot begins here.
    pub(super) fn on_this_line_or_the_next(&mut self, write: impl FnOnce(&mut Self)) {
        // The comments before it are before the line end, and those behind it are not yet due there.
        self.remarks_before(self.start_of(self.next));
        let block = Doc::Group(self.inside(write));
        if block.width().is_some_and(|width| width < WIDTH - 2 * STEP) {
            let on_a_line = Block::of([Doc::Group(Block::of([Doc::Line(1), block]))]);
            self.push(Doc::Nest(on_a_line));
        } else {
            self.push(block);
        }
    }

    /// `a and b and c`, each on a line when one line does not hold them.
    fn chain(&mut self, parts: &[Expr], word: &str, level: Level) {
        let Some((first, rest)) = parts.split_first() else {
            return;
        };
        let behind = |b: &mut Self| {
            for part in rest {
                b.line();
                b.token_as(Some(word), None, None);
                b.expr(part);
            }
        };
        // Where a bracket of the first part is closed on its own line, the chain may go on next to it.
        if has_windows(first) {
            self.group(|b| {
                b.leveled(level, |b| {
                    b.expr(first);
                    behind(b);
                });
            });
        } else {
            self.expr(first);
            self.group(|b| b.leveled(level, behind));
        }
    }

    fn arithmetic(&mut self, expr: &Expr, end: usize, level: Level) {
        let mut steps = Vec::new();
        let mut first = expr;
        let mut class = None;
        while let ExprKind::Arithmetic { op, left, right, .. } = &first.kind
            && class.is_none_or(|class| class == precedence(*op))
            && (class.is_none() || !self.in_parentheses(first))
        {
            class = Some(precedence(*op));
            steps.push((*op, right));
            first = left;
        }
        steps.reverse();
        let power = class == Some(precedence(ArithmeticOp::Power));
        self.group(|b| {
            b.leveled(level, |b| {
                b.expr(first);
                let last = steps.len();
                for (index, (op, right)) in steps.into_iter().enumerate() {
                    let step = |b: &mut Self| {
                        if !power {
                            b.line();
                        }
                        b.token_as(Some(arithmetic_sign(op)), Some(Side::Blank), Some(Side::Blank));
                        if index + 1 == last {
                            b.expr_until(right, end, Level::In);
                        } else {
                            b.expr(right);
                        }
                    };
                    if power { step(b) } else { b.group(step) }
                }
            });
        });
    }

    fn in_parentheses(&self, expr: &Expr) -> bool {
        let range = expr.span.range();
        let start = self.index_at(range.start);
        self.peek_at(start) == "("
            && self.partners.get(start).is_some_and(|close| close + 1 == self.index_at(range.end))
    }

    /// What is said behind a subject: comparisons stay next to it, windows go on the next line where they do not fit, and
    /// an exception has a line of its own unless all fits on one.
    fn tails(&mut self, tails: &[Tail]) {
        self.group(|b| {
            for tail in tails {
                b.tail(tail);
            }
        });
    }

    fn tail(&mut self, tail: &Tail) {
        let end = self.index_at(tail.span.range().end);
        match &tail.kind {
            TailKind::Compare { op, right, .. } => {
                self.token_as(Some(lexer::written(*op)), None, None);
                self.expr_until(right, end, Level::In);
            }
            TailKind::Between { low, high } => {
                self.token();
                self.expr(low);
                self.token();
                self.expr_until(high, end, Level::In);
            }
            TailKind::InSet { values, .. } => {
                self.until_opener(end);
                self.list(values, Items::Filled, |b, value| b.before(value.word.span.range().end));
            }
            TailKind::Window(_)
            | TailKind::Lasting { .. }
            | TailKind::Apart(_)
            | TailKind::Gaps(_)
            | TailKind::OneEntry => self.nest(|b| {
                b.group(|b| {
                    b.line();
                    b.until(end);
                });
            }),
            TailKind::Except(filter) => self.nest(|b| {
                b.line();
                b.token();
                b.parenthesis(filter);
            }),
            TailKind::Is { .. } | TailKind::InUnit(_) => {}
        }
        self.until(end);
    }
}

/// Whether lines may end inside an expression other than in brackets.
fn has_windows(expr: &Expr) -> bool {
    let ExprKind::Tailed { tails, .. } = &expr.kind else {
        return false;
    };
    tails.iter().any(|tail| match &tail.kind {
        TailKind::Window(_)
        | TailKind::Lasting { .. }
        | TailKind::Apart(_)
        | TailKind::Gaps(_)
        | TailKind::OneEntry
        | TailKind::Except(_) => true,
        TailKind::Compare { .. }
        | TailKind::Between { .. }
        | TailKind::Is { .. }
        | TailKind::InSet { .. }
        | TailKind::InUnit(_) => false,
    })
}

fn precedence(op: ArithmeticOp) -> u8 {
    match op {
        ArithmeticOp::Add | ArithmeticOp::Subtract => 0,
        ArithmeticOp::Multiply | ArithmeticOp::Divide => 1,
        ArithmeticOp::Power => 2,
    }
}

fn arithmetic_sign(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Subtract => "-",
        ArithmeticOp::Multiply => "*",
        ArithmeticOp::Divide => "/",
        ArithmeticOp::Power => "^",
    }
}
