//! What a value is to be.

use crate::number::Rational;
use crate::record::units::Units;
use crate::tree::ValueType;

/// What a value is to be: its type, what it can be, and its units.
#[derive(Clone, Copy)]
pub(super) struct ValueSpec<'p> {
    pub(super) name: &'p str,
    pub(super) ty: &'p ValueType,
    pub(super) possible: Option<&'p (Rational, Rational)>,
    pub(super) units: &'p Units,
}

impl ValueSpec<'_> {
    pub(super) fn exact_possible(&self) -> Option<(Rational, Rational)> {
        match (self.possible, self.ty) {
            (_, ValueType::Score { low, high, .. }) => Some((low.clone(), high.clone())),
            (possible, _) => possible.cloned(),
        }
    }
}

/// The first few of a list of words: `a`, `b`, `c` and 4 more.
pub(super) fn listed(words: &[impl AsRef<str>]) -> String {
    let shown: Vec<String> = words.iter().take(8).map(|word| format!("`{}`", word.as_ref())).collect();
    let more = words.len().saturating_sub(8);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
