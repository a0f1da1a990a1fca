//! How a date or an entry is to an anchor.

use eligc::calendar::{DayRange, InstantRange, PartialDateTime};
use eligc::ir::{Length, Relation};
use eligc::number::{Bound, Comparison, Interval, Rational};
use eligc::typed::Program;

use super::record::End;
use super::{Answer, Entry, Value, and, not};

/// A place in time on a scale of days or of seconds: every number it may be.
fn days(range: DayRange) -> Interval {
    let low = if range.first == i32::MIN { None } else { Some(i64::from(range.first)) };
    let high = if range.last == i32::MAX { None } else { Some(i64::from(range.last)) };
    between(low, high)
}

fn seconds(range: InstantRange) -> Interval {
    let low = (range.first != i64::MIN).then_some(range.first);
    let high = (range.last != i64::MAX).then_some(range.last);
    between(low, high)
}

fn between(low: Option<i64>, high: Option<i64>) -> Interval {
    let bound = |end: Option<i64>| end.map_or(Bound::Unbounded, |end| Bound::Closed(Rational::from_i64(end)));
    Interval { low: bound(low), high: bound(high) }
}

/// What a window is about.
pub enum Anchor<'r> {
    Date(PartialDateTime),
    Entry(EntryOf<'r>),
}

/// The first or last of some entries, those that count or may.
pub struct EntryOf<'r> {
    pub last: bool,
    pub ends: bool,
    pub open: bool,
    pub entries: Vec<(Answer, &'r Entry)>,
}

/// The day of an entry.
#[derive(Clone)]
enum Day {
    In(Interval),
    /// The end of what is still running.
    Never,
}

fn later(one: &Bound, other: &Bound) -> Bound {
    match (one.value(), other.value()) {
        (Some(a), Some(b)) => {
            if a >= b {
                one.clone()
            } else {
                other.clone()
            }
        }
        (Some(_), None) => one.clone(),
        (None, _) => other.clone(),
    }
}

fn earlier(one: &Bound, other: &Bound) -> Bound {
    match (one.value(), other.value()) {
        (Some(a), Some(b)) => {
            if a <= b {
                one.clone()
            } else {
                other.clone()
            }
        }
        (Some(_), None) => one.clone(),
        (None, _) => other.clone(),
    }
}

impl EntryOf<'_> {
    pub fn is_surely_none(&self) -> bool {
        self.entries.is_empty() && !self.open
    }

    fn dates(&self) -> Vec<PartialDateTime> {
        let mut dates = Vec::new();
        for (_, entry) in &self.entries {
            dates.push(entry.start);
            if let End::On(end) = &entry.end {
                dates.push(*end);
            }
        }
        dates
    }

    /// One of the dates, with an offset where any has one.
    fn clock(&self) -> PartialDateTime {
        self.dates().into_iter().find(PartialDateTime::has_offset).unwrap_or(PartialDateTime::whole_line())
    }

    /// The day of each entry that may be the one.
    fn days(&self, looked: &Looked<'_>, fine: bool) -> Vec<Day> {
        let mut clock = self.clock();
        if !clock.has_offset() {
            clock = match &looked.end {
                End::On(end) if end.has_offset() => *end,
                _ => looked.start,
            };
        }
        let scale = |date: &PartialDateTime| {
            if fine { seconds(PartialDateTime::comparable_instants(date, &clock).0) } else { days(date.days()) }
        };
        let mut spans = Vec::new();
        for (counts, entry) in &self.entries {
            let mut start = scale(&entry.start);
            let end = match &entry.end {
                End::Start => Day::In(start.clone()),
                End::Running => Day::Never,
                End::Unknown => Day::In(Interval { low: start.low.clone(), high: Bound::Unbounded }),
                End::On(end) => {
                    let mut range = scale(end);
                    if !fine || end.has_offset() == entry.start.has_offset() {
                        start.high = earlier(&start.high, &range.high);
                        range.low = later(&range.low, &start.low);
                    }
                    Day::In(range)
                }
            };
            spans.push((*counts, start, end));
        }
        let sure: Vec<&Interval> = spans.iter().filter(|span| span.0 == Some(true)).map(|span| &span.1).collect();
        let line = || Interval { low: Bound::Unbounded, high: Bound::Unbounded };
        let mut found = Vec::new();
        let all = spans.iter().map(|(_, start, end)| (start.clone(), end.clone()));
        let open = self.open.then(|| (line(), Day::In(line())));
        if self.last {
            // No earlier than any that surely counts.
            let floor = sure.iter().fold(Bound::Unbounded, |floor, start| later(&floor, &start.low));
            for (start, end) in all.chain(open) {
                if matches!((start.high.value(), floor.value()), (Some(high), Some(floor)) if high < floor) {
                    continue;
                }
                found.push(match if self.ends { end } else { Day::In(start) } {
                    Day::Never => Day::Never,
                    Day::In(range) => Day::In(Interval { low: later(&range.low, &floor), high: range.high }),
                });
            }
        } else {
            let ceiling = sure.iter().fold(Bound::Unbounded, |ceiling, start| earlier(&ceiling, &start.high));
            for (start, end) in all.chain(open) {
                if matches!((start.low.value(), ceiling.value()), (Some(low), Some(ceiling)) if low > ceiling) {
                    continue;
                }
                found.push(if self.ends {
                    end
                } else {
                    Day::In(Interval { low: start.low, high: earlier(&start.high, &ceiling) })
                });
            }
        }
        found
    }
}

