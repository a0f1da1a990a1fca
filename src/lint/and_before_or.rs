//! W0722: `hbsag is positive or hbcab is positive and hbv_dna_detection is detected`, where `and` takes the second alone.

use super::asked::asked;
use super::context::{Context, Sort};
use super::health::{Bound, bound};
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};

pub(super) fn look(at: &Context<'_>, expr: &Expr, place: Place<'_>) -> Option<Diagnostic> {
    let ExprKind::Or(items) = &expr.kind else { return None };
    for (index, item) in items.iter().enumerate() {
        let ExprKind::And(parts) = &item.kind else { continue };
        if at.in_parentheses(item) {
            continue;
        }
        let alike = |one: &Expr, other: &Expr| like(at, one, other, place) || is_list(at, parts, [one, other], place);
        let plain = |near: &Expr, far: &Expr| is_list(at, parts, [near, far], place);
        if let [first, rest @ ..] = parts.as_slice() {
            let before = items.get(..index).unwrap_or_default();
            let count = before.iter().rev().take_while(|other| alike(other, first)).count();
            if let Some(start) = before.get(before.len() - count).filter(|_| count > 0) {
                let others = rest.first()?.span.merge(rest.last()?.span);
                return said(
                    at,
                    (start.span.merge(first.span), others, start.span.merge(item.span)),
                    (start, first),
                    true,
                )
                .map(|said| throughout(at, said, expr, plain(first, start), place));
            }
        }
        if let [rest @ .., last] = parts.as_slice() {
            let behind = items.get(index + 1..).unwrap_or_default();
            let count = behind.iter().take_while(|other| alike(last, other)).count();
            if let Some(end) = count.checked_sub(1).and_then(|at| behind.get(at)) {
                let others = rest.first()?.span.merge(rest.last()?.span);
                return said(at, (last.span.merge(end.span), others, item.span.merge(end.span)), (end, last), false)
                    .map(|said| throughout(at, said, expr, plain(last, end), place));
            }
        }
    }
    None
}

/// Whether all that `and` joins, and what is joined to it, are bounds of several values on one side.
fn is_list(at: &Context<'_>, parts: &[Expr], neighbours: [&Expr; 2], place: Place<'_>) -> bool {
    let others = neighbours.into_iter().filter(|one| parts.iter().all(|part| !std::ptr::eq(part, *one)));
    let mut before: Vec<Bound<'_>> = Vec::new();
    parts.iter().chain(others).all(|item| {
        let bound = bound(at, item, place).filter(|bound| before.iter().all(|other| other.lists_with(*bound)));
        before.extend(bound);
        bound.is_some()
    })
}

/// A list of bounds is mostly meant with one word between all of them: each keeps out, or each is asked for.
fn throughout(at: &Context<'_>, said: Diagnostic, expr: &Expr, is_list: bool, place: Place<'_>) -> Diagnostic {
    let ExprKind::Or(items) = &expr.kind else { return said };
    let word = if place.sides.keeps_out { "or" } else { "and" };
    let mut parts = items.iter().flat_map(|item| match &item.kind {
        ExprKind::And(parts) if !at.in_parentheses(item) => parts.as_slice(),
        _ => std::slice::from_ref(item),
    });
    let texts: Option<Vec<String>> = parts.try_fold(Vec::new(), |mut texts, part| {
        texts.push(at.short(part.span)?);
        Some(texts)
    });
    let one_way = place.sides.keeps_out != place.sides.lets_in;
    match texts.map(|texts| texts.join(&format!(" {word} "))).filter(|_| is_list && one_way) {
        Some(text) => said.help(format!("write `{text}` if each of them counts")).fix(
            format!("write `{word}` throughout"),
            expr.span,
            text,
            Safety::Ask,
        ),
        None => said,
    }
}

/// Whether the two ask the same of two names, so that they read as one list.
fn like(at: &Context<'_>, one: &Expr, other: &Expr, place: Place<'_>) -> bool {
    let (Some(first), Some(second)) = (asked(one), asked(other)) else {
        return false;
    };
    if at.in_parentheses(one) || at.in_parentheses(other) {
        return false;
    }
    let (Some(form), Some(other_form)) = (at.form(one, place), at.form(other, place)) else {
        return false;
    };
    // In a filter `(severe or symptomatic and not controlled)` is said of one entry in one breath.
    let flags = place.filter.is_some() && form.0 == Sort::Truth;
    let words =
        |asked: &super::asked::Asked<'_>| asked.term.prefixes.iter().map(|prefix| prefix.kind).collect::<Vec<_>>();
    let same_names =
        first.term.subjects.iter().map(|name| &name.text).eq(second.term.subjects.iter().map(|name| &name.text));
    form == other_form && !flags && !same_names && words(&first) == words(&second)
}

/// The list, what is joined to it with `and`, and all of it; the far and the near item; whether the list comes first.
fn said(
    at: &Context<'_>,
    (list, others, whole): (Span, Span, Span),
    (far, near): (&Expr, &Expr),
    list_first: bool,
) -> Option<Diagnostic> {
    let name = |expr: &Expr| asked(expr).and_then(|asked| asked.term.subjects.first().map(|name| name.text.clone()));
    let (one, other) = (name(far)?, name(near)?);
    let diagnostic =
        Diagnostic::new(Code::W0722, others, format!("`and` joins this with `{other}` only, not with `{one}`"))
            .label(format!("about `{other}` only"))
            .also(far.span, "by itself");
    let (Some(list), Some(others)) = (at.short(list), at.short(others)) else {
        return Some(diagnostic.help("put what belongs together in parentheses"));
    };
    let (near, rest) = (at.short(near.span)?, list.clone());
    let (both, one) = if list_first {
        let before = rest.strip_suffix(near.as_str())?.to_owned();
        (format!("({list}) and {others}"), format!("{before}({near} and {others})"))
    } else {
        let behind = rest.strip_prefix(near.as_str())?.to_owned();
        (format!("{others} and ({list})"), format!("({others} and {near}){behind}"))
    };
    Some(
        diagnostic
            .help(format!("write `{both}` if it is about all of them"))
            .help(format!("write `{one}` if it is not"))
            .fix("put the `or` in parentheses", whole, both, Safety::Ask)
            .fix("put the `and` in parentheses", whole, one, Safety::Ask),
    )
}
