//! What a unit divides by its like: moles by moles in `mmol/mol`, masses by masses in `mg/g` and `mg/kg/d`.
//!
//! To physics all of these are plain numbers, and yet 7 % of haemoglobin is not 70 mmol/mol of it. So a unit as written
//! remembers what it cancelled, and two units compare only where both cancelled the same. A formula such as
//! `dose / weight` may stand for a ratio and for a plain number; what it cancelled *may* count.

use std::collections::BTreeMap;

use super::dimension::{Base, Dimension, own_name};

/// What a unit, or a formula's unit, has cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Like {
    /// Powers that surely count: those of a unit as written.
    sure: BTreeMap<Base, i32>,
    /// How much more may count: what a formula cancelled.
    maybe: BTreeMap<Base, i32>,
}

/// Powers above and below the line of a unit as written, of units that measure one base only.
///
/// `N/m2` cancels a length too and is a pressure all the same, so a newton takes no part.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    above: BTreeMap<Base, i32>,
    below: BTreeMap<Base, i32>,
}

fn add(to: &mut BTreeMap<Base, i32>, base: &Base, power: i32) {
    let sum = to.entry(base.clone()).or_insert(0);
    *sum = sum.saturating_add(power);
    if *sum == 0 {
        to.remove(base);
    }
}

impl Line {
    /// The line of one unit.
    pub(super) fn of(dimension: &Dimension) -> Line {
        let mut line = Line::default();
        let mut powers = dimension.powers();
        if let (Some((base, power)), None) = (powers.next(), powers.next()) {
            line.put(base, power);
        }
        line
    }

    fn put(&mut self, base: &Base, power: i32) {
        let side = if power > 0 { &mut self.above } else { &mut self.below };
        add(side, base, power.saturating_abs());
    }

    /// The line of a product, or of a quotient where `inverse`.
    pub(super) fn times(mut self, other: &Line, inverse: bool) -> Line {
        let (above, below) = if inverse { (&other.below, &other.above) } else { (&other.above, &other.below) };
        above.iter().for_each(|(base, power)| add(&mut self.above, base, *power));
        below.iter().for_each(|(base, power)| add(&mut self.below, base, *power));
        self
    }

    /// The line of a whole power.
    pub(super) fn powi(&self, exponent: i32) -> Line {
        let raised = |side: &BTreeMap<Base, i32>| {
            side.iter().map(|(base, power)| (base.clone(), power.saturating_mul(exponent.saturating_abs()))).collect()
        };
        let (above, below) = (raised(&self.above), raised(&self.below));
        if exponent < 0 { Line { above: below, below: above } } else { Line { above, below } }
    }

    /// What stands both above and below.
    pub(super) fn cancelled(&self) -> Like {
        let both = |(base, above): (&Base, &i32)| Some((base.clone(), *above.min(self.below.get(base)?)));
        Like { sure: self.above.iter().filter_map(both).collect(), maybe: BTreeMap::new() }
    }
}

impl Like {
    /// Whether nothing surely counts.
    pub(super) fn is_none(&self) -> bool {
        self.sure.is_empty()
    }

    /// Whether both may have cancelled the same.
    pub(super) fn fits(&self, other: &Like) -> bool {
        let covers = |one: &Like, by: &Like| {
            one.sure.iter().all(|(base, power)| {
                let most = by.sure.get(base).unwrap_or(&0).saturating_add(*by.maybe.get(base).unwrap_or(&0));
                *power <= most
            })
        };
        covers(self, other) && covers(other, self)
    }

    /// Of a product of two units of a formula, or of a quotient where `inverse`. A plain number changes nothing.
    pub(super) fn product(one: (&Dimension, &Like), other: (&Dimension, &Like), inverse: bool) -> Like {
        let bare = |(dimension, like): (&Dimension, &Like)| dimension.is_none() && *like == Like::default();
        if bare(other) {
            return one.1.clone();
        }
        if bare(one) && !inverse {
            return other.1.clone();
        }
        let mut maybe = BTreeMap::new();
        for side in [&one.1.sure, &one.1.maybe, &other.1.sure, &other.1.maybe] {
            side.iter().for_each(|(base, power)| add(&mut maybe, base, power.saturating_abs()));
        }
        for (base, power) in one.0.powers() {
            let facing = if inverse { -other.0.power(base) } else { other.0.power(base) };
            if power.signum() == -facing.signum() && facing != 0 {
                add(&mut maybe, base, power.saturating_abs().min(facing.saturating_abs()));
            }
        }
        Like { sure: BTreeMap::new(), maybe }
    }

    /// `ratio of masses`; `None` where nothing surely counts.
    pub(super) fn name(&self) -> Option<String> {
        let named = |(base, power): (&Base, &i32)| match (base, power) {
            (Base::Length, 3) => "volumes".to_owned(),
            (Base::Length, 2) => "areas".to_owned(),
            (Base::Length, _) => "lengths".to_owned(),
            (Base::Mass, _) => "masses".to_owned(),
            (Base::Time, _) => "times".to_owned(),
            (Base::Amount, _) => "amounts of substance".to_owned(),
            (Base::Charge, _) => "charges".to_owned(),
            (Base::Own(code), _) => own_name(code).to_owned(),
        };
        let parts: Vec<String> = self.sure.iter().map(named).collect();
        (!parts.is_empty()).then(|| format!("ratio of {}", parts.join(" and of ")))
    }
}
