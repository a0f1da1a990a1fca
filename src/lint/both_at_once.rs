//! W0725: `exclude pregnant and lactating`, which keeps out only who is both.

use super::asked::{Asked, asked};
use super::context::Context;
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::syntax::ast::{Expr, ExprKind, TailKind};

pub(super) fn look(at: &Context<'_>, expr: &Expr, place: Place<'_>) -> Option<Diagnostic> {
    let ExprKind::And(items) = &expr.kind else { return None };
    if !place.sides.keeps_out || place.sides.lets_in || place.filter.is_some() {
        return None;
    }
    let mut pairs = items.iter().zip(items.iter().skip(1));
    let (first, second) = pairs.find(|(one, other)| {
        let (one, other) = (state(at, one), state(at, other));
        one.is_some() && other.is_some() && one != other
    })?;
    said(at, (first, second), items.len() == 2)
}

/// States that one list keeps out, though hardly anybody is in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Pregnant,
    Lactating,
}

fn state(at: &Context<'_>, item: &Expr) -> Option<State> {
    let asked = asked(item).filter(|_| !at.in_parentheses(item))?;
    if !asked.term.prefixes.is_empty() || !asks_yes(&asked) {
        return None;
    }
    let begins = |stems: &[&str]| {
        asked.term.subjects.iter().any(|name| {
            let mut words = name.text.split('_');
            words.any(|word| stems.iter().any(|stem| word.starts_with(stem)))
        })
    };
    if begins(&["lactat", "breast", "nursing"]) {
        Some(State::Lactating)
    } else {
        begins(&["pregnan", "gravid", "hcg"]).then_some(State::Pregnant)
    }
}

fn asks_yes(asked: &Asked<'_>) -> bool {
    asked.tails.iter().all(|tail| match &tail.kind {
        TailKind::Is { negated, value } => !negated && value.word.text == "positive",
        TailKind::Window(_) => true,
        _ => false,
    })
}

fn said(at: &Context<'_>, (first, second): (&Expr, &Expr), alone: bool) -> Option<Diagnostic> {
    let (one, other) = (at.short(first.span)?, at.short(second.span)?);
    let either = if alone { format!("{one} or {other}") } else { format!("({one} or {other})") };
    let both = format!("all of {{ {one}, {other} }}");
    let whole = first.span.merge(second.span);
    Some(
        Diagnostic::new(Code::W0725, second.span, format!("only who is both `{one}` and `{other}` is kept out"))
            .label("and this too")
            .also(first.span, "this alone excludes no patient")
            .help(format!("write `{either}` if each of them keeps out"))
            .help(format!("write `{both}` if that is meant"))
            .fix("write `or`", whole, either, Safety::Ask)
            .fix("write `all of { .. }`", whole, both, Safety::Ask),
    )
}
