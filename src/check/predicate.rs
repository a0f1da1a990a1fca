//! Predicates: the bounds on a number, and the levels or words that a value may be.

use super::env::Env;
use super::term::{Suffixes, Typed, all};
use super::{Checker, errors};
use crate::ir::Quantifier;
use crate::number::Comparison;
use crate::source::Span;
use crate::syntax::ast::{CodeWord, Expr, ExprKind, PrefixKind, Tail, TailKind};
use crate::typed::{Condition, ConditionKind, OperandKind, Test};
use crate::vocab::Type;

impl Checker<'_> {
    /// The one test of a value.
    pub(super) fn one_predicate<'e>(
        &mut self,
        span: Span,
        tails: &Suffixes<'e>,
        ty: Option<&Type>,
    ) -> Option<&'e Tail> {
        match tails.predicates.as_slice() {
            [one] => Some(one),
            [] => {
                let (text, anchor) = (self.as_written(span), self.default_anchor_name());
                self.report(errors::no_comparison(span, text, ty, &anchor));
                None
            }
            [_, second, ..] => {
                self.report(errors::two_comparisons(second.span));
                None
            }
        }
    }

    /// The bounds of `highest x ..`, each with the results it applies to: `highest x <= v` says the same of every result,
    /// `highest x >= v` of at least one.
    pub(super) fn extreme<'t>(
        &mut self,
        extreme: PrefixKind,
        predicate: &'t Tail,
    ) -> Option<Vec<(Comparison, Quantifier, &'t Expr)>> {
        let highest = extreme == PrefixKind::Highest;
        let side = |op: Comparison| match (op, highest) {
            (Comparison::Ge | Comparison::Gt, true) | (Comparison::Le | Comparison::Lt, false) => Quantifier::Any,
            (Comparison::Ge | Comparison::Gt, false) | (Comparison::Le | Comparison::Lt, true) => Quantifier::Every,
            // Said as two bounds, or refused.
            (Comparison::Eq | Comparison::Ne, _) => Quantifier::Every,
        };
        let bounds: Vec<(Comparison, &Expr)> = match &predicate.kind {
            TailKind::Compare { op: Comparison::Eq, right, .. } => {
                vec![(Comparison::Ge, right), (Comparison::Le, right)]
            }
            TailKind::Compare { op: Comparison::Ne, op_span, .. } => {
                self.report(errors::extreme_not_equal(*op_span));
                return None;
            }
            TailKind::Compare { op, right, .. } => vec![(*op, right)],
            TailKind::Between { low, high } => {
                vec![(Comparison::Ge, low), (Comparison::Le, high)]
            }
            TailKind::Is { .. }
            | TailKind::InSet { .. }
            | TailKind::InUnit(_)
            | TailKind::Window(_)
            | TailKind::Lasting { .. }
            | TailKind::Gaps(_)
            | TailKind::OneEntry
            | TailKind::Apart(_)
            | TailKind::Except(_) => {
                self.report(errors::coded_predicate_on_number(predicate));
                return None;
            }
        };
        Some(bounds.into_iter().map(|(op, right)| (op, side(op), right)).collect())
    }

    /// A predicate on a number.
    pub(super) fn compare(&mut self, env: Env<'_>, span: Span, left: &Typed, predicate: &Tail) -> Option<Condition> {
        match &predicate.kind {
            TailKind::Compare { op, op_span, right } => self.compare_with(env, span, left, *op, *op_span, right),
            TailKind::Between { low, high } => {
                let low = with_unit_of(low, high);
                let below = self.compare_with(env, span, left, Comparison::Ge, predicate.span, &low);
                let above = self.compare_with(env, span, left, Comparison::Le, predicate.span, high);
                let (below, above) = (below?, above?);
                if let (Some(least), Some(most)) = (constant(&below), constant(&above))
                    && least > most
                {
                    self.report(errors::range_backwards(predicate.span));
                    return None;
                }
                // `any x between a and b` is about one result: both bounds belong to it.
                if left.selects(Quantifier::Any) || left.counts() {
                    self.report(errors::any_between(predicate.span));
                    return None;
                }
                all(span, vec![below, above])
            }
            TailKind::Is { .. } | TailKind::InSet { .. } => {
                self.report(errors::coded_predicate_on_number(predicate));
                None
            }
            TailKind::InUnit(_)
            | TailKind::Window(_)
            | TailKind::Lasting { .. }
            | TailKind::Gaps(_)
            | TailKind::OneEntry
            | TailKind::Apart(_)
            | TailKind::Except(_) => None,
        }
    }

    /// The levels that a comparison lets in.
    pub(super) fn levels_meeting(&mut self, scale: &str, levels: &[String], predicate: &Tail) -> Option<Vec<String>> {
        let find = |checker: &mut Self, word: &CodeWord| -> Option<usize> {
            if let Some(written) = &word.scale
                && written.text != scale
            {
                checker.report(errors::wrong_scale(written, scale));
                return None;
            }
            let at = levels.iter().position(|level| *level == word.word.text);
            if at.is_none() {
                checker.report(errors::unknown_level(&word.word, scale, levels));
            }
            at
        };
        let place = |checker: &mut Self, expr: &Expr| -> Option<usize> {
            match level_word(expr) {
                Some(word) => find(checker, &word),
                None => {
                    checker.report(errors::level_expected(expr.span, scale, levels));
                    None
                }
            }
        };
        let wanted: Vec<usize> = match &predicate.kind {
            TailKind::Compare { op, right, .. } => {
                let at = place(self, right)?;
                (0..levels.len())
                    .filter(|level| match op {
                        Comparison::Ge => *level >= at,
                        Comparison::Gt => *level > at,
                        Comparison::Le => *level <= at,
                        Comparison::Lt => *level < at,
                        Comparison::Eq => *level == at,
                        Comparison::Ne => *level != at,
                    })
                    .collect()
            }
            TailKind::Between { low, high } => {
                let (low, high) = (place(self, low)?, place(self, high)?);
                (low..=high).collect()
            }
            TailKind::Is { negated, value } => {
                let at = find(self, value)?;
                (0..levels.len()).filter(|level| (*level == at) != *negated).collect()
            }
            TailKind::InSet { negated, values } => {
                let mut set = Vec::new();
                for value in values {
                    set.push(find(self, value)?);
                }
                (0..levels.len()).filter(|level| set.contains(level) != *negated).collect()
            }
            TailKind::InUnit(_)
            | TailKind::Window(_)
            | TailKind::Lasting { .. }
            | TailKind::Gaps(_)
            | TailKind::OneEntry
            | TailKind::Apart(_)
            | TailKind::Except(_) => return None,
        };
        if wanted.is_empty() || wanted.len() == levels.len() {
            self.report(errors::every_or_no_level(predicate.span, scale, levels, wanted.is_empty()));
            return None;
        }
        Some(wanted.into_iter().filter_map(|at| levels.get(at).cloned()).collect())
    }

    /// The codes that `is`, `is not`, `in` or `not in` names, and whether they are let in or kept out.
    pub(super) fn codes_meeting(&mut self, declared: &[String], predicate: &Tail) -> Option<(bool, Vec<String>)> {
        let (negated, words): (bool, Vec<&CodeWord>) = match &predicate.kind {
            TailKind::Is { negated, value } => (*negated, vec![value]),
            TailKind::InSet { negated, values } => (*negated, values.iter().collect()),
            TailKind::Compare { op, op_span, right } => {
                self.report(errors::coded_compared(*op, *op_span, self.as_written(right.span), declared));
                return None;
            }
            TailKind::Between { .. } => {
                self.report(errors::coded_between(predicate.span, declared));
                return None;
            }
            TailKind::InUnit(_)
            | TailKind::Window(_)
            | TailKind::Lasting { .. }
            | TailKind::Gaps(_)
            | TailKind::OneEntry
            | TailKind::Apart(_)
            | TailKind::Except(_) => return None,
        };
        let mut right = true;
        for word in &words {
            if word.scale.is_some() || !declared.contains(&word.word.text) {
                self.report(errors::unknown_code(&word.word, declared));
                right = false;
            }
        }
        let among = declared.iter().filter(|code| words.iter().any(|word| word.word.text == **code)).cloned().collect();
        right.then_some((negated, among))
    }
}

