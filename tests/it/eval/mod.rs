//! The evaluator: what a record means, what every test answers, and what is said of it.

#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking")]

mod builder;
mod conflicts;
mod contradictions;
mod counting;
mod documented;
mod elaborated;
mod formulas;
mod hostile;
mod monotone;
mod reading;
mod reports;
mod said;
mod splitting;
mod told;
mod torn;
mod values;
mod windows;
