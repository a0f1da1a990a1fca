//! Segments to statements: the only place where pest is run.

use std::rc::Rc;

use pest::Parser;

use super::ast::{File, Name, Statement};
use super::errors;
use super::fold::Folded;
use super::lexer::Token;
use super::lower::Lower;
use super::scan::{Scan, Segment};
use crate::diag::Diagnostic;
use crate::parallel::on_all_cores;
use crate::source::{FileId, Span};

#[expect(missing_docs, reason = "pest writes one variant a rule; the rules carry their docs in the grammar")]
mod generated {
    /// The parser that pest makes from `grammar/elig.pest`.
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/elig.pest"]
    pub struct Grammar;
}

pub use generated::Rule;

/// A shorter text is parsed by one thread: another would begin too late to help.
const WORTH_A_THREAD: usize = 128 * 1024;

/// A text as the author wrote it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'t> {
    /// Which file it is.
    pub file: FileId,
    /// The whole text, its lines ended as the lexer ends them.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
}

/// What one stretch of statements came to.
#[derive(Default)]
struct ParsedSegment {
    statements: Vec<Statement>,
    diagnostics: Vec<Diagnostic>,
    broken: Vec<Name>,
}

/// Parses what `scan` left of `text`, long texts on every core.
pub(super) fn read(source: &Source<'_>, mut scan: Scan<'_>) -> (File, Vec<Diagnostic>) {
    let segments = std::mem::take(&mut scan.segments);
    let mut diagnostics = std::mem::take(&mut scan.diagnostics);
    let read_one = |segment: &Segment| stretch(source, Folded::new(&scan, segment));
    let stretches: Vec<ParsedSegment> = if scan.text.len() < WORTH_A_THREAD {
        segments.iter().map(read_one).collect()
    } else {
        on_all_cores(&segments, || (), read_one)
    };
    let mut statements = Vec::with_capacity(stretches.iter().map(|stretch| stretch.statements.len()).sum());
    let mut broken = Vec::new();
    for mut stretch in stretches {
        statements.append(&mut stretch.statements);
        diagnostics.append(&mut stretch.diagnostics);
        broken.append(&mut stretch.broken);
    }
    (File { statements, comments: scan.comments, broken }, diagnostics)
}

fn stretch(source: &Source<'_>, folded: Folded) -> ParsedSegment {
    let folded = Rc::new(folded);
    let mut lower = Lower::new(source, Rc::clone(&folded));
    let statements = read_slice(&mut lower, &folded.text);
    ParsedSegment { statements, diagnostics: lower.diagnostics, broken: lower.broken }
}

/// Parses and lowers one stretch of statements.
pub(super) fn read_slice(lower: &mut Lower<'_>, slice: &str) -> Vec<Statement> {
    match generated::Grammar::parse(Rule::file, slice) {
        Ok(mut pairs) => pairs.next().map(|file| lower.file(file)).unwrap_or_default(),
        Err(error) => {
            // The grammar takes any text; should it ever not, one plain error stands for the stretch.
            let at = match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
            };
            let at = lower.offset(at);
            lower.diagnostics.push(errors::not_understood(Span::new(lower.file, at..at + 1)));
            Vec::new()
        }
    }
}
