//! Titres: `E0352`, `E0353`, `W0740`.

use crate::check::quantity_data::Sides;
use crate::diag::wording::choices;
use crate::diag::{Code, Diagnostic, Safety};
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::Number;
use crate::units::Unit;

/// `ana_titre >= 80`
pub(crate) fn number_for_titre(number: &Number, left: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0352, number.span, format!("`{left}` is a titre, but `{}` is a number", number.text))
            .about(left)
            .label("no titre");
    let is_dilution = Rational::parse_literal(&number.text).is_ok_and(|value| value >= Rational::one());
    if !is_dilution || number.text.contains(['e', 'E']) {
        return diagnostic.help("write the dilution, such as `1:80`");
    }
    let titre = format!("1:{}", number.text);
    diagnostic.help(format!("write `{titre}`")).fix(format!("write `{titre}`"), number.span, titre, Safety::Ask)
}

/// `platelets >= 1:80`
pub(crate) fn titre_for_number(number: &Number, left: &str, unit: &Unit) -> Diagnostic {
    let measures = unit.measures_a();
    Diagnostic::new(Code::E0352, number.span, format!("`{left}` is {measures}, but `{}` is a titre", number.text))
        .about(left)
        .label("a titre")
        .help("a titre is compared with a fact that is declared as one: `fact ana_titre: titre 1:10..1:10240`")
}

/// `ana_titre >= sledai2k`, `ana_titre >= 80 U/mL`
pub(crate) fn titre_and_other(sides: &Sides<'_>) -> Diagnostic {
    let (left, right) = (sides.left.measures_a(), sides.right.measures_a());
    let headline = format!("`{}` is {left}, but `{}` is {right}", sides.left_text, sides.right_text);
    Diagnostic::new(Code::E0352, sides.right_span, headline)
        .label(right)
        .also(sides.left_span, left)
        .help("compare a titre with a titre, such as `1:80`")
}

/// `ana_titre >= 1:0`
pub(crate) fn bad_titre(number: &Number) -> Diagnostic {
    Diagnostic::new(Code::E0353, number.span, format!("`{}` is no titre", number.text))
        .label("of what dilution?")
        .help("write the dilution, which is 1 or more: `1:80`")
}

/// `ana_titre >= 1:100`, where laboratories report 1:80 and 1:160
pub(crate) fn between_dilutions(span: Span, bound: &Rational, below: &Rational, above: &Rational) -> Diagnostic {
    let steps = [below, above].map(|step| format!("1:{step}"));
    let diagnostic = Diagnostic::new(Code::W0740, span, format!("1:{bound} lies between two dilutions"))
        .label(format!("between 1:{below} and 1:{above}"))
        .note("a laboratory doubles the dilution with each step, so that no result is between two of them")
        .help(format!("write {}, or declare where the series begins", choices(steps.iter().map(String::as_str))));
    steps
        .into_iter()
        .fold(diagnostic, |diagnostic, step| diagnostic.fix(format!("write `{step}`"), span, step, Safety::Ask))
}
