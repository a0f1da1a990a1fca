//! Results and entries that stand for others, said world by world where there are few, and by bounds where not.
//!
//! What may be is worked out from every value that each entry may have and every order that their dates allow of two of
//! them; what is sure is what holds in all.

use eligc::calendar::{DayRange, PartialDateTime};
use eligc::ir::{Quantifier, Several, Spaced};
use eligc::number::Comparison;
use eligc::typed::{AttributeRead, Choice, Condition, FactRead};
use eligc::units::TimeUnit;
use eligc::vocab::{KindId, Type};

use super::{Answer, Entry, Reading, Reference, Scope, Value, counted};

/// A result or an entry among others.
struct One {
    among: Answer,
    meets: Answer,
    /// `None` where it is not known.
    value: Option<String>,
    at: PartialDateTime,
}

fn word(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Word(word) => Some(word.clone()),
        Value::Flag(flag) => Some(flag.to_string()),
        other => panic!("told apart by {other:?}"),
    }
}

fn surely_later(one: &One, other: &One) -> bool {
    PartialDateTime::instant_before(&other.at, &one.at) == Some(true)
}

impl One {
    fn may_be(&self, value: &str) -> bool {
        self.among != Some(false) && self.value.as_deref().is_none_or(|own| own == value)
    }

    fn surely_is(&self, value: &str) -> bool {
        self.among == Some(true) && self.value.as_deref() == Some(value)
    }
}

/// Whether the latest of one value answers yes: `None` where there may be none, or it is not known which.
fn latest_of(all: &[One], value: &str) -> Answer {
    let hidden = |one: &One| all.iter().any(|other| other.surely_is(value) && surely_later(other, one));
    let candidates: Vec<&One> = all.iter().filter(|one| one.may_be(value) && !hidden(one)).collect();
    if candidates.iter().all(|one| one.meets == Some(false)) {
        return Some(false);
    }
    let there = all.iter().any(|one| one.surely_is(value));
    (there && candidates.iter().all(|one| one.meets == Some(true))).then_some(true)
}

/// Whether at least one entry surely is the latest of its value, whichever that is, and answers yes.
fn some_latest(all: &[One]) -> bool {
    all.iter().enumerate().any(|(at, one)| {
        one.among == Some(true)
            && one.meets == Some(true)
            && all.iter().enumerate().all(|(place, other)| {
                let same = match (&one.value, &other.value) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                place == at
                    || other.among == Some(false)
                    || !same
                    || surely_later(one, other)
                    || other.meets == Some(true)
            })
    })
}

