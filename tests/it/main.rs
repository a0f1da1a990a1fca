//! Every integration test, in one binary.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod architecture;
mod calendar;
mod cli;
mod docs;
mod drafts;
mod editors;
mod error_pages;
mod errors;
mod eval;
mod fields;
mod fmt;
mod formats;
mod generated;
mod laws;
mod lesson;
mod lsp;
mod number;
mod pictures;
mod reading;
mod save;
mod scales;
mod screening;
mod syntax;
mod tree_json;
mod trials;
mod typed;
mod units;
mod vectors;
mod vocabularies;
mod wording;
