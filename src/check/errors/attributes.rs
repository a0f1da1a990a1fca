//! Filters and the attributes they ask for: `E0211`, `W0706`.

use super::listed;
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
    /// Whether the name also stands for something of the patient.
    pub fact: bool,
}

/// A filter as a help repeats it.
fn short(filter: &str) -> &str {
    if filter.len() > 60 || filter.contains(['\n', '#']) { ".." } else { filter }
}

/// Kinds as a condition names them.
fn braced(kinds: &[&str]) -> String {
    match kinds {
        [one] => (*one).to_owned(),
        _ if kinds.len() <= 4 => format!("{{ {} }}", kinds.join(", ")),
        _ => "{ .. }".to_owned(),
    }
}

pub(crate) fn attribute_of_some(partly: &Partly<'_>) -> Diagnostic {
    let Partly { name, attribute, having, lacking, filter, excepts, fact } = partly;
    let have = if lacking.len() == 1 { "has" } else { "have" };
    let filter = if *excepts { format!("except ({})", short(filter)) } else { format!("({})", short(filter)) };
    let asked = format!("{} {filter}", braced(having));
    let help = match lacking {
        [one] => format!("write `{asked} or {one}` if every `{one}` counts, `{asked}` if none does"),
        _ if lacking.len() <= 4 => {
            let others = braced(lacking);
            format!("write `{asked} or {others}` if all of `{others}` count, `{asked}` if none does")
        }
        _ => format!("write `{asked}`, and the others in a condition of their own if they count"),
    };
    let diagnostic =
        Diagnostic::new(Code::E0211, name.span, format!("{} {have} no attribute `{}`", listed(lacking), name.text))
            .label(format!("an attribute of {} only", listed(having)))
            .also(attribute.span, "declared here")
            .help(help);
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
    .help("ask each of them in a condition of its own, joined by `or`, or declare the attribute alike")
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
        .help(format!(
            "a filter names an attribute; what is asked of the patient stands outside it: `.. and {outside}`"
        ))
}
