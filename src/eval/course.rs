//! Courses: stretches that touch are one, and a course stands to anchors as one stretch does.
//!
//! Where dates are vague, or it is not known whether a stretch counts, the stretches are put together twice: those that
//! may count, each as long as it may be, and those that surely count, each as short. What touches among the second
//! touches in every case, what does not among the first touches in none. A course of the second is in one of the first,
//! which tells how early it may begin and how late it may end.

use super::anchor_time::AnchorTime;
use super::moment::{SpanEnd, Ticks, TimeSpan};
use super::time::{self, Timeline};
use crate::calendar::{DayRange, PartialDateTime};
use crate::ir::Relation;
use crate::kleene::Tri;
use crate::record::model::Record;
use crate::tree::AnchorId;

/// A stretch that may be part of a course.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    pub(crate) span: TimeSpan,
    /// It surely counts.
    pub(crate) sure: bool,
}

/// What is asked of a course.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// So many days may lie between two stretches that touch.
    pub(crate) gap: u32,
    /// How it stands to which anchor.
    pub(crate) windows: &'a [(Relation, AnchorId)],
    /// Where the anchors are.
    pub(crate) record: &'a Record,
}

impl Asked<'_> {
    /// Whether there is such a course of these stretches.
    pub(crate) fn of(self, stretches: &[Stretch]) -> Tri {
        match stretches {
            [] => Tri::No,
            [one] => self.alone(one),
            _ => Courses::new(stretches, self.gap).answer(self),
        }
    }

    /// Whether more stretches could keep a course from standing so: they may let it begin earlier.
    pub(crate) fn begins_late(self) -> bool {
        self.windows.iter().any(|(relation, _)| relation.begins_late())
    }

    /// A course that is one stretch.
    fn alone(self, stretch: &Stretch) -> Tri {
        self.windows.iter().fold(if stretch.sure { Tri::Yes } else { Tri::Unknown }, |answer, (relation, anchor)| {
            match answer {
                Tri::No => Tri::No,
                Tri::Yes | Tri::Unknown => {
                    let anchor = AnchorTime::Date(self.record.anchor(*anchor));
                    answer.and(time::stands(&stretch.span, relation, &anchor, None))
                }
            }
        })
    }
}

/// The days of a stretch: those on which it may start and end.
#[derive(Debug, Clone, Copy)]
struct Days {
    start: DayRange,
    end: DayRange,
}

impl Days {
    fn of(span: &TimeSpan) -> Days {
        let start = span.start.days();
        match span.end {
            SpanEnd::Point => Days { start, end: start },
            SpanEnd::Running => Days { start, end: DayRange { first: i32::MAX, last: i32::MAX } },
            SpanEnd::Unknown => Days { start, end: DayRange { first: start.first, last: i32::MAX } },
            SpanEnd::At(end) => {
                // Nothing ends before it starts.
                let end = end.days();
                Days {
                    start: DayRange { first: start.first, last: start.last.min(end.last).max(start.first) },
                    end: DayRange { first: end.first.max(start.first).min(end.last), last: end.last },
                }
            }
        }
    }
}

/// Stretches that touch, by their places.
#[derive(Debug)]
pub(crate) struct Chain {
    from: i64,
    to: i64,
    /// In the order in which they start.
    pub(crate) members: Vec<usize>,
}

fn chains(mut stretches: Vec<(i64, i64, usize)>, gap: u32) -> Vec<Chain> {
    stretches.sort_unstable();
    let mut chains: Vec<Chain> = Vec::new();
    for (from, to, place) in stretches {
        match chains.last_mut() {
            Some(chain) if from <= chain.to + i64::from(gap) + 1 => {
                chain.to = chain.to.max(to);
                chain.members.push(place);
            }
            _ => chains.push(Chain { from, to, members: vec![place] }),
        }
    }
    chains
}

/// Stretches put together.
pub(crate) struct Courses<'s> {
    stretches: &'s [Stretch],
    days: Vec<Days>,
    gap: u32,
    /// Of those that may count, each as long as it may be.
    pub(crate) possible: Vec<Chain>,
    /// Of those that surely count, each as short as it may be; each with the one of the others that it is in.
    sure: Vec<(Chain, usize)>,
}

