//! Conditions: logic, counting over conditions, and what a name or a formula means as a condition.

use super::attribute::Named;
use super::env::{Env, Scope};
use super::limits::{MAX_COUNTED, MAX_DEPTH, MAX_PARTS};
use super::term::{Suffixes, Typed, Value, all, test};
use super::time::Target;
use super::{Checker, Defined, errors};
use crate::source::Span;
use crate::syntax::ast::{BlockQuantifier, Expr, ExprKind, Tail, TailKind, Term};
use crate::typed::{Condition, ConditionKind, Judgement, Test, TimeOf};
use crate::vocab::Symbol;

impl Checker<'_> {
    /// Types an expression that must be a condition; `None` when it was reported as wrong.
    pub(super) fn condition(&mut self, env: Env<'_>, expr: &Expr) -> Option<Condition> {
        let env = self.deeper(env, expr.span)?;
        self.condition_here(env, expr)
    }

    /// Keeps nesting, which definitions can make deeper than any one statement, within the stack.
    pub(super) fn deeper<'e>(&mut self, env: Env<'e>, span: Span) -> Option<Env<'e>> {
        if env.depth >= MAX_DEPTH {
            self.report(errors::nested_too_deep(span, MAX_DEPTH));
            return None;
        }
        Some(env.deeper())
    }

    fn condition_here(&mut self, env: Env<'_>, expr: &Expr) -> Option<Condition> {
        let span = expr.span;
        let kind = match &expr.kind {
            ExprKind::Or(items) => ConditionKind::Or(self.joined(env, items, true)?),
            ExprKind::And(items) => ConditionKind::And(self.joined(env, items, false)?),
            ExprKind::Not(inner) => ConditionKind::Not(Box::new(self.condition(env, inner)?)),
            ExprKind::Block { quantifier, items } => return self.block(env, span, *quantifier, items),
            ExprKind::Judged { text, by } => {
                if !matches!(env.scope(), Scope::Record) {
                    self.report(errors::judged_in_filter(span));
                    return None;
                }
                let by = match by {
                    None => "investigator".to_owned(),
                    Some(by) if by.text == "investigator" || by.text == "sponsor" => by.text.clone(),
                    Some(by) => {
                        self.report(errors::unknown_judge(by));
                        return None;
                    }
                };
                ConditionKind::Test(Test::Judged { question: Judgement { text: text.text.clone(), by } })
            }
            ExprKind::Todo(text) => {
                self.report(errors::not_encoded(span));
                env.filter_asks();
                ConditionKind::Test(Test::Todo { text: text.text.clone() })
            }
            ExprKind::Tailed { subject, tails } => return self.tailed(env, span, subject, tails),
            ExprKind::Term(term) => return self.term(env, span, term, &Suffixes::default()),
            ExprKind::Arithmetic { .. }
            | ExprKind::Negate(_)
            | ExprKind::Call { .. }
            | ExprKind::If { .. }
            | ExprKind::DailyDose(_)
            | ExprKind::Literal { .. }
            | ExprKind::TimesLimit { .. } => {
                // A quantity is typed all the same, so that what is wrong inside it is said too.
                if self.quantity(env, expr).is_some() {
                    self.report(errors::quantity_as_condition(expr, self.as_written(span)));
                }
                return None;
            }
            ExprKind::Level { .. } => {
                self.report(errors::level_alone(span, self.as_written(span)));
                return None;
            }
            ExprKind::Elided => {
                self.report(errors::no_subject(span));
                return None;
            }
            ExprKind::Broken => return None,
        };
        Some(Condition { span, kind })
    }

    /// The items of an `or` (`either`) or an `and`.
    fn joined(&mut self, env: Env<'_>, items: &[Expr], either: bool) -> Option<Vec<Condition>> {
        let told = self.values_before(items, either);
        let mut rest = items;
        let mut typed = Some(Vec::new());
        while let [first, others @ ..] = rest {
            if told.get(items.len() - rest.len()).is_some_and(|told| *told) {
                typed = None;
                rest = others;
                continue;
            }
            let condition = self.condition(env, first);
            let alone = self.values_alone(first, others);
            typed = match (typed, condition, alone) {
                (Some(mut typed), Some(condition), 0) => {
                    typed.push(condition);
                    Some(typed)
                }
                _ => None,
            };
            rest = others.get(alone..).unwrap_or_default();
        }
        typed
    }

    /// Types all of them, so that each one's mistakes are said, and gives them only when all are right.
    fn conditions(&mut self, env: Env<'_>, items: &[Expr]) -> Option<Vec<Condition>> {
        let typed: Vec<Option<Condition>> = items.iter().map(|item| self.condition(env, item)).collect();
        typed.into_iter().collect()
    }

    fn block(&mut self, env: Env<'_>, span: Span, quantifier: BlockQuantifier, items: &[Expr]) -> Option<Condition> {
        let typed = self.conditions(env, items);
        let size = u32::try_from(items.len()).unwrap_or(u32::MAX);
        if items.is_empty() {
            self.report(errors::empty_block(span));
            return None;
        }
        let counts = !matches!(quantifier, BlockQuantifier::Any | BlockQuantifier::All | BlockQuantifier::None);
        if counts && items.len() > MAX_COUNTED {
            self.report(errors::too_many_counted(span, MAX_COUNTED));
            return None;
        }
        let wrong = match quantifier {
            BlockQuantifier::AtLeast(n) => n == 0 || n > size,
            BlockQuantifier::Exactly(n) => n > size,
            BlockQuantifier::AtMost(n) => n >= size,
            BlockQuantifier::Any | BlockQuantifier::All | BlockQuantifier::None => false,
        };
        if wrong {
            self.report(errors::count_out_of_reach(span, size));
            return None;
        }
        let typed = typed?;
        let kind = match quantifier {
            BlockQuantifier::Any => ConditionKind::Or(typed),
            BlockQuantifier::All => ConditionKind::And(typed),
            BlockQuantifier::None => ConditionKind::Not(Box::new(Condition { span, kind: ConditionKind::Or(typed) })),
            BlockQuantifier::AtLeast(n) => ConditionKind::AtLeast(n, typed),
            BlockQuantifier::AtMost(n) => ConditionKind::AtMost(n, typed),
            BlockQuantifier::Exactly(n) => ConditionKind::Exactly(n, typed),
        };
        Some(Condition { span, kind })
    }

    fn tailed(&mut self, env: Env<'_>, span: Span, subject: &Expr, tails: &[Tail]) -> Option<Condition> {
        let sorted = Suffixes::sort(tails);
        match &subject.kind {
            ExprKind::Broken => None,
            ExprKind::Term(term) if sorted.in_unit.is_empty() => self.term(env, span, term, &sorted),
            ExprKind::Elided => {
                self.report(errors::no_subject(span));
                None
            }
            ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Not(_)
            | ExprKind::Block { .. }
            | ExprKind::Judged { .. }
            | ExprKind::Todo(_) => {
                self.condition(env, subject);
                let place = tails.first().map_or(span, |tail| tail.span);
                self.report(errors::tail_on_condition(place, subject.span));
                None
            }
            _ => match self.dose_days(env, span, subject, &sorted) {
                Some(condition) => condition,
                None => self.comparison_of_quantity(env, span, subject, tails, &sorted),
            },
        }
    }

    /// `weight / height^2 >= 30 kg/m2`, `weight in kg >= 40`
    fn comparison_of_quantity(
        &mut self,
        env: Env<'_>,
        span: Span,
        subject: &Expr,
        tails: &[Tail],
        sorted: &Suffixes<'_>,
    ) -> Option<Condition> {
        // `in kg` belongs to the quantity, what follows is said of the plain number.
        let left = if sorted.in_unit.is_empty() {
            self.quantity(env, subject)
        } else {
            let own: Vec<Tail> = tails
                .iter()
                .filter(|tail| matches!(tail.kind, TailKind::InUnit(_) | TailKind::Window(_) | TailKind::Except(_)))
                .cloned()
                .collect();
            let kind = ExprKind::Tailed { subject: Box::new(subject.clone()), tails: own };
            self.quantity(env, &Expr { span: subject.span, kind })
        };
        if sorted.in_unit.is_empty()
            && let Some((_, place)) = sorted.windows.first()
        {
            self.report(errors::window_on_formula(*place));
            return None;
        }
        if let Some(tail) = sorted.lasting.first() {
            self.report(errors::lasting_on_value(tail.span));
            return None;
        }
        if let Some(tail) = sorted.course.first() {
            self.report(errors::no_course_asked(tail.span, self.as_written(tail.span)));
            return None;
        }
        self.no_apart(sorted)?;
        if sorted.in_unit.is_empty()
            && let Some(except) = sorted.excepts.first()
        {
            self.report(errors::tail_on_formula(except.span));
            return None;
        }
        let predicate = self.one_predicate(span, sorted, None)?;
        let left = left?;
        self.compare(env, span, &left, predicate)
    }

    /// A name with its prefixes, filter and tails, as a condition.
    fn term(&mut self, env: Env<'_>, span: Span, term: &Term, tails: &Suffixes<'_>) -> Option<Condition> {
        let [name] = term.subjects.as_slice() else {
            return self.entries(env, span, term, tails);
        };
        match self.attribute_in_scope(env, name) {
            Named::Attribute(attribute) => return self.value(env, span, term, tails, &Value::Attribute(attribute)),
            Named::Wrong => return None,
            Named::Other => {}
        }
        match self.vocabulary.symbols.get(&name.text).copied() {
            Some(Symbol::Kind(_) | Symbol::Group(_)) => self.entries(env, span, term, tails),
            Some(Symbol::Fact(id)) => self.value(env, span, term, tails, &Value::Fact(id)),
            Some(Symbol::Definition(id)) => self.definition_term(env, span, term, tails, id),
            Some(Symbol::Anchor(id)) => self.anchor_test(env, span, term, name, tails, id),
            None => {
                self.report_unknown(env, name);
                None
            }
        }
    }

    /// `consent within 28 days before screening`
    fn anchor_test(
        &mut self,
        env: Env<'_>,
        span: Span,
        term: &Term,
        name: &crate::syntax::ast::Name,
        tails: &Suffixes<'_>,
        id: crate::vocab::AnchorId,
    ) -> Option<Condition> {
        let alone = term.prefixes.is_empty() && term.filter.is_none() && !term.braced;
        let only_windows = tails.predicates.is_empty() && tails.excepts.is_empty() && tails.lasting.is_empty() && alone;
        if tails.windows.is_empty() || !only_windows {
            self.report(errors::anchor_as_condition(name));
            return None;
        }
        let mut tests = Vec::new();
        for (window, place) in &tails.windows {
            let (relation, anchor) = self.window(env, window, *place, Target::Date(&[]))?;
            if anchor.date() == Some(id) {
                self.report(errors::anchor_to_itself(*place, &name.text));
                return None;
            }
            tests.push(test(span, Test::Window { of: TimeOf::Anchor(id), relation, anchor, undated: false }));
        }
        all(span, tests)
    }

    fn definition_term(
        &mut self,
        env: Env<'_>,
        span: Span,
        term: &Term,
        tails: &Suffixes<'_>,
        id: crate::vocab::DefinitionId,
    ) -> Option<Condition> {
        let defined = self.define(env, id)?;
        match defined {
            Defined::Condition(definition) => {
                self.no_selection(term, tails)?;
                let place = term
                    .prefixes
                    .first()
                    .map(|prefix| prefix.span)
                    .or_else(|| tails.predicates.first().map(|tail| tail.span))
                    .or_else(|| tails.windows.first().map(|(_, place)| *place))
                    .or_else(|| tails.excepts.first().map(|expr| expr.span))
                    .or_else(|| tails.lasting.first().or(tails.course.first()).map(|tail| tail.span))
                    .or_else(|| term.filter.as_ref().map(|filter| filter.span));
                if let Some(place) = place {
                    self.report(errors::tail_on_condition(place, span));
                    return None;
                }
                let anew = env.is_asked();
                if anew && self.tests.get(definition).is_some_and(|tests| *tests > MAX_PARTS as u64) {
                    self.report(errors::formula_too_large(span, MAX_PARTS));
                    return None;
                }
                if let Some(typed) = self.under_windows(env, id, |checker, env, body| checker.condition(env, body)) {
                    return typed;
                }
                Some(Condition { span, kind: ConditionKind::Defined(definition) })
            }
            Defined::Quantity(left) => {
                self.no_formula_tails(term, tails)?;
                let predicate = self.one_predicate(span, tails, None)?;
                let left = self
                    .under_windows(env, id, |checker, env, body| checker.quantity(env, body))
                    .unwrap_or(Some(*left))?;
                // A message is about the name here, not about what it means elsewhere.
                self.compare(env, span, &Typed { span, ..left }, predicate)
            }
            Defined::Open | Defined::Broken => None,
        }
    }
}
