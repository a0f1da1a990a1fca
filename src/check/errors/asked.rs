//! What a value still needs to be a condition, said with the author's own words: `E0207`, `E0308`, `E0310`, `E0318`,
//! or what it says twice: `W0711`.

use crate::diag::suggest::nearest_names;
use crate::diag::suggest::suggesting;
use crate::diag::wording::short;
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name};
use crate::vocab::Type;

/// A level as a condition names it: `class III`, but `partial` of a scale that has no word of its own.
fn level(scale: &str, word: &str) -> String {
    if scale == "ordinal" { word.to_owned() } else { format!("{scale} {word}") }
}

/// The levels of a scale, for a note.
fn levels_are(scale: &str, levels: &[String]) -> String {
    let of = if scale == "ordinal" { String::new() } else { format!("{scale} ") };
    format!("the {of}levels are {}", levels.join(" < "))
}

/// `3`, `hemoglobin + 3 g/L`, `if .. then .. else ..`
pub(crate) fn quantity_as_condition(expr: &Expr, text: &str) -> Diagnostic {
    let text = short(text);
    let help = match &expr.kind {
        ExprKind::Literal { .. } => {
            format!(
                "say what is compared with it: `.. >= {text}`, `.. <= {text}`; a second bound names its value again"
            )
        }
        _ => format!("compare it with a bound: `{text} >= ..`, `{text} <= ..`"),
    };
    Diagnostic::new(Code::E0318, expr.span, "a quantity where a condition is needed")
        .label("a number, not a yes or no")
        .help(help)
}

/// A value, or a defined quantity, of which nothing is asked.
pub(crate) fn no_comparison(span: Span, text: &str, ty: Option<&Type>, anchor: &str) -> Diagnostic {
    let name = short(text);
    let help = match ty {
        Some(Type::Quantity(unit)) if unit.ucum() != "1" => {
            let unit = unit.everyday();
            format!("say which values are meant: `{name} >= .. {unit}`, `{name} between .. and .. {unit}`")
        }
        Some(Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. }) | None => {
            format!("say which values are meant: `{name} >= ..`, `{name} between .. and ..`")
        }
        Some(Type::Ordinal { scale, levels }) => {
            let one = levels.get(levels.len() / 2).map_or_else(|| "..".to_owned(), |word| level(scale, word));
            format!("say which levels are meant: `{name} >= {one}`, `{name} is {one}`")
        }
        Some(Type::Coded(values)) => {
            let one = values.first().map_or("..", String::as_str);
            format!("say which value is meant: `{name} is {one}`, or several with `{name} in {{ .. }}`")
        }
        Some(Type::Date) => format!("say when: `{name} before {anchor}`, `{name} within .. before {anchor}`"),
        Some(Type::YesNo) => format!("write `{name}` or `not {name}`"),
    };
    let label = match ty {
        None => "a quantity".to_owned(),
        Some(Type::Date) => "a date".to_owned(),
        Some(ty) => ty.describe(),
    };
    Diagnostic::new(Code::E0318, span, format!("`{}` is a value, not a condition", text.trim())).label(label).help(help)
}

pub(crate) fn compared_date(span: Span, subject: &str, anchor: &str) -> Diagnostic {
    let subject = short(subject);
    Diagnostic::new(Code::E0320, span, "a date is not compared with `>=` or `is`")
        .label("needs a window")
        .help(format!("write a window: `{subject} before {anchor}`, `{subject} at least .. before {anchor}`"))
}

pub(crate) fn two_comparisons(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0320, span, "one value has two comparisons")
        .label("second comparison")
        .help("write `between .. and ..`, or join two conditions with `and`")
}

pub(crate) fn no_subject(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0318, span, "the comparison has nothing to compare")
        .label("what is compared?")
        .help("name the fact before it")
}

/// A comparison without a subject behind a clause that is not one comparison.
pub(crate) fn subject_of_several(span: Span, text: &str) -> Diagnostic {
    let text = text.trim();
    Diagnostic::new(Code::E0318, span, format!("`{text}` does not say what it is about"))
        .label("of which value?")
        .note("what is before the comma is not one comparison, and this is an alternative to all of it")
        .help(format!("name each value that has another bound: `, or .. {text} and .. {text} when ..`"))
}

pub(crate) fn level_alone(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::E0318, span, "a level without a comparison")
        .label("nothing is compared with it")
        .help(format!("write the fact before it: `.. >= {text}`, `.. is {text}`"))
}

pub(crate) fn limit_alone(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::E0324, span, "a multiple of ULN or LLN belongs on the right of a comparison")
        .label("no result to take the limit from")
        .help(format!("write the fact before it: `.. <= {text}`; the limit is that result's own"))
}

pub(crate) fn level_expected(span: Span, scale: &str, levels: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0308, span, "an ordinal is compared with one of its levels")
        .label("not a level")
        .note(levels_are(scale, levels));
    match levels.last() {
        Some(last) => diagnostic.help(format!("name one of them, such as `{}`", level(scale, last))),
        None => diagnostic,
    }
}

pub(crate) fn unknown_level(name: &Name, scale: &str, levels: &[String]) -> Diagnostic {
    let near = nearest_names(&name.text, levels.iter().map(String::as_str), 1);
    let what = if scale == "ordinal" { "level" } else { scale };
    let diagnostic = Diagnostic::new(Code::E0207, name.span, format!("`{}` is not a {what} of this scale", name.text))
        .about(&*name.text)
        .label("unknown level")
        .note(levels_are(scale, levels));
    let roman = match name.text.as_str() {
        "1" => Some("I"),
        "2" => Some("II"),
        "3" => Some("III"),
        "4" => Some("IV"),
        "5" => Some("V"),
        _ => None,
    };
    match roman.filter(|roman| levels.iter().any(|level| level == roman)) {
        Some(roman) => diagnostic.help(format!("did you mean `{roman}`?")).fix(
            format!("write `{roman}`"),
            name.span,
            roman,
            Safety::Safe,
        ),
        None => suggesting(diagnostic, name.span, &near),
    }
}

pub(crate) fn every_or_no_level(span: Span, scale: &str, levels: &[String], none: bool) -> Diagnostic {
    let title = if none { "no level meets this" } else { "every level meets this" };
    Diagnostic::new(Code::E0310, span, title)
        .label(if none { "never true" } else { "always true" })
        .note(levels_are(scale, levels))
        .help("choose a level that some patients meet and others miss")
}

/// `alt or ast > 3 x ULN`: the first of the values, the whole, and what to write for it.
pub(crate) fn value_before(name: &Name, whole: Span, instead: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0318, name.span, format!("`{}` is not compared with anything", name.text))
        .label("the comparison follows another name")
        .note("every comparison names its value");
    if instead.len() > 120 || instead.contains(['\n', '#']) {
        return diagnostic.help(format!("say the comparison of `{}` too", name.text));
    }
    diagnostic.fix(format!("write `{instead}`"), whole, instead, Safety::Ask)
}

/// `rhythm is sinus or paced`: the value that is alone, of what, the whole, and what to write for it.
pub(crate) fn value_alone(value: &Name, of: &str, whole: Span, instead: String) -> Diagnostic {
    Diagnostic::new(Code::E0318, value.span, format!("`{}` is a value of `{of}`, not a condition", value.text))
        .label("not a condition by itself")
        .help(format!("write `{instead}`"))
        .fix(format!("write `{instead}`"), whole, instead, Safety::Ask)
}
