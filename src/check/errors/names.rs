//! Names, declarations and statements: `E02`, and what is said of a whole file.

use super::super::env::Scope;
use super::attributes_are;
use crate::abbreviation::{Equivalent, known};
use crate::diag::suggest::{nearest_names, suggesting};
use crate::diag::wording::listed;
use crate::diag::{Code, Diagnostic, Safety};
use crate::ir::INCOMPLETE;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::vocab::{Attribute, Symbol, Type, Vocabulary};

/// `anchor` a second time inside the braces of a trial.
pub(crate) fn anchor_given_twice(name: &Name, before: Span) -> Diagnostic {
    Diagnostic::new(Code::E0202, name.span, "a trial has one anchor that windows mean when they name none")
        .label("a second one")
        .also(before, "the first")
        .help(format!("another anchor is declared behind the braces: `anchor {}`", name.text))
}

/// `incomplete` in the braces of a trial, without a text that says why.
pub(crate) fn incomplete_without_reason(key: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0503, key.span, "`incomplete` does not say why")
        .label("no reason behind it")
        .note("every report of the trial gives the reason with the verdict")
        .help("write the reason as a text: `incomplete \"the exclusion criteria are not public\"`")
}

/// A key in the braces of a trial that is nearly `incomplete`; any other key is only shown.
pub(crate) fn misspelt_incomplete(key: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0503, key.span, format!("`{}` is nearly `incomplete`, and would say nothing", key.text))
        .label("a key that is only shown")
        .note("only `incomplete` keeps a verdict from being eligible")
        .fix("write `incomplete`", key.span, INCOMPLETE, Safety::Ask)
        .help("write `incomplete`, or a key that looks less like it")
}

/// A verdict is expected where no criterion takes part in it; `stage` is the anchor it is asked at.
pub(crate) fn verdict_of_nothing(span: Span, stage: Option<&str>) -> Diagnostic {
    let headline = match stage {
        Some(stage) => {
            format!("no criterion belongs to `{stage}` or an anchor before it, so there is no verdict at it")
        }
        None => "there is no criterion, so there is no verdict".to_owned(),
    };
    Diagnostic::new(Code::E0502, span, headline)
        .label("a verdict of nothing")
        .note("a verdict without any criterion would be eligible for everyone")
        .help(match stage {
            Some(_) => "name the anchor of a later stage, or leave the expectation out",
            None => "write the criteria, or leave the expectation out",
        })
}

pub(crate) fn unknown_name(vocabulary: &Vocabulary, scope: Scope<'_>, name: &Name) -> Diagnostic {
    let (attributes, owner): (Vec<&str>, Option<String>) = match scope {
        Scope::Record => (Vec::new(), None),
        Scope::Result(fact) => match vocabulary.facts.get(fact) {
            Some(fact) => {
                (fact.attributes.iter().map(|attribute| attribute.name.as_str()).collect(), Some(fact.name.clone()))
            }
            None => (Vec::new(), None),
        },
        Scope::Entry(kinds) => {
            let mut names: Vec<&str> = kinds
                .iter()
                .filter_map(|kind| vocabulary.kinds.get(*kind))
                .flat_map(|kind| kind.attributes.iter().map(|attribute| attribute.name.as_str()))
                .collect();
            names.sort_unstable();
            names.dedup();
            let owner = kinds.first().and_then(|kind| vocabulary.kinds.get(*kind)).map(|kind| kind.name.clone());
            (names, owner)
        }
    };
    if let Some(owner) = owner {
        let several = matches!(scope, Scope::Entry(kinds) if kinds.len() > 1);
        let owner = if several { "none of the kinds named here".to_owned() } else { format!("`{owner}`") };
        let title = format!("{owner} has {} attribute `{}`", if several { "an" } else { "no" }, name.text);
        let near = nearest_names(&name.text, attributes.iter().copied(), 3);
        let diagnostic = Diagnostic::new(Code::E0206, name.span, title)
            .about(format!("{owner} {}", name.text))
            .label("no such attribute");
        if let Some(attribute) = attribute_with_value(vocabulary, scope, &name.text) {
            let instead = format!("{attribute} is {}", name.text);
            return diagnostic.help(format!("`{}` is a value of its attribute `{attribute}`", name.text)).fix(
                format!("write `{instead}`"),
                name.span,
                instead,
                Safety::Ask,
            );
        }
        let diagnostic = if near.is_empty() && !attributes.is_empty() {
            diagnostic.help(attributes_are(&attributes))
        } else if near.is_empty() {
            let whose = if several { "these kinds are" } else { &format!("{owner} is") };
            diagnostic.help(format!("{whose} declared without attributes; remove the filter or declare one"))
        } else {
            suggesting(diagnostic, name.span, &near)
        };
        return diagnostic;
    }
    let near = nearest_names(&name.text, vocabulary.names(|symbol| !matches!(symbol, Symbol::Anchor(_))), 3);
    let diagnostic = Diagnostic::new(Code::E0201, name.span, format!("`{}` is declared nowhere", name.text))
        .about(&*name.text)
        .label("unknown name");
    if let Some(told) = abbreviated(vocabulary, name, &diagnostic) {
        return told;
    }
    let owners: Vec<&str> = vocabulary
        .kinds
        .iter()
        .filter(|kind| kind.attribute(&name.text).is_some())
        .map(|kind| kind.name.as_str())
        .collect();
    if let [owner, ..] = owners.as_slice() {
        return suggesting(diagnostic, name.span, &near)
            .note(format!("it is an attribute of {}", listed(&owners)))
            .help(format!("ask an attribute in parentheses behind its kind: `{owner} ({} ..)`", name.text));
    }
    if let Some((fact, value)) = fact_with_value(vocabulary, &name.text) {
        let instead = format!("{fact} is {value}");
        return diagnostic.help(format!("`{value}` is a value of `{fact}`")).fix(
            format!("write `{instead}`"),
            name.span,
            instead,
            Safety::Ask,
        );
    }
    let told = if near.is_empty() { told_of(vocabulary, &name.text) } else { Vec::new() };
    if !told.is_empty() {
        return suggesting(diagnostic, name.span, &told);
    }
    if near.is_empty() {
        return diagnostic
            .help("`eligc vocab WORD` searches the vocabulary; a name of your own is declared with `fact`, `event`, `condition` or `drug`");
    }
    suggesting(diagnostic, name.span, &near)
}

