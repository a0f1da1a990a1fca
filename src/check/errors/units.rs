//! Units, dimensions and bounds: `E0301` to `E0305`, `W0701`.

use super::scales::with_scale;
use crate::diag::wording::choices;
use crate::diag::{Code, Diagnostic, Safety};
use crate::number::{Comparison, Direction, Rational};
use crate::resolve::errors::unit_of_other_dimension;
use crate::source::Span;
use crate::syntax::ast::{Number, Unit as UnitText};
use crate::units::Unit;

pub(crate) use super::super::quantity_data::{Bound, Sides};

/// `2 mg / dL`
pub(crate) fn blank_in_unit(span: Span, written: &str, unit: &str, instead: &str) -> Diagnostic {
    Diagnostic::new(Code::E0304, span, format!("a unit is written without blanks: `{unit}`, not `{written}`"))
        .about(written)
        .label("read as a division")
        .fix(format!("write `{instead}`"), span, instead.to_owned(), Safety::Ask)
}

/// `160/100 mm Hg`: two values of one reading, compared with one of them.
pub(crate) fn pair_of_bounds(span: Span, written: &str, name: &str, (one, other): (&str, &str)) -> Diagnostic {
    Diagnostic::new(Code::E0301, span, format!("`{written}` is two bounds, and `{name}` has one"))
        .label("two values, not a fraction")
        .help(format!("compare each value with its own: `systolic_bp` with `{one}`, `diastolic_bp` with `{other}`"))
        .note("write `and` where both must be true; write `or` where each alone keeps the patient out")
}

/// Half a year, which is counted in months.
pub(crate) fn half_years(mut diagnostic: Diagnostic, span: Span, months: &str) -> Diagnostic {
    diagnostic.helps.clear();
    diagnostic.fixes.clear();
    diagnostic.label(format!("that is {months}")).help(format!("write `{months}` if a child's age is meant")).fix(
        format!("write `{months}`"),
        span,
        months.to_owned(),
        Safety::Ask,
    )
}

/// A unit that values of a fact have no rule for.
pub(crate) fn unit_of_other_scale(text: &UnitText, given: &Unit, own: &Unit) -> Diagnostic {
    with_scale(unit_of_other_dimension(text, given, own), own, given)
}

/// Two sides of a comparison or sum whose dimensions differ.
pub(crate) fn wrong_dimension(sides: &Sides<'_>) -> Diagnostic {
    let scale = sides.left.is_plain() && sides.right.is_number();
    let right = if scale { "a scale of its own".to_owned() } else { sides.right.measures_a() };
    let left = sides.left.measures_a();
    let diagnostic = Diagnostic::new(
        Code::E0301,
        sides.right_span,
        format!("`{}` is {left}, but `{}` is {right}", sides.left_text, sides.right_text),
    )
    .label(right)
    .also(sides.left_span, left);
    let diagnostic = match sides.declared {
        Some(declared) => diagnostic.also(declared, "declared here"),
        None => diagnostic,
    };
    let helped = if sides.accepted.is_empty() {
        diagnostic
    } else {
        diagnostic.help(format!("write it in {}", choices(sides.accepted.iter().map(String::as_str))))
    };
    if sides.left.ucum().contains('{') != sides.right.ucum().contains('{') {
        return helped.note(format!(
            "`{}` and `{}` are different quantities: the annotation in braces is part of the unit",
            sides.left.ucum(),
            sides.right.ucum()
        ));
    }
    if sides.declared.is_some() { with_scale(helped, sides.left, sides.right) } else { helped }
}

/// A bound as it is written in a unit; a fraction of one is told in the fact's own unit, as people do: `40 %`.
pub(crate) fn in_unit(number: &str, unit: &str, value: &Rational, canonical: &Unit) -> String {
    if unit == "1" { format!("{value} {}", canonical.everyday()) } else { format!("{number} {unit}") }
}

/// `likely` are bounds that may be meant, with their units.
pub(crate) fn missing_unit(number: &Number, left_span: Span, left: &str, unit: &Unit, likely: &[String]) -> Diagnostic {
    // A percentage has no dimension and yet a unit.
    let (is, what) = if unit.is_number() {
        (format!("in `{}`", unit.everyday()), format!("in {}", unit.everyday()))
    } else {
        (unit.measures_a(), unit.measures())
    };
    let diagnostic =
        Diagnostic::new(Code::E0302, number.span, format!("`{left}` is {is}, but `{}` has no unit", number.text))
            .about(left)
            .label("of what unit?")
            .also(left_span, what);
    if likely.is_empty() {
        return diagnostic.help(format!(
            "write the unit of `{}`, one that converts to `{}`",
            number.text,
            unit.everyday()
        ));
    }
    let diagnostic = diagnostic.help(format!("write {}", choices(likely.iter().map(String::as_str))));
    likely.iter().fold(diagnostic, |diagnostic, text| {
        diagnostic.fix(format!("write `{text}`"), number.span, text.clone(), Safety::Ask)
    })
}

/// `scored` says that what it is of is no quantity, so that no unit was ever meant.
pub(crate) fn unneeded_unit(unit: &UnitText, left_span: Span, left: &str, scored: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0303, unit.span, format!("`{left}` is a plain number and takes no unit"))
        .label("no unit belongs here")
        .also(left_span, "a plain number");
    if !scored && matches!(unit.text.as_str(), "%" | "percent") {
        return diagnostic
            .note("a percentage is a scale of its own: a prothrombin activity of 40 % is no INR of 0.4")
            .help("write the plain number that is meant, or declare a fact of its own in `[%]`");
    }
    diagnostic.help(format!("remove `{}`", unit.text)).fix(
        format!("remove `{}`", unit.text),
        unit.span,
        "",
        Safety::Ask,
    )
}

