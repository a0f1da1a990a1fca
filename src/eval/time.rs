//! How a stretch of time stands to an anchor, three-valued.
//!
//! Days and instants are both counts here, so each relation is written once: a range of counts for the start, the
//! end and the anchor, the comparison `<=` on ranges, and Kleene's `and`. That this conjunction is exact, not just
//! safe, follows from `start <= end`: an anchor that suits the start and one that suits the end can be the same.

use crate::calendar::{DayRange, InstantRange, Stretch};
use crate::ir::{Length, Relation};
use crate::number::{Interval, Rational};
use crate::units::TimeUnit;

use crate::kleene::Tri;

/// The time of an entry, a result, a date attribute or a date fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moment {
    pub(crate) start: Stretch,
    pub(crate) end: Until,
    pub(crate) planned: Option<bool>,
    pub(crate) part: Part,
}

/// What of a [`Moment`] is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// Its start as a date of its own.
    Start,
    /// Its end as a date of its own.
    End,
}

/// The end of a [`Moment`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Until {
    /// It has no length.
    Point,
    At(Stretch),
    Running,
    Unknown,
}

impl Moment {
    /// A date.
    pub(crate) fn point(at: Stretch) -> Moment {
        Moment { start: at, end: Until::Point, planned: None, part: Part::Whole }
    }
}

/// Days or seconds since 1970, both ends possible; the ends of `i64` mean no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ticks {
    pub(crate) first: i64,
    pub(crate) last: i64,
}

impl Ticks {
    const EVERYTHING: Ticks = Ticks { first: i64::MIN, last: i64::MAX };

    fn days(range: DayRange) -> Ticks {
        Ticks {
            first: if range.first == i32::MIN { i64::MIN } else { i64::from(range.first) },
            last: if range.last == i32::MAX { i64::MAX } else { i64::from(range.last) },
        }
    }

    fn instants(range: InstantRange) -> Ticks {
        Ticks { first: range.first, last: range.last }
    }

    /// One day or second earlier or later; no end stays none.
    fn beside(self, by: i64) -> Ticks {
        let beside = |tick: i64| if matches!(tick, i64::MIN | i64::MAX) { tick } else { tick.saturating_add(by) };
        Ticks { first: beside(self.first), last: beside(self.last) }
    }

    fn day_range(self) -> DayRange {
        let clip = |tick: i64| i32::try_from(tick).unwrap_or(if tick < 0 { i32::MIN } else { i32::MAX });
        DayRange { first: clip(self.first), last: clip(self.last) }
    }

    /// Every pair has `self <= other`, or none.
    fn at_most(self, other: Ticks) -> Tri {
        if self.last <= other.first {
            Tri::Yes
        } else if self.first > other.last {
            Tri::No
        } else {
            Tri::Unknown
        }
    }

    fn below(self, other: Ticks) -> Tri {
        other.at_most(self).not()
    }
}

/// Which way a length that is no whole number of days is rounded, so that comparing whole days stays exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    Down,
    Up,
}

/// A range moved by `sign` times a length; `None` when it is in half-lives and none is known.
fn shift(ticks: Ticks, length: &Length, sign: i64, half_life: Option<&Interval>, round: Round) -> Option<Ticks> {
    match length {
        Length::Calendar(count, unit) => {
            let by = sign * i64::from(*count);
            Some(match unit.seconds() {
                Some(_) => {
                    let range = InstantRange { first: ticks.first, last: ticks.last };
                    Ticks::instants(range.shift_units(by, *unit))
                }
                None => shift_days(ticks, by, *unit),
            })
        }
        Length::HalfLives(count) => {
            let half_life = half_life?;
            let count = Rational::from_i64(i64::from(*count));
            let whole = |bound: Option<&Rational>, beyond: i64| -> i64 {
                let Some(days) = bound.map(|days| days.mul(&count)) else {
                    return beyond;
                };
                let days = if sign < 0 { -&days } else { days };
                match round {
                    Round::Down => days.floor(),
                    Round::Up => days.ceil(),
                }
                .unwrap_or(beyond)
            };
            let least = half_life.low.value().filter(|low| !low.is_negative());
            let zero = Rational::zero();
            let (short, long) = (whole(Some(least.unwrap_or(&zero)), 0), half_life.high.value());
            let long = whole(long, if sign < 0 { i64::MIN } else { i64::MAX });
            let (low, high) = if sign < 0 { (long, short) } else { (short, long) };
            let add = |tick: i64, by: i64| match (tick, by) {
                (i64::MIN | i64::MAX, _) => tick,
                (_, i64::MIN | i64::MAX) => by,
                _ => tick.saturating_add(by),
            };
            Some(Ticks { first: add(ticks.first, low), last: add(ticks.last, high) })
        }
    }
}

