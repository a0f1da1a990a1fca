//! The node loop and the tests, three-valued. Nothing here allocates, but exact arithmetic where doubles come too
//! close.

use crate::calendar::PartialDateTime;
use crate::ir::{Quantifier, Relation};
use crate::number::{Comparison, Interval};

use super::age::Span;
use super::code::{Date, FactRead, Operand, OperandKind, Subject, Target, Test, TimeOf};
use super::time::{self, Part, SpanEnd, TimeSpan};
use crate::eval::Program;
use crate::eval::program::ends_as_it_starts;
use crate::kleene::Tri;
use crate::record::model::{Attributes, End, Entry, Observation, Record, Slot, Value};
use crate::record::schema::Scope;

/// A record under a program's eyes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) program: &'a Program,
    pub(crate) record: &'a Record,
}

/// The result or entry that a filter is asked of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum EvalScope<'a> {
    Nothing,
    Observation(u32, &'a Observation),
    Entry(u32, &'a Entry),
}

impl EvalScope<'_> {
    pub(crate) fn scope(self) -> Scope {
        match self {
            EvalScope::Nothing => Scope::Nothing,
            EvalScope::Observation(fact, _) => Scope::Fact(fact),
            EvalScope::Entry(kind, _) => Scope::Kind(kind),
        }
    }

    fn attributes(self) -> Attributes {
        match self {
            EvalScope::Nothing => Attributes::default(),
            EvalScope::Observation(_, observation) => observation.attributes,
            EvalScope::Entry(_, entry) => entry.attributes,
        }
    }
}

/// What is counted of some kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counting {
    /// Kinds rather than entries.
    pub(crate) distinct: bool,
    /// What is marked as planned too.
    pub(crate) planned: bool,
}

/// How many entries meet a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) definite: u64,
    /// Sure and unsure ones; `None` where nobody knows how many there may be.
    pub(crate) possible: Option<u64>,
}

impl<'a> Run<'a> {
    /// Follows a target to its answer.
    #[inline]
    pub(crate) fn follow(self, mut at: Target, here: EvalScope<'a>) -> Tri {
        let words = self.record.words.as_slice();
        while let Some(step) = self.program.steps.get(at.0 as usize) {
            at = match step.next(words) {
                Some(next) => next,
                None => self.in_full(at, here),
            };
        }
        at.answer()
    }

    /// Where a node's test leads when it is asked in full.
    #[inline(never)]
    fn in_full(self, at: Target, here: EvalScope<'a>) -> Target {
        match self.program.nodes.get(at.0 as usize) {
            Some(node) => node.next(self.check(node.check, here)),
            None => Target::UNKNOWN,
        }
    }

    fn judged(self, question: u32) -> Tri {
        self.record.judgements.get(question as usize).copied().unwrap_or(Tri::Unknown)
    }

    /// A test's answer by its full form.
    pub(crate) fn check(self, index: u32, here: EvalScope<'a>) -> Tri {
        let Some(general) = self.program.generals.get(index as usize) else {
            return Tri::Unknown;
        };
        match general {
            Test::Compare { left, op, right } => self.compare(left, *op, right, here),
            Test::IsOneOf { subject: place, values } => {
                let among = |value: Value| match value {
                    Value::Code(code) => {
                        let word = values.get(usize::from(code) / 64).copied().unwrap_or(0);
                        Tri::of(word >> (code % 64) & 1 == 1)
                    }
                    _ => Tri::Unknown,
                };
                self.value_test(place, here, among)
            }
            Test::IsYes { subject: place } => {
                if let Subject::Fact(read) = place
                    && self.record.slot(read.fact) == Slot::Absent
                    && self.program.schema.tree.facts.get(read.fact as usize).is_some_and(|fact| fact.absent_means_no)
                {
                    return Tri::No;
                }
                let is_yes = |value: Value| match value {
                    Value::Flag(flag) => Tri::of(flag),
                    _ => Tri::Unknown,
                };
                self.value_test(place, here, is_yes)
            }
            Test::Entries { kinds, filter: (), distinct, planned, op, count } => {
                let wanted = u64::from(*count);
                let enough = if *op == Comparison::Ge { wanted } else { wanted + 1 };
                let found = self.count(kinds, Counting { distinct: *distinct, planned: *planned }, enough);
                let at_least = if found.definite >= enough {
                    Tri::Yes
                } else if found.possible.is_some_and(|possible| possible < enough) {
                    Tri::No
                } else {
                    Tri::Unknown
                };
                if *op == Comparison::Ge { at_least } else { at_least.not() }
            }
            Test::Window { of, relation, anchor, undated } => self.window(of, relation, *anchor, *undated, here),
            Test::Judged { question } => self.judged(*question),
            Test::Todo { .. } => Tri::Unknown,
        }
    }

