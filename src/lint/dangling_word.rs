//! `no prior mi or stroke`: `no prior` is about `mi` alone.

use super::context::{Context, Timed, what_window_dates};
use crate::diag::wording::{listed, quoted};
use crate::diag::{Code, Diagnostic};
use crate::source::{Span, one_line};
use crate::syntax::ast::{Expr, ExprKind, Name, PrefixKind};

/// `no prior mi or stroke`: warns that `no prior` is about `mi` alone.
pub(super) fn look(at: &Context<'_>, items: &[Expr], either: bool, found: &mut Vec<Diagnostic>) {
    let mut rest = items;
    while let [first, others @ ..] = rest {
        rest = others;
        let ExprKind::Term(term) = &first.kind else { continue };
        let (Some(prefix), Some(last)) = (term.prefixes.first(), term.prefixes.last()) else { continue };
        let is_kind = |name: &Name| what_window_dates(at, name) == Some(Timed::Entries);
        if term.prefixes.iter().any(|prefix| prefix.kind == PrefixKind::Any) || !term.subjects.iter().all(is_kind) {
            continue;
        }
        let denied = term.prefixes.iter().any(|prefix| prefix.kind == PrefixKind::No);
        let behind: Vec<&Expr> = others
            .iter()
            .take_while(|item| joined_kind(item, denied).is_some_and(|names| names.iter().all(is_kind)))
            .collect();
        let names: Vec<&Name> = behind.iter().filter_map(|item| joined_kind(item, denied)).flatten().collect();
        let Some(one) = names.first() else { continue };
        // Who names one kind twice has said what each is about.
        if names.iter().any(|name| term.subjects.iter().any(|own| own.text == name.text)) {
            continue;
        }
        let words = one_line(at.written(prefix.span.merge(last.span)));
        let own: Vec<&str> = term.subjects.iter().map(|name| name.text.as_str()).collect();
        let others: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        let plain = term.filter.is_none() && behind.iter().all(|item| bare(item));
        let both = match (either, denied) {
            (true, _) if plain => {
                format!("{words} {{ {} }}", [own.as_slice(), others.as_slice()].concat().join(", "))
            }
            (true, true) => format!(".. and {words} {}", one.text),
            _ => format!("{words} {}", one.text),
        };
        found.push(message(plain, prefix.span.merge(last.span), &words, &own, (one, &others), &both));
    }
}

/// The kinds of an item that no word of its own is before; behind `no`, with a window too.
fn joined_kind(item: &Expr, denied: bool) -> Option<&[Name]> {
    let subject = match &item.kind {
        ExprKind::Tailed { subject, .. } if denied => subject,
        ExprKind::Term(term) if !denied => return term.prefixes.is_empty().then_some(term.subjects.as_slice()),
        _ => item,
    };
    match &subject.kind {
        ExprKind::Term(term)
            if term.prefixes.iter().all(|prefix| matches!(prefix.kind, PrefixKind::Prior | PrefixKind::Current)) =>
        {
            Some(&term.subjects)
        }
        _ => None,
    }
}

/// Whether it is a name that is alone: no word before it, no filter, no braces.
fn bare(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Term(term) if term.prefixes.is_empty() && !term.braced && term.filter.is_none())
}

/// `no prior mi or stroke`; `both` is how it is said of `one` too, `plain` that nothing but names follows.
fn message(plain: bool, span: Span, words: &str, own: &[&str], behind: (&Name, &[&str]), both: &str) -> Diagnostic {
    let (one, all) = behind;
    Diagnostic::new(
        Code::W0710,
        span,
        format!("{} is about {} only, not about {}", quoted(words), listed(own), listed(all)),
    )
    .label("about the first only")
    .also(one.span, "as written")
    .help(if plain {
        format!("write `{both}` if it is about `{0}` too, `any {0}` if it is not", one.text)
    } else {
        format!("write `{both}` if it is about `{0}` too, `{0}` first if it is not", one.text)
    })
}
