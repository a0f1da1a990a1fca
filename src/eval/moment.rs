//! When an entry or a result is or was, and its time as counts of days or seconds.

use crate::calendar::{DayRange, InstantRange, PartialDateTime};
use crate::ir::EntryKind;
use crate::kleene::Tri;

/// The time of an entry, a result, a date attribute or a date fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TimeSpan {
    pub(crate) start: PartialDateTime,
    pub(crate) end: SpanEnd,
    pub(crate) planned: Option<bool>,
    pub(crate) part: Part,
}

/// What of a [`TimeSpan`] is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// Its start as a date of its own.
    Start,
    /// Its end as a date of its own.
    End,
}

/// The end of a [`TimeSpan`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum SpanEnd {
    /// It has no length.
    Point,
    At(PartialDateTime),
    Running,
    Unknown,
}

impl TimeSpan {
    /// A date.
    pub(crate) fn point(at: PartialDateTime) -> TimeSpan {
        TimeSpan { start: at, end: SpanEnd::Point, planned: None, part: Part::Whole }
    }
}

/// Days or seconds since 1970, both ends possible; the ends of `i64` mean no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticks {
    pub(crate) first: i64,
    pub(crate) last: i64,
}

impl Ticks {
    pub(crate) const EVERYTHING: Ticks = Ticks { first: i64::MIN, last: i64::MAX };

    pub(crate) fn days(range: DayRange) -> Ticks {
        Ticks {
            first: if range.first == i32::MIN { i64::MIN } else { i64::from(range.first) },
            last: if range.last == i32::MAX { i64::MAX } else { i64::from(range.last) },
        }
    }

    pub(super) fn instants(range: InstantRange) -> Ticks {
        Ticks { first: range.first, last: range.last }
    }

    /// One day or second earlier or later; no end stays none.
    pub(super) fn shifted(self, by: i64) -> Ticks {
        let shifted = |tick: i64| if matches!(tick, i64::MIN | i64::MAX) { tick } else { tick.saturating_add(by) };
        Ticks { first: shifted(self.first), last: shifted(self.last) }
    }

    pub(super) fn day_range(self) -> DayRange {
        let clip = |tick: i64| i32::try_from(tick).unwrap_or(if tick < 0 { i32::MIN } else { i32::MAX });
        DayRange { first: clip(self.first), last: clip(self.last) }
    }

    /// Every pair has `self <= other`, or none.
    pub(super) fn at_most(self, other: Ticks) -> Tri {
        if self.last <= other.first {
            Tri::Yes
        } else if self.first > other.last {
            Tri::No
        } else {
            Tri::Unknown
        }
    }

    pub(super) fn below(self, other: Ticks) -> Tri {
        other.at_most(self).not()
    }
}

/// The start and the end of a moment as counts, its own dates read by `scale`. `one_clock`: they can be compared.
pub(super) fn stretch(
    moment: &TimeSpan,
    one_clock: bool,
    start_scale: impl Fn(&PartialDateTime) -> Ticks,
    end_scale: impl Fn(&PartialDateTime) -> Ticks,
) -> (Ticks, Ticks) {
    let mut start = start_scale(&moment.start);
    let mut end = match &moment.end {
        SpanEnd::Point => start,
        SpanEnd::At(end) => end_scale(end),
        SpanEnd::Running => Ticks { first: i64::MAX, last: i64::MAX },
        SpanEnd::Unknown => Ticks { first: start.first, last: i64::MAX },
    };
    match moment.part {
        Part::Whole => {}
        Part::Start => end = start,
        Part::End if moment.end == SpanEnd::Unknown => (start, end) = (Ticks::EVERYTHING, Ticks::EVERYTHING),
        Part::End => start = end,
    }
    if one_clock && moment.part == Part::Whole {
        // Nothing ends before it starts.
        start.last = start.last.min(end.last).max(start.first);
        end.first = end.first.max(start.first).min(end.last);
    }
    (start, end)
}

/// What an absent end of an entry of this kind means.
pub(crate) fn ends_as_it_starts(word: EntryKind) -> bool {
    match word {
        EntryKind::Event => true,
        EntryKind::Condition | EntryKind::Drug => false,
    }
}
