//! Results and entries that count by what they are to each other: the latest of each value of an attribute, different
//! values, results next to each other or far from each other.
//!
//! Only tests that ask for that come here; they look at each pair, and set aside memory.

use crate::calendar::{DayRange, PartialDateTime};
use crate::ir::{Several, Spaced};
use crate::kleene::Tri;
use crate::units::TimeUnit;

/// A result or an entry, as it is compared with the others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    /// Whether it is one of those that are looked at.
    pub(crate) among: Tri,
    /// Whether it answers what is asked of it.
    pub(crate) meets: Tri,
    /// The value of the attribute by which they are told apart; `None` where it is not known.
    pub(crate) value: Option<u16>,
    /// Its date, or its start; the whole line where it has none.
    pub(crate) at: PartialDateTime,
}

/// Which of some candidates count surely, and which may.
#[derive(Debug, Default)]
pub(crate) struct Held {
    pub(crate) sure: Vec<bool>,
    pub(crate) possible: Vec<bool>,
}

fn later(one: &Candidate, other: &Candidate) -> bool {
    let (one, other) = PartialDateTime::comparable_instants(&one.at, &other.at);
    one.first > other.last
}

/// Which candidates count: with `latest` those that no later one of the same value hides; all are of one value where
/// none are told apart (`by`).
pub(crate) fn held(all: &[Candidate], by: bool, latest: bool) -> Held {
    let mut held = Held::default();
    for (at, one) in all.iter().enumerate() {
        let others = || all.iter().enumerate().filter(move |(place, _)| *place != at).map(|(_, other)| other);
        let known = |other: &Candidate| one.value.is_some() && other.value.is_some();
        let same = |other: &Candidate| !by || (known(other) && one.value == other.value);
        let may_be_same = |other: &Candidate| !by || !known(other) || one.value == other.value;
        // Whichever of those that may be as late is the latest, it answers alike.
        let unhidden = || {
            others().all(|other| {
                other.among == Tri::No || !may_be_same(other) || later(one, other) || other.meets == Tri::Yes
            })
        };
        let hidden = || others().any(|other| other.among == Tri::Yes && same(other) && later(other, one));
        held.sure.push(one.among == Tri::Yes && one.meets == Tri::Yes && (!latest || unhidden()));
        held.possible.push(one.among != Tri::No && one.meets != Tri::No && !(latest && hidden()));
    }
    held
}

/// How many values the candidates of which `counts` says so have: at least, and at most.
pub(crate) fn values(all: &[Candidate], counts: &[bool]) -> (u64, u64) {
    let mut known: Vec<u16> = Vec::new();
    let mut unknown = 0;
    for (one, _) in all.iter().zip(counts).filter(|(_, counts)| **counts) {
        match one.value {
            Some(value) if known.contains(&value) => {}
            Some(value) => known.push(value),
            None => unknown += 1,
        }
    }
    let known = u64::try_from(known.len()).unwrap_or(u64::MAX);
    (known.max(u64::from(unknown > 0)), known.saturating_add(unknown))
}

/// Whether so many candidates answer yes; unknown where none is sure to be looked at, as of any fact.
pub(crate) fn several(all: &[Candidate], asked: Several) -> Tri {
    let Several { at_most, count, spaced } = asked;
    let wanted = count as usize;
    let (sure, most) = match spaced {
        Spaced::Free => {
            let yes = |one: &&Candidate| one.among == Tri::Yes && one.meets == Tri::Yes;
            let may = |one: &&Candidate| one.among != Tri::No && one.meets != Tri::No;
            (all.iter().filter(yes).count(), all.iter().filter(may).count())
        }
        Spaced::Consecutive => consecutive(all),
        Spaced::Apart(length, unit) => apart(all, i64::from(length), unit),
    };
    let some_sure = all.iter().any(|one| one.among == Tri::Yes);
    let (yes, no) = if at_most { (most <= wanted, sure > wanted) } else { (sure >= wanted, most < wanted) };
    // One side follows from results that are sure to count, the other from how few there are.
    let (few, many) = if at_most { (yes, no) } else { (no, yes) };
    if many {
        Tri::of(!at_most)
    } else if few && some_sure {
        Tri::of(at_most)
    } else {
        Tri::Unknown
    }
}

/// The instants that each candidate may be of, on one clock: where some have an offset and others have none, those
/// without may be as far off as an offset can be.
fn instants(all: &[Candidate]) -> Vec<(i64, i64)> {
    let with = all.iter().map(|one| &one.at).find(|at| at.has_offset());
    let on_clock = |one: &Candidate| {
        let range = match with {
            Some(other) => PartialDateTime::comparable_instants(&one.at, other).0,
            None => one.at.instants(),
        };
        (range.first, range.last)
    };
    all.iter().map(on_clock).collect()
}

/// The longest run of candidates next to each other in time that all answer yes: as long as it surely is, and as it may be.
fn consecutive(all: &[Candidate]) -> (usize, usize) {
    let ranges = instants(all);
    let with = |wanted: &dyn Fn(&Candidate) -> bool| -> Vec<(i64, i64)> {
        all.iter().zip(&ranges).filter(|(one, _)| wanted(one)).map(|(_, range)| *range).collect()
    };
    let good = with(&|one| one.among == Tri::Yes && one.meets == Tri::Yes);
    let breakers = with(&|one| one.among != Tri::No && one.meets != Tri::Yes);
    // From the start of each: as many as lie before whatever may break it.
    let sure = good.iter().map(|(from, _)| {
        let end = breakers.iter().filter(|(_, last)| last >= from).map(|(first, _)| *first).min();
        good.iter().filter(|(first, last)| first >= from && end.is_none_or(|end| *last < end)).count()
    });
    let may = with(&|one| one.among != Tri::No && one.meets != Tri::No);
    let between = with(&|one| one.among == Tri::Yes && one.meets == Tri::No);
    let most = may.iter().map(|(_, from)| {
        let end = between.iter().filter(|(first, _)| first > from).map(|(_, last)| *last).min();
        may.iter().filter(|(first, last)| last >= from && end.is_none_or(|end| *first <= end)).count()
    });
    (sure.max().unwrap_or(0), most.max().unwrap_or(0))
}

/// How many candidates that answer yes lie so far from each other, each from each: surely, and at most.
fn apart(all: &[Candidate], length: i64, unit: TimeUnit) -> (usize, usize) {
    let days = |wanted: &dyn Fn(&Candidate) -> bool| -> Vec<DayRange> {
        all.iter().filter(|one| wanted(one)).map(|one| one.at.days()).collect()
    };
    let mut good = days(&|one| one.among == Tri::Yes && one.meets == Tri::Yes);
    good.sort_by_key(|range| (range.last, range.first));
    let mut sure = 0;
    // Not before this day.
    let mut next = i32::MIN;
    for range in good {
        if sure == 0 || range.first >= next {
            sure += 1;
            next = range.shift(length, unit).last;
        }
    }
    let may = days(&|one| one.among != Tri::No && one.meets != Tri::No);
    let dated = |range: &&DayRange| range.first != i32::MIN && range.last != i32::MAX;
    let undated = may.len() - may.iter().filter(dated).count();
    let mut most = 0;
    let mut next = i32::MIN;
    // The earliest day on which one more can be; one that may be on many days is not used up, so that it is never fewer.
    while most < may.len() {
        let on = |range: &DayRange| (range.last >= next).then(|| range.first.max(next));
        let Some(day) = may.iter().filter(dated).filter_map(on).min() else {
            break;
        };
        most += 1;
        next = DayRange::of(day).shift(length, unit).first;
    }
    (sure, (most + undated).min(may.len()))
}