/// The diagnostic with what an abbreviation of the field means; nothing where it is none.
fn abbreviated(vocabulary: &Vocabulary, name: &Name, diagnostic: &Diagnostic) -> Option<Diagnostic> {
    let row = known(&name.text)?;
    let diagnostic = || diagnostic.clone();
    let means = row.means;
    match (row.here, row.name()) {
        // Other letters, or `_`, of the very name are told as such.
        (_, Some(written)) if written == name.text.to_lowercase() => None,
        (Equivalent::Written(text), Some(written)) if vocabulary.symbols.contains_key(written) => {
            Some(diagnostic().help(format!("`{}` is {means}: write `{text}`", name.text)).fix(
                format!("write `{text}`"),
                name.span,
                text,
                Safety::Ask,
            ))
        }
        (Equivalent::Declared(text), _) => Some(
            diagnostic()
                .note(format!("`{}` is {means}; the vocabulary has no name for it", name.text))
                .help(format!("declare it: `{text}`")),
        ),
        (Equivalent::Written(_), _) => None,
    }
}

/// The attribute in a filter of which `word` is a value: `echo` of `method`.
fn attribute_with_value<'v>(vocabulary: &'v Vocabulary, scope: Scope<'_>, word: &str) -> Option<&'v str> {
    let attributes: Vec<&Attribute> = match scope {
        Scope::Record => Vec::new(),
        Scope::Result(fact) => vocabulary.facts.get(fact)?.attributes.iter().collect(),
        Scope::Entry(kinds) => {
            kinds.iter().filter_map(|kind| vocabulary.kinds.get(*kind)).flat_map(|kind| &kind.attributes).collect()
        }
    };
    let has = |attribute: &&&Attribute| match &attribute.ty {
        Type::Coded(values) | Type::Ordinal { levels: values, .. } => values.iter().any(|value| value == word),
        Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } | Type::YesNo | Type::Date => false,
    };
    attributes.iter().find(has).map(|attribute| attribute.name.as_str())
}

