//! Quantities: literals, facts, formulas and their dimensions.

use super::age::is_age;
use super::attribute::Named;
use super::condition::MAX_DEPTH;
use super::convert::{Joined, multiply};
use super::value::{Suffixes, Value};
use super::{Checker, Defined, errors};
use crate::calendar::AgeUnit;
use crate::ir::Quantifier;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{
    ArithmeticOp, Expr, ExprKind, Name, Number, PrefixKind, Tail, TailKind, Term, Unit as UnitText, Window,
};
use crate::typed::{Age, Condition, FactRead, Measure, Operand, OperandKind, visit};
use crate::units::Unit;
use crate::vocab::{Attribute, FactId, Symbol, Type};

/// A formula may not grow past this many parts once its definitions are put in.
pub(super) const MAX_PARTS: usize = 2_000;

/// The largest exponent, either way: a tree holds no larger one.
const MAX_POWER: i64 = 100;

/// The most operations inside one another, definitions put in. A tree holds 64 levels; what is left is for the test
/// itself and the filters of its facts.
const MAX_OPERATIONS: usize = 56;

/// A quantity, where it is meant (its own place is that of a definition where it is named) and where it came from.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub quantity: Operand,
    pub span: Span,
    pub from: Origin,
}

/// An operand of this unit, written there.
pub(super) fn operand(kind: OperandKind, unit: Unit, span: Span) -> Operand {
    Operand { kind, note: Measure { unit, span } }
}

/// Where a quantity came from, as far as a comparison cares.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// A literal, with its unit when one was written.
    Literal(Number, Option<UnitText>),
    /// One fact.
    Fact(FactId, FactRead),
    /// One attribute.
    Attribute(Box<Attribute>),
    /// A formula.
    Formula,
}

impl Typed {
    /// Whether it reads a fact in that way.
    pub fn selects(&self, quantifier: Quantifier) -> bool {
        matches!(&self.from, Origin::Fact(_, read) if read.quantifier == quantifier)
    }

    /// Whether it has as many values as results that count.
    pub(super) fn of_several(&self) -> bool {
        match &self.from {
            Origin::Fact(_, read) => match read.quantifier {
                Quantifier::Latest => false,
                Quantifier::Any | Quantifier::Every => true,
            },
            Origin::Literal(..) | Origin::Attribute(_) | Origin::Formula => false,
        }
    }

    pub(super) fn new(kind: OperandKind, unit: Unit, span: Span, from: Origin) -> Typed {
        Typed { quantity: operand(kind, unit, span), span, from }
    }

    pub(super) fn formula(kind: OperandKind, unit: Unit, span: Span) -> Typed {
        Typed::new(kind, unit, span, Origin::Formula)
    }

    /// The unit its number is in.
    pub(super) fn unit(&self) -> &Unit {
        &self.quantity.note.unit
    }

