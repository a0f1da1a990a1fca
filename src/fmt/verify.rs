//! Whether two files are one program: the same tree but for places, the same comments and the same errors.

use crate::diag::Diagnostic;
use crate::source::{FileId, Span};
use crate::syntax::Parsed;
use crate::syntax::ast::Statement;
use crate::syntax::visit_mut::{Leaf, leaves};
use crate::units::one_spelling;

/// Whether `one` and `other` say the same.
pub(super) fn program(one: &Parsed, other: &Parsed) -> bool {
    let statements = one.file.statements.len() == other.file.statements.len()
        && one
            .file
            .statements
            .iter()
            .zip(&other.file.statements)
            .all(|(one, other)| placeless(one) == placeless(other));
    let comments = one.file.comments.iter().map(|comment| comment.text.trim_end());
    let diagnostics = one.diagnostics.iter().map(Diagnostic::mistake);
    statements
        && comments.eq(other.file.comments.iter().map(|comment| comment.text.trim_end()))
        && diagnostics.eq(other.diagnostics.iter().map(Diagnostic::mistake))
}

/// A statement without its places, and with units in their one spelling.
fn placeless(statement: &Statement) -> Statement {
    let nowhere = Span::new(FileId(0), 0..0);
    let mut copy = statement.clone();
    leaves(&mut copy, &mut |leaf| match leaf {
        Leaf::Name(name) => name.span = nowhere,
        Leaf::Text(text) => text.span = nowhere,
        Leaf::Number(number) => number.span = nowhere,
        Leaf::Date(date) => date.span = nowhere,
        Leaf::Unit(unit) => {
            unit.span = nowhere;
            unit.text = one_spelling(&unit.text, true);
        }
        Leaf::Place(place) => *place = nowhere,
    });
    copy
}
