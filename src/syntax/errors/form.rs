//! The wording of small errors of form: what a statement, a window or a number lacks.

use crate::diag::{Code, Diagnostic, DiagnosticKind, Safety};
use crate::source::Span;

/// A criterion that says nothing.
pub(in crate::syntax) fn empty_criterion(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, format!("`{word}` is followed by no condition"))
        .kind(DiagnosticKind::NoCondition)
        .label("a condition belongs behind this")
        .help("what is not encoded yet is written `todo \"text of the protocol\"`")
}

/// `define x =` and nothing more.
pub(in crate::syntax) fn empty_definition(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, "a definition says nothing")
        .label("a condition or value belongs here")
        .help("write what the name means: `define active = sledai2k >= 7`")
}

/// `assert "text":`
pub(in crate::syntax) fn empty_assertion(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, "an edit check says nothing")
        .label("a condition belongs here")
        .help("write what is so in every record: `assert \"a man is not pregnant\": not (sex is male and pregnant)`")
}

/// `any of {}`
pub(in crate::syntax) fn empty_block(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, "a list of conditions is empty")
        .label("no item in these braces")
        .help("list at least one condition between the braces, with commas between several")
}

/// `()`
pub(in crate::syntax) fn empty_parenthesis(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, "there is nothing in these parentheses")
        .label("a condition belongs here")
        .help("write a condition between the parentheses, or remove them")
}

/// `min()`
pub(in crate::syntax) fn empty_call(span: Span, function: &str) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, format!("`{function}` needs at least one value"))
        .label("no value given")
        .help(format!("write `{function}(a, b)`"))
}

/// `expect` and nothing more.
pub(in crate::syntax) fn empty_expectation(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, "`expect` is followed by nothing")
        .label("what is expected belongs here")
        .help("write `expect I7 pass, verdict eligible`")
}

/// `expect eligible`
pub(in crate::syntax) fn bare_verdict(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, format!("`{word}` is a verdict, which is written `verdict {word}`"))
        .label("`verdict` is missing")
        .fix(format!("write `verdict {word}`"), span, format!("verdict {word}"), Safety::Safe)
}

/// `group x` without members.
pub(in crate::syntax) fn no_members(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, format!("the group `{name}` has no members"))
        .label("`{` and its members belong behind this")
        .help(format!("write `group {name} {{ first, second }}`"))
}

pub(in crate::syntax) fn nothing_added(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, format!("nothing is added to `{name}`"))
        .label("what is added belongs behind this")
        .help(format!(
            "write attributes, `extend {name} {{ attribute: yes_no }}`, or values, `extend {name} one of {{ a, b }}`"
        ))
}

/// `18 <= age <= 70`
pub(in crate::syntax) fn second_comparison(span: Span, sign: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Code::E0121, span, "two comparisons of one value in a row")
        .label(format!("second comparison, `{sign}`"))
        .also(first, "first comparison")
        .help("write `x between 18 and 70`, or join two comparisons with `and`, naming the value in each")
}

/// `>= 3` with nothing before it.
pub(in crate::syntax) fn no_subject(span: Span, sign: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0114, span, format!("nothing before `{sign}`"));
    match sign {
        "within" | "before" | "after" | "at" | "more" | "for" | "lasting" => diagnostic
            .label("name what this is about")
            .help("a window follows what it is about; a second window follows the first without `and`"),
        _ => diagnostic
            .label("name what is compared")
            .help(format!("every comparison names its value, again behind `and` and `or`: `VALUE {sign} ..`")),
    }
}

/// `when a when b`
pub(in crate::syntax) fn second_guard(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::E0121, span, "a criterion has one `when` or `unless` at most")
        .label("the second")
        .also(first, "the first")
        .help("join the two conditions with `and` or `or`")
}

/// `results count for 28 days, results count at any age`
pub(in crate::syntax) fn second_results(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::E0113, span, "a criterion says once how long results count")
        .label("the second")
        .also(first, "the first")
        .help("keep one of the two; a value that needs another time has a window of its own: `within 90 days before screening`")
}

/// `[I 5]`
pub(in crate::syntax) fn bad_id(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0113, span, "a criterion's number is letters, digits, `.`, `-` and `_`")
        .label("does not belong to a number")
        .help("write it as the protocol does, without blanks: `[I5.1]`")
}

/// `not in kg`
pub(in crate::syntax) fn not_in_unit(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, "`not in` needs codes in braces")
        .label("a unit")
        .help("write `not in {echo, muga}`")
}

/// `more 6 months before A`
pub(in crate::syntax) fn more_without_than(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, "`more` is followed by `than`").label("`than` is missing").fix(
        "write `more than`",
        span,
        "more than",
        Safety::Safe,
    )
}

/// `at most 6 months before A`
pub(in crate::syntax) fn at_most_window(span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(Code::E0116, span, format!("a window with `{words}` is written `within`"))
        .label("not a window")
        .help("`within` counts both ends")
        .fix("write `within`", span, "within", Safety::Ask)
}

/// `more than 6 months of A`
pub(in crate::syntax) fn beyond_of(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0122, span, "`of` looks both ways, and so goes only with `within`")
        .label("`before` or `after`")
        .help("write `before` or `after`")
        .fix("write `before`", span, "before", Safety::Ask)
        .fix("write `after`", span, "after", Safety::Ask)
}

