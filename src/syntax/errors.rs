//! The wording of every syntax error. Passes say what is wrong; this file says it to people.

use super::parse::Rule;
use super::words::{
    MODIFIER_WORDS, OTHER_WORDS, STATEMENT_WORDS, TYPE_WORDS, is_reserved, is_statement_word,
};
use super::{MAX_BYTES, MAX_DEPTH};
use crate::diag::suggest::{did_you_mean, nearest};
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;

/// Something the grammar needs and did not find.
pub(super) struct Wanted {
    /// With its article: "a value".
    what: &'static str,
    /// What to write.
    help: &'static str,
}

/// What an empty `want_*` node stands for; `None` for other nodes.
pub(super) fn wanted(rule: Rule) -> Option<Wanted> {
    let (what, help) = match rule {
        Rule::want_and => (
            "`and` between the two ends",
            "write `between 18 and 70 years`",
        ),
        Rule::want_anchor => (
            "an anchor",
            "name an anchor such as `screening` or `consent`",
        ),
        Rule::want_at_least => (
            "`at least`",
            "write `for at least 2 months before screening`",
        ),
        Rule::want_brace => ("`{`", "put the items in braces, with commas between them"),
        Rule::want_bound => (
            "`at least` or `more than`",
            "write `lasting at least 14 days`",
        ),
        Rule::want_code => ("a code or a level", "write `is positive` or `is class III`"),
        Rule::want_colon => ("`:`", ""),
        Rule::want_condition => ("a condition", ""),
        Rule::want_count => ("a number", "write `at least 2`"),
        Rule::want_date => ("a date", "write a date such as `2026-03-01`"),
        Rule::want_dots => ("`..`", "write a range such as `0..105`"),
        Rule::want_else => ("`else`", "write `if CONDITION then VALUE else VALUE`"),
        Rule::want_equals => ("`=`", ""),
        Rule::want_filter => (
            "`(`",
            "put what is left out in parentheses: `except (site is skin)`",
        ),
        Rule::want_id => (
            "a criterion's number",
            "write the protocol's number, such as `[I5.1]`, or leave the brackets out",
        ),
        Rule::want_length => (
            "a length of time",
            "write a number and a unit, such as `6 months`",
        ),
        Rule::want_levels => ("levels", "write `class I < II < III` or `grade 0..5`"),
        Rule::want_name => (
            "a name",
            "names are lower-case letters, digits and `_`, and no reserved word",
        ),
        Rule::want_no => ("`means no`", "write `absent means no`"),
        Rule::want_of => (
            "`of`",
            "write `any of { .. }`, `all of { .. }` or `none of { .. }`",
        ),
        Rule::want_outcome => (
            "an outcome",
            "write `I7 pass`, `I7 fail`, `I7 unknown` or `verdict eligible`",
        ),
        Rule::want_path => (
            "a vocabulary's name or a file",
            "write `use sle` or `use \"./site.elig\"`",
        ),
        Rule::want_range => ("a range", "write a range such as `0..105`"),
        Rule::want_set => (
            "codes in braces, or a unit",
            "write `in {echo, muga}` or `in kg`",
        ),
        Rule::want_side => ("`before` or `after`", ""),
        Rule::want_text => ("a text in quotes", "write it in double quotes: `\"..\"`"),
        Rule::want_then => ("`then`", "write `if CONDITION then VALUE else VALUE`"),
        Rule::want_type => (
            "a type",
            "the types are `quantity [UNIT]`, `score 0..10`, `class I < II`, `grade 0..5`, `ordinal A > B`, \
             `one of {..}`, `yes_no` and `date`",
        ),
        Rule::want_unit => (
            "a unit",
            "write `quantity [mg/dL]`, `molar 584.66 g/mol` or `half_life 11 d`",
        ),
        Rule::want_value => ("a value", ""),
        Rule::want_when => (
            "`when`",
            "a second bound holds under a condition: `, or < 3.0 mg/dL when gilbert_syndrome`",
        ),
        _ => return None,
    };
    Some(Wanted { what, help })
}

/// Whether `text` ends what stands before it, so that it is not what should change.
pub(super) fn ends_something(text: &str) -> bool {
    is_reserved(text) || matches!(text, "," | ")" | "}" | "]" | ":" | "(" | "{" | "[")
}