impl<'s> Courses<'s> {
    pub(crate) fn new(stretches: &'s [Stretch], gap: u32) -> Courses<'s> {
        let days: Vec<Days> = stretches.iter().map(|stretch| Days::of(&stretch.span)).collect();
        let whole = days.iter().enumerate();
        let possible = chains(
            whole.map(|(place, days)| (i64::from(days.start.first), i64::from(days.end.last), place)).collect(),
            gap,
        );
        let mut within = vec![0; stretches.len()];
        for (number, chain) in possible.iter().enumerate() {
            for member in &chain.members {
                if let Some(within) = within.get_mut(*member) {
                    *within = number;
                }
            }
        }
        // What may start later than it ends covers no day surely: it is a course of its own, or part of one, but joins none.
        let mut cut = Vec::with_capacity(stretches.len());
        let mut loose = Vec::new();
        for (place, (stretch, days)) in stretches.iter().zip(&days).enumerate() {
            let (from, to) = (i64::from(days.start.last), i64::from(days.end.first));
            if stretch.sure && from <= to {
                cut.push((from, to, place));
            } else if stretch.sure {
                loose.push(Chain { from, to, members: vec![place] });
            }
        }
        let sure = chains(cut, gap)
            .into_iter()
            .chain(loose)
            .map(|chain| {
                let number = chain.members.first().and_then(|member| within.get(*member)).copied().unwrap_or_default();
                (chain, number)
            })
            .collect();
        Courses { stretches, days, gap, possible, sure }
    }

    fn answer(&self, asked: Asked<'_>) -> Tri {
        let mut answer = Tri::No;
        for number in 0..self.possible.len() {
            match self.answer_of(number, asked) {
                Tri::Yes => return Tri::Yes,
                Tri::Unknown => answer = Tri::Unknown,
                Tri::No => {}
            }
        }
        answer
    }

    /// What the courses that may be made of one chain of the possible ones answer.
    pub(crate) fn answer_of(&self, number: usize, asked: Asked<'_>) -> Tri {
        let Some(chain) = self.possible.get(number) else {
            return Tri::No;
        };
        let members: Vec<(usize, &Stretch)> =
            chain.members.iter().filter_map(|place| Some((*place, self.stretches.get(*place)?))).collect();
        if let [(_, one)] = members.as_slice() {
            return asked.alone(one);
        }
        // Where an earlier start keeps nothing from holding, the earliest of them tells.
        let late = asked.begins_late();
        let first: Vec<bool> =
            members.iter().map(|(place, stretch)| !late || self.may_be_first(*place, stretch)).collect();
        let windows: Vec<InWindow<'_>> =
            asked.windows.iter().map(|(relation, anchor)| InWindow::new(relation, *anchor, &members, asked)).collect();
        let mut places = vec![0; self.stretches.len()];
        for (at, (place, _)) in members.iter().enumerate() {
            if let Some(here) = places.get_mut(*place) {
                *here = at;
            }
        }
        for (sure, _) in self.sure.iter().filter(|(_, within)| *within == number) {
            let surely: Vec<usize> = sure.members.iter().filter_map(|place| places.get(*place).copied()).collect();
            if windows.iter().all(|window| window.surely(&surely, &first) == Tri::Yes) {
                return Tri::Yes;
            }
        }
        let may = |at: usize| windows.iter().all(|window| window.may(at));
        let possible = first.iter().enumerate().any(|(at, first)| *first && may(at));
        if possible { Tri::Unknown } else { Tri::No }
    }

    /// Whether a course may begin with this stretch: unless it surely touches what surely starts earlier.
    fn may_be_first(&self, place: usize, stretch: &Stretch) -> bool {
        let Some(days) = self.days.get(place) else {
            return true;
        };
        let (from, to) = (i64::from(days.start.last), i64::from(days.end.first));
        if from > to {
            return true;
        }
        let reach = i64::from(self.gap) + 1;
        let touched = self.sure.iter().map(|(chain, _)| chain).filter(|chain| {
            // What covers no day surely touches nothing surely.
            chain.from <= chain.to && chain.from <= to + reach && from <= chain.to + reach
        });
        for chain in touched {
            if chain.from < i64::from(days.start.first) {
                return false;
            }
            // On one day the clock tells, as far as it is given.
            let same_day = chain.members.iter().take_while(|member| {
                self.days.get(**member).is_some_and(|other| i64::from(other.start.last) == chain.from)
            });
            for other in same_day.filter_map(|member| self.stretches.get(*member)) {
                if PartialDateTime::instant_before(&other.span.start, &stretch.span.start) == Some(true) {
                    return false;
                }
            }
        }
        true
    }
}

/// The members of a course in one window.
struct InWindow<'a> {
    relation: &'a Relation,
    /// When each of them starts and ends.
    lines: Vec<Timeline>,
    planned: Vec<Option<bool>>,
    /// The latest time that the course may end.
    last: i64,
}

