//! Conditions joined by `or` and `and` that read in another way than they are taken.

use super::{Checker, errors};
use crate::syntax::ast::{Expr, ExprKind, Name, Tail, TailKind, Term};
use crate::vocab::{Symbol, Type};

/// A name that stands alone: no word before it, no filter, no braces.
fn bare(expr: &Expr) -> Option<&Name> {
    match &expr.kind {
        ExprKind::Term(Term { prefixes, subjects, braced: false, filter: None }) if prefixes.is_empty() => {
            subjects.first()
        }
        _ => None,
    }
}

impl Checker<'_> {
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
        let is_value =
            |name: &&Name| declared.contains(&name.text) && !self.vocabulary.symbols.contains_key(&name.text);
        let alone: Vec<&Name> = rest.iter().map_while(|item| bare(item).filter(is_value)).collect();
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
}
