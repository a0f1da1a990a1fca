//! W0718: `current prednisone (stable) for at least 4 weeks before A`, which a dose changed years ago fails.

use super::asked::asked;
use super::context::Context;
use super::walk::{self, Place};
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::EntryKind;
use crate::syntax::ast::{Expr, Name, Side, Window};

pub(super) fn look(at: &Context<'_>, expr: &Expr, _: Place<'_>) -> Option<Diagnostic> {
    let asked = asked(expr)?;
    let kinds = at.kinds(&asked.term.subjects)?;
    if kinds.iter().any(|kind| kind.word != EntryKind::Drug) {
        return None;
    }
    let mut names: Vec<&Name> = Vec::new();
    walk::names(asked.term.filter.as_ref()?, &mut names);
    let stable = names.iter().find(|name| name.text == "stable")?;
    if asked.names_in_filters().iter().any(|name| name.text == "dose_since") {
        return None;
    }
    // A course that only touches the time may have begun in it: there `stable` says nothing of the length.
    let (length, anchor, begun) = asked.windows().find_map(|(window, _)| match window {
        Window::Throughout { length, anchor } | Window::Beyond { length, side: Side::Before, anchor, .. } => {
            Some((length, anchor, true))
        }
        Window::Within { length, side: Some(Side::Before), anchor } => Some((length, anchor, false)),
        Window::Within { side: Some(Side::After | Side::Of) | None, .. }
        | Window::Beyond { side: Side::After | Side::Of, .. }
        | Window::Before(_)
        | Window::After(_)
        | Window::At(_) => None,
    })?;
    let length = at.written(length.span);
    let since = format!("dose_since at least {length} before {}", at.anchor_name(anchor.as_ref()));
    let instead = if begun { format!("(stable or {since})") } else { since };
    Some(
        Diagnostic::new(Code::W0718, stable.span, "`stable` is a dose unchanged since the course began")
            .label("since its start")
            .note(format!("a course whose dose was last changed long before these {length} is not `stable`"))
            .fix(format!("write `{instead}`"), stable.span, instead, Safety::Ask),
    )
}