/// An age compared with a fraction of a unit, or with a unit that ages are not counted in; `repair` is the same bound in
/// whole units, `near` the nearest bounds in whole units on either side.
pub(crate) fn fraction_of_age(
    span: Span,
    bound: &str,
    repair: Option<&str>,
    near: Option<&(String, String)>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::E0317,
        span,
        format!("an age is counted in completed units, but `{bound}` is no whole number of them"),
    )
    .label("no whole number of units")
    .note("half a year is six months, so `17.5 years` is 210 completed months; no other fraction is read");
    match repair {
        Some(repair) => diagnostic.help(format!("write `{repair}`")).fix(
            format!("write `{repair}`"),
            span,
            repair.to_owned(),
            Safety::Ask,
        ),
        None => match near {
            Some((below, above)) => diagnostic.help(format!(
                "write the bound that the protocol means: `{below}` and `{above}` are the nearest to it"
            )),
            None => diagnostic.help("write the bound in whole years, months, weeks or days"),
        },
    }
}

pub(crate) fn power_of_dimension(span: Span, unit: &Unit) -> Diagnostic {
    Diagnostic::new(
        Code::E0301,
        span,
        format!("a quantity in `{}` is raised to a power that is not a small whole number", unit.ucum()),
    )
    .label("needs a plain number")
    .help(format!("take the plain number first: `(x in {}) ^ ..`", unit.ucum()))
}

/// The number as a decimal; of one that has no end, or a long one, six digits.
fn short_decimal(value: &Rational) -> String {
    const DIGITS: i32 = 6;
    if value.decimal_places().is_some_and(|places| places <= 9) {
        return value.to_string();
    }
    let near = value.to_f64();
    // Of any number that charts hold the first digit stands within a few places of the point.
    let places = (1..=12).find(|places| (near.abs() * 10f64.powi(*places)) >= 10f64.powi(DIGITS - 1)).unwrap_or(12);
    let text = format!("{near:.*}", usize::try_from(places).unwrap_or_default());
    format!("about {}", text.trim_end_matches('0').trim_end_matches('.'))
}

fn slip_helps(diagnostic: Diagnostic, bound: &Bound<'_>, slips: &[(String, Rational)]) -> Diagnostic {
    let Some(number) = bound.number() else {
        return diagnostic;
    };
    let mut diagnostic = diagnostic;
    let mut said = Vec::new();
    for (unit, value) in slips {
        // Several spellings of one unit are one suggestion.
        if said.contains(&value) {
            continue;
        }
        said.push(value);
        let text = in_unit(number, unit, value, bound.unit);
        let shown = short_decimal(value);
        let same = format!("{shown} {}", bound.unit.everyday());
        let help = format!("did you mean `{text}`?");
        diagnostic = diagnostic.help(if text == same { help } else { format!("{help} that is {same}") });
        if let Some(span) = bound.literal_span() {
            diagnostic = diagnostic.fix(format!("write `{text}`"), span, text, Safety::Ask);
        }
    }
    diagnostic
}

pub(crate) fn impossible_bound(
    bound: &Bound<'_>,
    possible: Option<&(Rational, Rational)>,
    slips: &[(String, Rational)],
) -> Diagnostic {
    let unit = bound.unit_text();
    let (low, high) =
        possible.map_or((String::new(), String::new()), |(low, high)| (low.to_string(), high.to_string()));
    let diagnostic = Diagnostic::new(
        Code::E0305,
        bound.written.span,
        format!("`{}` can never be `{}`", bound.name, bound.as_written()),
    )
    .label(bound.converted().unwrap_or_else(|| "outside the possible range".to_owned()))
    .also(bound.declared, format!("possible: {low} to {high}{unit}"));
    let helped = slip_helps(diagnostic, bound, slips);
    if helped.helps.is_empty() {
        return helped.help(format!("choose a bound from {low} to {high}{unit}"));
    }
    helped
}

/// `total_bilirubin < 2.0 mg/L`
pub(crate) fn hardly_met_bound(bound: &Bound<'_>, unit: &UnitText, canonical: &str, op: Comparison) -> Diagnostic {
    let side = if op.direction() == Direction::Down { "below" } else { "above" };
    let number = bound.number().unwrap_or_default();
    Diagnostic::new(
        Code::W0701,
        bound.written.span,
        format!("hardly a patient has `{}` {side} `{number} {}`", bound.name, unit.text),
    )
    .label(format!("that is {}{}", bound.value, bound.unit_text()))
    .also(bound.declared, "declared here")
    .help(format!("did you mean `{number} {canonical}`?"))
    .fix(format!("write `{number} {canonical}`"), bound.written.span, format!("{number} {canonical}"), Safety::Ask)
}

pub(crate) fn implausible_bound(
    bound: &Bound<'_>,
    plausible: Option<&(Rational, Rational)>,
    slips: &[(String, Rational)],
) -> Diagnostic {
    let unit = bound.unit_text();
    let (low, high) =
        plausible.map_or((String::new(), String::new()), |(low, high)| (low.to_string(), high.to_string()));
    let diagnostic = Diagnostic::new(
        Code::W0701,
        bound.written.span,
        format!("a bound of `{}` on `{}` is implausible", bound.as_written(), bound.name),
    )
    .label(bound.converted().unwrap_or_else(|| "likely a wrong unit or exponent".to_owned()))
    .also(bound.declared, format!("plausible: {low} to {high}{unit}"));
    let helped = slip_helps(diagnostic, bound, slips);
    if helped.helps.is_empty() {
        return helped.help("compare the number and the unit with the protocol");
    }
    helped
}
