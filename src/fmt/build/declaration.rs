//! The trial's block, declarations and definitions.

use super::{Builder, Items};
use crate::fmt::build::expression::Level;
use crate::fmt::doc::{Doc, Side};
use crate::syntax::ast::{Attribute, Expr, ExprKind, Modifier, ModifierKind, Name, Trial, TrialValue, Type, TypeKind};

impl Builder<'_> {
    /// One entry a line, values one below the other.
    pub(super) fn trial(&mut self, trial: &Trial) {
        if trial.entries.is_empty() {
            return;
        }
        while self.peek() != "{" && self.next < self.tokens.len() {
            self.token();
        }
        let close = self.partner();
        self.token();
        let longest = trial.entries.iter().map(|entry| entry.key.text.len()).max().unwrap_or(0);
        self.nest(|b| {
            for entry in &trial.entries {
                while b.skip(",") {}
                b.hard_line();
                b.token();
                b.skip(":");
                b.push(Doc::Pad(longest - entry.key.text.len()));
                let value = match &entry.value {
                    TrialValue::Text(text) => text.span,
                    TrialValue::Number(number) => number.span,
                    TrialValue::Name(name) => name.span,
                    TrialValue::Date(date) => date.span,
                    TrialValue::Results(results) => results.span,
                };
                b.before(entry.as_of.as_ref().map_or(value, |date| date.span).range().end);
            }
            while b.skip(",") {}
            b.comments_inside(close);
        });
        self.push(Doc::Hard { blank: false });
        self.until(close + 1);
    }

    pub(super) fn value_type(&mut self, ty: &Type) {
        let end = self.index_at(ty.span.range().end);
        if let TypeKind::OneOf(codes) = &ty.kind {
            while self.peek() != "{" && self.next < end {
                self.token();
            }
            self.list(codes, Items::Filled, |b, code| b.before(code.span.range().end));
        }
        self.until(end);
    }

    /// What is behind a name or type. Bounds and flags stay next to it; a formula, codes and attributes have lines
    /// of their own when one line does not hold all.
    pub(super) fn modifiers(&mut self, modifiers: &[Modifier]) {
        let mut below = false;
        let mut in_run = false;
        for modifier in modifiers {
            let end = self.index_at(modifier.span.range().end);
            match &modifier.kind {
                ModifierKind::Codes { system, source, .. } => {
                    self.before(system.span.range().start);
                    let source = source.as_ref().map(|source| source.span.range().start);
                    self.codes(in_run, source, end);
                    in_run = source.is_none();
                    below = true;
                    continue;
                }
                ModifierKind::Else(expr) => {
                    self.nest(|b| {
                        b.line();
                        b.token();
                        b.expr(expr);
                    });
                    below = true;
                }
                ModifierKind::Attributes(attributes) if below => self.nest(|b| {
                    b.line();
                    b.attributes(attributes);
                }),
                ModifierKind::Attributes(attributes) => self.attributes(attributes),
                ModifierKind::Possible(..)
                | ModifierKind::Plausible(..)
                | ModifierKind::Molar(..)
                | ModifierKind::Uln
                | ModifierKind::Lln
                | ModifierKind::Timeless
                | ModifierKind::Results(_)
                | ModifierKind::AbsentMeansNo
                | ModifierKind::Equates(_)
                | ModifierKind::Scale(_)
                | ModifierKind::BearsOn(_)
                | ModifierKind::Equivalent(_)
                | ModifierKind::HalfLife(..) => self.nest(|b| {
                    b.group(|b| {
                        b.line();
                        b.until(end);
                    });
                }),
            }
            self.until(end);
            in_run = false;
        }
    }

    /// `loinc ".." ".." source ".."`; the source has its own line when the codes leave it no room.
    fn codes(&mut self, in_run: bool, source: Option<usize>, end: usize) {
        self.nest(|b| {
            if in_run {
                b.group(|b| {
                    b.line();
                    b.code_texts(source, end);
                });
            } else {
                b.line();
                b.code_texts(source, end);
            }
            if source.is_some() {
                b.group(|b| {
                    b.line();
                    b.until(end);
                });
            }
        });
    }

    fn code_texts(&mut self, source: Option<usize>, end: usize) {
        // The word `source` is before its text.
        let stop = source.map_or(end, |source| self.index_at(source).saturating_sub(1));
        self.token();
        if self.next < stop {
            self.token();
        }
        while self.next < stop {
            self.nest(|b| {
                b.group(|b| {
                    b.line();
                    b.token();
                });
            });
        }
    }

    fn attributes(&mut self, attributes: &[Attribute]) {
        self.list(attributes, Items::Apart, |b, attribute| {
            b.group(|b| {
                b.before(attribute.ty.span.range().start);
                b.value_type(&attribute.ty);
                b.modifiers(&attribute.modifiers);
            });
        });
    }

    pub(super) fn name_group(&mut self, words: usize, modifiers: &[Modifier], members: &[Name]) {
        let opener = (0..self.tokens.len()).find(|index| self.peek_at(*index) == "{").unwrap_or(self.tokens.len());
        self.group(|b| {
            b.until(words);
            let (before, behind): (Vec<Modifier>, Vec<Modifier>) =
                modifiers.iter().cloned().partition(|modifier| modifier.span.range().start < b.start_of(opener));
            b.modifiers(&before);
            b.until(opener);
            b.list(members, Items::Filled, |b, _| b.token());
            b.modifiers(&behind);
        });
    }

    /// A block goes on next to the `=`; anything else that one line does not hold begins on the next.
    /// `assert "text": CONDITION`
    pub(super) fn assertion(&mut self, body: &Expr) {
        // The colon is the last token before the condition.
        let colon = self.index_at(body.span.range().start).saturating_sub(1);
        self.until(colon);
        if matches!(body.kind, ExprKind::Block { .. }) {
            self.token_as(None, Some(Side::Tight), Some(Side::Blank));
            self.expr(body);
        } else {
            self.group(|b| {
                b.token_as(None, Some(Side::Tight), Some(Side::Blank));
                b.nest(|b| {
                    b.line();
                    b.expr_at(body, Level::Same);
                });
            });
        }
    }

    pub(super) fn define(&mut self, body: &Expr) {
        self.until(2);
        if matches!(body.kind, ExprKind::Block { .. }) {
            self.token_as(Some("="), Some(Side::Blank), Some(Side::Blank));
            self.expr(body);
        } else {
            self.group(|b| {
                b.token_as(Some("="), Some(Side::Blank), Some(Side::Blank));
                b.nest(|b| {
                    b.line();
                    b.expr_at(body, Level::Same);
                });
            });
        }
    }
}
