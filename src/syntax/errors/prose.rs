//! The wording of bounds, results and windows that protocols write in other words.

use crate::diag::{Code, Diagnostic, DiagnosticKind, Safety};
use crate::source::Span;

/// The longest text that a headline repeats.
const LONG: usize = 36;

/// In backticks, cut after 24 characters; "the text" for a text.
pub(super) fn shorten(token: &str) -> String {
    if token.starts_with('"') && token.len() > 1 {
        return "the text".to_owned();
    }
    match token.char_indices().nth(24) {
        Some((at, _)) => format!("`{}..`", token.get(..at).unwrap_or_default()),
        None => format!("`{token}`"),
    }
}

/// A text in backticks, or `other` when it is too long for a headline.
pub(super) fn quoted(text: &str, other: &str) -> String {
    if text.chars().count() > LONG { other.to_owned() } else { format!("`{text}`") }
}

pub(super) fn write(diagnostic: Diagnostic, span: Span, instead: &str) -> Diagnostic {
    diagnostic.fix(format!("write `{instead}`"), span, instead, Safety::Ask)
}

/// A comparison, a bound or a count is said in other words: `instead`.
pub(in crate::syntax) fn bound_in_words(span: Span, phrase: &str, instead: &str, label: &str) -> Diagnostic {
    written(Code::E0115, span, phrase, instead, label)
}

/// A time is said in other words: `instead`.
pub(in crate::syntax) fn window_in_words(span: Span, phrase: &str, instead: &str, label: &str) -> Diagnostic {
    written(Code::E0116, span, phrase, instead, label)
}

/// What is asked is said in other words: `instead`.
pub(in crate::syntax) fn condition_in_words(span: Span, phrase: &str, instead: &str, label: &str) -> Diagnostic {
    written(Code::E0117, span, phrase, instead, label)
}

/// Conditions are joined in other words: `instead`.
pub(in crate::syntax) fn joined_in_words(span: Span, phrase: &str, instead: &str, label: &str) -> Diagnostic {
    written(Code::E0112, span, phrase, instead, label)
}

fn written(code: Code, span: Span, phrase: &str, instead: &str, label: &str) -> Diagnostic {
    let title = format!("{} is written {}", quoted(phrase, "this"), quoted(instead, "in another way"));
    write(Diagnostic::new(code, span, title).label(label), span, instead)
}

/// The same, where nothing else can be meant.
pub(in crate::syntax) fn safe(diagnostic: Diagnostic) -> Diagnostic {
    let mut diagnostic = diagnostic;
    for fix in &mut diagnostic.fixes {
        fix.safety = Safety::Safe;
    }
    diagnostic
}

/// `between 18 to 75 years`; `place` is what means `and`.
pub(in crate::syntax) fn between(place: Span, whole: Span, sign: &str, instead: &str, safety: Safety) -> Diagnostic {
    Diagnostic::new(Code::E0115, place, format!("the two ends of `between` are joined by `and`, not by `{sign}`"))
        .label("`and` belongs between the two ends")
        .note("both ends are included")
        .fix(format!("write `{instead}`"), whole, instead, safety)
}

/// `age 18 to 75 years`
pub(in crate::syntax) fn range(span: Span, phrase: &str, instead: &str) -> Diagnostic {
    let title = format!("a range is written with `between`, not as {}", quoted(phrase, "this"));
    write(
        Diagnostic::new(Code::E0115, span, title)
            .label("a range of values")
            .note("both ends of `between` are included"),
        span,
        instead,
    )
}

/// `>= 10 g/dL and <= 16 g/dL`
pub(in crate::syntax) fn second_bound(sign_span: Span, whole: Span, sign: &str, instead: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0114, sign_span, format!("nothing before `{sign}`")).label("name what is compared");
    write(diagnostic.note("every comparison names its value, again behind `and` and `or`"), whole, instead)
}

/// `age >= 18 years and <= 75 years`, of which both ends are included: `ends` is `between 18 years and 75 years`.
pub(in crate::syntax) fn both_ends(diagnostic: Diagnostic, span: Span, name: &str, ends: &str) -> Diagnostic {
    diagnostic.help(format!("both ends are included, so that it is also `{name} {ends}`")).fix(
        format!("write `{ends}`"),
        span,
        ends,
        Safety::Ask,
    )
}

/// `is at least 40 kg`
pub(in crate::syntax) fn spoken(span: Span, phrase: &str, sign: &str) -> Diagnostic {
    let title = format!("`{phrase}` is written as a sign");
    let diagnostic = match sign {
        ">" | "<" => Diagnostic::new(Code::E0115, span, title)
            .label(format!("write `{sign}` or `{sign}=`"))
            .note(format!("with `{sign}=` the bound itself counts too")),
        _ => Diagnostic::new(Code::E0115, span, title).label(format!("write `{sign}`")),
    };
    write(diagnostic, span, sign)
}

