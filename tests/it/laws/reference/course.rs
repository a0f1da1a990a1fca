//! Courses, by the manual: entries that touch, put together pair by pair.

use eligc::calendar::{PartialDateTime, add};
use eligc::ir::{Length, Relation};
use eligc::typed::Program;

use super::record::End;
use super::{Answer, Entry, and, not, or, time};

/// Whole days or seconds, the ends of `i64` being no end.
type Range = (i64, i64);

/// An entry that may be part of a course.
pub struct Stretch<'r> {
    pub entry: &'r Entry,
    /// That it meets the filter.
    pub member: Answer,
}

/// A relation to the date of an anchor.
pub type Asked<'p> = (&'p Relation, PartialDateTime);

/// Whether an earlier start can keep a relation from holding.
pub fn begins_late(relation: &Relation) -> bool {
    matches!(relation, Relation::After | Relation::At | Relation::Planned | Relation::LaterBy { .. })
}

fn day(day: i32) -> i64 {
    match day {
        i32::MIN => i64::MIN,
        i32::MAX => i64::MAX,
        day => i64::from(day),
    }
}

fn days(date: &PartialDateTime) -> Range {
    (day(date.first_day()), day(date.last_day()))
}

/// Each narrows the other: nothing ends before it starts.
fn narrowed(start: Range, end: Range) -> (Range, Range) {
    ((start.0, start.1.min(end.1).max(start.0)), (end.0.max(start.0).min(end.1), end.1))
}

fn start_and_end(entry: &Entry) -> (Range, Range) {
    let start = days(&entry.start);
    match &entry.end {
        End::Start => (start, start),
        End::Running => (start, (i64::MAX, i64::MAX)),
        End::Unknown => (start, (start.0, i64::MAX)),
        End::On(end) => narrowed(start, days(end)),
    }
}

/// Whether no more than `gap` days lie between two stretches.
fn touch(one: Range, other: Range, gap: u32) -> bool {
    let near = |end: i64, start: i64| start.saturating_sub(i64::from(gap) + 1) <= end;
    near(one.1, other.0) && near(other.1, one.0)
}

/// The stretches put together, each by its place.
fn together(stretches: &[(usize, Range)], gap: u32) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<(usize, Range)>> = Vec::new();
    for stretch in stretches {
        let (joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.iter().any(|other| touch(stretch.1, other.1, gap)));
        groups = apart;
        groups.push(joined.into_iter().flatten().chain([*stretch]).collect());
    }
    groups.into_iter().map(|group| group.into_iter().map(|(at, _)| at).collect()).collect()
}

