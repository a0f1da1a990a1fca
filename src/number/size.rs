//! Two sizes of one fraction: nearly every number fits two machine words, and arithmetic on words allocates nothing.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::Hash;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// A fraction in lowest terms with a positive denominator. It is a word whenever it fits one, so that equal numbers
/// have equal forms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Size {
    /// `over / under`.
    Word {
        /// The numerator, of any sign.
        over: i64,
        /// The denominator, above zero.
        under: i64,
    },
    /// A fraction of which a part takes more than 64 bits.
    Large(Box<BigRational>),
}

impl Size {
    /// The form of a fraction already in lowest terms.
    pub fn of(value: BigRational) -> Size {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(over), Some(under)) => Size::Word { over, under },
            _ => Size::Large(Box::new(value)),
        }
    }

    /// `over / under` in lowest terms; `None` when `under` is zero.
    pub fn reduced(over: i128, under: i128) -> Option<Size> {
        if under == 0 {
            return None;
        }
        let common = greatest_common_divisor(over.unsigned_abs(), under.unsigned_abs());
        let sizes = (over.unsigned_abs() / common, under.unsigned_abs() / common);
        if let (Ok(above), Ok(below)) = (i64::try_from(sizes.0), i64::try_from(sizes.1)) {
            let over = if (over < 0) == (under < 0) { above } else { -above };
            return Some(Size::Word { over, under: below });
        }
        // One value of 64 bits has no size of 63: the smallest. The general form knows it.
        Some(Size::of(BigRational::new(BigInt::from(over), BigInt::from(under))))
    }

    /// The general form.
    pub fn large(&self) -> Cow<'_, BigRational> {
        match self {
            Size::Word { over, under } => Cow::Owned(BigRational::new_raw(BigInt::from(*over), BigInt::from(*under))),
            Size::Large(large) => Cow::Borrowed(large),
        }
    }

    pub fn is_negative(&self) -> bool {
        match self {
            Size::Word { over, .. } => *over < 0,
            Size::Large(large) => large.is_negative(),
        }
    }

    pub fn to_f64(&self) -> f64 {
        /// Below this, whole numbers are doubles, and a quotient of two is rounded once.
        const EXACT: i64 = 1 << 53;
        match self {
            Size::Word { over, under } if over.unsigned_abs() < EXACT.unsigned_abs() && *under < EXACT => {
                to_double(*over) / to_double(*under)
            }
            Size::Word { .. } | Size::Large(_) => self.large().to_f64().unwrap_or(f64::NAN),
        }
    }

    pub fn neg(&self) -> Size {
        match self {
            Size::Word { over, under } if *over != i64::MIN => Size::Word { over: -over, under: *under },
            Size::Word { .. } | Size::Large(_) => Size::of(-&*self.large()),
        }
    }

    pub fn add(&self, other: &Size) -> Size {
        self.sum(other, i128::checked_add).unwrap_or_else(|| Size::of(&*self.large() + &*other.large()))
    }

    pub fn sub(&self, other: &Size) -> Size {
        self.sum(other, i128::checked_sub).unwrap_or_else(|| Size::of(&*self.large() - &*other.large()))
    }

    /// A sum or difference of words; `None` when its parts take more than 127 bits.
    fn sum(&self, other: &Size, join: fn(i128, i128) -> Option<i128>) -> Option<Size> {
        let ((a, b), (c, d)) = (self.wide()?, other.wide()?);
        Size::reduced(join(a * d, c * b)?, b * d)
    }

    pub fn mul(&self, other: &Size) -> Size {
        match (self.wide(), other.wide()) {
            (Some((a, b)), Some((c, d))) => Size::reduced(a * c, b * d),
            _ => None,
        }
        .unwrap_or_else(|| Size::of(&*self.large() * &*other.large()))
    }

    /// The quotient; `None` when `other` is zero.
    pub fn div(&self, other: &Size) -> Option<Size> {
        if let (Some((a, b)), Some((c, d))) = (self.wide(), other.wide()) {
            return Size::reduced(a * d, b * c);
        }
        let divisor = other.large();
        if divisor.is_zero() { None } else { Some(Size::of(&*self.large() / &*divisor)) }
    }

    /// A word's parts, wide enough that the product of two never overflows.
    fn wide(&self) -> Option<(i128, i128)> {
        match self {
            Size::Word { over, under } => Some((i128::from(*over), i128::from(*under))),
            Size::Large(_) => None,
        }
    }
}

impl PartialOrd for Size {
    fn partial_cmp(&self, other: &Size) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Size {
    fn cmp(&self, other: &Size) -> Ordering {
        match (self.wide(), other.wide()) {
            (Some((a, b)), Some((c, d))) => (a * d).cmp(&(c * b)),
            _ => self.large().cmp(&other.large()),
        }
    }
}

/// Above zero unless both are zero.
fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    loop {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(of_words(a, b));
        }
        if b == 0 {
            return a;
        }
        (a, b) = (b, a % b);
    }
}

/// Words are divided by one instruction.
fn of_words(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[expect(clippy::cast_precision_loss, reason = "callers pass whole numbers below 2^53, which are doubles")]
fn to_double(value: i64) -> f64 {
    value as f64
}
