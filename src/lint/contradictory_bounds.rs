//! Two bounds of one value that leave no number, or leave out none.

use super::context::{Context, for_criteria};
use crate::diag::wording::short;
use crate::diag::{Code, Diagnostic};
use crate::ir;
use crate::number::{Comparison, Rational};
use crate::source::Span;
use crate::syntax::ast::Clause;
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Condition, ConditionKind, FactRead, Operand, OperandKind, Subject, Test, TimeOf};

/// Warns of two bounds of one value that no number meets behind `and`, or that every number meets behind `or`.
pub(super) fn look(at: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut joined = Joined { at, found, definitions: Definitions::new(at.definitions) };
    for_criteria(at, |_, clause, condition| joined.clause(clause, condition));
    for definition in at.definitions {
        joined.condition(&definition.condition);
    }
}

/// Looks at all that is joined by `and` or `or` in the words of a criterion or definition.
struct Joined<'a, 'p> {
    at: &'a Context<'p>,
    found: &'a mut Vec<Diagnostic>,
    definitions: Definitions<'p>,
}

impl<'p> Visit<'p> for Joined<'_, 'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn condition(&mut self, condition: &'p Condition) {
        match &condition.kind {
            ConditionKind::Or(items) => self.bounds_of_one(items, true),
            ConditionKind::And(items) => self.bounds_of_one(items, false),
            ConditionKind::Test(_)
            | ConditionKind::Not(_)
            | ConditionKind::AtLeast(..)
            | ConditionKind::AtMost(..)
            | ConditionKind::Exactly(..) => {}
            // Each definition is looked at by itself.
            ConditionKind::Defined(_) => return,
        }
        visit::walk_condition(self, condition);
    }
}

impl<'p> Joined<'_, 'p> {
    /// What `when`, `unless` and `, or ..` join is left out: an exception may undo what it is an exception to.
    fn clause(&mut self, clause: &Clause, condition: &'p Condition) {
        match &condition.kind {
            ConditionKind::And(items) | ConditionKind::Or(items) if clause.guard.is_some() => {
                let [guard, main] = items.as_slice() else { return };
                self.condition(guard);
                self.alternatives(clause, main);
            }
            _ => self.alternatives(clause, condition),
        }
    }

    fn alternatives(&mut self, clause: &Clause, condition: &'p Condition) {
        match &condition.kind {
            ConditionKind::Or(branches) if !clause.alternatives.is_empty() => {
                branches.iter().for_each(|branch| self.condition(branch));
            }
            _ => self.condition(condition),
        }
    }

    /// Bounds that one of the conditions holds by itself are judged with it.
    fn bounds_of_one(&mut self, conditions: &[Condition], either: bool) {
        let mut before: Vec<Bounded<'_>> = Vec::new();
        for condition in conditions {
            let mut own = Vec::new();
            gather(condition, either, None, &mut own);
            let asked = |bound: &Bounded<'_>| if either { bound.op.negated() } else { bound.op };
            let clash = own.iter().find_map(|second| {
                let excludes = |first: &&Bounded<'_>| {
                    same_value(first.value, second.value)
                        && exclude_each_other((asked(first), first.bound), (asked(second), second.bound))
                };
                Some((before.iter().find(excludes)?.span, second.span))
            });
            if let Some((first, second)) = clash {
                let words = (self.at.written(first), self.at.written(second));
                self.found.push(message((first, second), words, either));
            }
            before.append(&mut own);
        }
    }
}

/// `lvef > 50 % and lvef < 40 %`, and `lvef > 40 % or lvef < 50 %` (`either`).
fn message(places: (Span, Span), words: (&str, &str), either: bool) -> Diagnostic {
    let (first, second) = (short(words.0), short(words.1));
    let (label, instead) = if either { ("always true", "and") } else { ("never true", "or") };
    let title = match (either, first == ".." || second == "..") {
        (true, false) => format!("every value meets `{first}` or `{second}`"),
        (false, false) => format!("no value meets both `{first}` and `{second}`"),
        (true, true) => "every value meets one of these two bounds".to_owned(),
        (false, true) => "no value meets both of these two bounds".to_owned(),
    };
    Diagnostic::new(Code::W0709, places.1, title).label(label).also(places.0, "together with this").help(format!(
        "compare the signs and the numbers with the protocol; `{first} {instead} {second}` asks another thing"
    ))
}

/// A value that is one number whatever the clause, compared with a constant.
struct Bounded<'c> {
    value: &'c Operand,
    op: Comparison,
    bound: &'c Rational,
    span: Span,
}

/// The bounds that a condition sets all of (or, when `either`, any one of), itself or denied: `not` is where it is denied.
fn gather<'c>(condition: &'c Condition, either: bool, not: Option<Span>, found: &mut Vec<Bounded<'c>>) {
    let span = not.unwrap_or(condition.span);
    match &condition.kind {
        ConditionKind::Test(Test::Compare { left, op, right: Operand { kind: OperandKind::Number(bound), .. } })
            if is_one(left) =>
        {
            let op = if not.is_some() { op.negated() } else { *op };
            found.push(Bounded { value: left, op, bound, span });
        }
        ConditionKind::Not(inner) if not.is_none() => gather(inner, either, Some(span), found),
        ConditionKind::And(items) if either == not.is_some() => {
            items.iter().for_each(|item| gather(item, either, not, found));
        }
        ConditionKind::Or(items) if either == not.is_none() => {
            items.iter().for_each(|item| gather(item, either, not, found));
        }
        ConditionKind::Test(_)
        | ConditionKind::Not(_)
        | ConditionKind::And(_)
        | ConditionKind::Or(_)
        | ConditionKind::AtLeast(..)
        | ConditionKind::AtMost(..)
        | ConditionKind::Exactly(..)
        | ConditionKind::Defined(_) => {}
    }
}

