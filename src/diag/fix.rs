//! Edits applied to a text.

use super::{Diagnostic, Fix, Safety};
use crate::source::{FileId, SourceMap};

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

/// The edits that [`apply`] makes, in the order of the text.
pub fn chosen<'f>(text: &str, fixes: &'f [Fix]) -> Vec<&'f Fix> {
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

/// Puts a blank wherever an edit would join two words into one: `pregnant||lactating` is `pregnant or lactating`.
pub fn keep_apart(diagnostics: &mut [Diagnostic], sources: &SourceMap) {
    for fix in diagnostics.iter_mut().flat_map(|diagnostic| &mut diagnostic.fixes) {
        let Some(text) = sources.get(fix.span.file).map(|file| &*file.text) else {
            continue;
        };
        let range = fix.span.range();
        let (Some(before), Some(gone), Some(behind)) =
            (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
        else {
            continue;
        };
        // A letter behind a sign of units, or before one, is read as part of the unit.
        let (starts, ends) =
            (fix.replacement.starts_with(char::is_alphabetic), fix.replacement.ends_with(char::is_alphabetic));
        let left = before.ends_with(is_word) || starts && before.ends_with(['%', '\'', '°', ']', '}', '"', ')']);
        let right = behind.starts_with(is_word) || ends && behind.starts_with(['%', '\'', '°', '[', '{', '"']);
        // What was one word before may be one word after it.
        let (cut_left, cut_right) = (left && gone.starts_with(is_word), right && gone.ends_with(is_word));
        if fix.replacement.is_empty() {
            if left && right && !gone.is_empty() && !cut_left && !cut_right {
                fix.replacement.push(' ');
            }
            continue;
        }
        if left && !cut_left && fix.replacement.starts_with(is_word) && (right || !gone.is_empty()) {
            fix.replacement.insert(0, ' ');
        }
        if right && !cut_right && fix.replacement.ends_with(is_word) {
            fix.replacement.push(' ');
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
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
