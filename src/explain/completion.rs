//! A record with more of it given: the places where something may still be written, and the writing.

use crate::calendar::PartialDateTime;
use crate::ir::{Id, Limit};

use super::items::{self, Items};
use crate::eval::Evaluator;
use crate::kleene::Tri;
use crate::record::fast_values;
use crate::record::model::{Attributes, End, Entry, KindSlot, Observation, Record, Slot, Value};
use crate::record::name_table::small;
use crate::record::schema::Scope;
use crate::tree::{AnchorId, AttributeId, FactId, GroupId, KindId, QuestionId};

/// A place in a record where something may still be given. Their order is the one in which they are filled: dates that
/// others are measured from come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Blank {
    Anchor(AnchorId),
    Question(QuestionId),
    /// The entries of a kind.
    Kind(KindId),
    /// Results of a fact in addition to those that are there.
    Result(FactId),
    Start(KindId, usize),
    At(FactId, usize),
    End(KindId, usize),
    EntryAttribute(KindId, usize, AttributeId),
    ResultAttribute(FactId, usize, AttributeId),
    Value(FactId, usize),
    Uln(FactId, usize),
    Lln(FactId, usize),
}

/// What is written there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fill {
    Date(PartialDateTime),
    Running,
    Value(Value),
    Limit(f64),
    Answer(bool),
    /// Entries, each with whether it is planned and its end.
    Entries(Vec<(Option<bool>, End)>),
    /// One entry of each of the first so many open members of a group, from this kind on, and no other.
    Members {
        group: GroupId,
        count: usize,
    },
    /// Further results with their dates.
    Results(Vec<Option<PartialDateTime>>),
}

/// A record being completed.
#[derive(Debug, Clone)]
pub(crate) struct Completion {
    pub(crate) record: Record,
    /// The items that something was written of.
    pub(crate) used: Items,
    /// Facts that have been given further results.
    pub(crate) added: Vec<FactId>,
}

impl Completion {
    /// The same with one more blank filled.
    pub(crate) fn with(&self, evaluator: &Evaluator, blank: Blank, fill: &Fill, item: usize) -> Completion {
        let mut next = self.clone();
        next.used.insert(item);
        let record = &mut next.record;
        match (blank, fill) {
            (Blank::Anchor(anchor), Fill::Date(date)) => {
                if let Some(place) = record.anchors.get_mut(anchor) {
                    *place = Some(*date);
                }
            }
            (Blank::Question(question), Fill::Answer(answer)) => {
                if let Some(place) = record.judgements.get_mut(question) {
                    *place = Tri::of(*answer);
                }
                if let Some(word) = record.words.get_mut(evaluator.schema.tree.facts.len() + question.place()) {
                    *word = fast_values::flag(*answer);
                }
            }
            (Blank::Kind(kind), Fill::Entries(entries)) => set_entries(evaluator, record, kind, entries),
            (Blank::Kind(kind), Fill::Members { group, count }) => {
                let mut left = *count;
                let members = evaluator.schema.tree.groups.get(*group).map_or(&[][..], |group| &group.members);
                let mut open: Vec<KindId> = members.to_vec();
                open.retain(|member| !items::is_complete(record, *member) && *member != kind);
                open.insert(0, kind);
                for member in open {
                    let entries = if left > 0 { &[(None, End::Absent)][..] } else { &[] };
                    left = left.saturating_sub(1);
                    set_entries(evaluator, record, member, entries);
                }
            }
            (Blank::Result(fact), Fill::Results(dates)) => {
                add_results(evaluator, record, fact, dates);
                next.added.push(fact);
            }
            (Blank::Start(kind, index), Fill::Date(date)) => {
                if let Some(entry) = entry_mut(record, kind, index) {
                    entry.start = Some(*date);
                }
            }
            (Blank::End(kind, index), fill) => {
                if let Some(entry) = entry_mut(record, kind, index) {
                    entry.end = match fill {
                        Fill::Date(date) => End::At(*date),
                        _ => End::Running,
                    };
                }
            }
            (Blank::EntryAttribute(kind, index, attribute), Fill::Value(value)) => {
                let count = evaluator.schema.attributes(Scope::Kind(kind)).len();
                let start = record.attributes.len();
                let place = entry_mut(record, kind, index).map(|entry| own(&mut entry.attributes, start, count));
                set_attribute(record, place, attribute, *value);
            }
            (Blank::ResultAttribute(fact, index, attribute), Fill::Value(value)) => {
                let count = evaluator.schema.attributes(Scope::Fact(fact)).len();
                let start = record.attributes.len();
                let place =
                    result_mut(record, fact, index).map(|observation| own(&mut observation.attributes, start, count));
                set_attribute(record, place, attribute, *value);
            }
            (Blank::At(fact, index), Fill::Date(date)) => {
                if let Some(observation) = result_mut(record, fact, index) {
                    observation.at = Some(*date);
                }
            }
            (Blank::Value(fact, index), Fill::Value(value)) => {
                if let Some(observation) = result_mut(record, fact, index) {
                    observation.value = *value;
                }
            }
            (Blank::Uln(fact, index), Fill::Limit(limit)) => {
                if let Some(observation) = result_mut(record, fact, index) {
                    observation.uln = Some(*limit);
                }
            }
            (Blank::Lln(fact, index), Fill::Limit(limit)) => {
                if let Some(observation) = result_mut(record, fact, index) {
                    observation.lln = Some(*limit);
                }
            }
            // No other fill is made for these.
            _ => {}
        }
        next
    }
}

