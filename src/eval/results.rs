//! Which results of a fact count, which is the latest, and what all or any of them answer.

use super::code::FactRead;
use super::interpreter::Run;
use super::select::{self, Candidate};
use crate::calendar::PartialDateTime;
use crate::ir::{Quantifier, Several};
use crate::kleene::Tri;
use crate::record::model::{Attributes, Observation, Record, Slot, Value};
use crate::tree::{AttributeId, FactId};

impl<'a> Run<'a> {
    /// Calls `each` with every result of a fact.
    pub(crate) fn observations(self, fact: FactId, mut each: impl FnMut(&Observation)) {
        match self.record.slot(fact) {
            Slot::Absent => {}
            Slot::Plain(value) => each(&Observation::plain(value)),
            Slot::Observations { start, count } => self.record.observations(start, count).iter().for_each(each),
        }
    }

    /// Whether a result counts.
    pub(crate) fn member(self, read: &FactRead, observation: &Observation) -> Tri {
        if let (Some(plain), None, 0) = (read.filter.plain, observation.at, observation.attributes.count) {
            return plain;
        }
        self.follow_lab(read.filter.root, read.fact, observation)
    }

    /// What a test of each result comes to; `None` where there is one value.
    pub(super) fn of_each(self, read: &FactRead, test: impl Fn(&Observation) -> Tri) -> Option<Tri> {
        match read.quantifier {
            Quantifier::Latest | Quantifier::First | Quantifier::Highest | Quantifier::Lowest => None,
            Quantifier::Any => Some(self.any_of(read, test)),
            Quantifier::Every => Some(self.every_of(read, test)),
            Quantifier::Several(several) => Some(self.several_of(read, several, test)),
        }
    }

    /// `at least 2`, `at least 2 consecutive`: so many of the results that count answer yes.
    fn several_of(self, read: &FactRead, asked: Several, test: impl Fn(&Observation) -> Tri) -> Tri {
        // A fact in conflict may have any number of results.
        if self.record.in_conflict.contains(&read.fact) {
            return Tri::Unknown;
        }
        select::several(&self.candidates(read, test), asked)
    }