/// `weight is >= 40 kg`
pub(in crate::syntax) fn copula(span: Span, phrase: &str, sign: &str) -> Diagnostic {
    Diagnostic::new(Code::E0115, span, format!("`{sign}` directly follows what it compares, without `{phrase}`"))
        .about(sign)
        .label("not needed")
        .fix(format!("remove `{phrase}`"), span, "", if phrase == "is" { Safety::Safe } else { Safety::Ask })
}

/// `3 log10 copies/mL`; `value` is ten to that power, where it is exact.
pub(in crate::syntax) fn logarithm(span: Span, phrase: &str, value: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0115, span, format!("`{phrase}` is a logarithm, and a bound is the number itself"))
            .label("a logarithm")
            .note("`3 log10` of a unit is `1000` of it");
    match value {
        Some(value) => write(diagnostic, span, value),
        None => diagnostic.help("write ten to that power, such as `1e3`"),
    }
}

/// `10 g/dL or higher`
pub(in crate::syntax) fn or_more(span: Span, phrase: &str, instead: &str, bound: &str) -> Diagnostic {
    if instead.is_empty() {
        return Diagnostic::new(Code::E0115, span, format!("`{phrase}` is not needed behind a sign"))
            .label("not needed")
            .note(format!("`>= {bound}` and `<= {bound}` include the bound"))
            .fix(format!("remove `{phrase}`"), span, "", Safety::Ask);
    }
    let title = format!("{} is written with a sign before the bound", quoted(phrase, "this"));
    write(Diagnostic::new(Code::E0115, span, title).label(format!("write `{instead}`")), span, instead)
}

/// `class III or IV`
pub(in crate::syntax) fn levels(span: Span, phrase: &str, instead: &[String]) -> Diagnostic {
    let title = format!("several levels are written in braces, not as {}", quoted(phrase, "this"));
    instead.iter().fold(Diagnostic::new(Code::E0119, span, title).label("a level and another"), |diagnostic, one| {
        write(diagnostic, span, one)
    })
}

/// `positive hbsag`, `hbsag+`
pub(in crate::syntax) fn result(span: Span, phrase: &str, instead: &str) -> Diagnostic {
    let title = format!("a result follows its test and `is`: {}", quoted(instead, "`TEST is positive`"));
    let diagnostic =
        Diagnostic::new(Code::E0117, span, title).about(instead).label(format!("{} is no condition", shorten(phrase)));
    write(diagnostic, span, instead)
}

/// `bleeding grade >= 2`: the attribute's place, the whole, and what it may be written as.
pub(in crate::syntax) fn attribute(span: Span, whole: Span, phrase: &str, instead: &[String]) -> Diagnostic {
    let mut words = phrase.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let title = format!("nothing joins {} and {}", shorten(first), shorten(second));
    let diagnostic =
        Diagnostic::new(Code::E0112, span, title).about(phrase).label("of what is before it, or another condition?");
    let diagnostic = match instead {
        [of_entry, of_value] => {
            diagnostic.note(format!("`{of_entry}` asks of an entry, `{of_value}` of one value of the patient"))
        }
        [one] => diagnostic.note(format!("`{one}` asks it of the entries; two conditions are joined by `and` or `or`")),
        _ => diagnostic,
    };
    instead.iter().fold(diagnostic, |diagnostic, one| write(diagnostic, whole, one))
}

/// `in the last 3 months`
pub(in crate::syntax) fn looks_back(span: Span, phrase: &str, instead: &str, anchored: bool) -> Diagnostic {
    if anchored {
        return window_in_words(span, phrase, instead, "a window of the language");
    }
    let title = format!("{} does not say before which date", quoted(phrase, "the window"));
    write(Diagnostic::new(Code::E0122, span, title).label("looks back from when?"), span, instead)
}

/// `for 8 weeks`; `length` is that of the stretch, and nothing behind `no`, where none in that time is meant.
pub(in crate::syntax) fn for_length(span: Span, phrase: &str, instead: &str, length: Option<&str>) -> Diagnostic {
    let Some(length) = length else {
        let title = format!("{} behind `no` is written {}", quoted(phrase, "this"), quoted(instead, "`within ..`"));
        let diagnostic = Diagnostic::new(Code::E0116, span, title).label("none in that time");
        return write(diagnostic.note("`no .. for at least` denies one unbroken course only"), span, instead);
    };
    let title = format!("{} is written {}", quoted(phrase, "this"), quoted(instead, "`for at least ..`"));
    let diagnostic = Diagnostic::new(Code::E0116, span, title)
        .kind(DiagnosticKind::ForLength)
        .label("a stretch without a break")
        .note(format!("`lasting at least {length}` asks for any stretch of that length"));
    write(diagnostic, span, instead)
}

/// `within two weeks`
pub(in crate::syntax) fn in_digits(span: Span, phrase: &str, number: &str) -> Diagnostic {
    write(
        Diagnostic::new(Code::E0116, span, format!("the number of `{phrase}` is written in digits"))
            .label(format!("`{number}`")),
        span,
        number,
    )
}

/// `within -7 days of screening`
pub(in crate::syntax) fn signed_length(span: Span, length: &str, instead: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0116, span, format!("a length of time has no sign: `{length}`"))
        .label("`before` or `after` say which way");
    write(diagnostic, span, instead)
}

