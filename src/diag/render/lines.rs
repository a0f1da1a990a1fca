//! The lines of source next to a diagnostic, as the renderer asks for them; of a very long line, the part that matters.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::diagnostic::Diagnostic as Report;
use codespan_reporting::files::{Error, Files};

use super::super::Diagnostic;
use crate::legible;
use crate::source::{FileId, SourceMap};

/// A line of more bytes is shown around its first mark.
const LONGEST: usize = 400;
/// So much is shown before the mark.
const BEFORE: usize = 60;
/// So much is shown from where the mark begins.
const AFTER: usize = 120;
/// Stands for what is left out of a line.
const CUT: &str = "..";
/// Of a mark over many lines, these many at each end are looked up; the renderer shows fewer.
const ENDS: usize = 6;

/// The files that something is said of, as codespan reads them.
pub(super) struct Lines<'a> {
    shown: BTreeMap<FileId, DisplayFile<'a>>,
}

/// A file that something is said of, as it may be shown.
struct DisplayFile<'a> {
    name: Cow<'a, str>,
    text: Cow<'a, str>,
    /// Where its lines begin.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn new(diagnostics: &[Diagnostic], sources: &'a SourceMap) -> Lines<'a> {
        let mut shown = BTreeMap::new();
        for diagnostic in diagnostics {
            for label in diagnostic.secondary.iter().chain([&diagnostic.primary]) {
                if let Some(file) = sources.get(label.span.file) {
                    shown.entry(label.span.file).or_insert_with(|| DisplayFile {
                        name: legible::line(&file.name),
                        text: legible::covered(&file.text),
                        starts: file.line_starts().iter().map(|start| *start as usize).collect(),
                    });
                }
            }
        }
        Lines { shown }
    }

    fn starts(&self, id: FileId) -> Result<&[usize], Error> {
        self.shown.get(&id).map(|shown| shown.starts.as_slice()).ok_or(Error::FileMissing)
    }

    fn text(&self, id: FileId) -> Result<&str, Error> {
        self.shown.get(&id).map(|shown| &*shown.text).ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for Lines<'_> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.shown.get(&id).map(|shown| &*shown.name).ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.text(id)
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, Error> {
        Ok(self.starts(id)?.partition_point(|start| *start <= byte_index).saturating_sub(1))
    }

    fn line_range(&'a self, id: FileId, line_index: usize) -> Result<Range<usize>, Error> {
        let starts = self.starts(id)?;
        let max = starts.len().saturating_sub(1);
        let start = *starts.get(line_index).ok_or(Error::LineTooLarge { given: line_index, max })?;
        let end = starts.get(line_index + 1).copied().unwrap_or(self.text(id)?.len());
        Ok(start..end)
    }
}

/// A line of an excerpt.
struct Piece {
    /// Its number in the file, from 0.
    line: usize,
    /// Where it is in the text of the excerpt, line end included.
    range: Range<usize>,
    /// Where its first byte from the file is in the text of the excerpt.
    first: usize,
    /// The bytes of the file that it shows.
    shown: Range<usize>,
    /// The characters of the line before those.
    skipped: usize,
}

/// The lines that one diagnostic is about, long ones cut; line numbers and columns are those of the file.
pub(super) struct Excerpt<'a> {
    lines: &'a Lines<'a>,
    files: BTreeMap<FileId, (String, Vec<Piece>)>,
}

