//! The stage of a criterion: the latest anchor that it depends on.

use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Operand, OperandKind, Test, TimeOf};
use crate::vocab::AnchorId;

/// The latest anchor met.
pub(super) struct Latest<'p> {
    pub(super) definitions: Definitions<'p>,
    pub(super) anchor: Option<AnchorId>,
}

impl<'p> Visit<'p> for Latest<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn test(&mut self, test: &'p Test) {
        match test {
            Test::Window { of, anchor, .. } => {
                self.anchor = self.anchor.max(anchor.date());
                if let TimeOf::Anchor(other) = of {
                    self.anchor = self.anchor.max(Some(*other));
                }
            }
            Test::Course { windows, .. } | Test::Stretch { windows, .. } => {
                self.anchor = self.anchor.max(windows.iter().map(|(_, anchor)| *anchor).max());
            }
            Test::Compare { .. }
            | Test::IsOneOf { .. }
            | Test::IsYes { .. }
            | Test::Entries { .. }
            | Test::Judged { .. }
            | Test::Todo { .. } => {}
        }
        visit::walk_test(self, test);
    }

    fn operand(&mut self, operand: &'p Operand) {
        self.anchor = self.anchor.max(match &operand.kind {
            OperandKind::Age(age) => Some(age.to),
            OperandKind::DailyDose(dose) => dose.day.anchor(),
            _ => None,
        });
        visit::walk_operand(self, operand);
    }
}
