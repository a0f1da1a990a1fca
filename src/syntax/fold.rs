//! White space folded: every run of blanks outside texts is one blank, one line end when a line ends in it, so that the
//! grammar need not count. Behind a reserved word it is a mark instead, so that the grammar need not compare every name
//! with every reserved word. Every byte of the folded text knows its place in the file.

use std::ops::Range;

use super::keywords::{Sort, is_word_byte, sort_of};
use super::scan::{Reserved, Segment};

/// Behind a reserved word that is never a code.
const CONNECTIVE: u8 = 0x0C;
/// Behind any other reserved word.
const RESERVED: u8 = 0x0B;

/// A stretch of a file without the white space that means nothing.
pub(super) struct Folded {
    /// What the grammar reads.
    pub text: String,
    /// The place in the file of each byte, and of the end.
    places: Vec<u32>,
}

impl Folded {
    /// Folds a segment of `patched`, whose texts all end and whose reserved words are known. The word meant takes the
    /// place of a misspelt one that the segment begins with.
    pub fn new(patched: &str, reserved: &[Reserved], segment: &Segment) -> Folded {
        let range = segment.range.clone();
        let first = reserved.partition_point(|word| word.start < range.start);
        let reserved = reserved.get(first..).unwrap_or_default();
        let Some((word, meant)) = &segment.meant else {
            return fold(patched.as_bytes(), range, reserved);
        };
        // The last letters of both words stand in the same places; so does what stands behind them.
        let rest = patched.get(word.end..range.end).unwrap_or_default();
        let mended = format!("{meant}{rest}");
        let shifted = |at: usize| at + meant.len() - word.end;
        let moved = reserved.iter().take_while(|other| other.start < range.end);
        let first = Reserved { start: 0, end: meant.len(), connective: true };
        let reserved: Vec<Reserved> = std::iter::once(first)
            .chain(moved.map(|other| Reserved { start: shifted(other.start), end: shifted(other.end), ..*other }))
            .collect();
        fold(mended.as_bytes(), 0..mended.len(), &reserved)
            .moved(|at| (word.end + at).saturating_sub(meant.len()).max(word.start))
    }

    /// Folds `text`, which stands at `start` of the folded text, with these edits made, the first in front. What an edit
    /// puts in stands where it begins.
    pub fn again(&self, text: &str, start: usize, edits: &[(Range<usize>, String)]) -> Folded {
        let mut mended = String::with_capacity(text.len() + 16);
        let mut places: Vec<usize> = Vec::with_capacity(text.len() + 16);
        let mut at = 0;
        for (range, instead) in edits.iter().filter(|(range, _)| range.end <= text.len()) {
            mended.push_str(text.get(at..range.start).unwrap_or_default());
            places.extend(at..range.start);
            mended.push_str(instead);
            // The letters of a word in other letters stand where they stood.
            let same = instead.len() == range.len();
            places.extend((0..instead.len()).map(|letter| range.start + if same { letter } else { 0 }));
            at = range.end;
        }
        mended.push_str(text.get(at..).unwrap_or_default());
        places.extend(at..=text.len());
        let mended = without_marks(&mended);
        fold(mended.as_bytes(), 0..mended.len(), &reserved_words(&mended))
            .moved(|at| self.place(start + places.get(at).copied().unwrap_or(text.len())))
    }

    fn moved(mut self, place: impl Fn(usize) -> usize) -> Folded {
        for at in &mut self.places {
            *at = narrow(place(*at as usize));
        }
        self
    }

    /// The place in the file of the byte at `at` of the folded text; its end for all behind it.
    pub fn place(&self, at: usize) -> usize {
        self.places.get(at).or(self.places.last()).map_or(0, |place| *place as usize)
    }

    /// Whether white space stands at `at` of the folded text.
    pub fn is_blank(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(|byte| is_blank(*byte))
    }
}

/// The marks of a folded text as blanks again.
fn without_marks(text: &str) -> String {
    text.replace([char::from(CONNECTIVE), char::from(RESERVED)], " ")
}

