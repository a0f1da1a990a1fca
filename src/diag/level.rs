//! How much a warning weighs, when the user says so: denied, warned of or allowed.

use super::suggest::{did_you_mean, nearest};
use super::{Code, Diagnostic, Severity};

/// What is to become of a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It counts as an error.
    Deny,
    /// It is a warning.
    Warn,
    /// It is not reported.
    Allow,
}

/// Which diagnostics a level is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selector {
    /// One code.
    Code(Code),
    /// Every code that is a warning by nature.
    Warnings,
}

impl Selector {
    fn covers(self, code: Code) -> bool {
        match self {
            Selector::Code(one) => one == code,
            Selector::Warnings => code.severity() == Severity::Warning,
        }
    }
}

impl std::str::FromStr for Selector {
    type Err = String;

    /// A code (`W0703`), its name (`not-encoded`), `todo`, or `warnings`.
    fn from_str(text: &str) -> Result<Selector, String> {
        match text {
            "warnings" => return Ok(Selector::Warnings),
            "todo" => return Ok(Selector::Code(Code::W0703)),
            _ => {}
        }
        text.parse::<Code>().map(Selector::Code).map_err(|()| {
            let known = Code::ALL.iter().flat_map(|code| [code.id(), code.name()]).chain(["todo", "warnings"]);
            let near = nearest(text, known, 2);
            did_you_mean(&near).map_or_else(
                || "no such code; `eligc explain` lists all".to_owned(),
                |question| format!("no such code; {question}"),
            )
        })
    }
}

/// Levels in the order given: the last that covers a code decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(Vec<(Level, Selector)>);

impl Levels {
    /// Adds a level that weighs more than those before it.
    ///
    /// # Errors
    /// An error can be neither allowed nor warned of: a program that has one has no meaning that could be screened with.
    pub fn push(&mut self, level: Level, selector: Selector) -> Result<(), String> {
        if let Selector::Code(code) = selector
            && code.severity() == Severity::Error
            && level != Level::Deny
        {
            return Err(format!(
                "{code} is an error, and a program with an error has no meaning; only warnings can be set"
            ));
        }
        self.0.push((level, selector));
        Ok(())
    }

    /// Sets the severity of each diagnostic and drops those that are allowed.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|diagnostic| {
            let said = self.0.iter().rev().find(|(_, selector)| selector.covers(diagnostic.code));
            match said.map(|(level, _)| level) {
                Some(Level::Deny) => diagnostic.severity = Severity::Error,
                Some(Level::Warn) => diagnostic.severity = diagnostic.code.severity(),
                Some(Level::Allow) => return false,
                None => {}
            }
            true
        });
    }
}
