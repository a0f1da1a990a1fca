//! Edits applied to a text.

use super::{Diagnostic, Fix, Safety};
use crate::source::FileId;

/// `text` with the edits made, from the first to the last. An edit that overlaps one before it, repeats one, or does
/// not lie in the text is left out; whose file the spans name is not looked at.
pub fn apply(text: &str, fixes: &[Fix]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for fix in chosen(text, fixes) {
        let range = fix.span.range();
        out.push_str(text.get(done..range.start).unwrap_or_default());
        out.push_str(&fix.replacement);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// How many of the edits [`apply`] makes.
pub fn made(text: &str, fixes: &[Fix]) -> usize {
    chosen(text, fixes).len()
}

fn chosen<'f>(text: &str, fixes: &'f [Fix]) -> Vec<&'f Fix> {
    let mut ordered: Vec<&Fix> = fixes.iter().collect();
    ordered.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut chosen: Vec<&Fix> = Vec::new();
    for fix in ordered {
        let range = fix.span.range();
        let free =
            chosen.last().is_none_or(|last| range.start >= last.span.range().end && last.span.start < fix.span.start);
        if free && text.get(range).is_some() {
            chosen.push(fix);
        }
    }
    chosen
}

/// The edits in `file` that may be made without asking.
pub fn safe(diagnostics: &[Diagnostic], file: FileId) -> Vec<Fix> {
    diagnostics
        .iter()
        .flat_map(|diagnostic| &diagnostic.fixes)
        .filter(|fix| fix.safety == Safety::Safe && fix.span.file == file)
        .cloned()
        .collect()
}
