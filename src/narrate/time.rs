//! Windows in words, both ends said.

use super::words::counted;
use crate::ir::{Length, Relation};
use crate::units::TimeUnit;

/// `6 calendar months`, `28 days`, `5 half-lives`
pub(super) fn length(length: &Length) -> String {
    match length {
        Length::Calendar(count, unit @ (TimeUnit::Month | TimeUnit::Year)) => {
            counted(*count, &format!("calendar {}", unit.word()))
        }
        Length::Calendar(count, unit) => counted(*count, unit.word()),
        Length::HalfLives(1) => "1 half-life".to_owned(),
        Length::HalfLives(count) => format!("{count} half-lives"),
    }
}

/// A word of a date: `on or before the day of screening`, `from the day 28 days before screening through ..`.
pub(super) fn date(relation: &Relation, name: &str) -> String {
    let hours = relation.lengths().any(Length::on_clock);
    let day = if hours { format!("the time of {name}") } else { format!("the day of {name}") };
    let off = |by: &Length, side: &str| {
        if matches!(by, Length::Calendar(0, _)) {
            day.clone()
        } else if hours {
            format!("the time {} {side} {name}", length(by))
        } else {
            format!("the day {} {side} {name}", length(by))
        }
    };
    let ends = if hours { "both ends included, by the clock" } else { "both days included" };
    let itself = if hours { "that time itself not included" } else { "that day itself not included" };
    let up_to = if hours { "at or before" } else { "on or before" };
    let since = if hours { "at or after" } else { "on or after" };
    match relation {
        Relation::Within { before: None, after: None } | Relation::At => format!("on {day}"),
        Relation::Within { before: Some(before), after: None } => {
            format!("from {} through {day}, {ends}", off(before, "before"))
        }
        Relation::Within { before: None, after: Some(after) } => {
            format!("from {day} through {}, {ends}", off(after, "after"))
        }
        Relation::Within { before: Some(before), after: Some(after) } => {
            format!("from {} through {}, {ends}", off(before, "before"), off(after, "after"))
        }
        Relation::Before => format!("before {day} ({itself})"),
        Relation::After => format!("after {day} ({itself})"),
        Relation::UpTo => format!("up to and including {day}"),
        Relation::EarlierBy { strict: true, length } => format!("before {} ({itself})", off(length, "before")),
        Relation::EarlierBy { strict: false, length } => format!("{up_to} {}", off(length, "before")),
        Relation::LaterBy { strict: true, length } => format!("after {} ({itself})", off(length, "after")),
        Relation::LaterBy { strict: false, length } => format!("{since} {}", off(length, "after")),
        Relation::Current => format!("running on {day}"),
        Relation::Planned => format!("planned as of {day}"),
        Relation::Throughout { length } => format!("from {} through {day}", off(length, "before")),
        Relation::Lasting { strict, length: by } => lasting(*strict, by, &day),
    }
}

fn lasting(strict: bool, by: &Length, day: &str) -> String {
    let least = if strict { "more than" } else { "at least" };
    format!("lasting {least} {}, from its start to its end (while it still runs, to {day})", length(by))
}

/// A relative clause of an entry: `that began before the day of screening`.
pub(super) fn entry(relation: &Relation, name: &str, points: bool) -> String {
    let when = date(relation, name);
    match relation {
        Relation::Within { .. } if points => format!("that falls {}", falls(relation, &when)),
        Relation::Within { .. } => format!("any part of which falls {}", falls(relation, &when)),
        Relation::Before
        | Relation::After
        | Relation::At
        | Relation::UpTo
        | Relation::EarlierBy { .. }
        | Relation::LaterBy { .. } => {
            format!("that began {when}")
        }
        Relation::Current => {
            format!("that runs on the day of {name} (begun by that day and not ended before it)")
        }
        Relation::Planned => {
            format!("that is planned (marked so or, where that is not said, beginning after the day of {name})")
        }
        Relation::Throughout { .. } => format!("that ran without a break {when}"),
        Relation::Lasting { .. } => format!("that is {when}"),
    }
}

/// `from ..` reads better as `in the period from ..` behind a verb of place.
fn falls(relation: &Relation, when: &str) -> String {
    match relation {
        Relation::Within { before: None, after: None } => when.to_owned(),
        _ => format!("in the period {when}"),
    }
}
