//! Text to tree: `parse` takes one file and returns its statements as written, with every syntax error found.
//!
//! Steps, each linear: [`lexer`] reads the tokens, once; characters that hide what they are in are found; the scan finds
//! unbalanced brackets and quotes, look-alike characters and misspelt statement words; powers of ten that lost their
//! superscript are found; white space is folded; pest reads the rest by `grammar/elig.pest`, which never fails but leaves
//! a node wherever something is missing or not understood, a long text in stretches of whole statements on every core;
//! lowering folds the pairs into [`ast`] and words those nodes.

pub mod ast;
mod errors;
mod fold;
mod grammar;
pub mod lexer;
mod limits;
mod lower;
pub mod packed;
mod parse;
mod reuse;
mod scan;
mod superscript;
pub mod visit_mut;

use crate::diag::{self, Code, Diagnostic};
use crate::source::{FileId, Span, hidden, with_line_ends};

pub use grammar::Rule;
pub use lexer::{STATEMENT_WORDS, Token, TokenKind, is_connective, is_reserved};
pub use limits::{MAX_BYTES, MAX_DEPTH};
pub use reuse::{Earlier, Stretch};

use lexer::Lexed;

/// A file as parsed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// What was understood.
    pub file: ast::File,
    /// What was not, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The tokens of the text.
    pub tokens: Vec<Token>,
    /// The stretches that were parsed by themselves, in source order.
    pub stretches: Vec<Stretch>,
}

/// Parses one file. Statements that hold an error are kept as far as they were understood, with
/// [`ast::ExprKind::Broken`] in the gaps.
pub fn parse(file: FileId, text: &str) -> Parsed {
    parse_again(file, text, None)
}

/// The same, with what an earlier reading of the file leaves: its statements are taken over where nothing has changed.
/// Everything comes out as if there had been none.
pub fn parse_again(file: FileId, text: &str, earlier: Option<Earlier>) -> Parsed {
    if text.len() > MAX_BYTES {
        let diagnostic = errors::too_large(Span::new(file, 0..0), text.len());
        return Parsed { diagnostics: vec![diagnostic], ..Parsed::default() };
    }
    let text = &*with_line_ends(text);
    let tokens = lexer::lex_lines(text);
    let mut scan = scan::scan(file, text, &tokens);
    scan.diagnostics.extend(hidden(text).map(|(at, c, hides)| {
        let span = Span::new(file, at..at + c.len_utf8());
        errors::hidden_character(span, c, hides)
    }));
    superscript::lost_superscripts(file, &mut scan);
    let read = parse::read(&Lexed { file, text, tokens: &tokens }, scan, earlier);
    let parse::Read { file, mut diagnostics, stretches } = read;
    diag::sort(&mut diagnostics);
    debug_assert!(diagnostics.iter().all(|diagnostic| diagnostic.code != Code::E0104));
    Parsed { file, diagnostics, tokens, stretches }
}
