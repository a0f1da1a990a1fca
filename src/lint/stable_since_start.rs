//! W0718: `current prednisone (stable) for at least 4 weeks before A`, which a dose changed years ago fails, and one
//! changed last week with a new entry meets.

use super::asked::{Asked, asked};
use super::context::Context;
use super::walk::{self, Place};
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::EntryKind;
use crate::source::Span;
use crate::syntax::ast::{Expr, Length, Name, Side, TailKind, Window};

pub(super) fn look(at: &Context<'_>, expr: &Expr, _: Place<'_>) -> Option<Diagnostic> {
    let asked = asked(expr)?;
    let filter = asked.term.filter.as_ref()?;
    let kinds = at.kinds(&asked.term.subjects)?;
    if kinds.iter().any(|kind| kind.word != EntryKind::Drug) {
        return None;
    }
    let mut names: Vec<&Name> = Vec::new();
    walk::names(filter, &mut names);
    let stable = names.iter().find(|name| name.text == "stable")?;
    let dated = asked.names_in_filters().iter().any(|name| name.text == "dose_since");
    // Of entries that touch, each may have its own dose, unchanged since its own start.
    let of_course = of_a_course(&asked);
    let of_each = || of_course.map(|length| of_each_entry(stable.span, at.written(length.span), expr.span));
    if dated {
        return of_each();
    }
    // A course that only touches the time may have begun in it: there `stable` says nothing of the length.
    let window = asked.windows().find_map(|(window, _)| match window {
        Window::Throughout { length, anchor } | Window::Beyond { length, side: Side::Before, anchor, .. } => {
            Some((length, anchor, true))
        }
        Window::Within { length, side: Some(Side::Before), anchor } => Some((length, anchor, false)),
        Window::Within { side: Some(Side::After | Side::Of) | None, .. }
        | Window::Beyond { side: Side::After | Side::Of, .. }
        | Window::Before(_)
        | Window::After(_)
        | Window::At(_) => None,
    });
    let Some((length, anchor, begun)) = window else {
        return of_each();
    };
    let length = at.written(length.span);
    let since = format!("dose_since at least {length} before {}", at.anchor_name(anchor.as_ref()));
    let instead = if begun && of_course.is_none() { format!("(stable or {since})") } else { since };
    Some(
        Diagnostic::new(Code::W0718, stable.span, "`stable` is a dose unchanged since the course began")
            .label("since its start")
            .note(format!("a course whose dose was last changed long before these {length} is not `stable`"))
            .fix(format!("write `{instead}`"), stable.span, instead, Safety::Ask),
    )
}

/// The length that entries put together must have; none where one entry alone must.
fn of_a_course<'e>(asked: &Asked<'e>) -> Option<&'e Length> {
    if asked.tails.iter().any(|tail| matches!(tail.kind, TailKind::OneEntry)) {
        return None;
    }
    asked.tails.iter().find_map(|tail| match &tail.kind {
        TailKind::Window(Window::Throughout { length, .. }) | TailKind::Lasting { length, .. } => Some(length),
        _ => None,
    })
}

/// `prednisone (stable) lasting at least 4 weeks`, which a dose changed with a new entry meets.
fn of_each_entry(stable: Span, length: &str, whole: Span) -> Diagnostic {
    Diagnostic::new(
        Code::W0718,
        stable,
        "`stable` is a dose unchanged since its own entry began, not since the course did",
    )
    .label("since the start of each entry")
    .note(format!("entries that touch are one course: a dose changed with a new entry within these {length} passes"))
    .help("write `dose_since at least .. before ..` for it, which the day of the last change decides")
    .fix("add `in one entry`", whole.after(), " in one entry", Safety::Ask)
}
