//! W0720: `within 72 hours of infusion`, which looks past the infusion too.

use super::context::Context;
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::{Span, one_line};
use crate::syntax::ast::{Expr, ExprKind, Side, TailKind, Window};

pub(super) fn look(at: &Context<'_>, expr: &Expr, _: Place<'_>) -> Option<Diagnostic> {
    let ExprKind::Tailed { tails, .. } = &expr.kind else { return None };
    let (length, anchor, window) = tails.iter().find_map(|tail| match &tail.kind {
        TailKind::Window(Window::Within { length, side: Some(Side::Of), anchor }) => {
            Some((length, anchor.as_ref(), tail.span))
        }
        _ => None,
    })?;
    // Around a day that lies before the one on which is screened, both sides are known.
    // The day of an entry is in the past when it is the last one, and any day when it is the first.
    if at.anchor(anchor)? < at.default_anchor {
        return None;
    }
    let behind = Span { start: length.span.end, ..window };
    let of = at.written(behind).find("of").and_then(|offset| u32::try_from(offset).ok())?;
    let word = Span { start: behind.start + of, end: behind.start + of + 2, ..window };
    let (name, length) = (at.anchor_name(anchor), one_line(at.written(length.span)));
    Some(
        Diagnostic::new(Code::W0720, window, format!("`within {length} of {name}` looks past `{name}` too"))
            .label("both ways")
            .note(format!("what comes after `{name}` is not known when it is decided who goes on to it"))
            .help("write `before` to look back, `after` to look ahead")
            .help(format!(
                "write two conditions if both ways are meant: `any of {{ .. within {length} before {name}, .. after {name} }}`"
            ))
            .fix("write `before`", word, "before", Safety::Ask)
            .fix("write `after`", word, "after", Safety::Ask),
    )
}
