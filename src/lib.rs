//! eligc: clinical-trial eligibility criteria, compiled.
//!
//! ```text
//! source text --syntax::parse--> ast --check--> typed program --lower--> decision tree --eval--> verdicts
//!                                                                        |  ^
//!                                                                 to_json|  |from_json
//!                                                                        v  |
//!                                                                    elig-tree/2
//! ```

// The parser that pest makes without its `std` feature, whose stack probe costs a tenth of the time, says `::alloc`.
// Nesting is bounded before pest runs: `syntax::MAX_DEPTH`.
extern crate alloc;

pub mod abbreviation;
pub mod calendar;
#[cfg(feature = "compile")]
pub mod check;
#[cfg(feature = "compile")]
pub mod cli;
pub mod diag;
#[cfg(feature = "compile")]
pub mod diagram;
#[cfg(feature = "eval")]
pub mod eval;
#[cfg(feature = "compile")]
pub mod examples;
#[cfg(feature = "eval")]
pub mod explain;
#[cfg(feature = "compile")]
pub mod fmt;
#[cfg(feature = "compile")]
pub mod ide;
#[cfg(feature = "compile")]
pub mod import;
pub mod ir;
pub mod kleene;
pub mod legible;
#[cfg(feature = "compile")]
pub mod lower;
#[cfg(feature = "compile")]
pub mod lsp;
#[cfg(feature = "compile")]
pub mod narrate;
pub mod number;
#[cfg(feature = "compile")]
pub mod parallel;
#[cfg(feature = "eval")]
pub mod record;
#[cfg(feature = "compile")]
pub mod save;
pub mod source;
#[cfg(feature = "compile")]
pub mod syntax;
#[cfg(feature = "eval")]
pub mod tree;
#[cfg(feature = "compile")]
pub mod typed;
pub mod units;
#[cfg(feature = "compile")]
pub mod vocab;
