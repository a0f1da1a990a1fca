//! Daily doses in words.

use super::Item;
use super::condition::{Scope, Speaker};
use super::time;
use crate::ir::Relation;
use crate::number::Comparison;
use crate::typed::{DailyDose, DoseDay, Operand};
use crate::vocab::AnchorId;

impl Speaker<'_> {
    /// `the daily dose of glucocorticoid, all courses that run on the day added up as prednisone, on the day of screening`
    pub(super) fn daily_dose(&self, dose: &DailyDose) -> String {
        let kinds = self.words.kinds(&dose.kinds, "and");
        let mut text = format!("daily dose of {kinds}");
        if let Some(filter) = &dose.filter {
            let filter = self.inline(filter, Scope::Entry(&dose.kinds));
            text += &format!(" (counting only courses of which {filter})");
        }
        if let Some(reference) = &dose.reference {
            text += &format!(", added up as {}", super::words::spaced(reference));
        }
        match &dose.day {
            DoseDay::At(anchor) => format!("the {text}, on the day of {}", self.words.anchor(*anchor)),
            DoseDay::Each => format!("the {text}"),
            DoseDay::Highest(relation, anchor) => {
                format!("the highest {text}, of the days {}", time::date(relation, &self.words.anchor(*anchor)))
            }
            DoseDay::Lowest(relation, anchor) => {
                format!("the lowest {text}, of the days {}", time::date(relation, &self.words.anchor(*anchor)))
            }
        }
    }

    /// A stretch of days in which a comparison holds.
    pub(super) fn stretch(
        &self,
        (left, op, right): (&Operand, Comparison, &Operand),
        windows: &[(Relation, AnchorId)],
        scope: Scope<'_>,
    ) -> Item {
        let compared = self.compared(left, op, right, scope);
        let whens: Vec<String> = windows
            .iter()
            .map(|(relation, anchor)| time::entry(relation, &self.words.anchor(*anchor), false))
            .collect();
        let text = format!(
            "there is a stretch of days, one after another, {}, on each of which {}",
            whens.join(" and "),
            compared.text
        );
        Item { text, ..compared }
    }
}
