//! Why a comparison is unknown: the quantities that have no value, or none that is known well enough.

use super::reasons::Reasons;
use crate::eval::code::{Age, CheckId, FactRead, Operand, OperandKind};
use crate::eval::here::EvalScope;
use crate::eval::interpreter::Run;
use crate::explain::display;
use crate::explain::report::UnknownCause;
use crate::kleene::Tri;
use crate::record::model::{Slot, Value};

impl<'a> Run<'a> {
    pub(super) fn why_compare(
        self,
        check: CheckId,
        left: &'a Operand,
        right: &'a Operand,
        here: EvalScope<'a>,
        reasons: &mut Reasons,
    ) {
        for side in [left, right] {
            self.why_absent(side, here, reasons);
        }
        if reasons.list.is_empty() {
            for side in [left, right] {
                self.why_vague(side, here, reasons);
            }
        }
        if reasons.list.is_empty() {
            let test =
                self.test_of(check).map(|test| display::test(&self.evaluator.schema.tree, test)).unwrap_or_default();
            reasons.add("arithmetic", UnknownCause::UndefinedArithmetic, format!("has no value here: {test}"));
        }
    }

    /// What keeps a quantity from having any value.
    pub(super) fn why_absent(self, quantity: &'a Operand, here: EvalScope<'a>, reasons: &mut Reasons) {
        let tree = &self.evaluator.schema.tree;
        match &quantity.kind {
            OperandKind::Number(_) => {}
            OperandKind::Fact(read, limit) => self.why_fact(read, *limit, reasons),
            OperandKind::Attribute(index) => self.why_attribute(*index, here, reasons),
            OperandKind::Coalesce { read, otherwise } => match self.record.slot(read.fact) {
                Slot::Absent => self.why_absent(otherwise, here, reasons),
                _ => {
                    self.why_fact(read, None, reasons);
                    self.why_in_conflict(read, otherwise, here, reasons);
                }
            },
            OperandKind::DailyDose(dose) => self.why_dose(dose, reasons),
            OperandKind::Age(age) => {
                if let Some(read) = self.recorded_age(age) {
                    self.why_fact(read, None, reasons);
                    return;
                }
                let name = display::fact_name(tree, age.from);
                if self.record.slot(age.from) == Slot::Absent {
                    reasons.add(name, UnknownCause::NoRecord, format!("`{name}` is not given"));
                } else {
                    self.observations(age.from, |observation| {
                        if observation.value == Value::Unknown {
                            reasons.add(name, UnknownCause::NoValue, format!("`{name}` has no value"));
                        }
                    });
                }
                self.why_anchor(age.to, reasons);
            }
            OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => quantity.operands(&mut |inner| self.why_absent(inner, here, reasons)),
            OperandKind::If { condition, then, otherwise } => {
                let answer = self.follow(*condition, here);
                if answer != Tri::No {
                    self.why_absent(then, here, reasons);
                }
                if answer != Tri::Yes {
                    self.why_absent(otherwise, here, reasons);
                }
            }
        }
    }

    /// What keeps a quantity that has values from having one.
    pub(super) fn why_vague(self, quantity: &'a Operand, here: EvalScope<'a>, reasons: &mut Reasons) {
        let tree = &self.evaluator.schema.tree;
        match &quantity.kind {
            OperandKind::Number(_) => {}
            OperandKind::Fact(read, _) => self.why_vague_fact(read, reasons),
            OperandKind::Attribute(index) => {
                if let Some(Value::Number(number)) = self.attribute(*index, here)
                    && number.comparator.is_some()
                {
                    let item = self.attribute_item(*index, here);
                    let text = format!("`{item}` is given only as a limit");
                    reasons.add(item, UnknownCause::Censored, text);
                }
            }
            OperandKind::Coalesce { read, otherwise } => match self.record.slot(read.fact) {
                Slot::Absent => self.why_vague(otherwise, here, reasons),
                _ => self.why_vague_fact(read, reasons),
            },
            OperandKind::DailyDose(dose) => self.why_dose(dose, reasons),
            OperandKind::Age(age) => {
                if let Some(read) = self.recorded_age(age) {
                    self.why_vague_age(age, read, reasons);
                    return;
                }
                let name = display::fact_name(tree, age.from);
                self.observations(age.from, |observation| {
                    if let Value::Date(date) = observation.value
                        && date.days().as_day().is_none()
                    {
                        let text = format!("`{name}` is known only as {date}");
                        reasons.add(name, UnknownCause::DateTooCoarse, text);
                    }
                });
                self.why_coarse_anchor(age.to, false, reasons);
                if let Slot::Observations { count: 2.., .. } = self.record.slot(age.from) {
                    reasons.add(name, UnknownCause::ConflictingResults, format!("`{name}` is given more than once"));
                }
            }
            OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => quantity.operands(&mut |inner| self.why_vague(inner, here, reasons)),
            OperandKind::If { condition, then, otherwise } => {
                let answer = self.follow(*condition, here);
                if answer == Tri::Unknown {
                    reasons.extend(self.why_unknown(*condition, here));
                }
                if answer != Tri::No {
                    self.why_vague(then, here, reasons);
                }
                if answer != Tri::Yes {
                    self.why_vague(otherwise, here, reasons);
                }
            }
        }
    }

    /// The read of a recorded age, where the record gives one.
    pub(super) fn recorded_age(self, age: &'a Age) -> Option<&'a FactRead> {
        // Of any or every recorded age there is no other.
        age.recorded.as_ref().filter(|read| read.quantifier.asks_each() || self.record.slot(read.fact) != Slot::Absent)
    }

    /// What keeps a recorded age from saying how many units are completed.
    pub(super) fn why_vague_age(self, age: &'a Age, read: &'a FactRead, reasons: &mut Reasons) {
        self.why_vague_fact(read, reasons);
        if !reasons.list.is_empty() {
            return;
        }
        let name = display::fact_name(&self.evaluator.schema.tree, read.fact);
        let (mut without_day, mut coarse) = (false, false);
        self.observations(read.fact, |observation| match self.completed_of(age, observation) {
            None => without_day = true,
            Some(span) => coarse |= span.high != Some(span.low),
        });
        if without_day {
            self.why_anchor(age.to, reasons);
        }
        if coarse || reasons.list.is_empty() {
            let unit = age.unit.plural();
            let text = format!("`{name}` is given too coarsely to tell the completed {unit}");
            reasons.add(name, UnknownCause::DateTooCoarse, text);
        }
    }
}
