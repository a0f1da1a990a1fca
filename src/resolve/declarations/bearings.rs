//! Which fact is evidence for or against which (`bears on`), and what is so in every record (`assert`).

use std::sync::Arc;

use super::Declarer;
use crate::resolve::errors;
use crate::syntax::ast::{Modifier, ModifierKind, Name, Statement, StatementKind};
use crate::vocab::{Assertion, Bearing, Symbol};

impl Declarer<'_> {
    /// Adds what a fact or kind bears on; every name is declared by now.
    pub(super) fn bearing(&mut self, statement: &Statement) {
        let (StatementKind::Fact { name, modifiers, .. }
        | StatementKind::Kind { name, modifiers, .. }
        | StatementKind::Extend { name, modifiers, .. }) = &statement.kind
        else {
            return;
        };
        let Some(of) = self.vocabulary.symbols.get(&name.text).copied() else {
            return;
        };
        let bearings = self.bearings(name, modifiers);
        if bearings.is_empty() {
            return;
        }
        let list = match of {
            Symbol::Fact(id) => self.vocabulary.facts.get_mut(id).map(|fact| &mut Arc::make_mut(fact).bears_on),
            Symbol::Kind(id) => self.vocabulary.kinds.get_mut(id).map(|kind| &mut Arc::make_mut(kind).bears_on),
            Symbol::Group(_) | Symbol::Anchor(_) | Symbol::Definition(_) => None,
        };
        let itself = match of {
            Symbol::Fact(id) => Some(Bearing::Fact(id)),
            Symbol::Kind(id) => Some(Bearing::Kind(id)),
            Symbol::Group(_) | Symbol::Anchor(_) | Symbol::Definition(_) => None,
        };
        if let Some(list) = list {
            for bearing in bearings {
                // A group may well hold the kind itself.
                if Some(bearing) != itself && !list.contains(&bearing) {
                    list.push(bearing);
                }
            }
        }
    }

    fn bearings(&mut self, of: &Name, modifiers: &[Modifier]) -> Vec<Bearing> {
        let mut bearings = Vec::new();
        for modifier in modifiers {
            let ModifierKind::BearsOn(names) = &modifier.kind else {
                continue;
            };
            for name in names {
                match self.vocabulary.symbols.get(&name.text).copied() {
                    _ if name.text == of.text => self.report(errors::bears_on_itself(name)),
                    Some(Symbol::Fact(id)) => bearings.push(Bearing::Fact(id)),
                    Some(Symbol::Kind(id)) => bearings.push(Bearing::Kind(id)),
                    Some(Symbol::Group(id)) => {
                        let members = self.vocabulary.groups.get(id).map(|group| group.members.clone());
                        bearings.extend(members.unwrap_or_default().into_iter().map(Bearing::Kind));
                    }
                    symbol => {
                        if !self.broken.contains(&name.text.as_str()) {
                            let place = symbol.and_then(|symbol| self.vocabulary.span(symbol));
                            let diagnostic = errors::bears_on_no_evidence(&self.vocabulary, name, symbol, place);
                            self.report(diagnostic);
                        }
                    }
                }
            }
        }
        bearings
    }

    /// Adds what a statement says is so in every record.
    pub(super) fn assertion(&mut self, statement: &Statement) {
        let StatementKind::Assert { id, text, body } = &statement.kind else {
            return;
        };
        if let Some(id) = id
            && let Some(before) = self.vocabulary.assertions.iter().find(|other| other.id.as_ref() == Some(&id.text))
        {
            let place = before.span;
            self.report(errors::duplicate_check(id, place));
        }
        self.vocabulary.assertions.push(Arc::new(Assertion {
            id: id.as_ref().map(|id| id.text.clone()),
            text: text.text.clone(),
            why: statement.doc.clone(),
            span: statement.span,
            body: body.clone(),
        }));
    }
}
