//! The passes in their order: a text, and the files it uses, to a typed program and everything that is said of it.

use std::sync::Arc;

use crate::check::{self, Typed};
use crate::diag::{self, Diagnostic};
use crate::lint;
use crate::resolve::{self, Library, Loader, NoFiles, Resolved};
use crate::source::{FileId, SourceMap};
use crate::syntax::{Earlier, Stretch, Token, ast};
use crate::typed::Program;
use crate::vocab::Vocabulary;

/// What came of checking a text: every finding, and the files that the places of findings are in.
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
    #[doc(hidden)]
    pub program: Option<Program>,
    /// What was understood where there is an error: the criteria that have a meaning all the same, to be read and for
    /// nothing else.
    #[doc(hidden)]
    pub understood: Option<Program>,
    /// What was declared, even when there are errors.
    #[doc(hidden)]
    pub vocabulary: Arc<Vocabulary>,
    /// What another check may begin with. It ends with all else: taken apart by itself, it costs as much as a pass.
    left: Left,
}

impl Checked {
    /// What is said of the program only where it is asked for: see [`Code::is_on_request`](crate::diag::Code::is_on_request).
    #[doc(hidden)]
    pub fn on_request(&self) -> Vec<Diagnostic> {
        self.program.as_ref().map(lint::on_request).unwrap_or_default()
    }

    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        diag::has_errors(&self.diagnostics)
    }
}

/// Checks a text that uses no file but the shipped vocabularies; `name` is what its diagnostics call it. It never fails: what
/// is wrong, and what is doubtful, is in [`Checked::diagnostics`].
///
/// ```
/// use eligc::{Code, check_text};
///
/// let checked = check_text("slip.elig", "require [I11] platelets >= 20000 x10^9/L");
/// assert!(checked.has_errors());
/// let found = checked.diagnostics.first().expect("a finding");
/// assert_eq!(found.code, Code::E0305);
/// assert_eq!(found.title, "`platelets` can never be `20000 x10^9/L`");
/// assert_eq!(checked.sources.slice(found.primary.span), "20000 x10^9/L");
/// let place = checked.sources.line_column(found.primary.span);
/// assert_eq!((place.line, place.column), (1, 28));
/// ```
pub fn check_text(name: &str, text: &str) -> Checked {
    check_file(name, text, &NoFiles)
}

/// Checks a text as [`check_text`] does; `use "./path"` goes through `loader`.
///
/// ```
/// struct Site;
///
/// impl eligc::Loader for Site {
///     fn load(&self, _from: &str, path: &str) -> Result<(String, String), String> {
///         match path {
///             "./site.elig" => Ok(("site.elig".to_owned(), "fact ward_round: yes_no".to_owned())),
///             _ => Err("there is no such file".to_owned()),
///         }
///     }
/// }
///
/// let checked = eligc::check_file("demo.elig", "use \"./site.elig\"\nrequire [I1] ward_round", &Site);
/// assert!(!checked.has_errors());
/// ```
pub fn check_file(name: &str, text: &str, loader: &dyn Loader) -> Checked {
    check_with(Library::shipped(), name, text, loader)
}

/// The same with vocabularies of one's own in the place of the shipped ones.
pub fn check_with(library: &Library, name: &str, text: &str, loader: &dyn Loader) -> Checked {
    passes(resolve::resolve(library, name, text.to_owned(), loader, None))
}

/// The same with a text that is no one else's.
#[doc(hidden)]
pub fn check_owned(name: &str, text: String, loader: &dyn Loader) -> Checked {
    passes(resolve::resolve(Library::shipped(), name, text, loader, None))
}

/// Checks a file that was checked before in another state, as an editor has it at each keystroke: what came of its reading
/// is kept in `earlier`, and what has not changed is not parsed again. Everything is found that a first check finds.
pub fn check_again(name: &str, text: &str, loader: &dyn Loader, earlier: &mut Option<Earlier>) -> Checked {
    let mut checked = passes(resolve::resolve(Library::shipped(), name, text.to_owned(), loader, earlier.take()));
    let left = std::mem::take(&mut checked.left);
    let file = left.files.into_iter().find(|(id, _)| *id == checked.main);
    *earlier = checked.sources.get(checked.main).zip(file).map(|(source, (_, file))| {
        let (tokens, stretches) = left.divided;
        Earlier { text: source.text.to_string(), tokens, stretches, statements: file.statements }
    });
    checked
}

/// What resolving leaves behind a check.
#[derive(Debug, Clone, Default)]
struct Left {
    files: Vec<(FileId, ast::File)>,
    divided: (Vec<Token>, Vec<Stretch>),
}

/// The passes behind resolving.
fn passes(mut resolved: Resolved) -> Checked {
    let mut diagnostics = std::mem::take(&mut resolved.diagnostics);
    let Typed { program, whole, diagnostics: found } = check::check(&resolved);
    diagnostics.extend(found);
    lint::check(&resolved, &program, &mut diagnostics);
    let Resolved { sources, main, files, vocabulary, divided, .. } = resolved;
    diag::sort(&mut diagnostics);
    diag::suppress::suppress_cascades(&mut diagnostics, &sources);
    diag::fix::keep_apart(&mut diagnostics, &sources);
    let (program, understood) =
        if whole && !diag::has_errors(&diagnostics) { (Some(program), None) } else { (None, Some(program)) };
    Checked { sources, main, diagnostics, program, understood, vocabulary, left: Left { files, divided } }
}
