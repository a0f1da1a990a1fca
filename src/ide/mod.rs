//! What an editor asks, answered in byte offsets: a text with the vocabulary it was last checked with in, what is
//! known of a place in it out.
//!
//! Answers are made of the newest text's words and the last check's vocabulary, so they are there at once and on a
//! broken text too.

pub mod complete;
pub mod help;
pub mod hints;
pub mod hover;
pub mod outline;
pub mod references;
pub mod rewrite;
pub mod safe_fixes;
pub mod semantic_tokens;
mod token;
mod token_index;
mod undeclared;
mod unit;
mod view;
mod windows;

pub use references::{Place, Target};
pub use token::{Kind, Token};
pub use token_index::Words;
pub use view::View;
