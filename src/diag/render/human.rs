//! The long form for people: the source with its marks, notes, helps and edits next to it.

use codespan_reporting::diagnostic::{Diagnostic as Report, Label as Mark, LabelStyle, Severity as Weight};
use codespan_reporting::files::Files;
use codespan_reporting::term::{self, Config};

use super::super::{Diagnostic, DiagnosticGroup, Fix, Label, Severity, grouped};
use super::lines::{Excerpt, Lines};
use super::short::line;
use crate::legible;
use crate::source::{FileId, SourceMap};

/// Notes and helps are wrapped at this many columns.
const WIDTH: usize = 96;
/// Of a mistake made again and again, this many lines are named.
const MAX_LINES: usize = 8;

/// Every diagnostic with its source lines, marks, notes and helps, an empty line between two.
pub fn human(diagnostics: &[Diagnostic], sources: &SourceMap, color: bool) -> String {
    let config = Config { tab_width: 4, ..Config::default() };
    let files = Lines::new(diagnostics, sources);
    let mut out = String::new();
    for DiagnosticGroup { first: diagnostic, again } in grouped(diagnostics) {
        let report = report(diagnostic, &again, sources);
        let rendered = match Excerpt::new(diagnostic, &files) {
            Some(excerpt) => drawn(&config, &excerpt, &excerpt.moved(report), color),
            None => drawn(&config, &files, &report, color),
        };
        // A place outside its file cannot be drawn; the headline still can.
        out.push_str(&rendered.unwrap_or_else(|| format!("{}\n\n", line(diagnostic, sources))));
    }
    out
}

fn drawn<'f>(
    config: &Config,
    files: &'f impl Files<'f, FileId = FileId>,
    report: &Report<FileId>,
    color: bool,
) -> Option<String> {
    if !color {
        return term::emit_into_string(config, files, report).ok();
    }
    let mut buffer = term::termcolor::Ansi::new(Vec::new());
    term::emit_to_write_style(&mut buffer, config, files, report).ok()?;
    String::from_utf8(buffer.into_inner()).ok()
}

fn report(diagnostic: &Diagnostic, again: &[&Diagnostic], sources: &SourceMap) -> Report<FileId> {
    let severity = match diagnostic.severity {
        Severity::Error => Weight::Error,
        Severity::Warning => Weight::Warning,
    };
    let mut labels = vec![mark(LabelStyle::Primary, &diagnostic.primary)];
    labels.extend(diagnostic.secondary.iter().map(|label| mark(LabelStyle::Secondary, label)));
    let mut notes: Vec<String> = diagnostic.notes.iter().map(|note| wrapped("note", note)).collect();
    if !again.is_empty() {
        notes.insert(0, wrapped("note", &also_at(sources.line_column(diagnostic.primary.span).line, again, sources)));
    }
    notes.extend(diagnostic.helps.iter().map(|help| wrapped("help", help)));
    // What a help or a label quotes already is not said again as an edit.
    let said = |fix: &Fix| {
        let text = fix.replacement.trim();
        let quoted = [format!("`{text}`"), format!("`{text} "), format!(" {text}`"), format!(" {text} ")];
        diagnostic.helps.iter().chain([&diagnostic.primary.text]).any(|help| {
            *help == fix.title
                || text.starts_with('"') && help.contains(text)
                || !text.is_empty() && quoted.iter().any(|quoted| help.contains(quoted))
        })
    };
    let edits = diagnostic.fixes.iter().filter(|fix| !said(fix));
    notes.extend(edits.map(|fix| wrapped("help", &fix.title)));
    Report::new(severity)
        .with_code(diagnostic.code.id())
        .with_message(legible::line(&diagnostic.title))
        .with_labels(labels)
        .with_notes(notes)
}

/// "the same at lines 4, 9 and 12"
fn also_at(first: u32, again: &[&Diagnostic], sources: &SourceMap) -> String {
    let mut lines: Vec<u32> = again.iter().map(|other| sources.line_column(other.primary.span).line).collect();
    lines.dedup();
    if lines == [first] {
        return "the same again on this line".to_owned();
    }
    let shown: Vec<String> = lines.iter().take(MAX_LINES).map(u32::to_string).collect();
    let list = match shown.split_last() {
        Some((last, rest)) if lines.len() <= MAX_LINES && !rest.is_empty() => {
            format!("lines {} and {last}", rest.join(", "))
        }
        _ if lines.len() > MAX_LINES => format!("lines {}, ..", shown.join(", ")),
        _ => format!("line {}", shown.join(", ")),
    };
    if again.len() > shown.len() {
        format!("the same at {list} ({} more places)", again.len())
    } else {
        format!("the same at {list}")
    }
}

fn mark(style: LabelStyle, label: &Label) -> Mark<FileId> {
    Mark::new(style, label.span.file, label.span.range()).with_message(legible::line(&label.text))
}

/// `word: text`, later lines two columns in.
fn wrapped(word: &str, text: &str) -> String {
    let text = legible::line(text);
    let mut out = format!("{word}: ");
    let mut column = out.len();
    for (index, part) in text.split(' ').enumerate() {
        let width = part.chars().count();
        if index > 0 {
            if column + 1 + width > WIDTH {
                out.push_str("\n  ");
                column = 2;
            } else {
                out.push(' ');
                column += 1;
            }
        }
        out.push_str(part);
        column += width;
    }
    out
}