impl<'a> Excerpt<'a> {
    /// `None` when no line is long: the files are shown as they are.
    pub fn new(diagnostic: &Diagnostic, lines: &'a Lines<'a>) -> Option<Excerpt<'a>> {
        // Each line with the first place that is marked on it; the primary mark goes first.
        let mut wanted: BTreeMap<(FileId, usize), Option<usize>> = BTreeMap::new();
        for label in [&diagnostic.primary].into_iter().chain(&diagnostic.secondary) {
            let (file, range) = (label.span.file, label.span.range());
            let (first, last) = (lines.line_index(file, range.start).ok()?, lines.line_index(file, range.end).ok()?);
            for line in (first.saturating_sub(1)..=last + 1).take(ENDS).chain(last.saturating_sub(ENDS)..=last + 1) {
                let mark = match line {
                    _ if line == first => Some(range.start),
                    _ if line == last => Some(range.end),
                    _ => None,
                };
                let known = wanted.entry((file, line)).or_default();
                *known = known.or(mark);
            }
        }
        let mut long = false;
        let mut files: BTreeMap<FileId, (String, Vec<Piece>)> = BTreeMap::new();
        for ((file, line), mark) in wanted {
            // One behind the last line is none.
            let Ok(whole) = lines.line_range(file, line) else { continue };
            let source = lines.source(file).ok()?;
            let shown = if whole.len() > LONGEST { around(source, &whole, mark) } else { whole.clone() };
            long |= shown != whole;
            let (text, pieces) = files.entry(file).or_default();
            let start = text.len();
            if shown.start > whole.start {
                text.push_str(CUT);
            }
            let first = text.len();
            text.push_str(source.get(shown.clone())?);
            if shown.end < whole.end {
                text.push_str(CUT);
                text.push('\n');
            }
            let skipped = source.get(whole.start..shown.start)?.chars().count();
            pieces.push(Piece { line, range: start..text.len(), first, shown, skipped });
        }
        long.then_some(Excerpt { lines, files })
    }

    /// The report with its marks where they are in the excerpt.
    pub fn moved(&self, mut report: Report<FileId>) -> Report<FileId> {
        for label in &mut report.labels {
            let place = |byte| self.place(label.file_id, byte).unwrap_or_default();
            label.range = place(label.range.start)..place(label.range.end);
        }
        report
    }

    fn place(&self, file: FileId, byte: usize) -> Option<usize> {
        let line = self.lines.line_index(file, byte).ok()?;
        let piece = self.piece(file, line).ok()?;
        Some(piece.first + byte.clamp(piece.shown.start, piece.shown.end) - piece.shown.start)
    }

    fn text(&self, id: FileId) -> Result<&(String, Vec<Piece>), Error> {
        self.files.get(&id).ok_or(Error::FileMissing)
    }

    fn piece(&self, id: FileId, line: usize) -> Result<&Piece, Error> {
        let found = self.text(id)?.1.iter().find(|piece| piece.line == line);
        found.ok_or(Error::LineTooLarge { given: line, max: line })
    }
}

/// The part of a long line that is shown: around the mark, or its beginning.
fn around(source: &str, whole: &Range<usize>, mark: Option<usize>) -> Range<usize> {
    let mark = mark.unwrap_or(whole.start);
    let start = source.floor_char_boundary(mark.saturating_sub(BEFORE).max(whole.start));
    let end = source.ceil_char_boundary((mark + AFTER).min(whole.end));
    // A line end that is near is shown as it is.
    if whole.end - end <= CUT.len() { start..whole.end } else { start..end }
}

impl<'a> Files<'a> for Excerpt<'_> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.lines.name(id)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.text(id)?.0)
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, Error> {
        let pieces = &self.text(id)?.1;
        let at = pieces.partition_point(|piece| piece.range.start <= byte_index).saturating_sub(1);
        pieces.get(at).map(|piece| piece.line).ok_or(Error::FileMissing)
    }

    fn column_number(&'a self, id: FileId, line_index: usize, byte_index: usize) -> Result<usize, Error> {
        let piece = self.piece(id, line_index)?;
        let before = self.text(id)?.0.get(piece.first..byte_index).map_or(0, |text| text.chars().count());
        Ok(piece.skipped + before + 1)
    }

    fn line_range(&'a self, id: FileId, line_index: usize) -> Result<Range<usize>, Error> {
        // Of the lines within a mark over many, the renderer shows none that is not here.
        Ok(self.piece(id, line_index).map_or(0..0, |piece| piece.range.clone()))
    }
}
