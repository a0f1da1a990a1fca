//! The days and instants on which a window may turn, as dates to try.

use std::collections::BTreeSet;

use super::blanks::is_coarse;
use crate::calendar::{InstantRange, PartialDateTime};
use crate::explain::display;
use crate::ir::Length;

/// 2026-01-01, for a date that nothing is known of.
const SOME_DAY: i64 = 20_454;
/// So far from every window that nothing happens there.
const FAR: i64 = 40_000;

/// Days or seconds, as they are gathered.
#[derive(Default)]
pub(crate) struct Ticks {
    days: BTreeSet<i64>,
    seconds: BTreeSet<i64>,
    offset: bool,
}

impl Ticks {
    pub(crate) fn around(&mut self, tick: i64, instants: bool) {
        if tick.saturating_abs() > 86_400 * 366 * 500 {
            return;
        }
        if instants {
            self.seconds.extend([tick - 1, tick, tick + 1]);
            let day = tick.div_euclid(86_400);
            self.days.extend([day - 1, day, day + 1]);
        } else {
            self.days.extend([tick - 1, tick, tick + 1]);
        }
    }

    pub(super) fn given(&mut self, given: &PartialDateTime, instants: bool) {
        let days = given.days();
        for day in [days.first, days.last] {
            if day != i32::MIN && day != i32::MAX {
                self.around(i64::from(day), false);
            }
        }
        if instants {
            self.offset |= given.has_offset();
            if given.has_time() {
                self.around(given.first_instant(), true);
            }
        }
    }

    /// The dates, those within a coarser one only where there is one.
    pub(crate) fn dates(mut self, within: Option<PartialDateTime>) -> Vec<PartialDateTime> {
        let first = self.days.first().copied().unwrap_or(SOME_DAY);
        let last = self.days.last().copied().unwrap_or(SOME_DAY);
        self.days.extend([first - FAR, first, last, last + FAR]);
        if let Some(within) = within {
            let days = within.days();
            self.days.extend([days.first, days.last].map(i64::from));
            if within.has_time() {
                // What is left to say is the offset.
                let text = within.to_string();
                return ["Z", "+14:00", "-12:00"]
                    .iter()
                    .filter_map(|o| PartialDateTime::parse(&format!("{text}{o}")).ok())
                    .collect();
            }
            if !is_coarse(&within, false) {
                // The hour.
                let midnight = i64::from(days.first) * 86_400;
                self.seconds.extend([midnight, midnight + 86_399]);
                self.days.clear();
            }
        }
        let lies = |date: &PartialDateTime| {
            within.is_none_or(|within| {
                let (outer, inner) = (within.days(), date.days());
                outer.first <= inner.first && inner.last <= outer.last
            })
        };
        let mut dates: Vec<PartialDateTime> = self
            .days
            .iter()
            .filter_map(|day| PartialDateTime::from_day(i32::try_from(*day).ok()?))
            .filter(lies)
            .collect();
        let written = |second: &i64| {
            let text = display::tick(*second, true)?;
            PartialDateTime::parse(&text)
                .ok()
                .into_iter()
                .chain(self.offset.then(|| PartialDateTime::parse(&format!("{text}Z")).ok()).flatten())
                .next_back()
        };
        dates.extend(self.seconds.iter().filter_map(written).filter(lies));
        dates
    }
}

/// Adds a date moved by each length, both ways.
pub(super) fn shifted(ticks: &mut Ticks, date: &PartialDateTime, lengths: &[Length]) {
    for length in lengths {
        let Length::Calendar(count, unit) = length else {
            continue;
        };
        for by in [i64::from(*count), -i64::from(*count)] {
            if unit.is_calendar() {
                let days = date.days();
                if days.first != i32::MIN && days.last != i32::MAX {
                    let moved = days.shift(by, *unit);
                    ticks.around(i64::from(moved.first), false);
                    ticks.around(i64::from(moved.last), false);
                }
            } else if date.days().as_day().is_some() {
                let instants: InstantRange = date.instants().shift_units(by, *unit);
                ticks.around(instants.first, true);
                ticks.around(instants.last, true);
            }
        }
    }
}