impl<'a> InWindow<'a> {
    fn new(relation: &'a Relation, anchor: AnchorId, members: &[(usize, &Stretch)], asked: Asked<'_>) -> InWindow<'a> {
        let anchor = asked.record.anchor(anchor);
        let beside = beside(members, anchor.as_ref());
        let lines: Vec<Timeline> = members
            .iter()
            .map(|(_, stretch)| time::of_course(&stretch.span, relation, anchor.as_ref(), &beside))
            .collect();
        InWindow {
            relation,
            planned: members.iter().map(|(_, stretch)| stretch.span.planned).collect(),
            last: lines.iter().map(|line| line.end.last).max().unwrap_or(i64::MAX),
            lines,
        }
    }

    /// What every course answers that holds these members, and begins with one of those that may be first.
    fn surely(&self, members: &[usize], first: &[bool]) -> Tri {
        let beginnings = || self.lines.iter().zip(first).filter(|(_, first)| **first).map(|(line, _)| line);
        if self.relation.elaborate().of_a_mark() {
            let marks = self.planned.iter().zip(first).filter(|(_, first)| **first).map(|(planned, _)| planned);
            return beginnings()
                .zip(marks)
                .map(|(line, planned)| time::course_stands(line, *planned, self.relation))
                .reduce(|one, other| if one == other { one } else { Tri::Unknown })
                .unwrap_or(Tri::Unknown);
        }
        let of = |at: &usize| self.lines.get(*at);
        let Some(any) = members.first().and_then(of) else {
            return Tri::Unknown;
        };
        let surely = || members.iter().filter_map(of);
        let course = Timeline {
            start: Ticks {
                first: beginnings().map(|line| line.start.first).min().unwrap_or(i64::MIN),
                last: surely().map(|line| line.start.last).min().unwrap_or(i64::MAX),
            },
            end: Ticks { first: surely().map(|line| line.end.first).max().unwrap_or(i64::MIN), last: self.last },
            anchor: self.anchor(),
            ..*any
        };
        time::course_stands(&course, None, self.relation)
    }

    /// Whether a course that begins with this member may answer yes.
    fn may(&self, at: usize) -> bool {
        let (Some(line), Some(planned)) = (self.lines.get(at), self.planned.get(at)) else {
            return true;
        };
        let course = Timeline { end: Ticks { first: line.end.first, last: self.last }, anchor: self.anchor(), ..*line };
        time::course_stands(&course, *planned, self.relation) != Tri::No
    }

    /// Wherever one of the members sees it.
    fn anchor(&self) -> Ticks {
        Ticks {
            first: self.lines.iter().map(|line| line.anchor.first).min().unwrap_or(i64::MIN),
            last: self.lines.iter().map(|line| line.anchor.last).max().unwrap_or(i64::MAX),
        }
    }
}

/// A date of the members that has an offset from UTC, where one has; what runs ends at the anchor.
fn beside(members: &[(usize, &Stretch)], anchor: Option<&PartialDateTime>) -> PartialDateTime {
    let dates = members.iter().flat_map(|(_, stretch)| {
        let end = match &stretch.span.end {
            SpanEnd::At(end) => Some(end),
            SpanEnd::Running => anchor,
            SpanEnd::Point | SpanEnd::Unknown => None,
        };
        std::iter::once(&stretch.span.start).chain(end)
    });
    dates.into_iter().find(|date| date.has_offset()).copied().unwrap_or(PartialDateTime::whole_line())
}
