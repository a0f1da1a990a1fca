//! Conditions that read in another way than they are taken: joined by `or` and `and`, and denied in an exclusion.

use super::{Checker, errors};
use crate::source::{Span, one_line};
use crate::syntax::ast::{BlockQuantifier, Clause, Expr, ExprKind, Name, PrefixKind, Tail, TailKind, Term};
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

/// A name without a word on time but `prior`, which leaves the past open: with or without a filter that asks no date.
fn untimed(expr: &Expr) -> Option<&Term> {
    match &expr.kind {
        ExprKind::Term(term) if only_prior(term) => {
            let dated = |filter: &Expr| {
                matches!(&filter.kind, ExprKind::Tailed { tails, .. }
                if tails.iter().any(|tail| matches!(tail.kind, TailKind::Window(_))))
            };
            let asks_date = term.filter.as_ref().is_some_and(|filter| match &filter.kind {
                ExprKind::And(items) | ExprKind::Or(items) => items.iter().any(dated),
                _ => dated(filter),
            });
            (!asks_date).then_some(term)
        }
        _ => None,
    }
}

fn only_prior(term: &Term) -> bool {
    term.prefixes.iter().all(|prefix| prefix.kind == PrefixKind::Prior)
}

/// The kinds of an item that no word of its own stands before; behind `no`, with a window too.
fn joined_kind(item: &Expr, denied: bool) -> Option<&[Name]> {
    let subject = match &item.kind {
        ExprKind::Tailed { subject, .. } if denied => subject,
        ExprKind::Term(term) if !denied => return term.prefixes.is_empty().then_some(term.subjects.as_slice()),
        _ => item,
    };
    match &subject.kind {
        ExprKind::Term(term)
            if term.prefixes.iter().all(|prefix| matches!(prefix.kind, PrefixKind::Prior | PrefixKind::Current)) =>
        {
            Some(&term.subjects)
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
            Type::Quantity(unit) => Some(unit.measures()),
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
        let mut before: Vec<&Term> = Vec::new();
        let mut found = Vec::new();
        for item in items {
            if let Some(term) = untimed(item) {
                let timed = self.timed_term(term);
                // Those before are all of one sort, so that one of them speaks for all.
                if before.first().is_some_and(|other| self.timed_term(other) != timed) {
                    before.clear();
                }
                before.extend(timed.is_some().then_some(term));
                continue;
            }
            let before = std::mem::take(&mut before);
            let ExprKind::Tailed { subject, tails } = &item.kind else { continue };
            let ExprKind::Term(term) = &subject.kind else { continue };
            let window = tails.iter().find(|tail| matches!(tail.kind, TailKind::Window(_)));
            let ([one, ..], Some(window), true) = (before.as_slice(), window, term.prefixes.is_empty()) else {
                continue;
            };
            let (Some(timed), Some(name)) = (self.timed_term(one), one.subjects.first()) else { continue };
            if term.subjects.iter().any(|name| self.timed(name) != Some(timed)) {
                continue;
            }
            // Who names one kind twice has said when each is meant: `prior stroke or stroke at screening`.
            let again = |name: &Name| term.subjects.iter().any(|own| own.text == name.text);
            if before.iter().any(|term| term.subjects.iter().any(again)) {
                continue;
            }
            let words = self.as_written(window.span);
            let all = || before.iter().copied().chain([term]);
            let others: Vec<&str> =
                before.iter().flat_map(|term| &term.subjects).map(|name| name.text.as_str()).collect();
            let own: Vec<&str> = term.subjects.iter().map(|name| name.text.as_str()).collect();
            let prior = if one.prefixes.is_empty() { "" } else { "prior " };
            let both = if either && all().all(|term| term.filter.is_none()) && timed == errors::Timed::Entries {
                format!("{prior}{{ {} }} {words}", [others.as_slice(), own.as_slice()].concat().join(", "))
            } else if one.filter.is_some() {
                format!("{prior}{} (..) {words}", name.text)
            } else {
                format!("{prior}{} {words}", name.text)
            };
            found.push(errors::window_of_last(window.span, words, (name, prior, &others), &own, &both, timed));
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }

    /// `no prior mi or stroke`: warns that `no prior` is about `mi` alone.
    pub(super) fn word_of_first(&mut self, items: &[Expr], either: bool) {
        let mut found = Vec::new();
        let mut rest = items;
        while let [first, others @ ..] = rest {
            rest = others;
            let ExprKind::Term(term) = &first.kind else { continue };
            let (Some(prefix), Some(last)) = (term.prefixes.first(), term.prefixes.last()) else { continue };
            let is_kind = |name: &Name| self.timed(name) == Some(errors::Timed::Entries);
            if term.prefixes.iter().any(|prefix| prefix.kind == PrefixKind::Any) || !term.subjects.iter().all(is_kind) {
                continue;
            }
            let denied = term.prefixes.iter().any(|prefix| prefix.kind == PrefixKind::No);
            let behind: Vec<&Expr> = others
                .iter()
                .take_while(|item| joined_kind(item, denied).is_some_and(|names| names.iter().all(is_kind)))
                .collect();
            let names: Vec<&Name> = behind.iter().filter_map(|item| joined_kind(item, denied)).flatten().collect();
            let Some(one) = names.first() else { continue };
            // Who names one kind twice has said what each is about.
            if names.iter().any(|name| term.subjects.iter().any(|own| own.text == name.text)) {
                continue;
            }
            let words = one_line(self.as_written(prefix.span.merge(last.span)));
            let own: Vec<&str> = term.subjects.iter().map(|name| name.text.as_str()).collect();
            let others: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
            let plain = term.filter.is_none() && behind.iter().all(|item| bare(item).is_some());
            let both = match (either, denied) {
                (true, _) if plain => {
                    format!("{words} {{ {} }}", [own.as_slice(), others.as_slice()].concat().join(", "))
                }
                (true, true) => format!(".. and {words} {}", one.text),
                _ => format!("{words} {}", one.text),
            };
            found.push(errors::word_of_first(plain, prefix.span.merge(last.span), &words, &own, (one, &others), &both));
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }

    /// `exclude no current rituximab`: warns that it keeps out who has none.
    pub(super) fn exclusion_of_none(&mut self, clause: &Clause) {
        let main = clause.main.span;
        let subject = match &clause.main.kind {
            ExprKind::Tailed { subject, .. } => subject,
            _ => &clause.main,
        };
        let (start, instead) = match &subject.kind {
            ExprKind::Term(Term { prefixes, .. }) => match prefixes.iter().find(|prefix| prefix.kind == PrefixKind::No)
            {
                Some(no) => (no.span.range().start, ""),
                None => return,
            },
            ExprKind::Not(_) => (main.range().start, ""),
            ExprKind::Block { quantifier: BlockQuantifier::None, .. } => (main.range().start, "any"),
            _ => return,
        };
        let said = self.as_written(Span::new(main.file, start..main.range().end));
        let letters = said.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(said.len());
        let rest = said.get(letters..).unwrap_or_default();
        let blanks = if instead.is_empty() { rest.len() - rest.trim_start().len() } else { 0 };
        let word = Span::new(main.file, start..start + letters);
        let mended = format!("{}{instead}{rest}", self.written_before(main, word)).trim().to_owned();
        // With `, or .. when` behind it the mend is not one word; `!` is told as the sign it is.
        if clause.alternatives.is_empty() && letters > 0 {
            let through = Span::new(main.file, start..start + letters + blanks);
            self.report(errors::exclusion_of_none(word, self.as_written(word), (through, instead), &mended));
        }
    }

    fn timed_term(&self, term: &Term) -> Option<errors::Timed> {
        let timed = self.timed(term.subjects.first()?)?;
        if term.subjects.iter().any(|name| self.timed(name) != Some(timed)) {
            return None;
        }
        // `prior` is said of entries, and what a yes/no is filtered by are its results.
        (timed == errors::Timed::Entries || term.filter.is_none()).then_some(timed)
    }

    /// What a window behind the name is about: entries, or the answers of a yes/no that has a date.
    fn timed(&self, name: &Name) -> Option<errors::Timed> {
        match self.vocabulary.symbols.get(&name.text)? {
            Symbol::Kind(_) | Symbol::Group(_) => Some(errors::Timed::Entries),
            Symbol::Fact(id) => {
                let fact = self.vocabulary.facts.get(*id)?;
                (fact.ty == Type::YesNo && !fact.timeless).then_some(errors::Timed::Answers)
            }
            Symbol::Anchor(_) | Symbol::Definition(_) => None,
        }
    }
}
