//! Conditions joined by `or` and `and` that read in another way than they are taken.

use super::{Checker, errors};
use crate::number::{Comparison, Rational};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name, Tail, TailKind, Term};
use crate::typed::{Condition, ConditionKind, Quantity, Test, TimeOf};
use crate::vocab::{AnchorId, FactId, Symbol, Type};
use crate::window::{Relation, Select};

/// A name that stands alone: no word before it, no filter, no braces.
fn bare(expr: &Expr) -> Option<&Name> {
    match &expr.kind {
        ExprKind::Term(Term { prefixes, subjects, braced: false, filter: None }) if prefixes.is_empty() => {
            subjects.first()
        }
        _ => None,
    }
}

/// The same, or a number without a unit: the `1` of `ecog is 0 or 1`.
fn bare_or_number(expr: &Expr) -> Option<Name> {
    match &expr.kind {
        ExprKind::Literal { number, unit: None } => Some(Name { text: number.text.clone(), span: number.span }),
        _ => bare(expr).cloned(),
    }
}

impl Checker<'_> {
    /// `alt or ast > 3 x ULN`: reports the values of which nothing is asked before one that is compared, where what is
    /// asked of it can be asked of them. Says which items they are.
    pub(super) fn values_before(&mut self, items: &[Expr], either: bool) -> Vec<bool> {
        let mut skipped = vec![false; items.len()];
        let mut before: Vec<(usize, &Name)> = Vec::new();
        let mut found = Vec::new();
        for (at, item) in items.iter().enumerate() {
            if let Some(name) = bare(item).filter(|name| self.asked_by(name).is_some()) {
                before.push((at, name));
                continue;
            }
            let before = std::mem::take(&mut before);
            let (ExprKind::Tailed { subject, .. }, Some((_, first))) = (&item.kind, before.first()) else { continue };
            let ExprKind::Term(Term { prefixes, subjects, filter: None, .. }) = &subject.kind else { continue };
            let ([name], true) = (subjects.as_slice(), prefixes.is_empty()) else { continue };
            let asked = self.asked_by(name);
            if asked.is_none() || before.iter().any(|(_, other)| self.asked_by(other) != asked) {
                continue;
            }
            let asks = self.as_written(item.span).get(name.text.len()..).unwrap_or_default().trim();
            let join = if either { "or" } else { "and" };
            let names = before.iter().map(|(_, name)| name.text.as_str()).chain([name.text.as_str()]);
            let instead: Vec<String> = names.map(|name| format!("{name} {asks}")).collect();
            let whole = first.span.merge(item.span);
            found.push(errors::value_before(first, whole, &instead.join(&format!(" {join} "))));
            for (at, _) in before {
                if let Some(skip) = skipped.get_mut(at) {
                    *skip = true;
                }
            }
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
        skipped
    }

    /// What can be asked of a fact: the dimension of its numbers, or its words. Nothing for a yes/no, a date, or no fact.
    fn asked_by(&self, name: &Name) -> Option<String> {
        let Some(Symbol::Fact(id)) = self.vocabulary.symbols.get(&name.text) else {
            return None;
        };
        match &self.vocabulary.facts.get(*id)?.ty {
            Type::Quantity(unit) => Some(unit.dimension().name()),
            Type::Score { .. } => Some("score".to_owned()),
            Type::Coded(values) | Type::Ordinal { levels: values, .. } => Some(values.join(" ")),
            Type::YesNo | Type::Date => None,
        }
    }

    /// `rhythm is sinus or paced`: reports the words behind it that are values of `rhythm` and no names. Gives how many
    /// items at the front of `rest` they are.
    pub(super) fn values_alone(&mut self, first: &Expr, rest: &[Expr]) -> usize {
        let ExprKind::Tailed { subject, tails } = &first.kind else {
            return 0;
        };
        let (ExprKind::Term(term), [Tail { kind: TailKind::Is { negated, value }, .. }]) =
            (&subject.kind, tails.as_slice())
        else {
            return 0;
        };
        let ([name], None) = (term.subjects.as_slice(), &term.filter) else {
            return 0;
        };
        let declared = match self.vocabulary.symbols.get(&name.text) {
            Some(Symbol::Fact(id)) => match self.vocabulary.facts.get(*id).map(|fact| &fact.ty) {
                Some(Type::Coded(values) | Type::Ordinal { levels: values, .. }) => values.clone(),
                _ => return 0,
            },
            _ => return 0,
        };
        let is_value = |name: &Name| declared.contains(&name.text) && !self.vocabulary.symbols.contains_key(&name.text);
        let alone: Vec<Name> = rest.iter().map_while(|item| bare_or_number(item).filter(is_value)).collect();
        let (Some(one), Some(last)) = (alone.first(), alone.last()) else {
            return 0;
        };
        let subject = self.as_written(subject.span);
        let mut values = vec![value.word.text.as_str()];
        values.extend(alone.iter().map(|name| name.text.as_str()));
        let word = if *negated { "not in" } else { "in" };
        let instead = format!("{subject} {word} {{ {} }}", values.join(", "));
        self.report(errors::value_alone(one, &name.text, first.span.merge(last.span), instead));
        alone.len()
    }

    /// `mi or stroke within 3 months before screening`: warns that the window is about `stroke` alone.
    pub(super) fn window_of_last(&mut self, items: &[Expr], either: bool) {
        let is_kind =
            |name: &&Name| matches!(self.vocabulary.symbols.get(&name.text), Some(Symbol::Kind(_) | Symbol::Group(_)));
        let mut before: Vec<&Name> = Vec::new();
        let mut found = Vec::new();
        for item in items {
            if let Some(name) = bare(item).filter(is_kind) {
                before.push(name);
                continue;
            }
            let before = std::mem::take(&mut before);
            let ExprKind::Tailed { subject, tails } = &item.kind else { continue };
            let ExprKind::Term(term) = &subject.kind else { continue };
            let window = tails.iter().find(|tail| matches!(tail.kind, TailKind::Window(_)));
            if let ([one, ..], Some(window), true) = (before.as_slice(), window, term.prefixes.is_empty())
                && term.subjects.iter().all(|name| is_kind(&name))
            {
                let words = self.as_written(window.span);
                let others: Vec<&str> = before.iter().map(|name| name.text.as_str()).collect();
                let own: Vec<&str> = term.subjects.iter().map(|name| name.text.as_str()).collect();
                let both = if either && term.filter.is_none() {
                    format!("{{ {} }} {words}", [others.as_slice(), own.as_slice()].concat().join(", "))
                } else {
                    format!("{} {words}", one.text)
                };
                found.push(errors::window_of_last(window.span, words, (one, &others), &own, &both));
            }
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }

    /// Warns of two bounds of one value that no number meets behind `and`, or that every number meets behind `or`.
    pub(super) fn bounds_of_one(&mut self, conditions: &[Condition], either: bool) {
        let bounds: Vec<Bounded<'_>> =
            conditions.iter().filter_map(|condition| bounded(condition, self.default_anchor)).collect();
        let asked = |bound: &Bounded<'_>| if either { bound.op.negated() } else { bound.op };
        let mut found = Vec::new();
        for (at, second) in bounds.iter().enumerate() {
            let clash = bounds.iter().take(at).find(|first| {
                first.value == second.value
                    && exclude_each_other((asked(first), first.bound), (asked(second), second.bound))
            });
            if let Some(first) = clash {
                let words = (self.as_written(first.span), self.as_written(second.span));
                found.push(errors::bounds_of_one((first.span, second.span), words, either));
            }
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }
}

/// A value that is one number whatever the clause: an attribute, or the latest result of a fact up to the default anchor.
#[derive(PartialEq, Eq)]
enum One<'c> {
    Attribute(&'c str),
    Fact(FactId),
}

/// A value compared with a constant.
struct Bounded<'c> {
    value: One<'c>,
    op: Comparison,
    bound: &'c Rational,
    span: Span,
}

fn bounded(condition: &Condition, default_anchor: AnchorId) -> Option<Bounded<'_>> {
    let ConditionKind::Test(Test::Compare { left, op, right: Quantity::Number(bound) }) = &condition.kind else {
        return None;
    };
    let value = match left {
        Quantity::Attribute(name) => One::Attribute(name),
        Quantity::Fact(read, None)
            if read.select == Select::Latest && up_to(read.filter.as_deref(), default_anchor) =>
        {
            One::Fact(read.fact)
        }
        _ => return None,
    };
    Some(Bounded { value, op: *op, bound, span: condition.span })
}

/// Whether all that is asked of results is that they are not later than the default anchor.
fn up_to(filter: Option<&Condition>, default_anchor: AnchorId) -> bool {
    filter.is_none_or(|filter| match &filter.kind {
        ConditionKind::Test(Test::Window { of: TimeOf::Result, relation: Relation::UpTo, anchor, .. }) => {
            *anchor == default_anchor
        }
        _ => false,
    })
}

/// Whether no number meets both.
fn exclude_each_other(one: (Comparison, &Rational), other: (Comparison, &Rational)) -> bool {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    match (one.0, other.0) {
        (Gt | Ge, Lt | Le) => one.1 > other.1 || one.1 == other.1 && (one.0 == Gt || other.0 == Lt),
        (Lt | Le, Gt | Ge) => exclude_each_other(other, one),
        (Eq, Ne) | (Ne, Eq) => one.1 == other.1,
        (Eq, op) => !op.holds(one.1.cmp(other.1)),
        (_, Eq) => exclude_each_other(other, one),
        (Gt | Ge, Gt | Ge) | (Lt | Le, Lt | Le) | (Ne, _) | (_, Ne) => false,
    }
}
