//! Which of several results is meant: the latest, the first, any, every, the highest, so many, the latest of each value of
//! an attribute.

use super::env::{Env, Scope};
use super::term::Suffixes;
use super::time::Target;
use super::{Checker, errors};
use crate::ir::{Length, Quantifier, Several, Spaced};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name, PrefixKind, Tail, TailKind, Term};
use crate::typed::AttributeRead;
use crate::vocab::{FactId, Type};

/// What the prefixes of a value say.
#[derive(Default)]
struct Said {
    latest: Option<Span>,
    /// `any`, `every`, `first`, `highest`, `lowest`.
    one: Option<(Quantifier, Span)>,
    /// `at least 2`, `at most 2`.
    count: Option<(bool, u32, Span)>,
    consecutive: Option<Span>,
}

impl Checker<'_> {
    /// Which of several results the words around a fact mean, and the attribute by which they are told apart.
    pub(super) fn meant(
        &mut self,
        env: Env<'_>,
        fact: FactId,
        term: &Term,
        apart: &[&Tail],
    ) -> Option<(Quantifier, Option<AttributeRead>)> {
        let number =
            matches!(self.vocabulary.facts.get(fact)?.ty, Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. });
        let said = self.said_of_results(term, number)?;
        let by = match &term.by {
            Some(by) => Some(self.told_apart_by(env, Scope::Result(fact), by)?.0),
            None => None,
        };
        if let Some(by) = &by {
            let place = term.by.as_ref().map(|name| name.span)?;
            let one = said.one.map(|(one, _)| one);
            let each = matches!(one, Some(Quantifier::Any | Quantifier::Every));
            if said.latest.is_none() || !each {
                self.report(errors::by_of_results(place, &by.name, said.latest.is_some()));
                return None;
            }
        }
        if let (Some(latest), Some((_, other))) = (said.latest, said.one)
            && by.is_none()
        {
            let second = if latest.range().start > other.range().start { latest } else { other };
            self.report(errors::results_clash(second));
            return None;
        }
        let Some((at_most, count, place)) = said.count else {
            if let Some(place) = said.consecutive.or_else(|| apart.first().map(|tail| tail.span)) {
                self.report(errors::spaced_without_count(place, self.as_written(place)));
                return None;
            }
            return Some((said.one.map_or(Quantifier::Latest, |(one, _)| one), by));
        };
        if let Some(other) = said.one.map(|(_, place)| place).or(said.latest) {
            self.report(errors::results_clash(other));
            return None;
        }
        let spaced = self.spaced(said.consecutive, apart)?;
        if spaced != Spaced::Free && (at_most || count < 2) {
            let place = said.consecutive.or_else(|| apart.first().map(|tail| tail.span))?;
            self.report(errors::spaced_count(place, self.as_written(place)));
            return None;
        }
        if !at_most && count == 0 {
            self.report(errors::at_least_none(place));
            return None;
        }
        Some((Quantifier::Several(Several { at_most, count, spaced }), by))
    }

    fn said_of_results(&mut self, term: &Term, number: bool) -> Option<Said> {
        let mut said = Said::default();
        for prefix in &term.prefixes {
            let place = prefix.span;
            let one = match prefix.kind {
                PrefixKind::Latest if said.latest.is_none() => {
                    said.latest = Some(place);
                    continue;
                }
                PrefixKind::Consecutive => {
                    said.consecutive = Some(place);
                    continue;
                }
                PrefixKind::AtLeast(count) if said.count.is_none() => {
                    said.count = Some((false, count, place));
                    continue;
                }
                PrefixKind::AtMost(count) if said.count.is_none() => {
                    said.count = Some((true, count, place));
                    continue;
                }
                PrefixKind::Any => Quantifier::Any,
                PrefixKind::Every => Quantifier::Every,
                PrefixKind::First => Quantifier::First,
                PrefixKind::Highest | PrefixKind::Lowest if !number => {
                    self.report(errors::extreme_of_words(place));
                    return None;
                }
                PrefixKind::Highest => Quantifier::Highest,
                PrefixKind::Lowest => Quantifier::Lowest,
                PrefixKind::Prior
                | PrefixKind::Current
                | PrefixKind::Planned
                | PrefixKind::No
                | PrefixKind::Distinct => {
                    self.report(errors::prefix_on_value(place));
                    return None;
                }
                // `exactly` was made two bounds.
                PrefixKind::Latest | PrefixKind::AtLeast(_) | PrefixKind::AtMost(_) | PrefixKind::Exactly(_) => {
                    self.report(errors::results_clash(place));
                    return None;
                }
            };
            if said.one.is_some() {
                self.report(errors::results_clash(place));
                return None;
            }
            said.one = Some((one, place));
        }
        Some(said)
    }

    fn spaced(&mut self, consecutive: Option<Span>, apart: &[&Tail]) -> Option<Spaced> {
        match (consecutive, apart) {
            (None, []) => Some(Spaced::Free),
            (Some(_), []) => Some(Spaced::Consecutive),
            (None, [tail]) => {
                let TailKind::Apart(length) = &tail.kind else {
                    return None;
                };
                match self.length(length, Target::Date(&[]))? {
                    Length::Calendar(count, unit) if unit.is_calendar() && count > 0 => {
                        Some(Spaced::Apart(count, unit))
                    }
                    Length::Calendar(..) | Length::HalfLives(_) => {
                        self.report(errors::apart_by_days(length.span));
                        None
                    }
                }
            }
            (Some(_), [tail, ..]) | (None, [_, tail, ..]) => {
                self.report(errors::spaced_twice(tail.span));
                None
            }
        }
    }

    /// The attribute that `by` names, of what is in this scope, and how many values it has.
    pub(super) fn told_apart_by(
        &mut self,
        env: Env<'_>,
        scope: Scope<'_>,
        by: &Name,
    ) -> Option<(AttributeRead, usize)> {
        let around = env.filter(scope, by.span, false, None);
        let inner = env.within(&around);
        let attribute = match self.attribute_in_scope(inner, by) {
            super::attribute::Named::Attribute(attribute) => attribute,
            super::attribute::Named::Wrong => return None,
            super::attribute::Named::Other => {
                let (owner, names) = self.attributes_of(scope);
                self.report(errors::by_no_attribute(by, &owner, &names));
                return None;
            }
        };
        let values = match &attribute.ty {
            Type::Coded(values) | Type::Ordinal { levels: values, .. } => values.len(),
            Type::YesNo => 2,
            Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } | Type::Date => {
                let (_, names) = self.attributes_of(scope);
                self.report(errors::by_of_numbers(by, &attribute.ty, &names));
                return None;
            }
        };
        Some((self.attribute_read(inner, &by.text), values))
    }

    /// What has attributes in a scope, and the names of those that have values to be told apart by.
    fn attributes_of(&self, scope: Scope<'_>) -> (String, Vec<String>) {
        let words = |attribute: &&crate::vocab::Attribute| match attribute.ty {
            Type::Coded(_) | Type::Ordinal { .. } | Type::YesNo => true,
            Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } | Type::Date => false,
        };
        match scope {
            Scope::Record => (String::new(), Vec::new()),
            Scope::Result(fact) => match self.vocabulary.facts.get(fact) {
                None => (String::new(), Vec::new()),
                Some(fact) => {
                    (fact.name.clone(), fact.attributes.iter().filter(words).map(|one| one.name.clone()).collect())
                }
            },
            Scope::Entry(kinds) => {
                let mut kinds = kinds.iter().filter_map(|kind| self.vocabulary.kinds.get(*kind));
                let Some(first) = kinds.next() else { return (String::new(), Vec::new()) };
                let others: Vec<_> = kinds.collect();
                let shared = |one: &&crate::vocab::Attribute| {
                    others.iter().all(|kind| kind.attribute(&one.name).is_some_and(|other| other.ty == one.ty))
                };
                let names = first.attributes.iter().filter(words).filter(shared).map(|one| one.name.clone());
                (first.name.clone(), names.collect())
            }
        }
    }

    /// Where there is one value, nothing chooses among several.
    pub(super) fn no_selection(&mut self, term: &Term, tails: &Suffixes<'_>) -> Option<()> {
        if let Some(by) = &term.by {
            self.report(errors::by_of_one(by.span, &by.text));
            return None;
        }
        self.no_apart(tails)
    }

    /// Nothing but results that are counted is apart.
    pub(super) fn no_apart(&mut self, tails: &Suffixes<'_>) -> Option<()> {
        let Some(tail) = tails.apart.first() else {
            return Some(());
        };
        self.report(errors::spaced_without_count(tail.span, self.as_written(tail.span)));
        None
    }
}

