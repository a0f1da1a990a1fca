//! The reading of tokens: one pass over the bytes.

use super::keywords::{Sort, is_word_byte, sort_of};
use super::signs::{is_alone, look_alike, look_alike_comparison, opens_curly, sign_length};
use super::token::{Token, TokenKind, narrow};
use crate::source::hides;

/// A lexer at a place of a text whose lines end with `\n` or `\r\n`.
pub(super) struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Whether a text ends with its first quote and no comment begins, as in what the scan has repaired.
    repaired: bool,
    /// Whether the token before is `judged`.
    judged: bool,
    /// Whether any token was read.
    began: bool,
}

impl<'t> Lexer<'t> {
    pub fn new(text: &'t str, at: usize, repaired: bool) -> Lexer<'t> {
        Lexer { text, bytes: text.as_bytes(), at, repaired, judged: false, began: at > 0 }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The first byte from `at` on that `is` not so; the end of the text where all are.
    fn run(&self, at: usize, is: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| !is(*byte)).unwrap_or(rest.len())
    }

    /// The next token. What nearly every token takes is part of the loop that asks for it.
    #[inline(always)]
    pub fn next(&mut self) -> Option<Token> {
        let mut first_on_line = !std::mem::replace(&mut self.began, true);
        let mut behind_odd_blank = false;
        let mut at = self.at;
        let first = loop {
            let byte = *self.bytes.get(at)?;
            match byte {
                b' ' => at += 1,
                b'\n' => {
                    first_on_line = true;
                    at += 1;
                }
                0..b' ' | 0x7F => {
                    behind_odd_blank = true;
                    at += 1;
                }
                0x80.. => match self.wide_blank(at) {
                    Some(length) => {
                        behind_odd_blank = true;
                        at += length;
                    }
                    None => break byte,
                },
                _ => break byte,
            }
        };
        let (kind, end) = self.token(at, first);
        self.at = end.max(at + 1);
        Some(Token { start: narrow(at), end: narrow(self.at), kind, first_on_line, behind_odd_blank })
    }

    /// How long the blank outside ASCII is that is at `at`; characters that hide others are none of any token.
    fn wide_blank(&self, at: usize) -> Option<usize> {
        let c = self.text.get(at..)?.chars().next()?;
        is_wide_blank(c).then_some(c.len_utf8())
    }

    #[inline(always)]
    fn token(&mut self, at: usize, first: u8) -> (TokenKind, usize) {
        if first == b'#' && !self.repaired {
            // What is before a comment is still before what is behind it.
            return (TokenKind::Comment, self.line_end(at));
        }
        let judged = std::mem::take(&mut self.judged);
        match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(at, judged),
            b'0'..=b'9' => self.number(at),
            b'"' => match self.text_end(at + 1) {
                Some(end) => (TokenKind::Text, end),
                None => (TokenKind::OpenText, self.line_end(at)),
            },
            b'{' => match self.annotation_end(at) {
                Some(end) => (TokenKind::Annotation, end),
                None => (TokenKind::Open, at + 1),
            },
            b'(' | b'[' => (TokenKind::Open, at + 1),
            b')' | b']' | b'}' => (TokenKind::Close, at + 1),
            _ if is_alone(first) => (TokenKind::Sign, at + 1),
            _ => self.sign_or_other(at, first),
        }
    }

