//! Which results of a fact count, which is the latest, and what all or any of them answer.

use super::code::FactRead;
use super::interpreter::Run;
use crate::ir::Quantifier;
use crate::kleene::Tri;
use crate::record::model::{Observation, Slot, Value};
use crate::tree::FactId;

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

    /// `any`: at least one of the results that count answers yes.
    pub(super) fn any_of(self, read: &FactRead, test: impl Fn(&Observation) -> Tri) -> Tri {
        self.of_several(read, test, true)
    }

    /// `every`: all results that count answer yes, and at least one counts.
    pub(super) fn every_of(self, read: &FactRead, test: impl Fn(&Observation) -> Tri) -> Tri {
        self.of_several(read, test, false)
    }

    fn of_several(self, read: &FactRead, test: impl Fn(&Observation) -> Tri, any: bool) -> Tri {
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

    /// Calls `each` with every result that may be the latest that counts; answers whether there is surely one.
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
        let mut newest = Newest::default();
        for observation in observations {
            if self.member(read, observation) == Tri::Yes {
                newest.see(observation);
            }
        }
        for observation in observations {
            if !newest.surely_after(observation) && self.member(read, observation) != Tri::No {
                each(observation);
            }
        }
        newest.any
    }

    /// Calls `each` with every result that may be the one that is meant; answers whether there is surely one.
    pub(super) fn the_one(self, read: &FactRead, each: impl FnMut(&Observation)) -> bool {
        match read.quantifier {
            Quantifier::Latest => self.latest(read, each),
            // A test of several results applies to each; where one stands for them, it is the latest.
            Quantifier::Any | Quantifier::Every => self.latest(read, each),
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

/// The latest of the results seen, so that another can be told to be surely before one of them.
#[derive(Debug, Default)]
struct Newest {
    any: bool,
    /// The first instant of the latest one on a clock without an offset, and on one with.
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
            *newest = Some(newest.map_or(at.first_instant(), |other| other.max(at.first_instant())));
        }
    }

    fn surely_after(&self, observation: &Observation) -> bool {
        let Some(at) = &observation.at else { return false };
        let (same, other) = if at.has_offset() { (self.fixed, self.bare) } else { (self.bare, self.fixed) };
        let last = at.last_instant();
        same.is_some_and(|first| first > last) || other.is_some_and(|first| first > last.saturating_add(WIDEST_OFFSET))
    }
}
