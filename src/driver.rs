//! The passes in their order: a text, and the files it uses, to a typed program and everything that is said of it.

use std::sync::Arc;

use crate::check::{self, Typed};
use crate::diag::{self, Diagnostic};
use crate::lint;
use crate::resolve::{self, Library, Loader, NoFiles, Resolved};
use crate::source::{FileId, SourceMap};
use crate::typed::Program;
use crate::vocab::Vocabulary;

/// What came of checking a file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checked {
    /// The files read: shipped vocabularies first, the file checked is [`Checked::main`].
    pub sources: SourceMap,
    /// The file checked.
    pub main: FileId,
    /// Sorted; the same for the same source.
    pub diagnostics: Vec<Diagnostic>,
    /// The program; `None` when there is an error.
    pub program: Option<Program>,
    /// What was understood where there is an error: the criteria that have a meaning all the same, to be read and for
    /// nothing else.
    pub understood: Option<Program>,
    /// What was declared, even when there are errors.
    pub vocabulary: Arc<Vocabulary>,
}

impl Checked {
    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        diag::has_errors(&self.diagnostics)
    }
}

/// Checks a program that reads no other file than the shipped vocabularies.
pub fn check_text(name: &str, text: &str) -> Checked {
    check_file(name, text, &NoFiles)
}

/// Checks a program; `use "./path"` goes through `loader`.
pub fn check_file(name: &str, text: &str, loader: &dyn Loader) -> Checked {
    check_with(Library::shipped(), name, text, loader)
}

/// The same with vocabularies of one's own in the place of the shipped ones.
pub fn check_with(library: &Library, name: &str, text: &str, loader: &dyn Loader) -> Checked {
    let mut resolved = resolve::resolve(library, name, text, loader);
    let mut diagnostics = std::mem::take(&mut resolved.diagnostics);
    let Typed { program, whole, diagnostics: found } = check::check(&resolved);
    diagnostics.extend(found);
    lint::check(&resolved, &program, &mut diagnostics);
    let Resolved { sources, main, vocabulary, .. } = resolved;
    diag::sort(&mut diagnostics);
    diag::suppress::suppress_cascades(&mut diagnostics, &sources);
    diag::fix::keep_apart(&mut diagnostics, &sources);
    let (program, understood) =
        if whole && !diag::has_errors(&diagnostics) { (Some(program), None) } else { (None, Some(program)) };
    Checked { sources, main, diagnostics, program, understood, vocabulary }
}
