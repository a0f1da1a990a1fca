//! Names: each once, and those that are referred to are there.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::{Result, ascending, at, distinct};
use crate::tree::DecisionTree;
use crate::tree::json::TreeError;

pub(super) fn names(tree: &DecisionTree) -> Result {
    distinct("anchors", tree.anchors.iter().map(|anchor| anchor.name.as_str()))?;
    distinct("questions", tree.questions.iter().map(|question| question.id.as_str()))?;
    distinct("criteria", tree.criteria.iter().map(|criterion| criterion.id.as_str()))?;
    let lists: [(&str, Vec<&str>); 4] = [
        ("record.facts", tree.facts.iter().map(|fact| fact.name.as_str()).collect()),
        ("record.kinds", tree.kinds.iter().map(|kind| kind.name.as_str()).collect()),
        ("record.groups", tree.groups.iter().map(|group| group.name.as_str()).collect()),
        ("record.other_names", tree.other_names.iter().map(String::as_str).collect()),
    ];
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, list) in &lists {
        distinct(path, list.iter().copied())?;
        for (index, name) in list.iter().enumerate() {
            if let Some(other) = taken.insert(name, path) {
                return Err(TreeError::new(at(path, index), format!("`{name}` is listed in {other} too")));
            }
        }
    }
    if tree.anchors.get(tree.default_anchor).is_none() {
        return Err(TreeError::new("default_anchor", "no such anchor"));
    }
    if !tree.other_names.is_sorted() {
        return Err(TreeError::new("record.other_names", "not sorted"));
    }
    for (index, question) in tree.questions.iter().enumerate() {
        if !matches!(question.by.as_str(), "investigator" | "sponsor") {
            return Err(TreeError::new(at("questions", index), "`by` is \"investigator\" or \"sponsor\""));
        }
    }
    groups(tree)?;
    for (index, criterion) in tree.criteria.iter().enumerate() {
        if tree.anchors.get(criterion.stage).is_none() {
            return Err(TreeError::new(at("criteria", index), "`stage` is no anchor"));
        }
        line(&at("criteria", index), criterion.source.1)?;
    }
    checks(tree)?;
    bearings(tree)?;
    for (index, note) in tree.notes.iter().enumerate() {
        line(&at("notes", index), note.source.1)?;
    }
    Ok(())
}

fn checks(tree: &DecisionTree) -> Result {
    distinct("checks", tree.checks.iter().filter_map(|check| check.id.as_deref()))?;
    for (index, check) in tree.checks.iter().enumerate() {
        let path = at("checks", index);
        ascending(&path, &check.facts)?;
        ascending(&path, &check.kinds)?;
        ascending(&path, &check.anchors)?;
        let unlisted = check.facts.iter().any(|id| tree.facts.get(*id).is_none())
            || check.kinds.iter().any(|id| tree.kinds.get(*id).is_none())
            || check.anchors.iter().any(|id| tree.anchors.get(*id).is_none());
        if unlisted {
            return Err(TreeError::new(path, "it names what is not listed"));
        }
        if check.facts.is_empty() && check.kinds.is_empty() && check.anchors.is_empty() {
            return Err(TreeError::new(path, "a check names at least one fact, kind or anchor"));
        }
        line(&path, check.source.1)?;
    }
    Ok(())
}

/// What a fact or kind bears on is listed, and is not the fact or kind itself.
fn bearings(tree: &DecisionTree) -> Result {
    let facts = tree.facts.iter().map(|fact| (&fact.name, &fact.bears_on));
    let kinds = tree.kinds.iter().map(|kind| (&kind.name, &kind.bears_on));
    let listed: BTreeSet<&str> = facts.clone().chain(kinds.clone()).map(|(name, _)| name.as_str()).collect();
    for (name, on) in facts.chain(kinds) {
        distinct(&format!("`bears_on` of `{name}`"), on.iter().map(String::as_str))?;
        for other in on {
            if other == name || !listed.contains(other.as_str()) {
                let message = format!("`{other}` is no other fact or kind of the tree");
                return Err(TreeError::new(format!("`bears_on` of `{name}`"), message));
            }
        }
    }
    Ok(())
}

fn line(path: &str, line: u32) -> Result {
    if line == 0 { Err(TreeError::new(format!("{path}.source"), "lines are counted from 1")) } else { Ok(()) }
}

fn groups(tree: &DecisionTree) -> Result {
    for (index, group) in tree.groups.iter().enumerate() {
        let path = at("record.groups", index);
        if group.members.is_empty() {
            return Err(TreeError::new(path, "a group without members"));
        }
        ascending(&path, &group.members)?;
        let mut all = Vec::new();
        for id in &group.members {
            let kind = tree.kinds.get(*id).ok_or_else(|| TreeError::new(path.as_str(), "no such kind"))?;
            all.push(kind.name.as_str());
        }
        all.extend(group.other_members.iter().map(String::as_str));
        distinct(&path, all.into_iter())?;
    }
    Ok(())
}
