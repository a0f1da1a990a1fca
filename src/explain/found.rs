//! What was found in a record, as it is shown: values with their units, results and entries as evidence.

use std::collections::BTreeMap;

use super::display::{decimal, rounded, scope_name, unit_of};
use super::report::{DisplayValue, EvidenceItem};
use crate::eval::Evaluator;
use crate::eval::interpreter::Run;
use crate::ir::Id;
use crate::record::model::{Attributes, End, Entry, Number, Observation, Value};
use crate::record::schema::Scope;
use crate::tree::{AttributeId, FactId, KindId, ValueType};

impl Run<'_> {
    /// A value of a fact or an attribute.
    pub(crate) fn shown(self, value: &Value, scope: Scope, attribute: Option<AttributeId>) -> Option<DisplayValue> {
        let ty = value_type(self.evaluator, scope, attribute)?;
        Some(match value {
            Value::Unknown => return None,
            Value::Number(number) => self.shown_number(number, scope, attribute)?,
            Value::Code(code) => match ty {
                ValueType::Ordinal { levels: words, .. } | ValueType::Coded { values: words } => {
                    DisplayValue::Text(words.get(usize::from(*code))?.clone())
                }
                _ => return None,
            },
            Value::Flag(flag) => DisplayValue::Flag(*flag),
            Value::Date(date) => DisplayValue::Text(date.to_string()),
        })
    }

    fn shown_number(self, number: &Number, scope: Scope, attribute: Option<AttributeId>) -> Option<DisplayValue> {
        let exact = self.number(&Number { comparator: None, ..*number }, scope, attribute)?;
        let value = exact.as_point()?;
        if value_type(self.evaluator, scope, attribute) == Some(&ValueType::Titre) {
            let sign = number.comparator.map_or_else(String::new, |comparator| format!("{} ", comparator.symbol()));
            return Some(DisplayValue::Text(format!("{sign}1:{}", decimal(value))));
        }
        Some(match number.comparator {
            None => DisplayValue::Number(value.to_f64()),
            Some(comparator) => DisplayValue::Text(format!("{} {}", comparator.symbol(), decimal(value))),
        })
    }

    /// A number as it was given, where its unit is another one than the canonical.
    pub(crate) fn charted(self, value: &Value, scope: Scope, attribute: Option<AttributeId>) -> Option<String> {
        let Value::Number(number) = value else {
            return None;
        };
        let ValueType::Quantity { unit: canonical, units } = value_type(self.evaluator, scope, attribute)? else {
            return None;
        };
        let (unit, _) = units.get(usize::from(number.unit)).filter(|(unit, _)| unit != canonical)?;
        let raw = decimal(&number.exact_raw()?);
        Some(match number.comparator {
            None => format!("{raw} {unit}"),
            Some(comparator) => format!("{} {raw} {unit}", comparator.symbol()),
        })
    }

    /// A result as evidence.
    pub(crate) fn found_lab(self, fact: FactId, observation: &Observation) -> EvidenceItem {
        let scope = Scope::Fact(fact);
        let limit = |limit: Option<f64>| {
            let Value::Number(number) = observation.value else {
                return None;
            };
            let raw = limit?;
            self.shown_number(&Number { raw, approx: raw, unit: number.unit, comparator: None }, scope, None)
        };
        let tree = &self.evaluator.schema.tree;
        EvidenceItem {
            name: scope_name(tree, scope).to_owned(),
            value: self.shown(&observation.value, scope, None),
            charted: self.charted(&observation.value, scope, None),
            unit: value_type(self.evaluator, scope, None).and_then(unit_of).map(str::to_owned),
            at: observation.at.map(|at| at.to_string()),
            uln: limit(observation.uln),
            lln: limit(observation.lln),
            attributes: self.found_attributes(scope, observation.attributes),
            ..EvidenceItem::default()
        }
    }

    /// An entry as evidence.
    pub(crate) fn found_entry(self, kind: KindId, entry: &Entry) -> EvidenceItem {
        let scope = Scope::Kind(kind);
        EvidenceItem {
            name: scope_name(&self.evaluator.schema.tree, scope).to_owned(),
            start: entry.start.map(|start| start.to_string()),
            end: match entry.end {
                End::Absent => None,
                End::Running => Some("running".to_owned()),
                End::At(at) => Some(at.to_string()),
            },
            attributes: self.found_attributes(scope, entry.attributes),
            ..EvidenceItem::default()
        }
    }

    fn found_attributes(self, scope: Scope, attributes: Attributes) -> BTreeMap<String, DisplayValue> {
        self.evaluator
            .schema
            .attributes(scope)
            .iter()
            .enumerate()
            .filter_map(|(index, attribute)| {
                let index = AttributeId::new(index);
                let value = self.record.attribute(attributes, index)?;
                Some((attribute.name.clone(), self.shown(&value, scope, Some(index))?))
            })
            .collect()
    }
}

