//! A record in memory: one slot for each fact and kind of the tree it was read for.

use std::fmt;

use serde::Serialize;

use crate::calendar::PartialDateTime;
use crate::ir::{Id, Table};
use crate::legible;
use crate::number::{Comparison, Interval, Rational};

use super::name_table::BitSet;
use super::units::{Units, Way};
use crate::kleene::Tri;
use crate::tree::{AnchorId, AttributeId, FactId, KindId, QuestionId};

/// A record's id, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum RecordId {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}

impl RecordId {
    /// As a report shows it: nothing in it can take the place of something else.
    pub fn shown(&self) -> String {
        match self {
            RecordId::Number(number) => number.to_string(),
            RecordId::Text(text) => legible::id(text).into_owned(),
        }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordId::Number(number) => write!(f, "{number}"),
            RecordId::Text(text) => f.write_str(text),
        }
    }
}

/// A number as given: how many of which unit. `approx` is the same in the canonical unit, to a few units in the last
/// place; the exact value is made only where a comparison is close.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub(crate) approx: f64,
    pub(crate) raw: f64,
    /// Index into the units of its type, and behind them into those of the record.
    pub(crate) unit: u16,
    /// A censored result: the value is on this side of `raw`.
    pub(crate) comparator: Option<Comparison>,
}

impl Number {
    /// The exact value in the unit it was given in.
    pub(crate) fn exact_raw(&self) -> Option<Rational> {
        Rational::from_f64_shortest(self.raw)
    }
}

/// A value of a fact or an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value {
    /// There is one, it is unknown which.
    Unknown,
    Number(Number),
    /// Index into the levels or values of its type.
    Code(u16),
    Flag(bool),
    Date(PartialDateTime),
}

/// One result of a value fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Observation {
    pub(crate) value: Value,
    pub(crate) at: Option<PartialDateTime>,
    /// In the unit of the value.
    pub(crate) uln: Option<f64>,
    /// In the unit of the value.
    pub(crate) lln: Option<f64>,
    /// Where its attributes begin in [`Record::attributes`]; as many as the fact has.
    pub(crate) attributes: Attributes,
}

impl Observation {
    /// A result with nothing but its value.
    pub(crate) fn plain(value: Value) -> Observation {
        Observation { value, at: None, uln: None, lln: None, attributes: Attributes::default() }
    }
}

/// A stretch of [`Record::attributes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Attributes {
    pub(crate) start: u32,
    pub(crate) count: u32,
}

/// What a record gives for a value fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Slot {
    Absent,
    /// One value and nothing else said of it. Never [`Value::Unknown`], never censored.
    Plain(Value),
    /// `observations[start..start + count]`.
    Observations {
        start: u32,
        count: u32,
    },
}

/// When an entry ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum End {
    /// Not said.
    Absent,
    /// Not yet.
    Running,
    At(PartialDateTime),
}

/// One entry of a kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    pub(crate) start: Option<PartialDateTime>,
    pub(crate) end: End,
    pub(crate) planned: Option<bool>,
    pub(crate) attributes: Attributes,
}

/// What a record gives for a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct KindSlot {
    /// Nothing beyond the entries listed.
    pub(crate) complete: bool,
    /// The record names the kind itself.
    pub(crate) given: bool,
    pub(crate) start: u32,
    pub(crate) count: u32,
}

/// A patient, read by one [`Evaluator`](crate::Evaluator); it means nothing to another. [`Record::default`] is memory to
/// [read into](crate::Evaluator::read_into).
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub(crate) id: RecordId,
    pub(crate) anchors: Table<AnchorId, Option<PartialDateTime>>,
    pub(crate) facts: Table<FactId, Slot>,
    pub(crate) observations: Vec<Observation>,
    pub(crate) kinds: Table<KindId, KindSlot>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) attributes: Vec<Option<Value>>,
    pub(crate) judgements: Table<QuestionId, Tri>,
    /// Conversions of units that the tree does not list: those a number's unit counts behind the listed ones.
    pub(crate) ways: Vec<Way>,
    /// For each fact, then for each question, its word: `fast_values::word`.
    pub(crate) words: Vec<u64>,
    /// Facts of which nothing is known but that they are given, however many results: those of an edit check that fails.
    pub(crate) in_conflict: Vec<FactId>,
    /// Names met while it is read: those under `facts`, then the anchors, then the questions. Empty afterwards.
    pub(crate) seen: BitSet,
}

impl Default for Record {
    fn default() -> Record {
        Record {
            id: RecordId::Number(0),
            anchors: Table::default(),
            facts: Table::default(),
            observations: Vec::new(),
            kinds: Table::default(),
            entries: Vec::new(),
            attributes: Vec::new(),
            judgements: Table::default(),
            ways: Vec::new(),
            words: Vec::new(),
            in_conflict: Vec::new(),
            seen: BitSet::default(),
        }
    }
}

impl Record {
    /// Its `id`, as the JSON gave it.
    pub fn id(&self) -> &RecordId {
        &self.id
    }

    /// How a number of these units with that index becomes canonical.
    pub(crate) fn way<'a>(&'a self, units: &'a Units, index: u16) -> Option<&'a Way> {
        let index = usize::from(index);
        units.ways.get(index).or_else(|| self.ways.get(index.checked_sub(units.ways.len())?))
    }

    pub(crate) fn observations(&self, start: u32, count: u32) -> &[Observation] {
        slice(&self.observations, start, count)
    }

    pub(crate) fn entries(&self, slot: KindSlot) -> &[Entry] {
        slice(&self.entries, slot.start, slot.count)
    }

    pub(crate) fn attribute(&self, of: Attributes, index: AttributeId) -> Option<Value> {
        let index = index.place();
        if index >= of.count as usize {
            return None;
        }
        self.attributes.get(of.start as usize + index).copied().flatten()
    }

    pub(crate) fn anchor(&self, anchor: AnchorId) -> Option<PartialDateTime> {
        self.anchors.get(anchor).copied().flatten()
    }

    pub(crate) fn slot(&self, fact: FactId) -> Slot {
        self.facts.get(fact).copied().unwrap_or(Slot::Absent)
    }
}

fn slice<T>(all: &[T], start: u32, count: u32) -> &[T] {
    all.get(start as usize..).and_then(|rest| rest.get(..count as usize)).unwrap_or_default()
}

/// The values a number may have, in the canonical unit: `way` leads into it, `possible` floors and caps what is
/// censored.
pub(crate) fn interval(number: &Number, way: &Way, possible: Option<&(Rational, Rational)>) -> Option<Interval> {
    let value = way.exact.apply(&number.exact_raw()?);
    let Some(comparator) = number.comparator else {
        return Some(Interval::point(value));
    };
    let open = Interval::from_comparison(comparator, value);
    let Some((low, high)) = possible else {
        return Some(open);
    };
    // Reading has made sure that the two meet.
    open.intersect(&Interval::closed(low.clone(), high.clone())?)
}
