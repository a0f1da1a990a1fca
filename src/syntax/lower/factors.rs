//! Second scales and equivalents: factors, and where they were read.

use super::{Lower, Node};
use crate::syntax::ast::{Equivalent, Fraction, Scale, Text};
use crate::syntax::grammar::Rule;

impl Lower<'_> {
    pub(super) fn second_scale(&mut self, node: Node<'_>) -> Option<Scale> {
        let mut units = Vec::new();
        let mut numbers = Vec::new();
        let mut source = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::bracketed => units.push(self.unit(&child)),
                Rule::no_close => {
                    let inner = units.last().map_or(self.start(&child), |unit| unit.span.range().start);
                    let opener = self.previous_token(inner).start;
                    self.unclosed(opener, &child);
                }
                Rule::fraction => numbers.extend(self.fraction(child)),
                Rule::code_source => source = self.source(child),
                Rule::defines => {}
                _ => {
                    self.wanted(&child);
                }
            }
        }
        let (mut units, mut numbers) = (units.into_iter(), numbers.into_iter());
        let (unit, factor) = (units.next()?, numbers.next()?);
        Some(Scale { unit, factor, of: units.next()?, offset: numbers.next(), source: source? })
    }

    fn fraction(&mut self, node: Node<'_>) -> Option<Fraction> {
        let mut parts = node.into_inner().map(|part| self.number(&part));
        parts.next().map(|above| Fraction { above, below: parts.next() })
    }

    pub(super) fn equivalent(&mut self, node: Node<'_>) -> Option<Equivalent> {
        let (mut factor, mut reference, mut source) = (None, None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::fraction => factor = self.fraction(child),
                Rule::name => reference = Some(self.name(&child)),
                Rule::code_source => source = self.source(child),
                _ => {
                    self.wanted(&child);
                }
            }
        }
        Some(Equivalent { factor: factor?, reference: reference?, source: source? })
    }

    /// The text behind `source`.
    pub(super) fn source(&mut self, node: Node<'_>) -> Option<Text> {
        let mut source = None;
        for child in node.into_inner() {
            if child.as_rule() == Rule::text {
                source = Some(self.text(&child));
            } else {
                self.wanted(&child);
            }
        }
        source
    }
}
