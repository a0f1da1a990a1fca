//! What a unit measures: powers of bases in, products and a name for people out.

use std::collections::BTreeMap;
use std::fmt;

/// One base of the system of units.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Base {
    /// Length, in metres.
    Length,
    /// Mass, in grams.
    Mass,
    /// Time, in seconds.
    Time,
    /// Amount of substance, in moles. UCUM counts moles as a number; here a mole stays a mole.
    Amount,
    /// Electric charge, in coulombs.
    Charge,
    /// A unit that converts only into multiples of itself, by its code: `[IU]`, `{copies}`.
    Own(String),
}

/// What a unit measures: whole powers of [`Base`]s.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Dimension {
    /// No power is zero.
    powers: BTreeMap<Base, i32>,
}

/// The dimensions that have a name of their own: powers of length, mass, time, amount and charge.
const NAMES: &[([i32; 5], &str)] = &[
    ([0, 0, 0, 0, 0], "plain number"),
    ([1, 0, 0, 0, 0], "length"),
    ([2, 0, 0, 0, 0], "area"),
    ([3, 0, 0, 0, 0], "volume"),
    ([0, 1, 0, 0, 0], "mass"),
    ([0, 0, 1, 0, 0], "time"),
    ([0, 0, 0, 1, 0], "amount of substance"),
    ([0, 0, 0, 0, 1], "electric charge"),
    ([-3, 1, 0, 0, 0], "mass concentration"),
    ([-3, 0, 0, 1, 0], "amount concentration"),
    ([-3, 0, 0, 0, 0], "count per volume"),
    ([-2, 0, 0, 0, 0], "count per area"),
    ([0, 0, -1, 0, 0], "rate"),
    ([3, 0, -1, 0, 0], "flow"),
    ([1, 0, -1, 0, 0], "speed"),
    ([0, 1, -1, 0, 0], "mass per time"),
    ([-2, 1, 0, 0, 0], "mass per area"),
    ([0, 0, -1, 1, 0], "catalytic activity"),
    ([-3, 0, -1, 1, 0], "catalytic concentration"),
    ([0, -1, 0, 1, 0], "amount per mass"),
    ([-1, 1, -2, 0, 0], "pressure"),
    ([1, 1, -2, 0, 0], "force"),
    ([2, 1, -2, 0, 0], "energy"),
    ([2, 1, -3, 0, 0], "power"),
    ([0, 0, -1, 0, 1], "electric current"),
    ([2, 1, -2, 0, -1], "electric potential"),
];

/// The plural, or mass noun, of what a base of its own counts.
const OWN_NAMES: &[(&str, &str)] = &[
    ("[IU]", "international units"),
    ("[arb'U]", "arbitrary units"),
    ("{copies}", "copies"),
    ("{genomes}", "genomes"),
    ("{1.73_m2}", "body surface"),
    ("eq", "equivalents"),
    ("osm", "osmoles"),
    ("Cel", "temperature"),
    ("[degF]", "temperature in degrees Fahrenheit"),
    ("{FEU}", "fibrinogen equivalents"),
    ("{DDU}", "D-dimer units"),
    ("titre", "titre"),
    ("Gy", "absorbed dose"),
    ("Sv", "dose equivalent"),
    ("Bq", "radioactivity"),
    ("[pH]", "acidity"),
    ("[CFU]", "colony-forming units"),
    ("[PFU]", "plaque-forming units"),
    ("[HPF]", "high-power field"),
    ("[LPF]", "low-power field"),
];

impl Dimension {
    /// The dimension of plain numbers: counts, ratios, percentages.
    pub fn none() -> Dimension {
        Dimension::default()
    }

    /// The first power of one base.
    pub fn of(base: Base) -> Dimension {
        Dimension { powers: BTreeMap::from([(base, 1)]) }
    }

    /// Powers of length, mass, time, amount and charge.
    pub(super) fn of_powers(powers: [i32; 5]) -> Dimension {
        let bases = [Base::Length, Base::Mass, Base::Time, Base::Amount, Base::Charge];
        let powers = bases.into_iter().zip(powers).filter(|(_, power)| *power != 0).collect();
        Dimension { powers }
    }

