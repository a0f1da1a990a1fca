//! The units that a quantity of a record may be given in: those that the tree lists, and every other one that UCUM or
//! everyday use has for the same quantity.

use std::sync::OnceLock;

use super::name_table::Names;
use crate::number::Rational;
use crate::tree::ValueType;
use crate::units::{Conversion, Unit, UnitError, Ways};

/// The units of one quantity, or nothing.
#[derive(Debug, Default)]
pub(crate) struct Units {
    /// How a value in each unit listed becomes one in the canonical unit, which comes first.
    pub(crate) ways: Vec<Way>,
    /// The canonical unit's, which most records use.
    pub(crate) canonical: String,
    pub(crate) spellings: Names<u16>,
    /// `possible` of the type, low and high, as doubles.
    pub(crate) possible: Option<(f64, f64)>,
    /// The units listed, read when a record first needs one that is not.
    listed: OnceLock<Vec<(Unit, Conversion)>>,
}

/// One conversion, ready to run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Way {
    pub(crate) exact: Conversion,
    /// The factor alone, where nothing else is done.
    factor: Option<f64>,
}

impl Way {
    pub(crate) fn new(exact: Conversion) -> Way {
        let factor = exact.is_linear().then(|| exact.factor.to_f64());
        Way { exact, factor }
    }

    /// A value converted, to a few units in the last place.
    ///
    /// A sum may cancel nearly all digits, and a power is exact to fewer, so that with these it is rounded once, at the end.
    pub(crate) fn approx(&self, raw: f64) -> f64 {
        match self.factor {
            Some(factor) => raw * factor,
            None => Rational::from_f64_shortest(raw).map_or(f64::NAN, |raw| self.exact.apply(&raw).to_f64()),
        }
    }
}

/// Why a unit is none of a quantity's.
#[derive(Debug)]
pub(crate) enum NotItsUnit {
    /// It is no unit at all.
    Unreadable(UnitError),
    /// It measures something else.
    Other(Unit),
}

impl Units {
    pub(crate) fn of(ty: &ValueType, possible: Option<&(Rational, Rational)>) -> Units {
        match ty {
            ValueType::Quantity { unit, units } => Units {
                canonical: unit.clone(),
                ways: units.iter().map(|(_, way)| Way::new(way.clone())).collect(),
                spellings: units.iter().zip(0..=u16::MAX).map(|((name, _), index)| (name.clone(), index)).collect(),
                possible: possible.map(|(low, high)| (low.to_f64(), high.to_f64())),
                listed: OnceLock::new(),
            },
            ValueType::Score { low, high, .. } => Units {
                ways: vec![Way::new(Conversion::by(Rational::one()))],
                possible: Some((low.to_f64(), high.to_f64())),
                ..Units::default()
            },
            ValueType::Titre => Units {
                ways: vec![Way::new(Conversion::by(Rational::one()))],
                possible: possible.map(|(low, high)| (low.to_f64(), high.to_f64())),
                ..Units::default()
            },
            ValueType::Ordinal { .. } | ValueType::Coded { .. } | ValueType::YesNo | ValueType::Date => {
                Units::default()
            }
        }
    }

    /// How a value in a unit that is not listed becomes one in the canonical unit: through the first one listed that
    /// measures the same.
    pub(crate) fn unlisted(&self, ty: &ValueType, written: &str) -> Result<Conversion, NotItsUnit> {
        let unit = Unit::parse(written).map_err(NotItsUnit::Unreadable)?;
        let ValueType::Quantity { units, .. } = ty else {
            return Err(NotItsUnit::Other(unit));
        };
        let read = || units.iter().flat_map(|(name, way)| Some((Unit::parse(name).ok()?, way.clone()))).collect();
        let listed = self.listed.get_or_init(read);
        let found = listed.iter().find_map(|(known, way)| unit.conversion_to(known, Ways::default())?.then(way));
        found.ok_or(NotItsUnit::Other(unit))
    }
}