/// `stroke 6 months before screening`
pub(in crate::syntax) fn bare_length(span: Span, length: &str, side: &str, denied: bool) -> Diagnostic {
    if denied {
        let within = format!("within {length}");
        let diagnostic = Diagnostic::new(Code::E0122, span, format!("`{length}` needs the word `within`"))
            .label("none in that time?");
        return write(diagnostic.note(format!("`no .. {within} {side}` is none in that time")), span, &within);
    }
    let title = format!("`{length}` needs a word: within, or at least that long");
    let diagnostic = Diagnostic::new(Code::E0122, span, title).label("no longer ago, or no later?");
    let within = format!("within {length}");
    let least = format!("at least {length}");
    diagnostic
        .note(format!("`{within} {side}` is that near, `{least} {side}` that far or farther"))
        .fix(format!("write `{within}`"), span, within, Safety::Ask)
        .fix(format!("write `{least}`"), span, least, Safety::Ask)
}

/// `stroke ever`
pub(in crate::syntax) fn any_time(span: Span, phrase: &str, subject: &str) -> Diagnostic {
    let name = quoted(subject, "a name");
    Diagnostic::new(Code::E0116, span, format!("{name} without a window is of any time already, without `{phrase}`"))
        .about(subject)
        .label("not needed")
        .note("`prior` before a name asks for one that began before the anchor")
        .fix(format!("remove `{phrase}`"), span, "", Safety::Ask)
}

/// `during the study`
pub(in crate::syntax) fn of_study(span: Span, phrase: &str, instead: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0122, span, format!("`{phrase}` names no date that a record has"))
        .label("from when on?");
    let diagnostic = diagnostic.help("a window is about an anchor, a date such as `screening` or `infusion`");
    write(diagnostic, span, instead)
}

/// `within screening`
pub(in crate::syntax) fn within_anchor(span: Span, anchor: &str) -> Diagnostic {
    Diagnostic::new(Code::E0122, span, format!("`within {anchor}` does not say how near"))
        .label("a length of time belongs behind this")
        .help(format!("write `within 4 weeks before {anchor}`, or `at {anchor}` for that very day"))
        .fix(format!("write `at {anchor}`"), span, "at", Safety::Ask)
}

/// `before 2024-01-01`
pub(in crate::syntax) fn calendar_date(span: Span, side: &str) -> Diagnostic {
    Diagnostic::new(Code::E0122, span, "a window is about an anchor, not about a day of the calendar")
        .label("the same day for every patient")
        .help(format!("write `{side} screening`, or declare an anchor of the trial: `anchor study_start`"))
}

/// `within 30 days or 5 half_lives`
pub(in crate::syntax) fn two_lengths(
    span: Span,
    whole: Span,
    second: &str,
    instead: &str,
    shorter: bool,
) -> Diagnostic {
    let title = format!("`{second}` is a second window, which a condition of its own asks for");
    let note = if shorter {
        "one entry that lies in both windows is in the shorter"
    } else {
        "an entry in either window is in the longer"
    };
    write(Diagnostic::new(Code::E0116, span, title).label("two lengths in one window").note(note), whole, instead)
}

/// `= "positive"`
pub(in crate::syntax) fn quoted_code(span: Span, whole: Span, instead: &str) -> Diagnostic {
    write(Diagnostic::new(Code::E0118, span, "a value is written without quotes").label("a text"), whole, instead)
}

/// `>= 6 of 68`
pub(in crate::syntax) fn of_most(span: Span, phrase: &str, bound: &str) -> Diagnostic {
    Diagnostic::new(Code::E0115, span, format!("a number is compared alone, without `{phrase}`"))
        .label("not needed")
        .note("the greatest value that can be is part of the declaration: `score 0..68`")
        .fix(format!("write `{bound}`"), span, "", Safety::Ask)
}

/// `ana is positive (>= 1:80)`
pub(in crate::syntax) fn titre(span: Span, asked: &str) -> Diagnostic {
    let name = asked.split(' ').next().unwrap_or_default();
    Diagnostic::new(Code::E0115, span, "a titre is a result of its own")
        .label("a second question")
        .help(format!("declare it, `fact {name}: titre 1:10..1:10240`, and write `and {asked}`"))
}

/// `>= 6 tender joints`
pub(in crate::syntax) fn leading_sign(span: Span, sign: &str, instead: &str) -> Diagnostic {
    write(
        Diagnostic::new(Code::E0114, span, format!("nothing before `{sign}`")).label("name what is compared first"),
        span,
        instead,
    )
}

/// `low c3`
pub(in crate::syntax) fn low_or_high(span: Span, phrase: &str, instead: &str) -> Diagnostic {
    let title = format!("{} is compared with the limit of normal", quoted(phrase, "this"));
    let diagnostic = Diagnostic::new(Code::E0115, span, title).label("below or above which limit?");
    write(diagnostic.note("the limit is that of the result itself; the protocol may name another"), span, instead)
}