    /// A test of one value, asked of an attribute or of a fact's results.
    fn value_test(self, place: &Subject, here: EvalScope<'a>, test: impl Fn(Value) -> Tri) -> Tri {
        match place {
            Subject::Attribute(index) => match self.attribute(*index, here) {
                Some(value) => test(value),
                None => Tri::Unknown,
            },
            Subject::Fact(read) => match read.quantifier {
                Quantifier::Latest => self.agreed(read, test),
                Quantifier::Any => self.any_of(read, |observation| test(observation.value)),
                Quantifier::Every => self.every_of(read, |observation| test(observation.value)),
            },
        }
    }

    pub(crate) fn attribute(self, index: Option<u32>, here: EvalScope<'a>) -> Option<Value> {
        match self.record.attribute(here.attributes(), index?)? {
            Value::Unknown => None,
            value => Some(value),
        }
    }

    /// Calls `each` with every result of a fact.
    pub(crate) fn observations(self, fact: u32, mut each: impl FnMut(&Observation)) {
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

    /// [`Run::follow`] for a result that may not live as long as the record.
    fn follow_lab(self, at: Target, fact: u32, observation: &Observation) -> Tri {
        let run = Run { program: self.program, record: self.record };
        Run::follow(run, at, EvalScope::Observation(fact, observation))
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

    /// What each result that may be the latest answers, where all of them answer alike.
    fn agreed(self, read: &FactRead, test: impl Fn(Value) -> Tri) -> Tri {
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

    /// How many entries of some kinds, or how many of the kinds, meet their filter; may stop at `enough` sure ones.
    pub(crate) fn count(self, kinds: &[(u32, Target)], counting: Counting, enough: u64) -> Count {
        let mut definite = 0;
        let mut undecided = 0;
        let mut open = false;
        for (kind, filter) in kinds {
            let slot = self.record.kinds.get(*kind as usize).copied().unwrap_or_default();
            let (mut definite_here, mut undecided_here) = (0, 0);
            for entry in self.record.entries(slot) {
                match self.counts(*kind, entry, *filter, counting.planned) {
                    Tri::Yes => definite_here += 1,
                    Tri::Unknown => undecided_here += 1,
                    Tri::No => {}
                }
            }
            if counting.distinct {
                let found = definite_here > 0;
                definite += u64::from(found);
                undecided += u64::from(!found && (undecided_here > 0 || !slot.complete));
            } else {
                definite += definite_here;
                undecided += undecided_here;
                open |= !slot.complete;
            }
            if definite >= enough {
                break;
            }
        }
        Count { definite, possible: if open { None } else { Some(definite + undecided) } }
    }

    /// Whether an entry counts: what is marked as planned only where planned ones are asked for.
    pub(crate) fn counts(self, kind: u32, entry: &'a Entry, filter: Target, planned: bool) -> Tri {
        if !planned && entry.planned == Some(true) {
            Tri::No
        } else {
            self.follow(filter, EvalScope::Entry(kind, entry))
        }
    }

    /// When an entry is or was.
    pub(crate) fn moment(self, kind: u32, entry: &Entry) -> TimeSpan {
        let word = self.program.schema.tree.kinds.get(kind as usize).map(|kind| kind.word);
        let end = match entry.end {
            End::Running => SpanEnd::Running,
            End::At(at) => SpanEnd::At(at),
            End::Absent if word.is_some_and(ends_as_it_starts) => SpanEnd::Point,
            End::Absent => SpanEnd::Unknown,
        };
        TimeSpan {
            start: entry.start.unwrap_or(PartialDateTime::whole_line()),
            end,
            planned: entry.planned,
            part: Part::Whole,
        }
    }

    /// The half-life of an entry in days: its own, else its kind's.
    pub(crate) fn half_life(self, here: EvalScope<'a>) -> Option<Interval> {
        let EvalScope::Entry(kind, _) = here else {
            return None;
        };
        let attribute = self.program.half_lives.get(kind as usize).copied().flatten();
        match self.attribute(attribute, here) {
            Some(Value::Number(number)) => self.number(&number, here.scope(), attribute),
            _ => {
                let kind = self.program.schema.tree.kinds.get(kind as usize)?;
                kind.half_life.clone().map(Interval::point)
            }
        }
    }

    fn window(self, of: &TimeOf, relation: &Relation, anchor: u32, undated: bool, here: EvalScope<'a>) -> Tri {
        let anchor = self.record.anchor(anchor);
        // Half-lives are those of the entry in scope, also where one of its other dates is looked at.
        let half_life = if time::needs_half_life(relation) {
            match self.half_life(here) {
                Some(half_life) => Some(half_life),
                None => return Tri::Unknown,
            }
        } else {
            None
        };
        let at = |moment: &TimeSpan| time::stands(moment, relation, anchor.as_ref(), half_life.as_ref());
        let of_value = |value: Value| match value {
            Value::Date(date) => at(&TimeSpan::point(date)),
            _ => Tri::Unknown,
        };
        match of {
            TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Start | Date::End) => match here {
                EvalScope::Nothing => Tri::Unknown,
                EvalScope::Observation(_, observation) => match observation.at {
                    Some(date) => at(&TimeSpan::point(date)),
                    None if undated => Tri::Yes,
                    None => Tri::Unknown,
                },
                EvalScope::Entry(kind, entry) => at(&part_of(self.moment(kind, entry), of)),
            },
            TimeOf::Attribute(Date::Own(index)) => match self.attribute(*index, here) {
                Some(value) => of_value(value),
                None => Tri::Unknown,
            },
            TimeOf::Fact(read) => match read.quantifier {
                Quantifier::Latest => self.agreed(read, of_value),
                Quantifier::Any => self.any_of(read, |observation| of_value(observation.value)),
                Quantifier::Every => self.every_of(read, |observation| of_value(observation.value)),
            },
        }
    }

    fn compare(self, left: &Operand, op: Comparison, right: &Operand, here: EvalScope<'a>) -> Tri {
        // A comparison with several results is asked of each of them.
        if let OperandKind::Fact(read, limit) = &left.kind {
            let each = |observation: &Observation| self.compare_lab(observation, read.fact, *limit, op, right, here);
            match read.quantifier {
                Quantifier::Latest => {}
                Quantifier::Any => return self.any_of(read, each),
                Quantifier::Every => return self.every_of(read, each),
            }
        }
        if let OperandKind::Age(age) = &left.kind
            && let Some(read) = &age.recorded
        {
            let each = |observation: &Observation| {
                let (Some(left), Some(right)) =
                    (self.completed_of(age, observation).and_then(Span::interval), self.exact(right, here))
                else {
                    return Tri::Unknown;
                };
                Tri::from(left.compare(op, &right))
            };
            match read.quantifier {
                Quantifier::Latest => {}
                Quantifier::Any => return self.any_of(read, each),
                Quantifier::Every => return self.every_of(read, each),
            }
        }
        let Some(left_bounds) = self.approx(left, here) else {
            return Tri::Unknown;
        };
        let Some(right_bounds) = self.approx(right, here) else {
            return Tri::Unknown;
        };
        if let Some(answer) = left_bounds.compare(op, right_bounds) {
            return Tri::of(answer);
        }
        let (Some(left), Some(right)) = (self.exact(left, here), self.exact(right, here)) else {
            return Tri::Unknown;
        };
        Tri::from(left.compare(op, &right))
    }

    fn compare_lab(
        self,
        observation: &Observation,
        fact: u32,
        limit: Option<crate::ir::Limit>,
        op: Comparison,
        right: &Operand,
        here: EvalScope<'a>,
    ) -> Tri {
        let Some(left_bounds) = self.approx_lab(observation, fact, limit) else {
            return Tri::Unknown;
        };
        let Some(right_bounds) = self.approx(right, here) else {
            return Tri::Unknown;
        };
        if let Some(answer) = left_bounds.compare(op, right_bounds) {
            return Tri::of(answer);
        }
        let (Some(left), Some(right)) = (self.exact_lab(observation, fact, limit), self.exact(right, here)) else {
            return Tri::Unknown;
        };
        Tri::from(left.compare(op, &right))
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

/// The moment as a window looks at it: an entry as a whole, or one of its dates, which is then not planned or running.
pub(crate) fn part_of(moment: TimeSpan, of: &TimeOf) -> TimeSpan {
    match of {
        TimeOf::Attribute(Date::Start) => TimeSpan { part: Part::Start, planned: None, ..moment },
        TimeOf::Attribute(Date::End) => TimeSpan { part: Part::End, planned: None, ..moment },
        TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Own(_)) | TimeOf::Fact(_) => moment,
    }
}