/// Whether the bound of a comparison names anything: of the highest result it is then asked as of one value.
pub(super) fn reads_a_value(predicate: &Tail) -> bool {
    match &predicate.kind {
        TailKind::Compare { right, .. } => names_something(right),
        TailKind::Between { low, high } => names_something(low) || names_something(high),
        TailKind::Is { .. }
        | TailKind::InSet { .. }
        | TailKind::InUnit(_)
        | TailKind::Window(_)
        | TailKind::Lasting { .. }
        | TailKind::Apart(_)
        | TailKind::Gaps(_)
        | TailKind::OneEntry
        | TailKind::Except(_) => false,
    }
}

fn names_something(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal { .. } | ExprKind::TimesLimit { .. } | ExprKind::Level { .. } => false,
        ExprKind::Negate(inner) => names_something(inner),
        ExprKind::Arithmetic { left, right, .. } => names_something(left) || names_something(right),
        ExprKind::Call { arguments, .. } => arguments.iter().any(names_something),
        ExprKind::Tailed { subject, .. } => names_something(subject),
        ExprKind::Term(_)
        | ExprKind::DailyDose(_)
        | ExprKind::If { .. }
        | ExprKind::Or(_)
        | ExprKind::And(_)
        | ExprKind::Not(_)
        | ExprKind::Block { .. }
        | ExprKind::Judged { .. }
        | ExprKind::Todo(_)
        | ExprKind::Elided
        | ExprKind::Broken => true,
    }
}

/// Whether a prefix says which of several results is meant.
pub(super) fn of_results(prefix: PrefixKind) -> bool {
    match prefix {
        PrefixKind::Latest
        | PrefixKind::First
        | PrefixKind::Any
        | PrefixKind::Every
        | PrefixKind::Highest
        | PrefixKind::Lowest
        | PrefixKind::Consecutive
        | PrefixKind::AtLeast(_)
        | PrefixKind::AtMost(_)
        | PrefixKind::Exactly(_) => true,
        PrefixKind::Prior | PrefixKind::Current | PrefixKind::Planned | PrefixKind::No | PrefixKind::Distinct => false,
    }
}
