//! Examples: fields on the lines the author gave them, then what is expected.

use super::{Builder, Items};
use crate::fmt::doc::{Doc, Side};
use crate::syntax::ast::{Example, Field, Value, ValueKind};

/// Blanks between two fields on one line.
const BETWEEN_FIELDS: usize = 3;

impl Builder<'_> {
    pub(super) fn example(&mut self, example: &Example) {
        self.group(|b| {
            b.until(2);
            if let Some(like) = &example.like {
                b.nest(|b| {
                    b.line();
                    b.before(like.span.range().end);
                });
            }
            b.until_brace();
        });
        let close = self.partner();
        if example.fields.is_empty() {
            self.until(close.saturating_add(1));
        } else {
            self.example_fields(&example.fields, close);
        }
        if self.next < self.tokens.len() {
            self.token();
            self.nest(|b| b.expectations(example));
        }
    }

    fn until_brace(&mut self) {
        while self.peek() != "{" && self.next < self.tokens.len() {
            self.token();
        }
    }

    fn example_fields(&mut self, fields: &[Field], close: usize) {
        self.token();
        self.nest(|b| {
            for (index, field) in fields.iter().enumerate() {
                let ended = b.next.checked_sub(1).and_then(|last| b.tokens.get(last)).map_or(0, |last| last.range.end);
                while b.skip(",") {}
                if index == 0 || b.line_end_behind(ended) {
                    b.hard_line();
                    b.field(field);
                } else {
                    b.group(|b| {
                        b.end_of_line();
                        b.push(Doc::Line(BETWEEN_FIELDS));
                        b.field(field);
                    });
                }
            }
            while b.skip(",") {}
            b.comments_inside(close);
        });
        self.push(Doc::Hard { blank: false });
        self.until(close + 1);
    }

    /// Whether the author ended the line between `offset` and the next token.
    fn line_end_behind(&self, offset: usize) -> bool {
        let next = self.start_of(self.next).min(self.text.len());
        self.text.get(offset..next).is_some_and(|between| between.contains('\n'))
    }

    fn field(&mut self, field: &Field) {
        self.before(field.value.span.range().start);
        self.value(&field.value);
    }

    fn value(&mut self, value: &Value) {
        let end = self.index_at(value.span.range().end);
        match &value.kind {
            ValueKind::Object(fields) => self.list(fields, Items::Apart, Self::field),
            ValueKind::List(values) => self.list(values, Items::Apart, Self::value),
            ValueKind::Number { .. } | ValueKind::Word(_) | ValueKind::Date(_) => {}
        }
        while self.next < end && self.peek() != "(" {
            self.token();
        }
        if self.next < end && !value.attributes.is_empty() {
            self.list(&value.attributes, Items::Apart, Self::field);
        }
        self.until(end);
    }

    fn expectations(&mut self, example: &Example) {
        for (index, expectation) in example.expectations.iter().enumerate() {
            while self.skip(",") {}
            if index == 0 {
                self.expectation(expectation.span.range().end);
                continue;
            }
            self.push(Doc::Text { text: ",".to_owned(), left: Side::Tight, right: Side::Blank });
            self.group(|b| {
                b.line();
                b.expectation(expectation.span.range().end);
            });
        }
        while self.skip(",") {}
    }

    /// `I7 pass`; a colon between the two is left out.
    fn expectation(&mut self, end: usize) {
        let end = self.index_at(end);
        while self.next < end {
            if !self.skip(":") {
                self.token();
            }
        }
    }
}

