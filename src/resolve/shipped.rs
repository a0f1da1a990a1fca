//! Shipped vocabularies: which of them a program stands on.

use std::sync::{Arc, OnceLock};

use super::declarations;
use crate::diag::Diagnostic;
use crate::source::FileId;
use crate::syntax::ast::{self, StatementKind, UseTarget};
use crate::syntax::{self, Parsed};
use crate::vocab::{SHIPPED, Vocabulary};

/// A shipped vocabulary, parsed and declared once in a process.
struct Shipped {
    diagnostics: Vec<Diagnostic>,
    vocabulary: Arc<Vocabulary>,
}

/// Shipped vocabularies take the first file ids of every run, in the order of [`SHIPPED`].
fn shipped(at: usize) -> Option<&'static Shipped> {
    static PARSED: OnceLock<Vec<Shipped>> = OnceLock::new();
    let all = PARSED.get_or_init(|| {
        SHIPPED
            .iter()
            .zip(0..)
            .map(|((_, text), id)| {
                let Parsed { file, mut diagnostics } = syntax::parse(FileId(id), text);
                let vocabulary = declarations::declare(Vocabulary::default(), &[&file], &mut diagnostics);
                Shipped { diagnostics, vocabulary: Arc::new(vocabulary) }
            })
            .collect()
    });
    all.get(at)
}

/// Reads the shipped vocabularies, which otherwise the first check does.
pub fn read_shipped() {
    shipped(0);
}

/// What the shipped vocabularies that a program names declare; `used` are their places in [`SHIPPED`].
pub(super) fn base(
    files: &[(FileId, ast::File)],
    mut used: Vec<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Vocabulary> {
    let statements = || files.iter().flat_map(|(_, file)| file.statements.iter());
    if !statements().any(|statement| matches!(statement.kind, StatementKind::Use(UseTarget::Shipped(_)))) {
        // Without a word on vocabularies the first one serves; a vocabulary file of the author's own extends it too.
        used.push(0);
    }
    used.sort_unstable();
    used.dedup();
    // The text of a shipped vocabulary, checked as a file of its own, is not added to itself.
    let own: Vec<&str> = statements()
        .filter_map(|statement| match &statement.kind {
            StatementKind::Vocabulary { name, .. } => Some(name.text.as_str()),
            _ => None,
        })
        .collect();
    used.retain(|id| SHIPPED.get(*id).is_some_and(|(name, _)| !own.contains(name)));
    let mut base = Arc::new(Vocabulary::default());
    for id in used {
        if let Some(shipped) = shipped(id) {
            diagnostics.extend(shipped.diagnostics.iter().cloned());
            base = Arc::clone(&shipped.vocabulary);
        }
    }
    base
}
