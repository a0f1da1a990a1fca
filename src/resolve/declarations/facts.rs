//! Facts and kinds, and their types.

use std::sync::Arc;

use super::Declarer;
use super::modifiers::drug_attributes;
use crate::ir::{EntryKind, Table};
use crate::number::Rational;
use crate::resolve::errors;
use crate::syntax::ast::{self, Name, TypeKind};
use crate::vocab::{Fact, Kind, Symbol, Type};

impl Declarer<'_> {
    pub(super) fn fact(&mut self, name: &Name, ty: &ast::Type, modifiers: &[ast::Modifier], text: Option<String>) {
        let Some(kind) = self.ty(ty) else {
            // The name is claimed all the same, so that one mistake gives one message.
            return self.placeholder(name, text);
        };
        let said = self.modifiers(modifiers, name, Some(&kind), None);
        let id = self.vocabulary.facts.next_id();
        if !self.claim(name, Symbol::Fact(id)) {
            return;
        }
        let possible = match &kind {
            Type::Score { low, high, .. } | Type::Titre { low, high } => Some((low.clone(), high.clone())),
            _ => said.possible,
        };
        self.vocabulary.facts.push(Arc::new(Fact {
            name: name.text.clone(),
            text,
            span: name.span,
            timeless: said.timeless || kind == Type::Date,
            results: said.results,
            ty: kind,
            possible,
            plausible: said.plausible,
            molar: said.molar,
            equates: said.equates,
            scales: said.scales,
            uln: said.uln,
            lln: said.lln,
            absent_means_no: said.absent_means_no,
            otherwise: said.otherwise,
            attributes: said.attributes.into_iter().collect(),
            codes: said.codes,
            bears_on: Vec::new(),
        }));
    }

    /// A fact whose type did not read: known by name, of a type that accepts most conditions.
    fn placeholder(&mut self, name: &Name, text: Option<String>) {
        let id = self.vocabulary.facts.next_id();
        if self.claim(name, Symbol::Fact(id)) {
            self.vocabulary.facts.push(Arc::new(Fact {
                name: name.text.clone(),
                text,
                span: name.span,
                ty: Type::YesNo,
                possible: None,
                plausible: None,
                molar: None,
                equates: Vec::new(),
                scales: Vec::new(),
                uln: false,
                lln: false,
                timeless: false,
                results: None,
                absent_means_no: false,
                otherwise: None,
                attributes: Table::default(),
                codes: Vec::new(),
                bears_on: Vec::new(),
            }));
        }
    }

    pub(super) fn kind(&mut self, word: EntryKind, name: &Name, modifiers: &[ast::Modifier], text: Option<String>) {
        let mut said = self.modifiers(modifiers, name, None, Some(word));
        let mut attributes = match word {
            EntryKind::Drug => drug_attributes(name),
            EntryKind::Event | EntryKind::Condition => Vec::new(),
        };
        attributes.retain(|builtin| !said.attributes.iter().any(|own| own.name == builtin.name));
        attributes.append(&mut said.attributes);
        let id = self.vocabulary.kinds.next_id();
        if self.claim(name, Symbol::Kind(id)) {
            self.vocabulary.kinds.push(Arc::new(Kind {
                name: name.text.clone(),
                text,
                span: name.span,
                word,
                absent_means_no: said.absent_means_no,
                half_life: said.half_life,
                equivalent: said.equivalent,
                attributes: attributes.into_iter().collect(),
                codes: said.codes,
                bears_on: Vec::new(),
            }));
        }
    }

    pub(super) fn ty(&mut self, ty: &ast::Type) -> Option<Type> {
        Some(match &ty.kind {
            TypeKind::Quantity(unit) => Type::Quantity(Box::new(self.unit(unit)?)),
            TypeKind::Score { low, high, step } => {
                let (low, high) = self.range(low, high)?;
                let step = match step {
                    Some(step) => self.number(step)?,
                    None => Rational::from(1),
                };
                if step.is_negative() || step.is_zero() {
                    self.report(errors::bad_step(ty.span));
                    return None;
                }
                Type::Score { low, high, step }
            }
            TypeKind::Titre { low, high } => {
                let (low, high) = self.titres(low, high)?;
                Type::Titre { low, high }
            }
            TypeKind::Ordinal { scale, levels } => {
                Type::Ordinal { scale: scale.text.clone(), levels: self.distinct(levels) }
            }
            TypeKind::OneOf(values) => Type::Coded(self.distinct(values)),
            TypeKind::YesNo => Type::YesNo,
            TypeKind::Date => Type::Date,
        })
    }

    fn distinct(&mut self, names: &[Name]) -> Vec<String> {
        let mut seen: Vec<String> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            if let Some(before) = names.iter().take(at).find(|other| other.text == name.text) {
                self.report(errors::duplicate_name(name, Some(before.span)));
            } else {
                seen.push(name.text.clone());
            }
        }
        seen
    }
}
