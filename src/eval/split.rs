//! Records out of a stream: one a line (NDJSON), one JSON array, or objects one behind another.
//!
//! The form is told from the first bytes. In every form the memory held is one record, a record over
//! [`MAX_RECORD`] is a problem of that record, and what is broken in one record does not reach the next:
//! - lines: a line is read as one record (or several, when they stand whole on it), whatever it holds;
//! - array and objects: an own scanner that knows brackets and strings finds the end of each value. A raw line end,
//!   which no JSON string can hold, ends a string; and among indented objects a `{` in the first column begins a
//!   new record even when the one before was never closed.

use std::io::{self, BufRead, Read};

/// The most bytes one record may have: 16 MiB.
pub const MAX_RECORD: usize = 16 << 20;

/// How the records of a stream are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One record a line.
    Lines,
    /// One array of records.
    Array,
    /// Objects one behind another, each over any number of lines.
    Objects,
}

/// What is wrong with a stretch of the stream before anything is read in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitProblem {
    /// More than [`MAX_RECORD`] bytes; they are not kept.
    TooLarge,
    /// The stream ends before the array is closed.
    UnclosedArray,
    /// Text behind the array.
    BehindArray,
    /// A comma is missing between two records of the array, or one too many stands there.
    Comma,
}

/// One record's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawRecord<'a> {
    /// The line its first byte stands on, from 1.
    pub line: u64,
    /// Its bytes, without surrounding blanks; empty when `problem` is set.
    pub bytes: &'a [u8],
    /// What is wrong with it already.
    pub problem: Option<SplitProblem>,
}

/// Splits a stream into records.
#[derive(Debug)]
pub struct Records<R> {
    input: R,
    layout: Option<Layout>,
    /// Bytes read ahead to tell the layout, taken before the input's.
    ahead: Vec<u8>,
    ahead_at: usize,
    line: u64,
    record: Vec<u8>,
    /// Lines layout: the part of `record` not handed out yet, and the line it is on.
    rest: Option<(usize, u64)>,
    /// Array layout: an element has been given since the bracket or the last comma.
    after_element: bool,
    done: bool,
}

impl<R: BufRead> Records<R> {
    /// Nothing is read yet.
    pub fn new(input: R) -> Records<R> {
        Records {
            input,
            layout: None,
            ahead: Vec::new(),
            ahead_at: 0,
            line: 1,
            record: Vec::new(),
            rest: None,
            after_element: false,
            done: false,
        }
    }

    /// How the records are laid out; `None` before the first is asked for, and for an empty stream.
    pub fn layout(&self) -> Option<Layout> {
        self.layout
    }

    /// The next record, or `None` at the end.
    ///
    /// # Errors
    /// Those of the stream itself.
    pub fn next_record(&mut self) -> io::Result<Option<RawRecord<'_>>> {
        if self.layout.is_none() {
            self.detect()?;
        }
        if self.done {
            return Ok(None);
        }
        match self.layout {
            Some(Layout::Lines) => self.next_line(),
            Some(Layout::Array) => self.next_element(),
            Some(Layout::Objects) => self.next_object(),
            None => Ok(None),
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        if let Some(byte) = self.ahead.get(self.ahead_at) {
            return Ok(Some(*byte));
        }
        Ok(self.input.fill_buf()?.first().copied())
    }

    fn bump(&mut self, byte: u8) {
        if byte == b'\n' {
            self.line += 1;
        }
        if self.ahead_at < self.ahead.len() {
            self.ahead_at += 1;
        } else {
            self.input.consume(1);
        }
    }

