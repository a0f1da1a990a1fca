//! Scopes: what is reached from a root fits where the root stands (the record, an entry of some kinds, a result of a
//! fact) and the answers it may end in.

use std::collections::BTreeMap;

use super::lists::{Result, at};
use super::roots::{Scope, roots};
use super::test::Declared;
use crate::ir::{Id, Length, Relation, Table};
use crate::tree::json::TreeError;
use crate::tree::{Attribute, Branch, DecisionTree, Leaf, NodeId, OperandKind, Subject, Test, TimeOf, ValueType};

/// The answers a root may end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// pass, fail, unknown.
    Outcome,
    /// yes, no, unknown.
    Answer,
}

/// What is reached from each root fits the scope and the answers of that root.
pub(super) fn check(tree: &DecisionTree) -> Result {
    let mut by_scope: BTreeMap<Scope, Vec<(Branch, String)>> = BTreeMap::new();
    for (index, test) in tree.tests.iter().enumerate() {
        for (root, scope) in roots(test) {
            if let Some(scope) = scope {
                by_scope.entry(scope).or_default().push((root, at("tests", index)));
            }
        }
    }
    let mut walk = Walk { tree, seen: tree.nodes.iter().map(|_| 0).collect(), stamp: 1 };
    for (index, criterion) in tree.criteria.iter().enumerate() {
        walk.from(criterion.root, Answers::Outcome, &Scope::Record, &at("criteria", index))?;
    }
    for (index, check) in tree.checks.iter().enumerate() {
        walk.from(check.root, Answers::Answer, &Scope::Record, &at("checks", index))?;
    }
    for (scope, roots) in by_scope {
        // Two stamps a scope: one for each kind of ending.
        walk.stamp += 2;
        for (root, path) in roots {
            walk.from(root, Answers::Answer, &scope, &path)?;
        }
    }
    Ok(())
}

struct Walk<'a> {
    tree: &'a DecisionTree,
    /// The stamp of the last visit of each node.
    seen: Table<NodeId, usize>,
    /// For outcomes; the next one is for answers.
    stamp: usize,
}

impl Walk<'_> {
    fn from(&mut self, root: Branch, ends: Answers, scope: &Scope, path: &str) -> Result {
        let mut rest = vec![(root, ends)];
        while let Some((next, ends)) = rest.pop() {
            let index = match next {
                Branch::Node(index) => index,
                Branch::Leaf(leaf) => {
                    fitting_leaf(leaf, ends, path)?;
                    continue;
                }
            };
            let stamp = if ends == Answers::Outcome { self.stamp } else { self.stamp + 1 };
            let (Some(node), Some(seen)) = (self.tree.nodes.get(index), self.seen.get_mut(index)) else {
                continue;
            };
            if *seen == stamp {
                continue;
            }
            *seen = stamp;
            let Some(test) = self.tree.tests.get(node.test) else {
                continue;
            };
            let place = Declared { tree: self.tree, path: at("tests", node.test.place()) };
            in_scope(&place, test, scope)
                .map_err(|error| TreeError::new(error.path, format!("{} (reached from {path})", error.message)))?;
            rest.extend([(node.yes, ends), (node.no, ends), (node.unknown, ends)]);
            let conditions = roots(test).into_iter().filter(|(_, scope)| scope.is_none());
            rest.extend(conditions.map(|(root, _)| (root, Answers::Answer)));
        }
        Ok(())
    }
}

fn fitting_leaf(leaf: Leaf, ends: Answers, path: &str) -> Result {
    match (leaf, ends) {
        (Leaf::Unknown, _) | (Leaf::Pass | Leaf::Fail, Answers::Outcome) | (Leaf::Yes | Leaf::No, Answers::Answer) => {
            Ok(())
        }
        (_, Answers::Outcome) => Err(TreeError::new(path, "a criterion ends in pass, fail or unknown")),
        (_, Answers::Answer) => Err(TreeError::new(path, "a filter or condition ends in yes, no or unknown")),
    }
}

