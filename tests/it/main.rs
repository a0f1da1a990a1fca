//! Every integration test, in one binary.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::allow_attributes, reason = "modules state what they expect")]

mod calendar;
mod cli;
mod docs;
mod error_pages;
mod eval;
mod number;
mod syntax;
mod tree_json;
mod units;
mod vectors;
