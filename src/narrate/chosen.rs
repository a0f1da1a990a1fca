//! Entries of which the latest counts, or of which different values are counted, in words.

use super::Item;
use super::condition::{Scope, Speaker};
use super::words::spaced;
use crate::number::Comparison;
use crate::typed::{Choice, Condition, ConditionKind};
use crate::vocab::KindId;

impl Speaker<'_> {
    /// The latest entry, or different values, and what they must be.
    pub(super) fn chosen(
        &self,
        kinds: &[KindId],
        choice: &Choice,
        filter: Option<&Condition>,
        (op, count): (Comparison, u32),
    ) -> Item {
        let most = if op == Comparison::Le { "at most" } else { "at least" };
        let one = self.one_of(kinds);
        let by = choice.by.as_ref().map(|by| format!("“{}”", spaced(&by.name)));
        let scope = Scope::Entry(kinds);
        let chosen = match &choice.among {
            Some(among) if choice.latest => {
                let parts = self.parts_of_filter(among);
                let said: Vec<String> = parts.iter().map(|part| self.clause_of(part, scope)).collect();
                format!(" ({} only)", said.join(", and "))
            }
            _ => String::new(),
        };
        let lead = match (choice.latest, by) {
            (true, None) => format!("the latest {one}{chosen} is {most} {count} entry"),
            (true, Some(by)) => {
                let values = if count == 1 { "value" } else { "different values" };
                format!("of the latest {one}{chosen} for each value of {by}, {most} {count} of {values}")
            }
            (false, by) => {
                let values = if count == 1 { "value" } else { "different values" };
                let by = by.unwrap_or_default();
                format!("{most} {count} {values} of {by} have at least one {one}")
            }
        };
        // That there is one latest entry is said by asking of it.
        let lead = if choice.latest && choice.by.is_none() {
            if op == Comparison::Ge {
                format!("there is an entry, and the latest {one}{chosen} is one")
            } else {
                format!("the latest {one}{chosen} is not one")
            }
        } else {
            lead
        };
        self.entries(kinds, filter, &lead, "")
    }

    /// The parts of a filter that all must hold.
    fn parts_of_filter<'c>(&self, filter: &'c Condition) -> Vec<&'c Condition> {
        match &filter.kind {
            ConditionKind::And(items) => items.iter().collect(),
            _ => vec![filter],
        }
    }

    fn clause_of(&self, part: &Condition, scope: Scope<'_>) -> String {
        self.window_of(part, scope).unwrap_or_else(|| self.clause(part, scope))
    }
}
