//! A unit as a value: dimension, exact size and spelling; products, quotients and factors between two.

use std::fmt;
use std::sync::Arc;

use super::cancelled_ratio::Like;
use super::{Base, Dimension, TimeUnit};
use crate::number::Rational;

/// The name of titres as a unit.
const TITRE: &str = "titre";

/// A unit: what it measures, its exact size in the coherent base, and how it is spelt.
///
/// Shared, so that a clone costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit(pub(super) Arc<Parts>);

/// What a unit is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Parts {
    pub(super) dimension: Dimension,
    pub(super) factor: Rational,
    pub(super) like: Like,
    pub(super) ucum: String,
    pub(super) written: String,
    pub(super) calendar: bool,
    /// What it is the decimal logarithm of; none for nearly all.
    pub(super) logarithm_of: Option<Unit>,
}

impl Unit {
    /// The unit of plain numbers, `1`.
    pub fn dimensionless() -> Unit {
        Unit(Arc::new(Parts {
            dimension: Dimension::none(),
            factor: Rational::one(),
            like: Like::default(),
            ucum: "1".to_owned(),
            written: "1".to_owned(),
            calendar: false,
            logarithm_of: None,
        }))
    }

    /// The unit of titres, which converts into nothing else: 1:80 is 80 of it. It is written with the number, not behind it.
    pub fn titre() -> Unit {
        Unit(Arc::new(Parts {
            dimension: Dimension::of(Base::Own(TITRE.to_owned())),
            factor: Rational::one(),
            like: Like::default(),
            ucum: TITRE.to_owned(),
            written: TITRE.to_owned(),
            calendar: false,
            logarithm_of: None,
        }))
    }

    /// Whether it is the unit of titres.
    pub fn is_titre(&self) -> bool {
        self.0.ucum == TITRE
    }

    /// What it is the decimal logarithm of: `{copies}/mL` of `{Log_copies}/mL`.
    pub fn logarithm_of(&self) -> Option<&Unit> {
        self.0.logarithm_of.as_ref()
    }

    /// What it measures.
    pub fn dimension(&self) -> &Dimension {
        &self.0.dimension
    }

    /// What it measures, for people: `mass concentration`, `ratio of masses`.
    pub fn measures(&self) -> String {
        match self.0.like.name() {
            None => self.0.dimension.name(),
            Some(ratio) if self.0.dimension.is_none() => ratio,
            Some(ratio) => format!("{} of a {ratio}", self.0.dimension.name()),
        }
    }

    /// What it measures, with its article: `a mass concentration`, `an amount of substance`.
    pub fn measures_a(&self) -> String {
        let name = self.measures();
        if self.0.dimension.counts_some() {
            return format!("a number of {name}");
        }
        let article = if name.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {name}")
    }

    /// Whether it measures a plain number: `1`, `%`, `{ratio}`; not `mg/g`.
    pub fn is_number(&self) -> bool {
        self.0.dimension.is_none() && self.0.like.is_none()
    }

    /// Whether it divides something by its like: `mg/g`, `mmol/mol`, `mg/kg/d`.
    pub fn is_ratio(&self) -> bool {
        !self.0.like.is_none()
    }

    /// Whether numbers of it are written without a unit: `1`, and what a formula cancelled.
    pub fn is_plain(&self) -> bool {
        self.is_number() && self.0.factor == Rational::one()
    }

    /// Its size in the coherent base (m, g, s, mol, C): 10^12 for `10*9/L`.
    pub fn factor(&self) -> &Rational {
        &self.0.factor
    }

    /// The UCUM spelling: `10*9/L` for `x10^9/L`.
    pub fn ucum(&self) -> &str {
        &self.0.ucum
    }

    /// The spelling it was read from.
    pub fn written(&self) -> &str {
        &self.0.written
    }

    /// Whether a month or a year is part of it. Its size is then UCUM's mean (30.4375 or 365.25
    /// days), which no calendar month or year has.
    pub fn is_calendar(&self) -> bool {
        self.0.calendar
    }

    /// The unit of time this is, when it is just one: `mo` is, `ms` and `/d` are not.
    pub fn time_unit(&self) -> Option<TimeUnit> {
        TimeUnit::from_code(&self.0.ucum)
    }

    /// What a value in this unit is multiplied by to be in `other`: 1000 from `10*9/L` to `/uL`.
    /// `None` when the two measure different things; so do `mmol/mol`, `mg/g`, `L/L` and `%`.
    pub fn factor_to(&self, other: &Unit) -> Option<Rational> {
        if self.0.dimension != other.0.dimension || !self.0.like.fits(&other.0.like) {
            return None;
        }
        self.0.factor.div(&other.0.factor)
    }

