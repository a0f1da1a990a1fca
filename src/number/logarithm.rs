//! Decimal logarithms and ten to a power, the same on every machine.

use super::Rational;

/// Digits that count of what has no end. A platform's own functions differ from one another in the 16th.
const DIGITS_BEHIND_THE_FIRST: usize = 11;
/// Powers beyond it, either way, are taken as this one: no quantity is so large.
const LARGEST_POWER: i64 = 300;

impl Rational {
    /// Ten to the power of this number: exact for a whole one, else to 12 digits. Powers over 300 and below -300 are taken as
    /// 300 and -300.
    pub fn ten_to_it(&self) -> Rational {
        let largest = Rational::from_i64(LARGEST_POWER);
        let least = Rational::from_i64(-LARGEST_POWER);
        let power = self.clone().min(largest).max(least);
        let whole = power.to_i64().and_then(|power| i32::try_from(power).ok());
        match whole {
            Some(power) => Rational::power_of_ten(power).unwrap_or_else(Rational::one),
            None => to_12_digits(10_f64.powf(power.to_f64())),
        }
    }

    /// The decimal logarithm to 12 digits; -300 for zero and what is below it.
    pub fn log10(&self) -> Rational {
        if self.is_zero() || self.is_negative() {
            return Rational::from_i64(-LARGEST_POWER);
        }
        to_12_digits(self.to_f64().log10())
    }
}

/// A finite double.
fn to_12_digits(value: f64) -> Rational {
    Rational::parse(&format!("{value:.DIGITS_BEHIND_THE_FIRST$e}")).unwrap_or_else(|_| Rational::zero())
}
