//! A fact's unit in, the commonly written units that convert into it out.

use std::sync::OnceLock;

use super::table::SPELLINGS;
use super::{Unit, parse};
use crate::number::Rational;

/// The most spellings listed for one unit.
const MOST: usize = 40;

/// The groups of [`SPELLINGS`], read once.
fn groups() -> &'static [Vec<Unit>] {
    static GROUPS: OnceLock<Vec<Vec<Unit>>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let read = |group: &&[&str]| group.iter().flat_map(|text| parse::unit(text)).collect();
        SPELLINGS.iter().map(read).collect()
    })
}

/// Whether a unit is one that people write: a member of a group of [`SPELLINGS`].
pub(super) fn is_common(unit: &Unit) -> bool {
    groups().iter().flatten().any(|member| member.ucum() == unit.ucum())
}

/// Whether `text`, which converts into `canonical`, is surely one of the spellings that [`accepted_units`] lists for it:
/// it stands beside it in the table of spellings, or anywhere there when it converts `by_molar_mass`. Cheaper than the list.
pub fn is_common_spelling(canonical: &Unit, text: &str, by_molar_mass: bool) -> bool {
    let beside = |group: &&[&str]| group.contains(&text) && (by_molar_mass || group.contains(&canonical.ucum()));
    text == canonical.ucum() || text == canonical.written() || SPELLINGS.iter().any(beside)
}

/// The commonly written spellings of units that convert into `canonical`, each with the exact
/// factor that takes a value in it to `canonical`.
///
/// The UCUM spelling of `canonical` comes first, then its spelling as written and `equates`, the
/// units that count as one `canonical` each, then the units of the same kind of quantity, those that
/// take the molar mass (`molar`, in g/mol), and those that convert into one of `equates`. The order
/// is fixed and no spelling comes twice; there are at most 40.
pub fn accepted_units(canonical: &Unit, molar: Option<&Rational>, equates: &[Unit]) -> Vec<(String, Rational)> {
    let mut list = vec![(canonical.ucum().to_owned(), Rational::one())];
    let mut add = |spelling: &str, factor: Option<Rational>| {
        let Some(factor) = factor else { return };
        if list.len() < MOST && list.iter().all(|(known, _)| known != spelling) {
            list.push((spelling.to_owned(), factor));
        }
    };
    add(canonical.written(), Some(Rational::one()));
    for unit in equates {
        add(unit.ucum(), Some(Rational::one()));
        add(unit.written(), Some(Rational::one()));
    }
    for unit in in_groups_of(canonical) {
        add(unit.written(), unit.factor_to(canonical));
    }
    if let Some(molar) = molar {
        for unit in groups().iter().flatten() {
            if unit.dimension() != canonical.dimension() {
                add(unit.written(), unit.factor_to_molar(canonical, molar));
            }
        }
    }
    for equal in equates {
        for unit in in_groups_of(equal) {
            add(unit.written(), unit.factor_to(equal));
        }
    }
    list
}

/// The units of every group that holds `unit` itself; of all groups when none does.
///
/// Dimensions alone would list `mg/kg` for a percentage and `bpm` for `mg/kg/d`.
fn in_groups_of(unit: &Unit) -> impl Iterator<Item = &'static Unit> {
    let holds = |group: &&Vec<Unit>| group.iter().any(|member| member.ucum() == unit.ucum());
    let mut chosen: Vec<&'static Vec<Unit>> = groups().iter().filter(holds).collect();
    if chosen.is_empty() {
        chosen = groups().iter().collect();
    }
    chosen.into_iter().flatten()
}
