//! Windows: `E04`, and windows that no day can meet: `E0310`, `W0707`.

use crate::diag::suggest::nearest;
use crate::diag::suggest::suggesting;
use crate::diag::wording::listed;
use crate::diag::wording::quoted;
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::EntryKind;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{Length, Name};
use crate::units::TimeUnit;
use crate::vocab::Kind;

pub(crate) fn no_direction(span: Span, length: &str, default: &str) -> Diagnostic {
    Diagnostic::new(Code::E0402, span, format!("`within {length}` does not say before, after or of which date"))
        .label("before, after or of?")
        .help(format!("write `within {length} before {default}`"))
        .note("`before` looks back, `after` looks ahead, `of` looks both ways")
        .fix(format!("write `before {default}`"), span.after(), format!(" before {default}"), Safety::Ask)
}

/// `age at last stroke`
pub(crate) fn computed_at_entry(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0350, span, format!("`{name}` is worked out for an anchor, not for an entry"))
        .label("an entry")
        .help(format!("name an anchor of the trial: `{name} at screening`"))
}

/// `prednisone for at least 2 months before last stroke`
pub(crate) fn course_about_entry(span: Span, about: &str) -> Diagnostic {
    Diagnostic::new(Code::E0351, span, format!("a course is not compared with `{about}`"))
        .label("about an entry")
        .help("name an anchor of the trial, or ask for one entry: `in one entry`")
}

pub(crate) fn length_without_unit(length: &Length) -> Diagnostic {
    Diagnostic::new(Code::E0404, length.span, format!("`{}` of what?", length.number.text))
        .label("needs a unit of time")
        .help("write `days`, `weeks`, `months`, `years`, `hours` or `half_lives` behind the number")
}

/// `1.5 years` as `18 months`.
fn in_smaller_unit(length: &Length) -> Option<String> {
    use TimeUnit::{Day, Hour, Minute, Month, Second, Week, Year};
    let smaller = match TimeUnit::parse(&length.unit.as_ref()?.text)? {
        Year => [(12, "months")].as_slice(),
        // Days are counted by the calendar and hours by the clock, so weeks are not told in hours.
        Week => &[(7, "days")],
        Day => &[(24, "hours"), (1440, "minutes")],
        Hour => &[(60, "minutes"), (3600, "seconds")],
        Minute => &[(60, "seconds")],
        Month | Second => &[],
    };
    let number = Rational::parse_literal(&length.number.text).ok()?;
    smaller.iter().find_map(|(times, unit)| {
        let whole = number.mul(&Rational::from(*times)).to_i64().filter(|whole| *whole > 0)?;
        Some(format!("{whole} {unit}"))
    })
}

pub(crate) fn length_not_whole(length: &Length) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0404, length.span, "the length of a window is a whole number").label("not whole");
    match in_smaller_unit(length) {
        Some(text) => diagnostic.help(format!("choose a smaller unit: `{text}`")).fix(
            format!("write `{text}`"),
            length.span,
            text,
            Safety::Ask,
        ),
        None => diagnostic.help("choose a smaller unit, in which the number is whole"),
    }
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

