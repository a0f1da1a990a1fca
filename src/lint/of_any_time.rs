//! W0719: a condition or a drug without a word on time, which is of any time.

use super::asked::{Asked, asked};
use super::context::Context;
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::EntryKind;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, PrefixKind, TailKind};

pub(super) fn look(at: &Context<'_>, expr: &Expr, _: Place<'_>) -> Option<Diagnostic> {
    let asked = asked(expr)?;
    let no = match asked.term.prefixes.as_slice() {
        [] => None,
        [one] if one.kind == PrefixKind::No => Some(one.span),
        _ => return None,
    };
    if dated(&asked) {
        return None;
    }
    let kinds = at.kinds(&asked.term.subjects)?;
    // An event is over when it has happened: one of any time is history. What lasts may be over by now.
    let lasts = kinds.iter().find(|kind| kind.word != EntryKind::Event)?;
    let start = asked.term.subjects.first()?.span;
    let subject = if asked.term.braced { opened(at, expr, start) } else { start };
    let words = if asked.term.braced { ".." } else { &asked.term.subjects.first()?.text };
    let begin = Span { end: subject.start, ..subject };
    let event = kinds.iter().any(|kind| kind.word == EntryKind::Event);
    let no_word = if no.is_some() { "no " } else { "" };
    let any = if no.is_some() { "not any" } else { "any" };
    let today = at.anchor_name(None);
    let diagnostic = Diagnostic::new(
        Code::W0719,
        start,
        format!("`{}` without a word on time is of any time", if asked.term.braced { &lasts.name } else { words }),
    )
    .label("one long over counts too")
    .note(format!("an entry of `{}` that ended years ago counts like one that runs at {today}", lasts.name));
    let current = format!("{no_word}current {words}");
    let prior = format!("{no_word}prior {words}");
    let any = format!("{any} {words}");
    let diagnostic = if event {
        diagnostic
    } else {
        diagnostic.help(format!("write `{current}` for one that runs at {today}")).fix(
            format!("write `{current}`"),
            begin,
            "current ",
            Safety::Ask,
        )
    };
    let diagnostic = diagnostic
        .help(format!(
            "write `{prior}` for one that began before {today}, a window for some time, `{any}` if any counts"
        ))
        .fix(format!("write `{prior}`"), begin, "prior ", Safety::Ask);
    Some(match no {
        Some(no) => diagnostic.fix(format!("write `{any}`"), no, "not any", Safety::Ask),
        None => diagnostic.fix(format!("write `{any}`"), begin, "any ", Safety::Ask),
    })
}

/// Whether a window, a length or a date in a filter says something of time.
fn dated(asked: &Asked<'_>) -> bool {
    let timed = |tail: &crate::syntax::ast::Tail| matches!(tail.kind, TailKind::Window(_) | TailKind::Lasting { .. });
    asked.tails.iter().any(timed) || asked.filters().any(dates_something)
}

fn dates_something(filter: &Expr) -> bool {
    let mut found = false;
    super::walk::expression(filter, Place { sides: super::Sides::default(), filter: None }, &mut |part, _| {
        if let ExprKind::Tailed { tails, .. } = &part.kind {
            found |= tails.iter().any(|tail| matches!(tail.kind, TailKind::Window(_)));
        }
    });
    found
}

/// From the brace before the first name.
fn opened(at: &Context<'_>, expr: &Expr, first: Span) -> Span {
    let before = Span { start: expr.span.start, end: first.start, ..first };
    let brace = at.written(before).rfind('{').and_then(|offset| u32::try_from(offset).ok());
    brace.map_or(first, |offset| Span { start: expr.span.start + offset, ..first })
}
