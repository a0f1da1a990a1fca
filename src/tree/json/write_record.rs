//! What a record may carry, from the tree to its wire form.

use super::wire;
use crate::ir::EntryKind;
use crate::number::Rational;
use crate::tree::{Attribute, Code, Fact, Kind, ValueType};
use crate::units::Conversion;

fn range(range: Option<&(Rational, Rational)>) -> Option<(String, String)> {
    range.map(|(low, high)| (low.to_string(), high.to_string()))
}

pub(super) fn fact(fact: &Fact) -> wire::Fact {
    wire::Fact {
        name: fact.name.clone(),
        ty: value_type(&fact.ty),
        possible: range(fact.possible.as_ref()),
        uln: fact.uln,
        lln: fact.lln,
        absent_means_no: fact.absent_means_no,
        attributes: fact.attributes.iter().map(attribute).collect(),
        codes: fact.codes.iter().map(code).collect(),
        bears_on: fact.bears_on.clone(),
        text: fact.text.clone(),
    }
}

fn conversion(conversion: &Conversion) -> wire::Conversion {
    let factor = conversion.factor.to_string();
    // No way into a canonical unit ends in a logarithm.
    if !conversion.is_straight() {
        wire::Conversion::PowerOfTen(wire::PowerOfTen { power_of_ten: factor })
    } else if conversion.is_linear() {
        wire::Conversion::Factor(factor)
    } else {
        wire::Conversion::Affine(wire::Affine { factor, offset: conversion.offset.to_string() })
    }
}

fn value_type(ty: &ValueType) -> wire::Type {
    match ty {
        ValueType::Quantity { unit, units } => wire::Type::Quantity {
            unit: unit.clone(),
            units: wire::Units(units.iter().map(|(name, way)| (name.clone(), conversion(way))).collect()),
        },
        ValueType::Score { low, high, step } => {
            wire::Type::Score { low: low.to_string(), high: high.to_string(), step: step.to_string() }
        }
        ValueType::Ordinal { scale, levels } => wire::Type::Ordinal { scale: scale.clone(), levels: levels.clone() },
        ValueType::Coded { values } => wire::Type::Coded { values: values.clone() },
        ValueType::Titre => wire::Type::Titre {},
        ValueType::YesNo => wire::Type::YesNo {},
        ValueType::Date => wire::Type::Date {},
    }
}

fn attribute(attribute: &Attribute) -> wire::Attribute {
    wire::Attribute {
        name: attribute.name.clone(),
        ty: value_type(&attribute.ty),
        possible: range(attribute.possible.as_ref()),
    }
}

fn code(code: &Code) -> wire::Code {
    wire::Code { system: code.system.clone(), code: code.code.clone(), source: code.source.clone() }
}

pub(super) fn kind(kind: &Kind) -> wire::Kind {
    wire::Kind {
        name: kind.name.clone(),
        word: match kind.word {
            EntryKind::Event => wire::Word::Event,
            EntryKind::Condition => wire::Word::Condition,
            EntryKind::Drug => wire::Word::Drug,
        },
        absent_means_no: kind.absent_means_no,
        half_life: kind.half_life.as_ref().map(Rational::to_string),
        equivalent: kind
            .equivalent
            .as_ref()
            .map(|(factor, of)| wire::Equivalent { factor: factor.to_string(), of: of.clone() }),
        attributes: kind.attributes.iter().map(attribute).collect(),
        codes: kind.codes.iter().map(code).collect(),
        bears_on: kind.bears_on.clone(),
        text: kind.text.clone(),
    }
}
