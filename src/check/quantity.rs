//! Quantities: literals, facts, formulas and their dimensions.

use super::age::is_age;
use super::attribute::Named;
use super::env::Env;
use super::formula::negated;
use super::term::{Origin, Suffixes, Typed, Value, multiply};
use super::{Checker, Defined, errors};
use crate::ir::Quantifier;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Number, Tail, TailKind, Term, Unit as UnitText, Window};
use crate::typed::OperandKind;
use crate::units::Unit;
use crate::vocab::{Symbol, Type};

impl Checker<'_> {
    /// Types an expression that must be a quantity; `None` when it was reported as wrong.
    pub(super) fn quantity(&mut self, env: Env<'_>, expr: &Expr) -> Option<Typed> {
        let env = self.deeper(env, expr.span)?;
        self.quantity_here(env, expr)
    }

    fn quantity_here(&mut self, env: Env<'_>, expr: &Expr) -> Option<Typed> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Literal { number, unit } => self.literal(span, number, unit.as_ref()),
            ExprKind::Arithmetic { .. } => self.arithmetic(env, expr),
            ExprKind::Negate(inner) => {
                let inner = self.quantity(env, inner)?;
                self.no_quantifier(&inner)?;
                Some(negated(inner, span))
            }
            ExprKind::DailyDose(dose) => self.daily_dose(env, span, dose),
            ExprKind::Call { function, arguments } => self.call(env, span, function, arguments),
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.condition(env, condition).map(Box::new);
                let then = self.quantity(env, then);
                let otherwise = self.quantity(env, otherwise);
                self.choice(span, condition?, then?, otherwise?)
            }
            ExprKind::TimesLimit { .. } => {
                self.report(errors::limit_alone(span, self.as_written(span)));
                None
            }
            ExprKind::Level { .. } => {
                self.report(errors::level_alone(span, self.as_written(span)));
                None
            }
            ExprKind::Term(term) => self.quantity_term(env, span, term, &[]),
            ExprKind::Tailed { subject, tails } => match &subject.kind {
                ExprKind::Term(term) => self.quantity_term(env, span, term, tails),
                _ => self.quantity_tailed(env, span, subject, tails),
            },
            ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Not(_)
            | ExprKind::Block { .. }
            | ExprKind::Judged { .. }
            | ExprKind::Todo(_) => {
                self.condition(env, expr);
                self.report(errors::condition_as_quantity(span));
                None
            }
            ExprKind::Elided => {
                self.report(errors::no_subject(span));
                None
            }
            ExprKind::Broken => None,
        }
    }

    fn literal(&mut self, span: Span, number: &Number, unit: Option<&UnitText>) -> Option<Typed> {
        if let Some(dilution) = number.dilution() {
            let from = Origin::Literal(number.clone(), None);
            let value = Rational::parse_literal(dilution).ok().filter(|dilution| *dilution >= Rational::one());
            if value.is_none() {
                self.report(errors::bad_titre(number));
            }
            return Some(Typed::new(OperandKind::Number(value?), Unit::titre(), span, from));
        }
        let value = match Rational::parse_literal(&number.text) {
            Ok(value) => value,
            Err(_) => {
                self.report(errors::bad_number(number));
                return None;
            }
        };
        let parsed = match unit {
            None => Unit::dimensionless(),
            Some(text) => self.unit(text)?,
        };
        let from = Origin::Literal(number.clone(), unit.cloned());
        Some(Typed::new(OperandKind::Number(value), parsed, span, from))
    }

    fn quantity_term(&mut self, env: Env<'_>, span: Span, term: &Term, tails: &[Tail]) -> Option<Typed> {
        let sorted = Suffixes::sort(tails);
        if let Some(tail) = sorted.predicates.first().or(sorted.lasting.first()).or(sorted.course.first()) {
            self.report(errors::condition_as_quantity(tail.span));
            return None;
        }
        let [name] = term.subjects.as_slice() else {
            self.report(errors::condition_as_quantity(span));
            return None;
        };
        let typed = match self.attribute_in_scope(env, name) {
            Named::Wrong => return None,
            Named::Attribute(attribute) => {
                self.typed_value(env, span, term, &sorted, &Value::Attribute(attribute), None)?
            }
            Named::Other => match self.vocabulary.symbols.get(&name.text).copied() {
                Some(Symbol::Fact(id)) => self.typed_value(env, span, term, &sorted, &Value::Fact(id), None)?,
                Some(Symbol::Definition(id)) => match self.define(env, id)? {
                    Defined::Quantity(typed) => {
                        self.no_formula_tails(term, &sorted)?;
                        let typed = self
                            .under_windows(env, id, |checker, env, body| checker.quantity(env, body))
                            .unwrap_or(Some(*typed));
                        Typed { span, ..typed? }
                    }
                    Defined::Condition(_) => {
                        self.report(errors::condition_as_quantity(span));
                        return None;
                    }
                    Defined::Open | Defined::Broken => return None,
                },
                Some(Symbol::Kind(_) | Symbol::Group(_)) => {
                    self.report(errors::kind_as_quantity(name));
                    return None;
                }
                Some(Symbol::Anchor(_)) => {
                    self.report(errors::anchor_as_condition(name));
                    return None;
                }
                None => {
                    self.report_unknown(env, name);
                    return None;
                }
            },
        };
        self.in_units(span, typed, &sorted)
    }

    fn quantity_tailed(&mut self, env: Env<'_>, span: Span, subject: &Expr, tails: &[Tail]) -> Option<Typed> {
        let sorted = Suffixes::sort(tails);
        let typed = self.quantity(env, subject);
        let stray = tails.iter().find(|tail| !matches!(tail.kind, TailKind::InUnit(_)));
        if let Some(tail) = stray {
            let diagnostic = match tail.kind {
                TailKind::Window(_) => errors::window_on_formula(tail.span),
                _ => errors::condition_as_quantity(tail.span),
            };
            self.report(diagnostic);
            return None;
        }
        self.in_units(span, typed?, &sorted)
    }

    /// A fact or attribute as a number, with what its `else` gives where the record does not give it.
    pub(super) fn typed_value(
        &mut self,
        env: Env<'_>,
        span: Span,
        term: &Term,
        tails: &Suffixes<'_>,
        value: &Value,
        select: Option<Quantifier>,
    ) -> Option<Typed> {
        let (name, id) = match value {
            Value::Attribute(attribute) => {
                if let Some(prefix) = term.prefixes.first() {
                    self.report(errors::prefix_on_value(prefix.span));
                    return None;
                }
                self.no_attribute_tails(term, tails)?;
                let unit = self.number_unit(span, &attribute.name, &attribute.ty)?;
                let quantity = OperandKind::Attribute(self.attribute_read(env, &attribute.name));
                return Some(Typed::new(quantity, unit, span, Origin::Attribute(attribute.clone())));
            }
            Value::Fact(id) => (self.vocabulary.facts.get(*id)?.name.clone(), *id),
        };
        let fact = self.vocabulary.facts.get(id)?;
        let (ty, timeless, otherwise) = (fact.ty.clone(), fact.timeless, fact.otherwise.clone());
        let unit = self.number_unit(span, &name, &ty)?;
        // `age at consent`: a computed fact that has no date of its own is computed for the anchor named.
        let mut computed_at = None;
        let mut own = Suffixes {
            excepts: tails.excepts.clone(),
            windows: tails.windows.clone(),
            apart: tails.apart.clone(),
            ..Suffixes::default()
        };
        if timeless
            && otherwise.is_some()
            && let [(Window::At(anchor), place)] = own.windows.as_slice()
        {
            let Some(name) = anchor.name() else {
                self.report(errors::computed_at_entry(*place, &name));
                return None;
            };
            computed_at = Some(self.anchor(name)?);
            own.windows.clear();
        }
        let read = self.read(env, span, id, term, &own, select)?;
        let from = Origin::Fact(id, read.clone());
        // Of any or every recorded age there is no other, but its units are counted as those of the one are.
        let of_several = read.quantifier.asks_each();
        // What is worked out has no history: of the first or the highest there is none but those recorded.
        let of_history = !of_several && read.quantifier != Quantifier::Latest;
        if of_history
            && otherwise.as_ref().is_some_and(is_age)
            && let Some(prefix) = term.prefixes.first()
        {
            self.report(errors::extreme_of_age(prefix.span, &name));
            return None;
        }
        let Some(otherwise) = otherwise.filter(|other| !of_history && (!of_several || is_age(other))) else {
            return Some(Typed::new(OperandKind::Fact(read, None), unit, span, from));
        };
        if env.derives(id) {
            self.report(errors::circular_definition(span, &name));
            return None;
        }
        if self.without_else.contains(&id) {
            return None;
        }
        let overgrown_before = self.overgrown;
        let derived = env.derived(id);
        // What is asked of a fact without a window of its own is asked of what it is worked out from.
        let windows = if own.windows.is_empty() { env.inherited } else { &own.windows };
        let results = self.declared_age(id);
        let typed = self.quantity(env.of_else(&derived, computed_at, windows, results.as_ref()), &otherwise);
        // What is wrong was said: typed again, it may double the work with each fact.
        if self.overgrown > overgrown_before || typed.is_none() {
            self.without_else.insert(id);
        }
        let typed = typed?;
        if let Some(age) = self.recorded_age(&read, &typed.quantity, &unit) {
            return Some(Typed::new(age, unit, span, from));
        }
        if of_several {
            return Some(Typed::new(OperandKind::Fact(read, None), unit, span, from));
        }
        self.bounded_formula(typed.span, &[&typed.quantity], None)?;
        let Some(factor) = typed.unit().factor_to(&unit) else {
            let diagnostic = errors::derived_dimension(typed.span, &name, typed.unit(), &unit);
            self.report(diagnostic);
            return None;
        };
        let otherwise = Box::new(multiply(typed.quantity, factor, &unit));
        Some(Typed::new(OperandKind::Coalesce { read, otherwise }, unit, span, from))
    }

    fn number_unit(&mut self, span: Span, name: &str, ty: &Type) -> Option<Unit> {
        match ty {
            Type::Quantity(unit) => Some((**unit).clone()),
            Type::Score { .. } => Some(Unit::dimensionless()),
            Type::Titre { .. } => Some(Unit::titre()),
            Type::Ordinal { .. } | Type::Coded(_) | Type::YesNo | Type::Date => {
                self.report(errors::not_a_number(span, name, ty));
                None
            }
        }
    }
}
