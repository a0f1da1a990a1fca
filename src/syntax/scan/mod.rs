//! What is found before the grammar is asked: brackets without a partner, quotes without an end, look-alike characters,
//! nesting past the limit, and misspelt statement words. One pass over the tokens.

mod repair;

use std::borrow::Cow;
use std::ops::Range;

use super::lexer::{MODIFIER_WORDS, STATEMENT_WORDS, Token, TokenKind, synonym};
use super::{MAX_DEPTH, ast, errors};
use crate::diag::{Diagnostic, suggest};
use crate::source::{FileId, Span};
use crate::units::Unit;

/// A stretch ends at the first statement that begins so many bytes behind its own beginning: short enough for what is
/// made of it to stay near the processor.
const STRETCH: usize = 1024;

/// A stretch of the text that is parsed by itself: whole statements.
#[derive(Debug)]
pub(super) struct Segment {
    /// Its bytes.
    pub range: Range<usize>,
    /// The misspelt statement word it begins with, and the word meant.
    pub meant: Option<(Range<usize>, &'static str)>,
}

/// What the scan found.
#[derive(Debug)]
pub(super) struct Scan<'t> {
    /// The text with what was reported made harmless, byte for byte in its old place; maybe one byte longer.
    pub text: Cow<'t, str>,
    /// Its tokens.
    pub tokens: Cow<'t, [Token]>,
    /// Every comment in source order.
    pub comments: Vec<ast::Comment>,
    /// What is to be parsed, in source order.
    pub segments: Vec<Segment>,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// Scans `text`, which has these tokens.
pub(super) fn scan<'t>(file: FileId, text: &'t str, tokens: &'t [Token]) -> Scan<'t> {
    let mut scanner = Scanner {
        file,
        text,
        tokens,
        index: 0,
        patched: None,
        repaired: None,
        comments: Vec::new(),
        diagnostics: Vec::new(),
        segments: Vec::new(),
        frames: Vec::new(),
        ifs: 0,
        statement: 0,
        in_trial: false,
        too_deep: false,
        last: Last::Nothing,
        ended: 0,
        segment_start: 0,
        meant: None,
    };
    scanner.run();
    let Scanner { patched, repaired, comments, segments, diagnostics, .. } = scanner;
    // Whole characters only are ever replaced, by ASCII, so the bytes stay UTF-8.
    let text = patched.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(Cow::Borrowed(text), Cow::Owned);
    Scan { text, tokens: repaired.map_or(Cow::Borrowed(tokens), Cow::Owned), comments, segments, diagnostics }
}

/// The kind of the token before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// None yet in this file.
    Nothing,
    /// A name, a text or a closing bracket: an expression may end here.
    Operand,
    /// A number: a unit may follow.
    Number,
    /// `judged`: a criterion's number may follow.
    Judged,
    /// Anything else.
    Other,
}

/// An open bracket.
#[derive(Debug, Clone, Copy)]
struct Frame {
    closer: u8,
    at: usize,
    /// `if`s open around the bracket.
    ifs: usize,
}

struct Scanner<'t> {
    file: FileId,
    text: &'t str,
    tokens: &'t [Token],
    /// The token that is looked at.
    index: usize,
    /// The text with what was made harmless, once something was.
    patched: Option<Vec<u8>>,
    /// The tokens of that text up to here, where they are others; comments are left out.
    repaired: Option<Vec<Token>>,
    comments: Vec<ast::Comment>,
    diagnostics: Vec<Diagnostic>,
    segments: Vec<Segment>,
    frames: Vec<Frame>,
    ifs: usize,
    statement: usize,
    in_trial: bool,
    too_deep: bool,
    last: Last,
    /// Where the last token ended.
    ended: usize,
    segment_start: usize,
    meant: Option<(Range<usize>, &'static str)>,
}