/// How many values count, at least and at most.
fn values_counting(all: &[One], values: &[String], latest: bool) -> (usize, usize) {
    let answer = |value: &String| {
        if latest {
            return latest_of(all, value);
        }
        let counts = |one: &One| one.meets == Some(true) && one.surely_is(value);
        let may = |one: &One| one.meets != Some(false) && one.may_be(value);
        match (all.iter().any(counts), all.iter().any(may)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    };
    let answers: Vec<Answer> = values.iter().map(answer).collect();
    let sure = answers.iter().filter(|answer| **answer == Some(true)).count();
    let some = if latest {
        some_latest(all)
    } else {
        all.iter().any(|one| one.among == Some(true) && one.meets == Some(true))
    };
    // One of which the value is not known is of one only.
    let named = values.iter().filter(|value| {
        all.iter().any(|one| {
            let hidden = || all.iter().any(|other| other.surely_is(value) && surely_later(other, one));
            one.among != Some(false)
                && one.meets != Some(false)
                && one.value.as_ref() == Some(value)
                && !(latest && hidden())
        })
    });
    let unnamed = all.iter().filter(|one| one.among != Some(false) && one.meets != Some(false) && one.value.is_none());
    (sure.max(usize::from(some)), (named.count() + unnamed.count()).min(values.len()))
}

impl Reference<'_> {
    /// How many entries, or kinds, count.
    pub(super) fn entries(
        &self,
        kinds: &[KindId],
        filter: Option<&Condition>,
        asked: &dyn Fn(&Entry) -> bool,
        distinct: bool,
        comparison: Comparison,
        count: u32,
    ) -> Answer {
        let mut sure = 0;
        let mut most = Some(0);
        for kind in kinds {
            let members: Vec<Answer> = self.patient.entries[*kind]
                .iter()
                .filter(|entry| asked(entry))
                .map(|entry| filter.map_or(Some(true), |filter| self.condition(filter, Scope::Entry(entry))))
                .collect();
            let yes = members.iter().filter(|member| **member == Some(true)).count();
            let open = members.iter().filter(|member| member.is_none()).count();
            let complete = self.patient.complete[*kind];
            if distinct {
                sure += usize::from(yes > 0);
                let may = yes > 0 || open > 0 || !complete;
                most = most.map(|most| most + usize::from(may));
            } else {
                sure += yes;
                most = most.filter(|_| complete).map(|most| most + yes + open);
            }
        }
        counted(comparison, sure, most, count as usize)
    }

    pub(super) fn chosen(
        &self,
        kinds: &[KindId],
        filter: Option<&Condition>,
        asked: &dyn Fn(&Entry) -> bool,
        choice: &Choice,
        comparison: Comparison,
        count: u32,
    ) -> Answer {
        let answer = |condition: Option<&Condition>, entry: &Entry| {
            condition.map_or(Some(true), |condition| self.condition(condition, Scope::Entry(entry)))
        };
        let mut all = Vec::new();
        for kind in kinds {
            for entry in self.patient.entries[*kind].iter().filter(|entry| asked(entry)) {
                let among = answer(choice.among.as_deref(), entry);
                let value = match &choice.by {
                    Some(by) => word(entry.attributes.get(&by.name)),
                    None => Some("one".to_owned()),
                };
                all.push(One { among, meets: answer(filter, entry), value, at: entry.start });
            }
        }
        let values = match &choice.by {
            None => vec!["one".to_owned()],
            Some(by) => self.values_of(&self.program.vocabulary.kinds[kinds[0]].attribute(&by.name).unwrap().ty, by),
        };
        let closed = kinds.iter().all(|kind| self.patient.complete[*kind]);
        let (sure, most) = values_counting(&all, &values, choice.latest);
        let sure = if closed || !choice.latest { sure } else { 0 };
        let most = if closed { most } else { values.len() };
        counted(comparison, sure, Some(most), count as usize)
    }

    fn values_of(&self, ty: &Type, by: &AttributeRead) -> Vec<String> {
        match ty {
            Type::Coded(values) | Type::Ordinal { levels: values, .. } => values.clone(),
            Type::YesNo => vec!["true".to_owned(), "false".to_owned()],
            other => panic!("told apart by {}: {other:?}", by.name),
        }
    }

    fn results(&self, read: &FactRead, ask: &dyn Fn(&Reading) -> Answer) -> Vec<One> {
        let one = |reading: &Reading| One {
            among: self.member(read, reading),
            meets: ask(reading),
            value: read.by.as_ref().and_then(|by| word(reading.attributes.get(&by.name))),
            at: reading.at.unwrap_or(PartialDateTime::whole_line()),
        };
        self.patient.readings[read.fact].iter().map(one).collect()
    }

    /// `any latest x by a`, `every latest x by a`.
    pub(super) fn latest_of_each(&self, read: &FactRead, ask: &dyn Fn(&Reading) -> Answer) -> Answer {
        let every = read.quantifier == Quantifier::Every;
        let wanted = |reading: &Reading| if every { ask(reading).map(|yes| !yes) } else { ask(reading) };
        let all = self.results(read, &wanted);
        let by = read.by.as_ref().unwrap();
        let ty = &self.program.vocabulary.facts[read.fact].attribute(&by.name).unwrap().ty;
        let (sure, most) = values_counting(&all, &self.values_of(ty, by), true);
        let some = all.iter().any(|one| one.among == Some(true));
        match (sure, most) {
            (1.., _) => Some(!every),
            (_, 0) if some => Some(every),
            _ => None,
        }
    }

    pub(super) fn several(&self, read: &FactRead, asked: Several, ask: &dyn Fn(&Reading) -> Answer) -> Answer {
        let all = self.results(read, ask);
        let (sure, most) = match asked.spaced {
            Spaced::Free => {
                let yes = |one: &&One| one.among == Some(true) && one.meets == Some(true);
                let may = |one: &&One| one.among != Some(false) && one.meets != Some(false);
                (all.iter().filter(yes).count(), all.iter().filter(may).count())
            }
            Spaced::Consecutive => consecutive(&all),
            Spaced::Apart(length, unit) => apart(&all, i64::from(length), unit),
        };
        let wanted = asked.count as usize;
        let answer = counted(if asked.at_most { Comparison::Le } else { Comparison::Ge }, sure, Some(most), wanted);
        // How few they are says something only where there is one.
        let from_few = answer == Some(asked.at_most);
        answer.filter(|_| !from_few || all.iter().any(|one| one.among == Some(true)))
    }
}

