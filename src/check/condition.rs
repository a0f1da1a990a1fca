//! Conditions: logic, counting over conditions, and tests on value facts.

use super::attribute::Named;
use super::quantity::Typed;
use super::{Checker, Defined, Scope, errors};
use crate::number::Comparison;
use crate::source::Span;
use crate::syntax::ast::{
    BlockQuantifier, CodeWord, CompareOp, Expr, ExprKind, PrefixKind, Tail, TailKind, Term, Window,
};
use crate::typed::{Condition, ConditionKind, FactRead, Quantity, Subject, Test, TimeOf};
use crate::vocab::{Attribute, FactId, Symbol, Type};
use crate::window::{Relation, Select};

/// Counting over n conditions takes a tree of up to n^3 nodes.
const MOST_COUNTED: usize = 64;

/// Conditions nested deeper than this, definitions put in, are refused.
pub(super) const MOST_DEPTH: usize = 128;

/// A value that a term names: a fact, or an attribute of what is in scope.
pub(super) enum Value {
    Fact(FactId),
    Attribute(Box<Attribute>),
}

/// The tails behind a subject, sorted by what they do.
#[derive(Default)]
pub(super) struct Tails<'e> {
    pub predicates: Vec<&'e Tail>,
    pub windows: Vec<(&'e Window, Span)>,
    pub excepts: Vec<&'e Expr>,
    pub lasting: Vec<&'e Tail>,
    pub in_unit: Vec<&'e Tail>,
}

impl<'e> Tails<'e> {
    pub fn sort(tails: &'e [Tail]) -> Tails<'e> {
        let mut sorted = Tails::default();
        for tail in tails {
            match &tail.kind {
                TailKind::Compare { .. } | TailKind::Between { .. } | TailKind::Is { .. } | TailKind::InSet { .. } => {
                    sorted.predicates.push(tail)
                }
                TailKind::Window(window) => sorted.windows.push((window, tail.span)),
                TailKind::Except(filter) => sorted.excepts.push(filter),
                TailKind::Lasting { .. } => sorted.lasting.push(tail),
                TailKind::InUnit(_) => sorted.in_unit.push(tail),
            }
        }
        sorted
    }
}

pub(super) fn test(span: Span, test: Test) -> Condition {
    Condition { span, kind: ConditionKind::Test(test) }
}

pub(super) fn negate(condition: Condition) -> Condition {
    Condition { span: condition.span, kind: ConditionKind::Not(Box::new(condition)) }
}

/// All of them; one alone stands for itself.
pub(super) fn all(span: Span, mut conditions: Vec<Condition>) -> Option<Condition> {
    if conditions.len() > 1 {
        return Some(Condition { span, kind: ConditionKind::And(conditions) });
    }
    conditions.pop()
}

pub(super) fn comparison(op: CompareOp) -> Comparison {
    match op {
        CompareOp::Ge => Comparison::Ge,
        CompareOp::Gt => Comparison::Gt,
        CompareOp::Le => Comparison::Le,
        CompareOp::Lt => Comparison::Lt,
        CompareOp::Eq => Comparison::Eq,
        CompareOp::Ne => Comparison::Ne,
    }
}

impl Checker<'_> {
    /// Types an expression that must be a condition; `None` when it was reported as wrong.
    pub(super) fn condition(&mut self, expr: &Expr) -> Option<Condition> {
        self.deeper(expr.span, |checker| checker.condition_here(expr))
    }

    /// Keeps nesting, which definitions can make deeper than any one statement, within the stack.
    pub(super) fn deeper<T>(&mut self, span: Span, work: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= MOST_DEPTH {
            self.report(errors::nested_too_deep(span, MOST_DEPTH));
            return None;
        }
        self.depth += 1;
        let result = work(self);
        self.depth -= 1;
        result
    }

