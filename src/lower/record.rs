//! What the tree says of records: the facts, kinds and groups that its tests read, and the other names there are.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::checks::Read;
use super::continuations::{Lowering, anchor};
use crate::ir::Table;
use crate::tree::{
    Anchor, Attribute, AttributeId, Check, Code, Criterion, DecisionTree, Fact, FactId, Group, GroupId, Kind, KindId,
    Note, TrialInfo, ValueType,
};
use crate::units::{Ways, accepted_units};
use crate::vocab::{self, Type, Vocabulary};

impl<'p> Lowering<'p> {
    pub(super) fn finish(
        mut self,
        criteria: Vec<Criterion>,
        checks: Vec<Check>,
        read: &Read,
        notes: Vec<Note>,
    ) -> DecisionTree {
        self.evidence(read);
        let vocabulary = &self.program.vocabulary;
        let facts: Table<FactId, Fact> = self
            .facts
            .iter()
            .filter_map(|id| vocabulary.facts.get(*id).map(Arc::as_ref))
            .map(|each| fact(each, read.named(vocabulary, &each.bears_on)))
            .collect();
        let kinds: Table<KindId, Kind> = self
            .kinds
            .iter()
            .filter_map(|id| vocabulary.kinds.get(*id).map(Arc::as_ref))
            .map(|each| kind(each, read.named(vocabulary, &each.bears_on)))
            .collect();
        let groups = groups(vocabulary, &self.kinds);
        let mut read: BTreeSet<&str> = facts.iter().map(|fact| fact.name.as_str()).collect();
        read.extend(kinds.iter().map(|kind| kind.name.as_str()));
        read.extend(groups.iter().map(|group| group.name.as_str()));
        let others: BTreeSet<&str> = vocabulary
            .facts
            .iter()
            .map(|fact| fact.name.as_str())
            .chain(vocabulary.kinds.iter().map(|kind| kind.name.as_str()))
            .chain(vocabulary.groups.iter().map(|group| group.name.as_str()))
            .filter(|name| !read.contains(name))
            .collect();
        let other_names = others.into_iter().map(str::to_owned).collect();
        let anchors = vocabulary
            .anchors
            .iter()
            .map(|anchor| Anchor { name: anchor.name.clone(), text: anchor.text.clone() })
            .collect();
        let trial = &self.program.trial;
        DecisionTree {
            trial: TrialInfo { id: trial.id.clone(), title: trial.title.clone(), details: trial.details.clone() },
            anchors,
            default_anchor: anchor(self.program.default_anchor),
            facts,
            kinds,
            groups,
            other_names,
            questions: self.questions,
            tests: self.tests,
            nodes: self.nodes,
            criteria,
            checks,
            notes,
        }
    }
}

fn value_type(ty: &Type, ways: Ways<'_>) -> ValueType {
    match ty {
        Type::Quantity(unit) => ValueType::Quantity { unit: unit.ucum().to_owned(), units: accepted_units(unit, ways) },
        Type::Score { low, high, step } => {
            ValueType::Score { low: low.clone(), high: high.clone(), step: step.clone() }
        }
        Type::Ordinal { scale, levels } => ValueType::Ordinal { scale: scale.clone(), levels: levels.clone() },
        Type::Coded(values) => ValueType::Coded { values: values.clone() },
        Type::Titre { .. } => ValueType::Titre,
        Type::YesNo => ValueType::YesNo,
        Type::Date => ValueType::Date,
    }
}

fn codes(codes: &[vocab::Code]) -> Vec<Code> {
    codes
        .iter()
        .map(|code| Code { system: code.system.clone(), code: code.code.clone(), source: code.source.clone() })
        .collect()
}

fn attributes(attributes: &[vocab::Attribute]) -> Table<AttributeId, Attribute> {
    attributes
        .iter()
        .map(|attribute| Attribute {
            name: attribute.name.clone(),
            ty: value_type(&attribute.ty, Ways::default()),
            possible: attribute.possible.clone(),
        })
        .collect()
}

fn fact(fact: &vocab::Fact, bears_on: Vec<String>) -> Fact {
    Fact {
        name: fact.name.clone(),
        text: fact.text.clone(),
        ty: value_type(&fact.ty, fact.ways()),
        possible: fact.possible.clone(),
        uln: fact.uln,
        lln: fact.lln,
        absent_means_no: fact.absent_means_no,
        attributes: attributes(&fact.attributes),
        codes: codes(&fact.codes),
        bears_on,
    }
}

fn kind(kind: &vocab::Kind, bears_on: Vec<String>) -> Kind {
    Kind {
        name: kind.name.clone(),
        text: kind.text.clone(),
        word: kind.word,
        absent_means_no: kind.absent_means_no,
        half_life: kind.half_life.clone(),
        equivalent: kind.equivalent.as_ref().map(|one| (one.factor.clone(), one.reference.clone())),
        attributes: attributes(&kind.attributes),
        codes: codes(&kind.codes),
        bears_on,
    }
}

/// The groups that have a member among the tree's kinds.
fn groups(vocabulary: &Vocabulary, kinds: &Table<KindId, vocab::KindId>) -> Table<GroupId, Group> {
    let mut list = Table::default();
    for group in &vocabulary.groups {
        let mut members = Vec::new();
        let mut other_members = Vec::new();
        for member in &group.members {
            match kinds.find(|kind| kind == member) {
                Some(id) => members.push(id),
                None => other_members.extend(vocabulary.kinds.get(*member).map(|kind| kind.name.clone())),
            }
        }
        if members.is_empty() {
            continue;
        }
        members.sort_unstable();
        list.push(Group { name: group.name.clone(), members, other_members });
    }
    list
}
