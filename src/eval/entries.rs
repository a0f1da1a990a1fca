//! How many entries meet a filter, and when an entry is or was.

use super::anchor_time::{AnchorTime, EntryTime};
use super::code::{Choice, Target, WindowAnchor};
use super::count::{Count, Counting};
use super::course::{Asked, Stretch};
use super::here::EvalScope;
use super::interpreter::Run;
use super::moment::{Part, SpanEnd, TimeSpan, ends_as_it_starts};
use super::results::word;
use super::select::{self, Candidate};
use crate::calendar::PartialDateTime;
use crate::kleene::Tri;
use crate::number::Interval;
use crate::record::model::{End, Entry, Value};
use crate::record::schema::Scope;
use crate::tree::{KindId, ValueType};

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

    /// How many values of an attribute have an entry that counts, the latest of each where that is asked; without an
    /// attribute, whether the latest of all counts.
    pub(crate) fn count_chosen(self, kinds: &[(KindId, Target)], choice: &Choice, planned: bool) -> Count {
        let (candidates, closed) = self.candidates_of(kinds, choice, planned);
        let held = select::held(&candidates, choice.by.is_some(), choice.latest);
        // Of a list that is not closed there may be more: later ones, and of any value.
        let most = self.values_of(kinds, choice);
        let definite = if choice.latest && !closed { 0 } else { select::values(&candidates, &held.sure).0 };
        let possible = if closed { select::values(&candidates, &held.possible).1.min(most) } else { most };
        Count { definite, possible: Some(possible) }
    }

    /// How many values an entry may be told apart by.
    fn values_of(self, kinds: &[(KindId, Target)], choice: &Choice) -> u64 {
        let (Some(by), Some((kind, _))) = (&choice.by, kinds.first()) else {
            return 1;
        };
        let attribute = by.first().copied().flatten();
        let attribute = attribute.and_then(|by| self.evaluator.schema.attribute(Scope::Kind(*kind), by));
        match attribute.map(|attribute| &attribute.ty) {
            Some(ValueType::Coded { values: words } | ValueType::Ordinal { levels: words, .. }) => {
                u64::try_from(words.len()).unwrap_or(u64::MAX)
            }
            _ => 2,
        }
    }

    /// The entries of some kinds, to be compared with each other, and whether there are no others.
    pub(crate) fn candidates_of(
        self,
        kinds: &[(KindId, Target)],
        choice: &Choice,
        planned: bool,
    ) -> (Vec<Candidate>, bool) {
        let (mut candidates, mut closed) = (Vec::new(), true);
        for (at, (kind, filter)) in kinds.iter().enumerate() {
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            closed &= slot.complete;
            let by = choice.by.as_ref().and_then(|by| by.get(at).copied().flatten());
            let looked_at = choice.among.get(at).copied().unwrap_or(Target::UNKNOWN);
            for entry in self.record.entries(slot) {
                let among = self.counts(*kind, entry, looked_at, planned);
                candidates.push(Candidate {
                    among,
                    meets: if among == Tri::No { Tri::No } else { self.counts(*kind, entry, *filter, planned) },
                    value: match (by, &choice.by) {
                        (Some(by), _) => word(self.record, entry.attributes, by),
                        (None, Some(_)) => None,
                        // None are told apart.
                        (None, None) => Some(0),
                    },
                    at: entry.start.unwrap_or(PartialDateTime::whole_line()),
                });
            }
        }
        (candidates, closed)
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

    /// When that is which a window is about.
    pub(crate) fn anchor_time(self, anchor: &WindowAnchor) -> AnchorTime {
        let point = match anchor {
            WindowAnchor::Date(anchor) => return AnchorTime::Date(self.record.anchor(*anchor)),
            WindowAnchor::Entry(point) => point,
        };
        let mut time = EntryTime { last: point.last, ends: point.ends, ..EntryTime::default() };
        for (kind, filter) in &point.kinds {
            let slot = self.record.kinds.get(*kind).copied().unwrap_or_default();
            time.open |= !slot.complete;
            for entry in self.record.entries(slot) {
                let counts = self.counts(*kind, entry, *filter, false);
                if counts != Tri::No {
                    time.entries.push((counts, self.moment(*kind, entry)));
                }
            }
        }
        AnchorTime::Entry(time)
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
