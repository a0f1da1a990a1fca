//! How many entries meet a filter, and when an entry is or was.

use super::code::Target;
use super::count::{Count, Counting};
use super::course::{Asked, Stretch};
use super::here::EvalScope;
use super::interpreter::Run;
use super::time::{Part, SpanEnd, TimeSpan, ends_as_it_starts};
use crate::calendar::PartialDateTime;
use crate::kleene::Tri;
use crate::number::Interval;
use crate::record::model::{End, Entry, Value};
use crate::tree::KindId;

impl<'a> Run<'a> {
    /// How many entries of some kinds, or how many of the kinds, meet their filter; may stop at `enough` sure ones.
    pub(crate) fn count(self, kinds: &[(KindId, Target)], counting: Counting, enough: u64) -> Count {
        let mut definite = 0;
        let mut undecided = 0;
        let mut open = false;
        for (kind, filter) in kinds {
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
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
    pub(crate) fn counts(self, kind: KindId, entry: &'a Entry, filter: Target, planned: bool) -> Tri {
        if !planned && entry.planned == Some(true) {
            Tri::No
        } else {
            self.follow(filter, EvalScope::Entry(kind, entry))
        }
    }

    /// Whether entries of some kinds make such a course.
    pub(crate) fn course(self, kinds: &[(KindId, Target)], planned: bool, asked: Asked<'_>) -> Tri {
        let mut stretches = Vec::new();
        let mut open = false;
        for (kind, filter) in kinds {
            open |= !self.record.kinds.get(*kind).copied().unwrap_or_default().complete;
            self.stretches(*kind, *filter, planned, |_, stretch| stretches.push(stretch));
        }
        match asked.of(&stretches) {
            Tri::No if open => Tri::Unknown,
            // What is not listed may touch a course that is.
            Tri::Yes if open && asked.begins_late() => Tri::Unknown,
            answer => answer,
        }
    }

    /// How many of some kinds have such a course.
    pub(crate) fn kinds_with_course(self, kinds: &[(KindId, Target)], planned: bool, asked: Asked<'_>) -> Count {
        let (mut definite, mut undecided) = (0, 0);
        for one in kinds.chunks(1) {
            match self.course(one, planned, asked) {
                Tri::Yes => definite += 1,
                Tri::Unknown => undecided += 1,
                Tri::No => {}
            }
        }
        Count { definite, possible: Some(definite + undecided) }
    }

    /// Calls `each` with the entries of a kind that may count, and when they are.
    pub(crate) fn stretches(self, kind: KindId, filter: Target, planned: bool, mut each: impl FnMut(usize, Stretch)) {
        let slot = self.record.kinds.get(kind).copied().unwrap_or_default();
        for (index, entry) in self.record.entries(slot).iter().enumerate() {
            let counts = self.counts(kind, entry, filter, planned);
            if counts != Tri::No {
                each(index, Stretch { span: self.moment(kind, entry), sure: counts == Tri::Yes });
            }
        }
    }

    /// When an entry is or was.
    pub(crate) fn moment(self, kind: KindId, entry: &Entry) -> TimeSpan {
        let word = self.evaluator.schema.tree.kinds.get(kind).map(|kind| kind.word);
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
        let attribute = self.evaluator.half_lives.get(kind).copied().flatten();
        match self.attribute(attribute, here) {
            Some(Value::Number(number)) => self.number(&number, here.scope(), attribute),
            _ => {
                let kind = self.evaluator.schema.tree.kinds.get(kind)?;
                kind.half_life.clone().map(Interval::point)
            }
        }
    }
}
