//! Examples: fields on the lines the author gave them, then what is expected.

use super::{Builder, Items};
use crate::fmt::doc::{Doc, Side};
use crate::syntax::ast::{Example, Field, Value, ValueKind};

/// Blanks between two fields on one line.
const BETWEEN_FIELDS: usize = 3;

impl Builder<'_> {
    /// One line when the author ended none inside the braces and it fits; else a line, or more, of fields.
    pub(super) fn example(&mut self, example: &Example) {
        self.group(|b| {
            b.group(|b| {
                b.until(2);
                if let Some(like) = &example.like {
                    b.nest(|b| {
                        b.nest(|b| {
                            b.line();
                            b.before(like.span.range().end);
                        });
                    });
                }
                while b.peek() != "{" && b.next < b.tokens.len() {
                    b.token();
                }
            });
            let close = b.partner();
            if example.fields.is_empty() {
                b.list(&example.fields, Items::Filled, Self::field);
            } else {
                b.example_fields(&example.fields, close);
            }
            if b.next < b.tokens.len() {
                b.token();
                b.nest(|b| b.expectations(example));
            }
        });
    }

    fn example_fields(&mut self, fields: &[Field], close: usize) {
        let opener = self.start_of(self.next);
        if self.text.get(opener..self.start_of(close)).is_some_and(|inside| inside.contains('\n')) {
            self.push(Doc::Expand);
        }
        self.token();
        self.nest(|b| {
            for (index, field) in fields.iter().enumerate() {
                let ended = b.end_of_last();
                while b.skip(",") {}
                if index == 0 {
                    b.item_line();
                    b.field(field);
                } else if b.line_end_before_next(ended) {
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
        self.push(Doc::Line(1));
        self.until(close + 1);
    }

    fn field(&mut self, field: &Field) {
        self.before(field.value.span.range().start);
        self.value(&field.value);
    }

    fn value(&mut self, value: &Value) {
        let end = self.index_at(value.span.range().end);
        match &value.kind {
            ValueKind::Object(fields) => self.list(fields, Items::Kept, Self::field),
            ValueKind::List(values) => match values.as_slice() {
                [only] if matches!(only.kind, ValueKind::Object(_)) => self.only_entry(only),
                _ => self.list(values, Items::Apart, Self::value),
            },
            ValueKind::Number { .. } | ValueKind::Word(_) | ValueKind::Date(_) => {}
        }
        while self.next < end && self.peek() != "(" {
            self.token();
        }
        if let Some(details) = &value.details
            && self.next < end
            && !details.attributes.is_empty()
        {
            self.list(&details.attributes, Items::Kept, Self::field);
        }
        self.until(end);
    }

    /// `[{ .. }]`: the two brackets stand together.
    fn only_entry(&mut self, entry: &Value) {
        let close = self.partner();
        self.token();
        self.value(entry);
        self.skip(",");
        self.until(close + 1);
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