/// `more than 6 months`
pub(in crate::syntax) fn no_direction(span: Span, length: &str) -> Diagnostic {
    Diagnostic::new(Code::E0402, span, format!("a window of `{length}` does not say `before` or `after`"))
        .label("which way?")
        .help("write `before` or `after` and an anchor")
}

/// `for at least 2 months`
pub(in crate::syntax) fn for_without_before(span: Span, length: &str) -> Diagnostic {
    Diagnostic::new(Code::E0122, span, "`for at least` does not say before what")
        .label("`before` and an anchor are missing")
        .help(format!("write `for at least {length} before screening`, or `lasting at least {length}` for any stretch"))
        .note(format!("none in that time is `no .. within {length} before screening`"))
}

/// `prior to A`
pub(in crate::syntax) fn misspelt_side(span: Span, words: &str, right: &str) -> Diagnostic {
    Diagnostic::new(Code::E0106, span, format!("`{words}` is written `{right}`")).label(format!("`{right}`")).fix(
        format!("write `{right}`"),
        span,
        right,
        Safety::Safe,
    )
}

/// `=` and its kin.
pub(in crate::syntax) fn misspelt_operator(span: Span, sign: &str, right: &str) -> Diagnostic {
    let title = match (sign, right) {
        ("=", "==") => "`=` does not compare".to_owned(),
        _ => format!("`{sign}` is written `{right}`"),
    };
    let diagnostic = Diagnostic::new(Code::E0106, span, title).label(format!("`{right}`"));
    let diagnostic =
        if (sign, right) == ("x", "*") { diagnostic.kind(DiagnosticKind::TimesInWords) } else { diagnostic };
    let diagnostic = if sign == "=" && right == "==" {
        diagnostic.note("a code is compared with `is`, a number with `==`")
    } else {
        diagnostic
    };
    // `=>` may also be meant as an arrow, and `x` be what is left of a power of ten or of `x ULN`.
    let safety = if matches!(sign, "=>" | "x" | "X" | "×") { Safety::Ask } else { Safety::Safe };
    diagnostic.fix(format!("write `{right}`"), span, right, safety)
}

/// `AND`
pub(in crate::syntax) fn upper_case_keyword(span: Span, word: &str) -> Diagnostic {
    let lower = word.to_ascii_lowercase();
    Diagnostic::new(Code::E0120, span, format!("`{word}` is written in lower case")).label(format!("`{lower}`")).fix(
        format!("write `{lower}`"),
        span,
        lower,
        Safety::Safe,
    )
}

/// `20,000`
pub(in crate::syntax) fn thousands_comma(span: Span, written: &str) -> Diagnostic {
    let plain = written.replace(',', "");
    Diagnostic::new(Code::E0107, span, format!("`{written}` has a comma inside a number"))
        .label("no comma in a number")
        .note(format!(
            "digits may be grouped as `{}`; a comma between two items has a blank behind it",
            written.replace(',', "_")
        ))
        .fix(format!("write `{plain}`"), span, plain, Safety::Ask)
}

/// `2026-3-1`
pub(in crate::syntax) fn bad_date(span: Span, written: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0107, span, format!("`{written}` is not written as a date"))
        .label("not a date")
        .help("a date is `2026`, `2026-03`, `2026-03-01` or `2026-03-01T09:00`, with two digits a part");
    let parts: Vec<&str> = written.split('-').collect();
    let is_day = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year, rest @ ..] if year.len() == 4 && !rest.is_empty() && rest.len() <= 2 && rest.iter().all(is_day) => {
            let padded: String = rest.iter().map(|part| format!("-{part:0>2}")).collect();
            let date = format!("{year}{padded}");
            diagnostic.fix(format!("write `{date}`"), span, date, Safety::Ask)
        }
        _ => diagnostic,
    }
}

/// `at least 2.5`
pub(in crate::syntax) fn bad_count(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(Code::E0107, span, format!("`{written}` is not a count"))
        .label("a whole number belongs here")
        .help("write a whole number below 4294967296")
}

/// `grade 5..0`, `grade 0..1e9`
pub(in crate::syntax) fn bad_levels(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0107, span, "a range of levels runs from a whole number up to at most 99 more")
        .label("not a range of levels")
        .help("write `grade 0..5`")
}

/// `I < II > III`
pub(in crate::syntax) fn mixed_order(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0121, span, "levels are listed one way: all with `<` or all with `>`")
        .label("turns round here")
        .help("list the levels from the lowest up: `class I < II < III`")
}

/// `ana: "positive"`
pub(in crate::syntax) fn quoted_value(span: Span, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0118, span, "a value is written without quotes").label("a text");
    let is_word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_word { diagnostic.fix(format!("write `{text}`"), span, text, Safety::Safe) } else { diagnostic }
}

/// `"\d"`
pub(in crate::syntax) fn bad_escape(span: Span, escaped: Option<char>) -> Diagnostic {
    let escaped = escaped.map(String::from).unwrap_or_default();
    Diagnostic::new(Code::E0118, span, format!("`\\{escaped}` means nothing in a text"))
        .label("in this text")
        .help("write `\\\"` for a quote, `\\\\` for a backslash, `\\n` for a line end")
}

/// A chain of operators past the limit.
pub(in crate::syntax) fn too_tall(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0103, span, "too many operators in one expression")
        .label("too long a chain")
        .help("name a part of it with `define`")
}