/// "expected a value after `>=`".
pub(super) fn expected(
    wanted: &Wanted,
    before: (Span, &str),
    found: (Span, &str),
    names_found: bool,
) -> Diagnostic {
    let after = shorten(before.1);
    let place = if before.1.is_empty() {
        String::new()
    } else {
        format!(" after {after}")
    };
    let what = wanted.what;
    let mut diagnostic = if names_found {
        let title = format!("expected {what}{place}, found {}", shorten(found.1));
        Diagnostic::new(Code::E0101, found.0, title).label(format!("expected {what} here"))
    } else {
        let title = format!("expected {what}{place}");
        Diagnostic::new(Code::E0101, before.0, title).label(format!("{what} belongs behind this"))
    };
    if names_found {
        let words: &[&str] = match what {
            "a type" => TYPE_WORDS,
            "a condition" | "a value" | "an anchor" | "a name" => &[],
            _ => OTHER_WORDS,
        };
        if let Some(hint) = near_word(found.1, words) {
            diagnostic = diagnostic.help(hint);
        }
        if what == "a length of time" && number_word(found.1).is_some() {
            let digits = number_word(found.1).unwrap_or_default();
            return diagnostic
                .help(format!("numbers are written in digits: `{digits}`"))
                .fix(format!("write `{digits}`"), found.0, digits, Safety::Ask);
        }
    }
    if what == "`:`" && found.1 != "=" {
        let at = before.0.after();
        diagnostic = diagnostic.fix("write `:`", at, ":", Safety::Ask);
    }
    if !wanted.help.is_empty() {
        diagnostic = diagnostic.help(wanted.help);
    }
    if is_statement_word(found.1) || !is_reserved(found.1) || names_found {
        return diagnostic;
    }
    if matches!(what, "a name" | "an anchor" | "a code or a level") {
        diagnostic = diagnostic.note(format!("`{}` is a reserved word", found.1));
    }
    diagnostic
}

/// A token that nothing reads. `behind` is what follows it, `before` the token before it.
pub(super) fn unexpected(
    span: Span,
    token: &str,
    behind: &str,
    before: (Span, &str),
) -> Diagnostic {
    let shown = shorten(token);
    let error = |title: String| Diagnostic::new(Code::E0101, span, title);
    if token == ","
        && before.1.bytes().all(|byte| byte.is_ascii_digit())
        && starts_with_digit(behind)
        && !before.1.is_empty()
    {
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let whole = before.0.merge(span);
        let whole = Span {
            end: whole.end + u32::try_from(digits.len()).unwrap_or(0),
            ..whole
        };
        return Diagnostic::new(
            Code::E0107,
            whole,
            format!("`{},{digits}` is not a number", before.1),
        )
        .label("a comma inside a number")
        .help("the decimal sign is a point")
        .fix(
            format!("write `{}.{digits}`", before.1),
            whole,
            format!("{}.{digits}", before.1),
            Safety::Ask,
        );
    }
    match token {
        "" => error("the text ends here in the middle of a statement".to_owned()),
        "," => error("a comma does not join conditions".to_owned())
            .label("neither `and` nor `or`")
            .help("write `and` or `or`; a second bound is written `, or < 3.0 mg/dL when CONDITION`"),
        ";" => error("a statement needs no `;` at its end".to_owned())
            .label("not needed")
            .fix("remove it", span, "", Safety::Safe),
        "." => error("a statement needs no full stop at its end".to_owned())
            .label("not needed")
            .fix("remove it", span, "", Safety::Safe),
        ":" => error("a colon has no meaning here".to_owned())
            .label("not needed")
            .help("a statement word is followed by what it says: `require [I7] sledai2k >= 7`"),
        "'" | "‘" | "’" | "`" => error(format!("{shown} does not begin a text"))
            .label("not a quote of elig")
            .help("texts stand in double quotes: `\"..\"`"),
        "²" | "³" => {
            let digit = if token == "²" { "2" } else { "3" };
            Diagnostic::new(Code::E0106, span, format!("`{token}` is a power only inside a unit"))
                .label("a raised digit")
                .fix(format!("write `^{digit}`"), span, format!("^{digit}"), Safety::Safe)
        }
        "_" | "%" | "/" | "*" | "+" | "^" => error(format!("{shown} stands without what it belongs to")).label("nothing to apply it to"),
        _ if token.starts_with('"') => error("a text stands where a condition belongs".to_owned())
            .label("a text")
            .help("a person's judgement is written `judged \"..\"`, what is not encoded yet `todo \"..\"`"),
        _ if is_reserved(token) => {
            let help = match token {
                "none" => "write `none of { .. }`, or `no` before a name",
                "then" | "else" => "write `if CONDITION then VALUE else VALUE`",
                "when" | "unless" => "`when` and `unless` stand once, at the end of a criterion",
                "of" => "write `any of { .. }`, or `within 4 weeks of screening`",
                "than" => "write `>` or `<`, or `more than 6 months before screening`",
                "by" => "write `judged \"..\" by sponsor`",
                _ => "",
            };
            let diagnostic = error(format!("`{token}` does not fit here")).label("not expected here");
            if help.is_empty() { diagnostic } else { diagnostic.help(help) }
        }
        _ => {
            let diagnostic = error(format!("{shown} does not fit here")).label("not expected here");
            let words: Vec<&str> = OTHER_WORDS.iter().chain(MODIFIER_WORDS).chain(STATEMENT_WORDS).copied().collect();
            match near_word(token, &words) {
                Some(hint) => diagnostic.help(hint),
                None if token.chars().any(|c| !c.is_ascii()) => {
                    diagnostic.help("names are ASCII letters, digits and `_`; other writing stands in quotes or comments")
                }
                None => diagnostic,
            }
        }
    }
}

