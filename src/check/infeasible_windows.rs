//! Whether the windows said of one date leave a day for it. Anchors may lie on one day, and any time apart, but come in
//! the order in which they are declared.

use super::{Checker, errors};
use crate::ir::{self, Holds, Length, Point, Relation, Side};
use crate::source::Span;
use crate::typed::{Condition, ConditionKind, Test, TimeOf, WindowAnchor};
use crate::units::TimeUnit;
use crate::vocab::AnchorId;

/// What is said of a date, or of an entry, with its place.
pub(super) struct TimeConstraint {
    pub of: Dated,
    pub relation: Relation,
    pub anchor: AnchorId,
    pub place: Span,
}

/// What a window is said of. Nothing ends before it starts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dated {
    /// A date of its own, or the start of an entry as a filter asks it.
    Start,
    /// The end of an entry as a filter asks it.
    End,
    /// An entry.
    Entry,
}

/// The ends that windows set to one date, or to the start and the end of one entry.
#[derive(Default)]
struct WindowBounds<'s> {
    /// To the start, and so to the end too.
    start_from: Vec<Bound<'s>>,
    /// To the end alone.
    end_from: Vec<Bound<'s>>,
    start_to: Vec<Bound<'s>>,
    /// To the end, and so to the start too.
    end_to: Vec<Bound<'s>>,
}

/// One end of what a window allows: so far from an anchor, and whether that very day is left out.
struct Bound<'s> {
    said: &'s TimeConstraint,
    offset: Offset,
    strict: bool,
}

/// A distance from an anchor, before it when negative.
#[derive(Clone, Copy)]
struct Offset {
    /// In days, at least and at most; `None` is no end.
    least: Option<i64>,
    most: Option<i64>,
    /// The same without loss, in a unit in which distances compare.
    exact: Option<(Scale, i64)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    Days,
    Months,
    /// Seconds, by the clock.
    Clock,
}

const NOTHING: Offset = Offset { least: Some(0), most: Some(0), exact: Some((Scale::Days, 0)) };

/// What clocks of two zones can make of one day, on either side.
const ZONES: i64 = 2;

fn offset(length: &Length, sign: i64) -> Offset {
    let signed = |short: i64, long: i64, exact: (Scale, i64)| Offset {
        least: Some(if sign < 0 { -long } else { short }),
        most: Some(if sign < 0 { -short } else { long }),
        exact: Some((exact.0, sign * exact.1)),
    };
    let months = |count: i64| {
        let (years, rest) = (count / 12, count % 12);
        signed(years * 365 + rest * 28, years * 366 + rest * 31, (Scale::Months, count))
    };
    match length {
        Length::Calendar(0, unit) if unit.is_calendar() => NOTHING,
        Length::Calendar(count, unit) => {
            let count = i64::from(*count);
            match unit {
                TimeUnit::Day => signed(count, count, (Scale::Days, count)),
                TimeUnit::Week => signed(count * 7, count * 7, (Scale::Days, count * 7)),
                TimeUnit::Month => months(count),
                TimeUnit::Year => months(count * 12),
                TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second => {
                    let seconds = count * unit.seconds().unwrap_or(0);
                    let days = seconds / 86_400;
                    signed(days - ZONES, days + 1 + ZONES, (Scale::Clock, seconds))
                }
            }
        }
        // As long as the record says, or longer.
        Length::HalfLives(_) => Offset { least: (sign > 0).then_some(0), most: (sign < 0).then_some(0), exact: None },
    }
}

impl TimeConstraint {
    /// What a window says; nothing of one about an entry, whose day no order of anchors tells.
    pub(super) fn of(of: Dated, relation: &Relation, anchor: &WindowAnchor, place: Span) -> Option<TimeConstraint> {
        anchor.date().map(|anchor| TimeConstraint { of, relation: relation.clone(), anchor, place })
    }

