//! Names, numbers, units, texts and dates.

use super::{Lower, Node};
use crate::source::Span;
use crate::syntax::ast::{CodeWord, DateText, Length, Name, Number, ResultsCount, Text, Unit};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::lexer::is_word_byte;

impl Lower<'_> {
    pub(super) fn name(&self, node: &Node<'_>) -> Name {
        Name { text: node.as_str().to_owned(), span: self.leaf(node) }
    }

    pub(super) fn unit(&self, node: &Node<'_>) -> Unit {
        // A reserved word in brackets has its mark behind it.
        let text = node.as_str().trim().replace(['\t', '\u{B}'], " ");
        Unit { text, span: self.span(node) }
    }

    /// A number; a thousands comma in it is reported and dropped.
    pub(super) fn number(&mut self, node: &Node<'_>) -> Number {
        let written = node.as_str();
        let span = self.leaf(node);
        let is_left_out = |byte: u8| matches!(byte, b'_' | b',' | b' ' | b'+');
        if !written.bytes().any(is_left_out) {
            return Number { text: written.to_owned(), span };
        }
        let text = written.chars().filter(|c| !c.is_ascii() || !is_left_out(*c as u8)).collect();
        if written.contains(',') {
            self.diagnostics.push(errors::thousands_comma(span, written));
        }
        Number { text, span }
    }

    /// A text with its escapes resolved; a line end in it counts as one space.
    pub(super) fn text(&mut self, node: &Node<'_>) -> Text {
        let span = self.leaf(node);
        let written = node.as_str();
        let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
        // A typographic quote was read as `"` and the blanks that fill its place.
        let wide = self.slice(span.range()).chars().next().map_or(1, char::len_utf8) - 1;
        let inner = inner.get(wide..).unwrap_or(inner);
        if memchr::memchr2(b'\\', b'\n', inner.as_bytes()).is_none() {
            return Text { text: inner.trim_end_matches('\r').to_owned(), span };
        }
        let mut text = String::with_capacity(inner.len());
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n') => text.push('\n'),
                    Some(escaped @ ('"' | '\\')) => text.push(escaped),
                    other => {
                        self.diagnostics.push(errors::bad_escape(span, other));
                        text.extend(other);
                    }
                },
                '\n' => {
                    let kept = text.trim_end_matches([' ', '\t', '\r']).len();
                    text.truncate(kept);
                    let rest = chars.as_str().trim_start();
                    chars = rest.chars();
                    text.push(' ');
                }
                _ => text.push(c),
            }
        }
        Text { text, span }
    }

    /// A date; its parts must have two digits each.
    pub(super) fn date(&mut self, node: &Node<'_>) -> DateText {
        let text = node.as_str().to_owned();
        let span = self.leaf(node);
        if !well_formed_date(&text) {
            self.diagnostics.push(errors::bad_date(span, &text));
        }
        DateText { text, span }
    }

    /// `class III`, `positive`
    pub(super) fn code_word(&self, node: Node<'_>) -> CodeWord {
        let mut scale = None;
        let mut word = Name { text: String::new(), span: self.span(&node) };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::level_scale => scale = Some(self.name(&child)),
                _ => word = self.name(&child),
            }
        }
        CodeWord { scale, word }
    }

    /// `6 months`
    pub(super) fn length(&mut self, node: Node<'_>) -> Length {
        let span = self.span(&node);
        let mut number = Number { text: String::new(), span };
        let mut unit = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::number => number = self.number(&child),
                _ => unit = Some(self.name(&child)),
            }
        }
        Length { span, number, unit }
    }

    /// `results count for 28 days`, from `count` on; `None` when a part is missing, which is reported.
    pub(super) fn results(&mut self, node: Node<'_>) -> Option<ResultsCount> {
        let span = self.span(&node);
        let count = self.next_token(self.first_word(&node).range().end).start;
        let span = self.span_of(count..span.range().end);
        let part = node.into_inner().next()?;
        if self.wanted(&part) {
            return None;
        }
        let length = (part.as_rule() == Rule::length).then(|| self.length(part));
        Some(ResultsCount { span, length })
    }

    /// The count of a prefix or block: a whole number.
    pub(super) fn count(&mut self, node: &Node<'_>) -> Option<u32> {
        let number = self.number(node);
        let count = number.text.parse().ok();
        if count.is_none() {
            self.diagnostics.push(errors::bad_count(number.span, &number.text));
        }
        count
    }

    /// The span from the start of `node` to the end of its first word.
    pub(super) fn first_word(&self, node: &Node<'_>) -> Span {
        let start = node.as_span().start();
        let written = node.as_str();
        let plain = written.bytes().position(|byte| !is_word_byte(byte)).unwrap_or(written.len());
        let length = match written.as_bytes().get(plain) {
            Some(0x80..) => written.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(written.len()),
            _ => plain,
        };
        self.placed(start, start + length)
    }
}

/// `2026`, `2026-03`, `2026-03-01`, `2026-03-01T09:00`, `2026-03-01T09:00:30`, then maybe `Z` or `+08:00`.
fn well_formed_date(text: &str) -> bool {
    // A whole day, as nearly all are.
    if let [_, _, _, _, b'-', _, _, b'-', _, _] = text.as_bytes() {
        return true;
    }
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let parts: Vec<&str> = day.split('-').collect();
    let two = |part: &&str| part.len() == 2;
    let day_is_good = parts.len() <= 3 && parts.iter().skip(1).all(two);
    let time_is_good = time.is_none_or(|time| {
        let (clock, zone) = match time.find(['Z', '+', '-']) {
            Some(at) => time.split_at(at),
            None => (time, ""),
        };
        let clock: Vec<&str> = clock.split(':').collect();
        let zone_is_good = zone.is_empty() || zone == "Z" || (zone.len() == 6 && zone.get(3..4) == Some(":"));
        parts.len() == 3 && matches!(clock.len(), 2 | 3) && clock.iter().all(two) && zone_is_good
    });
    day_is_good && time_is_good
}
