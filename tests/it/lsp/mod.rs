//! The language server, driven as an editor drives it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a failing test panics")]

mod client;
mod features;
mod files;
mod process;
mod session;
mod sync;
mod view;
