//! Workflow commands of GitHub Actions: each diagnostic becomes an annotation next to the line it is about.

use std::fmt::Write as _;

use super::super::Diagnostic;
use super::place::Place;
use crate::legible;
use crate::source::SourceMap;

/// One line each: `::error file=..,line=..,col=..,endLine=..,endColumn=..,title=..::message`.
pub fn github(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let _ = write!(out, "::{} ", diagnostic.severity.word());
        if let Some(place) = Place::new(diagnostic.primary.span, sources) {
            let _ = write!(
                out,
                "file={},line={},col={},endLine={},endColumn={},",
                property(&place.file.name),
                place.start.line,
                place.start.column,
                place.end.line,
                place.end.column,
            );
        }
        let title = format!("{} {}", diagnostic.code, diagnostic.code.name());
        let mut message = diagnostic.title.clone();
        for note in &diagnostic.notes {
            let _ = write!(message, "\nnote: {note}");
        }
        for help in &diagnostic.helps {
            let _ = write!(message, "\nhelp: {help}");
        }
        let _ = writeln!(out, "title={}::{}", property(&title), data(&message));
    }
    out
}

/// What a message may not hold as it is.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    legible::line(&text).into_owned()
}

/// What the value of a property may not hold as it is.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