    pub(super) fn number(&self) -> Option<&Rational> {
        match &self.quantity.kind {
            OperandKind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn bare_literal(&self) -> Option<&Number> {
        match &self.from {
            Origin::Literal(number, None) => Some(number),
            _ => None,
        }
    }
}

/// Whether numbers of this unit are written without one.
pub(super) fn plain(unit: &Unit) -> bool {
    unit.is_plain()
}

impl Checker<'_> {
    /// Types an expression that must be a quantity; `None` when it was reported as wrong.
    pub(super) fn quantity(&mut self, expr: &Expr) -> Option<Typed> {
        self.deeper(expr.span, |checker| checker.quantity_here(expr))
    }

    fn quantity_here(&mut self, expr: &Expr) -> Option<Typed> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Literal { number, unit } => self.literal(span, number, unit.as_ref()),
            ExprKind::Arithmetic { .. } => self.arithmetic(expr),
            ExprKind::Negate(inner) => {
                let inner = self.quantity(inner)?;
                self.no_quantifier(&inner)?;
                Some(negated(inner, span))
            }
            ExprKind::Call { function, arguments } => self.call(span, function, arguments),
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.condition(condition).map(Box::new);
                let then = self.quantity(then);
                let otherwise = self.quantity(otherwise);
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
            ExprKind::Term(term) => self.quantity_term(span, term, &[]),
            ExprKind::Tailed { subject, tails } => match &subject.kind {
                ExprKind::Term(term) => self.quantity_term(span, term, tails),
                _ => self.quantity_tailed(span, subject, tails),
            },
            ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Not(_)
            | ExprKind::Block { .. }
            | ExprKind::Judged { .. }
            | ExprKind::Todo(_) => {
                self.condition(expr);
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

    fn choice(&mut self, span: Span, condition: Box<Condition>, then: Typed, otherwise: Typed) -> Option<Typed> {
        let unit = then.unit().clone();
        let otherwise = self.in_unit_of(&then, otherwise, span, Joined::Values)?;
        self.no_quantifier(&then)?;
        self.bounded_formula(span, &[&then.quantity, &otherwise], Some(&condition))?;
        Some(Typed::formula(
            OperandKind::If { condition, then: Box::new(then.quantity), otherwise: Box::new(otherwise) },
            unit,
            span,
        ))
    }

    /// `a + b + c` grows to the left, so that its length costs no stack.
    fn arithmetic(&mut self, expr: &Expr) -> Option<Typed> {
        let mut steps = Vec::new();
        let mut first = expr;
        while let ExprKind::Arithmetic { op, op_span, left, right } = &first.kind {
            steps.push((first.span, *op, *op_span, right.as_ref()));
            first = left;
        }
        if self.depth + steps.len() > MAX_DEPTH {
            self.report(errors::nested_too_deep(expr.span, MAX_DEPTH));
            return None;
        }
        if let Some(diagnostic) = self.blank_in_unit(expr, first, &steps) {
            self.report(diagnostic);
            return None;
        }
        let mut left = self.quantity(first);
        for (span, op, op_span, right) in steps.into_iter().rev() {
            let right = self.quantity(right);
            left = match (left, right) {
                (Some(left), Some(right)) => self.combine(span, op, op_span, left, right),
                _ => None,
            };
        }
        left
    }

    fn combine(&mut self, span: Span, op: ArithmeticOp, op_span: Span, left: Typed, right: Typed) -> Option<Typed> {
        self.no_quantifier(&left)?;
        self.no_quantifier(&right)?;
        self.bounded_formula(span, &[&left.quantity, &right.quantity], None)?;
        let boxed = |quantity| Box::new(quantity);
        let typed = match op {
            ArithmeticOp::Add | ArithmeticOp::Subtract => {
                let unit = left.unit().clone();
                let right = self.in_unit_of(&left, right, op_span, Joined::Sum)?;
                let quantity = match op {
                    ArithmeticOp::Add => OperandKind::Add(boxed(left.quantity), boxed(right)),
                    _ => OperandKind::Subtract(boxed(left.quantity), boxed(right)),
                };
                Typed::formula(quantity, unit, span)
            }
            ArithmeticOp::Multiply => {
                let unit = left.unit().multiply(right.unit());
                Typed::formula(OperandKind::Multiply(boxed(left.quantity), boxed(right.quantity)), unit, span)
            }
            ArithmeticOp::Divide => {
                let unit = left.unit().divide(right.unit());
                Typed::formula(OperandKind::Divide(boxed(left.quantity), boxed(right.quantity)), unit, span)
            }
            ArithmeticOp::Power => {
                let Some(exponent) = right.number().filter(|_| plain(right.unit())).cloned() else {
                    self.report(errors::power_not_constant(right.span));
                    return None;
                };
                if exponent.abs() > Rational::from_i64(MAX_POWER) {
                    self.report(errors::exponent_too_large(right.span, MAX_POWER));
                    return None;
                }
                let whole = exponent.to_i64().and_then(|whole| i32::try_from(whole).ok()).filter(|n| n.abs() <= 16);
                let unit = match whole.and_then(|whole| left.unit().powi(whole)) {
                    Some(unit) => unit,
                    None if plain(left.unit()) => Unit::dimensionless(),
                    None => {
                        self.report(errors::power_of_dimension(op_span, left.unit()));
                        return None;
                    }
                };
                Typed::formula(OperandKind::Power(boxed(left.quantity), exponent), unit, span)
            }
        };
        Some(typed)
    }

    /// Reports a formula of these parts that a tree could not hold.
    fn bounded_formula(&mut self, span: Span, of: &[&Operand], condition: Option<&Condition>) -> Option<()> {
        let size = of.iter().map(|quantity| visit::parts(quantity)).sum::<usize>();
        if size + condition.map_or(0, visit::parts_of_condition) > MAX_PARTS {
            self.report(errors::formula_too_large(span, MAX_PARTS));
            self.overgrown += 1;
            return None;
        }
        if of.iter().map(|quantity| visit::operations(quantity)).max().unwrap_or(0) >= MAX_OPERATIONS {
            self.report(errors::formula_too_deep(span, MAX_OPERATIONS));
            self.overgrown += 1;
            return None;
        }
        Some(())
    }

    fn call(&mut self, span: Span, function: &Name, arguments: &[Expr]) -> Option<Typed> {
        if function.text == "completed_years" {
            return self.completed_years(span, arguments);
        }
        let typed: Vec<Option<Typed>> = arguments.iter().map(|argument| self.quantity(argument)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        let mut rest = typed.into_iter();
        let Some(first) = rest.next() else {
            self.report(errors::wrong_arguments(span, &function.text));
            return None;
        };
        self.no_quantifier(&first)?;
        let mut list = vec![first.quantity.clone()];
        for other in rest {
            self.no_quantifier(&other)?;
            list.push(self.in_unit_of(&first, other, span, Joined::Values)?);
        }
        self.bounded_formula(span, &list.iter().collect::<Vec<_>>(), None)?;
        let quantity = match function.text.as_str() {
            "min" => OperandKind::Min(list),
            "max" => OperandKind::Max(list),
            _ => {
                self.report(errors::unknown_function(function));
                return None;
            }
        };
        let unit = first.unit().clone();
        Some(Typed::formula(quantity, unit, span))
    }

    /// `completed_years(birth_date)`: whole years from a date fact to the anchor that the fact asked for names.
    fn completed_years(&mut self, span: Span, arguments: &[Expr]) -> Option<Typed> {
        let fact = match arguments {
            [Expr { kind: ExprKind::Term(term), .. }] if term.prefixes.is_empty() && term.filter.is_none() => {
                match term.subjects.as_slice() {
                    [name] => self.vocabulary.symbols.get(&name.text).copied(),
                    _ => None,
                }
            }
            _ => None,
        };
        let date = |id: FactId| self.vocabulary.facts.get(id).is_some_and(|fact| fact.ty == Type::Date);
        match fact {
            Some(Symbol::Fact(id)) if date(id) => {
                let anchor = self.computed_at.unwrap_or(self.default_anchor);
                let unit = Unit::parse("a").ok()?;
                let age = Age { unit: AgeUnit::Year, recorded: None, scales: (), from: id, to: anchor };
                Some(Typed::formula(OperandKind::Age(Box::new(age)), unit, span))
            }
            _ => {
                self.report(errors::wrong_arguments(span, "completed_years"));
                None
            }
        }
    }

    /// A quantity part of a formula cannot be `any` or `every` result.
    pub(super) fn no_quantifier(&mut self, typed: &Typed) -> Option<()> {
        if typed.of_several() {
            self.report(errors::quantifier_in_formula(typed.span));
            return None;
        }
        Some(())
    }

    fn quantity_term(&mut self, span: Span, term: &Term, tails: &[Tail]) -> Option<Typed> {
        let sorted = Suffixes::sort(tails);
        if let Some(tail) = sorted.predicates.first().or_else(|| sorted.lasting.first()) {
            self.report(errors::condition_as_quantity(tail.span));
            return None;
        }
        let [name] = term.subjects.as_slice() else {
            self.report(errors::condition_as_quantity(span));
            return None;
        };
        let typed = match self.attribute_in_scope(name) {
            Named::Wrong => return None,
            Named::Attribute(attribute) => self.typed_value(span, term, &sorted, &Value::Attribute(attribute), None)?,
            Named::Other => match self.vocabulary.symbols.get(&name.text).copied() {
                Some(Symbol::Fact(id)) => self.typed_value(span, term, &sorted, &Value::Fact(id), None)?,
                Some(Symbol::Definition(id)) => match self.define(id)? {
                    Defined::Quantity(typed) => {
                        self.no_formula_tails(term, &sorted)?;
                        let typed =
                            self.under_windows(id, |checker, body| checker.quantity(body)).unwrap_or(Some(*typed));
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
                    self.report_unknown(name);
                    return None;
                }
            },
        };
        self.in_units(span, typed, &sorted)
    }

    fn quantity_tailed(&mut self, span: Span, subject: &Expr, tails: &[Tail]) -> Option<Typed> {
        let sorted = Suffixes::sort(tails);
        let typed = self.quantity(subject);
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
                let quantity = OperandKind::Attribute(self.attribute_read(&attribute.name));
                return Some(Typed::new(quantity, unit, span, Origin::Attribute(attribute.clone())));
            }
            Value::Fact(id) => (self.vocabulary.facts.get(*id)?.name.clone(), *id),
        };
        let extreme =
            term.prefixes.iter().find(|prefix| matches!(prefix.kind, PrefixKind::Highest | PrefixKind::Lowest));
        if select.is_none()
            && let Some(extreme) = extreme
        {
            self.report(errors::quantifier_in_formula(extreme.span));
            return None;
        }
        let fact = self.vocabulary.facts.get(id)?;
        let (ty, timeless, otherwise) = (fact.ty.clone(), fact.timeless, fact.otherwise.clone());
        let unit = self.number_unit(span, &name, &ty)?;
        // `age at consent`: a computed fact that has no date of its own is computed for the anchor named.
        let mut computed_at = None;
        let mut own =
            Suffixes { excepts: tails.excepts.clone(), windows: tails.windows.clone(), ..Suffixes::default() };
        if timeless
            && otherwise.is_some()
            && let [(Window::At(anchor), _)] = own.windows.as_slice()
        {
            computed_at = Some(self.anchor(anchor)?);
            own.windows.clear();
        }
        let read = self.read(span, id, term, &own, select)?;
        let from = Origin::Fact(id, read.clone());
        // Of any or every recorded age there is no other, but its units are counted as those of the one are.
        let of_several = match read.quantifier {
            Quantifier::Latest => false,
            Quantifier::Any | Quantifier::Every => true,
        };
        let Some(otherwise) = otherwise.filter(|other| !of_several || is_age(other)) else {
            return Some(Typed::new(OperandKind::Fact(read, None), unit, span, from));
        };
        if self.derived.contains(&id) {
            self.report(errors::circular_definition(span, &name));
            return None;
        }
        let inherited = match own.windows.as_slice() {
            [] => None,
            windows => Some(windows.iter().map(|(window, place)| ((*window).clone(), *place)).collect()),
        };
        if self.without_else.contains(&id) {
            return None;
        }
        let overgrown_before = self.overgrown;
        self.derived.push(id);
        let computed_before = std::mem::replace(&mut self.computed_at, computed_at);
        let inherited_before = std::mem::replace(&mut self.inherited, inherited);
        let typed = self.outside_filters(|checker| checker.quantity(&otherwise));
        self.inherited = inherited_before;
        self.computed_at = computed_before;
        self.derived.pop();
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
            Type::Ordinal { .. } | Type::Coded(_) | Type::YesNo | Type::Date => {
                self.report(errors::not_a_number(span, name, ty));
                None
            }
        }
    }
}

fn negated(inner: Typed, span: Span) -> Typed {
    let unit = inner.unit().clone();
    let mut quantity = multiply(inner.quantity, Rational::from(-1), &unit);
    quantity.note.span = span;
    let from = match inner.from {
        Origin::Literal(number, unit) => Origin::Literal(number, unit),
        Origin::Fact(..) | Origin::Attribute(_) | Origin::Formula => Origin::Formula,
    };
    Typed { quantity, span, from }
}
