//! W0721: one bound on `dose` for several drugs, of which a milligram is not alike.

use super::asked::asked;
use super::context::Context;
use super::walk::{self, Place, Sides};
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::EntryKind;
use crate::syntax::ast::{Expr, ExprKind, Name, TailKind};
use crate::vocab::{Kind, Symbol};

/// Drugs of which a milligram is as much: 5 mg of prednisone are 5 mg of prednisolone.
const ALIKE: &[&str] = &["prednisone", "prednisolone"];

pub(super) fn look(at: &Context<'_>, expr: &Expr, _: Place<'_>) -> Option<Diagnostic> {
    let asked = asked(expr)?;
    asked.filters().next()?;
    let kinds = at.kinds(&asked.term.subjects)?;
    let first = kinds.first().filter(|_| kinds.iter().all(|kind| kind.word == EntryKind::Drug))?;
    let alike = |kind: &Kind| ALIKE.contains(&kind.name.as_str()) && ALIKE.contains(&first.name.as_str());
    let other = kinds.iter().skip(1).find(|kind| !alike(kind))?;
    let dose = asked.filters().find_map(bounded_dose)?;
    let diagnostic = Diagnostic::new(Code::W0721, dose.span, "one bound on `dose` for drugs of different strength")
        .label("milligrams of each drug")
        .note(format!("a milligram of `{}` is not as much as one of `{}`", first.name, other.name));
    Some(if glucocorticoids(at, &kinds) {
        diagnostic
            .note("8 mg of dexamethasone are about 53 mg of prednisone")
            .help("write `prednisone_dose`, the dose as prednisone of one course; all courses of a day together are `daily dose of ..`")
            .fix("write `prednisone_dose`", dose.span, "prednisone_dose", Safety::Ask)
    } else {
        diagnostic.help(format!("give each drug a bound of its own: `any of {{ {} (dose ..), .. }}`", first.name))
    })
}

/// `dose` with a bound other than 0, which is as much of every drug.
fn bounded_dose(filter: &Expr) -> Option<&Name> {
    let mut found = None;
    walk::expression(filter, Place { sides: Sides::BOTH, filter: None }, &mut |part, _| {
        let Some(asked) = asked(part) else { return };
        if asked.tails.is_empty() || !asked.tails.iter().all(|tail| is_with_zero(&tail.kind)) {
            found = found.or_else(|| asked.term.subjects.iter().find(|name| name.text == "dose"));
        }
    });
    found
}

/// `> 0 mg/day`
fn is_with_zero(tail: &TailKind) -> bool {
    let TailKind::Compare { right, .. } = tail else { return false };
    matches!(&right.kind, ExprKind::Literal { number, .. } if number.text.parse() == Ok(0.0))
}

/// Whether all of them are glucocorticoids, which have a dose as prednisone.
fn glucocorticoids(at: &Context<'_>, kinds: &[&Kind]) -> bool {
    let Some(Symbol::Group(id)) = at.vocabulary.symbols.get("glucocorticoid") else {
        return false;
    };
    let members = at.vocabulary.groups.get(*id).map_or(&[][..], |group| &group.members);
    let is_one = |kind: &&Kind| {
        members.iter().any(|id| at.vocabulary.kinds.get(*id).is_some_and(|member| member.name == kind.name))
    };
    kinds.iter().all(is_one)
}
