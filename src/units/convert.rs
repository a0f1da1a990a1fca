//! How a value in one unit becomes a value in another: by a factor, on a second scale by a factor and an offset,
//! and from a logarithm by ten to its power.

use super::Unit;
use crate::number::Rational;

/// `value * factor + offset`, or the same of ten to the power of the value. The factor is above zero, so that what is greater
/// stays greater.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Conversion {
    /// What a value is multiplied by.
    pub factor: Rational,
    /// What is added then; zero unless the scales begin at different places.
    pub offset: Rational,
    /// Whether a side is a logarithm.
    pub curve: Curve,
}

/// Whether a value, or what comes of it, is a logarithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Curve {
    /// Neither is.
    Straight,
    /// The value is a decimal logarithm: [ten to its power](Rational::ten_to_it) is multiplied.
    PowerOfTen,
    /// What comes of it is made one, at last: the way back from [`Curve::PowerOfTen`].
    Logarithm,
}

impl Conversion {
    /// By a factor alone.
    pub fn by(factor: Rational) -> Conversion {
        Conversion::affine(factor, Rational::zero())
    }

    /// By a factor and an offset.
    pub fn affine(factor: Rational, offset: Rational) -> Conversion {
        Conversion { factor, offset, curve: Curve::Straight }
    }

    /// A value converted.
    pub fn apply(&self, value: &Rational) -> Rational {
        match self.curve {
            Curve::Straight => self.straight(value),
            Curve::PowerOfTen => self.straight(&value.ten_to_it()),
            Curve::Logarithm => self.straight(value).log10(),
        }
    }

    fn straight(&self, value: &Rational) -> Rational {
        let product = value.mul(&self.factor);
        if self.offset.is_zero() { product } else { product.add(&self.offset) }
    }

    /// Whether both scales begin at the same place, so that sums and differences convert as values do.
    pub fn is_linear(&self) -> bool {
        self.offset.is_zero() && self.is_straight()
    }

    /// Whether neither side is a logarithm.
    pub fn is_straight(&self) -> bool {
        self.curve == Curve::Straight
    }

    /// Whether it changes nothing.
    pub fn is_identity(&self) -> bool {
        self.is_linear() && self.factor == Rational::one()
    }

    /// The way back; `None` for a factor of zero.
    pub fn inverse(&self) -> Option<Conversion> {
        let factor = self.factor.recip()?;
        let offset = Rational::zero().sub(&self.offset.mul(&factor));
        let curve = match self.curve {
            Curve::Straight => Curve::Straight,
            Curve::PowerOfTen => Curve::Logarithm,
            Curve::Logarithm => Curve::PowerOfTen,
        };
        Some(Conversion { factor, offset, curve })
    }

    /// Followed by another one; `None` where no factor and offset do both.
    pub fn then(&self, next: &Conversion) -> Option<Conversion> {
        match (self.curve, next.curve) {
            (Curve::Straight | Curve::PowerOfTen, Curve::Straight) => Some(Conversion {
                factor: self.factor.mul(&next.factor),
                offset: next.straight(&self.offset),
                curve: self.curve,
            }),
            _ => self.is_identity().then(|| next.clone()),
        }
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
        let on_scale = |scale: &Scale| Conversion::by(self.factor_to(&scale.unit)?).then(&scale.to_own);
        linear()
            .map(Conversion::by)
            .or_else(|| ways.scales.iter().find_map(on_scale))
            .or_else(|| self.antilogarithm_to(own))
    }

    /// How a value in this unit, a logarithm, becomes one in `own`, which is none; `None` where the two do not compare.
    pub fn antilogarithm_to(&self, own: &Unit) -> Option<Conversion> {
        let factor = self.logarithm_of()?.factor_to(own)?;
        Some(Conversion { factor, offset: Rational::zero(), curve: Curve::PowerOfTen })
    }
}
