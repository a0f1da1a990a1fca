//! How diagnostics look: one file a format. Data in, text out; nothing here reads a file or writes to a stream.

mod github;
mod human;
mod json;
mod lines;
mod place;
mod sarif;
mod short;

pub use github::github;
pub use human::human;
pub use json::{FORMAT, json};
pub use sarif::sarif;
pub use short::short;

use super::Diagnostic;
use crate::source::SourceMap;

/// What was found in one file that was checked, the files it uses included.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The file's name as shown.
    pub name: &'a str,
    /// Sorted.
    pub diagnostics: &'a [Diagnostic],
    /// What the spans of the diagnostics belong to.
    pub sources: &'a SourceMap,
}
