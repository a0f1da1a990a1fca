//! `equivalent 1.25 x prednisone source ".."`, from a declaration to an [`Equivalent`].

use super::Declarer;
use crate::ir::EntryKind;
use crate::number::Rational;
use crate::resolve::errors;
use crate::source::Span;
use crate::syntax::ast;
use crate::vocab::{Equivalent, Symbol};

impl Declarer<'_> {
    pub(super) fn equivalent(&mut self, written: &ast::Equivalent, span: Span) -> Option<Equivalent> {
        let factor = self.fraction(&written.factor)?;
        if factor <= Rational::zero() {
            self.report(errors::equivalent_of_nothing(written.factor.above.span));
            return None;
        }
        let reference = written.reference.text.clone();
        Some(Equivalent { factor, reference, span, source: written.source.text.clone() })
    }

    /// What each drug is as much as has to be a drug that is measured by its own milligrams: one step, so that no two
    /// ways lead from one drug to another.
    pub(super) fn equivalents(&mut self) {
        let mut wrong = Vec::new();
        for kind in &self.vocabulary.kinds {
            let Some(equivalent) = &kind.equivalent else { continue };
            let reference = match self.vocabulary.symbols.get(&equivalent.reference) {
                Some(Symbol::Kind(id)) => self.vocabulary.kinds.get(*id),
                _ => None,
            };
            match reference {
                Some(reference) if reference.name == kind.name => {
                    wrong.push(errors::equivalent_of_itself(equivalent.span, &kind.name));
                }
                Some(reference) if reference.word != EntryKind::Drug => {
                    wrong.push(errors::equivalent_of_no_drug(equivalent.span, &equivalent.reference));
                }
                Some(reference) => {
                    if let Some(next) = &reference.equivalent {
                        let factor = equivalent.factor.mul(&next.factor);
                        wrong.push(errors::equivalent_of_equivalent(
                            equivalent.span,
                            next.span,
                            (&kind.name, &reference.name, &next.reference),
                            &factor,
                        ));
                    }
                }
                None if self.broken.contains(&equivalent.reference.as_str()) => {}
                None => wrong.push(errors::equivalent_of_no_drug(equivalent.span, &equivalent.reference)),
            }
        }
        self.diagnostics.extend(wrong);
    }
}