/// The stretch looked at.
struct Looked<'r> {
    start: PartialDateTime,
    end: End,
    planned: Option<bool>,
    /// Of the entry, in days.
    half_life: Option<&'r Interval>,
    /// Whether its time is later than every other.
    never: bool,
}

/// A relation of a date to an anchor.
pub fn of_date(date: &PartialDateTime, relation: &Relation, anchor: &Anchor<'_>) -> Answer {
    holds(&Looked { start: *date, end: End::Start, planned: None, half_life: None, never: false }, relation, anchor)
}

/// A relation of one of an entry's dates to an anchor.
pub fn of_entry_date(program: &Program, entry: &Entry, name: &str, relation: &Relation, anchor: &Anchor<'_>) -> Answer {
    let (date, never) = match (name, &entry.end, entry.attributes.get(name)) {
        ("start", ..) | ("end", End::Start, _) => (entry.start, false),
        ("end", End::On(end), _) => (*end, false),
        ("end", End::Running, _) => (PartialDateTime::whole_line(), true),
        ("end", End::Unknown, _) => (PartialDateTime::whole_line(), false),
        (_, _, Some(Value::Date(date))) => (*date, false),
        (_, _, None) => return None,
        (_, _, other) => panic!("no date: {other:?}"),
    };
    let half_life = half_life(program, entry);
    let looked = Looked { start: date, end: End::Start, planned: None, half_life: half_life.as_ref(), never };
    holds(&looked, relation, anchor)
}

/// An entry's half-life in days.
fn half_life(program: &Program, entry: &Entry) -> Option<Interval> {
    match entry.attributes.get("half_life") {
        Some(Value::Number(interval)) => Some(interval.clone()),
        _ => program.vocabulary.kinds[entry.kind].half_life.clone().map(Interval::point),
    }
}

/// A relation of an entry to an anchor.
pub fn of_entry(program: &Program, entry: &Entry, relation: &Relation, anchor: &Anchor<'_>) -> Answer {
    let half_life = half_life(program, entry);
    let looked = Looked {
        start: entry.start,
        end: entry.end.clone(),
        planned: entry.planned,
        half_life: half_life.as_ref(),
        never: false,
    };
    holds(&looked, relation, anchor)
}

pub fn lengths(relation: &Relation) -> Vec<&Length> {
    match relation {
        Relation::Within { before, after } => before.iter().chain(after.iter()).collect(),
        Relation::EarlierBy { length, .. }
        | Relation::LaterBy { length, .. }
        | Relation::Throughout { length }
        | Relation::Lasting { length, .. } => vec![length],
        Relation::Before | Relation::After | Relation::At | Relation::UpTo | Relation::Current | Relation::Planned => {
            Vec::new()
        }
    }
}

/// The three places a relation speaks of, and how lengths move them.
struct Line<'r> {
    looked: &'r Looked<'r>,
    /// The anchor, or a date on the clock of the entries that the window is about.
    anchor: PartialDateTime,
    /// The entry that the window is about.
    about: Option<Day>,
    /// Whether seconds are counted rather than days.
    fine: bool,
}

/// One of the three places, as far as it is a date of its own.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Start,
    End,
    Anchor,
}