/// The one fact of which `word` is a value: `female` of `sex`.
fn fact_with_value<'v>(vocabulary: &'v Vocabulary, word: &str) -> Option<(&'v str, &'v str)> {
    let mut found = vocabulary.facts.iter().filter_map(|fact| match &fact.ty {
        Type::Coded(values) => {
            let value = values.iter().find(|value| value.eq_ignore_ascii_case(word))?;
            Some((fact.name.as_str(), value.as_str()))
        }
        _ => None,
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The facts and kinds, few of them, whose names or texts have `word` in them: `lactating` for `breastfeeding`.
fn told_of<'v>(vocabulary: &'v Vocabulary, word: &str) -> Vec<&'v str> {
    let word: String = plain(word);
    if word.len() < 5 {
        return Vec::new();
    }
    let facts = vocabulary.facts.iter().map(|fact| (fact.name.as_str(), fact.text.as_deref()));
    let kinds = vocabulary.kinds.iter().map(|kind| (kind.name.as_str(), kind.text.as_deref()));
    let told = |(name, text): &(&str, Option<&str>)| {
        begins_a_word(name, &word) || text.is_some_and(|text| begins_a_word(text, &word))
    };
    let found: Vec<&str> = facts.chain(kinds).filter(told).map(|(name, _)| name).take(4).collect();
    if found.len() > 3 { Vec::new() } else { found }
}

fn plain(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Whether a word of the text, or several, begin with `word`: `angina` is one of "unstable angina", `stableangina` is
/// none. A digit behind it makes another word: `sledai` is not `sledai2k`.
fn begins_a_word(text: &str, word: &str) -> bool {
    let mut starts = text.char_indices().filter(|(at, letter)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        letter.is_alphanumeric() && before.is_none_or(|before| !before.is_alphanumeric())
    });
    starts.any(|(at, _)| {
        let rest = text.get(at..).map(plain).unwrap_or_default();
        let behind = rest.strip_prefix(word).map(|behind| behind.chars().next());
        behind.is_some_and(|next| next.is_none_or(|next| !next.is_ascii_digit()))
    })
}

/// `screening within 28 days before screening`
pub(crate) fn anchor_to_itself(span: Span, anchor: &str) -> Diagnostic {
    Diagnostic::new(Code::E0310, span, format!("`{anchor}` is asked for its place in time from itself"))
        .label("the same anchor")
        .help("name the other anchor: `consent within 28 days before screening`")
}

pub(crate) fn anchor_as_condition(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0318, name.span, format!("`{}` is an anchor, not something to ask of a patient", name.text))
        .label("a date")
        .help(format!("anchors are used in windows: `.. within 6 months before {}`", name.text))
}

pub(crate) fn circular_definition(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::E0208, span, format!("`{name}` is defined with its own name"))
        .about(name)
        .label("needs its own value")
        .help("write out what it means without using its own name")
}

pub(crate) fn duplicate_criterion(id: &Name, before: Span) -> Diagnostic {
    Diagnostic::new(Code::E0203, id.span, format!("two criteria carry the number `{}`", id.text))
        .label("used again")
        .also(before, "first used here")
        .help("every report and example names a criterion by its number: give each its own")
}

pub(crate) fn unnumbered(word: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::W0702, word, "a criterion has no protocol number")
        .label(format!("called `{name}` for now"))
        .help("write the protocol's own number behind the word: `require [I1] ..`")
}

pub(crate) fn not_encoded(span: Span) -> Diagnostic {
    Diagnostic::new(Code::W0703, span, "a criterion is not encoded yet")
        .label("always unknown")
        .help("no patient can be found eligible until every `todo` is encoded")
}

pub(crate) fn no_criteria(span: Span) -> Diagnostic {
    Diagnostic::new(Code::W0705, span, "the trial has no criterion")
        .label("every patient is eligible")
        .help("add `require ..` or `exclude ..`")
}

pub(crate) fn second_trial(word: Span, before: Span) -> Diagnostic {
    Diagnostic::new(Code::E0210, word, "a file describes one trial")
        .label("second `trial`")
        .also(before, "first `trial`")
        .help("put the second trial into a file of its own")
}

pub(crate) fn statement_in_vocabulary(word: Span) -> Diagnostic {
    Diagnostic::new(Code::E0210, word, "a vocabulary declares names; it asks nothing of patients")
        .label("belongs in a trial's file")
        .help("move this statement to the file of the trial")
}

pub(crate) fn no_anchors(span: Span) -> Diagnostic {
    Diagnostic::new(Code::E0204, span, "no anchor is declared")
        .help("declare at least one, such as `anchor screening`, or `use sle`")
}

pub(crate) fn derived_dimension(
    span: Span,
    name: &str,
    found: &crate::units::Unit,
    wanted: &crate::units::Unit,
) -> Diagnostic {
    Diagnostic::new(
        Code::E0301,
        span,
        format!("the definition of `{name}` is in `{}`, but `{name}` is in `{}`", found.ucum(), wanted.ucum()),
    )
    .label(found.measures())
    .help(format!("multiply or divide by `1 UNIT` until it is in `{}`", wanted.ucum()))
}
