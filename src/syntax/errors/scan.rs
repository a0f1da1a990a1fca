//! The wording of what the scanner finds: quotes, brackets, look-alikes, statement words, limits.

use super::prose::shorten;
use crate::diag::suggest::{did_you_mean, nearest};
use crate::diag::{Code, Diagnostic, DiagnosticKind, Label, Safety};
use crate::source::{Hides, Span};
use crate::syntax::lexer::is_statement_word;
use crate::syntax::{MAX_BYTES, MAX_DEPTH};

/// The most places that one message points at in addition to its own.
const MAX_LABELS: usize = 3;

/// A text without its second quote.
pub(in crate::syntax) fn unclosed_text(span: Span, line_end: Span) -> Diagnostic {
    Diagnostic::new(Code::E0102, span, "a text is never closed")
        .kind(DiagnosticKind::UnclosedText)
        .label("no second quote")
        .help("a text ends with `\"`; a quote inside a text is written `\\\"`")
        .fix("write a quote at the end of the line", line_end, "\"", Safety::Ask)
}

/// `)` without `(`.
pub(in crate::syntax) fn nothing_to_close(span: Span, byte: u8, open: Option<(Span, u8)>) -> Diagnostic {
    let sign = char::from(byte);
    let diagnostic =
        Diagnostic::new(Code::E0113, span, format!("`{sign}` closes nothing")).label("no bracket to close");
    match open {
        Some((place, closer)) => {
            let closer = char::from(closer);
            diagnostic
                .also(place, format!("waits for `{closer}`"))
                .help(format!("remove it, or write `{closer}` before it"))
        }
        None => diagnostic.fix("remove it", span, "", Safety::Ask),
    }
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

/// A statement word alone in its line, not written to its end.
pub(in crate::syntax) fn unfinished_statement(span: Span, word: &str, meant: &[&str]) -> Diagnostic {
    let title = format!("`{word}` does not begin a statement");
    let listed: Vec<String> = meant.iter().map(|word| format!("`{word}`")).collect();
    let diagnostic = Diagnostic::new(Code::E0105, span, title).label(format!("did you mean {}?", listed.join(" or ")));
    match meant {
        [meant] => diagnostic.fix(format!("write `{meant}`"), span, *meant, Safety::Ask),
        _ => diagnostic,
    }
}

/// `（`, `＞`, `–`
/// `sure` says that nothing else can be meant.
pub(in crate::syntax) fn look_alike(span: Span, written: &str, plain: &str, sure: bool) -> Diagnostic {
    let safety = if sure { Safety::Safe } else { Safety::Ask };
    Diagnostic::new(Code::E0106, span, format!("`{written}` is written `{plain}`"))
        .label(format!("looks like `{plain}`"))
        .fix(format!("write `{plain}`"), span, plain, safety)
}

/// `“text”`
pub(in crate::syntax) fn curly_quotes(span: Span, inner: &str) -> Diagnostic {
    let inner = inner.replace('\\', "\\\\").replace('"', "\\\"");
    Diagnostic::new(Code::E0106, span, "a text is written in straight quotes").label("typographic quotes").fix(
        "write straight quotes",
        span,
        format!("\"{inner}\""),
        Safety::Safe,
    )
}

/// A character that makes the text look otherwise than it is read.
pub(in crate::syntax) fn hidden_character(span: Span, c: char, hides: Hides) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    match hides {
        Hides::LineEnd => {
            let name = match c {
                '\u{B}' => "vertical tab",
                '\u{C}' => "form feed",
                '\u{85}' => "next line",
                '\u{2028}' => "line separator",
                _ => "paragraph separator",
            };
            let title = format!("the {name} {code} ends a line in some programs and not in others");
            Diagnostic::new(Code::E0108, span, title)
                .label("a line end or a blank?")
                .note("behind it in a comment, a criterion is seen by some readers and read by no compiler")
                .fix("end the line here", span, "\n", Safety::Ask)
                .fix("write a blank", span, " ", Safety::Ask)
        }
        Hides::Order => Diagnostic::new(
            Code::E0108,
            span,
            format!("the character {code} shows the text behind it in another order than it is read"),
        )
        .label("turns the order of what is shown")
        .fix("remove it", span, "", Safety::Ask),
        Hides::Control => Diagnostic::new(Code::E0108, span, format!("the control character {code} is not shown"))
            .label("not shown")
            .fix("write a blank", span, " ", Safety::Ask)
            .fix("remove it", span, "", Safety::Ask),
    }
}

/// `x 109/L`
pub(in crate::syntax) fn lost_superscript(span: Span, shown: &str, power: &str, meant: &str) -> Diagnostic {
    let digits = power.trim_start_matches('-');
    Diagnostic::new(Code::E0109, span, format!("the power of ten in {} has lost its superscript", shorten(shown)))
        .label(format!("10 to the power of {power}?"))
        .note(format!(
            "{digits} was raised before the text was copied; as written it is part of a number like any other"
        ))
        .fix(format!("write `{}`", meant.trim_start()), span, meant, Safety::Ask)
}

/// A bracket that is never closed; `found` is where it was given up.
pub(in crate::syntax) fn unclosed(opener: Span, sign: &str, found: Span, token: &str) -> Diagnostic {
    let closer = closer_of(sign);
    let diagnostic = Diagnostic::new(Code::E0102, opener, format!("`{sign}` is never closed"))
        .label(format!("`{closer}` is missing"));
    let here = Span { end: found.start, ..found };
    let title = format!("write `{closer}`");
    match token {
        "" => diagnostic.note("the file ends before it is closed").fix(title, here, closer, Safety::Ask),
        _ if is_statement_word(token) => diagnostic
            .also(found, "the next statement begins here")
            .help(format!("close it with `{closer}` before the next statement"))
            .fix(title, here, format!("{closer}\n"), Safety::Ask),
        _ => diagnostic
            .also(found, format!("`{closer}` belongs before this"))
            .help(format!("write `{closer}` where it ends"))
            .fix(title, here, format!("{closer} "), Safety::Ask),
    }
}

/// Adds one more bracket that is left open at the same place; false when `last` is of another place.
pub(in crate::syntax) fn unclosed_too(last: &mut Diagnostic, opener: Span, sign: &str, found: Span) -> bool {
    let closer = closer_of(sign);
    let here = Span { end: found.start, ..found };
    let Some(fix) = last.fixes.first_mut().filter(|fix| fix.span == here) else {
        return false;
    };
    if last.code != Code::E0102 || fix.replacement.contains(['"', ' ']) {
        return false;
    }
    let before = fix.replacement.trim_end().to_owned();
    let closers = format!("{before}{closer}");
    for help in &mut last.helps {
        *help = help.replace(&format!("`{before}`"), &format!("`{closers}`"));
    }
    fix.title = format!("write `{closers}`");
    fix.replacement = fix.replacement.replacen(&before, &closers, 1);
    if last.secondary.len() < MAX_LABELS {
        last.secondary.push(Label { span: opener, text: format!("waits for `{closer}` too") });
    }
    true
}

fn closer_of(sign: &str) -> &'static str {
    match sign {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}
