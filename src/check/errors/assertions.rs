//! What is no edit check: `E0344`, `E0345`.

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// `assert "..": judged ".."`
pub(crate) fn check_asks_a_person(place: Span) -> Diagnostic {
    Diagnostic::new(Code::E0344, place, "an edit check asks what no record says")
        .label("no part of a record")
        .help("ask only about facts, entries and anchors that a record gives")
}

/// `assert "..": 1 < 2`
pub(crate) fn check_of_nothing(statement: Span, condition: Span) -> Diagnostic {
    Diagnostic::new(Code::E0345, statement, "an edit check names nothing that a record gives")
        .label("names no fact, kind or anchor")
        .also(condition, "the same for every record")
        .help("name the facts that contradict each other: `assert \"a man is not pregnant\": not (sex is male and pregnant)`")
}
