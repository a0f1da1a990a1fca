//! White space folded: every run of blanks outside texts is one blank, one line end when a line ends in it, so that the
//! grammar need not count. Every byte of the folded text knows its place in the file.

use std::ops::Range;

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
        let room = range.len() + meant.map_or(0, |(_, word)| word.len());
        let mut folding = Folding { bytes: Vec::with_capacity(room), places: Vec::with_capacity(room + 1) };
        let mut start = range.start;
        if let Some((word, meant)) = meant {
            // The last letters of both stand in the same places.
            folding.bytes.extend_from_slice(meant.as_bytes());
            let place = |at: usize| (word.end + at).saturating_sub(meant.len()).max(word.start);
            folding.places.extend((0..meant.len()).map(|at| narrow(place(at))));
            start = word.end;
        }
        folding.fold(patched.as_bytes(), start..range.end);
        folding.places.push(narrow(range.end));
        // Blanks alone were left out, so that what is left is UTF-8 as before.
        Folded { text: String::from_utf8(folding.bytes).unwrap_or_default(), places: folding.places }
    }

    /// The place in the file of the byte at `at` of the folded text; its end for all behind it.
    pub fn place(&self, at: usize) -> usize {
        self.places.get(at).or(self.places.last()).map_or(0, |place| *place as usize)
    }

    /// Whether white space stands at `at` of the folded text.
    pub fn is_blank(&self, at: usize) -> bool {
        matches!(self.text.as_bytes().get(at), Some(b' ' | b'\n'))
    }
}

struct Folding {
    bytes: Vec<u8>,
    places: Vec<u32>,
}

impl Folding {
    fn fold(&mut self, all: &[u8], range: Range<usize>) {
        let byte = |at: usize| all.get(at).copied().filter(|_| at < range.end);
        // What is copied whole stands between `from` and `at`.
        let mut from = range.start;
        let mut at = range.start;
        while let Some(here) = byte(at) {
            match here {
                b'"' => at = text_end(all, at + 1).min(range.end),
                b' ' | b'\n' if matches!(byte(at + 1), Some(b' ' | b'\n')) => {
                    self.copy(all, from..at);
                    let end = (at..range.end).find(|at| !matches!(byte(*at), Some(b' ' | b'\n'))).unwrap_or(range.end);
                    let ends_line = all.get(at..end).is_some_and(|run| run.contains(&b'\n'));
                    self.bytes.push(if ends_line { b'\n' } else { b' ' });
                    self.places.push(narrow(at));
                    at = end;
                    from = end;
                }
                _ => at += 1,
            }
        }
        self.copy(all, from..at);
    }

    fn copy(&mut self, all: &[u8], range: Range<usize>) {
        self.bytes.extend_from_slice(all.get(range.clone()).unwrap_or_default());
        self.places.extend(narrow(range.start)..narrow(range.end));
    }
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
