//! Diagnostics for programs: `elig-diagnostics/1`, described in docs/diagnostics.md and its schema.

use serde::Serialize;

use super::super::{Diagnostic, Label, Safety, Severity, grouped};
use super::Findings;
use super::place::Place;
use crate::source::{SourceFile, SourceMap, Span};

/// The name of the format; a change that breaks readers has another number.
pub const FORMAT: &str = "elig-diagnostics/1";

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    files: Vec<&'a str>,
    errors: usize,
    warnings: usize,
    distinct_errors: usize,
    distinct_warnings: usize,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    page: String,
    primary: Option<Location<'a>>,
    secondary: Vec<Location<'a>>,
    notes: &'a [String],
    helps: &'a [String],
    fixes: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    start: Position,
    end: Position,
    label: &'a str,
}

#[derive(Serialize)]
struct Position {
    byte: u32,
    line: u32,
    column: u32,
    column_utf16: u32,
}

#[derive(Serialize)]
struct Edit<'a> {
    title: &'a str,
    safety: &'static str,
    file: &'a str,
    start: Position,
    end: Position,
    replacement: &'a str,
}

/// One document for all files, with a line end behind it.
pub fn json(files: &[Findings<'_>]) -> String {
    let count = |severity| {
        files.iter().flat_map(|file| file.diagnostics).filter(|diagnostic| diagnostic.severity == severity).count()
    };
    let distinct = |severity| {
        let mistakes = files.iter().flat_map(|file| grouped(file.diagnostics));
        mistakes.filter(|mistake| mistake.first.severity == severity).count()
    };
    let document = Document {
        format: FORMAT,
        files: files.iter().map(|file| file.name).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        distinct_errors: distinct(Severity::Error),
        distinct_warnings: distinct(Severity::Warning),
        diagnostics: files
            .iter()
            .flat_map(|file| file.diagnostics.iter().map(|diagnostic| finding(diagnostic, file.sources)))
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn finding<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Finding<'a> {
    Finding {
        code: diagnostic.code.id(),
        name: diagnostic.code.name(),
        severity: diagnostic.severity.word(),
        message: &diagnostic.title,
        page: diagnostic.code.page_path(),
        primary: location(&diagnostic.primary, sources),
        secondary: diagnostic.secondary.iter().filter_map(|label| location(label, sources)).collect(),
        notes: &diagnostic.notes,
        helps: &diagnostic.helps,
        fixes: diagnostic
            .fixes
            .iter()
            .filter_map(|fix| {
                let (file, start, end) = ends(fix.span, sources)?;
                let safety = match fix.safety {
                    Safety::Safe => "safe",
                    Safety::Ask => "ask",
                };
                Some(Edit { title: &fix.title, safety, file, start, end, replacement: &fix.replacement })
            })
            .collect(),
    }
}

fn location<'a>(label: &'a Label, sources: &'a SourceMap) -> Option<Location<'a>> {
    let (file, start, end) = ends(label.span, sources)?;
    Some(Location { file, start, end, label: &label.text })
}

fn ends(span: Span, sources: &SourceMap) -> Option<(&str, Position, Position)> {
    let place = Place::new(span, sources)?;
    Some((&place.file.name, position(place.file, span.start), position(place.file, span.end)))
}

fn position(file: &SourceFile, byte: u32) -> Position {
    let place = file.line_column(byte);
    Position { byte, line: place.line, column: place.column, column_utf16: file.utf16_column(byte) }
}