/// Two conditions with nothing between them.
pub(super) fn side_by_side(before: (Span, &str), found: (Span, &str)) -> Diagnostic {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(before.1) && digits(found.1) {
        let whole = before.0.merge(found.0);
        let joined = format!("{}{}", before.1, found.1);
        return Diagnostic::new(
            Code::E0107,
            whole,
            format!("`{} {}` is not a number", before.1, found.1),
        )
        .label("a blank inside a number")
        .fix(format!("write `{joined}`"), whole, joined, Safety::Ask);
    }
    if before.1 == "." && digits(found.1) {
        return Diagnostic::new(
            Code::E0107,
            before.0.merge(found.0),
            format!("`.{}` is not a number", found.1),
        )
        .label("a digit belongs before the point")
        .fix(
            format!("write `0.{}`", found.1),
            before.0.merge(found.0),
            format!("0.{}", found.1),
            Safety::Ask,
        );
    }
    let (left, right) = (shorten(before.1), shorten(found.1));
    let diagnostic = Diagnostic::new(
        Code::E0101,
        found.0,
        format!("nothing joins {left} and {right}"),
    )
    .label("`and`, `or` or a sign before this");
    if let Some(hint) = near_word(found.1, OTHER_WORDS) {
        return diagnostic.help(hint);
    }
    if let Some(hint) = near_word(before.1, OTHER_WORDS) {
        return diagnostic.also(before.0, "maybe a slip here").help(hint);
    }
    if looks_like_id(before.1) {
        return diagnostic.help(format!(
            "a criterion's number stands in brackets: `[{}]`",
            before.1
        ));
    }
    diagnostic.help(
        "join two conditions with `and` or `or`, compare a value with `>=`, `<=`, `==` or `is`",
    )
}

/// Two items without a comma.
pub(super) fn missing_comma(span: Span, token: &str, after: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        format!("a comma is missing before {}", shorten(token)),
    )
    .label("the next item begins here")
    .fix("write a comma", after, ",", Safety::Safe)
}

/// A comma with no item before it.
pub(super) fn empty_item(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "a comma has no item before it")
        .label("an item is missing here")
        .fix("remove the comma", span, "", Safety::Ask)
}

/// `(a, b)` around conditions.
pub(super) fn comma_for_and(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "a comma does not join conditions")
        .label("neither `and` nor `or`")
        .help("write `and` or `or` inside parentheses")
        .fix("write `and`", span, " and", Safety::Ask)
}

