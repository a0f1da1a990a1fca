//! What daily doses, and stretches of days on which they compare so, need of the declarations.

use super::lists::{Result, ascending};
use super::test::{Declared, doses_of_each_day};
use crate::ir::{EntryKind, Relation};
use crate::tree::{AnchorId, DailyDose, DoseDay, Kind, Operand, OperandKind, ValueType};

impl Declared<'_> {
    pub(super) fn daily_dose(&self, dose: &DailyDose) -> Result {
        if dose.kinds.is_empty() {
            return self.error("no kind is listed");
        }
        ascending(&format!("{}.kinds", self.path), &dose.kinds)?;
        let mut unit = None;
        for id in &dose.kinds {
            let Some(kind) = self.tree.kinds.get(*id) else {
                return self.error("no such kind");
            };
            if kind.word != EntryKind::Drug {
                return self.error(format!("`{}` is no drug", kind.name));
            }
            let Some(own) = dose_unit(kind) else {
                return self.error(format!("`{}` has no quantity `dose`", kind.name));
            };
            if *unit.get_or_insert(own) != own {
                return self.error("the doses of these kinds have different units");
            }
        }
        if dose.reference.is_none() && dose.kinds.len() > 1 {
            return self.error("the daily dose of several kinds is counted `as` one drug");
        }
        match &dose.day {
            DoseDay::Each => Ok(()),
            DoseDay::At(anchor) => self.anchor(*anchor),
            DoseDay::Highest(relation, anchor) | DoseDay::Lowest(relation, anchor) => {
                self.anchor(*anchor)?;
                if relation.has_days() {
                    Ok(())
                } else {
                    self.error("the highest or lowest is that of \"is\":\"within\"")
                }
            }
        }
    }

    /// What a stretch compares, and how it may stand to anchors.
    pub(super) fn stretch(&self, left: &Operand, right: &Operand, windows: &[(Relation, AnchorId)]) -> Result {
        if doses_of_each_day(left) + doses_of_each_day(right) == 0 {
            return self.error("a stretch compares a daily dose without a day of its own");
        }
        let (mut several, mut attribute) = (false, false);
        for side in [left, right] {
            side.reads(&mut |read| several |= read.quantifier.asks_each());
            side.walk(&mut |part| attribute |= matches!(part.kind, OperandKind::Attribute(_)));
        }
        // It is asked of the record, also where a filter leads to it.
        if attribute {
            return self.error("a stretch reads no attribute");
        }
        if several {
            return self.error("a stretch reads the latest result");
        }
        if windows.is_empty() {
            return self.error("a stretch has a window");
        }
        for (relation, anchor) in windows {
            self.anchor(*anchor)?;
            if !relation.of_a_stretch() {
                return self.error("no such relation of a stretch");
            }
        }
        Ok(())
    }
}

/// The unit that doses of a kind are in.
fn dose_unit(kind: &Kind) -> Option<&str> {
    let dose = kind.attributes.iter().find(|attribute| attribute.name == "dose")?;
    match &dose.ty {
        ValueType::Quantity { unit, .. } => Some(unit),
        ValueType::Score { .. }
        | ValueType::Titre
        | ValueType::Ordinal { .. }
        | ValueType::Coded { .. }
        | ValueType::YesNo
        | ValueType::Date => None,
    }
}
