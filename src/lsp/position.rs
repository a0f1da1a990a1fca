//! Positions of the protocol, counted in the units the client chose, to byte offsets and back. Whatever a client
//! sends names a place in the text: what lies outside is clamped.

use lsp_types::{Position, PositionEncodingKind, Range};

/// What a client counts within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what the protocol means when nothing is said.
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// Of the encodings a client offers: bytes when they are among them, for they cost nothing; else what it likes
    /// best and we know; else what the protocol means when nothing is said.
    pub fn negotiate<'o>(offered: impl Iterator<Item = &'o str>) -> Encoding {
        let known: Vec<Encoding> = offered
            .filter_map(|kind| match kind {
                "utf-8" => Some(Encoding::Utf8),
                "utf-16" => Some(Encoding::Utf16),
                "utf-32" => Some(Encoding::Utf32),
                _ => None,
            })
            .collect();
        if known.contains(&Encoding::Utf8) {
            return Encoding::Utf8;
        }
        known.first().copied().unwrap_or(Encoding::Utf16)
    }

    /// The protocol's name of it.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How long `text` is, so counted.
    pub fn length(self, text: &str) -> u32 {
        let count = match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 if text.is_ascii() => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => text.chars().count(),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn of(self, letter: char) -> usize {
        match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin. A line ends with `\n`, `\r\n` or `\r`, as the protocol has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Indexes `text`.
    pub fn new(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        // In `\r\n` the second ends the line.
        let ends = |at: &usize| bytes.get(*at..*at + 2) != Some(b"\r\n");
        starts.extend(memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends).map(|at| at + 1));
        Lines { starts }
    }

    /// The line a byte is in, from 0, and the byte that line begins with.
    fn line(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset).max(1) - 1;
        (line, self.starts.get(line).copied().unwrap_or(0))
    }

    /// The byte offset of a position in `text`. A line past the last is the end of the text, a character past the
    /// end of its line the end of that line, and the middle of a character its beginning.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else {
            return text.len();
        };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(text.len());
        let line = text.get(start..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut left = position.character as usize;
        for (at, letter) in line.char_indices() {
            let width = encoding.of(letter);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }

    /// The position of a byte offset; past the end it is the end.
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let (line, start) = self.line(offset);
        let before = text.get(start..offset).unwrap_or_default();
        Position { line: u32::try_from(line).unwrap_or(u32::MAX), character: encoding.length(before) }
    }

    /// The byte range of a range; one that ends before it begins is empty.
    pub fn bytes(&self, text: &str, range: Range, encoding: Encoding) -> std::ops::Range<usize> {
        let start = self.offset(text, range.start, encoding);
        let end = self.offset(text, range.end, encoding);
        start..end.max(start)
    }

    /// The range of a byte range.
    pub fn range(&self, text: &str, bytes: std::ops::Range<usize>, encoding: Encoding) -> Range {
        let start = self.position(text, bytes.start, encoding);
        let end = self.position(text, bytes.end.max(bytes.start), encoding);
        Range { start, end }
    }
}