/// A criterion that says nothing.
pub(super) fn empty_criterion(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        format!("`{word}` is followed by no condition"),
    )
    .label("a condition belongs behind this")
    .help("what is not encoded yet is written `todo \"text of the protocol\"`")
}

/// `define x =` and nothing more.
pub(super) fn empty_definition(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "a definition says nothing")
        .label("a condition or value belongs here")
}

/// `any of {}`
pub(super) fn empty_block(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "a list of conditions is empty")
        .label("no item in these braces")
}

/// `()`
pub(super) fn empty_parenthesis(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "there is nothing in these parentheses")
        .label("a condition belongs here")
}

/// `min()`
pub(super) fn empty_call(span: Span, function: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        format!("`{function}` needs at least one value"),
    )
    .label("no value given")
}

/// `expect` and nothing more.
pub(super) fn empty_expectation(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "`expect` is followed by nothing")
        .label("what is expected belongs here")
        .help("write `expect I7 pass, verdict eligible`")
}

/// `expect eligible`
pub(super) fn bare_verdict(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        format!("`{word}` is a verdict, which is written `verdict {word}`"),
    )
    .label("`verdict` is missing")
    .fix(
        format!("write `verdict {word}`"),
        span,
        format!("verdict {word}"),
        Safety::Safe,
    )
}

/// `group x` without members.
pub(super) fn no_members(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        format!("the group `{name}` has no members"),
    )
    .label("`{` and its members belong behind this")
    .help(format!("write `group {name} {{ first, second }}`"))
}

/// `18 <= age <= 70`
pub(super) fn second_comparison(span: Span, sign: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "two comparisons of one value in a row")
        .label(format!("second comparison, `{sign}`"))
        .also(first, "first comparison")
        .help("write `x between 18 and 70`, or join two comparisons with `and`, naming the value in each")
}

/// `>= 3` with nothing before it.
pub(super) fn no_subject(span: Span, sign: &str) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, format!("nothing stands before `{sign}`"))
        .label("name what is compared")
        .help("every comparison names its value: `pga >= 1 and pga <= 2`")
}

/// `when a when b`
pub(super) fn second_guard(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        "a criterion has one `when` or `unless` at most",
    )
    .label("the second")
    .also(first, "the first")
    .help("join the two conditions with `and` or `or`")
}

/// `[I 5]`
pub(super) fn bad_id(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        "a criterion's number is letters, digits, `.`, `-` and `_`",
    )
    .label("does not belong to a number")
}

/// `not in kg`
pub(super) fn not_in_unit(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "`not in` needs codes in braces")
        .label("a unit")
        .help("write `not in {echo, muga}`")
}

/// `more 6 months before A`
pub(super) fn more_without_than(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "`more` is followed by `than`")
        .label("`than` is missing")
        .fix("write `more than`", span, "more than", Safety::Safe)
}

/// `at most 6 months before A`
pub(super) fn at_most_window(span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        format!("a window with `{words}` is written `within`"),
    )
    .label("not a window")
    .help("`within` counts both ends")
    .fix("write `within`", span, "within", Safety::Ask)
}

/// `more than 6 months of A`
pub(super) fn beyond_of(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        "`of` looks both ways, and so goes only with `within`",
    )
    .label("`before` or `after`")
    .help("write `before` or `after`")
}

/// `more than 6 months`
pub(super) fn no_direction(span: Span, length: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0402,
        span,
        format!("a window of `{length}` does not say `before` or `after`"),
    )
    .label("which way?")
    .help("write `before` or `after` and an anchor")
}

/// `for at least 2 months`
pub(super) fn for_without_before(span: Span, length: &str) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "`for at least` does not say before what")
        .label("`before` and an anchor are missing")
        .help(format!("write `for at least {length} before screening`, or `lasting at least {length}` for any stretch"))
}

/// `prior to A`
pub(super) fn misspelt_side(span: Span, words: &str, right: &str) -> Diagnostic {
    Diagnostic::new(Code::E0106, span, format!("`{words}` is written `{right}`"))
        .label(format!("`{right}`"))
        .fix(format!("write `{right}`"), span, right, Safety::Safe)
}

