//! Groups of kinds, and what extends them. A group holds the kinds of every group named in it, however deep.

use std::collections::BTreeSet;

use super::Declarer;
use crate::resolve::errors;
use crate::syntax::ast::{Name, Statement, StatementKind};
use crate::vocab::{Group, GroupId, KindId, Symbol};

impl Declarer<'_> {
    pub(super) fn groups(&mut self, statements: &[&Statement]) {
        // Every group's name is claimed first: groups may name groups declared below them.
        let mut named: Vec<(&[Name], GroupId, bool)> = Vec::new();
        for statement in statements {
            if let StatementKind::Group { name, modifiers, members } = &statement.kind {
                let said = self.modifiers(modifiers, name, None, None);
                let id = self.vocabulary.groups.next_id();
                if self.claim(name, Symbol::Group(id)) {
                    named.push((members, id, false));
                    self.vocabulary.groups.push(Group {
                        name: name.text.clone(),
                        text: statement.doc.clone(),
                        span: name.span,
                        groups: Vec::new(),
                        members: Vec::new(),
                        codes: said.codes,
                    });
                }
            }
        }
        for statement in statements {
            if let StatementKind::ExtendGroup { name, modifiers, members } = &statement.kind
                && let Some(id) = self.extended_group(name)
            {
                let codes = self.added_codes(modifiers, name, None);
                if let Some(group) = self.vocabulary.groups.get_mut(id) {
                    codes.into_iter().for_each(|code| super::extensions::add_code(&mut group.codes, code));
                }
                named.push((members, id, true));
            }
        }
        if named.is_empty() {
            return;
        }
        let reported = self.diagnostics.len();
        for (members, id, extends) in &named {
            for member in *members {
                self.member(member, *id, *extends);
            }
        }
        let members_known = self.diagnostics.len() == reported && self.broken.is_empty();
        let reached: Vec<BTreeSet<KindId>> = self.vocabulary.groups.entries().map(|(id, _)| self.reached(id)).collect();
        for (group, kinds) in self.vocabulary.groups.iter_mut().zip(reached) {
            group.members = kinds.into_iter().collect();
        }
        for (_, id, extends) in &named {
            if let Some(group) = self.vocabulary.groups.get(*id).filter(|_| !extends && members_known)
                && group.members.is_empty()
            {
                self.diagnostics.push(errors::group_of_nothing(group.span, &group.name));
            }
        }
    }

    /// Adds what `member` names to a group.
    fn member(&mut self, member: &Name, id: GroupId, extends: bool) {
        let diagnostic = match self.vocabulary.symbols.get(&member.text).copied() {
            Some(Symbol::Kind(kind)) => {
                let Some(group) = self.vocabulary.groups.get_mut(id) else { return };
                if !group.members.contains(&kind) {
                    group.members.push(kind);
                    return;
                }
                if !extends {
                    return;
                }
                errors::member_already(member, &group.name, group.span)
            }
            Some(Symbol::Group(inner)) => {
                let Some(group) = self.vocabulary.groups.get(id) else { return };
                if group.groups.contains(&inner) {
                    if !extends {
                        return;
                    }
                    errors::member_already(member, &group.name, group.span)
                } else if inner == id || self.groups_within(inner).contains(&id) {
                    errors::circle_of_groups(member, &group.name, group.span)
                } else {
                    if let Some(group) = self.vocabulary.groups.get_mut(id) {
                        group.groups.push(inner);
                    }
                    return;
                }
            }
            Some(Symbol::Fact(_) | Symbol::Anchor(_) | Symbol::Definition(_)) => errors::not_a_kind(member),
            None if self.broken.contains(&member.text.as_str()) => return,
            None => errors::unknown_member(&self.vocabulary, member),
        };
        self.report(diagnostic);
    }

    /// The groups named in a group, however deep.
    fn groups_within(&self, id: GroupId) -> BTreeSet<GroupId> {
        let mut seen = BTreeSet::new();
        let mut open = vec![id];
        while let Some(group) = open.pop().and_then(|group| self.vocabulary.groups.get(group)) {
            open.extend(group.groups.iter().copied().filter(|inner| seen.insert(*inner)));
        }
        seen
    }

    /// The kinds of a group and of every group named in it.
    fn reached(&self, id: GroupId) -> BTreeSet<KindId> {
        let within = self.groups_within(id);
        let groups = within.into_iter().chain([id]).filter_map(|group| self.vocabulary.groups.get(group));
        groups.flat_map(|group| group.members.iter().copied()).collect()
    }
}
