//! The syntax stage: every form, every broken form, hostile input, and the wording of messages.

mod beside;
mod broken;
mod deep;
mod forms;
mod hostile;
mod lexer;
mod lines;
mod messages;
mod reuse;
mod sexpr;
mod superscript;
mod words;

use eligc::source::{FileId, SourceMap};
use eligc::syntax::{Parsed, parse};

/// Parses `text` as the only file.
fn parsed(text: &str) -> Parsed {
    parse(FileId(0), text)
}

/// Each diagnostic as `E0111 text under the primary label`.
fn findings(text: &str) -> Vec<String> {
    let mut sources = SourceMap::new();
    let file = sources.add("test.elig", text.to_owned());
    let diagnostics = parse(file, text).diagnostics;
    diagnostics.iter().map(|one| format!("{} {}", one.code, sources.slice(one.primary.span))).collect()
}

/// A text's statements, a line each, without places.
pub fn dump(text: &str) -> Vec<String> {
    dumped(&parsed(text))
}

/// The same of what is parsed already.
pub fn dumped(parsed: &Parsed) -> Vec<String> {
    parsed.file.statements.iter().map(sexpr::statement).collect()
}
