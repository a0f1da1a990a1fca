//! Definitions: typed when they are first used, as a condition or as a quantity.

use super::env::Env;
use super::{Checker, Defined, errors};
use crate::source::FileId;
use crate::syntax::ast::{self, Expr, ExprKind, Name, StatementKind, TailKind};
use crate::typed::{self, visit};
use crate::vocab::{self, DefinitionId, Symbol, Type};

impl Checker<'_> {
    /// Types every definition and `else` of the author's own files, used or not.
    pub(super) fn own_definitions(&mut self, files: &[(FileId, ast::File)]) {
        for (_, file) in files {
            for statement in &file.statements {
                match &statement.kind {
                    StatementKind::Define { name, .. } => {
                        if let Some(Symbol::Definition(id)) = self.vocabulary.symbols.get(&name.text).copied() {
                            self.define(Env::default(), id);
                        }
                    }
                    StatementKind::Fact { name, .. } => self.own_fact(name),
                    _ => {}
                }
            }
        }
    }

    fn own_fact(&mut self, name: &Name) {
        let Some(Symbol::Fact(id)) = self.vocabulary.symbols.get(&name.text).copied() else {
            return;
        };
        let Some(fact) = self.vocabulary.facts.get(id) else {
            return;
        };
        if fact.span != name.span {
            return;
        }
        let (results, worked_out) = (fact.results.clone(), fact.otherwise.is_some());
        if let Some(results) = results {
            self.age_of_results(&results);
        }
        if worked_out {
            let term =
                ast::Term { prefixes: Vec::new(), subjects: vec![name.clone()], braced: false, by: None, filter: None };
            self.quantity(Env::default(), &Expr { span: name.span, kind: ExprKind::Term(term) });
        }
    }

    /// A definition, typed when it is first used.
    pub(super) fn define(&mut self, env: Env<'_>, id: DefinitionId) -> Option<Defined> {
        if let Some(known) = self.defined.get(&id).cloned() {
            if matches!(known, Defined::Open) {
                let definition = self.vocabulary.definitions.get(id)?;
                let diagnostic = errors::circular_definition(definition.span, &definition.name);
                self.report(diagnostic);
            }
            return Some(known);
        }
        let definition = self.vocabulary.definitions.get(id)?.clone();
        self.defined.insert(id, Defined::Open);
        let result = self.defined_as(env.of_definition(), &definition).unwrap_or(Defined::Broken);
        self.defined.insert(id, result.clone());
        Some(result)
    }

    fn defined_as(&mut self, env: Env<'_>, definition: &vocab::Definition) -> Option<Defined> {
        if self.is_quantity(&definition.body, 0) {
            let typed = self.quantity(env, &definition.body)?;
            self.no_quantifier(&typed)?;
            return Some(Defined::Quantity(Box::new(typed)));
        }
        let condition = self.condition(env, &definition.body)?;
        self.tests.push(visit::tests(&condition, &self.tests));
        self.depths.push(visit::depth(&condition, &self.depths));
        let typed = typed::Definition { name: definition.name.clone(), condition };
        Some(Defined::Condition(self.definitions.push(typed)))
    }

    /// A definition typed anew where it is part of a fact's `else`: the windows and the anchor of that fact are
    /// those of all that it is worked out from. `None` where nothing is asked.
    pub(super) fn under_windows<T>(
        &mut self,
        env: Env<'_>,
        id: DefinitionId,
        work: impl FnOnce(&mut Self, Env<'_>, &Expr) -> Option<T>,
    ) -> Option<Option<T>> {
        if !env.is_asked() {
            return None;
        }
        let body = self.vocabulary.definitions.get(id)?.body.clone();
        let said = self.diagnostics.len();
        let typed = work(self, env.outside_filters(), &body);
        if typed.is_some() {
            // What there is to say of it was said where it is defined.
            self.diagnostics.truncate(said);
        }
        Some(typed)
    }

    /// Whether an expression is a quantity rather than a condition, by its form and what its name names.
    fn is_quantity(&self, expr: &Expr, depth: usize) -> bool {
        match &expr.kind {
            ExprKind::Literal { .. }
            | ExprKind::Arithmetic { .. }
            | ExprKind::Negate(_)
            | ExprKind::Call { .. }
            | ExprKind::DailyDose(_)
            | ExprKind::If { .. } => true,
            ExprKind::Tailed { subject, tails } => {
                let predicate = tails.iter().any(|tail| {
                    matches!(
                        tail.kind,
                        TailKind::Compare { .. }
                            | TailKind::Between { .. }
                            | TailKind::Is { .. }
                            | TailKind::InSet { .. }
                    )
                });
                !predicate && self.is_quantity(subject, depth)
            }
            ExprKind::Term(term) => match term.subjects.as_slice() {
                [name] => match self.vocabulary.symbols.get(&name.text) {
                    Some(Symbol::Fact(id)) => self.vocabulary.facts.get(*id).is_some_and(|fact| {
                        matches!(fact.ty, Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. })
                    }),
                    // Deep chains of names end here as conditions and are then reported as circular or typed by use.
                    Some(Symbol::Definition(id)) if depth < 64 => self
                        .vocabulary
                        .definitions
                        .get(*id)
                        .is_some_and(|definition| self.is_quantity(&definition.body, depth + 1)),
                    _ => false,
                },
                _ => false,
            },
            ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Not(_)
            | ExprKind::Block { .. }
            | ExprKind::TimesLimit { .. }
            | ExprKind::Level { .. }
            | ExprKind::Elided
            | ExprKind::Judged { .. }
            | ExprKind::Todo(_)
            | ExprKind::Broken => false,
        }
    }
}
