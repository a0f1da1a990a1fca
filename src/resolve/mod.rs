//! What names mean: the files that `use` names are read, and their declarations added to the shipped vocabularies.

mod declarations;
pub(crate) mod errors;
mod files;
mod library;
mod unit;

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::source::{FileId, SourceMap};
use crate::syntax::ast::{self, StatementKind};
use crate::syntax::{Earlier, Stretch, Token};
use crate::vocab::{Symbol, Type, Vocabulary};

pub use files::{Loader, NoFiles};
pub use library::Library;
pub use unit::resolve_unit;

/// The files of a program, and what the names in them mean.
#[derive(Debug)]
pub struct Resolved {
    /// The files read: shipped vocabularies first.
    pub sources: SourceMap,
    /// The file checked.
    pub main: FileId,
    /// The files that are not shipped, as parsed: used ones before users.
    pub files: Vec<(FileId, ast::File)>,
    /// Everything declared.
    pub vocabulary: Arc<Vocabulary>,
    /// Names whose declarations did not parse: reported there, so that their uses are not.
    pub broken: Vec<String>,
    /// Facts whose declared type is wrong, and which have the type yes/no in its place: tests on them are not judged.
    pub untyped: Vec<String>,
    /// Errors of syntax, files and declarations.
    pub diagnostics: Vec<Diagnostic>,
    /// The tokens and stretches of the file checked.
    pub divided: (Vec<Token>, Vec<Stretch>),
}

impl Resolved {
    /// The file checked, as parsed.
    pub fn main_file(&self) -> Option<&ast::File> {
        self.files.iter().find(|(id, _)| *id == self.main).map(|(_, file)| file)
    }
}

/// Reads and parses a program and the files it names, and gathers what they declare. What an `earlier` reading of the
/// program has of it is not parsed again.
pub fn resolve(library: &Library, name: &str, text: String, loader: &dyn Loader, earlier: Option<Earlier>) -> Resolved {
    let files::Files { sources, main, files, mut diagnostics, used, divided, .. } =
        files::read(library, name, text, loader, earlier);
    let base = library.base(&files, &used, &mut diagnostics);
    let asts: Vec<&ast::File> = files.iter().map(|(_, file)| file).collect();
    let vocabulary = if asts.iter().flat_map(|file| &file.statements).any(declarations::declares) {
        Arc::new(declarations::declare(Arc::unwrap_or_clone(base), &asts, &mut diagnostics))
    } else {
        base
    };
    let broken = asts.iter().flat_map(|file| file.broken.iter()).map(|name| name.text.clone()).collect();
    let untyped = untyped(&asts, &vocabulary);
    Resolved { sources, main, files, vocabulary, broken, untyped, diagnostics, divided }
}

/// Facts that were declared with a type that is wrong.
fn untyped(files: &[&ast::File], vocabulary: &Vocabulary) -> Vec<String> {
    files
        .iter()
        .flat_map(|file| &file.statements)
        .filter_map(|statement| match &statement.kind {
            StatementKind::Fact { name, ty, .. } if !matches!(ty.kind, ast::TypeKind::YesNo) => Some(name),
            _ => None,
        })
        .filter(|name| match vocabulary.symbols.get(&name.text) {
            Some(Symbol::Fact(id)) => vocabulary.facts.get(*id).is_some_and(|fact| fact.ty == Type::YesNo),
            _ => false,
        })
        .map(|name| name.text.clone())
        .collect()
}