/// A window in half-lives of kinds some of which have none, `of` so many; none of them when it is about no entry.
pub(crate) fn no_half_life(span: Span, lacking: &[&Kind], of: usize) -> Diagnostic {
    let names: Vec<&str> = lacking.iter().map(|kind| kind.name.as_str()).collect();
    let [first, ..] = lacking else {
        return Diagnostic::new(Code::E0403, span, "half-lives are those of a drug, and this is a date of its own")
            .label("of which drug?")
            .help("write the length in days");
    };
    let have = if names.len() == 1 { "has" } else { "have" };
    let diagnostic = Diagnostic::new(Code::E0403, span, format!("{} {have} no half-life", listed(&names)))
        .label("no half-life to count with")
        .also(first.span, "declared without a half-life");
    if names.len() < of {
        let (it, its) = if names.len() == 1 { ("it", "its") } else { ("them", "their") };
        return diagnostic.help(format!("ask for {it} in a condition of {its} own, with a window in days"));
    }
    let name = &first.name;
    let word = match first.word {
        EntryKind::Event => "event",
        EntryKind::Condition => "condition",
        EntryKind::Drug => "drug",
    };
    let diagnostic = diagnostic
        .help(format!("write the window in days, or give it one where it is declared: `{word} {name} half_life .. d`"));
    if first.word == EntryKind::Drug {
        return diagnostic
            .note("without one the answer is unknown for everybody who was given it")
            .help("a drug of which each entry says its own is declared so: `{ half_life: quantity [d] }`");
    }
    diagnostic
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

/// `for at least 8 weeks before screening` as the window of a point in time.
fn long_ago(window: &str) -> &str {
    window.trim_start_matches("for").trim_start()
}

pub(crate) fn throughout_of_point(span: Span, window: &str) -> Diagnostic {
    Diagnostic::new(Code::E0405, span, "`for at least` asks for a stretch, and this is one date")
        .label("no stretch of time")
        .help(format!("for a date leave `for` out: `{}`", long_ago(window)))
}

pub(crate) fn throughout_event(span: Span, kind: &str, window: &str, denied: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0405, span, format!("`{kind}` is an event, which happens at one moment"))
        .label("no stretch of time");
    if denied {
        let within = format!("within {}", long_ago(window).trim_start_matches("at least").trim_start());
        return diagnostic.fix(format!("write `{within}` for none in that time"), span, within, Safety::Ask);
    }
    diagnostic.help(format!(
        "write `{}` for how long ago it was, or declare `{kind}` as `condition` if it lasts",
        long_ago(window)
    ))
}

pub(crate) fn current_event(span: Span, kind: &str, anchor: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0405,
        span,
        format!("`{kind}` is an event, which happens at one moment and is never current"),
    )
    .label("does not last")
    .help(format!("write a window, `{kind} within .. before {anchor}`, or declare it as `condition` if it lasts"))
}

pub(crate) fn began_and_begins_later(span: Span, word: Span, prefix: &str) -> Diagnostic {
    Diagnostic::new(Code::E0310, span, format!("nothing that is `{prefix}` begins after the day it is asked for"))
        .label("never true")
        .also(word, "began by that day")
        .help(format!("leave `{prefix}` out, or write `before` for `after`"))
}

/// `after screening before screening`; the places and the words of the first and of the second.
pub(crate) fn windows_clash(places: (Span, Span), words: (&str, &str)) -> Diagnostic {
    Diagnostic::new(Code::E0310, places.1, format!("no day is both {} and {}", quoted(words.0), quoted(words.1)))
        .label("leaves no day")
        .also(places.0, "together with this")
        .help("leave one of the two out, or write the anchor and the length of the protocol")
}

/// `after screening before consent`; `anchors` are the one that has to be late and the one that has to be early.
pub(crate) fn anchors_out_of_order(places: (Span, Span), anchors: (&str, &str), order: &[&str]) -> Diagnostic {
    let (before, after) = anchors;
    Diagnostic::new(
        Code::W0707,
        places.1,
        format!("`{before}` comes before `{after}`, so these two windows leave no day"),
    )
    .label("leaves no day")
    .also(places.0, "together with this")
    .note(format!("the order of the anchors in time: {}", order.join(", ")))
    .help(format!("exchange `{before}` and `{after}` if they were mixed up; a trial in which they come the other way round declares anchors of its own"))
}

/// `planned K before infusion`, where the planned is about infusion. `asked` is the same about another anchor.
pub(crate) fn planned_before(span: Span, word: Span, anchor: &str, asked: Option<&str>) -> Diagnostic {
    let help = match asked {
        Some(asked) => format!("say as of which day it is planned: `{asked}`"),
        None => "leave this window out, or write `prior` for `planned`".to_owned(),
    };
    Diagnostic::new(Code::E0310, span, format!("what is planned as of `{anchor}` does not begin before it"))
        .label("never true")
        .also(word, format!("about `{anchor}`, which the first window names"))
        .help(help)
}
