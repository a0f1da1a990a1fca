//! A file as pieces: statements, comments between them, and text that belongs to no statement.

use std::ops::Range;

use super::build;
use super::doc;
use super::token::{Remark, has_empty_line, remarks};
use crate::source::FileId;
use crate::syntax::lexer::is_blank;
use crate::syntax::{self, Parsed};

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes in their place.
    pub replacement: String,
}

/// Part of a file that is laid out by itself.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its bytes in the file.
    range: Range<usize>,
    /// Its text, laid out.
    text: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Statement,
    /// A comment with a line of its own.
    Comment,
    /// A comment behind something.
    Behind,
    /// Text that holds an error.
    LeftAlone,
}

impl Piece {
    pub fn is_left_alone(&self) -> bool {
        self.kind == Kind::LeftAlone
    }

    pub fn is_touched(&self, range: &Range<usize>) -> bool {
        self.range.start <= range.end && range.start <= self.range.end
    }
}

/// The pieces of a file in their order.
pub(super) fn pieces(text: &str, parsed: &Parsed) -> Vec<Piece> {
    let remarks = remarks(&parsed.tokens, text);
    let line_end = line_end(text);
    let mut pieces = Vec::new();
    let mut at = 0;
    for statement in &parsed.file.statements {
        let mut range = statement.span.range();
        // Of a misspelt statement word the tree knows the end only.
        let before = text.get(at..range.start).unwrap_or_default();
        range.start = at + before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        if range.start < at || range.is_empty() {
            continue;
        }
        between(text, at..range.start, &remarks, &mut pieces);
        let written = text.get(range.clone()).unwrap_or_default();
        let is_whole = parsed.diagnostics.is_empty() || syntax::parse(FileId(0), written).diagnostics.is_empty();
        pieces.push(if is_whole {
            let laid_out = doc::render(&build::statement(statement, text, &parsed.tokens, &remarks));
            let lines = laid_out.trim_end_matches('\n').replace("\r\n", "\n");
            let text = if line_end == "\n" { lines } else { lines.replace('\n', line_end) };
            Piece { text, range: range.clone(), kind: Kind::Statement }
        } else {
            Piece { text: written.to_owned(), range: range.clone(), kind: Kind::LeftAlone }
        });
        at = range.end;
    }
    between(text, at..text.len(), &remarks, &mut pieces);
    pieces
}

/// The whole file as one piece that is left alone.
pub(super) fn untouched(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    unread(text, 0..text.len(), &mut pieces);
    pieces
}

/// Puts the texts of `again`, the same pieces laid out once more, in their place; whether that changes anything.
pub(super) fn take_texts(pieces: &mut [Piece], again: Vec<Piece>) -> bool {
    if pieces.len() != again.len() {
        return false;
    }
    let mut changed = false;
    for (piece, again) in pieces.iter_mut().zip(again) {
        changed |= piece.text != again.text;
        piece.text = again.text;
    }
    changed
}

/// The comments of a stretch without statements, and what else is there.
fn between(text: &str, range: Range<usize>, remarks: &[Remark], pieces: &mut Vec<Piece>) {
    let first = remarks.partition_point(|remark| remark.range.start < range.start);
    let last = remarks.partition_point(|remark| remark.range.start < range.end);
    let mut at = range.start;
    for remark in remarks.get(first..last).unwrap_or_default() {
        unread(text, at..remark.range.start, pieces);
        let kind = if remark.own_line { Kind::Comment } else { Kind::Behind };
        pieces.push(Piece { range: remark.range.clone(), text: remark.text.clone(), kind });
        at = remark.range.end;
    }
    unread(text, at..range.end, pieces);
}

