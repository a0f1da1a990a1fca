//! The language server, driven as an editor drives it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a failing test panics")]

mod broken;
mod client;
mod completion;
mod features;
mod files;
mod hover;
mod process;
mod rewrite;
mod session;
mod sync;
mod typed;
mod view;
mod words;
