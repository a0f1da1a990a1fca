//! Filters and the attributes they ask for: `E0211`, `W0706`.

use super::counted::{Asked, braced};
use crate::diag::wording::listed;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::vocab::{Attribute, Kind};

/// An attribute that some of the kinds of a filter have.
pub(crate) struct Partly<'a> {
    pub name: &'a Name,
    pub attribute: &'a Attribute,
    pub having: &'a [&'a str],
    pub lacking: &'a [&'a str],
    /// The filter as written.
    pub filter: &'a str,
    pub excepts: bool,
    /// What stands around it, when that is simple enough to be written anew.
    pub asked: Option<&'a Asked>,
    /// Whether the name also means something of the patient.
    pub fact: bool,
}

/// A filter as a help repeats it.
fn short(filter: &str) -> &str {
    if filter.len() > 60 || filter.contains(['\n', '#']) { ".." } else { filter }
}

/// What to write for a filter that only some of the kinds can be asked.
fn instead(partly: &Partly<'_>) -> String {
    let Partly { having, lacking, filter, excepts, asked, .. } = partly;
    let filter = if *excepts { format!("except ({})", short(filter)) } else { format!("({})", short(filter)) };
    let Some(asked) = asked else {
        return "ask each of these kinds in a condition of its own, with the filter that it can be asked".to_owned();
    };
    let (all, none) = match lacking {
        [one] => (format!("every `{one}` counts"), format!("no `{one}` counts")),
        _ => {
            let others = braced(lacking);
            (format!("all of `{others}` count"), format!("none of `{others}` counts"))
        }
    };
    let together =
        if lacking.len() <= 4 && having.len() <= 4 { asked.with_all(having, lacking, &filter) } else { None };
    match (together, asked.of_having(having, &filter)) {
        (Some(both), Some(alone)) => format!("write `{both}` if {all}, `{alone}` if {none}"),
        (Some(both), None) => format!("write `{both}` if {all}"),
        (None, Some(alone)) if lacking.len() > 4 => {
            format!("write `{alone}`, and the others in a condition of their own if they count")
        }
        (None, Some(alone)) => {
            format!("write `{alone}` if {none}; entries that are counted together all have the same filter")
        }
        (None, None) => "ask each of these kinds in a condition of its own".to_owned(),
    }
}

pub(crate) fn attribute_of_some(partly: &Partly<'_>) -> Diagnostic {
    let Partly { name, attribute, having, lacking, fact, .. } = partly;
    let have = if lacking.len() == 1 { "has" } else { "have" };
    let diagnostic =
        Diagnostic::new(Code::E0211, name.span, format!("{} {have} no attribute `{}`", listed(lacking), name.text))
            .label(format!("an attribute of {} only", listed(having)))
            .also(attribute.span, "declared here")
            .help(instead(partly));
    if *fact {
        return diagnostic.note(format!(
            "`{}` is also a value of the patient, which says nothing of one entry; to ask for that, put it outside the parentheses",
            name.text
        ));
    }
    diagnostic
}

pub(crate) fn attribute_differs(name: &Name, one: (&Kind, &Attribute), other: (&Kind, &Attribute)) -> Diagnostic {
    let ((first, before), (second, after)) = (one, other);
    Diagnostic::new(
        Code::E0211,
        name.span,
        format!("`{}` is not the same for `{}` and `{}`", name.text, first.name, second.name),
    )
    .label("two meanings")
    .also(before.span, format!("of `{}`: {}", first.name, before.ty.describe()))
    .also(after.span, format!("of `{}`: {}", second.name, after.ty.describe()))
    .help("ask each of them in a condition of its own, or declare the attribute in the same way")
}

pub(crate) fn attribute_of_outer(name: &Name, owner: &str) -> Diagnostic {
    Diagnostic::new(
        Code::E0211,
        name.span,
        format!("`{}` is an attribute of `{owner}`, which this inner filter does not ask", name.text),
    )
    .label("belongs to the filter around it")
    .help("put it into the outer parentheses, joined by `and`")
}

pub(crate) fn filter_asks_nothing(span: Span, filter: &str, excepts: bool, owner: &str) -> Diagnostic {
    let outside = if excepts { format!("not ({})", short(filter)) } else { short(filter).to_owned() };
    Diagnostic::new(Code::W0706, span, format!("the filter asks nothing of {owner}"))
        .label("about the patient as a whole")
        .help(format!("a filter names an attribute; a condition on the patient belongs outside it: `.. and {outside}`"))
}
