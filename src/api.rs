//! From a program's text to its decision tree in one call.

use std::fmt;

use crate::diag::Severity;
use crate::driver::{Checked, check_text};
use crate::lower::lower;
use crate::tree::DecisionTree;

/// Why a text has no decision tree. Shown, it is a line for each error: `demo.elig:1:22: E0305: ..`.
#[derive(Debug)]
#[non_exhaustive]
pub enum CompileError {
    /// It has errors: [`Checked::diagnostics`] names each with its place.
    Checked(Box<Checked>),
    /// It has no criterion, so every patient would be eligible by it: a vocabulary, or an empty file.
    NothingAsked,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CompileError::Checked(checked) => {
                let errors = checked.diagnostics.iter().filter(|found| found.severity == Severity::Error);
                for (index, found) in errors.enumerate() {
                    let place = checked.sources.line_column(found.primary.span);
                    let name = checked.sources.get(found.primary.span.file).map_or("", |file| file.name.as_str());
                    let end = if index == 0 { "" } else { "\n" };
                    write!(f, "{end}{name}:{}:{}: {}: {}", place.line, place.column, found.code, found.title)?;
                }
                Ok(())
            }
            CompileError::NothingAsked => f.write_str("there is no criterion, so every patient would be eligible"),
        }
    }
}

impl std::error::Error for CompileError {}

/// The decision tree of a program that uses no file but the shipped vocabularies; `name` is what its diagnostics call it.
///
/// ```
/// let wrong = eligc::compile("demo.elig", "require platelets >= 20000 x10^9/L").expect_err("impossible");
/// assert!(wrong.to_string().starts_with("demo.elig:1:22: E0305: `platelets` can never be"));
/// ```
///
/// # Errors
/// What is wrong with the program. A warning is no error: [`check_text`] tells of those too.
pub fn compile(name: &str, text: &str) -> Result<DecisionTree, CompileError> {
    let checked = check_text(name, text);
    match &checked.program {
        Some(program) if program.criteria.is_empty() => Err(CompileError::NothingAsked),
        Some(program) => Ok(lower(program, &checked.sources)),
        None => Err(CompileError::Checked(Box::new(checked))),
    }
}