/// The first and last instant of each, on one clock.
fn instants(all: &[One]) -> Vec<(i64, i64)> {
    let mixed = all.iter().any(|one| one.at.has_offset());
    let widest = if mixed { 14 * 3600 } else { 0 };
    let range = |one: &One| {
        let range = one.at.instants();
        let by = if one.at.has_offset() { 0 } else { widest };
        let far = |end: i64, by: i64| if matches!(end, i64::MIN | i64::MAX) { end } else { end + by };
        (far(range.first, -by), far(range.last, by))
    };
    all.iter().map(range).collect()
}

/// The longest run, surely and at most: every stretch from the start of one result to the end of another is looked at.
fn consecutive(all: &[One]) -> (usize, usize) {
    let ranges = instants(all);
    let (mut sure, mut most) = (0, 0);
    for (from, _) in &ranges {
        for (_, to) in &ranges {
            let inside = |(first, last): &(i64, i64)| first >= from && last <= to;
            let touches = |(first, last): &(i64, i64)| last >= from && first <= to;
            let broken = all
                .iter()
                .zip(&ranges)
                .any(|(one, range)| one.among != Some(false) && one.meets != Some(true) && touches(range));
            if !broken {
                let good = |(one, range): &(&One, &(i64, i64))| {
                    one.among == Some(true) && one.meets == Some(true) && inside(range)
                };
                sure = sure.max(all.iter().zip(&ranges).filter(good).count());
            }
        }
    }
    // From the earliest end of a run to the latest start of it no sure breaker may lie.
    for (_, from) in &ranges {
        for (to, _) in &ranges {
            let broken = all.iter().zip(&ranges).any(|(one, (first, last))| {
                one.among == Some(true) && one.meets == Some(false) && first > from && last < to
            });
            if !broken {
                let may = |(one, (first, last)): &(&One, &(i64, i64))| {
                    one.among != Some(false) && one.meets != Some(false) && last >= from && first <= to
                };
                most = most.max(all.iter().zip(&ranges).filter(may).count());
            }
        }
    }
    (sure, most)
}

/// The most results so far apart: surely by the best of all choices, at most by the earliest day for each next one.
fn apart(all: &[One], length: i64, unit: TimeUnit) -> (usize, usize) {
    let days = |wanted: &dyn Fn(&One) -> bool| -> Vec<DayRange> {
        all.iter().filter(|one| wanted(one)).map(|one| one.at.days()).collect()
    };
    let good = days(&|one| one.among == Some(true) && one.meets == Some(true));
    // Each subset: all of them so far apart in every pair.
    let after = |a: &DayRange, b: &DayRange| a.last != i32::MAX && a.shift(length, unit).last <= b.first;
    let sure = (0_u32..1 << good.len())
        .filter(|set| {
            let chosen: Vec<&DayRange> =
                good.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, range)| range).collect();
            chosen
                .iter()
                .enumerate()
                .all(|(at, a)| chosen.iter().enumerate().all(|(other, b)| at == other || after(a, b) || after(b, a)))
        })
        .map(|set| set.count_ones() as usize)
        .max()
        .unwrap_or(0);
    let may = days(&|one| one.among != Some(false) && one.meets != Some(false));
    let (dated, undated): (Vec<DayRange>, Vec<DayRange>) =
        may.iter().partition(|range| range.first != i32::MIN && range.last != i32::MAX);
    let mut most = 0;
    let mut from = i32::MIN;
    while most < may.len() {
        let next = dated.iter().filter(|range| range.last >= from).map(|range| range.first.max(from)).min();
        let Some(day) = next else { break };
        most += 1;
        from = DayRange::of(day).shift(length, unit).first;
    }
    (sure, (most + undated.len()).min(may.len()))
}
