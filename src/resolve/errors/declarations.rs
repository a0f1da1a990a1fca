//! Names and declarations: `E0201`, `E0202`, `E0204`, `E0308`, `E0309`, `E0311`.

use crate::diag::suggest::{nearest, nearest_names, suggesting};
use crate::diag::wording::choices;
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast::{Name, Number, Text};
use crate::vocab::{Symbol, Vocabulary};

pub(crate) fn duplicate_name(name: &Name, before: Option<Span>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0202, name.span, format!("`{}` is declared twice", name.text)).label("declared again");
    match before {
        Some(before) => diagnostic.also(before, "first declared here"),
        None => diagnostic,
    }
    .help("give one of them another name, or remove it")
}

pub(crate) fn unknown_member(vocabulary: &Vocabulary, name: &Name) -> Diagnostic {
    let kinds = vocabulary.names(|symbol| matches!(symbol, Symbol::Kind(_) | Symbol::Group(_)));
    let near = nearest_names(&name.text, kinds, 3);
    let diagnostic = Diagnostic::new(Code::E0201, name.span, format!("`{}` is declared nowhere", name.text))
        .about(&*name.text)
        .label("unknown member");
    if near.is_empty() {
        return diagnostic.help(format!("declare it first: `drug {}`", name.text));
    }
    suggesting(diagnostic, name.span, &near)
}

pub(crate) fn unknown_anchor(vocabulary: &Vocabulary, name: &Name) -> Diagnostic {
    let anchors: Vec<&str> = vocabulary.anchors.iter().map(|anchor| anchor.name.as_str()).collect();
    let near = nearest(&name.text, anchors.iter().copied(), 3);
    let title = match vocabulary.symbols.get(&name.text) {
        Some(_) => format!("`{}` is not an anchor", name.text),
        None => format!("no anchor is called `{}`", name.text),
    };
    let diagnostic = Diagnostic::new(Code::E0204, name.span, title)
        .about(&*name.text)
        .label("not a date that records carry")
        .note(format!("the anchors are {}", choices(anchors.iter().copied())));
    if near.is_empty() {
        return diagnostic.help(format!("declare it with `anchor {}`, or name one of these", name.text));
    }
    suggesting(diagnostic, name.span, &near)
}

pub(crate) fn not_a_kind(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0308, name.span, format!("`{}` is not a kind of entry", name.text))
        .label("not an event, condition or drug")
        .help("only events, conditions, drugs and groups of them are listed or counted so")
}

pub(crate) fn group_of_nothing(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0309, span, format!("the group `{name}` has no member"))
        .label("nothing in it")
        .help("list the events, conditions or drugs that belong to it; groups that only name each other hold none")
}

pub(crate) fn modifier_does_not_fit(span: Span, name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0309, span, format!("this does not fit the declaration of `{}`", name.text))
        .label("does not fit here")
        .also(name.span, "declared here")
        .help("ranges and `else` belong to numbers; `molar`, `uln`, `lln`, `equates` and `scale` to quantities; `half_life` to events, conditions and drugs; `equivalent` to drugs; `absent means no` to yes/no facts and kinds; `results count` to facts")
}

/// `fact sex: one of { female, male } timeless results count for 28 days`
pub(crate) fn results_without_age(span: Span, name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0348, span, format!("`{}` has no results that grow old", name.text))
        .label("has no meaning here")
        .also(name.span, "declared here")
        .help("leave it out: what is timeless, a yes or no, a date and an attribute are read without it")
}

pub(crate) fn modifier_of_attribute(span: Span, name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0309, span, format!("this does not fit the declaration of `{}`", name.text))
        .label("converts values of facts only")
        .also(name.span, "an attribute")
        .help("an attribute converts by the size of its unit alone; declare a fact of its own for other units")
}

pub(crate) fn plausible_outside_possible(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0309, name.span, format!("the plausible range of `{}` leaves its possible range", name.text))
        .label("declared here")
        .help("widen `possible` or narrow `plausible`")
}

pub(crate) fn half_life_not_in_days(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0309, name.span, "an attribute called `half_life` is in days")
        .label("windows in half-lives count with it")
        .help("write `half_life: quantity [d]`; a record may give it in hours")
}

pub(crate) fn no_half_life_at_all(number: &Number) -> Diagnostic {
    Diagnostic::new(Code::E0309, number.span, format!("a half-life is more than nothing, not `{}`", number.text))
        .label("must be above 0")
        .help("write the half-life that the product's label gives, or leave it out: the record may give it")
}

pub(crate) fn reserved_attribute(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0309, name.span, format!("`{}` is a key that every entry or result has", name.text))
        .label("taken")
        .help("give the attribute another name")
}

pub(crate) fn bad_step(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0309, span, "the step of a score is not above zero")
        .label("step")
        .help("write the smallest difference between two scores, such as `step 0.1`")
}

/// An end of a range of titres.
pub(crate) fn bad_titre(number: &Number) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0353, number.span, format!("`{}` is no titre", number.text)).label("of what dilution?");
    if number.dilution().is_some() {
        return diagnostic.help("write the dilution, which is 1 or more: `1:10`");
    }
    let titre = format!("1:{}", number.text.trim_start_matches(['-', '+']));
    diagnostic.help(format!("write `{titre}`")).fix(format!("write `{titre}`"), number.span, titre, Safety::Ask)
}

pub(crate) fn bad_check_digit(code: &Text) -> Diagnostic {
    Diagnostic::new(Code::E0311, code.span, format!("`{}` is not a LOINC code", code.text))
        .label("check digit does not fit")
        .note("a LOINC code ends in a check digit computed from the digits before it")
        .help("copy the code again from its source")
}

pub(crate) fn range_backwards(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0310, span, "the lower end lies above the upper end")
        .label("nothing lies between")
        .help("write the smaller number first")
}

pub(crate) fn bad_number(number: &Number) -> Diagnostic {
    Diagnostic::new(Code::E0107, number.span, format!("`{}` is not a number that can be used here", number.text))
        .label("number")
        .help("write a decimal number such as `7`, `0.5` or `1.5e-3`")
}

pub(crate) fn equivalent_of_nothing(place: Span) -> Diagnostic {
    Diagnostic::new(Code::E0330, place, "an equivalent is more than nothing")
        .label("not above zero")
        .help("write how many milligrams of the other drug one milligram of this drug is as much as")
}

pub(crate) fn equivalent_of_itself(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0330, place, format!("`{name}` is given as an equivalent of itself"))
        .label("the same drug")
        .help("remove it: the drug that others are measured by needs no factor")
}

pub(crate) fn equivalent_of_no_drug(place: Span, reference: &str) -> Diagnostic {
    Diagnostic::new(Code::E0330, place, format!("`{reference}` is no drug"))
        .label("an equivalent is one of a drug")
        .help(format!("declare it, `drug {reference}`, or name a drug that is declared"))
}

pub(crate) fn equivalent_of_equivalent(
    place: Span,
    next: Span,
    (name, reference, last): (&str, &str, &str),
    factor: &crate::number::Rational,
) -> Diagnostic {
    Diagnostic::new(Code::E0330, place, format!("`{reference}` is itself measured by `{last}`"))
        .label("the second step of a chain")
        .also(next, format!("`{reference}` is measured here"))
        .help(format!("measure `{name}` by `{last}` too; by these factors it would be `equivalent {factor} x {last}`"))
}
