//! How a value in one unit becomes a value in another: by a factor, and on a second scale by a factor and an offset.

use super::Unit;
use crate::number::Rational;

/// `value * factor + offset`. The factor is above zero, so that what is greater stays greater.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Conversion {
    /// What a value is multiplied by.
    pub factor: Rational,
    /// What is added then; zero unless the scales begin at different places.
    pub offset: Rational,
}

impl Conversion {
    /// By a factor alone.
    pub fn by(factor: Rational) -> Conversion {
        Conversion { factor, offset: Rational::zero() }
    }

    /// A value converted.
    pub fn apply(&self, value: &Rational) -> Rational {
        let product = value.mul(&self.factor);
        if self.is_linear() { product } else { product.add(&self.offset) }
    }

    /// Whether both scales begin at the same place, so that sums and differences convert as values do.
    pub fn is_linear(&self) -> bool {
        self.offset.is_zero()
    }

    /// Whether it changes nothing.
    pub fn is_identity(&self) -> bool {
        self.is_linear() && self.factor == Rational::one()
    }

    /// The way back; `None` for a factor of zero.
    pub fn inverse(&self) -> Option<Conversion> {
        let factor = self.factor.recip()?;
        let offset = Rational::zero().sub(&self.offset.mul(&factor));
        Some(Conversion { factor, offset })
    }

    /// Followed by a multiplication.
    pub fn then(&self, factor: &Rational) -> Conversion {
        Conversion { factor: self.factor.mul(factor), offset: self.offset.mul(factor) }
    }

    /// The conversion of a value that is first multiplied by `factor`.
    pub fn after(&self, factor: &Rational) -> Conversion {
        Conversion { factor: self.factor.mul(factor), offset: self.offset.clone() }
    }
}

/// A second scale of a quantity, such as NGSP percent and IFCC mmol/mol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Its unit.
    pub unit: Unit,
    /// From a value on it to one in the quantity's own unit.
    pub to_own: Conversion,
    /// Where the rule was read.
    pub source: Option<String>,
}

impl Scale {
    /// `% = 0.09148 x mmol/mol + 2.152`, from the side on which the numbers are decimals; `own` is the quantity's unit.
    pub fn rule(&self, own: &Unit) -> String {
        let short = |way: &Conversion| way.factor.decimal_places().is_some() && way.offset.decimal_places().is_some();
        let back = self.to_own.inverse().filter(|back| short(back) || !short(&self.to_own));
        let (way, to, from) = match &back {
            Some(back) => (back, &self.unit, own),
            None => (&self.to_own, own, &self.unit),
        };
        let (factor, to, from) = (&way.factor, to.everyday(), from.everyday());
        if way.is_linear() {
            return format!("{to} = {factor} x {from}");
        }
        let (sign, offset) = match way.offset.is_negative() {
            true => ('-', Rational::zero().sub(&way.offset)),
            false => ('+', way.offset.clone()),
        };
        format!("{to} = {factor} x {from} {sign} {offset}")
    }
}

/// What is declared of how a quantity converts, in addition to the sizes of units.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ways<'a> {
    /// g/mol, for conversion between mass and amount.
    pub molar: Option<&'a Rational>,
    /// Arbitrary units taken as its own, one to one.
    pub equates: &'a [Unit],
    /// Second scales.
    pub scales: &'a [Scale],
}

impl Unit {
    /// How a value in this unit becomes one in `own`, the unit of a quantity that converts in these ways; `None` where the
    /// two do not compare.
    pub fn conversion_to(&self, own: &Unit, ways: Ways<'_>) -> Option<Conversion> {
        let linear = || {
            self.value_factor_to(own)
                .or_else(|| ways.molar.and_then(|molar| self.factor_to_molar(own, molar)).filter(|_| !own.is_plain()))
                .or_else(|| ways.equates.iter().find_map(|equal| self.factor_to(equal)))
        };
        let on_scale = |scale: &Scale| Some(scale.to_own.after(&self.factor_to(&scale.unit)?));
        linear().map(Conversion::by).or_else(|| ways.scales.iter().find_map(on_scale))
    }
}
