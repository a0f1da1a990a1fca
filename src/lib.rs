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
pub mod check;
pub mod cli;
pub mod diag;
pub mod diagram;
pub mod eval;
pub mod examples;
pub mod explain;
pub mod fmt;
pub mod ide;
pub mod import;
pub mod ir;
pub mod kleene;
pub mod legible;
pub mod lower;
pub mod lsp;
pub mod narrate;
pub mod number;
pub mod parallel;
pub mod record;
pub mod save;
pub mod source;
pub mod syntax;
pub mod tree;
pub mod typed;
pub mod units;
pub mod vocab;
