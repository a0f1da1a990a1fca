//! Whether two files are one program: the same tree but for places, the same comments and the same errors.

use crate::diag::Diagnostic;
use crate::syntax::Parsed;
use crate::syntax::ast::Statement;
use crate::syntax::visit_mut::{Leaf, leaves, without_places};
use crate::units::one_spelling;

/// Whether `one` and `other` say the same.
pub(super) fn program(one: &Parsed, other: &Parsed) -> bool {
    let statements = one.file.statements.len() == other.file.statements.len()
        && one
            .file
            .statements
            .iter()
            .zip(&other.file.statements)
            .all(|(one, other)| in_one_spelling(one) == in_one_spelling(other));
    let comments = one.file.comments.iter().map(|comment| comment.text.trim_end());
    let diagnostics = one.diagnostics.iter().map(Diagnostic::mistake);
    statements
        && comments.eq(other.file.comments.iter().map(|comment| comment.text.trim_end()))
        && diagnostics.eq(other.diagnostics.iter().map(Diagnostic::mistake))
}

/// A statement without its places, and with units in their one spelling.
fn in_one_spelling(statement: &Statement) -> Statement {
    let mut copy = without_places(statement);
    leaves(&mut copy, &mut |leaf| {
        if let Leaf::Unit(unit) = leaf {
            unit.text = one_spelling(&unit.text, true);
        }
    });
    copy
}
