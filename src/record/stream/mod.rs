//! Records out of a stream: one a line (NDJSON), one JSON array, or objects one behind another.
//!
//! The form is told from the first bytes. In every form the memory held is one record, a record over
//! [`MAX_RECORD`] is a problem of that record, and what is broken in one record does not reach the next:
//! - lines: a line is read as one record (or several, when they stand whole on it), whatever it holds;
//! - array and objects: a scanner of its own that knows brackets and strings finds the end of each value, and where the
//!   next record begins when one was never closed ([`capture`]).

mod capture;
mod scan;

use std::io::{self, BufRead, Read};

use scan::{Scan, ScanStep, record_inside};

/// The most bytes one record may have: 16 MiB.
pub const MAX_RECORD: usize = 16 << 20;

/// How the records of a stream are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
pub enum SplitProblem {
    /// More than [`MAX_RECORD`] bytes; they are not kept.
    TooLarge,
    /// The stream ends before the array is closed.
    UnclosedArray,
    /// Text behind the array, which is read on as records.
    BehindArray,
    /// Text behind the array that holds no record; nothing of it is read.
    Rest,
    /// A comma is missing between two records of the array, or something else is there.
    Comma,
    /// Commas or closing brackets that belong to no record.
    Stray,
}

/// One record's bytes, for [`Evaluator::read_raw`](crate::Evaluator::read_raw), which also says what is wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawRecord<'a> {
    /// The line its first byte is on, from 1.
    pub line: u64,
    /// Its bytes, without surrounding blanks; empty when `problem` is set.
    pub bytes: &'a [u8],
    /// What is wrong with it already.
    #[doc(hidden)]
    pub problem: Option<SplitProblem>,
}

/// Splits a stream into records: one a line (NDJSON), a JSON array, or objects one behind another. It holds one record in
/// memory, of at most 16 MiB; what is broken in one does not reach the next.
///
/// ```
/// use eligc::{Evaluator, ReadOptions, RecordErrorKind, Records, Verdict, compile};
///
/// let evaluator = Evaluator::new(compile("demo.elig", "require [I7] sledai2k >= 7")?)?;
/// let stream = r#"
/// {"id": 1, "facts": {"sledai2k": 8}}
/// {"id": 2, "facts": {"sledai9k": 8}}
/// {"id": 3, "facts": {"sledai2k": 6}}
/// "#;
/// let mut records = Records::new(stream.as_bytes());
/// let (mut verdicts, mut refused) = (Vec::new(), Vec::new());
/// while let Some(raw) = records.next_record()? {
///     match evaluator.read_raw(&raw, &ReadOptions::default()) {
///         Ok(record) => verdicts.push(evaluator.screen(&record)),
///         Err(error) => refused.extend(error.problems.into_iter().map(|problem| (error.line, problem.kind))),
///     }
/// }
/// assert_eq!(verdicts, [Verdict::Eligible, Verdict::Ineligible]);
/// assert_eq!(refused, [(3, RecordErrorKind::UnknownFact)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// A record of this stream was never closed: what looks like the beginning of one is taken for it at once.
    torn: bool,
    /// Objects layout: the line of a comma between two records, not told yet.
    stray: Option<u64>,
    /// The blanks before the next byte, when nothing else is before it in its line.
    column: Option<usize>,
    done: bool,
}