/// The type of a fact's value or of an attribute.
pub(crate) fn value_type(evaluator: &Evaluator, scope: Scope, attribute: Option<AttributeId>) -> Option<&ValueType> {
    match (scope, attribute) {
        (Scope::Fact(fact), None) => evaluator.schema.tree.facts.get(fact).map(|fact| &fact.ty),
        (scope, Some(attribute)) => evaluator.schema.attribute(scope, attribute).map(|attribute| &attribute.ty),
        _ => None,
    }
}

/// The usual length of what is found, without its name: bytes set aside for its text.
const USUAL_LENGTH: usize = 48;

/// `platelets 150000 /uL (150 10*9/L) at 2026-02-27`, `malignancy from 2024-06`: as charted, the canonical unit behind.
pub fn found_text(found: &EvidenceItem) -> String {
    let mut text = String::with_capacity(found.name.len() + USUAL_LENGTH);
    text.push_str(&found.name);
    let mut add = |parts: &[&str]| {
        text.push(' ');
        parts.iter().for_each(|part| text.push_str(part));
    };
    if let Some(value) = &found.value {
        let (blank, unit) = found.unit.as_deref().map_or(("", ""), |unit| (" ", unit));
        match (&found.charted, value) {
            (Some(charted), DisplayValue::Number(number)) => {
                add(&[charted, " (", &rounded(*number), blank, unit, ")"]);
            }
            (Some(charted), other) => add(&[charted, " (", &other.to_string(), blank, unit, ")"]),
            (None, DisplayValue::Text(value)) => add(&[value, blank, unit]),
            (None, other) => add(&[&other.to_string(), blank, unit]),
        }
    }
    if let Some(at) = &found.at {
        add(&["at ", at]);
    }
    match (&found.start, &found.end) {
        (Some(start), Some(end)) if end == "running" => add(&["from ", start, ", running"]),
        (Some(start), Some(end)) => add(&["from ", start, " to ", end]),
        (Some(start), None) => add(&["from ", start]),
        (None, Some(end)) if end == "running" => add(&["running"]),
        (None, Some(end)) => add(&["to ", end]),
        (None, None) => {}
    }
    text
}

/// A limit of normal, which is canonical: with its unit where the result was charted in another.
pub(crate) fn limit_text(limit: &DisplayValue, found: &EvidenceItem) -> String {
    let number = match limit {
        DisplayValue::Number(number) => rounded(*number),
        DisplayValue::Flag(_) | DisplayValue::Text(_) => limit.to_string(),
    };
    match (&found.charted, &found.unit) {
        (Some(_), Some(unit)) => format!("{number} {unit}"),
        _ => number,
    }
}

/// The first few of a list of names.
pub(crate) fn shortened(names: &[&str]) -> String {
    let shown: Vec<&str> = names.iter().take(6).copied().collect();
    match names.len().saturating_sub(6) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