impl Line<'_> {
    fn stretch(&self, place: Place) -> Option<PartialDateTime> {
        match (place, &self.looked.end) {
            (Place::Start, _) | (Place::End, End::Start) => Some(self.looked.start),
            (Place::Anchor, _) => Some(self.anchor),
            (Place::End, End::On(end)) => Some(*end),
            (Place::End, End::Running | End::Unknown) => None,
        }
    }

    /// A place as a range, on the clock it shares with the place it is compared with.
    fn range(&self, place: Place, with: Place) -> Interval {
        let here = |place: Place| {
            let stretch = self.stretch(place).unwrap_or(self.looked.start);
            if !self.fine {
                return days(stretch.days());
            }
            let other = self.stretch(with).unwrap_or(self.looked.start);
            seconds(PartialDateTime::comparable_instants(&stretch, &other).0)
        };
        if let (Place::Anchor, Some(Day::In(range))) = (place, &self.about) {
            return range.clone();
        }
        let range = here(place);
        match (place, &self.looked.end) {
            (Place::End, End::Running) => panic!("no place in time"),
            // An end nobody knows comes at the start or later.
            (Place::End, End::Unknown) => Interval { low: here(Place::Start).low, high: Bound::Unbounded },
            // What is given ends where it starts or later: each date narrows the other.
            (Place::Start, End::On(_)) => {
                let end = here(Place::End).high;
                range.intersect(&Interval { low: Bound::Unbounded, high: end }).unwrap()
            }
            (Place::End, End::On(_)) => {
                let start = here(Place::Start).low;
                range.intersect(&Interval { low: start, high: Bound::Unbounded }).unwrap()
            }
            _ => range,
        }
    }

    /// Whether one place is at or before another.
    fn at_or_before(&self, first: Place, second: Place) -> Answer {
        self.reaches(first, &[], second, &[])
    }

    /// Whether `first` moved by some lengths is at or before `second` moved by some.
    fn reaches(&self, first: Place, by: &[(i64, &Length)], second: Place, also_by: &[(i64, &Length)]) -> Answer {
        if second == Place::End && matches!(self.looked.end, End::Running) {
            return Some(true);
        }
        if matches!(self.about, Some(Day::Never)) && (first == Place::Anchor || second == Place::Anchor) {
            if second == Place::Anchor || self.looked.never {
                return Some(true);
            }
            let high = self.range(second, Place::Anchor).high;
            return (high != Bound::Unbounded).then_some(false);
        }
        if self.looked.never {
            // Only an anchor that may be any day at all may be as late.
            let last = self.range(Place::Anchor, Place::Anchor).high;
            return if second == Place::Anchor { (last != Bound::Unbounded).then_some(false) } else { Some(true) };
        }
        let a = self.moved(first, second, by)?;
        let b = self.moved(second, first, also_by)?;
        a.compare(Comparison::Le, &b)
    }

    fn moved(&self, place: Place, with: Place, by: &[(i64, &Length)]) -> Option<Interval> {
        let mut range = self.range(place, with);
        for (sign, length) in by {
            range = self.shift(&range, *sign, length)?;
        }
        Some(range)
    }

    fn shift(&self, range: &Interval, sign: i64, length: &Length) -> Option<Interval> {
        match length {
            Length::HalfLives(n) => {
                let step = self.looked.half_life?.mul(&Interval::point(Rational::from_i64(sign * i64::from(*n))));
                Some(range.add(&if self.fine { step.mul(&Interval::point(Rational::from_i64(86_400))) } else { step }))
            }
            Length::Calendar(n, unit) => {
                let n = sign * i64::from(*n);
                if let Some(second) = unit.seconds() {
                    return Some(range.add(&Interval::point(Rational::from_i64(n * second))));
                }
                assert!(!self.fine, "calendar units among clock units");
                let end = |bound: &Bound| match bound.value() {
                    None => Bound::Unbounded,
                    Some(day) => {
                        let day = i32::try_from(day.to_i64().unwrap()).unwrap();
                        Bound::Closed(Rational::from_i64(i64::from(eligc::calendar::add(day, n, *unit).unwrap())))
                    }
                };
                Some(Interval { low: end(&range.low), high: end(&range.high) })
            }
        }
    }
}

/// Whether a length is nothing at all.
fn nothing(length: &Length, half_life: Option<&Interval>) -> Answer {
    match length {
        Length::Calendar(n, _) => Some(*n == 0),
        Length::HalfLives(n) => half_life?
            .mul(&Interval::point(Rational::from_i64(i64::from(*n))))
            .compare(Comparison::Eq, &Interval::point(Rational::zero())),
    }
}

