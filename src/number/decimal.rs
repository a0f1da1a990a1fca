//! The digits of a number, as a text writes them: a decimal or one part of a fraction.

use num_bigint::{BigInt, BigUint, Sign};
use num_rational::BigRational;
use num_traits::Pow;

use super::error::NumberError;
use super::limits::{MAX_DIGITS, MAX_EXPONENT};
use super::size::Size;

/// A decimal with optional sign, point and exponent.
pub(super) fn parse_decimal(bytes: &[u8]) -> Result<Size, NumberError> {
    if bytes.is_empty() {
        return Err(NumberError::Empty);
    }
    let negative = bytes.first() == Some(&b'-');
    let mut at = usize::from(negative);
    let mut digits = Vec::with_capacity(bytes.len());
    take_digits(bytes, &mut at, &mut digits)?;
    let whole_digits = digits.len();
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        take_digits(bytes, &mut at, &mut digits)?;
    }
    let places = digits.len() - whole_digits;
    if digits.len() > MAX_DIGITS {
        return Err(NumberError::TooManyDigits);
    }
    let exponent = match bytes.get(at) {
        Some(b'e' | b'E') => {
            at += 1;
            take_exponent(bytes, &mut at)?
        }
        _ => 0,
    };
    if at != bytes.len() {
        return Err(NumberError::ExpectedDigit { at });
    }
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    let scale = exponent - i64::try_from(places).unwrap_or(i64::MAX);
    // Up to 18 digits fit a machine word, which is nearly every number there is.
    if digits.len() <= 18 && scale.unsigned_abs() <= 18 {
        let size = digits.iter().fold(0i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
        let over = if negative { -size } else { size };
        let power = 10i128.pow(u32::try_from(scale.unsigned_abs()).unwrap_or(0));
        let read = if scale < 0 { Size::reduced(over, power) } else { Size::reduced(over * power, 1) };
        return read.ok_or(NumberError::ZeroDenominator);
    }
    let magnitude = BigUint::parse_bytes(&digits, 10).ok_or(NumberError::ExpectedDigit { at: 0 })?;
    let magnitude = BigInt::from_biguint(sign, magnitude);
    let power = BigInt::from(10).pow(u32::try_from(scale.unsigned_abs()).unwrap_or(u32::MAX));
    Ok(Size::of(if scale < 0 {
        BigRational::new(magnitude, power)
    } else {
        BigRational::from_integer(magnitude * power)
    }))
}

/// One or more digits, appended to `digits`.
fn take_digits(bytes: &[u8], at: &mut usize, digits: &mut Vec<u8>) -> Result<(), NumberError> {
    let before = digits.len();
    while let Some(byte) = bytes.get(*at).filter(|byte| byte.is_ascii_digit()) {
        digits.push(*byte);
        *at += 1;
    }
    if digits.len() == before { Err(NumberError::ExpectedDigit { at: *at }) } else { Ok(()) }
}

/// The exponent behind an `e`: an optional sign and digits.
fn take_exponent(bytes: &[u8], at: &mut usize) -> Result<i64, NumberError> {
    let start = *at;
    let negative = bytes.get(*at) == Some(&b'-');
    if matches!(bytes.get(*at), Some(b'-' | b'+')) {
        *at += 1;
    }
    let mut digits = Vec::new();
    take_digits(bytes, at, &mut digits)?;
    let size = digits.iter().fold(0i64, |sum, digit| sum.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    if size > MAX_EXPONENT {
        return Err(NumberError::ExponentOutOfRange { at: start });
    }
    Ok(if negative { -size } else { size })
}

/// A whole number; `offset` is where `bytes` is in the whole text.
pub(super) fn parse_whole(bytes: &[u8], offset: usize, signed: bool) -> Result<BigInt, NumberError> {
    let negative = signed && bytes.first() == Some(&b'-');
    let mut at = usize::from(negative);
    let mut digits = Vec::with_capacity(bytes.len());
    take_digits(bytes, &mut at, &mut digits).map_err(|_| shifted(offset, at))?;
    if at != bytes.len() {
        return Err(shifted(offset, at));
    }
    // A written value has at most MAX_DIGITS digits behind the point and as many before it, and a
    // quotient or power of such values is longer still, so a fraction's limit is a wider one.
    if digits.len() > 40 * MAX_DIGITS {
        return Err(NumberError::TooManyDigits);
    }
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    let magnitude = BigUint::parse_bytes(&digits, 10).ok_or(shifted(offset, 0))?;
    Ok(BigInt::from_biguint(sign, magnitude))
}

fn shifted(offset: usize, at: usize) -> NumberError {
    NumberError::ExpectedDigit { at: offset + at }
}