    fn skip_blanks(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.peek()? {
                Some(byte @ (b' ' | b'\t' | b'\r' | b'\n')) => self.bump(byte),
                other => return Ok(other),
            }
        }
    }

    /// Reads up to and with the next line end into `into`; whether it fitted in [`MAX_RECORD`].
    fn read_line(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        let ahead = self.ahead.get(self.ahead_at..).unwrap_or_default();
        if let Some(end) = ahead.iter().position(|byte| *byte == b'\n') {
            into.extend(ahead.iter().take(end + 1));
            self.ahead_at += end + 1;
            return Ok(true);
        }
        into.extend_from_slice(ahead);
        self.ahead_at = self.ahead.len();
        let limit = u64::try_from(MAX_RECORD + 2).unwrap_or(u64::MAX);
        let start = into.len();
        self.input.by_ref().take(limit).read_until(b'\n', into)?;
        if into.len() - start <= MAX_RECORD || into.last() == Some(&b'\n') {
            return Ok(into.len() <= MAX_RECORD + 1);
        }
        let mut lost = Vec::new();
        loop {
            lost.clear();
            let read = self.input.by_ref().take(1 << 16).read_until(b'\n', &mut lost)?;
            if read == 0 || lost.last() == Some(&b'\n') {
                return Ok(false);
            }
        }
    }

    fn detect(&mut self) -> io::Result<()> {
        let mut mark = Vec::new();
        while mark.len() < 3 {
            match (self.peek()?, mark.len()) {
                (Some(byte @ 0xEF), 0) | (Some(byte @ 0xBB), 1) | (Some(byte @ 0xBF), 2) => {
                    mark.push(byte);
                    self.bump(byte);
                }
                _ => break,
            }
        }
        if mark.len() < 3 {
            self.ahead = mark;
        }
        match self.skip_blanks()? {
            None => self.done = true,
            Some(b'[') => {
                self.bump(b'[');
                self.layout = Some(Layout::Array);
            }
            Some(_) => {
                let mut text = Vec::new();
                let fits = self.read_line(&mut text)?;
                let first_whole = ends_whole(&text);
                let mut layout = Layout::Lines;
                if fits && !first_whole && text.first() == Some(&b'{') {
                    // Either a broken line or the first of an object's several: the next one tells.
                    let mut second = Vec::new();
                    while second.iter().all(u8::is_ascii_whitespace) {
                        let before = second.len();
                        self.read_line(&mut second)?;
                        if second.len() == before {
                            break;
                        }
                    }
                    let begins = second.iter().find(|byte| !matches!(byte, b'\n' | b'\r'));
                    if begins != Some(&b'{') || !ends_whole(&second) {
                        layout = Layout::Objects;
                    }
                    text.extend(second);
                }
                self.layout = Some(layout);
                if fits {
                    text.extend(self.ahead.iter().skip(self.ahead_at));
                    self.ahead = text;
                    self.ahead_at = 0;
                } else {
                    self.ahead.clear();
                    self.ahead_at = 0;
                    self.rest = Some((usize::MAX, self.line));
                    self.line += 1;
                }
            }
        }
        Ok(())
    }

    fn next_line(&mut self) -> io::Result<Option<RawRecord<'_>>> {
        if let Some((usize::MAX, line)) = self.rest {
            self.rest = None;
            return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::TooLarge) }));
        }
        let (start, line) = loop {
            if let Some(rest) = self.rest.take() {
                break rest;
            }
            let mut record = std::mem::take(&mut self.record);
            record.clear();
            let fits = self.read_line(&mut record)?;
            let line = self.line;
            let ended = record.is_empty();
            let blank = fits && record.iter().all(u8::is_ascii_whitespace);
            self.record = record;
            if ended {
                self.done = true;
                return Ok(None);
            }
            self.line += 1;
            if !fits {
                return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::TooLarge) }));
            }
            if !blank {
                break (0, line);
            }
        };
        let text = self.record.get(start..).unwrap_or_default();
        let mut scan = Scan::default();
        let end = if may_hold_several(text) {
            text.iter().position(|byte| scan.step(*byte) == Step::Ended).map(|at| at + 1)
        } else {
            None
        };
        let bytes = match end {
            // Several records on one line only when the next one visibly begins.
            Some(end)
                if text.iter().skip(end).find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
                    && text.first().is_some_and(|_| scan.began_with_brace) =>
            {
                self.rest = Some((start + end, line));
                text.get(..end).unwrap_or_default()
            }
            _ => text,
        };
        Ok(Some(RawRecord { line, bytes: bytes.trim_ascii(), problem: None }))
    }

    fn next_element(&mut self) -> io::Result<Option<RawRecord<'_>>> {
        loop {
            let line = self.line;
            match self.skip_blanks()? {
                None => {
                    self.done = true;
                    return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::UnclosedArray) }));
                }
                Some(b']') => {
                    self.bump(b']');
                    self.done = true;
                    let line = self.line;
                    return Ok(match self.skip_blanks()? {
                        None => None,
                        Some(_) => {
                            let line = line.max(self.line);
                            Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::BehindArray) })
                        }
                    });
                }
                Some(b',') => {
                    let line = self.line;
                    self.bump(b',');
                    if !std::mem::replace(&mut self.after_element, false) {
                        return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::Comma) }));
                    }
                }
                Some(_) => {
                    let line = self.line;
                    if std::mem::replace(&mut self.after_element, true) {
                        self.after_element = false;
                        return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::Comma) }));
                    }
                    return self.capture(true);
                }
            }
        }
    }

    fn next_object(&mut self) -> io::Result<Option<RawRecord<'_>>> {
        if self.skip_blanks()?.is_none() {
            self.done = true;
            return Ok(None);
        }
        self.capture(false)
    }

    /// Takes one value, whose first byte comes next, into `record`.
    fn capture(&mut self, in_array: bool) -> io::Result<Option<RawRecord<'_>>> {
        self.record.clear();
        let line = self.line;
        let mut scan = Scan::default();
        let mut too_large = false;
        let mut indented = false;
        let mut before = 0;
        while let Some(byte) = self.peek()? {
            if !scan.began_with_brace && !scan.in_value() {
                // Something that is no object or array: up to where one could follow.
                let stops = matches!(byte, b'\n') || (in_array && matches!(byte, b',' | b']'));
                if stops && !self.record.is_empty() {
                    break;
                }
            }
            if before == b'\n' {
                indented |= matches!(byte, b' ' | b'\t');
                if byte == b'{' && indented && !in_array && !self.record.is_empty() {
                    break;
                }
            }
            self.bump(byte);
            if self.record.len() < MAX_RECORD {
                self.record.push(byte);
            } else {
                too_large = true;
            }
            before = byte;
            if scan.step(byte) == Step::Ended {
                break;
            }
        }
        if too_large {
            return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::TooLarge) }));
        }
        Ok(Some(RawRecord { line, bytes: self.record.trim_ascii(), problem: None }))
    }
}