    fn condition_here(&mut self, expr: &Expr) -> Option<Condition> {
        let span = expr.span;
        let kind = match &expr.kind {
            ExprKind::Or(items) => ConditionKind::Or(self.conditions(items)?),
            ExprKind::And(items) => ConditionKind::And(self.conditions(items)?),
            ExprKind::Not(inner) => ConditionKind::Not(Box::new(self.condition(inner)?)),
            ExprKind::Block { quantifier, items } => return self.block(span, *quantifier, items),
            ExprKind::Judged { text, by } => {
                if !matches!(self.scope(), Scope::Record) {
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
                ConditionKind::Test(Test::Judged { text: text.text.clone(), by })
            }
            ExprKind::Todo(text) => {
                self.report(errors::not_encoded(span));
                self.filter_asks();
                ConditionKind::Test(Test::Todo(text.text.clone()))
            }
            ExprKind::Tailed { subject, tails } => return self.tailed(span, subject, tails),
            ExprKind::Term(term) => return self.term(span, term, &Tails::default()),
            ExprKind::Arithmetic { .. }
            | ExprKind::Negate(_)
            | ExprKind::Call { .. }
            | ExprKind::If { .. }
            | ExprKind::Literal { .. }
            | ExprKind::TimesLimit { .. } => {
                // A quantity is typed all the same, so that what is wrong inside it is said too.
                if self.quantity(expr).is_some() {
                    self.report(errors::quantity_as_condition(span));
                }
                return None;
            }
            ExprKind::Level { .. } => {
                self.report(errors::level_alone(span));
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

    /// Types all of them, so that each one's mistakes are said, and gives them only when all are right.
    fn conditions(&mut self, items: &[Expr]) -> Option<Vec<Condition>> {
        let typed: Vec<Option<Condition>> = items.iter().map(|item| self.condition(item)).collect();
        typed.into_iter().collect()
    }

    fn block(&mut self, span: Span, quantifier: BlockQuantifier, items: &[Expr]) -> Option<Condition> {
        let typed = self.conditions(items);
        let size = u32::try_from(items.len()).unwrap_or(u32::MAX);
        if items.is_empty() {
            self.report(errors::empty_block(span));
            return None;
        }
        let counts = !matches!(quantifier, BlockQuantifier::Any | BlockQuantifier::All | BlockQuantifier::None);
        if counts && items.len() > MOST_COUNTED {
            self.report(errors::too_many_counted(span, MOST_COUNTED));
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

    fn tailed(&mut self, span: Span, subject: &Expr, tails: &[Tail]) -> Option<Condition> {
        let sorted = Tails::sort(tails);
        match &subject.kind {
            ExprKind::Broken => None,
            ExprKind::Term(term) if sorted.in_unit.is_empty() => self.term(span, term, &sorted),
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
                self.condition(subject);
                let place = tails.first().map_or(span, |tail| tail.span);
                self.report(errors::tail_on_condition(place, subject.span));
                None
            }
            _ => self.comparison_of_quantity(span, subject, tails, &sorted),
        }
    }

    /// `weight / height^2 >= 30 kg/m2`, `weight in kg >= 40`
    fn comparison_of_quantity(
        &mut self,
        span: Span,
        subject: &Expr,
        tails: &[Tail],
        sorted: &Tails<'_>,
    ) -> Option<Condition> {
        // `in kg` belongs to the quantity, what follows is said of the plain number.
        let left = if sorted.in_unit.is_empty() {
            self.quantity(subject)
        } else {
            let own: Vec<Tail> = tails
                .iter()
                .filter(|tail| matches!(tail.kind, TailKind::InUnit(_) | TailKind::Window(_) | TailKind::Except(_)))
                .cloned()
                .collect();
            let kind = ExprKind::Tailed { subject: Box::new(subject.clone()), tails: own };
            self.quantity(&Expr { span: subject.span, kind })
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
        if sorted.in_unit.is_empty()
            && let Some(except) = sorted.excepts.first()
        {
            self.report(errors::tail_on_formula(except.span));
            return None;
        }
        let predicate = self.one_predicate(span, sorted, "a quantity")?;
        let left = left?;
        self.compare(span, &left, predicate)
    }

    fn one_predicate<'e>(&mut self, span: Span, tails: &Tails<'e>, what: &str) -> Option<&'e Tail> {
        match tails.predicates.as_slice() {
            [one] => Some(one),
            [] => {
                let text = self.as_written(span).to_owned();
                self.report(errors::no_comparison(span, &text, what));
                None
            }
            [_, second, ..] => {
                self.report(errors::two_comparisons(second.span));
                None
            }
        }
    }

    /// A name with its prefixes, filter and tails, as a condition.
    fn term(&mut self, span: Span, term: &Term, tails: &Tails<'_>) -> Option<Condition> {
        let [name] = term.subjects.as_slice() else {
            return self.entries(span, term, tails);
        };
        match self.attribute_in_scope(name) {
            Named::Attribute(attribute) => return self.value(span, term, tails, &Value::Attribute(attribute)),
            Named::Wrong => return None,
            Named::Other => {}
        }
        match self.vocabulary.symbols.get(&name.text).copied() {
            Some(Symbol::Kind(_) | Symbol::Group(_)) => self.entries(span, term, tails),
            Some(Symbol::Fact(id)) => self.value(span, term, tails, &Value::Fact(id)),
            Some(Symbol::Definition(id)) => self.definition_term(span, term, tails, id),
            Some(Symbol::Anchor(_)) => {
                self.report(errors::anchor_as_condition(name));
                None
            }
            None => {
                self.report_unknown(name);
                None
            }
        }
    }

    fn definition_term(
        &mut self,
        span: Span,
        term: &Term,
        tails: &Tails<'_>,
        id: crate::vocab::DefinitionId,
    ) -> Option<Condition> {
        let defined = self.define(id)?;
        match defined {
            Defined::Condition(definition) => {
                let place = term
                    .prefixes
                    .first()
                    .map(|prefix| prefix.span)
                    .or_else(|| tails.predicates.first().map(|tail| tail.span))
                    .or_else(|| tails.windows.first().map(|(_, place)| *place))
                    .or_else(|| tails.excepts.first().map(|expr| expr.span))
                    .or_else(|| tails.lasting.first().map(|tail| tail.span))
                    .or_else(|| term.filter.as_ref().map(|filter| filter.span));
                if let Some(place) = place {
                    self.report(errors::tail_on_condition(place, span));
                    return None;
                }
                Some(Condition { span, kind: ConditionKind::Defined(definition) })
            }
            Defined::Quantity(left) => {
                self.no_formula_tails(term, tails)?;
                let predicate = self.one_predicate(span, tails, "a quantity")?;
                self.compare(span, &left, predicate)
            }
            Defined::Open | Defined::Broken => None,
        }
    }

    /// A test on a value fact or on an attribute in scope.
    fn value(&mut self, span: Span, term: &Term, tails: &Tails<'_>, value: &Value) -> Option<Condition> {
        let ty = match value {
            Value::Fact(id) => self.vocabulary.facts.get(*id)?.ty.clone(),
            Value::Attribute(attribute) => attribute.ty.clone(),
        };
        if let Some(tail) = tails.lasting.first() {
            self.report(errors::lasting_on_value(tail.span));
            return None;
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
        if ty == Type::Date {
            return self.date_test(span, term, tails, value);
        }
        match &ty {
            Type::Quantity(_) | Type::Score { .. } => {
                let predicate = self.one_predicate(span, tails, &ty.describe())?;
                if let Some(extreme) = extreme {
                    return self.extreme(span, term, tails, value, extreme, predicate);
                }
                let left = self.typed_value(span, term, tails, value, None)?;
                self.compare(span, &left, predicate)
            }
            Type::Ordinal { scale, levels } => {
                let predicate = self.one_predicate(span, tails, &ty.describe())?;
                let values = self.levels_meeting(scale, levels, predicate)?;
                let subject = self.subject(span, term, tails, value)?;
                Some(test(span, Test::Among { subject, values }))
            }
            Type::Coded(values) => {
                let predicate = self.one_predicate(span, tails, &ty.describe())?;
                let (negated, among) = self.codes_meeting(values, predicate)?;
                let subject = self.subject(span, term, tails, value)?;
                let condition = test(span, Test::Among { subject, values: among });
                Some(if negated { negate(condition) } else { condition })
            }
            Type::YesNo => {
                if let Some(predicate) = tails.predicates.first() {
                    let name = term.subjects.first().map_or("", |name| name.text.as_str());
                    if !self.untyped.iter().any(|untyped| untyped == name) {
                        self.report(errors::predicate_on_yes_no(predicate, name));
                    }
                    return None;
                }
                let subject = self.subject(span, term, tails, value)?;
                Some(test(span, Test::IsYes(subject)))
            }
            Type::Date => None,
        }
    }

    /// `birth_date before consent`, `dose_since at least 2 weeks before screening`
    fn date_test(&mut self, span: Span, term: &Term, tails: &Tails<'_>, value: &Value) -> Option<Condition> {
        if let Some(predicate) = tails.predicates.first() {
            self.report(errors::compared_date(predicate.span));
            return None;
        }
        if tails.windows.is_empty() {
            let text = self.as_written(span).to_owned();
            self.report(errors::no_comparison(span, &text, "a date"));
            return None;
        }
        let of = match value {
            Value::Fact(fact) => {
                let select = self.select(term)?;
                let filter = self.result_filter(span, *fact, term, &tails.excepts, &[])?;
                TimeOf::Fact(FactRead { fact: *fact, select, filter: filter.map(Box::new) })
            }
            Value::Attribute(attribute) => {
                self.no_prefix(term)?;
                TimeOf::Attribute(attribute.name.clone())
            }
        };
        let half_life = match (self.scope(), value) {
            (Scope::Entry(kinds), Value::Attribute(_)) => self.have_half_life(kinds),
            _ => false,
        };
        let mut tests = Vec::new();
        for (window, place) in &tails.windows {
            let (relation, anchor) = self.window(window, *place, super::time::Target::Date { half_life })?;
            tests.push(test(span, Test::Window { of: of.clone(), relation, anchor, undated: false }));
        }
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
    fn subject(&mut self, span: Span, term: &Term, tails: &Tails<'_>, value: &Value) -> Option<Subject> {
        match value {
            Value::Fact(fact) => {
                let read = self.read(span, *fact, term, tails, None)?;
                Some(Subject::Fact(read))
            }
            Value::Attribute(attribute) => {
                self.no_prefix(term)?;
                self.no_attribute_tails(term, tails)?;
                Some(Subject::Attribute(attribute.name.clone()))
            }
        }
    }

    /// An attribute belongs to one entry: it has no window, filter or exception of its own.
    pub(super) fn no_attribute_tails(&mut self, term: &Term, tails: &Tails<'_>) -> Option<()> {
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
    pub(super) fn no_formula_tails(&mut self, term: &Term, tails: &Tails<'_>) -> Option<()> {
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
        } else {
            return Some(());
        };
        self.report(diagnostic);
        None
    }

    /// Which of several results the prefixes mean.
    fn select(&mut self, term: &Term) -> Option<Select> {
        let mut select = Select::Latest;
        for (at, prefix) in term.prefixes.iter().enumerate() {
            select = match prefix.kind {
                PrefixKind::Latest => Select::Latest,
                PrefixKind::Any => Select::Any,
                PrefixKind::Every => Select::Every,
                PrefixKind::Highest | PrefixKind::Lowest => {
                    self.report(errors::extreme_of_words(prefix.span));
                    return None;
                }
                _ => {
                    self.report(errors::prefix_on_value(prefix.span));
                    return None;
                }
            };
            if at > 0 {
                self.report(errors::results_clash(prefix.span));
                return None;
            }
        }
        Some(select)
    }

    /// A value fact with which of its results count.
    pub(super) fn read(
        &mut self,
        span: Span,
        fact: FactId,
        term: &Term,
        tails: &Tails<'_>,
        select: Option<Select>,
    ) -> Option<FactRead> {
        let select = match select {
            Some(select) => select,
            None => self.select(term)?,
        };
        let filter = self.result_filter(span, fact, term, &tails.excepts, &tails.windows)?;
        Some(FactRead { fact, select, filter: filter.map(Box::new) })
    }

    /// Filter, exceptions and windows of a fact's results; without a window, those up to the default anchor.
    #[expect(clippy::option_option, reason = "no filter at all, and a reported mistake, are two things")]
    fn result_filter(
        &mut self,
        span: Span,
        fact: FactId,
        term: &Term,
        excepts: &[&Expr],
        windows: &[(&Window, Span)],
    ) -> Option<Option<Condition>> {
        let declared = self.vocabulary.facts.get(fact)?;
        let (timeless, name, place) = (declared.timeless, declared.name.clone(), declared.span);
        let inherited = if windows.is_empty() && !timeless { self.inherited.clone() } else { None };
        let inherited: Vec<(&Window, Span)> =
            inherited.iter().flatten().map(|(window, place)| (window, *place)).collect();
        let windows = if inherited.is_empty() { windows } else { inherited.as_slice() };
        let mut parts = Vec::new();
        let mut right = true;
        if let Some(filter) = &term.filter {
            match self.filter(Scope::Result(fact), filter, false) {
                Some(condition) => parts.push(condition),
                None => right = false,
            }
        }
        for except in excepts {
            match self.filter(Scope::Result(fact), except, true) {
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
            let up_to = Test::Window {
                of: TimeOf::Result,
                relation: Relation::UpTo,
                anchor: self.default_anchor,
                undated: true,
            };
            parts.push(test(span, up_to));
        }
        for (window, window_span) in windows {
            match self.window(window, *window_span, super::time::Target::Date { half_life: false }) {
                Some((relation, anchor)) => parts
                    .push(test(*window_span, Test::Window { of: TimeOf::Result, relation, anchor, undated: false })),
                None => right = false,
            }
        }
        right.then(|| all(span, parts))
    }

    /// `highest x <= v` says the same of every result, `highest x >= v` of at least one.
    fn extreme(
        &mut self,
        span: Span,
        term: &Term,
        tails: &Tails<'_>,
        value: &Value,
        extreme: PrefixKind,
        predicate: &Tail,
    ) -> Option<Condition> {
        let highest = extreme == PrefixKind::Highest;
        let side = |op: CompareOp| match (op, highest) {
            (CompareOp::Ge | CompareOp::Gt, true) | (CompareOp::Le | CompareOp::Lt, false) => Select::Any,
            _ => Select::Every,
        };
        let bounds: Vec<(CompareOp, Expr)> = match &predicate.kind {
            TailKind::Compare { op: CompareOp::Eq, right, .. } => {
                vec![(CompareOp::Ge, (**right).clone()), (CompareOp::Le, (**right).clone())]
            }
            TailKind::Compare { op: CompareOp::Ne, op_span, .. } => {
                self.report(errors::extreme_not_equal(*op_span));
                return None;
            }
            TailKind::Compare { op, right, .. } => vec![(*op, (**right).clone())],
            TailKind::Between { low, high } => {
                vec![(CompareOp::Ge, (**low).clone()), (CompareOp::Le, (**high).clone())]
            }
            TailKind::Is { .. }
            | TailKind::InSet { .. }
            | TailKind::InUnit(_)
            | TailKind::Window(_)
            | TailKind::Lasting { .. }
            | TailKind::Except(_) => {
                self.report(errors::coded_predicate_on_number(predicate));
                return None;
            }
        };
        let mut parts = Vec::new();
        for (op, right) in bounds {
            let left = self.typed_value(span, term, tails, value, Some(side(op)))?;
            parts.push(self.compare_with(span, &left, op, predicate.span, &right)?);
        }
        all(span, parts)
    }

    /// A predicate on a number.
    pub(super) fn compare(&mut self, span: Span, left: &Typed, predicate: &Tail) -> Option<Condition> {
        match &predicate.kind {
            TailKind::Compare { op, op_span, right } => self.compare_with(span, left, *op, *op_span, right),
            TailKind::Between { low, high } => {
                let low = with_unit_of(low, high);
                let below = self.compare_with(span, left, CompareOp::Ge, predicate.span, &low);
                let above = self.compare_with(span, left, CompareOp::Le, predicate.span, high);
                let (below, above) = (below?, above?);
                if let (Some(least), Some(most)) = (constant(&below), constant(&above))
                    && least > most
                {
                    self.report(errors::range_backwards(predicate.span));
                    return None;
                }
                // `any x between a and b` is about one result: both bounds belong to it.
                if left.selects(Select::Any) {
                    self.report(errors::any_between(predicate.span));
                    return None;
                }
                all(span, vec![below, above])
            }
            TailKind::Is { .. } | TailKind::InSet { .. } => {
                self.report(errors::coded_predicate_on_number(predicate));
                None
            }
            TailKind::InUnit(_) | TailKind::Window(_) | TailKind::Lasting { .. } | TailKind::Except(_) => None,
        }
    }

    /// The levels that a comparison lets in.
    fn levels_meeting(&mut self, scale: &str, levels: &[String], predicate: &Tail) -> Option<Vec<String>> {
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
                        CompareOp::Ge => *level >= at,
                        CompareOp::Gt => *level > at,
                        CompareOp::Le => *level <= at,
                        CompareOp::Lt => *level < at,
                        CompareOp::Eq => *level == at,
                        CompareOp::Ne => *level != at,
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
            TailKind::InUnit(_) | TailKind::Window(_) | TailKind::Lasting { .. } | TailKind::Except(_) => return None,
        };
        if wanted.is_empty() || wanted.len() == levels.len() {
            self.report(errors::every_or_no_level(predicate.span, scale, levels, wanted.is_empty()));
            return None;
        }
        Some(wanted.into_iter().filter_map(|at| levels.get(at).cloned()).collect())
    }

    /// The codes that `is`, `is not`, `in` or `not in` names, and whether they are let in or kept out.
    fn codes_meeting(&mut self, declared: &[String], predicate: &Tail) -> Option<(bool, Vec<String>)> {
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
            TailKind::InUnit(_) | TailKind::Window(_) | TailKind::Lasting { .. } | TailKind::Except(_) => return None,
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

/// Whether a prefix says which of several results is meant.
fn of_results(prefix: PrefixKind) -> bool {
    match prefix {
        PrefixKind::Latest | PrefixKind::Any | PrefixKind::Every | PrefixKind::Highest | PrefixKind::Lowest => true,
        PrefixKind::Prior
        | PrefixKind::Current
        | PrefixKind::Planned
        | PrefixKind::No
        | PrefixKind::Distinct
        | PrefixKind::AtLeast(_)
        | PrefixKind::AtMost(_)
        | PrefixKind::Exactly(_) => false,
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

/// The constant on the right of a comparison.
fn constant(condition: &Condition) -> Option<crate::number::Rational> {
    match &condition.kind {
        ConditionKind::Test(Test::Compare { right: Quantity::Number(number), .. }) => Some(number.clone()),
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
