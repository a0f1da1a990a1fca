//! Examples: `E0501`, `E0209` and the names in them.

use super::attributes_are;
use crate::calendar::DateError;
use crate::diag::suggest::suggesting;
use crate::diag::suggest::{nearest, nearest_names};
use crate::diag::wording::choices;
use crate::diag::{Code, Diagnostic, DiagnosticKind, Safety};
use crate::source::Span;
use crate::syntax::ast::{DateText, Name, Text};
use crate::vocab::{Symbol, Vocabulary};

pub(crate) fn bad_value(span: Span, name: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(Code::E0501, span, format!("`{name}` cannot have this value"))
        .label("not a value it can have")
        .help(format!("write {wanted}"))
}

pub(crate) fn bad_date(date: &DateText, why: &DateError) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::E0107, date.span, format!("`{}` is not a date", date.text)).label("no such date");
    // What the form is, the help says.
    let diagnostic = match why {
        DateError::Shape { .. } => diagnostic,
        _ => diagnostic.note(why.to_string()),
    };
    diagnostic.help("write `2026`, `2026-03`, `2026-03-01` or `2026-03-01T09:00`")
}

pub(crate) fn duplicate_example(name: &Text, before: Span) -> Diagnostic {
    Diagnostic::new(Code::E0202, name.span, format!("two examples are called \"{}\"", name.text))
        .label("used again")
        .also(before, "first used here")
        .help("give each example its own name")
}

pub(crate) fn unknown_example(like: &Text, names: &[&str]) -> Diagnostic {
    let near = nearest(&like.text, names.iter().copied(), 1);
    let diagnostic = Diagnostic::new(Code::E0209, like.span, format!("no example is called \"{}\"", like.text))
        .label("unknown example");
    match near.first() {
        Some(name) => diagnostic.help(format!("did you mean \"{name}\"?")).fix(
            format!("write \"{name}\""),
            like.span,
            format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")),
            Safety::Ask,
        ),
        None => diagnostic.help("name an example of this file"),
    }
}

pub(crate) fn circular_example(like: &Text) -> Diagnostic {
    Diagnostic::new(Code::E0208, like.span, "an example is like itself")
        .label("leads back to the same example")
        .help("write out one example of the circle without `like`")
}

pub(crate) fn duplicate_field(name: &Name, before: Span) -> Diagnostic {
    Diagnostic::new(Code::E0202, name.span, format!("`{}` is given twice", name.text))
        .label("given again")
        .also(before, "first given here")
        .help("several results are written as a list: `[ .., .. ]`")
}

pub(crate) fn example_of_definition(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0501, name.span, format!("`{}` is computed and cannot be given", name.text))
        .label("a definition")
        .help("give the facts that it is computed from")
}

pub(crate) fn unknown_field(vocabulary: &Vocabulary, name: &Name) -> Diagnostic {
    let names = vocabulary.names(|symbol| !matches!(symbol, Symbol::Definition(_)));
    let near = nearest_names(&name.text, names, 3);
    let diagnostic = Diagnostic::new(Code::E0201, name.span, format!("`{}` is declared nowhere", name.text))
        .about(&*name.text)
        .label("not a fact, a kind or an anchor");
    if near.is_empty() {
        return diagnostic.help("an example gives anchors, facts and entries, and `judged ID: yes` for judgements");
    }
    suggesting(diagnostic, name.span, &near)
}

pub(crate) fn unknown_attribute_field(name: &Name, owner: &str, known: &[&str]) -> Diagnostic {
    let near = nearest_names(&name.text, known.iter().copied(), 2);
    let diagnostic = Diagnostic::new(Code::E0206, name.span, format!("`{owner}` has no attribute `{}`", name.text))
        .about(format!("`{owner}` {}", name.text))
        .label("no such attribute");
    if near.is_empty() && !known.is_empty() {
        return diagnostic.help(attributes_are(known));
    }
    suggesting(diagnostic, name.span, &near)
}

pub(crate) fn unknown_judgement(name: &Name, names: &[&str]) -> Diagnostic {
    let near = nearest(&name.text, names.iter().copied(), 2);
    let diagnostic = Diagnostic::new(Code::E0209, name.span, format!("no judgement is asked under `{}`", name.text))
        .kind(DiagnosticKind::UnknownJudgement)
        .label("unknown judgement");
    if near.is_empty() && !names.is_empty() {
        return diagnostic.help(format!("judgements are asked under {}", choices(names.iter().copied())));
    }
    suggesting(diagnostic, name.span, &near)
}

pub(crate) fn unknown_criterion(id: &Name, names: &[&str]) -> Diagnostic {
    let near = nearest(&id.text, names.iter().copied(), 2);
    let diagnostic = Diagnostic::new(Code::E0209, id.span, format!("no criterion carries the number `{}`", id.text))
        .label("unknown criterion");
    if near.is_empty() {
        return diagnostic.help("name a criterion of this file by its number");
    }
    suggesting(diagnostic, id.span, &near)
}

pub(crate) fn unknown_verdict(verdict: &Name) -> Diagnostic {
    let near = nearest(&verdict.text, ["eligible", "ineligible", "undetermined"], 1);
    let diagnostic = Diagnostic::new(Code::E0209, verdict.span, format!("`{}` is not a verdict", verdict.text))
        .label("unknown verdict");
    suggesting(diagnostic, verdict.span, &near).help("write `eligible`, `ineligible` or `undetermined`")
}

pub(crate) fn unknown_outcome(outcome: &Name) -> Diagnostic {
    let near = nearest(&outcome.text, ["pass", "fail", "unknown"], 1);
    let near = match outcome.text.as_str() {
        "passed" | "passes" => vec!["pass"],
        "failed" | "fails" => vec!["fail"],
        _ => near,
    };
    let diagnostic = Diagnostic::new(Code::E0209, outcome.span, format!("`{}` is not an outcome", outcome.text))
        .label("unknown outcome");
    suggesting(diagnostic, outcome.span, &near)
        .help("write `pass` (it does not keep the patient out), `fail` (it does) or `unknown`")
}
