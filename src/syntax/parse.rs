//! Segments to statements: the only place where pest is run.

use pest::Parser;

use super::ast::{File, Statement};
use super::lower::{Lower, Origin};
use super::scan::Scan;
use super::{Parsed, errors};
use crate::source::{FileId, Span};

#[expect(missing_docs, reason = "pest writes one variant a rule; the rules carry their docs in the grammar")]
mod generated {
    /// The parser that pest makes from `grammar/elig.pest`.
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/elig.pest"]
    pub struct Grammar;
}

pub use generated::Rule;

/// Parses what `scan` left of `text`.
pub(super) fn read(file: FileId, text: &str, scan: Scan) -> Parsed {
    let Scan { text: patched, comments, segments, mut diagnostics } = scan;
    let mut statements = Vec::new();
    let mut broken = Vec::new();
    for segment in segments {
        let Some(slice) = patched.get(segment.range.clone()) else {
            continue;
        };
        let mended;
        let (slice, origin) = match &segment.meant {
            None => (slice, Origin { base: offset(segment.range.start), floor: segment.range.start }),
            Some((word, meant)) => {
                let rest = patched.get(word.end..segment.range.end).unwrap_or_default();
                mended = format!("{meant}{rest}");
                (mended.as_str(), Origin { base: offset(word.end) - offset(meant.len()), floor: word.start })
            }
        };
        let mut lower = Lower::new(file, text, &comments, origin);
        statements.extend(read_slice(&mut lower, slice));
        diagnostics.append(&mut lower.diagnostics);
        broken.append(&mut lower.broken);
    }
    Parsed { file: File { statements, comments, broken }, diagnostics }
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

fn offset(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
