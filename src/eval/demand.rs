//! What one value of a fact would have to answer, and whether there is such a value.

use crate::number::{Bound, Comparison, Interval, Rational};
use crate::tree::ValueType;

/// What a value of a plain fact has to answer.
#[derive(Clone)]
pub(super) enum Demand {
    /// A comparison, and its answer.
    Number(Comparison, Rational, bool),
    /// To be one of some codes, as bits, and the answer.
    Words(Vec<u64>, bool),
}

/// Whether some value of this type meets every demand.
pub(super) fn meets_all(demands: &[Demand], ty: &ValueType, possible: Option<&(Rational, Rational)>) -> bool {
    match ty {
        ValueType::Score { low, high, step } => number_meets(demands, Some((low, high)), Some(step)),
        ValueType::Quantity { .. } => number_meets(demands, possible.map(|(low, high)| (low, high)), None),
        ValueType::Ordinal { levels: words, .. } | ValueType::Coded { values: words } => {
            (0..words.len()).any(|code| demands.iter().all(|demand| code_meets(code, demand)))
        }
        ValueType::YesNo | ValueType::Date => true,
    }
}

fn code_meets(code: usize, demand: &Demand) -> bool {
    match demand {
        Demand::Words(values, answer) => {
            let word = values.get(code / 64).copied().unwrap_or(0);
            (word >> (code % 64) & 1 == 1) == *answer
        }
        Demand::Number(..) => true,
    }
}

fn number_meets(demands: &[Demand], possible: Option<(&Rational, &Rational)>, step: Option<&Rational>) -> bool {
    let mut left = match possible {
        Some((low, high)) => match Interval::closed(low.clone(), high.clone()) {
            Some(left) => left,
            None => return false,
        },
        None => Interval::everything(),
    };
    let mut holes: Vec<&Rational> = Vec::new();
    for demand in demands {
        let Demand::Number(op, bound, answer) = demand else {
            continue;
        };
        let op = if *answer { *op } else { op.negated() };
        if op == Comparison::Ne {
            holes.push(bound);
            continue;
        }
        let Some(rest) = left.intersect(&Interval::from_comparison(op, bound.clone())) else {
            return false;
        };
        left = rest;
    }
    match (possible, step) {
        (Some((low, _)), Some(step)) => on_step(&left, &holes, low, step),
        _ => left.as_point().is_none_or(|only| !holes.contains(&only)),
    }
}

/// Whether a value on the grid from `low` lies in the interval and in no hole.
fn on_step(left: &Interval, holes: &[&Rational], low: &Rational, step: &Rational) -> bool {
    let (Bound::Closed(from) | Bound::Open(from)) = &left.low else {
        return true;
    };
    let Some(first) = from.sub(low).div(step).and_then(|steps| steps.ceil()) else {
        return true;
    };
    // The end itself may be left out, and each hole takes one value away.
    (0..=i64::try_from(holes.len()).unwrap_or(i64::MAX - 1) + 1)
        .map(|next| low.add(&step.mul(&Rational::from_i64(first.saturating_add(next)))))
        .take_while(|value| left.high.value().is_none_or(|high| value <= high))
        .any(|value| left.contains(&value) && !holes.contains(&&value))
}
