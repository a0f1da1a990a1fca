//! A span as other programs read it: file, lines and columns of both ends.

use crate::source::{LineColumn, SourceFile, SourceMap, Span};

/// A span with its file and the lines and columns of both ends.
pub(super) struct Place<'a> {
    pub file: &'a SourceFile,
    pub span: Span,
    pub start: LineColumn,
    /// One past the last character.
    pub end: LineColumn,
}

impl<'a> Place<'a> {
    /// `None` when the span's file is not of this run.
    pub fn new(span: Span, sources: &'a SourceMap) -> Option<Place<'a>> {
        let file = sources.get(span.file)?;
        Some(Place { file, span, start: file.line_column(span.start), end: file.line_column(span.end) })
    }
}
