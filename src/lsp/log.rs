//! A record of the session for whoever looks for a mistake in it; never on standard output, which is the protocol's.

use std::fs::File;
use std::io::Write as _;
use std::time::Instant;

/// Lines in a file, or nowhere.
#[derive(Debug)]
pub struct Log {
    file: Option<File>,
    start: Instant,
}

impl Log {
    /// Keeps nothing.
    pub fn none() -> Log {
        Log { file: None, start: Instant::now() }
    }

    /// Keeps lines in `file`.
    pub fn to(file: File) -> Log {
        Log { file: Some(file), start: Instant::now() }
    }

    /// Adds a line, with the seconds since the session began.
    pub fn line(&mut self, line: impl FnOnce() -> String) {
        if let Some(file) = &mut self.file {
            // A full disk is no reason to end the session.
            let _ = writeln!(file, "{:9.3} {}", self.start.elapsed().as_secs_f64(), line());
        }
    }
}
