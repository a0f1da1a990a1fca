//! Groups of kinds, nested ones opened.

use std::collections::BTreeSet;

use super::Declarer;
use crate::resolve::errors;
use crate::syntax::ast::{Name, Statement, StatementKind};
use crate::vocab::{Group, Symbol};

impl Declarer<'_> {
    pub(super) fn groups(&mut self, statements: &[&Statement]) {
        // Every group's name is claimed first: groups may name groups declared below them.
        let first = self.vocabulary.groups.len();
        let mut declared: Vec<(&[Name], usize)> = Vec::new();
        for statement in statements {
            let StatementKind::Group { name, modifiers, members } = &statement.kind else {
                continue;
            };
            let said = self.modifiers(modifiers, name, None, None);
            let id = self.vocabulary.groups.len();
            if self.claim(name, Symbol::Group(id)) {
                declared.push((members, id));
                self.vocabulary.groups.push(Group {
                    name: name.text.clone(),
                    text: statement.doc.clone(),
                    span: name.span,
                    members: Vec::new(),
                    codes: said.codes,
                });
            }
        }
        let mut direct: Vec<(BTreeSet<usize>, BTreeSet<usize>)> = vec![Default::default(); declared.len()];
        let reported = self.diagnostics.len();
        for ((members, _), (kinds, groups)) in declared.iter().zip(direct.iter_mut()) {
            for member in *members {
                match self.vocabulary.symbols.get(&member.text).copied() {
                    Some(Symbol::Kind(id)) => {
                        kinds.insert(id);
                    }
                    Some(Symbol::Group(id)) if id < first => {
                        let known = self.vocabulary.groups.get(id);
                        kinds.extend(known.into_iter().flat_map(|group| group.members.iter()));
                    }
                    Some(Symbol::Group(id)) => {
                        groups.insert(id - first);
                    }
                    Some(Symbol::Fact(_) | Symbol::Anchor(_) | Symbol::Definition(_)) => {
                        let diagnostic = errors::not_a_kind(member);
                        self.diagnostics.push(diagnostic);
                    }
                    None if self.broken.contains(&member.text.as_str()) => {}
                    None => {
                        let diagnostic = errors::unknown_member(&self.vocabulary, member);
                        self.diagnostics.push(diagnostic);
                    }
                }
            }
        }
        let members_known = self.diagnostics.len() == reported && self.broken.is_empty();
        for (at, (_, id)) in declared.iter().enumerate() {
            if let Some(group) = self.vocabulary.groups.get_mut(*id) {
                group.members = reached(&direct, at).into_iter().collect();
                if group.members.is_empty() && members_known {
                    let diagnostic = errors::group_of_nothing(group.span, &group.name);
                    self.diagnostics.push(diagnostic);
                }
            }
        }
    }
}

/// The kinds of the group at `at` and of every group named in it, however deep; a circle of groups is one set. `direct`
/// has what each names itself: kinds, and groups by their places there.
fn reached(direct: &[(BTreeSet<usize>, BTreeSet<usize>)], at: usize) -> BTreeSet<usize> {
    let mut kinds = BTreeSet::new();
    let mut seen = BTreeSet::from([at]);
    let mut open = vec![at];
    while let Some((own, named)) = open.pop().and_then(|group| direct.get(group)) {
        kinds.extend(own);
        open.extend(named.iter().filter(|group| seen.insert(**group)));
    }
    kinds
}
