//! Second scales of a quantity: `E0314` to `E0316`, and what `E0301` says of them.

use super::super::quantity_data::Sides;
use crate::diag::{Code, Diagnostic};
use crate::units::Unit;

/// A sum or difference of two values whose scales begin at different places.
pub(crate) fn sum_across_scales(sides: &Sides<'_>) -> Diagnostic {
    let (left, right) = (sides.left.everyday(), sides.right.everyday());
    if sides.left.logarithm_of().is_some() || sides.right.logarithm_of().is_some() {
        return Diagnostic::new(
            Code::E0314,
            sides.right_span,
            format!("`{}` in {left} and `{}` in {right} are added or subtracted", sides.left_text, sides.right_text),
        )
        .label("one of the two is a logarithm")
        .also(sides.left_span, format!("in {left}"))
        .note("a difference of logarithms is a ratio of the values: lower by 1 log10 is a tenth")
        .help("write the ratio, such as `x <= 0.1 * y` for lower by 1 log10");
    }
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

/// What is said next to two units that do not compare and that a second scale could bring together.
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
