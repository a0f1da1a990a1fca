//! Source files and places in them: byte spans, and the one conversion from bytes to lines and columns.

mod hidden;

use std::borrow::Cow;
use std::ops::Range;

pub use hidden::{Hides, hidden, hides};

/// Which file of a [`SourceMap`] a span belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A half-open byte range `start..end` in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`; positions past 4 GiB saturate (files are limited to 16 MiB).
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clip(range.start), end: clip(range.end) }
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the first byte of either to the last byte of either: `[a]..[b]` gives `[a..b]`.
    pub fn merge(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span right behind this one: where something missing would be typed.
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }
}

/// One source file: its name as shown to people, its text, and where its lines begin.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The name shown in diagnostics (a path as the user gave it, or `<stdin>`).
    pub name: String,
    /// The whole text.
    pub text: Cow<'static, str>,
    line_starts: Vec<u32>,
}

/// A line and a column: both counted from 1, columns in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
}

impl SourceFile {
    /// Indexes the lines of `text`, whose lines end as [`with_line_ends`] has it.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> SourceFile {
        let text = match text.into() {
            Cow::Borrowed(text) => with_line_ends(text),
            Cow::Owned(text) => match with_line_ends(&text) {
                Cow::Owned(ended) => Cow::Owned(ended),
                Cow::Borrowed(_) => Cow::Owned(text),
            },
        };
        let mut line_starts = vec![0];
        line_starts
            .extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX)));
        SourceFile { name: name.into(), text, line_starts }
    }

    /// The byte offset of each line's start; the first is 0.
    #[cfg(feature = "compile")]
    pub(crate) fn line_starts(&self) -> &[u32] {
        &self.line_starts
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.get(start..end).map_or(0, |slice| slice.chars().count());
        LineColumn {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        }
    }

    /// The column of a byte offset in UTF-16 code units, from 1: how many editors and programs count.
    pub fn utf16_column(&self, offset: u32) -> u32 {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len());
        let column: usize = self.text.get(start..end).map_or(0, |slice| slice.chars().map(char::len_utf16).sum());
        u32::try_from(column + 1).unwrap_or(u32::MAX)
    }

    /// The text under a span of this file; empty when the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}

/// The files that were read, with which places of diagnostics are turned into names, lines and columns.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// No files yet.
    pub fn new() -> SourceMap {
        SourceMap::default()
    }

    /// Adds a file and names it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile::new(name, text));
        id
    }

    /// The file of an id this map gave.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).map_or("", |file| file.slice(span))
    }

    /// Where a span begins.
    pub fn line_column(&self, span: Span) -> LineColumn {
        self.get(span.file).map_or(LineColumn { line: 1, column: 1 }, |file| file.line_column(span.start))
    }

    /// All files in the order added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().zip(0..).map(|(file, id)| (FileId(id), file))
    }
}

/// A text with blanks behind it, up to `width` letters in all; a longer text as it is.
pub fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(blanks))
}

/// The width of a column that holds these texts: that of the longest of them, but no more than `most`.
pub fn column_width<'a>(texts: impl IntoIterator<Item = &'a str>, most: usize) -> usize {
    texts.into_iter().map(|text| text.chars().count()).filter(|width| *width <= most).max().unwrap_or(0)
}

/// Where a carriage return stands that is not the first half of `\r\n`.
fn lone_return(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    memchr::memchr_iter(b'\r', rest).map(|at| from + at).find(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// The text with `\n` in place of each carriage return that is alone, byte for byte in its old place: a line ends
/// with `\n`, `\r\n` or `\r`, as editors show it, and who reads the text need know of the first two only.
pub fn with_line_ends(text: &str) -> Cow<'_, str> {
    let Some(first) = lone_return(text.as_bytes(), 0) else {
        return Cow::Borrowed(text);
    };
    let mut ended = text.as_bytes().to_vec();
    let mut next = Some(first);
    while let Some(at) = next {
        if let Some(place) = ended.get_mut(at) {
            *place = b'\n';
        }
        next = lone_return(text.as_bytes(), at + 1);
    }
    // One ASCII character took the place of another.
    String::from_utf8(ended).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Text on one line: one blank for every run of white space, none at the ends.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut add = |words: &str| {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(words);
    };
    for row in text.split('\n').map(str::trim).filter(|row| !row.is_empty()) {
        if is_evenly_spaced(row) {
            add(row);
        } else {
            row.split_whitespace().for_each(&mut add);
        }
    }
    line
}

/// Whether a text is of ASCII and its white space single blanks. Every byte is looked at, which many at once are.
fn is_evenly_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let shown = bytes.iter().fold(true, |all, byte| all & (b' '..0x7F).contains(byte));
    shown && bytes.iter().zip(next).fold(true, |all, (byte, next)| all & !((*byte == b' ') & (*next == b' ')))
}
