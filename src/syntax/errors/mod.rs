//! The wording of every syntax error. Passes say what is wrong; this file says it to people.

mod form;
mod phrases;
mod prose;
mod scan;

pub(super) use form::*;
pub(super) use phrases::*;
pub(super) use prose::*;
pub(super) use scan::*;

use prose::shorten;

use super::grammar::Rule;
use super::lexer::{MODIFIER_WORDS, OTHER_WORDS, STATEMENT_WORDS, TYPE_WORDS, is_reserved, is_statement_word};
use crate::diag::suggest::{did_you_mean, edit_distance, nearest};
use crate::diag::{Code, Diagnostic, DiagnosticKind, Part, Safety};
use crate::source::Span;

/// Something the grammar needs and did not find.
pub(super) struct Expected {
    /// Its node in the grammar.
    rule: Rule,
    /// With its article: "a value".
    what: &'static str,
    /// What to write.
    help: &'static str,
}

/// What an empty `want_*` node means; `None` for other nodes.
pub(super) fn wanted(rule: Rule) -> Option<Expected> {
    let (what, help) = match rule {
        Rule::want_age => ("`any age`", "write `results count at any age` or `results count for 28 days`"),
        Rule::want_and => ("`and` between the two ends", "write `between 18 and 70 years`"),
        Rule::want_anchor => ("an anchor", "name an anchor such as `screening` or `consent`"),
        Rule::want_at_least => ("`at least`", "write `for at least 2 months before screening`"),
        Rule::want_up_to => ("`of up to`", "write `with gaps of up to 7 days`"),
        Rule::want_brace => ("`{`", "put the items in braces, with commas between them"),
        Rule::want_bound => ("`at least` or `more than`", "write `lasting at least 14 days`"),
        Rule::want_code => ("a code or a level", "write `is positive` or `is class III`"),
        Rule::want_colon => ("`:`", ""),
        Rule::want_condition => {
            ("a condition", "a condition asks one thing, such as `age >= 18 years` or `prior stroke`")
        }
        Rule::want_count => ("a number", "write `at least 2`"),
        Rule::want_date => ("a date", "write a date such as `2026-03-01`"),
        Rule::want_dots => ("`..`", "write a range such as `0..105`"),
        Rule::want_else => ("`else`", "write `if CONDITION then VALUE else VALUE`"),
        Rule::want_equals => ("`=`", ""),
        Rule::want_filter => ("`(`", "put what is left out in parentheses: `except (site is skin)`"),
        Rule::want_id => {
            ("a criterion's number", "write the protocol's number, such as `[I5.1]`, or leave the brackets out")
        }
        Rule::want_length => ("a length of time", "write a number and a unit, such as `6 months`"),
        Rule::want_levels => ("a list of levels", "write `class I < II < III` or `grade 0..5`"),
        Rule::want_name => ("a name", "names are lower-case letters, digits and `_`, and no reserved word"),
        Rule::want_no => ("`no`", "write `absent means no`"),
        Rule::want_of => ("`of`", "write `any of { .. }`, `all of { .. }` or `none of { .. }`"),
        Rule::want_on => ("`on`", "write `bears on pregnant`"),
        Rule::want_outcome => ("an outcome", "write `I7 pass`, `I7 fail`, `I7 unknown` or `verdict eligible`"),
        Rule::want_path => ("a vocabulary's name or a file", "write `use sle` or `use \"./site.elig\"`"),
        Rule::want_range => ("a range", "write a range such as `0..105`"),
        Rule::want_set => ("codes in braces, or a unit", "write `in {echo, muga}` or `in kg`"),
        Rule::want_side => ("`before` or `after`", ""),
        Rule::want_source => {
            ("where the rule was read", "write `source` and where, such as `source \"NGSP, IFCC standardisation\"`")
        }
        Rule::want_text => ("a text in quotes", "write it in double quotes: `\"..\"`"),
        Rule::want_then => ("`then`", "write `if CONDITION then VALUE else VALUE`"),
        Rule::want_type => (
            "a type",
            "the types are `quantity [UNIT]`, `score 0..10`, `titre 1:10..1:5120`, `class I < II`, `grade 0..5`, \
             `ordinal A > B`, `one of {..}`, `yes_no` and `date`",
        ),
        Rule::want_unit => {
            ("a unit", "write `quantity [mg/dL]`, `molar 584.66 g/mol`, `scale [%] = ..` or `half_life 11 d`")
        }
        Rule::want_value => ("a value", "write a number with its unit, such as `18 years` or `60 g/L`"),
        Rule::want_when => {
            ("`when`", "a second bound holds under a condition: `, or < 3.0 mg/dL when gilbert_syndrome`")
        }
        _ => return None,
    };
    Some(Expected { rule, what, help })
}

