//! Diagnostics drawn: data in, text out; nothing here reads a file or writes to a stream.
//!
//! ```
//! use eligc::{check_text, render};
//!
//! let checked = check_text("slip.elig", "require [I11] platelets >= 20000 x10^9/L");
//! // For people, with the lines of the source; `true` colours it for a terminal.
//! let drawn = render::human(&checked.diagnostics, &checked.sources, false);
//! assert!(drawn.starts_with("error[E0305]: `platelets` can never be `20000 x10^9/L`"));
//! assert!(drawn.contains("help: did you mean `20000 /uL`?"));
//! // For programs: `json` (docs/diagnostics.md), `sarif`, `github`, or a line each.
//! let line = render::short(&checked.diagnostics, &checked.sources);
//! assert!(line.starts_with("slip.elig:1:28: error[E0305]: "));
//! ```

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
