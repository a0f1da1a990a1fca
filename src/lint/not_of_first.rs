//! W0715: `not pregnant or lactating`, where `not` is about the first alone.

use super::asked::{asked, wanted};
use super::context::{Context, Sort};
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, PrefixKind};

pub(super) fn look(at: &Context<'_>, expr: &Expr, place: Place<'_>) -> Option<Diagnostic> {
    let (items, either) = match &expr.kind {
        ExprKind::Or(items) => (items, true),
        // In a filter `(not controlled and symptomatic)` is what it says.
        ExprKind::And(items) if place.filter.is_none() => (items, false),
        _ => return None,
    };
    let mut rest = items.as_slice();
    while let [first, others @ ..] = rest {
        rest = others;
        // `sledai2k >= 7 and not pregnant or lactating` ends in the same words.
        let (first, whole) = match &first.kind {
            ExprKind::And(parts) if either && place.filter.is_none() && !at.in_parentheses(first) => {
                (parts.last().unwrap_or(first), false)
            }
            _ => (first, true),
        };
        let ExprKind::Not(inner) = &first.kind else { continue };
        if at.in_parentheses(first) || at.in_parentheses(inner) {
            continue;
        }
        let behind = others.iter().take_while(|item| like(at, inner, item, place)).count();
        let Some(behind) = others.get(..behind).filter(|behind| !behind.is_empty()) else { continue };
        return said(at, (first, inner, behind), either, whole);
    }
    None
}

/// Whether the second could have been meant with the `not` before the first: the same is said of it, in no words of
/// its own.
fn like(at: &Context<'_>, denied: &Expr, item: &Expr, place: Place<'_>) -> bool {
    let (Some(first), Some(second)) = (asked(denied), asked(item)) else {
        return false;
    };
    let own = |prefix| !matches!(prefix, PrefixKind::Prior | PrefixKind::Current | PrefixKind::Planned);
    if at.in_parentheses(item) || second.has(own) {
        return false;
    }
    let (Some((one, tails)), Some((other, other_tails))) = (at.form(denied, place), at.form(item, place)) else {
        return false;
    };
    let names = || first.term.subjects.iter().zip(&second.term.subjects);
    // "Not of childbearing potential, or agrees to contraception": what is wished for is not denied with the other.
    let both_wanted = names().all(|(one, other)| wanted(&one.text) == wanted(&other.text));
    let same_name = names().all(|(one, other)| one.text == other.text);
    let windows_differ = one == Sort::Entries && !other_tails.is_empty();
    one == other && both_wanted && !same_name && (tails == other_tails || windows_differ)
}

/// `first` is `not inner`; `whole` says that nothing but `or` stands around it, so that it may be behind the others.
fn said(
    at: &Context<'_>,
    (first, inner, behind): (&Expr, &Expr, &[Expr]),
    either: bool,
    whole: bool,
) -> Option<Diagnostic> {
    let (one, last) = (behind.first()?, behind.last()?);
    let name = |expr: &Expr| asked(expr).and_then(|asked| asked.term.subjects.first().map(|name| name.text.clone()));
    let (own, other) = (name(inner)?, name(one)?);
    let start = first.span.range().start;
    let sign = if at.written(first.span).starts_with('!') { 1 } else { 3 };
    let diagnostic = Diagnostic::new(
        Code::W0715,
        Span::new(first.span.file, start..start + sign),
        format!("`not` is about `{own}` only, not about `{other}`"),
    )
    .label("about the first only");
    let diagnostic = behind.iter().fold(diagnostic, |diagnostic, item| diagnostic.also(item.span, "as written"));
    let texts: Option<Vec<String>> = std::iter::once(inner).chain(behind).map(|item| at.short(item.span)).collect();
    let join = if either { "or" } else { "and" };
    let Some([denied, others @ ..]) =
        texts.as_deref().filter(|texts| texts.iter().map(String::len).sum::<usize>() < 160)
    else {
        return Some(
            diagnostic
                .help(format!("write `none of {{ {own}, {other} }}` if it is about both"))
                .help(format!("name `{other}` first if it is not")),
        );
    };
    let none = format!("none of {{ {denied}, {} }}", others.join(", "));
    let turned = format!("{} {join} not {denied}", others.join(&format!(" {join} ")));
    let place = first.span.merge(last.span);
    let diagnostic = diagnostic.help(format!("write `{none}` if it is about all of them")).fix(
        format!("write `{none}`"),
        place,
        none,
        Safety::Ask,
    );
    Some(if whole {
        diagnostic.help(format!("write `{turned}` if it is not")).fix(
            format!("write `{turned}`"),
            place,
            turned,
            Safety::Ask,
        )
    } else {
        diagnostic.help("put what is before `or` in parentheses if it is not")
    })
}
