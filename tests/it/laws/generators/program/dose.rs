//! Conditions on daily doses.

use std::fmt::Write;

use super::author::{Author, Stands};
use super::text::Text;

/// Lengths in days or longer units.
const LENGTHS: &[&str] = &["7 days", "30 days", "1 day", "2 weeks", "4 weeks", "1 month", "6 months", "1 year"];

/// Names of drugs and groups of them, the places of the kinds they mean, and whether they are measured by one.
const DRUGS: &[(&str, &[&str], &str)] = &[
    ("betamab", &["betamab"], ""),
    ("mabs", &["alphamab", "betamab"], ""),
    ("drugs", &["alphamab", "betamab", "gammanib"], ""),
    ("{gammanib, betamab}", &["betamab", "gammanib"], " as prednisone"),
    ("alphamab", &["alphamab"], ""),
    ("gammanib", &["gammanib"], " as prednisone"),
    ("gammanib", &["gammanib"], ""),
];

impl Author<'_> {
    /// `daily dose of betamab (route is oral)`, without a word before it and without its days.
    fn dose(&mut self) -> String {
        let (name, kinds, reference) = *self.shape.pick(DRUGS);
        let mut text = format!("daily dose of {name}");
        if self.filters < 2 && self.shape.chance(30) {
            let place = |name: &&str| self.world.kinds.iter().position(|kind| kind.name == **name).unwrap();
            let kinds: Vec<usize> = kinds.iter().map(place).collect();
            write!(text, " ({})", self.filter(Stands::Entry(kinds))).unwrap();
        }
        text + reference
    }

    fn dose_bound(&mut self) -> String {
        let sign = *self.shape.pick(&[">=", "<=", ">", "<", "==", "!="]);
        format!("{sign} {} mg/day", self.shape.pick(&["20", "0", "7.5", "60", "100", "5", "9.375"]))
    }

    fn within(&mut self) -> String {
        let (length, anchor) = (*self.shape.pick(LENGTHS), self.anchor());
        format!("within {length} {} {anchor}", self.shape.pick(&["before", "before", "after", "of"]))
    }

    pub(super) fn dose_leaf(&mut self) -> Text {
        let (dose, bound) = (self.dose(), self.dose_bound());
        Text::tailed(match self.shape.below(8) {
            0 => format!("{dose} {bound}"),
            1 => format!("{dose} at {} {bound}", self.anchor()),
            2 => format!("{} {dose} {bound} {}", self.shape.pick(&["any", "every"]), self.within()),
            3 => format!("{dose} {bound} for at least {} before {}", self.shape.pick(LENGTHS), self.anchor()),
            4 => {
                let least = *self.shape.pick(&["at least", "more than"]);
                let lasting = format!("lasting {least} {}", self.shape.pick(LENGTHS));
                format!("{dose} {bound} {lasting} {}", self.within())
            }
            5 => format!("{} {dose} {bound} {}", self.shape.pick(&["highest", "lowest"]), self.within()),
            6 => {
                let sign = *self.shape.pick(&[">=", "<", "=="]);
                let every = *self.shape.pick(&["any", "every"]);
                format!("{every} {dose} / body_mass {sign} 0.5 mg/kg/day {}", self.within())
            }
            _ => {
                let (one, other) = (self.within(), self.within());
                let lowest = self.dose();
                format!("highest {dose} {one} <= 1.25 * lowest {lowest} {other}")
            }
        })
    }
}