/// A result by its place among those of its fact.
pub(crate) fn result(record: &Record, fact: FactId, index: usize) -> Option<Observation> {
    match record.slot(fact) {
        Slot::Absent => None,
        Slot::Plain(value) => (index == 0).then(|| Observation::plain(value)),
        Slot::Observations { start, count } => record.observations(start, count).get(index).copied(),
    }
}

/// An entry by its place among those of its kind.
pub(crate) fn entry(record: &Record, kind: KindId, index: usize) -> Option<&Entry> {
    let slot = record.kinds.get(kind)?;
    record.entries(*slot).get(index)
}

fn entry_mut(record: &mut Record, kind: KindId, index: usize) -> Option<&mut Entry> {
    let slot = record.kinds.get(kind)?;
    let place = slot.start as usize + index;
    record.entries.get_mut(place)
}

fn result_mut(record: &mut Record, fact: FactId, index: usize) -> Option<&mut Observation> {
    let slot = record.facts.get_mut(fact)?;
    if let Slot::Plain(value) = *slot {
        *slot = Slot::Observations { start: small(record.observations.len()), count: 1 };
        record.observations.push(Observation::plain(value));
    }
    let Slot::Observations { start, .. } = *slot else {
        return None;
    };
    if let Some(word) = record.words.get_mut(fact.place()) {
        *word = fast_values::OTHER;
    }
    record.observations.get_mut(start as usize + index)
}

/// Attributes of a result or entry that may have none yet; those that are new begin at `start`.
fn own(attributes: &mut Attributes, start: usize, count: usize) -> Attributes {
    if attributes.count == 0 {
        *attributes = Attributes { start: small(start), count: small(count) };
    }
    *attributes
}

fn set_attribute(record: &mut Record, of: Option<Attributes>, attribute: AttributeId, value: Value) {
    let Some(of) = of else { return };
    let end = (of.start + of.count) as usize;
    if record.attributes.len() < end {
        record.attributes.resize(end, None);
    }
    if let Some(place) = record.attributes.get_mut(of.start as usize + attribute.place()) {
        *place = Some(value);
    }
}

fn set_entries(evaluator: &Evaluator, record: &mut Record, kind: KindId, entries: &[(Option<bool>, End)]) {
    let start = small(record.entries.len());
    let count = evaluator.schema.attributes(Scope::Kind(kind)).len();
    for (planned, end) in entries {
        let attributes = Attributes { start: small(record.attributes.len()), count: small(count) };
        record.attributes.resize(record.attributes.len() + count, None);
        record.entries.push(Entry { start: None, end: *end, planned: *planned, attributes });
    }
    if let Some(slot) = record.kinds.get_mut(kind) {
        *slot = KindSlot { complete: true, given: true, start, count: small(entries.len()) };
    }
}

fn add_results(evaluator: &Evaluator, record: &mut Record, fact: FactId, dates: &[Option<PartialDateTime>]) {
    let known: Vec<Observation> =
        (0..items::results(record, fact)).filter_map(|index| result(record, fact, index)).collect();
    let start = small(record.observations.len());
    let count = evaluator.schema.attributes(Scope::Fact(fact)).len();
    record.observations.extend(known);
    for date in dates {
        let attributes = Attributes { start: small(record.attributes.len()), count: small(count) };
        record.attributes.resize(record.attributes.len() + count, None);
        record.observations.push(Observation { value: Value::Unknown, at: *date, uln: None, lln: None, attributes });
    }
    let count = small(record.observations.len()) - start;
    if let Some(slot) = record.facts.get_mut(fact) {
        *slot = Slot::Observations { start, count };
    }
    if let Some(word) = record.words.get_mut(fact.place()) {
        *word = fast_values::OTHER;
    }
}

/// Which limit a blank is of.
pub(crate) fn limit(fact: FactId, index: usize, which: Limit) -> Blank {
    match which {
        Limit::Uln => Blank::Uln(fact, index),
        Limit::Lln => Blank::Lln(fact, index),
    }
}
