//! White space folded: every run of blanks outside texts is one blank, one line end when a line ends in it, so that the
//! grammar need not count. Behind a reserved word it is a mark instead, so that the grammar need not compare every name
//! with every reserved word. Every byte of the folded text knows its place in the file.

use std::borrow::Cow;
use std::ops::Range;

use super::lexer::{Token, TokenKind, lex_repaired, narrow};
use super::scan::{Scan, Segment};

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
    /// Whether every character is whole in the file, and as it is there: nothing was corrected.
    pub is_exact: bool,
}

impl Folded {
    /// Folds a segment of what the scan has left. The word meant takes the place of a misspelt one that the segment begins
    /// with.
    pub fn new(scan: &Scan<'_>, segment: &Segment) -> Folded {
        let range = segment.range.clone();
        let first = scan.tokens.partition_point(|token| token.start() < range.start);
        let behind = scan.tokens.get(first..).unwrap_or_default();
        let tokens = behind.get(..behind.partition_point(|token| token.start() < range.end)).unwrap_or_default();
        let mut folding = Folding::new(scan.text.as_bytes(), range);
        match &segment.meant {
            Some((word, meant)) => {
                folding.instead(word, meant);
                folding.run(tokens.get(1..).unwrap_or_default());
            }
            None => folding.run(tokens),
        }
        let is_exact = segment.meant.is_none() && matches!(scan.text, Cow::Borrowed(_));
        Folded { is_exact, ..folding.end() }
    }

    /// Folds `text`, which is at `start` of the folded text, with these edits made, the first in front. What an edit
    /// puts in is where it begins.
    pub fn again(&self, text: &str, start: usize, edits: &[(Range<usize>, String)]) -> Folded {
        let mut repaired = String::with_capacity(text.len() + 16);
        let mut places: Vec<usize> = Vec::with_capacity(text.len() + 16);
        let mut at = 0;
        for (range, instead) in edits.iter().filter(|(range, _)| range.end <= text.len()) {
            repaired.push_str(text.get(at..range.start).unwrap_or_default());
            places.extend(at..range.start);
            repaired.push_str(instead);
            // The letters of a word in other letters are where they stood.
            let same = instead.len() == range.len();
            places.extend((0..instead.len()).map(|letter| range.start + if same { letter } else { 0 }));
            at = range.end;
        }
        repaired.push_str(text.get(at..).unwrap_or_default());
        places.extend(at..=text.len());
        let repaired = without_marks(&repaired);
        let mut folding = Folding::new(repaired.as_bytes(), 0..repaired.len());
        folding.run(&lex_repaired(&repaired));
        let mut folded = folding.end();
        for at in &mut folded.places {
            *at = narrow(self.place(start + places.get(*at as usize).copied().unwrap_or(text.len())));
        }
        folded
    }

    /// The place in the file of the byte at `at` of the folded text; its end for all behind it.
    pub fn place(&self, at: usize) -> usize {
        self.placed(at) as usize
    }

    /// The same as spans have it.
    pub fn placed(&self, at: usize) -> u32 {
        self.places.get(at).or(self.places.last()).copied().unwrap_or(0)
    }

    /// Whether white space is at `at` of the folded text.
    pub fn is_blank(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(|byte| is_blank(*byte))
    }
}

/// The marks of a folded text as blanks again.
fn without_marks(text: &str) -> String {
    text.replace([char::from(CONNECTIVE), char::from(RESERVED)], " ")
}

struct Folding<'t> {
    /// The file up to where the folding ends.
    all: &'t [u8],
    /// What is not copied yet begins here.
    from: usize,
    /// Where the token before ended.
    ended: usize,
    /// The mark of the token before, a reserved word.
    mark: Option<u8>,
    bytes: Vec<u8>,
    places: Vec<u32>,
}

impl<'t> Folding<'t> {
    fn new(all: &'t [u8], range: Range<usize>) -> Folding<'t> {
        Folding {
            all: all.get(..range.end).unwrap_or_default(),
            from: range.start,
            ended: range.start,
            mark: None,
            bytes: Vec::with_capacity(range.len() + 16),
            places: Vec::with_capacity(range.len() + 16),
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.all.get(at).copied()
    }

    /// Puts a statement word in the place of another. The last letters of both are in the same places.
    fn instead(&mut self, word: &Range<usize>, meant: &str) {
        self.bytes.extend_from_slice(meant.as_bytes());
        self.places
            .extend((0..meant.len()).map(|at| narrow((word.end + at).saturating_sub(meant.len()).max(word.start))));
        (self.from, self.ended) = (word.end, word.end);
        self.mark = self.stands_alone(word.clone(), false).then_some(CONNECTIVE);
    }

    fn run(&mut self, tokens: &[Token]) {
        let mut bracket = false;
        for token in tokens.iter().filter(|token| token.kind != TokenKind::Comment) {
            self.gap(token.start());
            if token.kind.is_reserved() && self.stands_alone(token.range(), bracket) {
                self.mark = Some(if token.kind == TokenKind::Reserved { RESERVED } else { CONNECTIVE });
            }
            self.ended = token.end();
            bracket = token.kind == TokenKind::Open && self.byte(token.start()) == Some(b'[');
        }
    }

    /// Writes the tokens up to the blanks before `next`, and one blank for these, or the mark of the last token.
    #[inline(always)]
    fn gap(&mut self, next: usize) {
        let blank = match self.mark.take() {
            Some(mark) => mark,
            // None, or one that is as it should be.
            None if next <= self.ended + 1 => return,
            None => {
                let gap = self.all.get(self.ended..next).unwrap_or_default();
                if gap.contains(&b'\n') { b'\n' } else { b' ' }
            }
        };
        self.copy(self.from..self.ended);
        self.bytes.push(blank);
        self.places.push(narrow(self.ended));
        self.from = next;
    }

    /// The folded text.
    fn end(mut self) -> Folded {
        let end = self.all.len();
        self.gap(end);
        self.copy(self.from..end);
        self.places.push(narrow(end));
        // Blanks alone were left out and marks put in, so that what is left is UTF-8 as before.
        Folded { text: String::from_utf8(self.bytes).unwrap_or_default(), places: self.places, is_exact: false }
    }

    /// Whether a word is no part of a longer token, such as the criterion `I5.in` or `[not-1]`.
    fn stands_alone(&self, range: Range<usize>, behind_bracket: bool) -> bool {
        match self.byte(range.end) {
            Some(b'.' | b'#' | b'%' | b'\'') => false,
            Some(b'-' | b'+' | b'*' | b'/' | b'^') => {
                let before = range.start.checked_sub(1).and_then(|before| self.byte(before));
                !behind_bracket && !matches!(before, Some(b'.' | b'-' | b'#' | b'/' | b'^' | b'*'))
            }
            _ => true,
        }
    }

    fn copy(&mut self, range: Range<usize>) {
        self.bytes.extend_from_slice(self.all.get(range.clone()).unwrap_or_default());
        self.places.extend(narrow(range.start)..narrow(range.end));
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | CONNECTIVE | RESERVED)
}