    /// The results of a fact, to be compared with each other.
    pub(crate) fn candidates(self, read: &FactRead, test: impl Fn(&Observation) -> Tri) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        self.observations(read.fact, |observation| {
            let among = self.member(read, observation);
            candidates.push(Candidate {
                among,
                meets: if among == Tri::No { Tri::No } else { test(observation) },
                value: read.by.flatten().and_then(|by| word(self.record, observation.attributes, by)),
                at: observation.at.unwrap_or(PartialDateTime::whole_line()),
            });
        });
        candidates
    }

    /// `any latest x by a`, `every latest x by a`: of the latest result of each value of the attribute.
    fn of_latest_by(self, read: &FactRead, test: impl Fn(&Observation) -> Tri, any: bool) -> Tri {
        // `any`: a latest one that answers yes. `every`: one that answers no.
        let decisive = |observation: &Observation| if any { test(observation) } else { test(observation).not() };
        let candidates = self.candidates(read, decisive);
        let held = select::held(&candidates, true, true);
        if held.sure.contains(&true) {
            Tri::of(any)
        } else if !held.possible.contains(&true) && candidates.iter().any(|one| one.among == Tri::Yes) {
            Tri::of(!any)
        } else {
            Tri::Unknown
        }
    }

    /// `any`: at least one of the results that count answers yes.
    fn any_of(self, read: &FactRead, test: impl Fn(&Observation) -> Tri) -> Tri {
        self.of_several(read, test, true)
    }

    /// `every`: all results that count answer yes, and at least one counts.
    fn every_of(self, read: &FactRead, test: impl Fn(&Observation) -> Tri) -> Tri {
        self.of_several(read, test, false)
    }

    fn of_several(self, read: &FactRead, test: impl Fn(&Observation) -> Tri, any: bool) -> Tri {
        if read.by.is_some() {
            return self.of_latest_by(read, test, any);
        }
        let mut some_sure = false;
        // `any`: a result that counts and answers yes. `every`: one that counts and answers no.
        let mut decided = Tri::No;
        self.observations(read.fact, |observation| {
            let member = self.member(read, observation);
            some_sure |= member == Tri::Yes;
            let answer = if member == Tri::No { Tri::No } else { test(observation) };
            let decisive = if any || member == Tri::No { answer } else { answer.not() };
            decided = decided.or(member.and(decisive));
        });
        match decided {
            Tri::Yes => Tri::of(any),
            Tri::No if some_sure => Tri::of(!any),
            _ => Tri::Unknown,
        }
    }

    /// Calls `each` with every result that may be the latest that counts, or the first where that is meant; answers
    /// whether there is surely one.
    pub(crate) fn latest(self, read: &FactRead, mut each: impl FnMut(&Observation)) -> bool {
        let (start, count) = match self.record.slot(read.fact) {
            Slot::Observations { start, count } => (start, count),
            Slot::Absent => return false,
            Slot::Plain(_) => {
                let mut member = Tri::No;
                self.observations(read.fact, |observation| {
                    member = self.member(read, observation);
                    if member != Tri::No {
                        each(observation);
                    }
                });
                return member == Tri::Yes;
            }
        };
        let observations = self.record.observations(start, count);
        if let [observation] = observations {
            let member = self.member(read, observation);
            if member != Tri::No {
                each(observation);
            }
            return member == Tri::Yes;
        }
        let mut newest = Newest { first: read.quantifier == Quantifier::First, ..Newest::default() };
        for observation in observations {
            if self.member(read, observation) == Tri::Yes {
                newest.see(observation);
            }
        }
        for observation in observations {
            if !newest.surely_hides(observation) && self.member(read, observation) != Tri::No {
                each(observation);
            }
        }
        newest.any
    }

    /// Calls `each` with every result that may be the one that is meant; answers whether there is surely one.
    pub(super) fn the_one(self, read: &FactRead, each: impl FnMut(&Observation)) -> bool {
        match read.quantifier {
            Quantifier::Latest | Quantifier::First => self.latest(read, each),
            // A test of several results applies to each; where one stands for them, it is the latest. The highest and the
            // lowest are worked out of all.
            Quantifier::Any | Quantifier::Every | Quantifier::Several(_) => self.latest(read, each),
            Quantifier::Highest | Quantifier::Lowest => self.latest(read, each),
        }
    }

    /// What each result that may be the latest answers, where all of them answer alike.
    pub(super) fn agreed(self, read: &FactRead, test: impl Fn(Value) -> Tri) -> Tri {
        let mut answers = None;
        let definite = self.latest(read, |observation| {
            let answer = test(observation.value);
            answers = Some(match answers {
                None => answer,
                Some(other) if other == answer => answer,
                Some(_) => Tri::Unknown,
            });
        });
        if definite { answers.unwrap_or(Tri::Unknown) } else { Tri::Unknown }
    }
}

/// The place of a word or the yes of an attribute; `None` where it is not known.
pub(super) fn word(record: &Record, of: Attributes, attribute: AttributeId) -> Option<u16> {
    match record.attribute(of, attribute)? {
        Value::Code(code) => Some(code),
        Value::Flag(flag) => Some(u16::from(flag)),
        Value::Unknown | Value::Number(_) | Value::Date(_) => None,
    }
}

/// The latest of the results seen, so that another can be told to be surely before one of them; or the first, and surely
/// after one of them.
#[derive(Debug, Default)]
struct Newest {
    any: bool,
    /// The first one is meant.
    first: bool,
    /// The first instant of the latest one on a clock without an offset, and on one with. Of the first one, the last
    /// instant.
    bare: Option<i64>,
    fixed: Option<i64>,
}

/// A clock reading without an offset lies so far from the same reading in UTC at most.
const WIDEST_OFFSET: i64 = 14 * 3600;

impl Newest {
    fn see(&mut self, observation: &Observation) {
        self.any = true;
        if let Some(at) = &observation.at {
            let newest = if at.has_offset() { &mut self.fixed } else { &mut self.bare };
            *newest = Some(if self.first {
                newest.map_or(at.last_instant(), |other| other.min(at.last_instant()))
            } else {
                newest.map_or(at.first_instant(), |other| other.max(at.first_instant()))
            });
        }
    }

    fn surely_hides(&self, observation: &Observation) -> bool {
        let Some(at) = &observation.at else { return false };
        let (same, other) = if at.has_offset() { (self.fixed, self.bare) } else { (self.bare, self.fixed) };
        if self.first {
            let first = at.first_instant();
            return same.is_some_and(|last| last < first)
                || other.is_some_and(|last| last < first.saturating_sub(WIDEST_OFFSET));
        }
        let last = at.last_instant();
        same.is_some_and(|first| first > last) || other.is_some_and(|first| first > last.saturating_add(WIDEST_OFFSET))
    }
}
