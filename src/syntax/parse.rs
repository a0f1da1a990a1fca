//! Segments to statements: the only place where pest is run.

use std::rc::Rc;

use pest::Parser;

use super::ast::{File, Name, Statement};
use super::errors;
use super::fold::Folded;
use super::grammar::{Grammar, Rule};
use super::lexer::Lexed;
use super::lower::Lower;
use super::reuse::{Earlier, Stretch};
use super::scan::{Scan, Segment};
use crate::diag::Diagnostic;
use crate::parallel::on_all_cores;
use crate::source::Span;

/// A shorter text is parsed by one thread: another would begin too late to help.
const WORTH_A_THREAD: usize = 128 * 1024;

/// What one stretch of statements came to.
#[derive(Default)]
struct ParsedSegment {
    statements: Vec<Statement>,
    diagnostics: Vec<Diagnostic>,
    broken: Vec<Name>,
    /// Whether nothing was wrong or said in other words.
    is_clean: bool,
}

/// A file read.
pub(super) struct Read {
    pub file: File,
    pub diagnostics: Vec<Diagnostic>,
    pub stretches: Vec<Stretch>,
}

/// Parses what `scan` left of `text`, long texts on every core; where `earlier` has the same, it is taken over.
pub(super) fn read(source: &Lexed<'_>, mut scan: Scan<'_>, earlier: Option<Earlier>) -> Read {
    let segments = std::mem::take(&mut scan.segments);
    let mut diagnostics = std::mem::take(&mut scan.diagnostics);
    let mut wrong: Vec<usize> = diagnostics.iter().map(|found| found.primary.span.range().start).collect();
    wrong.sort_unstable();
    let is_wrong = |segment: &Segment| {
        let first = wrong.partition_point(|at| *at < segment.range.start);
        segment.meant.is_some() || wrong.get(first).is_some_and(|at| *at <= segment.range.end)
    };
    let mut kept = earlier.map_or_else(Vec::new, |earlier| earlier.take_over(source, &segments)).into_iter();
    let mut stretches: Vec<Option<ParsedSegment>> = segments
        .iter()
        .map(|segment| {
            let statements = kept.next().flatten().filter(|_| !is_wrong(segment))?;
            Some(ParsedSegment { statements, is_clean: true, ..ParsedSegment::default() })
        })
        .collect();
    let new: Vec<&Segment> =
        segments.iter().zip(&stretches).filter(|(_, kept)| kept.is_none()).map(|(segment, _)| segment).collect();
    let read_one = |segment: &&Segment| {
        let read = stretch(source, Folded::new(&scan, segment));
        ParsedSegment { is_clean: read.is_clean && !is_wrong(segment), ..read }
    };
    let read: Vec<ParsedSegment> = if new.iter().map(|segment| segment.range.len()).sum::<usize>() < WORTH_A_THREAD {
        new.iter().map(read_one).collect()
    } else {
        on_all_cores(&new, || (), read_one)
    };
    stretches.iter_mut().filter(|kept| kept.is_none()).zip(read).for_each(|(place, read)| *place = Some(read));
    let mut statements = Vec::with_capacity(stretches.iter().flatten().map(|stretch| stretch.statements.len()).sum());
    let mut broken = Vec::new();
    let mut parsed = Vec::with_capacity(segments.len());
    for (mut stretch, segment) in stretches.into_iter().flatten().zip(segments) {
        parsed.push(Stretch::new(segment.range, stretch.statements.len(), stretch.is_clean));
        statements.append(&mut stretch.statements);
        diagnostics.append(&mut stretch.diagnostics);
        broken.append(&mut stretch.broken);
    }
    Read { file: File { statements, comments: scan.comments, broken }, diagnostics, stretches: parsed }
}

fn stretch(source: &Lexed<'_>, folded: Folded) -> ParsedSegment {
    let folded = Rc::new(folded);
    let mut lower = Lower::new(source, Rc::clone(&folded));
    let statements = read_slice(&mut lower, &folded.text);
    let is_clean = lower.diagnostics.is_empty() && !lower.reread;
    ParsedSegment { statements, diagnostics: lower.diagnostics, broken: lower.broken, is_clean }
}

/// Parses and lowers one stretch of statements.
pub(super) fn read_slice(lower: &mut Lower<'_>, slice: &str) -> Vec<Statement> {
    match Grammar::parse(Rule::file, slice) {
        Ok(mut pairs) => pairs.next().map(|file| lower.file(file)).unwrap_or_default(),
        Err(error) => {
            // The grammar takes any text; should it ever not, one plain error means the stretch.
            let at = match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
            };
            let at = lower.offset(at);
            lower.diagnostics.push(errors::not_understood(Span::new(lower.file, at..at + 1)));
            Vec::new()
        }
    }
}
