//! What a record may still give, by the names that reasons use.

use std::collections::HashMap;

use crate::ir::{Id, Limit};

use super::report::{Reason, UnknownCause};
use crate::eval::Evaluator;
use crate::eval::uses::Dependency;
use crate::record::model::{Record, Slot};
use crate::record::schema::{NameOf, Scope};
use crate::tree::{AnchorId, AttributeId, FactId, GroupId, KindId, QuestionId};

/// What a reason names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Item {
    Anchor(AnchorId),
    Question(QuestionId),
    Fact(FactId),
    At(FactId),
    Limit(FactId, Limit),
    Kind(KindId),
    Group(GroupId),
    Start(KindId),
    End(KindId),
    Attribute(Scope, AttributeId),
}

/// A set of items, by their index in [`Universe::items`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Items(Vec<u64>);

impl Items {
    pub(crate) fn insert(&mut self, item: usize) {
        if self.0.len() <= item / 64 {
            self.0.resize(item / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(item / 64) {
            *word |= 1 << (item % 64);
        }
    }

    pub(crate) fn remove(&mut self, item: usize) {
        if let Some(word) = self.0.get_mut(item / 64) {
            *word &= !(1 << (item % 64));
        }
    }

    pub(crate) fn extend(&mut self, other: &Items) {
        other.iter().for_each(|item| self.insert(item));
    }

    pub(crate) fn contains(&self, item: usize) -> bool {
        self.0.get(item / 64).is_some_and(|word| word >> (item % 64) & 1 == 1)
    }

    pub(crate) fn meets(&self, other: &Items) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one & other != 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let bits = |(at, word): (usize, &u64)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        };
        self.0.iter().enumerate().flat_map(bits)
    }
}

/// Every item that some reason names.
#[derive(Debug, Default)]
pub(crate) struct Universe {
    items: Vec<Item>,
    names: Vec<String>,
    whys: Vec<Vec<UnknownCause>>,
    places: HashMap<Item, usize>,
    /// For each kind, the items that give its entries: itself, and groups.
    givers: HashMap<KindId, Vec<usize>>,
}

impl Universe {
    /// The items of some reasons; those that no record could correct are left out.
    pub(crate) fn place(&mut self, evaluator: &Evaluator, record: &Record, reasons: &[Reason]) -> Items {
        let mut items = Items::default();
        for reason in reasons {
            if matches!(
                reason.why,
                UnknownCause::NotEncoded | UnknownCause::UndefinedArithmetic | UnknownCause::Conflict
            ) {
                continue;
            }
            let Some(item) = parse(evaluator, &reason.item) else {
                continue;
            };
            let next = self.items.len();
            let index = *self.places.entry(item).or_insert(next);
            if index == next {
                self.items.push(item);
                self.names.push(reason.item.clone());
                self.whys.push(Vec::new());
                self.add_giver(evaluator, record, item, index);
            }
            if let Some(whys) = self.whys.get_mut(index)
                && !whys.contains(&reason.why)
            {
                whys.push(reason.why);
            }
            items.insert(index);
        }
        items
    }

    fn add_giver(&mut self, evaluator: &Evaluator, record: &Record, item: Item, index: usize) {
        match item {
            Item::Kind(kind) => self.givers.entry(kind).or_default().push(index),
            Item::Group(group) => {
                let members = evaluator.schema.tree.groups.get(group).map_or(&[][..], |group| &group.members);
                for kind in members.iter().copied() {
                    if !is_complete(record, kind) {
                        self.givers.entry(kind).or_default().push(index);
                    }
                }
            }
            _ => {}
        }
    }

    pub(crate) fn index(&self, item: Item) -> Option<usize> {
        self.places.get(&item).copied()
    }

    /// The first of the freed items that gives a kind's entries.
    pub(crate) fn giver(&self, kind: KindId, freed: &Items) -> Option<usize> {
        self.givers.get(&kind)?.iter().copied().find(|item| freed.contains(*item))
    }

    pub(crate) fn gives(&self, item: Item, why: &[UnknownCause]) -> bool {
        self.index(item).and_then(|index| self.whys.get(index)).is_some_and(|whys| whys.iter().any(|w| why.contains(w)))
    }

