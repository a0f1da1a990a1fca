//! Files of a program: the one that is checked and those that `use` names.

use super::{Library, errors};
use crate::diag::Diagnostic;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::ast::{self, StatementKind, UseTarget};
use crate::syntax::{self, Earlier, Stretch, Token};

/// How files named by `use "./site.elig"` are read. [`check_file`](crate::check_file) shows one.
pub trait Loader {
    /// The name to show and the text of the file that the file shown as `from` names as `path`, with its `./`.
    ///
    /// # Errors
    /// What went wrong, in words: they become part of a diagnostic (E0205).
    fn load(&self, from: &str, path: &str) -> Result<(String, String), String>;
}

/// A loader for programs that are alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _from: &str, _path: &str) -> Result<(String, String), String> {
        Err("files cannot be read here".to_owned())
    }
}

/// The files of one run, in the order in which their declarations count: used ones before users.
pub(super) struct Files<'l> {
    library: &'l Library,
    pub(super) sources: SourceMap,
    pub(super) main: FileId,
    pub(super) files: Vec<(FileId, ast::File)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// An earlier reading of the main file, until it is read.
    earlier: Option<Earlier>,
    /// The tokens and stretches of the main file.
    pub(super) divided: (Vec<Token>, Vec<Stretch>),
    /// The vocabularies of the library that are used, by their places in it, and where they are named.
    pub(super) used: Vec<(usize, Span)>,
}

/// Reads a program and all that it uses.
pub(super) fn read<'l>(
    library: &'l Library,
    name: &str,
    text: String,
    loader: &dyn Loader,
    earlier: Option<Earlier>,
) -> Files<'l> {
    let mut sources = SourceMap::new();
    for (shipped, text) in library.texts() {
        sources.add(format!("{shipped}.elig (shipped)"), *text);
    }
    let main = sources.add(name, text);
    let mut files = Files {
        library,
        sources,
        main,
        files: Vec::new(),
        diagnostics: Vec::new(),
        earlier,
        divided: Default::default(),
        used: Vec::new(),
    };
    files.read(main, loader, &mut Vec::new());
    files
}

impl Files<'_> {
    fn read(&mut self, id: FileId, loader: &dyn Loader, open: &mut Vec<String>) {
        let Some(source) = self.sources.get(id) else {
            return;
        };
        let name = source.name.clone();
        let parsed = syntax::parse_again(id, &source.text, self.earlier.take());
        self.diagnostics.extend(parsed.diagnostics);
        if id == self.main {
            self.divided = (parsed.tokens, parsed.stretches);
        }
        open.push(name.clone());
        for statement in &parsed.file.statements {
            match &statement.kind {
                StatementKind::Use(UseTarget::Shipped(wanted)) => {
                    match self.library.texts().iter().position(|(name, _)| *name == wanted.text) {
                        Some(at) => self.used.push((at, wanted.span)),
                        None => self.diagnostics.push(errors::unknown_vocabulary(wanted, &self.library.names())),
                    }
                }
                StatementKind::Use(UseTarget::Path(path)) => match loader.load(&name, &path.text) {
                    Ok((shown, _)) if open.contains(&shown) => {
                        self.diagnostics.push(errors::circular_use(path));
                    }
                    Ok((shown, _)) if self.sources.iter().any(|(_, file)| file.name == shown) => {}
                    Ok((shown, text)) => {
                        let used = self.sources.add(shown, text);
                        self.read(used, loader, open);
                    }
                    Err(why) => self.diagnostics.push(errors::unreadable_vocabulary(path, &why)),
                },
                _ => {}
            }
        }
        open.pop();
        self.files.push((id, parsed.file));
    }
}
