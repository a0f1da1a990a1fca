//! The wording of what the scanner finds: quotes, brackets, look-alikes, statement words, limits.

use crate::diag::suggest::{did_you_mean, nearest};
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::{MAX_BYTES, MAX_DEPTH};

/// A text without its second quote.
pub(in crate::syntax) fn unclosed_text(span: Span, line_end: Span) -> Diagnostic {
    Diagnostic::new(Code::E0102, span, "a text is never closed")
        .label("no second quote")
        .help("a text ends with `\"`; a quote inside a text is written `\\\"`")
        .fix("write a quote at the end of the line", line_end, "\"", Safety::Ask)
}

/// `)` without `(`.
pub(in crate::syntax) fn nothing_to_close(span: Span, byte: u8, open: Option<(Span, u8)>) -> Diagnostic {
    let sign = char::from(byte);
    let diagnostic =
        Diagnostic::new(Code::E0101, span, format!("`{sign}` closes nothing")).label("no bracket to close");
    match open {
        Some((place, closer)) => diagnostic.also(place, format!("waits for `{}`", char::from(closer))),
        None => diagnostic,
    }
    .fix("remove it", span, "", Safety::Ask)
}

/// Brackets past the limit.
pub(in crate::syntax) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0103, span, format!("brackets are nested more than {MAX_DEPTH} deep"))
        .label("one too many")
        .help("name a part of the condition with `define`")
}

/// A file past the limit.
pub(in crate::syntax) fn too_large(span: Span, bytes: usize) -> Diagnostic {
    Diagnostic::new(Code::E0104, span, format!("the file has {bytes} bytes, more than the {MAX_BYTES} that are read"))
        .help("split it and name the parts with `use`")
}

/// A statement word misspelt.
pub(in crate::syntax) fn misspelt_statement(span: Span, word: &str, meant: &str) -> Diagnostic {
    if word.eq_ignore_ascii_case(meant) {
        return Diagnostic::new(Code::E0105, span, format!("`{word}` is written `{meant}`"))
            .label("in lower case")
            .fix(format!("write `{meant}`"), span, meant, Safety::Safe);
    }
    let diagnostic = Diagnostic::new(Code::E0105, span, format!("`{word}` does not begin a statement"));
    let near = nearest(word, [meant], 1);
    let diagnostic = match did_you_mean(&near) {
        Some(hint) => diagnostic.label(hint),
        None => diagnostic.label(format!("the word is `{meant}`")),
    };
    diagnostic.fix(format!("write `{meant}`"), span, meant, Safety::Ask)
}

/// `（`, `＞`, `–`
pub(in crate::syntax) fn look_alike(span: Span, written: &str, plain: &str) -> Diagnostic {
    Diagnostic::new(Code::E0106, span, format!("`{written}` is written `{plain}`"))
        .label(format!("looks like `{plain}`"))
        .fix(format!("write `{plain}`"), span, plain, Safety::Safe)
}

/// `“text”`
pub(in crate::syntax) fn curly_quotes(span: Span, inner: &str) -> Diagnostic {
    let inner = inner.replace('\\', "\\\\").replace('"', "\\\"");
    Diagnostic::new(Code::E0106, span, "a text stands in straight quotes").label("typographic quotes").fix(
        "write straight quotes",
        span,
        format!("\"{inner}\""),
        Safety::Safe,
    )
}
