//! When that is which a window is about: an anchor's date, or the days on which the first or last of some entries may begin
//! or end.

use super::moment::{SpanEnd, Ticks, TimeSpan, stretch};
use crate::calendar::PartialDateTime;
use crate::kleene::Tri;

/// When that is which a window is about.
#[derive(Debug, Clone)]
pub(crate) enum AnchorTime {
    /// An anchor's date; one that is not given may be any day.
    Date(Option<PartialDateTime>),
    /// The first or last of some entries.
    Entry(EntryTime),
}

/// The first or last of some entries.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryTime {
    pub(crate) last: bool,
    pub(crate) ends: bool,
    /// Whether there may be entries that are not listed.
    pub(crate) open: bool,
    /// Those that count (yes) or may count (unknown).
    pub(crate) entries: Vec<(Tri, TimeSpan)>,
}

impl AnchorTime {
    /// Whether there is such an entry; an anchor of the trial is there always.
    pub(crate) fn is_there(&self) -> Tri {
        match self {
            AnchorTime::Date(_) => Tri::Yes,
            AnchorTime::Entry(point) if point.entries.iter().any(|(counts, _)| *counts == Tri::Yes) => Tri::Yes,
            AnchorTime::Entry(point) if point.entries.is_empty() && !point.open => Tri::No,
            AnchorTime::Entry(_) => Tri::Unknown,
        }
    }

    /// A date on the clock by which it is compared: one with an offset, where any of its dates has one.
    pub(super) fn clock(&self) -> PartialDateTime {
        let date = match self {
            AnchorTime::Date(date) => *date,
            AnchorTime::Entry(point) => point.dates().find(PartialDateTime::has_offset),
        };
        date.unwrap_or(PartialDateTime::whole_line())
    }

    /// An anchor's date as counts of days, or of seconds on a clock that `against` is compared by.
    pub(super) fn one_tick(&self, against: &PartialDateTime, instants: bool) -> Ticks {
        match self {
            AnchorTime::Date(Some(date)) => scaled(date, against, instants),
            AnchorTime::Date(None) | AnchorTime::Entry(_) => Ticks::EVERYTHING,
        }
    }

    /// What it may be: one stretch for an anchor, and one for each entry that it may be.
    pub(crate) fn ticks(&self, against: &PartialDateTime, instants: bool) -> Vec<Ticks> {
        match self {
            AnchorTime::Date(_) => vec![self.one_tick(against, instants)],
            AnchorTime::Entry(point) => {
                // Where one of all these dates has an offset, each that has none is compared as a local time.
                let clock = self.clock();
                let against = if clock.has_offset() { &clock } else { against };
                point.ticks(instants, |date| scaled(date, against, instants))
            }
        }
    }
}

fn scaled(date: &PartialDateTime, against: &PartialDateTime, instants: bool) -> Ticks {
    if instants {
        Ticks::instants(PartialDateTime::comparable_instants(date, against).0)
    } else {
        Ticks::days(date.days())
    }
}

impl EntryTime {
    fn dates(&self) -> impl Iterator<Item = PartialDateTime> {
        self.entries.iter().flat_map(|(_, span)| {
            let end = match span.end {
                SpanEnd::At(end) => Some(end),
                SpanEnd::Point | SpanEnd::Running | SpanEnd::Unknown => None,
            };
            std::iter::once(span.start).chain(end)
        })
    }

    /// The dates on which each of those begins, or ends, that may be the one.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = PartialDateTime> {
        let sure = self.entries.iter().filter(|(counts, _)| *counts == Tri::Yes).map(|(_, span)| span.start);
        let bound = if self.last {
            sure.map(|start| i64::from(start.first_day())).max().unwrap_or(i64::MIN)
        } else {
            sure.map(|start| i64::from(start.last_day())).min().unwrap_or(i64::MAX)
        };
        self.entries.iter().map(|(_, span)| span).filter_map(move |span| {
            let may_be = if self.last {
                i64::from(span.start.last_day()) >= bound
            } else {
                i64::from(span.start.first_day()) <= bound
            };
            let date = match span.end {
                SpanEnd::At(end) if self.ends => end,
                SpanEnd::Running | SpanEnd::Unknown if self.ends => PartialDateTime::whole_line(),
                SpanEnd::At(_) | SpanEnd::Point | SpanEnd::Running | SpanEnd::Unknown => span.start,
            };
            may_be.then_some(date)
        })
    }

    /// The day of each entry that may be the one, as far as the others leave it.
    fn ticks(&self, instants: bool, scale: impl Fn(&PartialDateTime) -> Ticks) -> Vec<Ticks> {
        let spans: Vec<(Tri, Ticks, Ticks)> = self
            .entries
            .iter()
            .map(|(counts, span)| {
                let one_clock = match &span.end {
                    SpanEnd::At(end) => !instants || end.has_offset() == span.start.has_offset(),
                    SpanEnd::Point | SpanEnd::Running | SpanEnd::Unknown => true,
                };
                let (start, end) = stretch(span, one_clock, &scale, &scale);
                (*counts, start, end)
            })
            .collect();
        let sure = spans.iter().filter(|(counts, ..)| *counts == Tri::Yes);
        // The last begins when the sure ones have begun, and the first before any of them has.
        let bound = if self.last {
            sure.map(|(_, start, _)| start.first).max().unwrap_or(i64::MIN)
        } else {
            sure.map(|(_, start, _)| start.last).min().unwrap_or(i64::MAX)
        };
        let open = self.open.then_some((Ticks::EVERYTHING, Ticks::EVERYTHING));
        let listed = spans.iter().map(|(_, start, end)| (*start, *end));
        let may_be = listed.filter(|(start, _)| if self.last { start.last >= bound } else { start.first <= bound });
        let own = may_be.chain(open).map(|(start, end)| match (self.last, self.ends) {
            // Nothing ends before it begins.
            (true, ends) => {
                let Ticks { first, last } = if ends { end } else { start };
                Ticks { first: first.max(bound), last: last.max(bound) }
            }
            (false, false) => Ticks { first: start.first.min(bound), last: start.last.min(bound) },
            (false, true) => end,
        });
        own.collect()
    }
}