impl Scanner<'_> {
    /// A span of whole characters: a look-alike may have become several bytes.
    fn span(&self, range: Range<usize>) -> Span {
        let start = self.text.floor_char_boundary(range.start);
        Span::new(self.file, start..self.text.ceil_char_boundary(range.end))
    }

    fn bytes(&self) -> &[u8] {
        self.patched.as_deref().unwrap_or(self.text.as_bytes())
    }

    fn bytes_mut(&mut self) -> &mut Vec<u8> {
        self.patched.get_or_insert_with(|| self.text.as_bytes().to_vec())
    }

    fn patch(&mut self, at: usize, byte: u8) {
        if let Some(place) = self.bytes_mut().get_mut(at) {
            *place = byte;
        }
    }

    fn blank(&mut self, range: Range<usize>) {
        if let Some(bytes) = self.bytes_mut().get_mut(range) {
            bytes.fill(b' ');
        }
    }

    /// Whether a token, look-alikes in it as ASCII, says `word`.
    fn says(&self, token: Token, word: &str) -> bool {
        self.bytes().get(token.range()) == Some(word.as_bytes())
    }

    /// The tokens of the harmless text up to the one that is looked at.
    fn repaired(&mut self) -> &mut Vec<Token> {
        self.repaired.get_or_insert_with(|| self.tokens.get(..self.index).unwrap_or_default().to_vec())
    }

    /// Keeps a token.
    fn keep(&mut self, token: Token) {
        if let Some(tokens) = &mut self.repaired {
            tokens.push(token);
        }
    }

    fn run(&mut self) {
        let tokens = self.tokens;
        for (index, token) in tokens.iter().enumerate() {
            self.index = index;
            if token.behind_odd_blank {
                self.blank_odd(self.ended..token.start());
            }
            self.ended = token.end();
            self.token(*token);
        }
        self.index = tokens.len();
        let end = self.text.len();
        self.blank_odd(self.ended..end);
        self.end_statement(end);
        self.end_segment(self.bytes().len());
    }

    /// Leaves spaces and line feeds only of blanks. What else is not shown is reported by itself.
    fn blank_odd(&mut self, range: Range<usize>) {
        let gap = self.text.as_bytes().get(range.clone()).unwrap_or_default();
        if gap.iter().all(|byte| matches!(byte, b' ' | b'\n')) {
            return;
        }
        for byte in self.bytes_mut().get_mut(range).unwrap_or_default() {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }

    #[inline(always)]
    fn token(&mut self, token: Token) {
        let at = token.start();
        match token.kind {
            TokenKind::Comment => return self.comment(token),
            TokenKind::Name | TokenKind::Reserved | TokenKind::Connective | TokenKind::Statement => {
                return self.word(token);
            }
            TokenKind::LookAlike => return self.look_alike(token),
            TokenKind::OpenText => {
                self.diagnostics.push(errors::unclosed_text(self.span(at..at + 1), self.text_end(at + 1)));
                return self.end_quote(token);
            }
            TokenKind::OpenCurlyText => return self.open_curly(token),
            TokenKind::CurlyText => return self.curly(token),
            TokenKind::Text | TokenKind::Question | TokenKind::Annotation => self.last = Last::Operand,
            TokenKind::Number | TokenKind::Date => self.last = Last::Number,
            TokenKind::Open => {
                self.open(at, self.bytes().get(at).copied().unwrap_or(0));
                self.last = Last::Other;
            }
            TokenKind::Close => {
                self.last = Last::Operand;
                if !self.close(at, self.bytes().get(at).copied().unwrap_or(0)) {
                    self.repaired();
                    return;
                }
            }
            TokenKind::Sign | TokenKind::Other => {
                if self.bytes().get(at) == Some(&b',') {
                    self.ifs = self.frames.last().map_or(0, |frame| frame.ifs);
                }
                self.last = Last::Other;
            }
        }
        self.keep(token);
    }

    fn comment(&mut self, token: Token) {
        let text = token.of(self.text).to_owned();
        self.comments.push(ast::Comment { text, span: Span::new(self.file, token.range()) });
    }

    fn word(&mut self, token: Token) {
        let Range { start: at, end } = token.range();
        // `5mg`
        let glued = token.kind == TokenKind::Name
            && self.last == Last::Number
            && self.index.checked_sub(1).and_then(|before| self.tokens.get(before)).is_some_and(|it| it.end() == at);
        if glued {
            return self.keep(token);
        }
        if token.kind == TokenKind::Statement {
            self.last = Last::Other;
            let anchor = self.in_trial && !self.frames.is_empty() && self.says(token, "anchor");
            // `group` behind `extend` says what is extended.
            let extended = self.says(token, "group")
                && self.text.get(self.statement..at).is_some_and(|before| before.trim_end() == "extend");
            if !anchor && !extended && !self.followed_by(end, b':') {
                self.end_statement(at);
                self.statement = at;
                self.in_trial = self.says(token, "trial");
                if self.meant.is_some() || at - self.segment_start >= STRETCH {
                    self.end_segment(at);
                }
            }
            return self.keep(token);
        }
        if token.kind.is_reserved() {
            self.last = if self.says(token, "judged") { Last::Judged } else { Last::Other };
            if self.says(token, "if") {
                self.ifs += 1;
                self.check_depth(at..end);
            }
            return self.keep(token);
        }
        if token.first_on_line && self.begins_badly(token) {
            return;
        }
        self.last = Last::Operand;
        self.keep(token);
    }

    /// Whether a name that is the first word of its line is a statement word begun or misspelt; it is reported.
    fn begins_badly(&mut self, token: Token) -> bool {
        let Range { start: at, end } = token.range();
        let word = token.of(self.text);
        if !word.is_ascii() || word.is_empty() {
            return false;
        }
        if let Some(meant) = self.unfinished(token, word) {
            self.diagnostics.push(errors::unfinished_statement(self.span(at..end), word, &meant));
            self.repaired();
            self.blank(at..end);
            return true;
        }
        // A number in brackets behind a word shows a criterion even inside a bracket left open.
        let numbered = !self.frames.is_empty() && self.followed_by(end, b'[');
        let may_begin = numbered || self.frames.is_empty() && matches!(self.last, Last::Nothing | Last::Operand);
        let Some(meant) = may_begin.then(|| self.misspelt(word, end)).flatten() else {
            return false;
        };
        self.end_statement(at);
        self.end_segment(at);
        self.statement = at;
        self.in_trial = meant == "trial";
        self.diagnostics.push(errors::misspelt_statement(self.span(at..end), word, meant));
        self.meant = Some((at..end, meant));
        self.last = Last::Other;
        self.keep(token);
        true
    }

    /// Whether the next sign behind `end` is `sign`.
    fn followed_by(&self, end: usize, sign: u8) -> bool {
        let rest = self.bytes().get(end..).unwrap_or_default();
        rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&sign)
    }

    /// The statement words that `word` may begin: alone in its line at the margin, where nothing is open, with the next
    /// statement or the end of the text behind it. It is reported and blanked, so that neither neighbour is torn.
    fn unfinished(&self, token: Token, word: &str) -> Option<Vec<&'static str>> {
        let bytes = self.text.as_bytes();
        let at_margin = token.start().checked_sub(1).is_none_or(|before| bytes.get(before) == Some(&b'\n'));
        if !at_margin || !self.frames.is_empty() || !self.statement_follows() {
            return None;
        }
        let may_begin = match self.last {
            Last::Nothing | Last::Operand => true,
            Last::Number => Unit::parse(word).is_err(),
            Last::Other => {
                let before = self.tokens.get(..self.index).unwrap_or_default();
                let last = before.iter().rfind(|token| token.kind != TokenKind::Comment);
                last.is_some_and(|last| last.of(self.text) == "%")
            }
            Last::Judged => false,
        };
        if !may_begin {
            return None;
        }
        let mut meant: Vec<&'static str> =
            STATEMENT_WORDS.iter().copied().filter(|known| known.starts_with(word)).collect();
        if meant.is_empty() {
            meant.extend(nearest_statement_word(&word.to_ascii_lowercase()));
        }
        (!meant.is_empty()).then_some(meant)
    }

    /// Whether nothing else is on the line, and behind it only comments before the next statement or the end.
    fn statement_follows(&self) -> bool {
        let behind = self.tokens.get(self.index + 1..).unwrap_or_default();
        behind.first().is_none_or(|next| next.first_on_line)
            && behind
                .iter()
                .find(|token| token.kind != TokenKind::Comment)
                .is_none_or(|next| next.kind == TokenKind::Statement)
    }

    /// The statement word that `word`, first on its line where a statement may begin, was meant to be.
    fn misspelt(&self, word: &str, end: usize) -> Option<&'static str> {
        if MODIFIER_WORDS.contains(&word) || self.followed_by(end, b':') {
            return None;
        }
        let meant = nearest_statement_word(&word.to_ascii_lowercase())?;
        let follows = self.bytes().get(end..).unwrap_or_default().iter().find(|byte| !byte.is_ascii_whitespace())?;
        // A sign behind the word shows a name: `facts >= 2`.
        (follows.is_ascii_alphanumeric() || matches!(follows, b'[' | b'"' | b'(' | b'{')).then_some(meant)
    }

    fn open(&mut self, at: usize, byte: u8) {
        if self.too_deep {
            return;
        }
        let closer = match byte {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        self.frames.push(Frame { closer, at, ifs: self.ifs });
        self.check_depth(at..at + 1);
    }

    fn check_depth(&mut self, range: Range<usize>) {
        if !self.too_deep && self.frames.len() + self.ifs > MAX_DEPTH {
            self.too_deep = true;
            self.diagnostics.push(errors::too_deep(self.span(range)));
        }
    }

    /// Pairs a closing bracket with the nearest open one of its kind; one without partner is reported and blanked.
    /// Whether it has one.
    fn close(&mut self, at: usize, byte: u8) -> bool {
        if self.too_deep {
            return true;
        }
        match self.frames.iter().rposition(|frame| frame.closer == byte) {
            Some(partner) => {
                self.ifs = self.frames.get(partner).map_or(0, |frame| frame.ifs);
                self.frames.truncate(partner);
                true
            }
            None => {
                let open = self.frames.last().map(|frame| (self.span(frame.at..frame.at + 1), frame.closer));
                self.diagnostics.push(errors::nothing_to_close(self.span(at..at + 1), byte, open));
                self.patch(at, b' ');
                false
            }
        }
    }

    fn end_statement(&mut self, at: usize) {
        if self.too_deep {
            self.blank(self.statement..at);
            let statement = self.statement;
            let tokens = self.repaired();
            tokens.truncate(tokens.partition_point(|token| token.start() < statement));
            self.too_deep = false;
            // The blanked statement is no statement, so its misspelt word is none either.
            self.meant = None;
        }
        self.frames.clear();
        self.ifs = 0;
        self.in_trial = false;
    }

    fn end_segment(&mut self, at: usize) {
        let start = std::mem::replace(&mut self.segment_start, at);
        let meant = self.meant.take();
        if start < at {
            self.segments.push(Segment { range: start..at, meant });
        }
    }
}

/// The statement word that a word in small letters means or nearly is.
fn nearest_statement_word(word: &str) -> Option<&'static str> {
    synonym(word).or_else(|| {
        let near = suggest::nearest(word, STATEMENT_WORDS.iter().copied(), 1);
        let best = near.first()?;
        STATEMENT_WORDS.iter().find(|known| *known == best).copied()
    })
}
