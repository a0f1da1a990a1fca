//! What an editor asks, answered in byte offsets: a text with the vocabulary it was last checked with in, what is
//! known of a place in it out.
//!
//! Answers are made of the newest text's words and the last check's vocabulary, so they are there at once and on a
//! broken text too.

pub mod complete;
pub mod help;
pub mod hints;
pub mod hover;
pub mod mend;
pub mod outline;
pub mod places;
pub mod rewrite;
pub mod shape;
mod token;
mod undeclared;
mod unit;
mod view;
mod windows;
mod words;

pub use places::{Place, Target};
pub use token::{Kind, Token};
pub use view::View;
pub use words::Words;