/// Whether some course of these entries stands so.
pub fn course(program: &Program, stretches: &[Stretch<'_>], gap: u32, asked: &[Asked<'_>]) -> Answer {
    let ranges: Vec<(Range, Range)> = stretches.iter().map(|stretch| start_and_end(stretch.entry)).collect();
    let longest: Vec<(usize, Range)> =
        ranges.iter().enumerate().map(|(at, (start, end))| (at, (start.0, end.1))).collect();
    // What is there on some day in every case.
    let surely = |at: usize| Some((ranges[at].0.1, ranges[at].1.0)).filter(|(from, to)| from <= to);
    let sure: Vec<usize> = (0..stretches.len()).filter(|at| stretches[*at].member == Some(true)).collect();
    let shortest: Vec<(usize, Range)> = sure.iter().filter_map(|at| Some((*at, surely(*at)?))).collect();
    let mut courses = together(&shortest, gap);
    let touched = |at: usize| -> Vec<&Vec<usize>> {
        let here = surely(at);
        let near = |other: &usize| here.is_some_and(|here| touch(here, surely(*other).unwrap(), gap));
        courses.iter().filter(|course| course.iter().any(near)).collect()
    };
    let late = asked.iter().any(|(relation, _)| begins_late(relation));
    let first: Vec<bool> = (0..stretches.len())
        .map(|at| {
            let earlier = |other: &usize| {
                ranges[*other].0.1 < ranges[at].0.0
                    || PartialDateTime::instant_before(&stretches[*other].entry.start, &stretches[at].entry.start)
                        == Some(true)
            };
            !late || !touched(at).into_iter().flatten().any(earlier)
        })
        .collect();
    courses.extend(sure.iter().filter(|at| surely(**at).is_none()).map(|at| vec![*at]));
    or(together(&longest, gap).into_iter().map(|possible| {
        if let [one] = possible.as_slice() {
            let Stretch { entry, member } = &stretches[*one];
            let stands = asked
                .iter()
                .map(|(relation, anchor)| time::of_entry(program, entry, relation, &time::Anchor::Date(*anchor)));
            return and([*member].into_iter().chain(stands));
        }
        let windows: Vec<Window<'_>> = asked.iter().map(|asked| Window::new(*asked, &possible, stretches)).collect();
        let place = |at: &usize| possible.iter().position(|other| other == at).unwrap();
        let here = courses.iter().filter(|course| possible.contains(&course[0]));
        let beginnings: Vec<usize> =
            possible.iter().enumerate().filter(|(_, member)| first[**member]).map(|(at, _)| at).collect();
        let mut here = here.map(|course| course.iter().map(place).collect::<Vec<usize>>());
        let yes = here.any(|course| windows.iter().all(|window| window.of_all(&course, &beginnings) == Some(true)));
        let may = beginnings.iter().any(|at| windows.iter().all(|window| window.from(*at) != Some(false)));
        if yes {
            Some(true)
        } else if may {
            None
        } else {
            Some(false)
        }
    }))
}

/// The members of a course as a relation sees them.
struct Window<'p> {
    relation: &'p Relation,
    starts: Vec<Range>,
    ends: Vec<Range>,
    marks: Vec<Option<bool>>,
    anchor: Range,
}