/// `=` and its kin.
pub(super) fn misspelt_operator(span: Span, sign: &str, right: &str) -> Diagnostic {
    let title = match (sign, right) {
        ("=", "==") => "`=` does not compare".to_owned(),
        _ => format!("`{sign}` is written `{right}`"),
    };
    let diagnostic = Diagnostic::new(Code::E0106, span, title).label(format!("`{right}`"));
    let diagnostic = if sign == "=" && right == "==" {
        diagnostic.help("write `==` for a number, `is` for a code")
    } else {
        diagnostic
    };
    diagnostic.fix(format!("write `{right}`"), span, right, Safety::Safe)
}

/// `AND`
pub(super) fn upper_case_keyword(span: Span, word: &str) -> Diagnostic {
    let lower = word.to_ascii_lowercase();
    Diagnostic::new(
        Code::E0101,
        span,
        format!("`{word}` is written in lower case"),
    )
    .label(format!("`{lower}`"))
    .fix(format!("write `{lower}`"), span, lower, Safety::Safe)
}

/// `20,000`
pub(super) fn thousands_comma(span: Span, written: &str) -> Diagnostic {
    let plain = written.replace(',', "");
    Diagnostic::new(
        Code::E0107,
        span,
        format!("`{written}` has a comma inside a number"),
    )
    .label("no comma in a number")
    .help(format!(
        "write `{plain}`, or `{}`; a comma between two items has a blank behind it",
        written.replace(',', "_")
    ))
    .fix(format!("write `{plain}`"), span, plain, Safety::Ask)
}

/// `2026-3-1`
pub(super) fn bad_date(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0107,
        span,
        format!("`{written}` is not written as a date"),
    )
    .label("not a date")
    .help("a date is `2026`, `2026-03`, `2026-03-01` or `2026-03-01T09:00`, with two digits a part")
}

/// `at least 2.5`
pub(super) fn bad_count(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(Code::E0107, span, format!("`{written}` is not a count"))
        .label("a whole number belongs here")
        .help("write a whole number below 4294967296")
}

/// `grade 5..0`, `grade 0..1e9`
pub(super) fn bad_levels(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0107,
        span,
        "a range of levels runs from a whole number up to at most 99 more",
    )
    .label("not a range of levels")
    .help("write `grade 0..5`")
}

/// `I < II > III`
pub(super) fn mixed_order(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0101,
        span,
        "levels are listed one way: all with `<` or all with `>`",
    )
    .label("turns round here")
}

/// `ana: "positive"`
pub(super) fn quoted_value(span: Span, text: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0101, span, "a value stands without quotes").label("a text");
    let is_word = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_word {
        diagnostic.fix(format!("write `{text}`"), span, text, Safety::Safe)
    } else {
        diagnostic
    }
}

/// `"\d"`
pub(super) fn bad_escape(span: Span, escaped: Option<char>) -> Diagnostic {
    let escaped = escaped.map(String::from).unwrap_or_default();
    Diagnostic::new(
        Code::E0101,
        span,
        format!("`\\{escaped}` means nothing in a text"),
    )
    .label("in this text")
    .help("write `\\\"` for a quote, `\\\\` for a backslash, `\\n` for a line end")
}

/// A bracket that is never closed; `found` is where it was given up.
pub(super) fn unclosed(opener: Span, sign: &str, found: Span, token: &str) -> Diagnostic {
    let closer = match sign {
        "(" => ")",
        "[" => "]",
        _ => "}",
    };
    let diagnostic = Diagnostic::new(Code::E0102, opener, format!("`{sign}` is never closed"))
        .label(format!("`{closer}` is missing"));
    match token {
        "" => diagnostic.note("the file ends before it is closed"),
        _ if is_statement_word(token) => diagnostic.also(found, "the next statement begins here"),
        _ => diagnostic.also(found, format!("`{closer}` belongs before this")),
    }
}

/// A text without its second quote.
pub(super) fn unclosed_text(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0102, span, "a text is never closed")
        .label("no second quote")
        .help("a text ends with `\"`; a quote inside a text is written `\\\"`")
}

