//! What a window is about.

use eligc::typed::{Condition, ConditionKind, OperandKind, Program, Test, TimeOf, WindowAnchor};
use eligc::vocab::AnchorId;

use super::{Reference, Scope, quantity, time, walk};

impl Reference<'_> {
    /// What a window is about.
    pub(super) fn anchor(&self, anchor: &WindowAnchor) -> time::Anchor<'_> {
        let point = match anchor {
            WindowAnchor::Date(anchor) => {
                let date = self.patient.anchors[*anchor];
                return time::Anchor::Date(date.unwrap_or(eligc::calendar::PartialDateTime::whole_line()));
            }
            WindowAnchor::Entry(point) => point,
        };
        let mut found = time::EntryOf { last: point.last, ends: point.ends, open: false, entries: Vec::new() };
        for kind in &point.kinds {
            found.open |= !self.patient.complete[*kind];
            for entry in &self.patient.entries[*kind] {
                let filter = point.filter.as_deref();
                let counts = match entry.planned {
                    Some(true) => Some(false),
                    _ => filter.map_or(Some(true), |filter| self.condition(filter, Scope::Entry(entry))),
                };
                if counts != Some(false) {
                    found.entries.push((counts, entry));
                }
            }
        }
        time::Anchor::Entry(found)
    }
}

/// The latest anchor a condition names; the default one when it names none.
pub(super) fn stage(program: &Program, condition: &Condition) -> AnchorId {
    let mut latest = None;
    walk(program, condition, &mut |condition| {
        let ConditionKind::Test(test) = &condition.kind else {
            return;
        };
        match test {
            Test::Window { of, anchor, .. } => {
                latest = latest.max(anchor.date());
                if let TimeOf::Anchor(other) = of {
                    latest = latest.max(Some(*other));
                }
            }
            Test::Course { windows, .. } => latest = latest.max(windows.iter().map(|(_, anchor)| *anchor).max()),
            Test::Compare { left, right, .. } | Test::Stretch { left, right, .. } => {
                if let Test::Stretch { windows, .. } = test {
                    latest = latest.max(windows.iter().map(|(_, anchor)| *anchor).max());
                }
                for side in [left, right] {
                    quantity::parts(side, &mut |part| match &part.kind {
                        OperandKind::Age(age) => latest = latest.max(Some(age.to)),
                        OperandKind::DailyDose(dose) => latest = latest.max(dose.day.anchor()),
                        _ => {}
                    });
                }
            }
            _ => {}
        }
    });
    latest.unwrap_or(program.default_anchor)
}