impl<R: BufRead> Records<R> {
    /// The records of `input`, of which nothing is read yet.
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
            torn: false,
            stray: None,
            column: Some(0),
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
    /// Those of reading the stream. A record that is broken is no error here: `read_raw` refuses it, with its line.
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
        match byte {
            b'\n' => {
                self.line += 1;
                self.column = Some(0);
            }
            b' ' | b'\t' => self.column = self.column.map(|column| column + 1),
            b'\r' => {}
            _ if MARK.contains(&byte) => {}
            _ => self.column = None,
        }
        if self.ahead_at < self.ahead.len() {
            self.ahead_at += 1;
        } else {
            self.ahead.clear();
            self.ahead_at = 0;
            self.input.consume(1);
        }
    }

    /// The next byte behind blanks and byte order marks: files put together have a mark before a later line.
    fn skip_blanks(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.peek()? {
                Some(byte @ (b' ' | b'\t' | b'\r' | b'\n')) => self.bump(byte),
                Some(0xEF) if self.skip_mark()? => {}
                other => return Ok(other),
            }
        }
    }

    /// Passes over a byte order mark, or over nothing.
    fn skip_mark(&mut self) -> io::Result<bool> {
        let mut seen = Vec::with_capacity(MARK.len());
        for byte in MARK {
            if self.peek()? != Some(*byte) {
                if !seen.is_empty() {
                    seen.extend(self.ahead.iter().skip(self.ahead_at));
                    self.ahead = seen;
                    self.ahead_at = 0;
                }
                return Ok(false);
            }
            self.bump(*byte);
            seen.push(*byte);
        }
        Ok(true)
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
                    let begins = behind_mark(&second).iter().find(|byte| !matches!(byte, b'\n' | b'\r'));
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
            let blank = fits && behind_mark(&record).iter().all(u8::is_ascii_whitespace);
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
                break (self.record.len() - behind_mark(&self.record).len(), line);
            }
        };
        let text = self.record.get(start..).unwrap_or_default();
        let mut scan = Scan::default();
        let end = if may_hold_several(text) {
            text.iter().position(|byte| scan.step(*byte) == ScanStep::Ended).map(|at| at + 1)
        } else {
            None
        };
        let bytes = match end {
            // Several records on one line only when the next one visibly begins.
            Some(end)
                if scan.began_with_brace
                    && behind_mark(text.get(end..).unwrap_or_default().trim_ascii_start()).first() == Some(&b'{') =>
            {
                let gap = text.iter().skip(end).position(|byte| *byte == b'{').unwrap_or_default();
                self.rest = Some((start + end + gap, line));
                text.get(..end).unwrap_or_default()
            }
            // A line that ends in the midst of a record may hold others, which a missing quote hides.
            _ => match record_inside(text).filter(|_| !ends_whole(text)) {
                Some(at) => {
                    self.rest = Some((start + at, line));
                    text.get(..at).unwrap_or_default()
                }
                None => text,
            },
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
                    let problem = match self.skip_blanks()? {
                        None => return Ok(None),
                        Some(b'[') => {
                            self.bump(b'[');
                            self.after_element = false;
                            SplitProblem::BehindArray
                        }
                        Some(b'{') => {
                            self.layout = Some(Layout::Objects);
                            SplitProblem::BehindArray
                        }
                        Some(_) => SplitProblem::Rest,
                    };
                    self.done = problem == SplitProblem::Rest;
                    return Ok(Some(RawRecord { line: self.line, bytes: &[], problem: Some(problem) }));
                }
                Some(b',') => {
                    let line = self.line;
                    self.bump(b',');
                    if !std::mem::replace(&mut self.after_element, false) {
                        return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::Comma) }));
                    }
                }
                Some(byte) => {
                    let line = self.line;
                    if std::mem::replace(&mut self.after_element, true) {
                        self.after_element = false;
                        if byte != b'{' {
                            self.skip_junk()?;
                        }
                        return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::Comma) }));
                    }
                    return self.capture(true);
                }
            }
        }
    }

    /// What is between two records of an array and is none: up to a comma, the end, or where one begins.
    fn skip_junk(&mut self) -> io::Result<()> {
        while let Some(byte) = self.peek()? {
            match byte {
                b',' => {
                    self.bump(byte);
                    break;
                }
                b'{' | b']' => break,
                _ => self.bump(byte),
            }
        }
        Ok(())
    }

    fn next_object(&mut self) -> io::Result<Option<RawRecord<'_>>> {
        if let Some(line) = self.stray.take() {
            return Ok(Some(RawRecord { line, bytes: &[], problem: Some(SplitProblem::Stray) }));
        }
        if self.skip_blanks()?.is_none() {
            self.done = true;
            return Ok(None);
        }
        self.capture(false)
    }
}

/// A byte order mark.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What is behind a byte order mark and the blanks around it, where there is one in front.
fn behind_mark(text: &[u8]) -> &[u8] {
    text.trim_ascii_start().strip_prefix(MARK).map_or(text, <[u8]>::trim_ascii_start)
}

/// Whether some `{` stands right behind a closing bracket, as between two records of one line and never in one.
fn may_hold_several(text: &[u8]) -> bool {
    memchr::memchr_iter(b'{', text).any(|at| {
        let before = text.get(..at).unwrap_or_default();
        let before = before.strip_suffix(MARK).unwrap_or(before).trim_ascii_end();
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
