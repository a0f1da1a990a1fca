//! The language server: messages of the Language Server Protocol in, answers out. What is known of a program comes
//! from [`crate::ide`]; here are only the protocol, the open documents, and when to check them.

mod analysis;
mod client;
mod document;
mod documents;
mod embedded_files;
mod lifecycle;
mod log;
mod position;
mod publish;
mod published;
mod requests;
mod server;
mod session;
mod stdio;
mod text;
mod transport;
mod uri;

use std::path::PathBuf;

pub use analysis::{Find, Read};
pub use log::Log;
pub use position::{Encoding, Lines};
pub use session::serve;
pub use stdio::serve_stdio;
pub use text::Text;

/// What a session needs of the world around it.
#[derive(Debug)]
pub struct Options {
    /// How source files are read.
    pub read: Read,
    /// How the files of a folder are found.
    pub find: Find,
    /// The user's folder for files that can be made again: the shipped vocabulary and the pages on diagnostics are put
    /// there when an editor wants to open them.
    pub cache: Option<PathBuf>,
    /// Where to keep a record of the session.
    pub log: Log,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// `shutdown`, then `exit`.
    InOrder,
    /// The client went away without a word, or said `exit` alone.
    Abruptly,
}
