//! One line each, as compilers have always written them: editors and `grep` read it.

use super::super::Diagnostic;
use crate::legible;
use crate::source::SourceMap;

/// One line each: `file:line:column: error[E0111]: headline`.
pub fn short(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&line(diagnostic, sources));
        out.push('\n');
    }
    out
}

pub(super) fn line(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let span = diagnostic.primary.span;
    let name = sources.get(span.file).map_or("<unknown>", |file| file.name.as_str());
    let place = sources.line_column(span);
    let severity = diagnostic.severity.word();
    let text = format!("{name}:{}:{}: {severity}[{}]: {}", place.line, place.column, diagnostic.code, diagnostic.title);
    legible::line(&text).into_owned()
}