    fn sign_or_other(&self, at: usize, first: u8) -> (TokenKind, usize) {
        let rest = self.text.get(at..).unwrap_or_default();
        if first < 0x80 {
            let may_go_on = matches!(first, b'<' | b'>' | b'=' | b'!') && self.byte(at + 1) >= 0x80;
            if may_go_on && let Some(length) = look_alike_comparison(rest) {
                return (TokenKind::LookAlike, at + length);
            }
            return match sign_length(rest) {
                0 => (TokenKind::Other, at + 1),
                length => (TokenKind::Sign, at + length),
            };
        }
        let Some(c) = rest.chars().next() else {
            return (TokenKind::Other, at + 1);
        };
        if opens_curly(c) {
            return self.curly(at + c.len_utf8());
        }
        if let Some(length) = look_alike_comparison(rest) {
            return (TokenKind::LookAlike, at + length);
        }
        match look_alike(c) {
            Some('#') => return (TokenKind::Comment, self.line_end(at)),
            Some(_) => {
                let run = rest.find(|c| look_alike(c).is_none_or(|plain| plain == '#')).unwrap_or(rest.len());
                return (TokenKind::LookAlike, at + run);
            }
            None => {}
        }
        if c.is_alphanumeric() {
            return (TokenKind::Name, self.word_end(at));
        }
        match sign_length(rest) {
            0 => (TokenKind::Other, at + c.len_utf8()),
            length => (TokenKind::Sign, at + length),
        }
    }

