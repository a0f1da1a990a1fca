//! `mi or stroke within 3 months before screening`: the window is about `stroke` alone.

use super::context::{Context, Timed, timed_term, what_window_dates};
use crate::diag::wording::{listed, quoted};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name, PrefixKind, TailKind, Term};

/// `mi or stroke within 3 months before screening`: warns that the window is about `stroke` alone.
pub(super) fn look(at: &Context<'_>, items: &[Expr], either: bool, found: &mut Vec<Diagnostic>) {
    let mut before: Vec<&Term> = Vec::new();
    for item in items {
        if let Some(term) = untimed(item) {
            let timed = timed_term(at, term);
            // Those before are all of one sort, so that one of them speaks for all.
            if before.first().is_some_and(|other| timed_term(at, other) != timed) {
                before.clear();
            }
            before.extend(timed.is_some().then_some(term));
            continue;
        }
        let before = std::mem::take(&mut before);
        let ExprKind::Tailed { subject, tails } = &item.kind else { continue };
        let ExprKind::Term(term) = &subject.kind else { continue };
        let window = tails.iter().find(|tail| matches!(tail.kind, TailKind::Window(_)));
        let ([one, ..], Some(window), true) = (before.as_slice(), window, term.prefixes.is_empty()) else {
            continue;
        };
        let (Some(timed), Some(name)) = (timed_term(at, one), one.subjects.first()) else { continue };
        if term.subjects.iter().any(|name| what_window_dates(at, name) != Some(timed)) {
            continue;
        }
        // Who names one kind twice has said when each is meant: `prior stroke or stroke at screening`.
        let again = |name: &Name| term.subjects.iter().any(|own| own.text == name.text);
        if before.iter().any(|term| term.subjects.iter().any(again)) {
            continue;
        }
        let words = at.written(window.span);
        let all = || before.iter().copied().chain([term]);
        let others: Vec<&str> = before.iter().flat_map(|term| &term.subjects).map(|name| name.text.as_str()).collect();
        let own: Vec<&str> = term.subjects.iter().map(|name| name.text.as_str()).collect();
        let prior = if one.prefixes.is_empty() { "" } else { "prior " };
        let both = if either && all().all(|term| term.filter.is_none()) && timed == Timed::Entries {
            format!("{prior}{{ {} }} {words}", [others.as_slice(), own.as_slice()].concat().join(", "))
        } else if one.filter.is_some() {
            format!("{prior}{} (..) {words}", name.text)
        } else {
            format!("{prior}{} {words}", name.text)
        };
        found.push(message(window.span, words, (name, prior, &others), &own, &both, timed));
    }
}

/// A name without a word on time but `prior`, which leaves the past open: with or without a filter that asks no date.
fn untimed(expr: &Expr) -> Option<&Term> {
    match &expr.kind {
        ExprKind::Term(term) if only_prior(term) => {
            let dated = |filter: &Expr| {
                matches!(&filter.kind, ExprKind::Tailed { tails, .. }
                if tails.iter().any(|tail| matches!(tail.kind, TailKind::Window(_))))
            };
            let asks_date = term.filter.as_ref().is_some_and(|filter| match &filter.kind {
                ExprKind::And(items) | ExprKind::Or(items) => items.iter().any(dated),
                _ => dated(filter),
            });
            (!asks_date).then_some(term)
        }
        _ => None,
    }
}

fn only_prior(term: &Term) -> bool {
    term.prefixes.iter().all(|prefix| prefix.kind == PrefixKind::Prior)
}

/// `mi or stroke within 3 months before screening`; `before` is the first of the names without a window, the word before
/// it and all of them, `own` are those with it, `both` is what to write when it is about the first too.
fn message(
    span: Span,
    window: &str,
    before: (&Name, &str, &[&str]),
    own: &[&str],
    both: &str,
    timed: Timed,
) -> Diagnostic {
    let (one, word, all) = before;
    let (label, otherwise) = match timed {
        Timed::Entries => ("of any time", format!("`any {word}{}` if one of any time is meant", one.text)),
        Timed::Answers => ("the latest answer", format!("`latest {}` if the latest answer is meant", one.text)),
    };
    let short = format!("{} is about {} only", quoted(window), listed(own));
    let whole = format!("{short}, not about {}", listed(all));
    Diagnostic::new(Code::W0708, span, if whole.chars().count() > 100 { short } else { whole })
        .label("about the last only")
        .also(one.span, label)
        .help(format!("write `{both}` if it is about `{}` too, {otherwise}", one.text))
}