/// Whether `text` ends what is before it, so that it is not what should change.
pub(super) fn ends_something(text: &str) -> bool {
    is_reserved(text) || matches!(text, "," | ")" | "}" | "]" | ":" | "(" | "{" | "[")
}

/// "expected a value after `>=`".
pub(super) fn expected(wanted: &Expected, before: (Span, &str), found: (Span, &str), names_found: bool) -> Diagnostic {
    let after = shorten(before.1);
    let place = if before.1.is_empty() { String::new() } else { format!(" after {after}") };
    let Expected { rule, what, help } = *wanted;
    let part = match rule {
        Rule::want_when => Part::When,
        Rule::want_text => Part::Text,
        _ => Part::Other,
    };
    let mut diagnostic = if names_found {
        let title = format!("expected {what}{place}, found {}", shorten(found.1));
        Diagnostic::new(Code::E0111, found.0, title).label(format!("expected {what} here"))
    } else {
        let title = format!("expected {what}{place}");
        Diagnostic::new(Code::E0111, before.0, title).label(format!("{what} belongs behind this"))
    }
    .kind(DiagnosticKind::Expected { part, instead: names_found })
    .about(before.1);
    if names_found {
        let words: &[&str] = match rule {
            Rule::want_type => TYPE_WORDS,
            Rule::want_condition | Rule::want_value | Rule::want_anchor | Rule::want_name => &[],
            _ => OTHER_WORDS,
        };
        if let Some(word) = near_word(found.1, words) {
            diagnostic = diagnostic.label(format!("did you mean `{word}`?"));
            diagnostic = diagnostic.fix(format!("write `{word}`"), found.0, word, Safety::Ask);
        }
        if matches!(rule, Rule::want_length | Rule::want_count) && number_word(found.1).is_some() {
            let digits = number_word(found.1).unwrap_or_default();
            return diagnostic.note("numbers are written in digits").fix(
                format!("write `{digits}`"),
                found.0,
                digits,
                Safety::Ask,
            );
        }
    }
    if rule == Rule::want_and && names_found && matches!(found.1, "to" | "-" | "," | "..") {
        diagnostic = diagnostic.fix("write `and`", found.0, "and", Safety::Ask);
    }
    if rule == Rule::want_colon && found.1 != "=" {
        let at = before.0.after();
        diagnostic = diagnostic.fix("write `:`", at, ":", Safety::Ask);
    }
    if rule == Rule::want_equals {
        let at = before.0.after();
        diagnostic = diagnostic.fix("write `=`", at, " =", Safety::Ask);
    }
    if !help.is_empty() {
        diagnostic = diagnostic.help(help);
    }
    if is_statement_word(found.1) || !is_reserved(found.1) || names_found {
        return diagnostic;
    }
    if matches!(rule, Rule::want_name | Rule::want_anchor | Rule::want_code) {
        diagnostic = diagnostic.note(format!("`{}` is a reserved word", found.1));
    }
    diagnostic
}

