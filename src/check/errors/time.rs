//! Windows: `E04`.

use super::names::suggesting;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast::{Length, Name};

pub(crate) fn no_direction(span: Span, length: &str, default: &str) -> Diagnostic {
    Diagnostic::new(Code::E0402, span, format!("`within {length}` does not say before, after or of which date"))
        .label("before, after or of?")
        .help(format!("write `within {length} before {default}`"))
        .note("`before` looks back, `after` looks ahead, `of` looks both ways")
        .fix(format!("write `before {default}`"), span.after(), format!(" before {default}"), Safety::Ask)
}

pub(crate) fn length_without_unit(length: &Length) -> Diagnostic {
    Diagnostic::new(Code::E0404, length.span, format!("`{}` of what?", length.number.text))
        .label("needs a unit of time")
        .help("write `days`, `weeks`, `months`, `years`, `hours` or `half_lives` behind the number")
}

pub(crate) fn length_not_whole(length: &Length) -> Diagnostic {
    Diagnostic::new(Code::E0404, length.span, "the length of a window is a whole number")
        .label("not whole")
        .help("choose a smaller unit: `18 months` for a year and a half")
}

pub(crate) fn length_too_long(span: Span, years: u32) -> Diagnostic {
    Diagnostic::new(Code::E0404, span, format!("the window is longer than {years} years"))
        .label("check the number")
        .help("write the number of the protocol and its unit")
}

pub(crate) fn not_a_time_unit(unit: &Name) -> Diagnostic {
    let words = ["seconds", "minutes", "hours", "days", "weeks", "months", "years", "half_lives"];
    let near = match unit.text.as_str() {
        "mo" | "mos" | "mths" => vec!["months"],
        "hrs" | "hr" => vec!["hours"],
        "yrs" | "yr" => vec!["years"],
        "wks" | "wk" => vec!["weeks"],
        text => nearest(text, words, 1),
    };
    let diagnostic =
        Diagnostic::new(Code::E0404, unit.span, format!("`{}` is not a unit of time", unit.text)).label("not a time");
    if !near.is_empty() {
        return suggesting(diagnostic, unit.span, &near);
    }
    diagnostic.help("write `days`, `weeks`, `months`, `years`, `hours` or `half_lives`")
}

pub(crate) fn no_half_life(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0403, span, "half-lives are asked of something that has none")
        .label("no half-life is declared")
        .help("declare the drug with `half_life 11 d`, give the kind an attribute `half_life: quantity [d]`, or write the window in days")
}

pub(crate) fn window_on_timeless(span: Span, name: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(Code::E0401, span, format!("`{name}` has no date that a window could be about"))
        .label("a window needs a date")
        .also(declared, "declared without a date")
        .help("remove the window")
        .fix("remove the window", span, "", Safety::Ask)
}

pub(crate) fn window_on_formula(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0401, span, "a formula has no date of its own")
        .label("a window needs one fact")
        .help("put the window behind each fact inside the formula")
}

pub(crate) fn lasting_on_value(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0405, span, "a result is taken at one moment and does not last")
        .label("no stretch of time")
        .help("`lasting` belongs to entries with a start and an end")
}

pub(crate) fn throughout_of_point(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0405, span, "`for at least` asks for a stretch, and this is one date")
        .label("no stretch of time")
        .help("for a date write `at least 2 weeks before ..`")
}

pub(crate) fn throughout_event(span: Span, kind: &str) -> Diagnostic {
    Diagnostic::new(Code::E0405, span, format!("`{kind}` is an event, which happens at one moment"))
        .label("no stretch of time")
        .help("write `at least .. before ..` for how long ago it was, or declare it as `condition` if it lasts")
}

pub(crate) fn current_event(span: Span, kind: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0405,
        span,
        format!("`{kind}` is an event, which happens at one moment and is never current"),
    )
    .label("does not last")
    .help("write a window, such as `within 4 weeks before screening`, or declare it as `condition` if it lasts")
}