/// The reserved words of `text` outside its quotes.
fn reserved_words(text: &str) -> Vec<Reserved> {
    let all = text.as_bytes();
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(here) = all.get(at) {
        let start = at;
        at = match here {
            b'"' => text_end(all, at + 1),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let rest = all.get(at..).unwrap_or_default();
                at + rest.iter().position(|byte| !is_word_byte(*byte)).unwrap_or(rest.len())
            }
            _ => at + 1,
        };
        match all.get(start..at).map_or(Sort::Free, sort_of) {
            Sort::Free => {}
            sort => words.push(Reserved { start, end: at, connective: sort.is_connective() }),
        }
    }
    words
}

/// Folds `range` of `all`, which is the file; `reserved` are its reserved words from there on.
fn fold(all: &[u8], range: Range<usize>, reserved: &[Reserved]) -> Folded {
    let mut folding = Folding {
        all: all.get(..range.end).unwrap_or_default(),
        bytes: Vec::with_capacity(range.len() + 1),
        places: Vec::with_capacity(range.len() + 2),
    };
    folding.run(range.start, reserved);
    let Folding { bytes, mut places, .. } = folding;
    places.push(narrow(range.end));
    // Blanks alone were left out and marks put in, so that what is left is UTF-8 as before.
    Folded { text: String::from_utf8(bytes).unwrap_or_default(), places }
}

struct Folding<'t> {
    /// The file up to where the folding ends.
    all: &'t [u8],
    bytes: Vec<u8>,
    places: Vec<u32>,
}

impl Folding<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.all.get(at).copied()
    }

    fn run(&mut self, start: usize, reserved: &[Reserved]) {
        let mut at = start;
        for word in reserved.iter().take_while(|word| word.end <= self.all.len()) {
            if self.stands_alone(word.start..word.end) {
                self.blanks(at..word.end);
                at = self.put(word.end, if word.connective { CONNECTIVE } else { RESERVED });
            }
        }
        self.blanks(at..self.all.len());
    }

    /// Folds the blanks of a stretch without marks.
    fn blanks(&mut self, range: Range<usize>) {
        // What is copied whole stands between `from` and `at`.
        let mut from = range.start;
        let mut at = range.start;
        let all = self.all.get(..range.end).unwrap_or_default();
        let mut after_blank = false;
        while let Some(byte) = all.get(at) {
            // Quotes and blanks are among the first characters of all.
            if *byte > b'"' {
                after_blank = false;
                at += 1;
            } else if *byte == b'"' {
                after_blank = false;
                at = text_end(self.all, at + 1);
            } else if after_blank && is_blank(*byte) {
                let end = self.blank_end(at);
                self.copy(from..at - 1);
                let ends_line = all.get(at - 1..end).unwrap_or_default().contains(&b'\n');
                self.put(at - 1, if ends_line { b'\n' } else { b' ' });
                (from, at) = (end, end);
                after_blank = false;
            } else {
                after_blank = is_blank(*byte);
                at += 1;
            }
        }
        self.copy(from..range.end.max(from));
    }

    /// Whether a word is no part of a longer token, such as the criterion `I5.in` or `[not-1]`.
    fn stands_alone(&self, range: Range<usize>) -> bool {
        match self.byte(range.end) {
            Some(b'.' | b'#' | b'%' | b'\'') => false,
            Some(b'-' | b'+' | b'*' | b'/' | b'^') => {
                let before = self.all.get(..range.start).unwrap_or_default();
                let bracket = before.iter().rev().find(|byte| !is_blank(**byte)) == Some(&b'[');
                !bracket && !matches!(before.last(), Some(b'.' | b'-' | b'#' | b'/' | b'^' | b'*'))
            }
            _ => true,
        }
    }

    /// Puts `blank` for the white space at `at`, if any; gives where it ends.
    fn put(&mut self, at: usize, blank: u8) -> usize {
        self.bytes.push(blank);
        self.places.push(narrow(at));
        self.blank_end(at)
    }

    fn blank_end(&self, at: usize) -> usize {
        let rest = self.all.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| !is_blank(*byte)).unwrap_or(rest.len())
    }

    fn copy(&mut self, range: Range<usize>) {
        self.bytes.extend_from_slice(self.all.get(range.clone()).unwrap_or_default());
        self.places.extend(narrow(range.start)..narrow(range.end));
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | CONNECTIVE | RESERVED)
}

/// Behind the quote that ends the text whose first byte is at `from`.
fn text_end(all: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = all.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found + 1;
        if all.get(at - 1) == Some(&b'"') {
            return at;
        }
        at += 1;
    }
    all.len()
}

/// Files end long before 4 GiB.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