fn shift_days(ticks: Ticks, by: i64, unit: TimeUnit) -> Ticks {
    Ticks::days(ticks.day_range().shift(by, unit))
}

fn in_instants(length: &Length) -> bool {
    matches!(length, Length::Calendar(_, unit) if !unit.is_calendar())
}

/// Whether a relation compares instants rather than days.
pub(crate) fn compares_instants(relation: &Relation) -> bool {
    match relation {
        Relation::Within { before, after } => before.iter().chain(after).any(in_instants),
        Relation::EarlierBy { length, .. }
        | Relation::LaterBy { length, .. }
        | Relation::Throughout { length }
        | Relation::Lasting { length, .. } => in_instants(length),
        Relation::Before | Relation::After | Relation::At | Relation::UpTo | Relation::Current | Relation::Planned => {
            false
        }
    }
}

/// Whether a relation is in half-lives.
pub(crate) fn needs_half_life(relation: &Relation) -> bool {
    let counted = |length: &Length| matches!(length, Length::HalfLives(_));
    match relation {
        Relation::Within { before, after } => before.iter().chain(after).any(counted),
        Relation::EarlierBy { length, .. }
        | Relation::LaterBy { length, .. }
        | Relation::Throughout { length }
        | Relation::Lasting { length, .. } => counted(length),
        Relation::Before | Relation::After | Relation::At | Relation::UpTo | Relation::Current | Relation::Planned => {
            false
        }
    }
}

/// Start, end and anchor on one scale.
struct Scene {
    start: Ticks,
    end: Ticks,
    anchor: Ticks,
    point: bool,
}

fn scene(moment: &Moment, relation: &Relation, anchor: Option<&Stretch>) -> Scene {
    let instants = compares_instants(relation);
    let nowhere = Stretch::whole_line();
    let anchor = anchor.unwrap_or(&nowhere);
    let on_scale = |stretch: &Stretch, against: &Stretch| {
        if instants {
            Ticks::instants(Stretch::comparable_instants(stretch, against).0)
        } else {
            Ticks::days(stretch.days())
        }
    };
    // A length is asked of start and end alone, every other relation of each and the anchor.
    let (start_against, end_against) = match (&moment.end, relation) {
        (Until::At(end), Relation::Lasting { .. }) => (end, &moment.start),
        _ => (anchor, anchor),
    };
    let mut start = on_scale(&moment.start, start_against);
    let mut end = match &moment.end {
        Until::Point => start,
        Until::At(end) => on_scale(end, end_against),
        Until::Running => Ticks { first: i64::MAX, last: i64::MAX },
        Until::Unknown => Ticks { first: start.first, last: i64::MAX },
    };
    let one_clock = match &moment.end {
        Until::At(end) => !instants || end.has_offset() == moment.start.has_offset(),
        Until::Point | Until::Running | Until::Unknown => true,
    };
    match moment.part {
        Part::Whole => {}
        Part::Start => end = start,
        Part::End if moment.end == Until::Unknown => (start, end) = (Ticks::EVERYTHING, Ticks::EVERYTHING),
        Part::End => start = end,
    }
    if one_clock && moment.part == Part::Whole {
        // Nothing ends before it starts.
        start.last = start.last.min(end.last).max(start.first);
        end.first = end.first.max(start.first).min(end.last);
    }
    // The other side of the anchor matters only where one of the two carries an offset.
    let anchor = if instants {
        let against = match &moment.end {
            Until::At(end) if end.has_offset() => end,
            _ => &moment.start,
        };
        Ticks::instants(Stretch::comparable_instants(anchor, against).0)
    } else {
        Ticks::days(anchor.days())
    };
    Scene { start, end, anchor, point: moment.end == Until::Point || moment.part != Part::Whole }
}

/// Whether `moment` stands so to the anchor; an anchor that is not given may be any day.
pub(crate) fn stands(
    moment: &Moment,
    relation: &Relation,
    anchor: Option<&Stretch>,
    half_life: Option<&Interval>,
) -> Tri {
    let scene = scene(moment, relation, anchor);
    stands_in(&scene, moment, relation, half_life).unwrap_or(Tri::Unknown)
}

