//! What applies to a name: the term with what is behind it.

use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, PrefixKind, Tail, TailKind, Term, Window};

/// What is said of a name, or of several in braces: the term and what is behind it.
pub(super) struct Asked<'e> {
    pub term: &'e Term,
    pub tails: &'e [Tail],
}

/// A name with or without something behind it; nothing else.
pub(super) fn asked(expr: &Expr) -> Option<Asked<'_>> {
    match &expr.kind {
        ExprKind::Term(term) => Some(Asked { term, tails: &[] }),
        ExprKind::Tailed { subject, tails } => match &subject.kind {
            ExprKind::Term(term) => Some(Asked { term, tails }),
            _ => None,
        },
        _ => None,
    }
}

impl<'e> Asked<'e> {
    pub(super) fn has(&self, wanted: impl Fn(PrefixKind) -> bool) -> bool {
        self.term.prefixes.iter().any(|prefix| wanted(prefix.kind))
    }

    pub(super) fn windows(&self) -> impl Iterator<Item = (&'e Window, Span)> + use<'e> {
        self.tails.iter().filter_map(|tail| match &tail.kind {
            TailKind::Window(window) => Some((window, tail.span)),
            _ => None,
        })
    }

    /// The filter and the exceptions.
    pub(super) fn filters(&self) -> impl Iterator<Item = &'e Expr> + use<'e> {
        let excepts = self.tails.iter().filter_map(|tail| match &tail.kind {
            TailKind::Except(filter) => Some(&**filter),
            _ => None,
        });
        self.term.filter.as_deref().into_iter().chain(excepts)
    }
}

/// Whether a name speaks of something that a protocol wishes for: consent, an agreement, what is adequate.
pub(super) fn wanted(name: &str) -> bool {
    const STEMS: &[&str] = &[
        "agree",
        "consent",
        "willing",
        "able",
        "adequate",
        "access",
        "sterile",
        "postmenopausal",
        "contracept",
        "resect",
        "measurable",
        "confirmed",
        "controlled",
        "stable",
        "treated",
        "cured",
        "signed",
        "comply",
        "complian",
    ];
    name.split('_').any(|word| STEMS.iter().any(|stem| word.starts_with(stem)))
}
