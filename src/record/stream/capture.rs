//! One value out of an array or a row of objects, and where the next record begins when the value is never closed.
//!
//! A record that is cut off goes on, as brackets have it, in the next ones. Three signs say that another has begun:
//! a `{` where JSON has no place for one, at the beginning of a line; a `{` in the column of the record's own, with lines
//! between them that stand further in; and, in a value that is broken already, a `{` whose first key is one of a record.
//! A value in which nothing of that is seen and that is still open at the end of the stream, or at the most a record may
//! have, is parted where such a key first stood, and is read again from there. From then on the key alone is enough.

use std::io::{self, BufRead};

use super::scan::{Scan, ScanStep, record_inside};
use super::{MAX_RECORD, RawRecord, Records, SplitProblem};

/// The keys of a record.
const KEYS: [&str; 5] = ["id", "facts", "anchors", "judgements", "units"];

/// So much is kept of what is thrown away: a `{` and its first key.
const KEPT: usize = 64;

impl<R: BufRead> Records<R> {
    /// Takes one value, whose first byte comes next, into `record`.
    pub(crate) fn capture(&mut self, in_array: bool) -> io::Result<Option<RawRecord<'_>>> {
        self.record.clear();
        let line = self.line;
        let mut scan = Scan::default();
        let own = self.column;
        let mut deeper = false;
        let mut too_large = false;
        let mut begins: Option<usize> = None;
        while let Some(byte) = self.peek()? {
            if !scan.began_with_brace && !scan.in_value() {
                // Something that is no object or array: up to where one could follow.
                let stops = matches!(byte, b'\n') || (in_array && matches!(byte, b',' | b']'));
                if stops && !self.record.is_empty() {
                    break;
                }
            }
            // Behind a value that was closed too early, the array's own end.
            if in_array && byte == b']' && scan.began_with_brace && !scan.in_value() {
                break;
            }
            if !self.record.is_empty()
                && !scan.in_string
                && let Some(column) = self.column.filter(|_| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
            {
                let again = deeper && own == Some(column);
                if byte == b'{' && scan.in_value() && (again || !scan.takes_value()) {
                    let at = begins.unwrap_or(self.record.len());
                    return Ok(Some(self.parted(line, at, too_large, in_array)));
                }
                deeper |= own.is_some_and(|own| column > own);
            }
            if byte == b':'
                && !scan.in_string
                && let Some(at) = self.record_before(!too_large)
            {
                if self.torn || scan.broken {
                    let at = begins.unwrap_or(at);
                    return Ok(Some(self.parted(line, at, too_large, in_array)));
                }
                begins = begins.or(Some(at));
            }
            let step = scan.step(byte);
            if step == ScanStep::Foreign && in_array {
                // The array's own end: this record was never closed.
                if let Some(at) = begins {
                    return Ok(Some(self.parted(line, at, too_large, in_array)));
                }
                break;
            }
            self.bump(byte);
            if self.record.len() >= MAX_RECORD {
                if let Some(at) = begins {
                    self.torn = true;
                    self.record.push(byte);
                    return Ok(Some(self.parted(line, at, too_large, in_array)));
                }
                too_large = true;
                self.record.drain(..self.record.len().saturating_sub(KEPT));
            }
            self.record.push(byte);
            if step == ScanStep::Ended {
                if let Some(at) = begins.filter(|_| scan.broken) {
                    return Ok(Some(self.parted(line, at, too_large, in_array)));
                }
                if self.ends_here(in_array)? {
                    return Ok(Some(self.captured(line, too_large)));
                }
                scan.broken = true;
            }
        }
        // A missing quote turns texts and what is between them round, so that no key was seen as one.
        let begins = begins.or_else(|| record_inside(&self.record).filter(|_| !too_large));
        if let Some(at) = begins.filter(|_| scan.in_value()) {
            self.torn = true;
            return Ok(Some(self.parted(line, at, too_large, in_array)));
        }
        Ok(Some(self.captured(line, too_large)))
    }

    /// Whether a record ends where its brackets do. With a `}` too many it ends early: a key, or a bracket that closes
    /// nothing, is behind it, and what it would have said is not to be passed over.
    fn ends_here(&mut self, in_array: bool) -> io::Result<bool> {
        let goes_on = |byte: Option<u8>| matches!(byte, Some(b'"' | b':' | b'}')) || (!in_array && byte == Some(b']'));
        let behind = self.skip_blanks()?;
        if behind != Some(b',') {
            return Ok(!goes_on(behind));
        }
        let line = self.line;
        self.bump(b',');
        if goes_on(self.skip_blanks()?) {
            self.record.push(b',');
            return Ok(false);
        }
        if in_array {
            self.after_element = false;
        } else {
            self.stray = Some(line);
        }
        Ok(true)
    }

    fn captured(&self, line: u64, too_large: bool) -> RawRecord<'_> {
        if too_large {
            return RawRecord { line, bytes: &[], problem: Some(SplitProblem::TooLarge) };
        }
        let bytes = self.record.trim_ascii();
        if bytes.iter().all(|byte| matches!(byte, b'}' | b']' | b',') || byte.is_ascii_whitespace()) {
            return RawRecord { line, bytes: &[], problem: Some(SplitProblem::Stray) };
        }
        RawRecord { line, bytes, problem: None }
    }

    /// Where, inside the value, a `{` stands whose first key is one of a record; its colon comes next.
    fn record_before(&self, whole: bool) -> Option<usize> {
        let text = self.record.trim_ascii_end().strip_suffix(b"\"")?;
        KEYS.iter().find_map(|key| {
            let before = text.strip_suffix(key.as_bytes())?.strip_suffix(b"\"")?.trim_ascii_end();
            let at = before.len().checked_sub(1)?;
            // The first `{` of all is the value's own.
            (before.last() == Some(&b'{') && (at > 0 || !whole)).then_some(at)
        })
    }

    /// What was captured up to `at`; what is behind it is read again.
    fn parted(&mut self, line: u64, at: usize, too_large: bool, in_array: bool) -> RawRecord<'_> {
        let again = self.record.split_off(at.min(self.record.len()));
        self.line -= u64::try_from(memchr::memchr_iter(b'\n', &again).count()).unwrap_or(u64::MAX);
        // The input is only asked once nothing is left ahead, which is empty from then on.
        if again.len() <= self.ahead_at {
            self.ahead_at -= again.len();
        } else {
            self.ahead = again;
            self.ahead_at = 0;
        }
        let blanks = self.record.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let line_start = self.record.iter().rev().nth(blanks).is_none_or(|byte| *byte == b'\n');
        self.column = line_start.then_some(blanks);
        let kept = self.record.trim_ascii_end();
        let kept = if in_array { kept.strip_suffix(b",").unwrap_or(kept).len() } else { kept.len() };
        self.record.truncate(kept);
        self.after_element = false;
        self.captured(line, too_large)
    }
}