fn stands_in(scene: &Scene, moment: &Moment, relation: &Relation, half_life: Option<&Interval>) -> Option<Tri> {
    let Scene { start, end, anchor, point } = *scene;
    let moved = |ticks: Ticks, length: &Length, sign: i64, round: Round| shift(ticks, length, sign, half_life, round);
    Some(match relation {
        Relation::Within { before, after } => {
            let low = match before {
                Some(length) => moved(anchor, length, -1, Round::Up)?,
                None => anchor,
            };
            let high = match after {
                Some(length) => moved(anchor, length, 1, Round::Down)?,
                None => anchor,
            };
            start.at_most(high).and(low.at_most(end))
        }
        Relation::Before => start.below(anchor),
        Relation::After => anchor.below(start),
        Relation::At => start.at_most(anchor).and(anchor.at_most(start)),
        Relation::UpTo => start.at_most(anchor),
        Relation::Current => start.at_most(anchor).and(anchor.at_most(end)),
        Relation::Planned => match moment.planned {
            Some(planned) => Tri::of(planned),
            None => anchor.below(start),
        },
        Relation::EarlierBy { strict: true, length } => start.below(moved(anchor, length, -1, Round::Up)?),
        Relation::EarlierBy { strict: false, length } => start.at_most(moved(anchor, length, -1, Round::Down)?),
        Relation::LaterBy { strict: true, length } => moved(anchor, length, 1, Round::Down)?.below(start),
        Relation::LaterBy { strict: false, length } => moved(anchor, length, 1, Round::Up)?.at_most(start),
        Relation::Throughout { length } => {
            // The latest anchor that the end still reaches leaves the most room behind it.
            let reach = Ticks { first: anchor.first, last: anchor.last.min(end.last).max(anchor.first) };
            let ends = anchor.at_most(end);
            let begins = match start.at_most(moved(anchor, length, -1, Round::Down)?) {
                Tri::Unknown if start.at_most(moved(reach, length, -1, Round::Down)?) == Tri::No => Tri::No,
                begins => begins,
            };
            let no_length = point && !is_nothing(length);
            if no_length { Tri::No } else { begins.and(ends) }
        }
        Relation::Lasting { strict, length } => {
            if point {
                return Some(Tri::of(!strict && is_nothing(length)));
            }
            let end = if moment.end == Until::Running { anchor } else { end };
            let round = if *strict { Round::Down } else { Round::Up };
            let due = moved(start, length, 1, round)?;
            if *strict { due.below(end) } else { due.at_most(end) }
        }
    })
}

fn is_nothing(length: &Length) -> bool {
    matches!(length, Length::Calendar(0, _) | Length::HalfLives(0))
}

/// The first and last day or instant of a window, for people: in days, or in seconds where it compares instants.
pub(crate) fn ends(
    relation: &Relation,
    anchor: &Stretch,
    half_life: Option<&Interval>,
) -> (Option<Ticks>, Option<Ticks>) {
    let on_scale =
        if compares_instants(relation) { Ticks::instants(anchor.instants()) } else { Ticks::days(anchor.days()) };
    let moved = |length: &Length, sign: i64, round: Round| {
        shift(on_scale, length, sign, half_life, round).unwrap_or(Ticks::EVERYTHING)
    };
    match relation {
        Relation::Within { before, after } => {
            let low = before.as_ref().map_or(on_scale, |length| moved(length, -1, Round::Up));
            let high = after.as_ref().map_or(on_scale, |length| moved(length, 1, Round::Down));
            (Some(low), Some(high))
        }
        // A strict end is the last day, or second, that still counts.
        Relation::Before => (None, Some(on_scale.beside(-1))),
        Relation::UpTo => (None, Some(on_scale)),
        Relation::After | Relation::Planned => (Some(on_scale.beside(1)), None),
        Relation::At | Relation::Current => (Some(on_scale), Some(on_scale)),
        Relation::EarlierBy { strict, length } => {
            let round = if *strict { Round::Up } else { Round::Down };
            let end = moved(length, -1, round);
            (None, Some(if *strict { end.beside(-1) } else { end }))
        }
        Relation::LaterBy { strict, length } => {
            let round = if *strict { Round::Down } else { Round::Up };
            let end = moved(length, 1, round);
            (Some(if *strict { end.beside(1) } else { end }), None)
        }
        Relation::Throughout { length } => (Some(moved(length, -1, Round::Down)), Some(on_scale)),
        Relation::Lasting { .. } => (None, None),
    }
}
