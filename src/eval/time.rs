//! How a stretch of time relates to an anchor, three-valued.
//!
//! Days and instants are both counts here, so each relation is written once: a range of counts for the start, the
//! end and the anchor, the comparison `<=` on ranges, and Kleene's `and`. That this conjunction is exact, not just
//! safe, follows from `start <= end`: an anchor that suits the start and one that suits the end can be the same.

use super::anchor_time::AnchorTime;
use super::code::{Date, TimeOf};
use super::moment::{Part, SpanEnd, Ticks, TimeSpan, stretch};
use crate::calendar::{InstantRange, PartialDateTime};
use crate::ir::{Bound, Holds, Length, Moved, Order, Point, Relation, Running, Side, Window};
use crate::number::{Interval, Rational};
use crate::units::TimeUnit;

use crate::kleene::Tri;

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

/// Whether a relation compares instants rather than days.
pub(crate) fn compares_instants(relation: &Relation) -> bool {
    relation.lengths().any(Length::on_clock)
}

/// Whether a relation is in half-lives.
pub(crate) fn needs_half_life(relation: &Relation) -> bool {
    relation.lengths().any(|length| match length {
        Length::HalfLives(_) => true,
        Length::Calendar(..) => false,
    })
}

/// Start, end and anchor on one scale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeline {
    pub(crate) start: Ticks,
    pub(crate) end: Ticks,
    pub(crate) anchor: Ticks,
    pub(crate) point: bool,
}

/// `beside` is a date on whose clock the start and the end are, where others are compared with them.
fn timeline(
    moment: &TimeSpan,
    window: &Window<'_>,
    anchor: Option<&PartialDateTime>,
    instants: bool,
    beside: Option<&PartialDateTime>,
) -> Timeline {
    let nowhere = PartialDateTime::whole_line();
    let anchor = anchor.unwrap_or(&nowhere);
    let on_scale = |stretch: &PartialDateTime, against: &PartialDateTime| {
        if instants {
            Ticks::instants(PartialDateTime::comparable_instants(stretch, against).0)
        } else {
            Ticks::days(stretch.days())
        }
    };
    // A length is about start and end alone, every other relation of each and the anchor.
    let beside = beside.filter(|_| window.of_itself());
    let (start_against, end_against) = match (&moment.end, beside) {
        (_, Some(beside)) => (beside, beside),
        (SpanEnd::At(end), None) if window.of_itself() => (end, &moment.start),
        (SpanEnd::At(_) | SpanEnd::Point | SpanEnd::Running | SpanEnd::Unknown, None) => (anchor, anchor),
    };
    let one_clock = match &moment.end {
        SpanEnd::At(end) => !instants || end.has_offset() == moment.start.has_offset(),
        SpanEnd::Point | SpanEnd::Running | SpanEnd::Unknown => true,
    };
    let (start, end) =
        stretch(moment, one_clock, |date| on_scale(date, start_against), |date| on_scale(date, end_against));
    // The other side of the anchor matters only where one of the two carries an offset.
    let anchor = if instants {
        let against = match (&moment.end, beside) {
            (_, Some(beside)) => beside,
            (SpanEnd::At(end), None) if end.has_offset() => end,
            (SpanEnd::At(_) | SpanEnd::Point | SpanEnd::Running | SpanEnd::Unknown, None) => &moment.start,
        };
        Ticks::instants(PartialDateTime::comparable_instants(anchor, against).0)
    } else {
        Ticks::days(anchor.days())
    };
    Timeline { start, end, anchor, point: moment.end == SpanEnd::Point || moment.part != Part::Whole }
}

/// Whether `moment` stands so to the anchor; an anchor that is not given may be any day; about
/// an entry that is surely not there nothing is.
pub(crate) fn stands(moment: &TimeSpan, relation: &Relation, anchor: &AnchorTime, half_life: Option<&Interval>) -> Tri {
    let window = relation.elaborate();
    let instants = compares_instants(relation);
    let at = |timeline: Timeline| {
        timeline.ended(moment, &window).stands(moment.planned, &window, half_life).unwrap_or(Tri::Unknown)
    };
    let point = match anchor {
        AnchorTime::Date(date) => return at(timeline(moment, &window, date.as_ref(), instants, None)),
        AnchorTime::Entry(_) => anchor,
    };
    let against = match &moment.end {
        SpanEnd::At(end) if end.has_offset() => end,
        _ => &moment.start,
    };
    let here = timeline(moment, &window, Some(&anchor.clock()), instants, None);
    // What each that it may be answers, where all of them answer alike; where there is none, nothing is.
    let none = (point.is_there() != Tri::Yes).then_some(Tri::No);
    let may_be = point.ticks(against, instants).into_iter();
    let answers = none.into_iter().chain(may_be.map(|anchor| at(Timeline { anchor, ..here })));
    answers.reduce(|one, other| if one == other { one } else { Tri::Unknown }).unwrap_or(Tri::Unknown)
}