/// A token that nothing reads. `behind` is what follows it, `before` the token before it.
/// `last` says whether the statement ends behind it.
pub(super) fn unexpected(span: Span, token: &str, behind: &str, before: (Span, &str), last: bool) -> Diagnostic {
    let shown = shorten(token);
    let error = |code: Code, title: String| Diagnostic::new(code, span, title);
    if token == ","
        && before.1.bytes().all(|byte| byte.is_ascii_digit())
        && starts_with_digit(behind)
        && !before.1.is_empty()
    {
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let whole = before.0.merge(span);
        let whole = Span { end: whole.end + u32::try_from(digits.len()).unwrap_or(0), ..whole };
        return Diagnostic::new(Code::E0107, whole, format!("`{},{digits}` is not a number", before.1))
            .label("a comma inside a number")
            .help("the decimal sign is a point")
            .fix(format!("write `{}.{digits}`", before.1), whole, format!("{}.{digits}", before.1), Safety::Ask);
    }
    if token == ":"
        && before.1.bytes().all(|byte| byte.is_ascii_digit())
        && starts_with_digit(behind)
        && !before.1.is_empty()
    {
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let whole = before.0.merge(span);
        let whole = Span { end: whole.end + u32::try_from(digits.len()).unwrap_or(0), ..whole };
        return Diagnostic::new(Code::E0107, whole, format!("`{}:{digits}` is not a number", before.1))
            .label("a titre?")
            .note("a titre is written as its dilution, with no blank about the colon")
            .fix(format!("write `1:{digits}`"), whole, format!("1:{digits}"), Safety::Ask);
    }
    if token == "." && starts_with_digit(behind) {
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let length = u32::try_from(digits.len()).unwrap_or(0);
        let whole = Span { end: span.end + length, ..span };
        let title = format!("`.{digits}` is not a number");
        if before.0.end == span.start && before.1.ends_with(|c: char| c.is_alphanumeric()) {
            let diagnostic = Diagnostic::new(Code::E0107, whole, title);
            return if before.1.ends_with(|c: char| c.is_ascii_digit()) {
                diagnostic.label("a second point").help("a number has one point; digits may be grouped as `20_000`")
            } else {
                diagnostic
                    .label("a point inside a unit?")
                    .help("write the unit as UCUM does, such as `mL/min/{1.73_m2}`")
            };
        }
        return Diagnostic::new(Code::E0107, whole, title).label("a digit belongs before the point").fix(
            format!("write `0.{digits}`"),
            whole,
            format!("0.{digits}"),
            Safety::Safe,
        );
    }
    match token {
        "" => error(Code::E0111, "the text ends here in the middle of a statement".to_owned())
            .label("the end")
            .help("finish the statement"),
        "," | "，" | "、" => error(Code::E0112, "a comma does not join conditions".to_owned())
            .kind(DiagnosticKind::CommaJoinsNothing)
            .label("neither `and` nor `or`")
            .help("write `and` or `or`, or list several in braces: `any of { .., .. }`, and kinds as `{ .., .. }`")
            .fix("write `and`", span, " and", Safety::Ask)
            .fix("write `or`", span, " or", Safety::Ask),
        ";" if last => error(Code::E0113, "a statement needs no `;` at its end".to_owned()).label("not needed").fix(
            "remove it",
            span,
            "",
            Safety::Safe,
        ),
        "." if last => error(Code::E0113, "a statement needs no full stop at its end".to_owned())
            .label("not needed")
            .fix("remove it", span, "", Safety::Safe),
        ";" | "." => error(Code::E0113, format!("{shown} has no meaning inside a statement"))
            .label("not expected here")
            .help("a statement ends where the next one begins; conditions are joined by `and` and `or`"),
        ":" => error(Code::E0113, "a colon has no meaning here".to_owned())
            .label("not needed")
            .help("a statement word is followed by what it says: `require [I7] sledai2k >= 7`")
            .fix("remove it", span, "", Safety::Ask),
        "'" | "‘" | "’" | "`" => error(Code::E0118, format!("{shown} does not begin a text"))
            .label("not a quote of elig")
            .help("texts are written in double quotes: `\"..\"`"),
        "²" | "³" => {
            let digit = if token == "²" { "2" } else { "3" };
            Diagnostic::new(Code::E0106, span, format!("`{token}` is a power only inside a unit"))
                .kind(DiagnosticKind::RaisedDigit)
                .label("a raised digit")
                // It may also be the number of a footnote.
                .fix(format!("write `^{digit}`"), span, format!("^{digit}"), Safety::Ask)
        }
        "_" | "%" | "/" | "*" | "+" | "^" => error(Code::E0113, format!("{shown} without what it belongs to"))
            .kind(DiagnosticKind::SignAlone)
            .label("nothing to apply it to"),
        _ if token.starts_with(['"', '“', '”', '„']) => {
            error(Code::E0118, "a text where a condition belongs".to_owned())
                .label("a text")
                .help("a person's judgement is written `judged \"..\"`, what is not encoded yet `todo \"..\"`")
        }
        _ if is_reserved(token) => {
            let help = match token {
                "none" => "write `none of { .. }`, or `no` before a name",
                "then" | "else" => "write `if CONDITION then VALUE else VALUE`",
                "when" | "unless" => "`when` and `unless` are written once, at the end of a criterion",
                "of" => "write `any of { .. }`, or `within 4 weeks of screening`",
                "than" => "write `>` or `<`, or `more than 6 months before screening`",
                "by" => "write `judged \"..\" by sponsor`",
                "more" => "name what is compared first: `VALUE > ..`; of entries write `at least 2 ..`",
                _ => {
                    "this is a word of the language: name what is asked before it, or give a name of your own another spelling"
                }
            };
            error(Code::E0113, format!("`{token}` does not fit here")).label("not expected here").help(help)
        }
        _ => {
            let words: Vec<&str> = OTHER_WORDS.iter().chain(MODIFIER_WORDS).chain(STATEMENT_WORDS).copied().collect();
            if let Some(word) = near_word(token, &words) {
                return misspelt_word(span, token, word);
            }
            let diagnostic = error(Code::E0113, format!("{shown} does not fit here")).label("not expected here");
            if token.is_ascii() {
                return diagnostic;
            }
            diagnostic.help("names are ASCII letters, digits and `_`; other writing belongs in quotes or comments")
        }
    }
}

