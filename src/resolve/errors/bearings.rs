//! `bears on` and the numbers of edit checks: `E0342`, `E0343`.

use crate::diag::suggest::{nearest_names, suggesting};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::vocab::{Symbol, Vocabulary};

/// `fact pregnant: yes_no bears on pregnant`
pub(crate) fn bears_on_itself(name: &Name) -> Diagnostic {
    Diagnostic::new(Code::E0342, name.span, format!("`{}` is said to bear on itself", name.text))
        .label("the same fact")
        .help("name the fact that it is evidence for or against, or leave `bears on` out")
}

/// `bears on screening`, `bears on pregnent`
pub(crate) fn bears_on_no_evidence(
    vocabulary: &Vocabulary,
    name: &Name,
    symbol: Option<Symbol>,
    declared: Option<Span>,
) -> Diagnostic {
    let what = match symbol {
        Some(Symbol::Anchor(_)) => "an anchor",
        Some(Symbol::Definition(_)) => "a definition",
        Some(Symbol::Fact(_) | Symbol::Kind(_) | Symbol::Group(_)) | None => "declared nowhere",
    };
    let diagnostic = Diagnostic::new(
        Code::E0342,
        name.span,
        format!("`bears on` names `{}`, which is {what} and not in records as evidence is", name.text),
    )
    .label(if symbol.is_some() { format!("{what}, not a fact or a kind") } else { "declared nowhere".to_owned() });
    if symbol.is_none() {
        let fits = |symbol| matches!(symbol, Symbol::Fact(_) | Symbol::Kind(_) | Symbol::Group(_));
        let near = nearest_names(&name.text, vocabulary.names(fits), 3);
        if !near.is_empty() {
            return suggesting(diagnostic, name.span, &near);
        }
    }
    let diagnostic = diagnostic.help("name a fact, an event, a condition, a drug or a group");
    declared.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.also(span, "declared here"))
}

/// Two checks of one number.
pub(crate) fn duplicate_check(id: &Name, before: Span) -> Diagnostic {
    Diagnostic::new(Code::E0343, id.span, format!("two edit checks have the number {}", id.text))
        .label("given here again")
        .also(before, "the first check of this number")
        .help("give one of them another number: a query list names checks by it")
}
