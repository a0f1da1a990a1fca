//! W0714: `no K for at least 6 months before A`, which denies one unbroken course, and `no K at least 2 weeks before A`,
//! which says nothing of those weeks.

use super::asked::{Asked, asked};
use super::context::Context;
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Length, PrefixKind, Side, Window, WindowAnchor};
use crate::units::TimeUnit;

/// A window that a denial turns round.
struct Turned<'e> {
    window: Span,
    length: &'e Length,
    anchor: Option<&'e WindowAnchor>,
    /// `for at least`, an unbroken course.
    throughout: bool,
}

pub(super) fn look(at: &Context<'_>, expr: &Expr, place: Place<'_>) -> Option<Diagnostic> {
    // Where it keeps a patient out, as in "hepatitis B and no antiviral for at least 4 weeks", it is a course that is
    // missed.
    if !place.sides.lets_in {
        return None;
    }
    let denied = denied(at, expr)?;
    at.kinds(&denied.term.subjects)?;
    let turned = denied.windows().find_map(|(window, place)| match window {
        Window::Throughout { length, anchor } => {
            Some(Turned { window: place, length, anchor: anchor.as_ref(), throughout: true })
        }
        Window::Beyond { strict: false, length, side: Side::Before, anchor } => {
            Some(Turned { window: place, length, anchor: anchor.as_ref(), throughout: false })
        }
        Window::Beyond { strict: true, .. }
        | Window::Beyond { side: Side::After | Side::Of, .. }
        | Window::Within { .. }
        | Window::Before(_)
        | Window::After(_)
        | Window::At(_) => None,
    })?;
    Some(said(at, &denied, &turned))
}

/// What is denied: by `no` before it, or by a `not` that no parenthesis keeps apart.
fn denied<'e>(at: &Context<'_>, expr: &'e Expr) -> Option<Asked<'e>> {
    if let ExprKind::Not(inner) = &expr.kind {
        return asked(inner).filter(|_| !at.in_parentheses(inner));
    }
    let none = |prefix| matches!(prefix, PrefixKind::No | PrefixKind::AtMost(0) | PrefixKind::Exactly(0));
    asked(expr).filter(|asked| asked.has(none))
}

fn said(at: &Context<'_>, denied: &Asked<'_>, turned: &Turned<'_>) -> Diagnostic {
    let length = at.written(turned.length.span);
    let anchor = at.anchor_name(turned.anchor);
    let name = denied.term.subjects.first().map_or("", |name| name.text.as_str());
    let window = format!("within {length} before {anchor}");
    let (title, label, note, written) = if turned.throughout {
        (
            format!("`no` before `for at least {length}` denies one unbroken course and no more"),
            "an unbroken course",
            format!("a course of `{name}` that began or ended within these {length} is let in"),
            format!("for at least {length} before {anchor}"),
        )
    } else {
        (
            format!("`no` before `at least {length} before` says nothing of the {length} themselves"),
            "one that began by then",
            format!("a `{name}` of the day before is let in, and one of long ago is not"),
            format!("at least {length} before {anchor}"),
        )
    };
    let diagnostic = Diagnostic::new(Code::W0714, turned.window, title)
        .label(label)
        .note(note)
        .help(format!("write `{window}` if none may be taken in that time"))
        .help(format!("write `not ({name} {written})` if that is what is denied"));
    let unit = turned.length.unit.as_ref().and_then(|unit| TimeUnit::parse(&unit.text));
    let diagnostic = match (unit, turned.length.number.text.parse::<u32>().ok().and_then(|days| days.checked_sub(1))) {
        (Some(TimeUnit::Day), Some(less)) if less > 0 => {
            diagnostic.note(format!("`within` counts both ends: `within {less} days` allows the day {length} before"))
        }
        (Some(TimeUnit::Week), Some(less)) => diagnostic.note(format!(
            "`within` counts both ends: `within {} days` allows the day {length} before",
            less.saturating_mul(7).saturating_add(6)
        )),
        _ => diagnostic,
    };
    diagnostic.fix(format!("write `{window}`"), turned.window, window, Safety::Ask)
}
