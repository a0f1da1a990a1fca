//! What a message on two quantities needs to know of them.

use super::term::{Origin, Typed};
use crate::number::Rational;
use crate::source::Span;
use crate::units::Unit;

/// Two sides that do not fit.
pub(crate) struct Sides<'a> {
    pub left: &'a Unit,
    pub left_text: &'a str,
    pub left_span: Span,
    pub right: &'a Unit,
    pub right_text: &'a str,
    pub right_span: Span,
    /// Where the left side's fact is declared.
    pub declared: Option<Span>,
    /// Spellings that would fit.
    pub accepted: &'a [String],
}

/// A bound on a fact, in the fact's unit.
pub(crate) struct Bound<'a> {
    pub written: &'a Typed,
    pub value: &'a Rational,
    pub unit: &'a Unit,
    pub name: &'a str,
    pub declared: Span,
}

impl Bound<'_> {
    /// The number as written.
    pub fn number(&self) -> Option<&str> {
        match &self.written.from {
            Origin::Literal(number, _) => Some(&number.text),
            Origin::Fact(..) | Origin::Attribute(_) | Origin::Formula => None,
        }
    }

    /// The bound in the words of the protocol.
    pub fn as_written(&self) -> String {
        match &self.written.from {
            Origin::Literal(number, None) if number.dilution().is_some() => number.text.clone(),
            Origin::Literal(number, unit)
                if Rational::parse_literal(&number.text).ok().as_ref() == self.written.number() =>
            {
                unit.as_ref().map_or_else(|| number.text.clone(), |unit| format!("{} {}", number.text, unit.text))
            }
            Origin::Literal(..) | Origin::Fact(..) | Origin::Attribute(_) | Origin::Formula => self.shown(self.value),
        }
    }

    /// "that is 8 g/L", where the number is another in the fact's own unit.
    pub fn converted(&self) -> Option<String> {
        let same = self.written.number().is_none_or(|number| number == self.value);
        (!same).then(|| format!("that is {}", self.shown(self.value)))
    }

    /// A value with the unit of the bound.
    pub fn shown(&self, value: &Rational) -> String {
        if self.unit.is_titre() { format!("1:{value}") } else { format!("{value}{}", self.unit_text()) }
    }

    /// The literal's place, number and unit.
    pub fn literal_span(&self) -> Option<Span> {
        matches!(self.written.from, Origin::Literal(..)).then_some(self.written.span)
    }

    /// The unit with a blank before it; nothing for a plain number.
    pub fn unit_text(&self) -> String {
        match self.unit.ucum() {
            "1" | "" => String::new(),
            _ => format!(" {}", self.unit.everyday()),
        }
    }
}
