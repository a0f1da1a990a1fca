//! Texts and characters made harmless: a quote where one lacks, straight quotes for typographic ones, ASCII for what is
//! taken for it.

use std::ops::Range;

use super::{Last, Scanner};
use crate::source::Span;
use crate::syntax::errors;
use crate::syntax::lexer::{Token, lex_repaired, look_alike};

impl Scanner<'_> {
    /// Where the line ends that `from` is in.
    fn line_end(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        from + memchr::memchr(b'\n', rest).unwrap_or(rest.len())
    }

    /// Behind the last character that is no blank of the line that `from` is in.
    pub(super) fn text_end(&self, from: usize) -> Span {
        let line = self.text.get(from..self.line_end(from)).unwrap_or_default();
        let end = from + line.trim_end().len();
        self.span(end..end)
    }

    /// Ends a text that has no last quote: puts one in place of the line end.
    pub(super) fn end_quote(&mut self, token: Token) {
        self.last = Last::Operand;
        self.repaired();
        let end = self.line_end(token.start());
        for byte in self.bytes_mut().get_mut(token.start() + 1..end).unwrap_or_default() {
            if *byte == b'\\' {
                *byte = b'/';
            }
        }
        if end < self.text.len() {
            self.patch(end, b'"');
        } else {
            self.bytes_mut().push(b'"');
        }
        self.ended = (end + 1).min(self.text.len());
        self.keep(token.until(end + 1));
    }

    /// Puts ASCII in place of look-alikes, and reads that.
    pub(super) fn look_alike(&mut self, token: Token) {
        let range = token.range();
        let written = token.of(self.text);
        let plain: String =
            written.chars().filter_map(|c| if c.is_ascii() { Some(c) } else { look_alike(c) }).collect();
        // Only a compiler reads a dash as a minus sign: `18–70` is a range. In a date it joins the parts.
        let sure =
            !plain.contains('-') || plain == "-" && (self.is_in_date(range.clone()) || self.is_minus(range.clone()));
        self.diagnostics.push(errors::look_alike(self.span(range.clone()), written, &plain, sure));
        for (place, byte) in range.clone().zip(plain.bytes().chain(std::iter::repeat(b' '))) {
            self.patch(place, byte);
        }
        self.repaired();
        for inner in lex_repaired(&plain) {
            let first_on_line = token.first_on_line && inner.first_on_line;
            self.token(Token { first_on_line, ..inner.moved_between(0, range.start) });
        }
    }

    /// Whether a dash is the sign of subtraction, and not between two numbers, where it may stand for a range.
    fn is_minus(&self, dash: Range<usize>) -> bool {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let before = self.text.get(..dash.start).unwrap_or_default().trim_end_matches(' ').chars().next_back();
        let behind = self.text.get(dash.end..).unwrap_or_default().trim_start_matches(' ').chars().next();
        self.text.get(dash) == Some("−") && !(is_digit(before) && is_digit(behind))
    }

    /// Whether a dash is in a date, `2026–03–01`.
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

    /// A text that begins with a typographic quote and has no last one.
    pub(super) fn open_curly(&mut self, token: Token) {
        let at = token.start();
        let start = at + token.of(self.text).chars().next().map_or(1, char::len_utf8);
        self.blank(at..start);
        self.patch(at, b'"');
        self.diagnostics.push(errors::unclosed_text(self.span(at..start), self.text_end(start)));
        self.end_quote(token);
    }

    /// A text in typographic quotes.
    pub(super) fn curly(&mut self, token: Token) {
        let text = self.text;
        let written = token.of(text);
        let opening = written.chars().next().map_or(0, char::len_utf8);
        let closing = written.chars().next_back().map_or(0, char::len_utf8);
        let inner = opening..written.len().saturating_sub(closing).max(opening);
        let at = token.start();
        let (start, end) = (at + inner.start, at + inner.end);
        self.blank(at..start);
        self.patch(at, b'"');
        for byte in self.bytes_mut().get_mut(start..end).unwrap_or_default() {
            match byte {
                b'\\' => *byte = b'/',
                b'"' => *byte = b'\'',
                _ => {}
            }
        }
        self.blank(end..token.end());
        self.patch(end, b'"');
        let inner = written.get(inner).unwrap_or_default();
        self.diagnostics.push(errors::curly_quotes(self.span(token.range()), inner));
        self.last = Last::Operand;
        self.repaired();
        // Blanks are left of the last quote.
        self.keep(token.until(end + 1));
    }
}
