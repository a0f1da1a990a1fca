//! Which results or entries stand for the others: `E0336` to `E0341`.

use crate::diag::suggest::{nearest_names, suggesting};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::vocab::Type;

/// `by` behind entries that are neither the latest nor told apart.
pub(crate) fn by_of_entries(span: Span, attribute: &str) -> Diagnostic {
    Diagnostic::new(Code::E0336, span, format!("`by {attribute}` does not say what is counted"))
        .label("the latest of each, or how many?")
        .help(format!(
            "write `latest .. by {attribute}` for the latest entry of each, `at least 2 distinct .. by {attribute}` to \
             count the values"
        ))
}

/// `by` behind what has one value.
pub(crate) fn by_of_one(span: Span, attribute: &str) -> Diagnostic {
    Diagnostic::new(Code::E0336, span, format!("`by {attribute}` where there is one value"))
        .label("nothing to tell apart")
        .help("`by` belongs to entries, and to the results of a fact: `any latest FACT by ATTRIBUTE`")
}

/// `by` behind a fact, without `any latest` or `every latest`.
pub(crate) fn by_of_results(span: Span, attribute: &str, latest: bool) -> Diagnostic {
    let headline = if latest {
        format!("`latest .. by {attribute}` means several results, and not which of them count")
    } else {
        format!("`by {attribute}` does not say which result of each is meant")
    };
    Diagnostic::new(Code::E0338, span, headline)
        .label("one result of each value")
        .help(format!("write `any latest .. by {attribute}` or `every latest .. by {attribute}`"))
}

pub(crate) fn by_no_attribute(name: &Name, owner: &str, known: &[String]) -> Diagnostic {
    let near = nearest_names(&name.text, known.iter().map(String::as_str), 2);
    let diagnostic = Diagnostic::new(Code::E0337, name.span, format!("`{owner}` has no attribute `{}`", name.text))
        .about(&*name.text)
        .label("told apart by this");
    let diagnostic = if known.is_empty() {
        diagnostic.note(format!("`{owner}` has no attribute with values that are told apart"))
    } else {
        diagnostic.note(format!("it can be {}", known.join(", ")))
    };
    suggesting(diagnostic, name.span, &near)
}

pub(crate) fn by_of_numbers(name: &Name, ty: &Type, known: &[String]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0337, name.span, format!("`{}` has no values that can be told apart", name.text))
            .label(ty.describe());
    if known.is_empty() {
        diagnostic.help("tell them apart by an attribute that is one of some words, a level or a yes/no")
    } else {
        diagnostic.help(format!("tell them apart by {}", known.join(", ")))
    }
}

/// `consecutive` or `apart` where no results are counted.
pub(crate) fn spaced_without_count(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(Code::E0339, span, format!("`{}` needs a count of results", written.trim()))
        .label("how many?")
        .help("write `at least 2 consecutive FACT ..`, `at least 2 FACT .. at least 12 weeks apart`")
}

pub(crate) fn spaced_count(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(Code::E0339, span, format!("`{}` needs `at least 2` results or more", written.trim()))
        .label("of two results or more")
        .help("write `at least 2 ..`; an upper limit of results that are so is not asked for")
}

pub(crate) fn spaced_twice(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0339, span, "two ways in which results are to each other")
        .label("one too many")
        .help("keep one of `consecutive` and `at least .. apart`")
}

pub(crate) fn apart_by_days(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0339, span, "results are apart by days, weeks, months or years")
        .label("not a number of days")
        .help("write `at least 1 day apart` for different days")
}

pub(crate) fn distinct_latest(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0340, span, "of all entries there is one that is the latest")
        .label("told apart by what?")
        .help("name the attribute: `at least 2 distinct latest K by ATTRIBUTE`")
}

/// `with gaps of up to` of what is told apart, or of the latest entry.
pub(crate) fn latest_course(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0340, span, "entries that are told apart, or of which one is the latest, are no course")
        .label("of several entries")
        .help("a length is here that of one entry: leave this out, or ask for the course in a condition of its own")
}

/// `latest K` without a filter.
pub(crate) fn latest_asks_nothing(span: Span, written: &str) -> Diagnostic {
    let written = written.trim();
    Diagnostic::new(Code::W0734, span, "the latest entry has no condition")
        .label("the same as any entry")
        .help(format!("say in parentheses what it must be: `{written} (..)`; leave out `latest` if any entry counts"))
}

pub(crate) fn latest_planned(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0340, span, "what is planned has no latest entry")
        .label("not begun")
        .help("leave out `latest`, or ask for the latest entry in a condition of its own")
}

pub(crate) fn values_out_of_reach(span: Span, most: u32, by: Option<&str>) -> Diagnostic {
    let headline = match by {
        Some(by) => format!("`{by}` has {most} values: the count is always or never reached"),
        None => "there is one latest entry: the count is always or never reached".to_owned(),
    };
    Diagnostic::new(Code::E0340, span, headline)
        .label("a count that decides nothing")
        .help("check the number; `latest K by ATTRIBUTE` has a latest entry of each value")
}

pub(crate) fn extreme_of_age(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0341, span, format!("`{name}` is counted for a day, and has no first, highest or lowest"))
        .label("an age changes by itself")
        .help(format!("write `{name}`, or `any {name}` and `every {name}` for what is recorded"))
}