    /// The items that are about one of some subjects.
    pub(crate) fn about(&self, subjects: &std::collections::HashSet<Dependency>, evaluator: &Evaluator) -> Items {
        let mut items = Items::default();
        for (index, item) in self.items.iter().enumerate() {
            let about = match item {
                Item::Anchor(anchor) => subjects.contains(&Dependency::Anchor(*anchor)),
                Item::Question(question) => subjects.contains(&Dependency::Question(*question)),
                Item::Fact(fact) | Item::At(fact) | Item::Limit(fact, _) | Item::Attribute(Scope::Fact(fact), _) => {
                    subjects.contains(&Dependency::Fact(*fact))
                }
                Item::Kind(kind) | Item::Start(kind) | Item::End(kind) | Item::Attribute(Scope::Kind(kind), _) => {
                    subjects.contains(&Dependency::Kind(*kind))
                }
                Item::Group(group) => evaluator.schema.tree.groups.get(*group).is_some_and(|group| {
                    group.members.iter().any(|member| subjects.contains(&Dependency::Kind(*member)))
                }),
                Item::Attribute(Scope::Nothing, _) => false,
            };
            if about {
                items.insert(index);
            }
        }
        items
    }

    /// Whether giving an item may turn round what is known now: a further result, or the date of one that counts
    /// without.
    pub(crate) fn may_turn(&self, item: usize) -> bool {
        matches!(self.items.get(item), Some(Item::Fact(_) | Item::At(_)))
    }

    pub(crate) fn group(&self, item: usize) -> Option<GroupId> {
        match self.items.get(item)? {
            Item::Group(group) => Some(*group),
            _ => None,
        }
    }

    /// The items in alphabetical order.
    pub(crate) fn sorted(&self, items: &Items) -> Vec<usize> {
        let mut list: Vec<usize> = items.iter().collect();
        list.sort_by_key(|item| self.names.get(*item));
        list
    }

    pub(crate) fn named(&self, items: &Items) -> Vec<String> {
        self.sorted(items).into_iter().filter_map(|item| self.names.get(item).cloned()).collect()
    }
}

pub(crate) fn is_complete(record: &Record, kind: KindId) -> bool {
    record.kinds.get(kind).is_some_and(|slot| slot.complete)
}

/// How many results a record gives of a fact.
pub(crate) fn results(record: &Record, fact: FactId) -> usize {
    match record.slot(fact) {
        Slot::Absent => 0,
        Slot::Plain(_) => 1,
        Slot::Observations { count, .. } => count as usize,
    }
}

fn parse(evaluator: &Evaluator, name: &str) -> Option<Item> {
    if let Some(anchor) = name.strip_prefix("anchor ") {
        return evaluator.schema.anchors.get(anchor).map(|anchor| Item::Anchor(*anchor));
    }
    if let Some(question) = name.strip_prefix("judgement ") {
        return evaluator.schema.questions.get(question).map(|question| Item::Question(*question));
    }
    let (head, part) = name.split_once('.').map_or((name, None), |(head, part)| (head, Some(part)));
    let attribute = |scope: Scope, part: &str| {
        let place = evaluator.schema.attributes(scope).iter().position(|attribute| attribute.name == part)?;
        Some(Item::Attribute(scope, AttributeId::new(place)))
    };
    match (evaluator.schema.names.get(head)?.0, part) {
        (NameOf::Fact(fact), None) => Some(Item::Fact(fact)),
        (NameOf::Fact(fact), Some("at")) => Some(Item::At(fact)),
        (NameOf::Fact(fact), Some("uln")) => Some(Item::Limit(fact, Limit::Uln)),
        (NameOf::Fact(fact), Some("lln")) => Some(Item::Limit(fact, Limit::Lln)),
        (NameOf::Fact(fact), Some(part)) => attribute(Scope::Fact(fact), part),
        (NameOf::Kind(kind), None) => Some(Item::Kind(kind)),
        (NameOf::Kind(kind), Some("start")) => Some(Item::Start(kind)),
        (NameOf::Kind(kind), Some("end")) => Some(Item::End(kind)),
        (NameOf::Kind(kind), Some(part)) => attribute(Scope::Kind(kind), part),
        (NameOf::Group(group), None) => Some(Item::Group(group)),
        (NameOf::Group(_), Some(_)) | (NameOf::Other, _) => None,
    }
}
