//! How much a warning weighs, when the user says so: denied, warned of or allowed.

use super::suggest::{did_you_mean, nearest};
use super::{Code, Diagnostic, Retired, Severity};

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
    /// The codes that a retired one was split into.
    Retired(&'static Retired),
    /// Every code that is a warning by nature.
    Warnings,
}

impl Selector {
    fn covers(self, code: Code) -> bool {
        match self {
            Selector::Code(one) => one == code,
            Selector::Retired(retired) => retired.now.contains(&code),
            Selector::Warnings => code.severity() == Severity::Warning,
        }
    }
}

impl std::str::FromStr for Selector {
    type Err = String;

    /// A code (`W0703`), its name (`not-encoded`), one that was retired (`E0101`), `todo`, or `warnings`.
    fn from_str(text: &str) -> Result<Selector, String> {
        match text {
            "warnings" => return Ok(Selector::Warnings),
            "todo" => return Ok(Selector::Code(Code::W0703)),
            _ => {}
        }
        if let Some(retired) = Retired::find(text) {
            return Ok(Selector::Retired(retired));
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
        let (id, codes, now) = match &selector {
            Selector::Code(code) => (code.id(), std::slice::from_ref(code), String::new()),
            Selector::Retired(retired) => (retired.id, retired.now, format!(" ({})", retired.leads_on())),
            Selector::Warnings => ("", [].as_slice(), String::new()),
        };
        if level != Level::Deny && codes.iter().any(|code| code.severity() == Severity::Error) {
            return Err(format!(
                "{id} is an error{now}, and a program with an error has no meaning; only warnings can be set"
            ));
        }
        self.0.push((level, selector));
        Ok(())
    }

    /// Whether a diagnostic of this code counts as an error by what the user said.
    pub fn denies(&self, code: Code) -> bool {
        self.said(code) == Some(Level::Deny)
    }

    /// Whether a diagnostic that is reported on request only is asked for, by its own code or name.
    pub fn asks_for(&self, code: Code) -> bool {
        let own = self.0.iter().rev().find(|(_, selector)| *selector == Selector::Code(code)).map(|(level, _)| *level);
        matches!(own, Some(Level::Warn | Level::Deny))
    }

    fn said(&self, code: Code) -> Option<Level> {
        self.0.iter().rev().find(|(_, selector)| selector.covers(code)).map(|(level, _)| *level)
    }

    /// Sets the severity of each diagnostic and drops those that are allowed.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|diagnostic| {
            match self.said(diagnostic.code) {
                Some(Level::Deny) => diagnostic.severity = Severity::Error,
                Some(Level::Warn) => diagnostic.severity = diagnostic.code.severity(),
                Some(Level::Allow) => return false,
                None => {}
            }
            true
        });
    }
}
