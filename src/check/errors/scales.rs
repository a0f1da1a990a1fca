//! Second scales of a quantity: `E0314` to `E0316`, and what `E0301` says of them.

use super::super::quantity_data::Sides;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::units::Unit;

/// A sum or difference of two values whose scales begin at different places.
pub(crate) fn sum_across_scales(sides: &Sides<'_>) -> Diagnostic {
    let (left, right) = (sides.left.everyday(), sides.right.everyday());
    let diagnostic = Diagnostic::new(
        Code::E0314,
        sides.right_span,
        format!("`{}` in {left} and `{}` in {right} are added or subtracted", sides.left_text, sides.right_text),
    )
    .label(format!("{right} does not begin where {left} does"))
    .also(sides.left_span, format!("in {left}"));
    let diagnostic = match sides.declared {
        Some(declared) => diagnostic.also(declared, "the scales are declared here"),
        None => diagnostic,
    };
    diagnostic
        .note("a difference of two values converts by the factor alone, a value by factor and offset; which is meant is not said")
        .help(format!("write both in {left}; or take plain numbers of one scale first, as in `x in {}`", sides.right.ucum()))
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

/// What is said beside two units that do not compare and that a second scale could bring together.
pub(super) fn with_scale(diagnostic: Diagnostic, own: &Unit, other: &Unit) -> Diagnostic {
    let temperature = |one: &Unit, other: &Unit| one.ucum() == "Cel" && other.ucum() == "[degF]";
    if temperature(own, other) {
        return diagnostic
            .help("declare the other scale with the fact: `scale [[degF]] = 1.8 x [Cel] + 32 source \"..\"`");
    }
    if temperature(other, own) {
        return diagnostic
            .help("declare the other scale with the fact: `scale [Cel] = 5/9 x [[degF]] - 160/9 source \"..\"`");
    }
    let pure = |unit: &Unit| unit.is_ratio() && unit.dimension().is_none();
    if !(pure(own) || pure(other)) {
        return diagnostic;
    }
    let diagnostic = if own.dimension() == other.dimension() {
        diagnostic.note("moles, masses, volumes and parts of a hundred are counted differently, so that nothing but the fact can say how these convert")
    } else {
        diagnostic
    };
    diagnostic.help(format!(
        "if they convert for this fact, declare how: `scale [{}] = NUMBER x [{}] + NUMBER source \"..\"`",
        other.ucum(),
        own.ucum()
    ))
}