/// Two conditions with nothing between them.
pub(super) fn side_by_side(before: (Span, &str), found: (Span, &str)) -> Diagnostic {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(before.1) && digits(found.1) {
        let whole = before.0.merge(found.0);
        let joined = format!("{}{}", before.1, found.1);
        return Diagnostic::new(Code::E0107, whole, format!("`{} {}` is not a number", before.1, found.1))
            .label("a blank inside a number")
            .fix(format!("write `{joined}`"), whole, joined, Safety::Ask);
    }
    if matches!(before.1, "last" | "past" | "previous" | "preceding") {
        return Diagnostic::new(Code::E0122, before.0, format!("`{}` does not say before which date", before.1))
            .label("looks back from when?")
            .help("write a window and its anchor, such as `within 6 months before screening`");
    }
    if let Some(signs) = spoken_sign(found.1) {
        return Diagnostic::new(Code::E0115, found.0, format!("`{}` is written as a sign", found.1))
            .label(format!("write {signs}"))
            .help(format!("write {signs}: with `=` the bound itself counts"));
    }
    let (left, right) = (shorten(before.1), shorten(found.1));
    // Words of examples are in no condition: `live` is not `like`.
    let words: Vec<&str> = OTHER_WORDS.iter().copied().filter(|word| !matches!(*word, "like" | "expect")).collect();
    for (span, text) in [found, before] {
        if let Some(word) = near_word(text, &words) {
            return misspelt_word(span, text, word);
        }
    }
    if looks_like_id(before.1) {
        return Diagnostic::new(Code::E0119, before.0, "a criterion's number is written in brackets")
            .label(format!("write `[{}]`", before.1))
            .fix(format!("write `[{}]`", before.1), before.0, format!("[{}]", before.1), Safety::Ask);
    }
    let title = format!("nothing joins {left} and {right}");
    let diagnostic =
        Diagnostic::new(Code::E0112, found.0, title).about(before.1).label("`and`, `or` or a sign before this");
    diagnostic.help("join two conditions with `and` or `or`, compare a value with `>=`, `<=`, `==` or `is`")
}

