//! Text to tree: `parse` takes one file and returns its statements as written, with every syntax error found.
//!
//! Steps, each linear: characters that hide what they stand in are found; [`scan`](self) finds comments, unbalanced brackets and quotes, look-alike characters
//! and misspelt statement words; powers of ten that lost their superscript are found; white space is folded; pest reads the rest by `grammar/elig.pest`, which never fails but leaves a node
//! wherever something is missing or not understood, a long text in stretches of whole statements on every core; lowering
//! folds the pairs into [`ast`] and words those nodes.

pub mod ast;
mod errors;
mod fold;
mod keywords;
mod lower;
mod parse;
mod scan;
mod superscript;
pub mod visit_mut;

use crate::diag::{self, Code, Diagnostic};
use crate::source::{FileId, Span, hidden, with_line_ends};

pub use keywords::{STATEMENT_WORDS, is_connective, is_reserved};
pub use parse::Rule;

/// The largest source file read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The deepest nesting of brackets and `if`s.
pub const MAX_DEPTH: usize = 64;

/// A file as parsed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// What was understood.
    pub file: ast::File,
    /// What was not, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses one file. Statements that hold an error are kept as far as they were understood, with
/// [`ast::ExprKind::Broken`] in the gaps.
pub fn parse(file: FileId, text: &str) -> Parsed {
    if text.len() > MAX_BYTES {
        let diagnostic = errors::too_large(Span::new(file, 0..0), text.len());
        return Parsed { file: ast::File::default(), diagnostics: vec![diagnostic] };
    }
    let text = &*with_line_ends(text);
    let mut scan = scan::scan(file, text);
    scan.diagnostics.extend(hidden(text).map(|(at, c, hides)| {
        let span = Span::new(file, at..at + c.len_utf8());
        errors::hidden_character(span, c, hides)
    }));
    scan.diagnostics.extend(superscript::lost_superscripts(file, &mut scan.text));
    let mut parsed = parse::read(file, text, scan);
    diag::sort(&mut parsed.diagnostics);
    debug_assert!(parsed.diagnostics.iter().all(|diagnostic| diagnostic.code != Code::E0104));
    parsed
}