    /// Adds the earliest and the latest that it lets the date be.
    fn bind<'s>(&'s self, ends: &mut WindowBounds<'s>) {
        let window = self.relation.elaborate();
        let (from, to) = match window.holds {
            Holds::One(_) | Holds::Both(..) => window.bounds(),
            // A mark in the record says it too, whatever the start.
            Holds::MarkedOr(_) => (None, None),
        };
        let of = |bound: ir::Bound<'_>| match (self.of, bound.of) {
            (Dated::End, _) | (Dated::Entry, Point::End) => Dated::End,
            (Dated::Start, _) | (Dated::Entry, Point::Start | Point::Anchor) => Dated::Start,
        };
        let set = |bound: ir::Bound<'_>| Bound {
            said: self,
            offset: bound
                .by
                .map_or(NOTHING, |(side, length)| offset(length, if side == Side::Before { -1 } else { 1 })),
            strict: bound.strict,
        };
        if let Some(from) = from {
            let list = if of(from) == Dated::End { &mut ends.end_from } else { &mut ends.start_from };
            list.push(set(from));
        }
        if let Some(to) = to {
            let list = if of(to) == Dated::End { &mut ends.end_to } else { &mut ends.start_to };
            list.push(set(to));
        }
    }
}

/// Whether nothing lies at or behind `low` and at or before `high`, on whatever days the anchors are.
fn exclude_each_other(low: &Bound<'_>, high: &Bound<'_>) -> bool {
    if low.said.anchor < high.said.anchor {
        return false;
    }
    let strict = low.strict || high.strict;
    let none_left = |apart: i64| apart > 0 || apart == 0 && strict;
    match (low.offset.exact, high.offset.exact) {
        (Some((one, from)), Some((other, to))) if one == other || (from == 0 || to == 0) && calendar(one, other) => {
            none_left(from - to)
        }
        _ => match (low.offset.least, high.offset.most) {
            (Some(from), Some(to)) => none_left(from - to),
            _ => false,
        },
    }
}

/// Both by the calendar, where nothing is nothing in any unit.
fn calendar(one: Scale, other: Scale) -> bool {
    one != Scale::Clock && other != Scale::Clock
}

impl Checker<'_> {
    /// What a filter of entries says of their start and end, all of it.
    pub(super) fn said_by_filter(filter: &Condition, said: &mut Vec<TimeConstraint>) {
        match &filter.kind {
            ConditionKind::And(items) => items.iter().for_each(|item| Self::said_by_filter(item, said)),
            ConditionKind::Test(Test::Window { of: TimeOf::Attribute(name), relation, anchor, .. }) => {
                let of = match name.name.as_str() {
                    "start" => Dated::Start,
                    "end" => Dated::End,
                    _ => return,
                };
                said.extend(TimeConstraint::of(of, relation, anchor, filter.span));
            }
            _ => {}
        }
    }

    /// Reports windows of one date that exclude each other; `None` when no record can meet them.
    pub(super) fn check_windows_feasible(&mut self, said: &[TimeConstraint]) -> Option<()> {
        let mut ends = WindowBounds::default();
        said.iter().for_each(|said| said.bind(&mut ends));
        let of_start = ends.start_from.iter().flat_map(|low| ends.start_to.iter().map(move |high| (low, high)));
        let lows = ends.start_from.iter().chain(&ends.end_from);
        let clashes = of_start.chain(lows.flat_map(|low| ends.end_to.iter().map(move |high| (low, high))));
        // Windows of one anchor that exclude each other do so in whatever order anchors come.
        let found = clashes
            .filter(|(low, high)| exclude_each_other(low, high))
            .min_by_key(|(low, high)| low.said.anchor != high.said.anchor);
        let Some((low, high)) = found else {
            return Some(());
        };
        let (first, second) =
            if low.said.place.range().start < high.said.place.range().start { (low, high) } else { (high, low) };
        let words = (self.as_written(first.said.place), self.as_written(second.said.place));
        let places = (first.said.place, second.said.place);
        if low.said.anchor == high.said.anchor {
            self.report(match high.said.relation {
                Relation::Current | Relation::Before
                    if high.said.of == Dated::Entry && (words.0 == "prior" || words.0 == "current") =>
                {
                    errors::began_and_begins_later(places.1, places.0, words.0)
                }
                _ => errors::windows_clash(places, words),
            });
            return None;
        }
        let name = |anchor: AnchorId| self.vocabulary.anchors.get(anchor).map_or("", |anchor| anchor.name.as_str());
        let order: Vec<&str> = self.vocabulary.anchors.iter().map(|anchor| anchor.name.as_str()).collect();
        let diagnostic = errors::anchors_out_of_order(places, (name(high.said.anchor), name(low.said.anchor)), &order);
        self.report(diagnostic);
        Some(())
    }
}