    /// As [`Unit::factor_to`], for a value of a quantity that is kept in `own`. A percentage is no value of a plain number:
    /// a prothrombin activity of 40 % is no INR of 0.4. A quantity that is kept in `%` reads both.
    pub fn value_factor_to(&self, own: &Unit) -> Option<Rational> {
        if own.is_plain() && self.is_number() && !self.is_plain() {
            return None;
        }
        self.factor_to(own)
    }

    /// As [`Unit::factor_to`], and also from a mass to an amount of substance or back, for a
    /// substance of the given molar mass: 17.104 from `mg/dL` to `umol/L` for bilirubin.
    ///
    /// One unit must hold mass to the first power and no amount, the other amount to the first
    /// power and no mass, all else being equal. So `mg/mmol` never becomes `mg/g`, where the mole
    /// belongs to another substance.
    pub fn factor_to_molar(&self, other: &Unit, molar_mass_g_per_mol: &Rational) -> Option<Rational> {
        if let Some(factor) = self.factor_to(other) {
            return Some(factor);
        }
        let mass = Dimension::of(Base::Mass);
        let amount = Dimension::of(Base::Amount);
        let shares = |unit: &Unit| (unit.0.dimension.power(&Base::Mass), unit.0.dimension.power(&Base::Amount));
        let ratio = self.0.factor.div(&other.0.factor)?;
        if !self.0.like.fits(&other.0.like) {
            return None;
        }
        match (shares(self), shares(other)) {
            ((1, 0), (0, 1)) if self.0.dimension.divide(&mass) == other.0.dimension.divide(&amount) => {
                ratio.div(molar_mass_g_per_mol)
            }
            ((0, 1), (1, 0)) if self.0.dimension.divide(&amount) == other.0.dimension.divide(&mass) => {
                Some(ratio.mul(molar_mass_g_per_mol))
            }
            _ => None,
        }
    }

    /// The unit of a product of two quantities.
    pub fn multiply(&self, other: &Unit) -> Unit {
        let ucum = match (self.0.ucum.as_str(), other.0.ucum.as_str()) {
            (left, "1") => left.to_owned(),
            ("1", right) if !right.starts_with('/') => right.to_owned(),
            (left, right) => format!("{left}.{}", grouped(right)),
        };
        let (dimension, factor) = (self.0.dimension.multiply(&other.0.dimension), self.0.factor.mul(&other.0.factor));
        self.combined(other, dimension, factor, false, ucum)
    }

    /// The unit of a quotient of two quantities.
    pub fn divide(&self, other: &Unit) -> Unit {
        let ucum = match (self.0.ucum.as_str(), other.0.ucum.as_str()) {
            (left, "1") => left.to_owned(),
            ("1", right) => format!("/{}", grouped(right)),
            (left, right) if left == right => "1".to_owned(),
            (left, right) => format!("{left}/{}", grouped(right)),
        };
        // No unit has size zero, so the quotient always exists.
        let factor = self.0.factor.div(&other.0.factor).unwrap_or_else(Rational::one);
        self.combined(other, self.0.dimension.divide(&other.0.dimension), factor, true, ucum)
    }

    /// The unit of a whole power of a quantity; `None` beyond the ninth power either way.
    pub fn powi(&self, exponent: i32) -> Option<Unit> {
        if exponent.unsigned_abs() > 9 {
            return None;
        }
        let mut product = Unit::dimensionless();
        for _ in 0..exponent.unsigned_abs() {
            product = if exponent > 0 { product.multiply(self) } else { product.divide(self) };
        }
        Some(product)
    }

    fn combined(&self, other: &Unit, dimension: Dimension, factor: Rational, inverse: bool, ucum: String) -> Unit {
        let calendar = self.is_calendar() || other.is_calendar();
        let sides = ((&self.0.dimension, &self.0.like), (&other.0.dimension, &other.0.like));
        let like = Like::product(sides.0, sides.1, inverse);
        Unit(Arc::new(Parts { dimension, factor, like, written: ucum.clone(), ucum, calendar, logarithm_of: None }))
    }
}

/// The text of a unit as one factor: in parentheses when it has operators outside annotations.
pub(super) fn grouped(ucum: &str) -> String {
    let mut inside = false;
    let operators = ucum.chars().any(|char| {
        inside = char == '{' || (inside && char != '}');
        !inside && matches!(char, '/' | '.')
    });
    if operators { format!("({ucum})") } else { ucum.to_owned() }
}

impl fmt::Display for Unit {
    /// The UCUM spelling.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ucum())
    }
}
