//! `exclude no current rituximab`: it keeps out who has none.

use super::context::Context;
use crate::diag::wording::short;
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::Polarity;
use crate::source::Span;
use crate::syntax::ast::{BlockQuantifier, Clause, ExprKind, PrefixKind, Term};
use crate::typed::Condition;

/// `exclude no current rituximab`: warns that it keeps out who has none.
pub(super) fn look(at: &Context<'_>, polarity: Polarity, clause: &Clause, _: &Condition) -> Option<Diagnostic> {
    if polarity != Polarity::Exclude {
        return None;
    }
    let main = clause.main.span;
    let subject = match &clause.main.kind {
        ExprKind::Tailed { subject, .. } => subject,
        _ => &clause.main,
    };
    let (start, instead) = match &subject.kind {
        ExprKind::Term(Term { prefixes, .. }) => match prefixes.iter().find(|prefix| prefix.kind == PrefixKind::No) {
            Some(no) => (no.span.range().start, ""),
            None => return None,
        },
        ExprKind::Not(_) => (main.range().start, ""),
        ExprKind::Block { quantifier: BlockQuantifier::None, .. } => (main.range().start, "any"),
        _ => return None,
    };
    let said = at.written(Span::new(main.file, start..main.range().end));
    let letters = said.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(said.len());
    let rest = said.get(letters..).unwrap_or_default();
    let blanks = if instead.is_empty() { rest.len() - rest.trim_start().len() } else { 0 };
    let word = Span::new(main.file, start..start + letters);
    let repaired = format!("{}{instead}{rest}", at.written_before(main, word)).trim().to_owned();
    // With `, or .. when` behind it the correct is not one word; `!` is told as the sign it is.
    (clause.alternatives.is_empty() && letters > 0).then(|| {
        let through = Span::new(main.file, start..start + letters + blanks);
        message(word, at.written(word), (through, instead), &repaired)
    })
}

/// `exclude no current rituximab`; without the word, or with the one instead of it, it reads `repaired`.
fn message(span: Span, word: &str, (through, instead): (Span, &'static str), repaired: &str) -> Diagnostic {
    let (title, asked) = match short(repaired) {
        ".." if instead.is_empty() => (format!("remove `{word}`"), format!("write `require` and remove `{word}`")),
        ".." => (format!("write `{instead}`"), format!("write `require` and `{instead}`")),
        repaired => (format!("write `exclude {repaired}`"), format!("write `require {repaired}`")),
    };
    let title = format!("{title} if that keeps a patient out");
    Diagnostic::new(Code::W0711, span, format!("`exclude {word}` keeps out every patient without what follows"))
        .label("twice negative")
        .help(title.clone())
        .help(format!("{asked} if that is asked for: it means the same as this"))
        .fix(title, through, instead, Safety::Ask)
}
