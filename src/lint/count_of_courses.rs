//! W0717: `at least 2 immunosuppressant`, which one drug taken twice meets.

use super::asked::asked;
use super::context::Context;
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::EntryKind;
use crate::source::one_line;
use crate::syntax::ast::{Expr, PrefixKind};

pub(super) fn look(at: &Context<'_>, expr: &Expr, _: Place<'_>) -> Option<Diagnostic> {
    let asked = asked(expr)?;
    let count = asked.term.prefixes.iter().find(|prefix| match prefix.kind {
        PrefixKind::AtLeast(count) => count > 1,
        PrefixKind::AtMost(count) | PrefixKind::Exactly(count) => count > 0,
        _ => false,
    })?;
    let kinds = at.kinds(&asked.term.subjects)?;
    // Events are counted one by one: two strokes are two, and so are a stroke and a TIA.
    let [first, _, ..] = kinds.as_slice() else { return None };
    if asked.has(|prefix| prefix == PrefixKind::Distinct) || kinds.iter().any(|kind| kind.word == EntryKind::Event) {
        return None;
    }
    let drugs = kinds.iter().all(|kind| kind.word == EntryKind::Drug);
    let (courses, one, different) = if drugs {
        ("courses", "one drug taken twice", "different drugs")
    } else {
        ("entries", "one of them recorded twice", "different ones")
    };
    let words = one_line(at.written(count.span));
    let name = &first.name;
    Some(
        Diagnostic::new(Code::W0717, count.span, format!("`{words}` counts {courses} here, and {one} is two of them"))
            .label(format!("counts {courses}"))
            .help(format!("write `{words} distinct` to count {different}"))
            .help(format!("count the {courses} of one by its own name if that is meant: `{words} {name}`"))
            .fix(format!("write `{words} distinct`"), count.span.after(), " distinct", Safety::Ask),
    )
}
