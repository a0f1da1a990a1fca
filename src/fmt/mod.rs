//! A file in, the same file laid out in one way out: docs/fmt.md has the rules.
//!
//! The file is cut into pieces, which are its statements and the comments between them. Each statement is laid out from
//! its own tokens, so every token and comment is written once and in order; the syntax tree only says where lines may
//! end. A statement that holds an error keeps its text. What comes out is parsed again and must be the same program.

mod build;
mod chunk;
mod doc;
mod token;
mod verify;

pub use chunk::Edit;

use std::ops::Range;

use crate::source::{FileId, with_line_ends};
use crate::syntax::{self, MAX_BYTES, Parsed};
use chunk::Piece;

/// A file laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The whole text.
    pub text: String,
    /// How many statements were left alone because they hold an error.
    pub left_alone: usize,
}

/// Why a file is not laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is larger than any source file may be.
    TooLarge,
    /// The result would be another program, or lack a comment: a mistake of the formatter.
    WouldChange,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::TooLarge => write!(f, "it is larger than {} MiB", MAX_BYTES / (1024 * 1024)),
            Refused::WouldChange => f.write_str(
                "laid out it would be another program; this is a mistake in eligc, and the file is left alone",
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// Lays a file out.
///
/// # Errors
///
/// When the file is too large, or the result would not be the same program with the same comments.
pub fn format(text: &str) -> Result<Formatted, Refused> {
    let (text, pieces) = laid_out(text)?;
    Ok(Formatted { text, left_alone: pieces.iter().filter(|piece| piece.is_left_alone()).count() })
}

/// The edits that lay a file out: none where it is laid out already, so a cursor between them stays where it is.
///
/// # Errors
///
/// As [`format()`].
pub fn edits(text: &str) -> Result<Vec<Edit>, Refused> {
    let (_, pieces) = laid_out(text)?;
    Ok(chunk::edits(text, &with_line_ends(text), &pieces))
}

/// The edits that lay out the statements touched by `range`, and nothing else.
///
/// # Errors
///
/// As [`format()`].
pub fn format_range(text: &str, range: Range<usize>) -> Result<Vec<Edit>, Refused> {
    let (_, pieces) = laid_out(text)?;
    let touched: Vec<Piece> = pieces.into_iter().filter(|piece| piece.is_touched(&range)).collect();
    Ok(chunk::inner_edits(text, &touched))
}

fn read(text: &str) -> Parsed {
    syntax::parse(FileId(0), text)
}

/// How often a file is laid out at most until nothing moves any more.
const ROUNDS: usize = 4;

/// A file laid out and found to be the same program, and its pieces.
///
/// A comment in the middle of a phrase moves the words behind it. So what came out is laid out again until it stays:
/// formatting twice is formatting once.
fn laid_out(text: &str) -> Result<(String, Vec<Piece>), Refused> {
    if text.len() > MAX_BYTES {
        return Err(Refused::TooLarge);
    }
    let written = text;
    let text = &*with_line_ends(written);
    let parsed = read(text);
    let mut pieces = chunk::pieces(text, &parsed);
    let mut joined = chunk::joined(text, &pieces);
    if joined == written {
        return Ok((joined, pieces));
    }
    let mut parsed_again = read(&joined);
    for _ in 0..ROUNDS {
        let again = chunk::pieces(&joined, &parsed_again);
        if !chunk::take_texts(&mut pieces, again) {
            break;
        }
        joined = chunk::joined(text, &pieces);
        parsed_again = read(&joined);
    }
    if verify::program(&parsed, &parsed_again) {
        return Ok((joined, pieces));
    }
    if parsed.diagnostics.is_empty() {
        return Err(Refused::WouldChange);
    }
    // Where errors stand, what a line end parts may be read as something else: the file stays as it is.
    let pieces = chunk::untouched(text);
    Ok((chunk::joined(text, &pieces), pieces))
}