/// `)` without `(`.
pub(super) fn nothing_to_close(span: Span, byte: u8, open: Option<(Span, u8)>) -> Diagnostic {
    let sign = char::from(byte);
    let diagnostic = Diagnostic::new(Code::E0101, span, format!("`{sign}` closes nothing"))
        .label("no bracket to close");
    match open {
        Some((place, closer)) => {
            diagnostic.also(place, format!("waits for `{}`", char::from(closer)))
        }
        None => diagnostic.fix("remove it", span, "", Safety::Ask),
    }
}

/// Brackets past the limit.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::E0103,
        span,
        format!("brackets are nested more than {MAX_DEPTH} deep"),
    )
    .label("one too many")
    .help("name a part of the condition with `define`")
}

/// A chain of operators past the limit.
pub(super) fn too_tall(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0103, span, "too many operators in one expression")
        .label("too long a chain")
        .help("name a part of it with `define`")
}

/// A file past the limit.
pub(super) fn too_large(span: Span, bytes: usize) -> Diagnostic {
    Diagnostic::new(
        Code::E0104,
        span,
        format!("the file has {bytes} bytes, more than the {MAX_BYTES} that are read"),
    )
    .help("split it and name the parts with `use`")
}

/// A statement word misspelt.
pub(super) fn misspelt_statement(span: Span, word: &str, meant: &str) -> Diagnostic {
    if word.eq_ignore_ascii_case(meant) {
        return Diagnostic::new(Code::E0105, span, format!("`{word}` is written `{meant}`"))
            .label("in lower case")
            .fix(format!("write `{meant}`"), span, meant, Safety::Safe);
    }
    let diagnostic = Diagnostic::new(
        Code::E0105,
        span,
        format!("`{word}` does not begin a statement"),
    );
    let near = nearest(word, [meant], 1);
    let diagnostic = match did_you_mean(&near) {
        Some(hint) => diagnostic.label(hint),
        None => diagnostic.label(format!("the word is `{meant}`")),
    };
    diagnostic.fix(format!("write `{meant}`"), span, meant, Safety::Ask)
}

/// Text before the first statement.
pub(super) fn no_statement(span: Span, token: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::E0105,
        span,
        format!("{} does not begin a statement", shorten(token)),
    )
    .label("no statement word");
    match did_you_mean(&nearest(token, STATEMENT_WORDS.iter().copied(), 1)) {
        Some(hint) => diagnostic.help(hint),
        None => diagnostic.help("a criterion begins with `require` or `exclude`"),
    }
}

/// What the parser could not place at all.
pub(super) fn not_understood(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0101, span, "this is not understood").label("here")
}

/// `（`, `＞`, `–`
pub(super) fn look_alike(span: Span, written: &str, plain: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0106,
        span,
        format!("`{written}` is written `{plain}`"),
    )
    .label(format!("looks like `{plain}`"))
    .fix(format!("write `{plain}`"), span, plain, Safety::Safe)
}

/// `“text”`
pub(super) fn curly_quotes(span: Span, inner: &str) -> Diagnostic {
    let inner = inner.replace('\\', "\\\\").replace('"', "\\\"");
    Diagnostic::new(Code::E0106, span, "a text stands in straight quotes")
        .label("typographic quotes")
        .fix(
            "write straight quotes",
            span,
            format!("\"{inner}\""),
            Safety::Safe,
        )
}

/// In backticks, cut after 24 characters; "the text" for a text.
fn shorten(token: &str) -> String {
    if token.starts_with('"') && token.len() > 1 {
        return "the text".to_owned();
    }
    match token.char_indices().nth(24) {
        Some((at, _)) => format!("`{}..`", token.get(..at).unwrap_or_default()),
        None => format!("`{token}`"),
    }
}

fn near_word(token: &str, words: &[&str]) -> Option<String> {
    let is_word = token.len() > 2
        && token
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if !is_word || token.len() > 20 {
        return None;
    }
    did_you_mean(&nearest(token, words.iter().copied(), 1))
}

fn looks_like_id(token: &str) -> bool {
    let mut bytes = token.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_uppercase())
        && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
}

fn starts_with_digit(text: &str) -> bool {
    text.bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit())
}

fn number_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        "ten" => "10",
        "twelve" => "12",
        _ => return None,
    })
}
