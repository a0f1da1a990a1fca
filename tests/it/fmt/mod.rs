//! `eligc fmt`: laws over everything there is, and what editors ask.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

mod command;
mod comments;
mod corpus;
mod editor;
mod laws;
mod pairs;

use eligc::fmt::format;
use eligc::source::FileId;
use eligc::syntax;

/// Formats `text` and holds the result to every law that one text can be held to.
fn lawful(text: &str) -> Result<String, String> {
    let told = |what: &str, more: &str| format!("{what}\n--- before\n{text}\n--- after\n{more}");
    let formatted = format(text).map_err(|why| told(&why.to_string(), ""))?;
    let again = format(&formatted.text).map_err(|why| told(&format!("again: {why}"), &formatted.text))?;
    if again.text != formatted.text {
        return Err(told("not idempotent", &format!("{}\n--- again\n{}", formatted.text, again.text)));
    }
    if again.left_alone != formatted.left_alone {
        return Err(told("other statements are left alone the second time", &formatted.text));
    }
    let (before, after) = (syntax::parse(FileId(0), text), syntax::parse(FileId(0), &formatted.text));
    let comments = |parsed: &syntax::Parsed| -> Vec<String> {
        parsed.file.comments.iter().map(|comment| comment.text.trim_end().to_owned()).collect()
    };
    if comments(&before) != comments(&after) {
        return Err(told("comments differ", &formatted.text));
    }
    if sexpr(&before) != sexpr(&after) {
        return Err(told("another tree", &formatted.text));
    }
    for line in formatted.text.lines().filter(|_| before.diagnostics.is_empty()) {
        // A text, a comment or a bracketed unit is never cut.
        let breakable = !line.contains(['"', '#']);
        if breakable && line.chars().count() > 100 {
            return Err(told(&format!("too wide: {line}"), &formatted.text));
        }
        if line.ends_with([' ', '\t']) && breakable {
            return Err(told(&format!("blanks at the end of: {line}"), &formatted.text));
        }
    }
    Ok(formatted.text)
}

/// The tree without places, written by other code than the formatter's own comparison.
fn sexpr(parsed: &syntax::Parsed) -> Vec<String> {
    let spellings = [("µ", "u"), ("μ", "u"), ("×", "x"), ("⁹", "^9"), ("x 10", "x10"), ("x10", "10"), ("10*", "10^")];
    let plain = |line: String| spellings.iter().fold(line, |line, (other, one)| line.replace(other, one));
    crate::syntax::dumped(parsed).into_iter().map(plain).collect()
}
