//! `extend`: what a file adds to a fact, kind or group that is declared elsewhere. An extension only adds: attributes,
//! codes, values of a coded fact, members of a group.

use std::sync::Arc;

use super::Declarer;
use crate::diag::Diagnostic;
use crate::ir::Table;
use crate::resolve::errors::{self, Addable};
use crate::source::Span;
use crate::syntax::ast::{self, Modifier, ModifierKind, Name, Statement, StatementKind, TypeKind};
use crate::vocab::{Attribute, AttributeId, Code, GroupId, Symbol, Type};

impl Declarer<'_> {
    /// Adds to a fact or kind what a statement says of it.
    pub(super) fn extension(&mut self, statement: &Statement) {
        let StatementKind::Extend { name, values, modifiers } = &statement.kind else {
            return;
        };
        match self.vocabulary.symbols.get(&name.text).copied() {
            Some(Symbol::Fact(id)) => {
                let codes = self.added_codes(modifiers, name, Some(Addable::Fact));
                let attributes = self.added_attributes(modifiers, false);
                let added = self.added_values(name, values);
                let Some(fact) = self.vocabulary.facts.get_mut(id).map(Arc::make_mut) else { return };
                codes.into_iter().for_each(|code| add_code(&mut fact.codes, code));
                if let Type::Coded(values) = &mut fact.ty {
                    values.extend(added);
                }
                for attribute in attributes {
                    if let Some(diagnostic) = add_attribute(&mut fact.attributes, attribute, None) {
                        self.diagnostics.push(diagnostic);
                    }
                }
            }
            Some(Symbol::Kind(id)) => {
                let codes = self.added_codes(modifiers, name, Some(Addable::Kind));
                let attributes = self.added_attributes(modifiers, true);
                if let Some(values) = values.first() {
                    self.report(errors::values_of_no_codes(values.span, name));
                }
                let Some(kind) = self.vocabulary.kinds.get_mut(id).map(Arc::make_mut) else { return };
                codes.into_iter().for_each(|code| add_code(&mut kind.codes, code));
                for attribute in attributes {
                    if let Some(diagnostic) = add_attribute(&mut kind.attributes, attribute, Some(kind.span)) {
                        self.diagnostics.push(diagnostic);
                    }
                }
            }
            Some(symbol @ (Symbol::Group(_) | Symbol::Anchor(_) | Symbol::Definition(_))) => {
                self.report(errors::not_extended(name, symbol, self.vocabulary.span(symbol)));
            }
            None => self.nothing_to_extend(name, false),
        }
    }

    /// The group that `extend group` names.
    pub(super) fn extended_group(&mut self, name: &Name) -> Option<GroupId> {
        match self.vocabulary.symbols.get(&name.text).copied() {
            Some(Symbol::Group(id)) => return Some(id),
            Some(symbol) => self.report(errors::not_a_group(name, self.vocabulary.span(symbol))),
            None => self.nothing_to_extend(name, true),
        }
        None
    }

    fn nothing_to_extend(&mut self, name: &Name, group: bool) {
        if !self.broken.contains(&name.text.as_str()) {
            self.report(errors::nothing_to_extend(&self.vocabulary, name, group));
        }
    }

    /// The codes among what is added; what is neither a code nor an attribute would change what is declared, and is
    /// reported. `to` is what is extended: a fact or a kind; nothing for a group, which has no attributes.
    pub(super) fn added_codes(&mut self, modifiers: &[Modifier], name: &Name, to: Option<Addable>) -> Vec<Code> {
        let mut codes = Vec::new();
        for modifier in modifiers {
            match &modifier.kind {
                ModifierKind::Codes { .. } => codes.push(modifier.clone()),
                ModifierKind::Attributes(_) | ModifierKind::BearsOn(_) if to.is_some() => {}
                _ => self.report(errors::no_addition(modifier.span, name, to)),
            }
        }
        self.modifiers(&codes, name, None, None).codes
    }

    fn added_attributes(&mut self, modifiers: &[Modifier], of_kind: bool) -> Vec<Attribute> {
        let mut added = Vec::new();
        for modifier in modifiers {
            if let ModifierKind::Attributes(attributes) = &modifier.kind {
                added.extend(self.attributes(attributes, of_kind));
            }
        }
        added
    }

    /// The values added to a coded fact.
    fn added_values(&mut self, name: &Name, types: &[ast::Type]) -> Vec<String> {
        let fact = match self.vocabulary.symbols.get(&name.text) {
            Some(Symbol::Fact(id)) => self.vocabulary.facts.get(*id),
            _ => None,
        };
        let Some((mut known, declared)) = fact.map(|fact| match &fact.ty {
            Type::Coded(values) => (Some(values.clone()), fact.span),
            _ => (None, fact.span),
        }) else {
            return Vec::new();
        };
        let mut added = Vec::new();
        for ty in types {
            let (TypeKind::OneOf(values), Some(known)) = (&ty.kind, &mut known) else {
                self.report(errors::values_of_no_codes(ty.span, name));
                continue;
            };
            for value in values {
                if known.contains(&value.text) {
                    self.report(errors::value_already(value, &name.text, declared));
                } else {
                    known.push(value.text.clone());
                    added.push(value.text.clone());
                }
            }
        }
        added
    }
}

/// Adds a code unless it is there.
pub(super) fn add_code(codes: &mut Vec<Code>, code: Code) {
    if !codes.iter().any(|known| known.system == code.system && known.code == code.code) {
        codes.push(code);
    }
}

/// Adds an attribute. One that is there with the same type stays as it is; `built_in` is where those of every drug are
/// said to be declared: a file may declare them for one drug.
fn add_attribute(
    attributes: &mut Table<AttributeId, Attribute>,
    added: Attribute,
    built_in: Option<Span>,
) -> Option<Diagnostic> {
    let Some(known) = attributes.iter_mut().find(|known| known.name == added.name) else {
        attributes.push(added);
        return None;
    };
    let other_range = |known: &Option<_>, added: &Option<_>| added.is_some() && known != added;
    let is_built_in = Some(known.span) == built_in;
    let ranges = other_range(&known.possible, &added.possible) || other_range(&known.plausible, &added.plausible);
    if known.ty != added.ty || ranges && !is_built_in {
        return Some(errors::attribute_differs(&added, known, is_built_in));
    }
    if is_built_in {
        *known = added;
    }
    None
}
