//! Names: each once, and those that are referred to are there.

use std::collections::BTreeMap;

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
    for (index, note) in tree.notes.iter().enumerate() {
        line(&at("notes", index), note.source.1)?;
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