impl<'p> Window<'p> {
    fn new((relation, anchor): Asked<'p>, members: &[usize], stretches: &[Stretch<'_>]) -> Window<'p> {
        let fine = time::lengths(relation).iter().any(|length| !length_in_days(length));
        let itself = matches!(relation, Relation::Lasting { .. });
        let entries: Vec<&Entry> = members.iter().map(|at| stretches[*at].entry).collect();
        let dates = entries.iter().flat_map(|entry| {
            let end = match &entry.end {
                End::On(end) => Some(*end),
                End::Running => Some(anchor),
                End::Start | End::Unknown => None,
            };
            std::iter::once(entry.start).chain(end)
        });
        let clock = dates.into_iter().find(PartialDateTime::has_offset).unwrap_or(PartialDateTime::whole_line());
        let against = if itself { clock } else { anchor };
        let range = |date: &PartialDateTime, against: &PartialDateTime| {
            if !fine {
                return days(date);
            }
            let instants = PartialDateTime::comparable_instants(date, against).0;
            (instants.first, instants.last)
        };
        let mut window =
            Window { relation, starts: Vec::new(), ends: Vec::new(), marks: Vec::new(), anchor: (i64::MAX, i64::MIN) };
        for entry in entries {
            let seen_from = match &entry.end {
                _ if itself => clock,
                End::On(end) if end.has_offset() => *end,
                _ => entry.start,
            };
            let seen = range(&anchor, &seen_from);
            window.anchor = (window.anchor.0.min(seen.0), window.anchor.1.max(seen.1));
            let start = range(&entry.start, &against);
            let (start, end) = match &entry.end {
                End::Start => (start, start),
                // It lasts up to its own start, where that is behind the anchor.
                End::Running if itself => (start, (seen.0.max(start.0), seen.1.max(start.1))),
                End::Running => (start, (i64::MAX, i64::MAX)),
                End::Unknown => (start, (start.0, i64::MAX)),
                End::On(end) => {
                    let one_clock = !fine || end.has_offset() == entry.start.has_offset();
                    let end = range(end, &against);
                    if one_clock { narrowed(start, end) } else { (start, end) }
                }
            };
            window.starts.push(start);
            window.ends.push(end);
            window.marks.push(entry.planned);
        }
        window
    }

    fn last_end(&self) -> i64 {
        self.ends.iter().map(|end| end.1).max().unwrap()
    }

    /// Of a course that holds these members and begins with one of those.
    fn of_all(&self, members: &[usize], beginnings: &[usize]) -> Answer {
        if matches!(self.relation, Relation::Planned) {
            let answers: Vec<Answer> =
                beginnings.iter().map(|at| self.stands(self.starts[*at], self.ends[*at], self.marks[*at])).collect();
            return answers.iter().all(|answer| *answer == answers[0]).then(|| answers[0])?;
        }
        let start = (
            beginnings.iter().map(|at| self.starts[*at].0).min().unwrap(),
            members.iter().map(|at| self.starts[*at].1).min().unwrap(),
        );
        let end = (members.iter().map(|at| self.ends[*at].0).max().unwrap(), self.last_end());
        self.stands(start, end, None)
    }

    /// Of a course that begins with this member.
    fn from(&self, at: usize) -> Answer {
        self.stands(self.starts[at], (self.ends[at].0, self.last_end()), self.marks[at])
    }

    fn stands(&self, start: Range, end: Range, mark: Option<bool>) -> Answer {
        let anchor = self.anchor;
        let moved = |range: Range, sign: i64, length: &Option<Length>| match length {
            Some(length) => (moved(range.0, sign, length), moved(range.1, sign, length)),
            None => range,
        };
        let by = |range, sign, length: &Length| moved(range, sign, &Some(length.clone()));
        match self.relation {
            Relation::Within { before, after } => {
                and([up_to(start, moved(anchor, 1, after)), up_to(moved(anchor, -1, before), end)])
            }
            Relation::Before => not(up_to(anchor, start)),
            Relation::After => not(up_to(start, anchor)),
            Relation::At => and([up_to(start, anchor), up_to(anchor, start)]),
            Relation::UpTo => up_to(start, anchor),
            Relation::Current => and([up_to(start, anchor), up_to(anchor, end)]),
            Relation::Planned => mark.or_else(|| not(up_to(start, anchor))),
            Relation::EarlierBy { strict: false, length } => up_to(start, by(anchor, -1, length)),
            Relation::EarlierBy { strict: true, length } => not(up_to(by(anchor, -1, length), start)),
            Relation::LaterBy { strict: false, length } => up_to(by(anchor, 1, length), start),
            Relation::LaterBy { strict: true, length } => not(up_to(start, by(anchor, 1, length))),
            Relation::Throughout { length } => {
                // An anchor later than the last end serves nobody.
                let last = anchor.1.min(end.1).max(anchor.0);
                let begun = match up_to(start, by(anchor, -1, length)) {
                    None if up_to(start, by((anchor.0, last), -1, length)) == Some(false) => Some(false),
                    begun => begun,
                };
                and([begun, up_to(anchor, end)])
            }
            Relation::Lasting { strict: false, length } => up_to(by(start, 1, length), end),
            Relation::Lasting { strict: true, length } => not(up_to(end, by(start, 1, length))),
        }
    }
}

fn up_to(one: Range, other: Range) -> Answer {
    if one.1 <= other.0 {
        Some(true)
    } else if one.0 > other.1 {
        Some(false)
    } else {
        None
    }
}

fn length_in_days(length: &Length) -> bool {
    match length {
        Length::Calendar(_, unit) => unit.is_calendar(),
        Length::HalfLives(_) => panic!("a course has no half-life"),
    }
}

fn moved(tick: i64, sign: i64, length: &Length) -> i64 {
    let Length::Calendar(n, unit) = length else { panic!("a course has no half-life") };
    if tick == i64::MIN || tick == i64::MAX {
        return tick;
    }
    match unit.seconds() {
        Some(second) if !unit.is_calendar() => tick + sign * i64::from(*n) * second,
        _ => i64::from(add(i32::try_from(tick).unwrap(), sign * i64::from(*n), *unit).unwrap()),
    }
}
