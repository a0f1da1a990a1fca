//! W0724: `require not pregnant or not lactating`, where the absence of one of the two is enough.

use super::asked::{asked, wanted};
use super::context::{Context, Sort};
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::syntax::ast::{Expr, ExprKind, PrefixKind};

pub(super) fn look(at: &Context<'_>, expr: &Expr, place: Place<'_>) -> Option<Diagnostic> {
    let ExprKind::Or(items) = &expr.kind else { return None };
    if !place.sides.lets_in || place.sides.keeps_out || place.filter.is_some() {
        return None;
    }
    for (index, first) in items.iter().enumerate() {
        let Some(denied) = absence(at, first, place) else { continue };
        let others = items.get(index + 1..).unwrap_or_default();
        let same = |item: &&Expr| absence(at, item, place).is_some_and(|other| other.asks(&denied));
        let count = others.iter().take_while(same).count();
        if let Some(last) = count.checked_sub(1).and_then(|last| others.get(last)) {
            let all: Vec<&Expr> = std::iter::once(first).chain(others.iter().take(count)).collect();
            let other = others.first().and_then(|item| absence(at, item, place))?;
            return said(at, &all, last, (denied.name, other.name));
        }
    }
    None
}

/// What is denied: a name, and what is said of it.
struct Absence<'e> {
    name: &'e str,
    sort: Sort,
    tails: String,
    prefixes: Vec<PrefixKind>,
}

impl Absence<'_> {
    /// Whether the same is said of another name.
    fn asks(&self, other: &Absence<'_>) -> bool {
        self.name != other.name
            && self.sort == other.sort
            && self.tails == other.tails
            && self.prefixes == other.prefixes
    }
}

/// `not pregnant`, `no current rituximab`: what a protocol wishes for is not among them.
fn absence<'e>(at: &Context<'_>, item: &'e Expr, place: Place<'_>) -> Option<Absence<'e>> {
    let denied = match &item.kind {
        ExprKind::Not(inner) => inner,
        _ => item,
    };
    if at.in_parentheses(item) || at.in_parentheses(denied) {
        return None;
    }
    let term = asked(denied)?;
    let (sort, tails) = at.form(denied, place)?;
    let is_absence = !std::ptr::eq(denied, item) || term.has(|prefix| prefix == PrefixKind::No);
    let name = term.term.subjects.first()?.text.as_str();
    let plain = matches!(sort, Sort::Truth | Sort::Entries) && term.term.filter.is_none() && !wanted(name);
    let prefixes = term.term.prefixes.iter().map(|prefix| prefix.kind).collect();
    (is_absence && plain).then_some(Absence { name, sort, tails, prefixes })
}

fn said(at: &Context<'_>, all: &[&Expr], last: &Expr, names: (&str, &str)) -> Option<Diagnostic> {
    let [first, second, ..] = all else { return None };
    let texts: Option<Vec<String>> = all.iter().map(|item| at.short(item.span)).collect();
    let texts = texts?;
    let title = format!("the absence of one of `{}` and `{}` is enough", names.0, names.1);
    let joined = texts.join(" and ");
    let listed = format!("any of {{ {} }}", texts.join(", "));
    let whole = first.span.merge(last.span);
    Some(
        Diagnostic::new(Code::W0724, second.span, title)
            .label("or this alone")
            .also(first.span, "this alone")
            .note("who has the one and not the other is let in")
            .help(format!("write `{joined}` if neither may be there"))
            .help(format!("write `{listed}` if one of them may be"))
            .fix("write `and`".to_owned(), whole, joined, Safety::Ask)
            .fix("write `any of { .. }`".to_owned(), whole, listed, Safety::Ask),
    )
}
