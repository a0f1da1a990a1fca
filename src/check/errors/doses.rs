//! Daily doses: of what, in whose equivalents, on which days.

use crate::diag::wording::choices;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::units::Unit;

pub(in crate::check) fn dose_of_no_drug(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0331, place, format!("`{name}` is no drug, so it has no daily dose"))
        .label("a daily dose is one of drugs")
        .help("write the drugs, or a group of drugs")
}

pub(in crate::check) fn dose_without_quantity(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0331, place, format!("the `dose` of `{name}` is no quantity"))
        .label("there is nothing to add")
        .help(format!("declare it in `drug {name} {{ dose: quantity [mg/d] }}`"))
}

pub(in crate::check) fn doses_in_units(
    place: Span,
    (first, unit): (&str, &Unit),
    (other, other_unit): (&str, &Unit),
) -> Diagnostic {
    let (unit, other_unit) = (unit.ucum(), other_unit.ucum());
    Diagnostic::new(Code::E0331, place, "these drugs have their doses in different units")
        .label(format!("`{first}` in {unit}, `{other}` in {other_unit}"))
        .help("write a daily dose of each, with a bound of its own")
}

pub(in crate::check) fn not_measured_by(place: Span, wanted: &str, references: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0332, place, format!("none of these drugs is measured by `{wanted}`"))
        .label("no factor leads to it");
    if references.is_empty() {
        diagnostic.help(format!("declare how much it is: `drug NAME equivalent 1.25 x {wanted} source \"..\"`"))
    } else {
        diagnostic.help(format!("they are measured by {}", choices(references.iter().copied())))
    }
}

pub(in crate::check) fn no_common_measure(place: Span, names: &[&str], references: &[&str]) -> Diagnostic {
    let drugs = choices(names.iter().take(4).copied());
    let diagnostic = Diagnostic::new(Code::E0332, place, "the doses of these drugs cannot be added")
        .label("a milligram is not as much of each")
        .note(format!("the drugs are {drugs}"));
    match references {
        [] => diagnostic.help("declare what each is as much as: `drug NAME equivalent 1.25 x OTHER source \"..\"`"),
        [first, ..] => diagnostic.note(format!("they are measured by {}", choices(references.iter().copied()))).help(
            format!("say by which of them: `daily dose of .. as {first}`; doses of the others are not known then"),
        ),
    }
}

pub(in crate::check) fn extreme_of_which_days(place: Span, written: &str, anchor: &str) -> Diagnostic {
    Diagnostic::new(Code::E0333, place, "it is not said which days are meant")
        .label("of which days?")
        .help(format!("add a window: `{written} .. within 4 weeks before {anchor}`"))
}

pub(in crate::check) fn any_or_every(place: Span, window: &str) -> Diagnostic {
    Diagnostic::new(Code::E0333, place, "a daily dose has another value on each day of this time")
        .label("on any of these days, or on every one?")
        .help(format!(
            "write `any daily dose of .. {window}`, `every daily dose of .. {window}`, or `highest` or `lowest`"
        ))
}

pub(in crate::check) fn dose_window(place: Span, window: &str) -> Diagnostic {
    Diagnostic::new(Code::E0333, place, format!("`{window}` says no days that a daily dose can be asked for"))
        .label("not of a stretch of days")
        .help("write `at A`, `within 4 weeks before A`, `for at least 8 weeks before A` or `lasting more than 14 days`, in days or longer units")
}

pub(in crate::check) fn every_lasting(place: Span) -> Diagnostic {
    Diagnostic::new(Code::E0333, place, "`every` and a length of days contradict each other")
        .label("how long, or every day?")
        .help("leave out `every` to ask for so many days in a row")
}

pub(in crate::check) fn days_between(place: Span) -> Diagnostic {
    Diagnostic::new(Code::E0333, place, "two bounds on the doses of one stretch of days")
        .label("both on the same days?")
        .help("write two conditions, each with its bound and its window")
}
