//! What a record may carry: facts, kinds, their types and attributes.

use super::lists::{Result, at, distinct};
use crate::number::Rational;
use crate::tree::json::TreeError;
use crate::tree::{Attribute, Fact, ValueType};

pub(super) fn declared_fact(path: &str, fact: &Fact) -> Result {
    value_type(path, &fact.ty)?;
    let is_number = matches!(fact.ty, ValueType::Quantity { .. } | ValueType::Score { .. });
    possible(path, &fact.ty, fact.possible.as_ref())?;
    if (fact.uln || fact.lln) && !is_number {
        return Err(TreeError::new(path, "only a quantity or score has limits of normal"));
    }
    if fact.absent_means_no && fact.ty != ValueType::YesNo {
        return Err(TreeError::new(path, "`absent_means_no` is for yes/no facts and kinds"));
    }
    attributes(path, &fact.attributes, &["value", "unit", "at", "comparator", "uln", "lln"])
}

fn possible(path: &str, ty: &ValueType, range: Option<&(Rational, Rational)>) -> Result {
    let Some((low, high)) = range else {
        return Ok(());
    };
    if !matches!(ty, ValueType::Quantity { .. } | ValueType::Score { .. } | ValueType::Titre) {
        return Err(TreeError::new(path, "only a quantity, score or titre has a `possible` range"));
    }
    if low > high { Err(TreeError::new(path, "the `possible` range is empty")) } else { Ok(()) }
}

pub(super) fn attributes(path: &str, list: &[Attribute], reserved: &[&str]) -> Result {
    let path = format!("{path}.attributes");
    distinct(&path, list.iter().map(|attribute| attribute.name.as_str()))?;
    for (index, attribute) in list.iter().enumerate() {
        let path = at(&path, index);
        if reserved.contains(&attribute.name.as_str()) {
            return Err(TreeError::new(path, format!("`{}` is a field of its own", attribute.name)));
        }
        value_type(&path, &attribute.ty)?;
        possible(&path, &attribute.ty, attribute.possible.as_ref())?;
    }
    Ok(())
}

fn value_type(path: &str, ty: &ValueType) -> Result {
    let path = format!("{path}.type");
    match ty {
        ValueType::Quantity { unit, units } => {
            distinct(&path, units.iter().map(|(name, _)| name.as_str()))?;
            if units.first().is_none_or(|(first, way)| first != unit || !way.is_identity()) {
                return Err(TreeError::new(path, format!("the canonical unit `{unit}` comes first, with factor 1")));
            }
            match units.iter().find(|(_, way)| !positive(&way.factor)) {
                Some((name, _)) => Err(TreeError::new(path, format!("the factor of `{name}` is not above zero"))),
                None => Ok(()),
            }
        }
        ValueType::Score { low, high, step } => {
            if low > high || !positive(step) {
                return Err(TreeError::new(path, "a score runs from its least to its most in steps above zero"));
            }
            Ok(())
        }
        ValueType::Ordinal { levels: values, .. } | ValueType::Coded { values } => {
            if values.is_empty() {
                return Err(TreeError::new(path, "no value is listed"));
            }
            distinct(&path, values.iter().map(String::as_str))
        }
        ValueType::Titre | ValueType::YesNo | ValueType::Date => Ok(()),
    }
}

pub(super) fn positive(value: &Rational) -> bool {
    *value > Rational::zero()
}
