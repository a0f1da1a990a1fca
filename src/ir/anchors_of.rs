//! The anchors of the trial that tests and operands are about.

use super::{OperandKind, Stage, Test, TimeOf};

impl<S: Stage> Test<S> {
    /// The anchors of the trial that it is about by itself; those of its [operands](OperandKind::anchor) and of the
    /// conditions in it are not among them.
    pub fn anchors(&self, mut each: impl FnMut(S::Anchor)) {
        match self {
            Test::Window { of, anchor, .. } => {
                anchor.date().into_iter().for_each(&mut each);
                if let TimeOf::Anchor(asked) = of {
                    each(*asked);
                }
            }
            Test::Course { windows, .. } | Test::Stretch { windows, .. } => {
                windows.iter().for_each(|(_, anchor)| each(*anchor));
            }
            Test::Compare { .. }
            | Test::IsOneOf { .. }
            | Test::IsYes { .. }
            | Test::Entries { .. }
            | Test::Judged { .. }
            | Test::Todo { .. } => {}
        }
    }
}

impl<S: Stage> OperandKind<S> {
    /// The anchor of the trial that it is about by itself.
    pub fn anchor(&self) -> Option<S::Anchor> {
        match self {
            OperandKind::Age(age) => Some(age.to),
            OperandKind::DailyDose(dose) => dose.day.anchor(),
            OperandKind::Number(_)
            | OperandKind::Fact(..)
            | OperandKind::Attribute(_)
            | OperandKind::Coalesce { .. }
            | OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_)
            | OperandKind::If { .. } => None,
        }
    }
}
