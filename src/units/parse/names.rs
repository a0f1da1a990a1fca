//! The names of units: codes, prefixed codes and everyday words.

use crate::units::table::{self, ATOMS, Atom, NEVER_LARGE, PREFIXES, WORDS};
use crate::units::{TimeUnit, time};

/// What a name is read as.
pub(super) enum Meaning {
    /// A code, maybe with a prefix: its letter and power of ten.
    Code(&'static Atom, Option<(&'static str, i32)>),
    /// An everyday word, by the UCUM it is read as.
    Word(&'static str),
}

/// The unit of a name: a code, a prefixed code, or an everyday word.
pub(super) fn resolve(name: &str) -> Option<Meaning> {
    if let Some(atom) = ATOMS.iter().find(|atom| atom.code == name) {
        return Some(Meaning::Code(atom, None));
    }
    for (prefix, _, power) in PREFIXES {
        let metric = name.strip_prefix(prefix).and_then(|rest| {
            ATOMS.iter().find(|atom| atom.metric && atom.code == rest && (*power < 6 || !NEVER_LARGE.contains(&rest)))
        });
        if let Some(atom) = metric {
            return Some(Meaning::Code(atom, Some((*prefix, *power))));
        }
    }
    word(name).map(Meaning::Word)
}

/// The UCUM of an everyday word.
fn word(name: &str) -> Option<&'static str> {
    if let Some(unit) = TimeUnit::parse(name).filter(|unit| unit.code() != name) {
        // A short word such as `HR` is read only as the table has it.
        let exact = time::SPELLINGS.iter().any(|(_, spellings)| spellings.contains(&name));
        return (exact || name.len() > 2).then(|| unit.code());
    }
    let exact = WORDS.iter().find(|(word, _)| *word == name);
    // `MIU` is a million of what `mIU` is a thousandth of, so capitals in a word stay as they are.
    let either_case = || {
        WORDS.iter().find(|(word, _)| word.len() > 2 && word.eq_ignore_ascii_case(name) && *word == word.to_lowercase())
    };
    exact.or_else(either_case).map(|(_, ucum)| *ucum)
}

/// Every name that is read without a prefix, and the usual prefixed ones: what a slip may be near.
pub(in crate::units) fn names() -> impl Iterator<Item = &'static str> {
    let atoms = ATOMS.iter().map(|atom| atom.code);
    let words = WORDS.iter().map(|(word, _)| *word);
    let times = time::SPELLINGS.iter().flat_map(|(_, spellings)| spellings.iter().copied());
    table::USUAL.iter().copied().chain(atoms).chain(words).chain(times)
}
