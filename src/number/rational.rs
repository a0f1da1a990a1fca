//! Exact fractions.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Neg;
use std::str::FromStr;

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Pow, ToPrimitive, Zero};

use super::decimal::{parse_decimal, parse_whole};
use super::error::NumberError;
use super::limits::MAX_EXPONENT;
use super::size::Size;

/// The most bits a numerator or denominator may reach through a power.
const MAX_POWER_BITS: u64 = 1 << 16;

/// An exact rational number, always in lowest terms with a positive denominator.
///
/// `Display` writes the form the decision tree uses, and [`Rational::parse`] reads it back:
/// a terminating decimal plainly (`34.2`, `-0.001`, `7`), any other value as a reduced fraction
/// (`855/292331`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rational(Size);

impl Rational {
    /// Zero.
    pub fn zero() -> Rational {
        Rational::from_i64(0)
    }

    /// One.
    pub fn one() -> Rational {
        Rational::from_i64(1)
    }

    /// A whole number.
    pub fn from_i64(value: i64) -> Rational {
        Rational(Size::Word { over: value, under: 1 })
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn from_ratio(numerator: i64, denominator: i64) -> Option<Rational> {
        Size::reduced(i128::from(numerator), i128::from(denominator)).map(Rational)
    }

    /// Ten to the power `exponent`; `None` beyond [`MAX_EXPONENT`] either way.
    pub fn power_of_ten(exponent: i32) -> Option<Rational> {
        if i64::from(exponent).abs() > MAX_EXPONENT {
            return None;
        }
        if let Some(over) = 10i64.checked_pow(exponent.unsigned_abs()) {
            let (over, under) = if exponent < 0 { (1, over) } else { (over, 1) };
            return Some(Rational(Size::Word { over, under }));
        }
        let power = BigInt::from(10).pow(exponent.unsigned_abs());
        Some(Rational(Size::of(if exponent < 0 {
            BigRational::new_raw(BigInt::one(), power)
        } else {
            BigRational::from_integer(power)
        })))
    }

    /// Reads a decimal (`-12.50`, `1e-3`) or a fraction of whole numbers (`855/292331`), exactly.
    ///
    /// # Errors
    /// Anything else, including separators, a leading `+` or `.`, and spaces.
    pub fn parse(text: &str) -> Result<Rational, NumberError> {
        let Some((numerator, denominator)) = text.split_once('/') else {
            return parse_decimal(text.as_bytes()).map(Rational);
        };
        let top = parse_whole(numerator.as_bytes(), 0, true)?;
        let bottom = parse_whole(denominator.as_bytes(), numerator.len() + 1, false)?;
        if bottom.is_zero() {
            return Err(NumberError::ZeroDenominator);
        }
        Ok(Rational(Size::of(BigRational::new(top, bottom))))
    }

    /// Reads a decimal literal as a source file writes it: [`Rational::parse`] without fractions
    /// and with `_` allowed between digits (`20_000`).
    ///
    /// # Errors
    /// As [`Rational::parse`]; byte positions count the underscores.
    pub fn parse_literal(text: &str) -> Result<Rational, NumberError> {
        let bytes = text.as_bytes();
        if !bytes.contains(&b'_') {
            return parse_decimal(bytes).map(Rational);
        }
        let mut plain = Vec::with_capacity(bytes.len());
        let mut places = Vec::with_capacity(bytes.len());
        for (at, &byte) in bytes.iter().enumerate() {
            let digit = |place: Option<usize>| place.and_then(|place| bytes.get(place)).is_some_and(u8::is_ascii_digit);
            if byte != b'_' {
                plain.push(byte);
                places.push(at);
            } else if !digit(at.checked_sub(1)) || !digit(Some(at + 1)) {
                return Err(NumberError::ExpectedDigit { at });
            }
        }
        let place = |at: usize| places.get(at).copied().unwrap_or(bytes.len());
        parse_decimal(&plain).map(Rational).map_err(|error| match error {
            NumberError::ExpectedDigit { at } => NumberError::ExpectedDigit { at: place(at) },
            NumberError::ExponentOutOfRange { at } => NumberError::ExponentOutOfRange { at: place(at) },
            other => other,
        })
    }

    /// The decimal that `value` is printed as, exactly: `0.1` gives one tenth, not the nearest
    /// binary fraction. `None` for infinities and NaN.
    pub fn from_f64_shortest(value: f64) -> Option<Rational> {
        if !value.is_finite() {
            return None;
        }
        Rational::parse(&format!("{value:e}")).ok()
    }

    /// The binary fraction that `value` is, exactly. `None` for infinities and NaN.
    pub fn from_f64_exact(value: f64) -> Option<Rational> {
        BigRational::from_float(value).map(|value| Rational(Size::of(value)))
    }

    /// The double nearest to this number; infinite beyond the range of doubles.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64()
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Size::Word { over: 0, .. })
    }

    /// Whether this is below zero.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether this is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Size::Word { under, .. } => *under == 1,
            Size::Large(large) => large.is_integer(),
        }
    }

    /// The distance from zero.
    pub fn abs(&self) -> Rational {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The sum.
    pub fn add(&self, other: &Rational) -> Rational {
        Rational(self.0.add(&other.0))
    }

    /// The difference.
    pub fn sub(&self, other: &Rational) -> Rational {
        Rational(self.0.sub(&other.0))
    }

    /// The product.
    pub fn mul(&self, other: &Rational) -> Rational {
        Rational(self.0.mul(&other.0))
    }

    /// The quotient; `None` when `other` is zero.
    pub fn div(&self, other: &Rational) -> Option<Rational> {
        self.0.div(&other.0).map(Rational)
    }

    /// One over this number; `None` for zero.
    pub fn recip(&self) -> Option<Rational> {
        Rational::one().div(self)
    }

    /// A whole power, exactly. `None` for a negative power of zero, and when the result would
    /// take more than 65,536 bits.
    pub fn powi(&self, exponent: i32) -> Option<Rational> {
        if exponent < 0 && self.is_zero() {
            return None;
        }
        let large = self.0.large();
        let bits = large.numer().bits().max(large.denom().bits());
        if bits > 1 && bits.saturating_mul(u64::from(exponent.unsigned_abs())) > MAX_POWER_BITS {
            return None;
        }
        Some(Rational(Size::of(Pow::pow(&*large, exponent))))
    }

    /// Any power of a number that is not negative.
    ///
    /// A whole `exponent` is computed exactly. Another is computed in doubles, and the double is
    /// taken back as the binary fraction it is. `None` for a negative number, for a negative power
    /// of zero, and where the double is infinite.
    pub fn powf(&self, exponent: &Rational) -> Option<Rational> {
        if self.is_negative() {
            return None;
        }
        if exponent.is_integer() {
            return self.powi(i32::try_from(exponent.to_i64()?).ok()?);
        }
        if self.is_zero() {
            return if exponent.is_negative() { None } else { Some(Rational::zero()) };
        }
        Rational::from_f64_exact(self.to_f64().powf(exponent.to_f64()))
    }

    /// The largest whole number not above this one; `None` beyond 64 bits.
    pub fn floor(&self) -> Option<i64> {
        match &self.0 {
            Size::Word { over, under } => Some(over.div_euclid(*under)),
            Size::Large(large) => large.floor().to_integer().to_i64(),
        }
    }

    /// The smallest whole number not below this one; `None` beyond 64 bits.
    pub fn ceil(&self) -> Option<i64> {
        match &self.0 {
            Size::Word { over, under } => Some(over.div_euclid(*under) + i64::from(over.rem_euclid(*under) != 0)),
            Size::Large(large) => large.ceil().to_integer().to_i64(),
        }
    }

    /// This number as a 64-bit integer when it is one.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Size::Word { over, under: 1 } => Some(*over),
            // A whole number of 64 bits is a word.
            Size::Word { .. } | Size::Large(_) => None,
        }
    }

    /// The number of digits after the point in decimal form; `None` when it does not terminate.
    pub fn decimal_places(&self) -> Option<u64> {
        let large = match &self.0 {
            Size::Word { under, .. } => {
                let twos = under.trailing_zeros();
                let mut rest = under >> twos;
                let mut fives = 0;
                while rest % 5 == 0 {
                    rest /= 5;
                    fives += 1;
                }
                return (rest == 1).then_some(u64::from(twos.max(fives)));
            }
            Size::Large(large) => large,
        };
        let denominator = large.denom().magnitude();
        let twos = denominator.trailing_zeros().unwrap_or(0);
        let five = BigUint::from(5u32);
        let mut rest = denominator >> twos;
        let mut fives = 0;
        while !rest.is_one() {
            if !(&rest % &five).is_zero() {
                return None;
            }
            rest /= &five;
            fives += 1;
        }
        Some(twos.max(fives))
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(whole) = self.to_i64() {
            return write!(f, "{whole}");
        }
        let large = self.0.large();
        if large.is_integer() {
            return write!(f, "{}", large.numer());
        }
        let Some(places) = self.decimal_places().and_then(|places| usize::try_from(places).ok()) else {
            return write!(f, "{}/{}", large.numer(), large.denom());
        };
        let power = BigInt::from(10).pow(u32::try_from(places).unwrap_or(u32::MAX));
        let scaled = (large.numer() * power / large.denom()).magnitude().to_string();
        // At least one digit is before the point.
        let digits = "0".repeat((places + 1).saturating_sub(scaled.len())) + &scaled;
        let sign = if self.is_negative() { "-" } else { "" };
        match digits.split_at_checked(digits.len() - places) {
            Some((whole, behind)) => write!(f, "{sign}{whole}.{behind}"),
            None => write!(f, "{}/{}", large.numer(), large.denom()),
        }
    }
}

impl FromStr for Rational {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Rational, NumberError> {
        Rational::parse(text)
    }
}

impl Neg for &Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        Rational(self.0.neg())
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Rational {
        Rational::from_i64(value)
    }
}

impl PartialEq<i64> for Rational {
    fn eq(&self, other: &i64) -> bool {
        self.to_i64() == Some(*other)
    }
}

impl PartialOrd<i64> for Rational {
    fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
        self.partial_cmp(&Rational::from_i64(*other))
    }
}