fn holds(looked: &Looked<'_>, relation: &Relation, anchor: &Anchor<'_>) -> Answer {
    let fine =
        lengths(relation).into_iter().any(|length| matches!(length, Length::Calendar(_, unit) if !unit.is_calendar()));
    match anchor {
        Anchor::Date(date) => holds_to(looked, relation, date, None, fine),
        Anchor::Entry(point) => {
            let days = point.days(looked, fine);
            let mut answers: Vec<Answer> =
                days.into_iter().map(|day| holds_to(looked, relation, &point.clock(), Some(day), fine)).collect();
            if !point.entries.iter().any(|(counts, _)| *counts == Some(true)) {
                // Where there is none, nothing is before or after it.
                answers.push(Some(false));
            }
            let first = answers[0];
            if answers.iter().all(|answer| *answer == first) { first } else { None }
        }
    }
}

fn holds_to(
    looked: &Looked<'_>,
    relation: &Relation,
    anchor: &PartialDateTime,
    about: Option<Day>,
    fine: bool,
) -> Answer {
    let half_lives = lengths(relation).into_iter().any(|length| matches!(length, Length::HalfLives(_)));
    if half_lives && looked.half_life.is_none() {
        return None;
    }
    let line = Line { looked, anchor: *anchor, about, fine };
    use Place::{Anchor, End, Start};
    let point = matches!(looked.end, super::record::End::Start);
    match relation {
        Relation::Within { before, after } => {
            let on: Vec<(i64, &Length)> = after.iter().map(|length| (1, length)).collect();
            let back: Vec<(i64, &Length)> = before.iter().map(|length| (-1, length)).collect();
            and([line.reaches(Start, &[], Anchor, &on), line.reaches(Anchor, &back, End, &[])])
        }
        Relation::Before => not(line.at_or_before(Anchor, Start)),
        Relation::After => not(line.at_or_before(Start, Anchor)),
        Relation::At => and([line.at_or_before(Start, Anchor), line.at_or_before(Anchor, Start)]),
        Relation::UpTo => line.at_or_before(Start, Anchor),
        Relation::Current => and([line.at_or_before(Start, Anchor), line.at_or_before(Anchor, End)]),
        Relation::Planned => match looked.planned {
            Some(planned) => Some(planned),
            None => not(line.at_or_before(Start, Anchor)),
        },
        Relation::EarlierBy { strict: false, length } => line.reaches(Start, &[], Anchor, &[(-1, length)]),
        Relation::EarlierBy { strict: true, length } => not(line.reaches(Anchor, &[(-1, length)], Start, &[])),
        Relation::LaterBy { strict: false, length } => line.reaches(Anchor, &[(1, length)], Start, &[]),
        Relation::LaterBy { strict: true, length } => not(line.reaches(Start, &[], Anchor, &[(1, length)])),
        Relation::Throughout { length } => throughout(&line, point, length),
        Relation::Lasting { strict, length } => {
            if point {
                return nothing(length, looked.half_life).map(|nothing| nothing && !strict);
            }
            // What is still running has lasted up to the anchor.
            let until = if matches!(looked.end, super::record::End::Running) { Anchor } else { End };
            if *strict {
                not(line.reaches(until, &[], Start, &[(1, length)]))
            } else {
                line.reaches(Start, &[(1, length)], until, &[])
            }
        }
    }
}

fn throughout(line: &Line<'_>, point: bool, length: &Length) -> Answer {
    use Place::{Anchor, End, Start};
    if point && nothing(length, line.looked.half_life) == Some(false) {
        return Some(false);
    }
    let halves = and([line.reaches(Start, &[], Anchor, &[(-1, length)]), line.at_or_before(Anchor, End)]);
    if halves.is_some() || matches!(line.looked.end, super::record::End::Running) {
        return halves;
    }
    // One and the same anchor serves both halves: it is not later than the last end there can be.
    let last = line.range(End, Anchor).high;
    let anchor = line.range(Anchor, Start).intersect(&Interval { low: Bound::Unbounded, high: last });
    let Some(anchor) = anchor else {
        return Some(false);
    };
    let start = line.range(Start, Anchor);
    let back = line.shift(&anchor, -1, length)?;
    match start.compare(Comparison::Le, &back) {
        Some(false) => Some(false),
        _ => None,
    }
}