    /// Whether this is the dimension of plain numbers.
    pub fn is_none(&self) -> bool {
        self.powers.is_empty()
    }

    /// The power of one base; 0 when it takes no part.
    pub fn power(&self, base: &Base) -> i32 {
        self.powers.get(base).copied().unwrap_or(0)
    }

    /// The bases that take part, each with its power, in the order of [`Base`].
    pub fn powers(&self) -> impl Iterator<Item = (&Base, i32)> {
        self.powers.iter().map(|(base, power)| (base, *power))
    }

    /// The dimension of a product.
    pub fn multiply(&self, other: &Dimension) -> Dimension {
        self.plus(other, 1)
    }

    /// The dimension of a quotient.
    pub fn divide(&self, other: &Dimension) -> Dimension {
        self.plus(other, -1)
    }

    /// The dimension of a whole power; powers beyond 32 bits stay at the limit.
    pub fn powi(&self, exponent: i32) -> Dimension {
        Dimension::none().plus(self, exponent)
    }

    /// The dimension of a root, such as the square root for `degree` 2; `None` when a power of a
    /// base does not divide.
    pub fn root(&self, degree: i32) -> Option<Dimension> {
        let mut powers = BTreeMap::new();
        for (base, power) in &self.powers {
            if power.checked_rem(degree)? != 0 {
                return None;
            }
            powers.insert(base.clone(), power.checked_div(degree)?);
        }
        Some(Dimension { powers })
    }

    fn plus(&self, other: &Dimension, times: i32) -> Dimension {
        let mut powers = self.powers.clone();
        for (base, power) in &other.powers {
            let sum = powers.entry(base.clone()).or_insert(0);
            *sum = sum.saturating_add(power.saturating_mul(times));
        }
        powers.retain(|_, power| *power != 0);
        Dimension { powers }
    }

    /// Whether its name begins with what is counted: `international units per volume`.
    pub(super) fn counts_some(&self) -> bool {
        let mut above = self.powers().filter(|(_, power)| *power > 0);
        matches!((above.next(), above.next()), (Some((Base::Own(code), 1)), None) if own_name(code).ends_with('s'))
    }

    /// What it is called in a message: `mass concentration`, `international units per volume`.
    pub fn name(&self) -> String {
        let body_surface = Base::Own("{1.73_m2}".to_owned());
        if self.power(&body_surface) == -1 {
            let rest = self.multiply(&Dimension::of(body_surface));
            return format!("{} per body surface", rest.name());
        }
        let physical = [Base::Length, Base::Mass, Base::Time, Base::Amount, Base::Charge].map(|base| self.power(&base));
        let all_physical = !self.powers.keys().any(|base| matches!(base, Base::Own(_)));
        if let Some((_, name)) = NAMES.iter().find(|(powers, _)| all_physical && *powers == physical) {
            return (*name).to_owned();
        }
        let above: Vec<String> = self.powers().filter(|(_, power)| *power > 0).map(power_name).collect();
        let below: Vec<String> = self.powers().filter(|(_, power)| *power < 0).map(power_name).collect();
        let mut name = if above.is_empty() { "count".to_owned() } else { above.join(" times ") };
        for part in below {
            name.push_str(" per ");
            name.push_str(&part);
        }
        name
    }
}

impl fmt::Display for Dimension {
    /// [`Dimension::name`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

/// The plural, or mass noun, of what the base of a code counts; the code itself where it has none.
pub(super) fn own_name(code: &str) -> &str {
    OWN_NAMES.iter().find(|(own, _)| *own == code).map_or(code, |(_, name)| name)
}

/// `length` to the second is `area`, `time` to the second is `time^2`.
fn power_name((base, power): (&Base, i32)) -> String {
    let name = match (base, power.unsigned_abs()) {
        (Base::Length, 2) => return "area".to_owned(),
        (Base::Length, 3) => return "volume".to_owned(),
        (Base::Length, _) => "length",
        (Base::Mass, _) => "mass",
        (Base::Time, _) => "time",
        (Base::Amount, _) => "amount",
        (Base::Charge, _) => "charge",
        (Base::Own(code), _) => own_name(code),
    };
    match power.unsigned_abs() {
        1 => name.to_owned(),
        power => format!("{name}^{power}"),
    }
}