/// What a test needs of the scope it is in.
fn in_scope(place: &Declared<'_>, test: &Test, scope: &Scope) -> Result {
    match test {
        Test::IsOneOf { subject: Subject::Attribute(name), values } => {
            for ty in attribute_types(place, scope, name)? {
                place.among(name, ty, values)?;
            }
            Ok(())
        }
        Test::IsYes { subject: Subject::Attribute(name) } => {
            let types = attribute_types(place, scope, name)?;
            if types.iter().all(|ty| **ty == ValueType::YesNo) {
                Ok(())
            } else {
                place.error(format!("the attribute `{name}` is not yes/no"))
            }
        }
        Test::Compare { .. } | Test::Stretch { .. } => {
            let mut wanted = Vec::new();
            test.operands(&mut |each| {
                if let OperandKind::Attribute(name) = &each.kind {
                    wanted.push(name);
                }
            });
            wanted.into_iter().try_for_each(|name| number_attribute(place, scope, name))
        }
        Test::Window { of, relation, .. } => {
            match of {
                TimeOf::Entry if !matches!(scope, Scope::Entry(_)) => {
                    return place.error("\"of\":\"entry\" is outside the filter of entries");
                }
                TimeOf::Result if !matches!(scope, Scope::Result(_)) => {
                    return place.error("\"of\":\"result\" is outside the filter of a fact");
                }
                TimeOf::Attribute(name) => {
                    let types = attribute_types(place, scope, name)?;
                    if types.iter().any(|ty| **ty != ValueType::Date) {
                        return place.error(format!("the attribute `{name}` is not a date"));
                    }
                }
                TimeOf::Entry | TimeOf::Result | TimeOf::Fact(_) | TimeOf::Anchor(_) => {}
            }
            if in_half_lives(relation) { half_lives(place, scope) } else { Ok(()) }
        }
        Test::IsOneOf { subject: Subject::Fact(_), .. }
        | Test::IsYes { subject: Subject::Fact(_) }
        | Test::Entries { .. }
        | Test::Course { .. }
        | Test::Judged { .. }
        | Test::Todo { .. } => Ok(()),
    }
}

fn attribute_types<'a>(place: &Declared<'a>, scope: &Scope, name: &str) -> Result<Vec<&'a ValueType>> {
    let missing = |whose: &str| place.error(format!("`{whose}` has no attribute `{name}`"));
    let find = |list: &'a [Attribute]| list.iter().find(|attribute| attribute.name == name);
    let tree = place.tree;
    match scope {
        Scope::Record => place.error(format!("the attribute `{name}` is outside a filter")),
        Scope::Result(id) => {
            let Some(fact) = tree.facts.get(*id) else {
                return place.error("no such fact");
            };
            find(&fact.attributes).map_or_else(|| missing(&fact.name), |attribute| Ok(vec![&attribute.ty]))
        }
        // Every entry has these two dates.
        Scope::Entry(_) if matches!(name, "start" | "end") => Ok(vec![&ValueType::Date]),
        Scope::Entry(kinds) => {
            let mut types = Vec::new();
            for id in kinds {
                let Some(kind) = tree.kinds.get(*id) else {
                    return place.error("no such kind");
                };
                match find(&kind.attributes) {
                    Some(attribute) => types.push(&attribute.ty),
                    None => return missing(&kind.name),
                }
            }
            Ok(types)
        }
    }
}

fn number_attribute(place: &Declared<'_>, scope: &Scope, name: &str) -> Result {
    let mut first = None;
    for ty in attribute_types(place, scope, name)? {
        let unit = match ty {
            ValueType::Quantity { unit, .. } => Some(unit.as_str()),
            ValueType::Titre => Some("titre"),
            ValueType::Score { .. } => None,
            _ => return place.error(format!("the attribute `{name}` is not a number")),
        };
        if *first.get_or_insert(unit) != unit {
            return place.error(format!("the attribute `{name}` has different units in these kinds"));
        }
    }
    Ok(())
}

fn in_half_lives(relation: &Relation) -> bool {
    relation.lengths().any(|length| match length {
        Length::HalfLives(_) => true,
        Length::Calendar(..) => false,
    })
}

fn half_lives(place: &Declared<'_>, scope: &Scope) -> Result {
    let Scope::Entry(kinds) = scope else {
        return place.error("half-lives are counted for entries only");
    };
    for id in kinds {
        let Some(kind) = place.tree.kinds.get(*id) else {
            continue;
        };
        let own = kind.attributes.iter().find(|attribute| attribute.name == "half_life");
        let in_days = own.map(|own| matches!(&own.ty, ValueType::Quantity { unit, .. } if unit == "d"));
        match in_days {
            Some(true) => {}
            None if kind.half_life.is_some() => {}
            None => return place.error(format!("`{}` has no half-life", kind.name)),
            Some(false) => {
                return place.error(format!("the attribute `half_life` of `{}` is not in d", kind.name));
            }
        }
    }
    Ok(())
}
