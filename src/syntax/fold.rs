//! White space folded: every run of blanks outside texts is one blank, one line end when a line ends in it, so that the
//! grammar need not count. Behind a reserved word it is a mark instead, so that the grammar need not compare every name
//! with every reserved word. Every byte of the folded text knows its place in the file.

use std::ops::Range;

use super::words::{is_connective, is_reserved, is_word_byte};

/// Behind a reserved word that is never a code.
const CONNECTIVE: u8 = b'\t';
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
    /// Folds `range` of `patched`, whose texts all end; `meant` takes the place of the misspelt word that it begins with.
    pub fn new(patched: &str, range: Range<usize>, meant: Option<&(Range<usize>, &'static str)>) -> Folded {
        let Some((word, meant)) = meant else {
            return fold(patched.as_bytes(), range, narrow);
        };
        let mended = format!("{meant}{}", patched.get(word.end..range.end).unwrap_or_default());
        // The last letters of both words stand in the same places.
        let place = |at: usize| narrow((word.end + at).saturating_sub(meant.len()).max(word.start));
        fold(mended.as_bytes(), 0..mended.len(), place)
    }

    /// Folds `text`, which was made of the folded text from `start` on with no byte more or less.
    pub fn again(&self, text: &str, start: usize) -> Folded {
        fold(text.as_bytes(), 0..text.len(), |at| narrow(self.place(start + at)))
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

/// Folds `range` of `all`; `place` is where a byte of it stands in the file.
fn fold(all: &[u8], range: Range<usize>, place: impl Fn(usize) -> u32) -> Folded {
    let mut folding = Folding {
        all,
        end: range.end,
        place,
        bytes: Vec::with_capacity(range.len() + 1),
        places: Vec::with_capacity(range.len() + 2),
    };
    folding.run(range.start);
    let Folding { bytes, mut places, place, .. } = folding;
    places.push(place(range.end));
    // Blanks alone were left out and marks put in, so that what is left is UTF-8 as before.
    Folded { text: String::from_utf8(bytes).unwrap_or_default(), places }
}

struct Folding<'t, P> {
    all: &'t [u8],
    end: usize,
    place: P,
    bytes: Vec<u8>,
    places: Vec<u32>,
}

impl<P: Fn(usize) -> u32> Folding<'_, P> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.all.get(at).copied().filter(|_| at < self.end)
    }

    fn run(&mut self, start: usize) {
        // What is copied whole stands between `from` and `at`.
        let mut from = start;
        let mut at = start;
        while let Some(here) = self.byte(at) {
            match here {
                b'a'..=b'z' => {
                    let word = at;
                    at = self.word_end(at);
                    if let Some(mark) = self.mark(word..at) {
                        self.copy(from..at);
                        from = self.put(at, mark);
                        at = from;
                    }
                }
                b'A'..=b'Z' | b'_' => at = self.word_end(at),
                b'"' => at = text_end(self.all, at + 1).min(self.end),
                blank if is_blank(blank) && self.byte(at + 1).is_some_and(is_blank) => {
                    self.copy(from..at);
                    let run = self.all.get(at..self.blank_end(at)).unwrap_or_default();
                    let ends_line = run.contains(&b'\n');
                    from = self.put(at, if ends_line { b'\n' } else { b' ' });
                    at = from;
                }
                _ => at += 1,
            }
        }
        self.copy(from..at);
    }

    /// The mark due behind the word at `range`, if it is a reserved one that stands by itself.
    fn mark(&self, range: Range<usize>) -> Option<u8> {
        let word = self.all.get(range.clone()).and_then(|word| std::str::from_utf8(word).ok())?;
        if !is_reserved(word) || !self.stands_alone(range) {
            return None;
        }
        Some(if is_connective(word) { CONNECTIVE } else { RESERVED })
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
        self.places.push((self.place)(at));
        self.blank_end(at)
    }

    fn word_end(&self, at: usize) -> usize {
        let rest = self.all.get(at..self.end).unwrap_or_default();
        at + rest.iter().position(|byte| !is_word_byte(*byte)).unwrap_or(rest.len())
    }

    fn blank_end(&self, at: usize) -> usize {
        let rest = self.all.get(at..self.end).unwrap_or_default();
        at + rest.iter().position(|byte| !is_blank(*byte)).unwrap_or(rest.len())
    }

    fn copy(&mut self, range: Range<usize>) {
        self.bytes.extend_from_slice(self.all.get(range.clone()).unwrap_or_default());
        self.places.extend(range.map(&self.place));
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
