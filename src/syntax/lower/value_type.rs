//! Types of values.

use super::{Lower, Node};
use crate::source::Span;
use crate::syntax::ast::{Name, Number, Type, TypeKind, Unit};
use crate::syntax::errors;
use crate::syntax::grammar::Rule;

/// `grade 0..5` is expanded up to so many levels.
const MAX_LEVELS: i64 = 100;

impl Lower<'_> {
    pub(super) fn value_type(&mut self, node: Node<'_>) -> Option<Type> {
        let span = self.span(&node);
        let inner = node.into_inner().next()?;
        let kind = match inner.as_rule() {
            Rule::yes_no => TypeKind::YesNo,
            Rule::date_type => TypeKind::Date,
            Rule::quantity => TypeKind::Quantity(self.bracketed_unit(inner)?),
            Rule::score => self.score(inner)?,
            Rule::titre_type => self.titre(inner)?,
            Rule::scale => self.scale(inner)?,
            _ => self.one_of(inner)?,
        };
        Some(Type { span, kind })
    }

    /// The unit in the brackets of `quantity [..]` or `equates [..]`.
    pub(super) fn bracketed_unit(&mut self, node: Node<'_>) -> Option<Unit> {
        let mut unit = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::bracketed => unit = Some(self.unit(&child)),
                Rule::no_close => {
                    let inner = unit.as_ref().map_or(self.start(&child), |unit| unit.span.range().start);
                    let opener = self.previous_token(inner).start;
                    self.unclosed(opener, &child);
                }
                _ => {
                    self.wanted(&child);
                }
            }
        }
        unit
    }

    fn score(&mut self, node: Node<'_>) -> Option<TypeKind> {
        let mut range = None;
        let mut step = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::range => range = self.range(child),
                Rule::signed_number => step = Some(self.number(&child)),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        range.map(|(low, high)| TypeKind::Score { low, high, step })
    }

    fn titre(&mut self, node: Node<'_>) -> Option<TypeKind> {
        let mut range = None;
        for child in node.into_inner() {
            if child.as_rule() == Rule::range {
                range = self.range(child);
            } else {
                self.wanted(&child);
            }
        }
        range.map(|(low, high)| TypeKind::Titre { low, high })
    }

    pub(super) fn range(&mut self, node: Node<'_>) -> Option<(Number, Number)> {
        let mut numbers = Vec::new();
        for child in node.into_inner() {
            if matches!(child.as_rule(), Rule::signed_number | Rule::titre) {
                numbers.push(self.number(&child));
            } else {
                self.wanted(&child);
            }
        }
        let mut numbers = numbers.into_iter();
        Some((numbers.next()?, numbers.next()?))
    }

    fn scale(&mut self, node: Node<'_>) -> Option<TypeKind> {
        let span = self.span(&node);
        let mut scale = None;
        let mut levels: Vec<Name> = Vec::new();
        let mut order: Option<bool> = None;
        let mut broken = false;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::scale_word => scale = Some(self.name(&child)),
                Rule::code => levels.push(self.name(&child)),
                Rule::range => {
                    let place = self.span(&child);
                    let (low, high) = self.range(child)?;
                    levels = self.expand(place, &low, &high)?;
                }
                Rule::level_order => {
                    let rising = child.as_str().starts_with('<');
                    if order.is_some_and(|first| first != rising) && !broken {
                        broken = true;
                        let place = self.span(&child);
                        self.diagnostics.push(errors::mixed_order(place));
                    }
                    order.get_or_insert(rising);
                }
                _ => broken |= self.wanted(&child),
            }
        }
        if order == Some(false) {
            levels.reverse();
        }
        if broken || levels.is_empty() {
            return None;
        }
        let scale = scale.unwrap_or(Name { text: "ordinal".to_owned(), span });
        Some(TypeKind::Ordinal { scale, levels })
    }

    /// The levels of `0..5`.
    fn expand(&mut self, span: Span, low: &Number, high: &Number) -> Option<Vec<Name>> {
        let (Ok(first), Ok(last)) = (low.text.parse::<i64>(), high.text.parse::<i64>()) else {
            self.diagnostics.push(errors::bad_levels(span));
            return None;
        };
        if first > last || last.saturating_sub(first) >= MAX_LEVELS {
            self.diagnostics.push(errors::bad_levels(span));
            return None;
        }
        Some((first..=last).map(|level| Name { text: level.to_string(), span }).collect())
    }

    fn one_of(&mut self, node: Node<'_>) -> Option<TypeKind> {
        let mut codes = None;
        for child in node.into_inner() {
            if child.as_rule() == Rule::code_set {
                codes = Some(self.code_set(child).into_iter().map(|code| code.word).collect());
            } else {
                self.wanted(&child);
            }
        }
        codes.map(TypeKind::OneOf)
    }
}
