//! Spellings of units and second scales of a quantity: `E0202`, `E0301`, `E0304`, `E0315`, `E0316`.

use crate::diag::suggest::suggesting;
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast::{Name, Text, Unit as UnitText};
use crate::units::{Unit, UnitError};

pub(crate) fn unit_already_known(spelling: &Text) -> Diagnostic {
    Diagnostic::new(Code::E0202, spelling.span, format!("`{}` is a unit already", spelling.text))
        .label("has a meaning")
        .help("remove the declaration, or choose a spelling that is not a unit yet")
}

pub(crate) fn unknown_unit(text: &UnitText, error: &UnitError) -> Diagnostic {
    let near: Vec<&str> = error.suggestions.iter().map(String::as_str).collect();
    let diagnostic = Diagnostic::new(Code::E0304, text.span, format!("`{}` is not a unit", text.text))
        .about(&*text.text)
        .label(error.to_string());
    if matches!(text.text.as_str(), "point" | "points" | "pts" | "score" | "joint" | "joints" | "time" | "times") {
        return diagnostic.help("a score and a count are written without a unit").fix(
            format!("remove `{}`", text.text),
            text.span,
            "",
            Safety::Ask,
        );
    }
    let small = text.text.to_lowercase();
    if small == "lg" || small.starts_with("log") || small.starts_with("lg[") || small.starts_with("lg{") {
        return diagnostic
            .note("a logarithm is read of copies, genomes and international units alone, as `log10 copies/mL`")
            .help("write the number itself and its unit, such as `1e3 {copies}/mL`");
    }
    match near.as_slice() {
        [_, ..] => suggesting(diagnostic, text.span, &near),
        [] => diagnostic.help("units are UCUM, such as `mg/dL`, `10*9/L`, `/uL`, `mL/min/{1.73_m2}`; a spelling of your own is declared with `unit \"..\" = ..`"),
    }
}

pub(crate) fn unit_of_other_dimension(text: &UnitText, given: &Unit, wanted: &Unit) -> Diagnostic {
    let title = if given.is_number() && wanted.is_plain() {
        format!("`{}` is a scale of its own, but a plain number is needed", text.text)
    } else {
        format!("`{}` is {}, but {} is needed", text.text, given.measures_a(), wanted.measures_a())
    };
    Diagnostic::new(Code::E0301, text.span, title)
        .label(given.measures())
        .help(format!("write it in `{}` or a unit that converts to it", wanted.everyday()))
}

pub(crate) fn scale_of_one_unit(span: Span, name: &Name, own: &Unit) -> Diagnostic {
    Diagnostic::new(Code::E0315, span, format!("both units of this scale convert to `{}` by their size", own.ucum()))
        .label("there is no second scale in it")
        .also(name.span, format!("kept in {}", own.everyday()))
        .help("a unit that converts by its size needs no declaration: remove the scale")
}

pub(crate) fn scale_of_others(span: Span, name: &Name, own: &Unit) -> Diagnostic {
    Diagnostic::new(
        Code::E0315,
        span,
        format!("no unit of this scale is that of `{}`, which is `{}`", name.text, own.ucum()),
    )
    .label("says nothing of this fact")
    .also(name.span, format!("kept in {}", own.everyday()))
    .help(format!("one side of the rule is in `[{}]`", own.ucum()))
}

pub(crate) fn scale_that_falls(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0315, span, format!("the second scale of `{name}` does not rise with the first"))
        .label("must be above zero")
        .help("a bound would turn round on such a scale; declare a fact of its own for it")
}

pub(crate) fn converts_already(span: Span, unit: &Unit, own: &Unit, name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0316, span, format!("`{}` is said to convert to `{}` in two ways", unit.ucum(), own.ucum()))
        .label("converts in another way already")
        .also(name.span, format!("kept in {}", own.everyday()))
        .help("keep one: the size of the units, `molar`, `equates` for arbitrary units, or `scale`")
}