/// Whether it is one number: an attribute, the latest of some results, or what is given for it.
fn is_one(value: &Operand) -> bool {
    let has_one = |read: &FactRead| !read.quantifier.asks_each();
    match &value.kind {
        OperandKind::Attribute(_) => true,
        OperandKind::Age(age) => age.recorded.as_ref().is_none_or(has_one),
        OperandKind::Fact(read, None) | OperandKind::Coalesce { read, .. } => has_one(read),
        _ => false,
    }
}

/// Whether two quantities are the same number of every patient, as far as their forms show.
fn same_value(one: &Operand, other: &Operand) -> bool {
    use ir::OperandKind::{Add, Age, Attribute, Coalesce, Divide, Fact, Multiply, Number, Power, Subtract};
    match (&one.kind, &other.kind) {
        (Number(one), Number(other)) => one == other,
        (Attribute(one), Attribute(other)) => one.name == other.name,
        (Fact(one, limit), Fact(other, other_limit)) => limit == other_limit && same_read(one, other),
        (Coalesce { read: one, otherwise: this }, Coalesce { read: other, otherwise: that }) => {
            same_read(one, other) && same_value(this, that)
        }
        (Age(one), Age(other)) => {
            let same_recorded = match (&one.recorded, &other.recorded) {
                (None, None) => true,
                (Some(one), Some(other)) => same_read(one, other),
                (None, Some(_)) | (Some(_), None) => false,
            };
            (one.unit, one.from, one.to) == (other.unit, other.from, other.to) && same_recorded
        }
        (Add(a, b), Add(c, d))
        | (Subtract(a, b), Subtract(c, d))
        | (Multiply(a, b), Multiply(c, d))
        | (Divide(a, b), Divide(c, d)) => same_value(a, c) && same_value(b, d),
        (Power(one, by), Power(other, other_by)) => by == other_by && same_value(one, other),
        // What asks a condition is not compared.
        _ => false,
    }
}

fn same_read(one: &FactRead, other: &FactRead) -> bool {
    let same_filter = match (&one.filter, &other.filter) {
        (None, None) => true,
        (Some(one), Some(other)) => same_filter(one, other),
        _ => false,
    };
    one.fact == other.fact && one.quantifier == other.quantifier && same_filter
}

/// Whether two filters of results leave the same ones.
fn same_filter(one: &Condition, other: &Condition) -> bool {
    match (&one.kind, &other.kind) {
        (ConditionKind::And(one), ConditionKind::And(other)) | (ConditionKind::Or(one), ConditionKind::Or(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_filter(one, other))
        }
        (ConditionKind::Not(one), ConditionKind::Not(other)) => same_filter(one, other),
        (ConditionKind::Test(one), ConditionKind::Test(other)) => same_test(one, other),
        _ => false,
    }
}

fn same_test(one: &Test, other: &Test) -> bool {
    let same_subject = |one: &Subject, other: &Subject| match (one, other) {
        (Subject::Attribute(one), Subject::Attribute(other)) => one.name == other.name,
        (Subject::Fact(_), _) | (_, Subject::Fact(_)) => false,
    };
    match (one, other) {
        (
            Test::Window { of: TimeOf::Result, relation, anchor, undated },
            Test::Window { of: TimeOf::Result, relation: other, anchor: other_anchor, undated: other_undated },
        ) => relation == other && anchor == other_anchor && undated == other_undated,
        (Test::IsOneOf { subject, values }, Test::IsOneOf { subject: other, values: other_values }) => {
            values == other_values && same_subject(subject, other)
        }
        (Test::IsYes { subject }, Test::IsYes { subject: other }) => same_subject(subject, other),
        _ => false,
    }
}

/// Whether no number meets both.
fn exclude_each_other(one: (Comparison, &Rational), other: (Comparison, &Rational)) -> bool {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    match (one.0, other.0) {
        (Gt | Ge, Lt | Le) => one.1 > other.1 || one.1 == other.1 && (one.0 == Gt || other.0 == Lt),
        (Lt | Le, Gt | Ge) => exclude_each_other(other, one),
        (Eq, Ne) | (Ne, Eq) => one.1 == other.1,
        (Eq, op @ (Ge | Gt | Le | Lt | Eq)) => !op.holds(one.1.cmp(other.1)),
        (Ge | Gt | Le | Lt, Eq) => exclude_each_other(other, one),
        (Gt | Ge, Gt | Ge) | (Lt | Le, Lt | Le) => false,
        (Ne, Ge | Gt | Le | Lt | Ne) | (Ge | Gt | Le | Lt, Ne) => false,
    }
}
