//! A fact's unit in, the commonly written units that convert into it out.

use std::sync::OnceLock;

use super::table::SPELLINGS;
use super::{Conversion, Unit, Ways, parse};
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
/// it is in its row of the table of spellings, or anywhere there when it converts `by_molar_mass`. Cheaper than the list.
pub fn is_common_spelling(canonical: &Unit, text: &str, by_molar_mass: bool) -> bool {
    if canonical.is_plain() && matches!(text, "%" | "percent") {
        return false;
    }
    let together = |group: &&[&str]| group.contains(&text) && (by_molar_mass || group.contains(&canonical.ucum()));
    text == canonical.ucum() || text == canonical.written() || SPELLINGS.iter().any(together)
}

/// The commonly written spellings of units that convert into `canonical` in these ways, each with the conversion that
/// takes a value in it to `canonical`.
///
/// The UCUM spelling of `canonical` comes first, then its spelling as written, the units that count as one `canonical`
/// each and those of second scales, then the units of the same kind of quantity, those that take the molar mass, and
/// those that convert into one of the equal units or of the scales. The order is fixed and no spelling comes twice; there
/// are at most 40.
pub fn accepted_units(canonical: &Unit, ways: Ways<'_>) -> Vec<(String, Conversion)> {
    let mut list = vec![(canonical.ucum().to_owned(), Conversion::by(Rational::one()))];
    let mut add = |spelling: &str, conversion: Option<Conversion>| {
        let Some(conversion) = conversion else { return };
        if list.len() < MOST && list.iter().all(|(known, _)| known != spelling) {
            list.push((spelling.to_owned(), conversion));
        }
    };
    add(canonical.written(), Some(Conversion::by(Rational::one())));
    let others = ways.equates.iter().chain(ways.scales.iter().map(|scale| &scale.unit));
    for unit in others.clone() {
        let conversion = unit.conversion_to(canonical, ways);
        add(unit.ucum(), conversion.clone());
        add(unit.written(), conversion);
    }
    for unit in in_groups_of(canonical) {
        add(unit.written(), unit.conversion_to(canonical, Ways::default()));
    }
    if let Some(molar) = ways.molar {
        for unit in groups().iter().flatten() {
            if !canonical.is_plain() && unit.factor_to(canonical).is_none() {
                add(unit.written(), unit.factor_to_molar(canonical, molar).map(Conversion::by));
            }
        }
    }
    for other in others {
        for unit in in_groups_of(other).filter(|unit| unit.factor_to(other).is_some()) {
            add(unit.written(), unit.conversion_to(canonical, ways));
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
