//! W0723: `require alt <= 3 x ULN or ast <= 3 x ULN`, where one of the two within its bound is enough; with a bound of its
//! own for each where it is known which side is the healthy one.

use super::asked::asked;
use super::context::{Context, Sort};
use super::health::{self, one_thing};
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::Limit;
use crate::number::Direction;
use crate::syntax::ast::{Expr, ExprKind, TailKind};

pub(super) fn look(at: &Context<'_>, expr: &Expr, place: Place<'_>) -> Option<Diagnostic> {
    let (items, either) = match &expr.kind {
        ExprKind::Or(items) if place.sides.lets_in && !place.sides.keeps_out => (items, true),
        ExprKind::And(items) if place.sides.keeps_out && !place.sides.lets_in => (items, false),
        _ => return None,
    };
    for (index, first) in items.iter().enumerate() {
        let others = items.get(index + 1..).unwrap_or_default();
        let count = same_bounds(at, first, others, place, either).max(listed(at, first, others, place, either));
        // Two findings that keep out together, and something else with them, are more than a list.
        let count =
            if either || count + 1 == items.len() { count } else { same_bounds(at, first, others, place, either) };
        if let Some(last) = count.checked_sub(1).and_then(|last| others.get(last)) {
            let all: Vec<&Expr> = std::iter::once(first).chain(others.iter().take(count)).collect();
            return said(at, &all, last, either, all.len() == items.len());
        }
    }
    None
}

/// How many behind the first ask the same bound of another value.
fn same_bounds(at: &Context<'_>, first: &Expr, others: &[Expr], place: Place<'_>, either: bool) -> usize {
    // What is wished for lies within the bound; where a yes keeps out, what is asked lies beyond it.
    if !bounded(first, either) || at.in_parentheses(first) {
        return 0;
    }
    let Some((Sort::Number(_), tails)) = at.form(first, place) else { return 0 };
    let other_thing = |item: &Expr| name(item).zip(name(first)).is_some_and(|(one, other)| !one_thing(one, other));
    let same = |item: &&Expr| {
        let same = matches!(at.form(item, place), Some((Sort::Number(_), others)) if others == tails);
        bounded(item, either) && same && other_thing(item)
    };
    others.iter().take_while(same).count()
}

/// How many behind the first have a bound of their own, on the same side as the first.
fn listed(at: &Context<'_>, first: &Expr, others: &[Expr], place: Place<'_>, either: bool) -> usize {
    let Some(bound) = health::bound(at, first, place).filter(|bound| bound.healthy == either) else {
        return 0;
    };
    let mut before = vec![bound];
    for item in others {
        match health::bound(at, item, place) {
            Some(bound) if before.iter().all(|other| other.lists_with(bound)) => before.push(bound),
            _ => break,
        }
    }
    before.len() - 1
}

fn name(expr: &Expr) -> Option<&str> {
    asked(expr)?.term.subjects.first().map(|name| name.text.as_str())
}

/// Whether it is one bound on a value's healthy side (`within`), or beyond it.
fn bounded(expr: &Expr, within: bool) -> bool {
    let Some(asked) = asked(expr).filter(|asked| asked.term.prefixes.is_empty()) else {
        return false;
    };
    asked.tails.iter().any(|tail| {
        let TailKind::Compare { op, right, .. } = &tail.kind else { return false };
        let below = op.direction() == Direction::Down;
        let above = op.direction() == Direction::Up;
        match &right.kind {
            ExprKind::TimesLimit { limit: Limit::Uln, .. } | ExprKind::Literal { unit: Some(_), .. } => {
                if within {
                    below
                } else {
                    above
                }
            }
            ExprKind::TimesLimit { limit: Limit::Lln, .. } => {
                if within {
                    above
                } else {
                    below
                }
            }
            _ => false,
        }
    })
}

/// `alone` says that nothing is joined with them.
fn said(at: &Context<'_>, all: &[&Expr], last: &Expr, either: bool, alone: bool) -> Option<Diagnostic> {
    let first = all.first()?;
    let (one, other) = (name(first)?, name(all.get(1)?)?);
    let (title, label, right, block) = if either {
        (format!("one of `{one}` and `{other}` within its bound is enough"), "or this alone", "and", "any")
    } else {
        (format!("only `{one}` and `{other}` both beyond their bound keep out"), "and this too", "or", "all")
    };
    let diagnostic =
        Diagnostic::new(Code::W0723, all.get(1)?.span, title).label(label).also(first.span, "together with this");
    let texts: Option<Vec<String>> = all.iter().map(|item| at.short(item.span)).collect();
    let Some(texts) = texts else {
        return Some(diagnostic.help(format!("write `{right}` if each of them counts, `{block} of {{ .. }}` if not")));
    };
    let joined = texts.join(&format!(" {right} "));
    // `or` in the place of one of several `and`s would take the others along.
    let joined = if either || alone { joined } else { format!("({joined})") };
    let listed = format!("{block} of {{ {} }}", texts.join(", "));
    let whole = first.span.merge(last.span);
    Some(
        diagnostic
            .help(format!("write `{joined}` if each of them counts"))
            .help(format!("write `{listed}` if that is meant"))
            .fix(format!("write `{right}`"), whole, joined, Safety::Ask)
            .fix(format!("write `{block} of {{ .. }}`"), whole, listed, Safety::Ask),
    )
}