/// When a stretch of a course starts and ends, on the scale of the relation. Starts and ends of the others are compared
/// with its own: `beside` is one of those dates, one that has an offset from UTC where any has.
pub(crate) fn of_course(
    moment: &TimeSpan,
    relation: &Relation,
    anchor: Option<&PartialDateTime>,
    beside: &PartialDateTime,
) -> Timeline {
    let window = relation.elaborate();
    let timeline = timeline(moment, &window, anchor, compares_instants(relation), Some(beside));
    let Timeline { start, end, .. } = timeline.ended(moment, &window);
    // What goes on and begins behind the anchor has the course last up to its start.
    let end = match (moment.end, window.running) {
        (SpanEnd::Running, Running::AtAnchor) => {
            Ticks { first: end.first.max(start.first), last: end.last.max(start.last) }
        }
        (SpanEnd::Running, Running::Open) | (SpanEnd::Point | SpanEnd::At(_) | SpanEnd::Unknown, _) => end,
    };
    Timeline { point: false, end, ..timeline }
}

/// Whether a course that is no point stands so.
pub(crate) fn course_stands(timeline: &Timeline, planned: Option<bool>, relation: &Relation) -> Tri {
    timeline.stands(planned, &relation.elaborate(), None).unwrap_or(Tri::Unknown)
}

impl Timeline {
    /// `None` where a half-life is needed that is not known.
    fn stands(&self, planned: Option<bool>, window: &Window<'_>, half_life: Option<&Interval>) -> Option<Tri> {
        if self.point && window.spans.is_some_and(|length| !length.is_nothing()) {
            return Some(Tri::No);
        }
        match window.holds {
            Holds::One(order) => self.order(order, half_life),
            Holds::Both(first, second) => {
                let answers = (self.order(first, half_life)?, self.order(second, half_life)?);
                let first = match (first.later.by, second.earlier, second.later.point) {
                    // One anchor suits both orders: the latest that the end still reaches leaves the most room before it.
                    (Some((Side::Before, _)), Moved { point: Point::Anchor, by: None }, Point::End)
                        if answers.0 == Tri::Unknown =>
                    {
                        let last = self.anchor.last.min(self.end.last).max(self.anchor.first);
                        let reached = Timeline { anchor: Ticks { last, ..self.anchor }, ..*self };
                        if reached.order(first, half_life)? == Tri::No { Tri::No } else { Tri::Unknown }
                    }
                    _ => answers.0,
                };
                Some(first.and(answers.1))
            }
            Holds::MarkedOr(order) => match planned {
                Some(planned) => Some(Tri::of(planned)),
                None => self.order(order, half_life),
            },
        }
    }

    /// With the end that a running entry has in this window.
    fn ended(self, moment: &TimeSpan, window: &Window<'_>) -> Timeline {
        match (moment.end, window.running) {
            (SpanEnd::Running, Running::AtAnchor) => Timeline { end: self.anchor, ..self },
            (SpanEnd::Running, Running::Open) | (SpanEnd::Point | SpanEnd::At(_) | SpanEnd::Unknown, _) => self,
        }
    }

    fn order(&self, order: Order<'_>, half_life: Option<&Interval>) -> Option<Tri> {
        let Order { earlier, later, strict } = order;
        if self.point && earlier.point == Point::Start && later.point == Point::End {
            // What has no length spans nothing, and does not span more than that.
            return Some(Tri::of(!strict));
        }
        let earlier = self.place(earlier, half_life, if strict { Round::Down } else { Round::Up })?;
        let later = self.place(later, half_life, if strict { Round::Up } else { Round::Down })?;
        Some(if strict { earlier.below(later) } else { earlier.at_most(later) })
    }

    fn place(&self, moved: Moved<'_>, half_life: Option<&Interval>, round: Round) -> Option<Ticks> {
        let from = match moved.point {
            Point::Start => self.start,
            Point::End => self.end,
            Point::Anchor => self.anchor,
        };
        moved_by(from, moved.by, half_life, round)
    }
}

fn moved_by(from: Ticks, by: Option<(Side, &Length)>, half_life: Option<&Interval>, round: Round) -> Option<Ticks> {
    match by {
        None => Some(from),
        Some((Side::Before, length)) => shift(from, length, -1, half_life, round),
        Some((Side::After, length)) => shift(from, length, 1, half_life, round),
    }
}

/// The first and last day or instant of a window, for people: in days, or in seconds where it compares instants. Of one
/// that asks for an entry without a break they are those of the break that there must not be. `on_scale` is the anchor.
pub(crate) fn ends(
    relation: &Relation,
    on_scale: Ticks,
    half_life: Option<&Interval>,
) -> (Option<Ticks>, Option<Ticks>) {
    let window = relation.elaborate();
    // A strict end is the last day, or second, that still counts.
    let end = |bound: Bound<'_>, (inside, strict): (Round, Round), by: i64| {
        let round = if bound.strict { strict } else { inside };
        let end = moved_by(on_scale, bound.by, half_life, round).unwrap_or(Ticks::EVERYTHING);
        if bound.strict { end.shifted(by) } else { end }
    };
    let (from, to) = window.bounds();
    let from = from.map(|bound| end(bound, (Round::Up, Round::Down), 1));
    let to = to.map(|bound| end(bound, (Round::Down, Round::Up), -1));
    if window.spans.is_some() { (to, from) } else { (from, to) }
}

/// The moment as a window looks at it: an entry as a whole, or one of its dates, which is then not planned or running.
pub(crate) fn part_of(moment: TimeSpan, of: &TimeOf) -> TimeSpan {
    match of {
        TimeOf::Attribute(Date::Start) => TimeSpan { part: Part::Start, planned: None, ..moment },
        TimeOf::Attribute(Date::End) => TimeSpan { part: Part::End, planned: None, ..moment },
        TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Own(_)) | TimeOf::Fact(_) | TimeOf::Anchor(_) => {
            moment
        }
    }
}