/// Whether some `{` stands right behind a closing bracket, as between two records of one line and never in one.
fn may_hold_several(text: &[u8]) -> bool {
    memchr::memchr_iter(b'{', text).any(|at| {
        let before = text.get(..at).unwrap_or_default().trim_ascii_end();
        matches!(before.last(), Some(b'}' | b']'))
    })
}

/// Whether `text` is one value, or several, and blanks: brackets matched at its end.
fn ends_whole(text: &[u8]) -> bool {
    let mut scan = Scan::default();
    for byte in text {
        scan.step(*byte);
    }
    !scan.in_value()
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Inside,
    Ended,
}

/// Follows brackets and strings.
#[derive(Debug, Default)]
struct Scan {
    depth: u32,
    in_string: bool,
    escaped: bool,
    began_with_brace: bool,
}

impl Scan {
    fn in_value(&self) -> bool {
        self.depth > 0 || self.in_string
    }

    fn step(&mut self, byte: u8) -> Step {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' | b'\n' => self.in_string = false,
                _ => {}
            }
            return Step::Inside;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => {
                self.began_with_brace |= self.depth == 0;
                self.depth = self.depth.saturating_add(1);
            }
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Step::Ended;
                }
            }
            _ => {}
        }
        Step::Inside
    }
}