/// Text that is no part of any statement is an error of its own.
fn unread(text: &str, range: Range<usize>, pieces: &mut Vec<Piece>) {
    let written = text.get(range.clone()).unwrap_or_default();
    let trimmed = written.trim_start_matches(is_blank);
    let start = range.start + written.len() - trimmed.len();
    let trimmed = trimmed.trim_end_matches(is_blank);
    if !trimmed.is_empty() {
        let range = start..start + trimmed.len();
        pieces.push(Piece { range, text: trimmed.to_owned(), kind: Kind::LeftAlone });
    }
}

/// How the first line of the file ends: so do all when it is laid out.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// What is before the piece `index`, and before the end of the file behind the last one.
fn gap(text: &str, pieces: &[Piece], index: usize) -> (Range<usize>, String) {
    let line_end = line_end(text);
    let start = index.checked_sub(1).and_then(|before| pieces.get(before)).map_or(0, |before| before.range.end);
    let piece = pieces.get(index);
    let is_left_alone = |at: Option<usize>| at.and_then(|at| pieces.get(at)).is_some_and(Piece::is_left_alone);
    let end = piece.map_or(text.len(), |piece| piece.range.start);
    let written = text.get(start..end).unwrap_or_default();
    let laid_out = match piece {
        _ if index == 0 => {
            // The mark of some editors at the start of a file is theirs to keep.
            if text.starts_with('\u{FEFF}') { "\u{FEFF}".to_owned() } else { String::new() }
        }
        None => line_end.to_owned(),
        // `require 5note` stays as it is: apart, its words would be read as something else.
        Some(piece) if start == end && (piece.is_left_alone() || is_left_alone(index.checked_sub(1))) => String::new(),
        Some(piece) if piece.kind == Kind::Behind => "  ".to_owned(),
        Some(_) if has_empty_line(written) => line_end.repeat(2),
        Some(_) => line_end.to_owned(),
    };
    (start..end, laid_out)
}

/// The whole file.
pub(super) fn joined(text: &str, pieces: &[Piece]) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, piece) in pieces.iter().enumerate() {
        out.push_str(&gap(text, pieces, index).1);
        out.push_str(&piece.text);
    }
    out.push_str(&gap(text, pieces, pieces.len()).1);
    out
}

/// What changes, in the order of the file; `read` is its text with line ends alone that are read as such.
pub(super) fn edits(text: &str, read: &str, pieces: &[Piece]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for index in 0..=pieces.len() {
        let (range, blanks) = gap(read, pieces, index);
        push_edit(text, range, &blanks, &mut edits);
        if let Some(piece) = pieces.get(index) {
            push_edit(text, piece.range.clone(), &piece.text, &mut edits);
        }
    }
    edits
}

/// What changes inside the pieces themselves.
pub(super) fn inner_edits(text: &str, pieces: &[Piece]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for piece in pieces {
        push_edit(text, piece.range.clone(), &piece.text, &mut edits);
    }
    edits
}

/// An edit of the lines that differ; none when they are the same.
fn push_edit(text: &str, range: Range<usize>, laid_out: &str, edits: &mut Vec<Edit>) {
    let written = text.get(range.clone()).unwrap_or_default();
    if written == laid_out {
        return;
    }
    let same_start: usize = written
        .split_inclusive('\n')
        .zip(laid_out.split_inclusive('\n'))
        .take_while(|(one, other)| one == other)
        .map(|(line, _)| line.len())
        .sum();
    let (old, new) = (written.get(same_start..).unwrap_or_default(), laid_out.get(same_start..).unwrap_or_default());
    let same_end: usize = old
        .rsplit('\n')
        .zip(new.rsplit('\n'))
        .take_while(|(one, other)| one == other)
        .map(|(line, _)| line.len() + 1)
        .sum();
    // A line end before the first line that is the same belongs to the edit when there is nothing else before it.
    let same_end = same_end.min(old.len()).min(new.len());
    let range = range.start + same_start..range.end - same_end;
    let replacement = new.get(..new.len() - same_end).unwrap_or_default().to_owned();
    edits.push(Edit { range, replacement });
}