    /// Where the word ends that begins at `at`, letters of every writing included.
    #[inline(always)]
    fn word_end(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            end = self.run(end, is_word_byte);
            if self.byte(end) < 0x80 {
                return end;
            }
            let next = self.text.get(end..).and_then(|rest| rest.chars().next());
            match next.filter(|c| c.is_alphanumeric() && look_alike(*c).is_none()) {
                Some(c) => end += c.len_utf8(),
                None => return end,
            }
        }
    }

    #[inline(always)]
    fn word(&mut self, at: usize, judged: bool) -> (TokenKind, usize) {
        let end = self.word_end(at);
        let word = self.bytes.get(at..end).unwrap_or_default();
        let kind = match sort_of(word) {
            Sort::Free => TokenKind::Name,
            Sort::Reserved => TokenKind::Reserved,
            Sort::Connective => TokenKind::Connective,
            Sort::Statement => TokenKind::Statement,
        };
        if judged && kind != TokenKind::Statement {
            let end = self.run(at, |byte| is_word_byte(byte) || matches!(byte, b'.' | b'-'));
            let second = self.byte(end) == b'#' && self.byte(end + 1).is_ascii_digit();
            return (TokenKind::Question, if second { self.run(end + 1, is_word_byte) } else { end });
        }
        self.judged = kind == TokenKind::Reserved && word == b"judged";
        (kind, end)
    }

    fn number(&self, at: usize) -> (TokenKind, usize) {
        if let Some(end) = self.date_end(at) {
            return (TokenKind::Date, end);
        }
        let mut end = self.digits(at);
        // `1:80`, a titre
        if end == at + 1 && self.byte(at) == b'1' && self.byte(end) == b':' && self.byte(end + 1).is_ascii_digit() {
            end = self.digits(end + 1);
        }
        if self.byte(end) == b'.' && self.byte(end + 1).is_ascii_digit() {
            end = self.digits(end + 1);
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            let exponent = self.run(end + 1 + sign, |byte| byte.is_ascii_digit());
            if exponent > end + 1 + sign && !is_word_byte(self.byte(exponent)) {
                end = exponent;
            }
        }
        (TokenKind::Number, end)
    }

    /// Behind the digits at `at`, with `_` between them.
    fn digits(&self, at: usize) -> usize {
        self.run(at, |byte| byte.is_ascii_digit() || byte == b'_')
    }

    /// Where the date ends that begins at `at`: a year of this millennium or the last, a month, maybe a day and a time.
    fn date_end(&self, at: usize) -> Option<usize> {
        let digit = |at: usize| self.byte(at).is_ascii_digit();
        let digits = |at: usize| self.run(at, |byte| byte.is_ascii_digit());
        if self.byte(at + 4) != b'-' || !digit(at + 5) || !matches!(self.byte(at), b'1' | b'2') || digits(at) != at + 4
        {
            return None;
        }
        let mut end = digits(at + 5);
        if self.byte(end) == b'-' && digit(end + 1) {
            end = digits(end + 1);
        }
        if self.byte(end) == b'T' && digit(end + 1) {
            end = self.run(end + 1, |byte| byte.is_ascii_digit() || byte == b':');
            if self.byte(end) == b'Z' {
                end += 1;
            } else if matches!(self.byte(end), b'+' | b'-') && digit(end + 1) && digit(end + 2) {
                end += 3;
                end += usize::from(self.byte(end) == b':');
                end += if digit(end) && digit(end + 1) { 2 } else { 0 };
            }
        }
        Some(end)
    }

    fn line_feed(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + memchr::memchr(b'\n', rest).unwrap_or(rest.len())
    }

    /// Where the line ends that `at` is in: before its line feed, and before the carriage return that it has.
    fn line_end(&self, at: usize) -> usize {
        let end = self.line_feed(at);
        if end > at && self.byte(end - 1) == b'\r' { end - 1 } else { end }
    }

    /// Behind the quote of the text whose first character is at `from`. It may run over line ends as long as no line
    /// inside begins with a statement word and the quotes of its last line do not pair up among themselves.
    fn text_end(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let mut lines = 0;
        loop {
            at += memchr::memchr3(b'"', b'\\', b'\n', self.bytes.get(at..)?)?;
            match self.byte(at) {
                b'"' => break,
                // A line end is one, whatever is before it.
                b'\\' => at += usize::from(self.byte(at + 1) != b'\n'),
                _ => {
                    lines += 1;
                    let word = self.bytes.get(at + 1..self.run(at + 1, is_word_byte)).unwrap_or_default();
                    if !self.repaired && sort_of(word) == Sort::Statement {
                        return None;
                    }
                }
            }
            at += 1;
        }
        if lines == 0 || self.repaired {
            return Some(at + 1);
        }
        let line = self.bytes.get(at..self.line_feed(at)).unwrap_or_default();
        let mut quotes = 0;
        let mut escaped = false;
        for byte in line {
            if *byte == b'"' && !escaped {
                quotes += 1;
            }
            escaped = *byte == b'\\' && !escaped;
        }
        (quotes % 2 == 1).then_some(at + 1)
    }

    /// A text in typographic quotes, which end on the same line; its first character is at `from`.
    fn curly(&self, from: usize) -> (TokenKind, usize) {
        let line = self.text.get(from..self.line_feed(from)).unwrap_or_default();
        // Straight quotes in pairs are inside the text: `“Call it a "flare"”`.
        let typographic = line.char_indices().find(|(_, c)| matches!(c, '”' | '“' | '」' | '＂'));
        let pairs = |end: usize| line.get(..end).is_some_and(|inner| inner.matches('"').count() % 2 == 0);
        let close = typographic
            .filter(|(end, _)| pairs(*end))
            .or_else(|| line.char_indices().find(|(_, c)| matches!(c, '”' | '“' | '"' | '」' | '＂')));
        match close {
            Some((offset, closing)) => (TokenKind::CurlyText, from + offset + closing.len_utf8()),
            None => (TokenKind::OpenCurlyText, self.line_end(from)),
        }
    }

    /// Where the annotation ends that begins at `at`: `{#}`, in which no comment begins, and `{1.73_m2}` right behind `/`.
    /// Annotations are short and have no blanks.
    fn annotation_end(&self, at: usize) -> Option<usize> {
        if self.byte(at + 1) == b'#' && self.byte(at + 2) == b'}' {
            return Some(at + 3);
        }
        if at == 0 || self.byte(at - 1) != b'/' {
            return None;
        }
        let inner = self.bytes.get(at + 1..)?.iter().take(40);
        let stop =
            inner.clone().position(|byte| matches!(byte, b'}' | b' ' | b'\n' | b':' | b',' | b'{' | b'#' | b'"'))?;
        let end = at + 1 + stop;
        (self.byte(end) == b'}').then_some(end + 1)
    }
}

/// Whether `c` is blank outside ASCII: white space, or nothing that is seen.
fn is_wide_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}') || hides(c).is_some()
}

/// Whether `c` is blank: white space, or nothing that is seen.
pub(crate) fn is_blank(c: char) -> bool {
    match c {
        '\0'..=' ' | '\u{7F}' => true,
        '\u{80}'.. => is_wide_blank(c),
        _ => false,
    }
}