/// `between 18 and 70 years`: the lower end takes the upper end's unit when it has none.
fn with_unit_of(low: &Expr, high: &Expr) -> Expr {
    match (&low.kind, &high.kind) {
        (ExprKind::Literal { number, unit: None }, ExprKind::Literal { unit: Some(unit), .. }) => {
            Expr { span: low.span, kind: ExprKind::Literal { number: number.clone(), unit: Some(unit.clone()) } }
        }
        _ => low.clone(),
    }
}

/// The constant on the right of a comparison; of an age in days, since its two ends may be in different units.
fn constant(condition: &Condition) -> Option<crate::number::Rational> {
    let ConditionKind::Test(Test::Compare { left, right, .. }) = &condition.kind else {
        return None;
    };
    match (&left.kind, &right.kind) {
        (OperandKind::Age(age), OperandKind::Number(number)) => Some(number.mul(&age.unit.days())),
        (_, OperandKind::Number(number)) => Some(number.clone()),
        _ => None,
    }
}

/// `class III`, `III`, `2` as a level.
fn level_word(expr: &Expr) -> Option<CodeWord> {
    match &expr.kind {
        ExprKind::Level { scale, level } => Some(CodeWord { scale: Some(scale.clone()), word: level.clone() }),
        ExprKind::Term(term) if term.prefixes.is_empty() && term.filter.is_none() => match term.subjects.as_slice() {
            [name] if !term.braced => Some(CodeWord { scale: None, word: name.clone() }),
            _ => None,
        },
        ExprKind::Literal { number, unit: None } => Some(CodeWord {
            scale: None,
            word: crate::syntax::ast::Name { text: number.text.clone(), span: number.span },
        }),
        _ => None,
    }
}
