//! Formulas of numbers alone: what they come to, for the sake of their bounds.

use crate::number::Rational;
use crate::typed::{Operand, OperandKind};

/// Past this size a number is no bound of anything, and its digits are not worked out.
const LARGEST: f64 = 1e60;
/// The same for one near to zero.
const SMALLEST: f64 = 1e-60;

/// What a formula without facts comes to; `None` where it reads one, divides by zero or is not exact.
pub(super) fn constant(quantity: &Operand) -> Option<Rational> {
    let value = match &quantity.kind {
        OperandKind::Number(number) => return Some(number.clone()),
        OperandKind::Add(left, right) => constant(left)?.add(&constant(right)?),
        OperandKind::Subtract(left, right) => constant(left)?.sub(&constant(right)?),
        OperandKind::Multiply(left, right) => constant(left)?.mul(&constant(right)?),
        OperandKind::Divide(left, right) => constant(left)?.div(&constant(right)?)?,
        OperandKind::Power(base, exponent) => {
            let base = constant(base)?;
            let whole =
                exponent.to_i64().and_then(|whole| i32::try_from(whole).ok()).filter(|whole| whole.abs() <= 100)?;
            let size = base.to_f64().abs();
            if size != 0.0 && (size.log10() * f64::from(whole)).abs() > LARGEST.log10() {
                return None;
            }
            base.powi(whole)?
        }
        OperandKind::Min(list) => list.iter().map(constant).collect::<Option<Vec<_>>>()?.into_iter().min()?,
        OperandKind::Max(list) => list.iter().map(constant).collect::<Option<Vec<_>>>()?.into_iter().max()?,
        OperandKind::Fact(..)
        | OperandKind::Attribute(_)
        | OperandKind::Coalesce { .. }
        | OperandKind::Age(_)
        | OperandKind::DailyDose(_)
        | OperandKind::If { .. } => {
            return None;
        }
    };
    let size = value.to_f64().abs();
    (value.is_zero() || (SMALLEST..=LARGEST).contains(&size)).then_some(value)
}
