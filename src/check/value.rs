//! Tests on a value, a fact or an attribute: which of its results count, and what they are tested for.

use std::sync::Arc;

use super::env::{Env, Scope};
use super::infeasible_windows::{Dated, TimeConstraint};
use super::results::{of_results, reads_a_value};
use super::term::{Suffixes, Value, all, negate, test};
use super::{Checker, errors};
use crate::ir::{Quantifier, Relation, ResultAge};
use crate::source::Span;
use crate::syntax::ast::{Expr, PrefixKind, Term, Window};
use crate::typed::{Condition, FactRead, Subject, Test, TimeOf, WindowAnchor};
use crate::vocab::{FactId, Type};

impl Checker<'_> {
    /// A test on a value fact or on an attribute in scope.
    pub(super) fn value(
        &mut self,
        env: Env<'_>,
        span: Span,
        term: &Term,
        tails: &Suffixes<'_>,
        value: &Value,
    ) -> Option<Condition> {
        let vocabulary = Arc::clone(&self.vocabulary);
        let ty = match value {
            Value::Fact(id) => &vocabulary.facts.get(*id)?.ty,
            Value::Attribute(attribute) => &attribute.ty,
        };
        if let Some(tail) = tails.course.first() {
            self.report(errors::no_course_asked(tail.span, self.as_written(tail.span)));
            return None;
        }
        if let Some(tail) = tails.lasting.first() {
            self.report(errors::lasting_on_value(tail.span));
            return None;
        }
        if let Some((at, n)) = exactly(term) {
            // At least so many and at most so many of the same results.
            let mut parts = Vec::new();
            for kind in [PrefixKind::AtLeast(n), PrefixKind::AtMost(n)] {
                let mut bound = term.clone();
                bound.prefixes.get_mut(at)?.kind = kind;
                if !matches!(kind, PrefixKind::AtLeast(0)) {
                    parts.push(self.value(env, span, &bound, tails, value)?);
                }
            }
            return all(span, parts);
        }
        let mut extreme = None;
        for prefix in &term.prefixes {
            if matches!(prefix.kind, PrefixKind::Highest | PrefixKind::Lowest) {
                extreme = Some(prefix.kind);
            }
        }
        if extreme.is_some()
            && let Some(other) = term.prefixes.iter().find(|prefix| !of_results(prefix.kind))
        {
            self.report(errors::prefix_on_value(other.span));
            return None;
        }
        if extreme.is_some()
            && let [_, second, ..] = term.prefixes.as_slice()
        {
            self.report(errors::results_clash(second.span));
            return None;
        }
        if *ty == Type::Date {
            return self.date_test(env, span, term, tails, value);
        }
        match ty {
            Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } => {
                let predicate = self.one_predicate(span, tails, Some(ty))?;
                if let Some(extreme) = extreme
                    && !reads_a_value(predicate)
                {
                    let mut parts = Vec::new();
                    for (op, quantifier, right) in self.extreme(extreme, predicate)? {
                        let left = self.typed_value(env, span, term, tails, value, Some(quantifier))?;
                        parts.push(self.compare_with(env, span, &left, op, predicate.span, right)?);
                    }
                    return all(span, parts);
                }
                let left = self.typed_value(env, span, term, tails, value, None)?;
                self.compare(env, span, &left, predicate)
            }
            Type::Ordinal { scale, levels } => {
                let predicate = self.one_predicate(span, tails, Some(ty))?;
                let values = self.levels_meeting(scale, levels, predicate)?;
                let subject = self.subject(env, span, term, tails, value)?;
                Some(test(span, Test::IsOneOf { subject, values }))
            }
            Type::Coded(values) => {
                let predicate = self.one_predicate(span, tails, Some(ty))?;
                let (negated, among) = self.codes_meeting(values, predicate)?;
                let mut subject = self.subject(env, span, term, tails, value)?;
                if negated && let Subject::Fact(read) = &mut subject {
                    // `every x is not a` is said of each result: not that any of them is a.
                    read.quantifier = match read.quantifier {
                        one @ (Quantifier::Latest | Quantifier::First | Quantifier::Highest | Quantifier::Lowest) => {
                            one
                        }
                        Quantifier::Any => Quantifier::Every,
                        Quantifier::Every => Quantifier::Any,
                        // So many that are another one.
                        Quantifier::Several(_) => {
                            let values = values.iter().filter(|value| !among.contains(value)).cloned().collect();
                            return Some(test(span, Test::IsOneOf { subject, values }));
                        }
                    };
                }
                let condition = test(span, Test::IsOneOf { subject, values: among });
                Some(if negated { negate(condition) } else { condition })
            }
            Type::YesNo => {
                if let Some(predicate) = tails.predicates.first() {
                    let name = term.subjects.first().map_or("", |name| name.text.as_str());
                    if !self.untyped.iter().any(|untyped| untyped == name) {
                        self.report(errors::predicate_on_yes_no(predicate, span, name));
                    }
                    return None;
                }
                let subject = self.subject(env, span, term, tails, value)?;
                Some(test(span, Test::IsYes { subject }))
            }
            Type::Date => None,
        }
    }

    /// `birth_date before consent`, `dose_since at least 2 weeks before screening`
    fn date_test(
        &mut self,
        env: Env<'_>,
        span: Span,
        term: &Term,
        tails: &Suffixes<'_>,
        value: &Value,
    ) -> Option<Condition> {
        if let Some(predicate) = tails.predicates.first() {
            let name = term.subjects.first().map_or("..", |name| name.text.as_str());
            self.report(errors::compared_date(predicate.span, name, &self.default_anchor_name()));
            return None;
        }
        if tails.windows.is_empty() {
            let (text, anchor) = (self.as_written(span), self.default_anchor_name());
            self.report(errors::no_comparison(span, text, Some(&Type::Date), &anchor));
            return None;
        }
        let of = match value {
            Value::Fact(fact) => {
                let (quantifier, by) = self.meant(env, *fact, term, &tails.apart)?;
                let filter = self.result_filter(env, span, *fact, term, &tails.excepts, &[])?;
                TimeOf::Fact(FactRead { fact: *fact, quantifier, filter: filter.map(Box::new), by: by.map(Box::new) })
            }
            Value::Attribute(attribute) => {
                self.no_prefix(term)?;
                self.no_selection(term, tails)?;
                TimeOf::Attribute(self.attribute_read(env, &attribute.name))
            }
        };
        let kinds = match (env.scope(), value) {
            (Scope::Entry(kinds), Value::Attribute(_)) => kinds,
            _ => &[],
        };
        let (mut tests, mut said) = (Vec::new(), Vec::new());
        for (window, place) in &tails.windows {
            let (relation, anchor) = self.window(env, window, *place, super::time::Target::Date(kinds))?;
            said.extend(TimeConstraint::of(Dated::Start, &relation, &anchor, *place));
            tests.push(test(span, Test::Window { of: of.clone(), relation, anchor, undated: false }));
        }
        self.check_windows_feasible(&said)?;
        all(span, tests)
    }

    fn no_prefix(&mut self, term: &Term) -> Option<()> {
        match term.prefixes.first() {
            None => Some(()),
            Some(prefix) => {
                self.report(errors::prefix_on_value(prefix.span));
                None
            }
        }
    }

    /// What a coded, ordinal or yes/no test looks at.
    fn subject(
        &mut self,
        env: Env<'_>,
        span: Span,
        term: &Term,
        tails: &Suffixes<'_>,
        value: &Value,
    ) -> Option<Subject> {
        match value {
            Value::Fact(fact) => {
                let read = self.read(env, span, *fact, term, tails, None)?;
                Some(Subject::Fact(read))
            }
            Value::Attribute(attribute) => {
                self.no_prefix(term)?;
                self.no_attribute_tails(term, tails)?;
                Some(Subject::Attribute(self.attribute_read(env, &attribute.name)))
            }
        }
    }

    /// An attribute belongs to one entry: it has no window, filter or exception of its own.
    pub(super) fn no_attribute_tails(&mut self, term: &Term, tails: &Suffixes<'_>) -> Option<()> {
        self.no_selection(term, tails)?;
        let place = term
            .filter
            .as_ref()
            .map(|filter| filter.span)
            .or_else(|| tails.windows.first().map(|(_, place)| *place))
            .or_else(|| tails.excepts.first().map(|expr| expr.span));
        match place {
            None => Some(()),
            Some(place) => {
                self.report(errors::tail_on_attribute(place));
                None
            }
        }
    }

    /// A formula has one value: no prefix, window, filter or exception chooses among several.
    pub(super) fn no_formula_tails(&mut self, term: &Term, tails: &Suffixes<'_>) -> Option<()> {
        self.no_selection(term, tails)?;
        let filter = term.filter.as_ref().map(|filter| filter.span);
        let diagnostic = if let Some(prefix) = term.prefixes.first() {
            if of_results(prefix.kind) {
                errors::tail_on_formula(prefix.span)
            } else {
                errors::prefix_on_value(prefix.span)
            }
        } else if let Some((_, place)) = tails.windows.first() {
            errors::window_on_formula(*place)
        } else if let Some(place) = filter.or_else(|| tails.excepts.first().map(|except| except.span)) {
            errors::tail_on_formula(place)
        } else if let Some(tail) = tails.lasting.first() {
            errors::lasting_on_value(tail.span)
        } else if let Some(tail) = tails.course.first() {
            errors::no_course_asked(tail.span, self.as_written(tail.span))
        } else {
            return Some(());
        };
        self.report(diagnostic);
        None
    }

    /// A value fact with which of its results count.
    pub(super) fn read(
        &mut self,
        env: Env<'_>,
        span: Span,
        fact: FactId,
        term: &Term,
        tails: &Suffixes<'_>,
        quantifier: Option<Quantifier>,
    ) -> Option<FactRead> {
        let (quantifier, by) = match quantifier {
            Some(quantifier) => {
                self.no_selection(term, tails)?;
                (quantifier, None)
            }
            None => self.meant(env, fact, term, &tails.apart)?,
        };
        let filter = self.result_filter(env, span, fact, term, &tails.excepts, &tails.windows)?;
        Some(FactRead { fact, quantifier, filter: filter.map(Box::new), by: by.map(Box::new) })
    }

    /// How old a result may be that is read here without a window: as the criterion says, the fact, the fact that it is
    /// worked out for, or the trial. A yes or no does not age.
    fn result_age(&mut self, env: Env<'_>, fact: FactId) -> Option<ResultAge> {
        let declared = self.vocabulary.facts.get(fact)?;
        if matches!(declared.ty, Type::YesNo | Type::Date) {
            return None;
        }
        let ages = env.ages;
        match ages.criterion {
            Some(results) => Some(results.clone()),
            None => self.declared_age(fact).or_else(|| ages.derived.cloned()).or_else(|| self.results.clone()),
        }
    }

    /// How old results of a fact may be, as it is declared. A length that is none is reported where it is declared.
    pub(super) fn declared_age(&mut self, fact: FactId) -> Option<ResultAge> {
        let written = self.vocabulary.facts.get(fact)?.results.clone()?;
        let said = self.diagnostics.len();
        let age = self.age_of_results(&written);
        self.diagnostics.truncate(said);
        age
    }

    /// Filter, exceptions and windows of a fact's results; without a window, those up to the default anchor that are not too old.
    #[expect(clippy::option_option, reason = "no filter at all, and a reported mistake, are two things")]
    fn result_filter(
        &mut self,
        env: Env<'_>,
        span: Span,
        fact: FactId,
        term: &Term,
        excepts: &[&Expr],
        windows: &[(&Window, Span)],
    ) -> Option<Option<Condition>> {
        let declared = self.vocabulary.facts.get(fact)?;
        let (timeless, name, place) = (declared.timeless, declared.name.clone(), declared.span);
        let windows = if windows.is_empty() && !timeless { env.inherited } else { windows };
        let mut parts = Vec::new();
        let mut right = true;
        if let Some(filter) = &term.filter {
            match self.filter(env, Scope::Result(fact), filter, false, None) {
                Some(condition) => parts.push(condition),
                None => right = false,
            }
        }
        for except in excepts {
            match self.filter(env, Scope::Result(fact), except, true, None) {
                Some(condition) => parts.push(negate(condition)),
                None => right = false,
            }
        }
        if timeless {
            if let Some((_, window)) = windows.first() {
                self.report(errors::window_on_timeless(*window, &name, place));
                return None;
            }
        } else if windows.is_empty() {
            let (relation, undated) = match self.result_age(env, fact) {
                Some(ResultAge::Within(length)) => (Relation::Within { before: Some(length), after: None }, false),
                Some(ResultAge::Any) | None => (Relation::UpTo, true),
            };
            let anchor = WindowAnchor::Date(self.default_anchor);
            parts.push(test(span, Test::Window { of: TimeOf::Result, relation, anchor, undated }));
        }
        let mut said = Vec::new();
        for (window, window_span) in windows {
            match self.window(env, window, *window_span, super::time::Target::Date(&[])) {
                Some((relation, anchor)) => {
                    said.extend(TimeConstraint::of(Dated::Start, &relation, &anchor, *window_span));
                    parts.push(test(
                        *window_span,
                        Test::Window { of: TimeOf::Result, relation, anchor, undated: false },
                    ));
                }
                None => right = false,
            }
        }
        if self.check_windows_feasible(&said).is_none() {
            right = false;
        }
        right.then(|| all(span, parts))
    }
}

/// The count of `exactly 2`, and its place among the prefixes.
fn exactly(term: &Term) -> Option<(usize, u32)> {
    term.prefixes.iter().enumerate().find_map(|(at, prefix)| match prefix.kind {
        PrefixKind::Exactly(n) => Some((at, n)),
        _ => None,
    })
}
