//! Extensions and vocabularies used together: `E0202`, `E0213` to `E0217`.

use crate::diag::suggest::{nearest_names, suggesting};
use crate::diag::{Code, Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::vocab::{Attribute, Symbol, Vocabulary};

/// What may take attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Addable {
    /// A value fact.
    Fact,
    /// An event, condition or drug.
    Kind,
}

pub(crate) fn nothing_to_extend(vocabulary: &Vocabulary, name: &Name, group: bool) -> Diagnostic {
    let fits = |symbol| match symbol {
        Symbol::Group(_) => group,
        Symbol::Fact(_) | Symbol::Kind(_) => !group,
        Symbol::Anchor(_) | Symbol::Definition(_) => false,
    };
    let near = nearest_names(&name.text, vocabulary.names(fits), 3);
    let diagnostic = Diagnostic::new(Code::E0213, name.span, format!("there is no `{}` to extend", name.text))
        .label("declared nowhere");
    if !near.is_empty() {
        return suggesting(diagnostic, name.span, &near);
    }
    diagnostic.help(if group {
        format!("declare it: `group {} {{ .. }}`", name.text)
    } else {
        "declare it with `fact`, `event`, `condition` or `drug`, or `use` the vocabulary that does".to_owned()
    })
}

/// `extend` of what is neither a fact nor a kind.
pub(crate) fn not_extended(name: &Name, symbol: Symbol, declared: Option<Span>) -> Diagnostic {
    let (what, help) = match symbol {
        Symbol::Group(_) => ("a group", format!("write `extend group {} {{ .. }}` to add members", name.text)),
        Symbol::Anchor(_) => ("an anchor", "an anchor is a date and has nothing to add to".to_owned()),
        Symbol::Fact(_) | Symbol::Kind(_) | Symbol::Definition(_) => {
            ("a definition", "change what the definition says, or define another name".to_owned())
        }
    };
    let diagnostic =
        Diagnostic::new(Code::E0213, name.span, format!("`{}` is {what}, not a fact or a kind", name.text))
            .label("takes no attributes or values")
            .help(help);
    let diagnostic = declared.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.also(span, "declared here"));
    if let Symbol::Group(_) = symbol {
        let instead = format!("group {}", name.text);
        return diagnostic.fix(format!("write `extend {instead}`"), name.span, instead, Safety::Ask);
    }
    diagnostic
}

/// `extend group` of what is no group.
pub(crate) fn not_a_group(name: &Name, declared: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::E0213, name.span, format!("`{}` is not a group", name.text))
        .label("has no members")
        .help(format!("write `extend {} {{ .. }}` to add attributes", name.text));
    declared.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.also(span, "declared here"))
}

pub(crate) fn attribute_differs(added: &Attribute, known: &Attribute, built_in: bool) -> Diagnostic {
    let title = if known.ty == added.ty {
        format!("the attribute `{}` is there already, with another range", added.name)
    } else {
        format!("the attribute `{}` is there already: {}", added.name, short(&known.ty.describe()))
    };
    let diagnostic = Diagnostic::new(Code::E0214, added.span, title)
        .label(short(&added.ty.describe()))
        .help("use the attribute as it is, or give this one another name");
    if built_in { diagnostic.note("every drug has it") } else { diagnostic.also(known.span, "declared here") }
}

/// A type in a headline.
fn short(ty: &str) -> String {
    if ty.chars().count() <= 40 { ty.to_owned() } else { "another type".to_owned() }
}

pub(crate) fn member_already(member: &Name, group: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(Code::E0215, member.span, format!("`{}` is a member of `{group}` already", member.text))
        .label("added again")
        .also(declared, "the group")
        .help("remove it here: a group holds each kind once")
}

pub(crate) fn value_already(value: &Name, fact: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(Code::E0215, value.span, format!("`{}` is a value of `{fact}` already", value.text))
        .label("added again")
        .also(declared, "declared here")
        .help("remove it here")
}

pub(crate) fn circle_of_groups(member: &Name, group: &str, declared: Span) -> Diagnostic {
    let title = if member.text == group {
        format!("the group `{group}` is a member of itself")
    } else {
        format!("`{}` holds `{group}`, so it is no member of it", member.text)
    };
    Diagnostic::new(Code::E0216, member.span, title)
        .label("leads back to the group")
        .also(declared, "the group")
        .help("remove the member: of two groups, only the wider one names the other")
}

/// `possible 0..5` of an extension, or attributes of a group.
pub(crate) fn no_addition(span: Span, name: &Name, to: Option<Addable>) -> Diagnostic {
    let (takes, help) = match to {
        Some(Addable::Fact) => {
            ("attributes, codes and values", "change the declaration itself, or declare a fact of your own")
        }
        Some(Addable::Kind) => ("attributes and codes", "change the declaration itself, or declare a kind of your own"),
        None => ("members and codes", "add attributes to the kinds in it: `extend KIND { .. }`"),
    };
    Diagnostic::new(Code::E0217, span, format!("an extension adds {takes} to `{}`, nothing else", name.text))
        .label("would change the declaration")
        .help(help)
}

/// `one of { .. }` of what has no values, or another type in its place.
pub(crate) fn values_of_no_codes(span: Span, name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0217, span, format!("`{}` takes no more values", name.text))
        .label("not `one of` a fact that is `one of`")
        .help("only a fact declared as `one of { .. }` takes more values; the type of others is fixed")
}

/// A name of two vocabularies that are used together; `places` are their declarations.
pub(crate) fn vocabularies_clash(place: Span, name: &str, of: (&str, &str), places: (Span, Span)) -> Diagnostic {
    Diagnostic::new(Code::E0202, place, format!("`{}` and `{}` both declare `{name}`, in different ways", of.0, of.1))
        .label("used together")
        .also(places.0, format!("in `{}`", of.0))
        .also(places.1, format!("in `{}`", of.1))
        .help("use one of them, and declare what is needed of the other in a file of your own")
}
