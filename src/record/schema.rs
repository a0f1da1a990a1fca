//! What records are read by: the names that a decision tree knows, the slots and units of each, the questions and anchors.

use crate::ir::{Id, Table};
use crate::tree::{AnchorId, Attribute, AttributeId, DecisionTree, FactId, GroupId, KindId, QuestionId};

use super::fast_values::{self, Plain};
use super::name_table::{Names, small};
use super::units::Units;

/// What results or entries a filter applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    Nothing,
    Fact(FactId),
    Kind(KindId),
}

/// What a name under `facts` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameOf {
    Fact(FactId),
    Kind(KindId),
    Group(GroupId),
    Other,
}

/// The names of a decision tree as a reader of records looks them up.
#[derive(Debug)]
pub struct Schema {
    pub(crate) tree: DecisionTree,
    pub(crate) names: Names<(NameOf, u32)>,
    pub(crate) anchors: Names<AnchorId>,
    pub(crate) questions: Names<QuestionId>,
    /// For each fact and kind: its units, by attribute (the value itself first).
    pub(crate) fact_units: Table<FactId, Vec<Units>>,
    pub(crate) kind_units: Table<KindId, Vec<Units>>,
    /// For each fact, how its value looks when it is given plainly.
    pub(crate) plain: Table<FactId, Plain>,
    /// For each fact, the bounds that a converted value may not lie close to for its word to be its double.
    pub(crate) bounds: Table<FactId, Vec<f64>>,
}

impl Schema {
    /// Of a tree, with the bounds that short tests compare each fact with.
    pub(crate) fn new(tree: DecisionTree, bounds: Table<FactId, Vec<f64>>) -> Schema {
        let mut names = Names::default();
        let facts = tree.facts.entries().map(|(id, fact)| (fact.name.as_str(), NameOf::Fact(id)));
        let kinds = tree.kinds.entries().map(|(id, kind)| (kind.name.as_str(), NameOf::Kind(id)));
        let groups = tree.groups.entries().map(|(id, group)| (group.name.as_str(), NameOf::Group(id)));
        let others = tree.other_names.iter().map(|name| (name.as_str(), NameOf::Other));
        for (name, what) in facts.chain(kinds).chain(groups).chain(others) {
            let index = small(names.len());
            names.insert(name.to_owned(), (what, index));
        }
        let anchors = tree.anchors.entries().map(|(id, anchor)| (anchor.name.clone(), id)).collect();
        let questions = tree.questions.entries().map(|(id, item)| (item.id.clone(), id)).collect();
        let attribute_units = |attributes: &[Attribute]| {
            attributes.iter().map(|attribute| Units::of(&attribute.ty, attribute.possible.as_ref())).collect::<Vec<_>>()
        };
        let fact_units = tree
            .facts
            .iter()
            .map(|fact| {
                let mut units = vec![Units::of(&fact.ty, fact.possible.as_ref())];
                units.extend(attribute_units(&fact.attributes));
                units
            })
            .collect();
        let kind_units = tree.kinds.iter().map(|kind| attribute_units(&kind.attributes)).collect();
        Schema { plain: fast_values::forms(&tree), names, anchors, questions, fact_units, kind_units, bounds, tree }
    }

    /// The anchor of a name.
    pub(crate) fn anchor(&self, name: &str) -> Option<AnchorId> {
        self.anchors.get(name).copied()
    }

    /// The kinds a name means: one, or a group's. `None` for a name that is neither; nothing for a name that no
    /// test reads.
    pub(crate) fn kinds_named(&self, name: &str) -> Option<Vec<KindId>> {
        match self.names.get(name)?.0 {
            NameOf::Kind(kind) => Some(vec![kind]),
            NameOf::Group(group) => self.tree.groups.get(group).map(|group| group.members.clone()),
            NameOf::Other => Some(Vec::new()),
            NameOf::Fact(_) => None,
        }
    }

    /// The units of a scope's attribute.
    pub(crate) fn attribute_units(&self, scope: Scope, attribute: AttributeId) -> Option<&Units> {
        match scope {
            Scope::Nothing => None,
            Scope::Fact(fact) => self.fact_units.get(fact)?.get(attribute.place() + 1),
            Scope::Kind(kind) => self.kind_units.get(kind)?.get(attribute.place()),
        }
    }

    pub(crate) fn attributes(&self, scope: Scope) -> &[Attribute] {
        attributes(&self.tree, scope)
    }

    pub(crate) fn attribute(&self, scope: Scope, attribute: AttributeId) -> Option<&Attribute> {
        self.attributes(scope).get(attribute.place())
    }
}

pub(crate) fn attributes(tree: &DecisionTree, scope: Scope) -> &[Attribute] {
    match scope {
        Scope::Nothing => &[],
        Scope::Fact(fact) => tree.facts.get(fact).map_or(&[], |fact| &*fact.attributes),
        Scope::Kind(kind) => tree.kinds.get(kind).map_or(&[], |kind| &*kind.attributes),
    }
}

pub(crate) fn attribute_named<'a>(attributes: &'a [Attribute], name: &str) -> Option<(AttributeId, &'a Attribute)> {
    let mut places = attributes.iter().enumerate();
    places.find(|(_, attribute)| attribute.name == name).map(|(place, attribute)| (AttributeId::new(place), attribute))
}
