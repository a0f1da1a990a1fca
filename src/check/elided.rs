//! The subject left out in `, or < 3.0 mg/dL when ..`: that of the first comparison.

use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Tail, TailKind};

/// The subject of a clause that is one comparison, with the windows and exceptions said of it.
pub(super) fn first_subject(expr: &Expr) -> Option<(Expr, Vec<Tail>)> {
    let ExprKind::Tailed { subject, tails } = &expr.kind else {
        return None;
    };
    let own = tails
        .iter()
        .filter(|tail| matches!(tail.kind, TailKind::Window(_) | TailKind::Except(_) | TailKind::InUnit(_)))
        .cloned()
        .collect();
    Some(((**subject).clone(), own))
}

/// Where a comparison leaves its subject out.
pub(super) fn elided(expr: &Expr) -> Option<Span> {
    match &expr.kind {
        ExprKind::Tailed { subject, .. } => matches!(subject.kind, ExprKind::Elided).then_some(expr.span),
        ExprKind::And(items) | ExprKind::Or(items) => items.iter().find_map(elided),
        _ => None,
    }
}

/// Puts the subject where `, or < 3.0 mg/dL when ..` left it out; windows of its own go before those of the first part.
pub(super) fn fill_elided(expr: &Expr, subject: &(Expr, Vec<Tail>)) -> Expr {
    let kind = match &expr.kind {
        ExprKind::Tailed { subject: inner, tails } if matches!(inner.kind, ExprKind::Elided) => {
            let mut tails = tails.clone();
            let has_window = tails.iter().any(|tail| matches!(tail.kind, TailKind::Window(_)));
            tails.extend(
                subject.1.iter().filter(|tail| !has_window || !matches!(tail.kind, TailKind::Window(_))).cloned(),
            );
            ExprKind::Tailed { subject: Box::new(subject.0.clone()), tails }
        }
        ExprKind::And(items) => ExprKind::And(items.iter().map(|item| fill_elided(item, subject)).collect()),
        ExprKind::Or(items) => ExprKind::Or(items.iter().map(|item| fill_elided(item, subject)).collect()),
        other => other.clone(),
    };
    Expr { span: expr.span, kind }
}