/// The signs that a word of a comparison means.
fn spoken_sign(word: &str) -> Option<&'static str> {
    match word {
        "greater" | "higher" | "above" | "over" | "larger" => Some("`>` or `>=`"),
        "less" | "lower" | "below" | "under" | "smaller" | "fewer" => Some("`<` or `<=`"),
        _ => None,
    }
}

/// An anchor of the author's own inside the braces of the trial; `statement` declares it.
pub(super) fn anchor_in_trial(span: Span, statement: &str) -> Diagnostic {
    Diagnostic::new(Code::E0113, span, "anchors are declared by statements of their own, behind the trial's braces")
        .label("declared inside them")
        .note("`anchor` inside the braces names the anchor that windows mean when they name none")
        .help(format!("write `{statement}` behind the `}}`"))
}

/// Two items without a comma.
pub(super) fn missing_comma(span: Span, token: &str, after: Span, same_line: bool) -> Diagnostic {
    // On one line, `and` or `or` may be what is missing.
    let safety = if same_line { Safety::Ask } else { Safety::Safe };
    Diagnostic::new(Code::E0111, span, format!("a comma is missing before {}", shorten(token)))
        .label("the next item begins here")
        .fix("write a comma", after, ",", safety)
}

/// A comma with no item before it.
pub(super) fn empty_item(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0111, span, "a comma has no item before it").label("an item is missing here").fix(
        "remove the comma",
        span,
        "",
        Safety::Ask,
    )
}

/// `(a, b)` around conditions.
pub(super) fn comma_for_and(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0112, span, "a comma does not join conditions")
        .kind(DiagnosticKind::CommaJoinsNothing)
        .label("neither `and` nor `or`")
        .help("write `and` or `or` inside parentheses")
        .fix("write `and`", span, " and", Safety::Ask)
        .fix("write `or`", span, " or", Safety::Ask)
}

/// Text before the first statement.
pub(super) fn no_statement(span: Span, token: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0105, span, format!("{} does not begin a statement", shorten(token)))
        .label("no statement word");
    let near = nearest(token, STATEMENT_WORDS.iter().copied(), 1);
    match (did_you_mean(&near), near.first()) {
        (Some(hint), Some(word)) => diagnostic.help(hint).fix(format!("write `{word}`"), span, *word, Safety::Ask),
        _ => {
            let before = Span { end: span.start, ..span };
            diagnostic
                .help("a criterion begins with `require` or `exclude`")
                .fix("write `require` before it", before, "require ", Safety::Ask)
                .fix("write `exclude` before it", before, "exclude ", Safety::Ask)
        }
    }
}

/// What the parser could not place at all.
pub(super) fn not_understood(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0113, span, "this is not understood")
        .label("here")
        .help("a statement begins with a word such as `require`, `exclude` or `define`")
}

/// A word that is nearly one of the language.
fn misspelt_word(span: Span, word: &str, meant: &str) -> Diagnostic {
    let title = format!("{} does not fit here", shorten(word));
    Diagnostic::new(Code::E0120, span, title).label(format!("did you mean `{meant}`?")).fix(
        format!("write `{meant}`"),
        span,
        meant,
        Safety::Ask,
    )
}

/// The word of `words` that `token` nearly is.
fn near_word<'w>(token: &str, words: &[&'w str]) -> Option<&'w str> {
    let is_word =
        token.len() > 2 && token.len() <= 20 && token.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if !is_word || words.contains(&token) {
        return None;
    }
    nearest(token, words.iter().copied(), 1).first().copied()
}

/// Whether `word` is a word of conditions but for one letter.
pub(super) fn is_slip_of_the_pen(word: &str) -> bool {
    let near = |other: &&&str| !matches!(**other, "like" | "expect") && other.len().abs_diff(word.len()) < 2;
    word.len() > 3 && OTHER_WORDS.iter().filter(near).any(|other| edit_distance(word, other) == 1)
}

pub(super) fn looks_like_id(token: &str) -> bool {
    let mut bytes = token.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_uppercase()) && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
}

fn starts_with_digit(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

pub(super) fn number_word(word: &str) -> Option<&'static str> {
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
