//! What is found before the grammar is asked: comments, brackets without a partner, quotes without an end,
//! look-alike characters, nesting past the limit, and misspelt statement words. One pass over the bytes.

use std::ops::Range;

use super::keywords::{MODIFIER_WORDS, STATEMENT_WORDS, Sort, is_statement_word, is_word_byte, sort_of, synonym};
use super::{MAX_DEPTH, ast, errors};
use crate::diag::{Diagnostic, suggest};
use crate::source::{FileId, Span, hides};
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
pub(super) struct Scan {
    /// The text with what was reported made harmless, byte for byte in its old place; maybe one byte longer.
    pub text: String,
    /// Every comment in source order.
    pub comments: Vec<ast::Comment>,
    /// What is to be parsed, in source order.
    pub segments: Vec<Segment>,
    /// The reserved words, in source order.
    pub reserved: Vec<Reserved>,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// A reserved word that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reserved {
    /// Its first byte.
    pub start: usize,
    /// Behind its last.
    pub end: usize,
    /// Whether it is never a code.
    pub connective: bool,
}

/// Scans `text`.
pub(super) fn scan(file: FileId, text: &str) -> Scan {
    let mut scanner = Scanner {
        file,
        text,
        bytes: text.as_bytes().to_vec(),
        comments: Vec::new(),
        diagnostics: Vec::new(),
        segments: Vec::new(),
        // About what trials have of them: the list is seldom moved.
        reserved: Vec::with_capacity(text.len() / 24),
        frames: Vec::new(),
        ifs: 0,
        statement: 0,
        in_trial: false,
        too_deep: false,
        last: Last::Nothing,
        line_has_token: false,
        segment_start: 0,
        meant: None,
    };
    scanner.run();
    let Scanner { bytes, comments, segments, reserved, diagnostics, .. } = scanner;
    // Whole characters only are ever replaced, by ASCII, so the bytes stay UTF-8.
    let text = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    Scan { text, comments, segments, reserved, diagnostics }
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
    /// `judged`: a criterion's number may follow, `#` included.
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
    bytes: Vec<u8>,
    comments: Vec<ast::Comment>,
    diagnostics: Vec<Diagnostic>,
    segments: Vec<Segment>,
    reserved: Vec<Reserved>,
    frames: Vec<Frame>,
    ifs: usize,
    statement: usize,
    in_trial: bool,
    too_deep: bool,
    last: Last,
    line_has_token: bool,
    segment_start: usize,
    meant: Option<(Range<usize>, &'static str)>,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// A span of whole characters: a look-alike may have become several bytes.
    fn span(&self, range: Range<usize>) -> Span {
        let start = self.text.floor_char_boundary(range.start);
        Span::new(self.file, start..self.text.ceil_char_boundary(range.end))
    }

    fn patch(&mut self, at: usize, byte: u8) {
        if let Some(place) = self.bytes.get_mut(at) {
            *place = byte;
        }
    }

    fn blank(&mut self, range: Range<usize>) {
        if let Some(bytes) = self.bytes.get_mut(range) {
            bytes.fill(b' ');
        }
    }

    fn run(&mut self) {
        let end = self.text.len();
        let mut at = 0;
        while at < end {
            if self.byte(at) == b' ' {
                at += 1;
            } else {
                at = self.token(at).max(at + 1);
            }
        }
        self.end_statement(end);
        self.end_segment(self.bytes.len());
    }

    /// Reads the token at `at` and returns where the next begins.
    fn token(&mut self, at: usize) -> usize {
        let byte = self.byte(at);
        match byte {
            b'\n' => {
                self.line_has_token = false;
                return at + 1;
            }
            b' ' => return at + 1,
            // What else is not shown is reported by itself.
            0..b' ' | 0x7F => {
                self.patch(at, b' ');
                return at + 1;
            }
            b'#' => return self.comment(at),
            _ => {}
        }
        let next = match byte {
            b'"' => self.quoted(at),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => return self.word(at),
            b'0'..=b'9' => {
                self.last = Last::Number;
                self.number_end(at)
            }
            b'{' if self.is_annotation(at) => {
                let close = self.annotation_end(at).unwrap_or(at);
                self.last = Last::Operand;
                close + 1
            }
            // The annotation `{#}` of a count, which no comment begins in.
            b'{' if self.byte(at + 1) == b'#' && self.byte(at + 2) == b'}' => {
                self.last = Last::Operand;
                at + 3
            }
            b'(' | b'[' | b'{' => {
                self.open(at, byte);
                self.last = Last::Other;
                at + 1
            }
            b')' | b']' | b'}' => {
                self.close(at, byte);
                self.last = Last::Operand;
                at + 1
            }
            b',' => {
                self.ifs = self.frames.last().map_or(0, |frame| frame.ifs);
                self.last = Last::Other;
                at + 1
            }
            0..0x80 => {
                self.last = Last::Other;
                at + 1
            }
            _ => return self.wide(at),
        };
        self.line_has_token = true;
        next
    }

    fn word_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| !is_word_byte(*byte)).unwrap_or(rest.len())
    }

    /// Where a number ends that begins at `at`: with the letters behind it, as in `10e5`, but not with a keyword.
    fn number_end(&self, at: usize) -> usize {
        let end = self.word_end(at);
        let token = self.bytes.get(at..end).unwrap_or_default();
        let digits = token.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(token.len());
        let letters = token.get(digits..).unwrap_or_default();
        if sort_of(letters) == Sort::Free { end } else { at + digits }
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + memchr::memchr(b'\n', rest).unwrap_or(rest.len())
    }

    /// `{1.73_m2}` right behind `/`: part of a unit.
    fn is_annotation(&self, at: usize) -> bool {
        at > 0 && self.byte(at - 1) == b'/' && self.annotation_end(at).is_some()
    }

    /// Where the annotation that begins at `at` ends; annotations are short and have no blanks.
    fn annotation_end(&self, at: usize) -> Option<usize> {
        let inner = self.bytes.get(at + 1..)?.iter().take(40);
        let stop =
            inner.clone().position(|byte| matches!(byte, b'}' | b' ' | b'\n' | b':' | b',' | b'{' | b'#' | b'"'))?;
        let end = at + 1 + stop;
        (self.byte(end) == b'}').then_some(end)
    }

    fn comment(&mut self, at: usize) -> usize {
        let end = self.line_end(at);
        let stop = if end > at && self.byte(end - 1) == b'\r' { end - 1 } else { end };
        let text = self.text.get(at..stop).unwrap_or_default().to_owned();
        self.comments.push(ast::Comment { text, span: self.span(at..stop) });
        self.blank(at..end);
        end
    }

    fn word(&mut self, at: usize) -> usize {
        let end = self.word_end(at);
        let first_on_line = !std::mem::replace(&mut self.line_has_token, true);
        if self.last == Last::Judged && !self.text.get(at..end).is_some_and(is_statement_word) {
            return self.question(at);
        }
        let Some(word) = self.text.get(at..end) else {
            self.last = Last::Other;
            return end;
        };
        let sort = sort_of(word.as_bytes());
        let reserved = sort != Sort::Free;
        if reserved {
            self.reserved.push(Reserved { start: at, end, connective: sort.is_connective() });
        }
        if sort == Sort::Statement {
            self.last = Last::Other;
            // `group` behind `extend` says what is extended.
            let said = || self.text.get(self.statement..at).is_some_and(|before| before.trim_end() == "extend");
            if self.followed_by(end, b':')
                || (word == "group" && said())
                || (word == "anchor" && self.in_trial && !self.frames.is_empty())
            {
                return end;
            }
            self.end_statement(at);
            self.statement = at;
            self.in_trial = word == "trial";
            if self.meant.is_some() || at - self.segment_start >= STRETCH {
                self.end_segment(at);
            }
            return end;
        }
        if reserved {
            self.last = if word == "judged" { Last::Judged } else { Last::Other };
            if word == "if" {
                self.ifs += 1;
                self.check_depth(at..end);
            }
            return end;
        }
        // A number in brackets behind a word shows a criterion even inside a bracket left open.
        let numbered = !self.frames.is_empty() && self.followed_by(end, b'[');
        let may_begin =
            first_on_line && (numbered || self.frames.is_empty() && matches!(self.last, Last::Nothing | Last::Operand));
        if first_on_line && self.unfinished(at..end, word) {
            return end;
        }
        if may_begin && let Some(meant) = self.misspelt(word, end) {
            self.end_statement(at);
            self.end_segment(at);
            self.statement = at;
            self.in_trial = meant == "trial";
            self.diagnostics.push(errors::misspelt_statement(self.span(at..end), word, meant));
            self.meant = Some((at..end, meant));
            self.last = Last::Other;
            return end;
        }
        self.last = Last::Operand;
        end
    }

    /// `E14#2` behind `judged`.
    fn question(&mut self, at: usize) -> usize {
        self.last = Last::Operand;
        let rest = self.bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !is_word_byte(*byte) && *byte != b'.' && *byte != b'-');
        let end = at + length.unwrap_or(rest.len());
        if self.byte(end) == b'#' && self.byte(end + 1).is_ascii_digit() { self.word_end(end + 1) } else { end }
    }

    /// Whether the next sign behind `end` is `sign`.
    fn followed_by(&self, end: usize, sign: u8) -> bool {
        let rest = self.bytes.get(end..).unwrap_or_default();
        rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&sign)
    }

    /// Whether `word` is a statement being begun: alone in its line at the margin, where nothing is open, with the next
    /// statement or the end of the text behind it. It is reported and blanked, so that neither neighbour is torn.
    fn unfinished(&mut self, range: Range<usize>, word: &str) -> bool {
        let at_margin = range.start == 0 || self.byte(range.start - 1) == b'\n';
        let rest = self.bytes.get(range.end..).unwrap_or_default();
        if !at_margin || !self.frames.is_empty() || !stops(rest) {
            return false;
        }
        let may_begin = match self.last {
            Last::Nothing | Last::Operand => true,
            Last::Number => Unit::parse(word).is_err(),
            Last::Other => self.bytes.get(..range.start).is_some_and(|before| before.trim_ascii_end().ends_with(b"%")),
            Last::Judged => false,
        };
        if !may_begin {
            return false;
        }
        let mut meant: Vec<&'static str> =
            STATEMENT_WORDS.iter().copied().filter(|known| known.starts_with(word)).collect();
        if meant.is_empty() {
            meant.extend(nearest_statement_word(&word.to_ascii_lowercase()));
        }
        if meant.is_empty() {
            return false;
        }
        self.diagnostics.push(errors::unfinished_statement(self.span(range.clone()), word, &meant));
        self.blank(range);
        true
    }

    /// The statement word that `word`, first on its line where a statement may begin, was meant to be.
    fn misspelt(&self, word: &str, end: usize) -> Option<&'static str> {
        if MODIFIER_WORDS.contains(&word) || self.followed_by(end, b':') {
            return None;
        }
        let meant = nearest_statement_word(&word.to_ascii_lowercase())?;
        let follows = self.bytes.get(end..).unwrap_or_default().iter().find(|byte| !byte.is_ascii_whitespace())?;
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
    fn close(&mut self, at: usize, byte: u8) {
        if self.too_deep {
            return;
        }
        match self.frames.iter().rposition(|frame| frame.closer == byte) {
            Some(partner) => {
                self.ifs = self.frames.get(partner).map_or(0, |frame| frame.ifs);
                self.frames.truncate(partner);
            }
            None => {
                let open = self.frames.last().map(|frame| (self.span(frame.at..frame.at + 1), frame.closer));
                self.diagnostics.push(errors::nothing_to_close(self.span(at..at + 1), byte, open));
                self.patch(at, b' ');
            }
        }
    }

    fn end_statement(&mut self, at: usize) {
        if self.too_deep {
            self.blank(self.statement..at);
            let statement = self.statement;
            self.reserved.retain(|word| word.start < statement || word.start >= at);
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

    /// A text in quotes; one without end is reported and ends with its line.
    fn quoted(&mut self, at: usize) -> usize {
        self.last = Last::Operand;
        match self.closing_quote(at + 1) {
            Some(close) => close + 1,
            None => {
                self.diagnostics.push(errors::unclosed_text(self.span(at..at + 1), self.text_end(at + 1)));
                self.end_quote(at)
            }
        }
    }

    /// Behind the last character that is no blank of the line that `from` stands in.
    fn text_end(&self, from: usize) -> Span {
        let line = self.text.get(from..self.line_end(from)).unwrap_or_default();
        let end = from + line.trim_end().len();
        self.span(end..end)
    }

    /// Puts a quote in place of the line end behind `at`.
    fn end_quote(&mut self, at: usize) -> usize {
        let end = self.line_end(at + 1);
        for place in at + 1..end {
            if self.byte(place) == b'\\' {
                self.patch(place, b'/');
            }
        }
        if end < self.text.len() {
            self.patch(end, b'"');
        } else if self.bytes.len() == self.text.len() {
            self.bytes.push(b'"');
        }
        self.line_has_token = false;
        end + 1
    }

    /// Where the text whose first character is at `from` ends. It may run over line ends as long as no line
    /// inside begins with a statement word and the quotes of its last line do not pair up among themselves.
    fn closing_quote(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let mut lines = 0;
        loop {
            at += memchr::memchr3(b'"', b'\\', b'\n', self.bytes.get(at..)?)?;
            match self.byte(at) {
                b'"' => break,
                b'\\' => at += 1,
                _ => {
                    lines += 1;
                    let end = self.word_end(at + 1);
                    if self.text.get(at + 1..end).is_some_and(is_statement_word) {
                        return None;
                    }
                }
            }
            at += 1;
        }
        if lines == 0 {
            return Some(at);
        }
        let line = self.bytes.get(at..self.line_end(at)).unwrap_or_default();
        let mut quotes = 0;
        let mut escaped = false;
        for byte in line {
            if *byte == b'"' && !escaped {
                quotes += 1;
            }
            escaped = *byte == b'\\' && !escaped;
        }
        (quotes % 2 == 1).then_some(at)
    }

    /// A character outside ASCII.
    fn wide(&mut self, at: usize) -> usize {
        let Some(first) = self.text.get(at..).and_then(|rest| rest.chars().next()) else {
            return at + 1;
        };
        if first.is_whitespace() || matches!(first, '\u{FEFF}' | '\u{200B}') || hides(first).is_some() {
            self.blank(at..at + first.len_utf8());
            return at + first.len_utf8();
        }
        if matches!(first, '“' | '”' | '„' | '「' | '＂') {
            self.line_has_token = true;
            return self.curly(at, first);
        }
        let rest = self.text.get(at..).unwrap_or_default();
        let run = rest.find(|c| look_alike(c).is_none()).unwrap_or(rest.len());
        if run == 0 {
            self.line_has_token = true;
            self.last = Last::Other;
            return at + first.len_utf8();
        }
        let range = self.operator_around(at..at + run).unwrap_or(at..at + run);
        let written = self.text.get(range.clone()).unwrap_or_default();
        let plain: String =
            written.chars().filter_map(|c| if c.is_ascii() { Some(c) } else { look_alike(c) }).collect();
        // A dash is a minus sign to nobody but the compiler: `18–70` is a range. In a date it joins the parts.
        let sure =
            !plain.contains('-') || plain == "-" && (self.is_in_date(range.clone()) || self.is_minus(range.clone()));
        self.diagnostics.push(errors::look_alike(self.span(range.clone()), written, &plain, sure));
        for (place, byte) in range.zip(plain.bytes().chain(std::iter::repeat(b' '))) {
            self.patch(place, byte);
        }
        // Read again, now as ASCII.
        self.token(at)
    }

    /// Whether a dash is the sign of subtraction, and not between two numbers, where it may stand for a range.
    fn is_minus(&self, dash: Range<usize>) -> bool {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let before = self.text.get(..dash.start).unwrap_or_default().trim_end_matches(' ').chars().next_back();
        let behind = self.text.get(dash.end..).unwrap_or_default().trim_start_matches(' ').chars().next();
        self.text.get(dash) == Some("−") && !(is_digit(before) && is_digit(behind))
    }

    /// Whether a dash stands in a date, `2026–03–01`.
    fn is_in_date(&self, dash: Range<usize>) -> bool {
        let before = self.text.get(..dash.start).unwrap_or_default();
        let behind = self.text.get(dash.end..).unwrap_or_default();
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
        let year: usize = before.chars().rev().take_while(char::is_ascii_digit).count();
        let month = before.ends_with(|c: char| c.is_ascii_digit()) && {
            let rest = before.get(..before.len() - year).unwrap_or_default();
            let rest = rest.trim_end_matches(['-', '‐', '‑', '‒', '–', '—', '−', '﹣']);
            year == 2
                && rest.len() < before.len() - year
                && rest.chars().rev().take_while(char::is_ascii_digit).count() == 4
        };
        (year == 4 || month) && digits(behind) == 2
    }

    /// The whole of an operator that a run of look-alikes is a part of, `＞=` or `!＝`.
    fn operator_around(&self, run: Range<usize>) -> Option<Range<usize>> {
        let is_sign = |c: char| matches!(c, '<' | '>' | '=' | '!');
        let may_be = |c: char| is_sign(c) || look_alike(c).is_some_and(is_sign);
        if !self.text.get(run.clone())?.chars().all(may_be) {
            return None;
        }
        let start = self.text.get(..run.start)?.trim_end_matches(is_sign).len();
        let behind = self.text.get(run.end..)?;
        let end = run.end + behind.find(|c| !may_be(c)).unwrap_or(behind.len());
        let plain: String = self.text.get(start..end)?.chars().map(|c| look_alike(c).unwrap_or(c)).collect();
        OPERATORS.contains(&plain.as_str()).then_some(start..end)
    }

    /// A text in typographic quotes, which end on the same line.
    fn curly(&mut self, at: usize, opening: char) -> usize {
        self.last = Last::Operand;
        let start = at + opening.len_utf8();
        let line = self.text.get(start..self.line_end(start)).unwrap_or_default();
        // Straight quotes in pairs stand inside the text: `“Call it a "flare"”`.
        let typographic = line.char_indices().find(|(_, c)| matches!(c, '”' | '“' | '」' | '＂'));
        let pairs = |end: usize| line.get(..end).is_some_and(|inner| inner.matches('"').count() % 2 == 0);
        let close = typographic
            .filter(|(end, _)| pairs(*end))
            .or_else(|| line.char_indices().find(|(_, c)| matches!(c, '”' | '“' | '"' | '」' | '＂')));
        self.blank(at..start);
        self.patch(at, b'"');
        let Some((offset, closing)) = close else {
            self.diagnostics.push(errors::unclosed_text(self.span(at..start), self.text_end(start)));
            return self.end_quote(at);
        };
        let stop = start + offset + closing.len_utf8();
        for place in start..start + offset {
            match self.byte(place) {
                b'\\' => self.patch(place, b'/'),
                b'"' => self.patch(place, b'\''),
                _ => {}
            }
        }
        self.blank(start + offset..stop);
        self.patch(start + offset, b'"');
        let inner = line.get(..offset).unwrap_or_default();
        self.diagnostics.push(errors::curly_quotes(self.span(at..stop), inner));
        stop
    }
}

/// The statement word that a word in small letters stands for or nearly is.
fn nearest_statement_word(word: &str) -> Option<&'static str> {
    synonym(word).or_else(|| {
        let near = suggest::nearest(word, STATEMENT_WORDS.iter().copied(), 1);
        let best = near.first()?;
        STATEMENT_WORDS.iter().find(|known| *known == best).copied()
    })
}

/// Whether only blanks stand before the end of a line, and behind it only comments before the next statement or the end.
fn stops(mut rest: &[u8]) -> bool {
    let line = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    if !rest.get(..line).unwrap_or_default().iter().all(u8::is_ascii_whitespace) {
        return false;
    }
    loop {
        rest = rest.trim_ascii_start();
        if rest.first() != Some(&b'#') {
            break;
        }
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        rest = rest.get(end..).unwrap_or_default();
    }
    let end = rest.iter().position(|byte| !is_word_byte(*byte)).unwrap_or(rest.len());
    let word = rest.get(..end).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
    rest.is_empty() || is_statement_word(word)
}

/// The comparisons of two signs, in whatever order they are typed.
const OPERATORS: &[&str] = &[">=", "<=", "=>", "=<", "==", "!=", "=!", "<>"];

/// The ASCII character that `c` is taken for.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        '\u{FF02}' => return None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '﹣' => '-',
        '、' | '﹐' => ',',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '⁄' | '∕' => '/',
        '∗' => '*',
        '﹥' => '>',
        '﹤' => '<',
        '﹦' => '=',
        '﹪' => '%',
        '∶' => ':',
        _ => return None,
    })
}
