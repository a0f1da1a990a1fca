//! Words joined by `or` and `and` that are no conditions by themselves: what is said of them is with another.

use super::{Checker, errors};
use crate::syntax::ast::{Expr, ExprKind, Name, Tail, TailKind, Term};
use crate::vocab::{Symbol, Type};

/// A name that is alone: no word before it, no filter, no braces.
fn bare(expr: &Expr) -> Option<&Name> {
    match &expr.kind {
        ExprKind::Term(Term { prefixes, subjects, braced: false, by: None, filter: None }) if prefixes.is_empty() => {
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
    /// said of it can be said of them. Says which items they are.
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
            let ExprKind::Term(Term { prefixes, subjects, by: None, filter: None, .. }) = &subject.kind else {
                continue;
            };
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

    /// What can be tested of a fact: the dimension of its numbers, or its words. Nothing for a yes/no, a date, or no fact.
    fn asked_by(&self, name: &Name) -> Option<String> {
        let Some(Symbol::Fact(id)) = self.vocabulary.symbols.get(&name.text) else {
            return None;
        };
        match &self.vocabulary.facts.get(*id)?.ty {
            Type::Quantity(unit) => Some(unit.measures()),
            Type::Score { .. } => Some("score".to_owned()),
            Type::Titre { .. } => Some("titre".to_owned()),
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
}
