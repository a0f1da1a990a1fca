//! Courses: entries that touch, where a length is required.

use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;

/// `with gaps of up to 7 days` or `in one entry` where no length of a course is asked.
pub(crate) fn no_course_asked(span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(Code::E0326, span, format!("`{words}` belongs to a length of time that entries must have"))
        .label("no length is asked here")
        .help("write it behind `for at least .. before ..` or `lasting ..`")
        .fix("leave it out", span, "", Safety::Ask)
}

/// `with gaps of up to 7 days in one entry`; the places and the words of both.
pub(crate) fn course_words_clash(places: (Span, Span), words: (&str, &str)) -> Diagnostic {
    Diagnostic::new(Code::E0326, places.1, format!("`{}` and `{}` say twice what one course is", words.0, words.1))
        .label("said a second time")
        .also(places.0, "said here")
        .help("`in one entry` asks each entry by itself, `with gaps of up to ..` asks entries put together: keep one")
}

/// `at least 2 prednisone lasting at least 14 days`
pub(crate) fn courses_counted(span: Span, words: &str, whole: Span) -> Diagnostic {
    Diagnostic::new(Code::E0327, span, format!("`{words}` counts, and courses of a length are not counted"))
        .label("of entries that touch, or of drugs?")
        .note("entries that touch are one course here, so that how a drug is charted decides nothing")
        .help(format!("write `{words} distinct` to count the kinds that have such a course"))
        .fix("add `in one entry` to count entries", whole.after(), " in one entry", Safety::Ask)
}

/// `lasting at least 5 half_lives`
pub(crate) fn course_in_half_lives(span: Span, words: &str, whole: Span) -> Diagnostic {
    Diagnostic::new(Code::E0328, span, format!("`{words}` counts half-lives, and a course of several entries has none"))
        .label("a length of one entry")
        .note("each entry may be of another drug, or say a half-life of its own")
        .fix("add `in one entry` to ask each by itself", whole.after(), " in one entry", Safety::Ask)
}

/// `with gaps of up to 1 month`
pub(crate) fn gap_not_in_days(span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(Code::E0329, span, format!("a gap is counted in days or weeks, not in `{words}`"))
        .label("not whole days")
        .help("write so many days, such as `with gaps of up to 7 days`")
}

/// More days than a gap may have.
pub(crate) fn gap_too_long(span: Span, most: u32) -> Diagnostic {
    Diagnostic::new(Code::E0329, span, format!("a gap of more than {most} days joins what is not one course"))
        .label("too long")
        .help("write a window instead")
}
