//! The node loop and the tests, three-valued. Nothing here allocates, but exact arithmetic where doubles come too
//! close, and the entries that a window is about.

use super::age_span::Span;
use super::code::{CheckId, Date, FactRead, Operand, OperandKind, Subject, Target, Test, TimeOf, WindowAnchor};
use super::count::Counting;
use super::course::Asked;
use super::here::EvalScope;
use super::moment::TimeSpan;
use super::time::{self, part_of};
use crate::eval::Evaluator;
use crate::ir::{Quantifier, Relation, Several};
use crate::kleene::Tri;
use crate::number::Comparison;
use crate::record::model::{Observation, Record, Slot, Value};
use crate::tree::{AttributeId, FactId, QuestionId};

/// A record, and the evaluator that reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) evaluator: &'a Evaluator,
    pub(crate) record: &'a Record,
}

impl<'a> Run<'a> {
    /// Follows a target to its answer.
    #[inline]
    pub(crate) fn follow(self, mut at: Target, here: EvalScope<'a>) -> Tri {
        let words = self.record.words.as_slice();
        while let Some(step) = self.evaluator.steps.get(at.0 as usize) {
            at = match step.next(words) {
                Some(next) => next,
                None => self.in_full(at, here),
            };
        }
        at.answer()
    }

    /// Where a node's test leads when it is asked in full.
    #[inline(never)]
    fn in_full(self, at: Target, here: EvalScope<'a>) -> Target {
        match self.evaluator.nodes.get(at.0 as usize) {
            Some(node) => node.next(self.check(node.check, here)),
            None => Target::UNKNOWN,
        }
    }

    fn judged(self, question: QuestionId) -> Tri {
        self.record.judgements.get(question).copied().unwrap_or(Tri::Unknown)
    }

    /// A test's answer by its full form.
    pub(crate) fn check(self, check: CheckId, here: EvalScope<'a>) -> Tri {
        let Some(general) = self.evaluator.generals.get(check) else {
            return Tri::Unknown;
        };
        match general {
            Test::Compare { left, op, right } => self.compare(left, *op, right, here),
            Test::IsOneOf { subject: place, values } => {
                let among = |value: Value| match value {
                    Value::Code(code) => {
                        let word = values.get(usize::from(code) / 64).copied().unwrap_or(0);
                        Tri::of(word >> (code % 64) & 1 == 1)
                    }
                    _ => Tri::Unknown,
                };
                self.value_test(place, here, among)
            }
            Test::IsYes { subject: place } => {
                if let Subject::Fact(read) = place
                    && self.record.slot(read.fact) == Slot::Absent
                    && self.evaluator.schema.tree.facts.get(read.fact).is_some_and(|fact| fact.absent_means_no)
                {
                    // None is one: at most so many are.
                    let at_most = matches!(read.quantifier, Quantifier::Several(Several { at_most: true, .. }));
                    return Tri::of(at_most);
                }
                let is_yes = |value: Value| match value {
                    Value::Flag(flag) => Tri::of(flag),
                    _ => Tri::Unknown,
                };
                self.value_test(place, here, is_yes)
            }
            Test::Entries { kinds, filter: (), distinct, choice, planned, op, count } => {
                let wanted = u64::from(*count);
                let enough = if *op == Comparison::Ge { wanted } else { wanted + 1 };
                let found = match choice {
                    None => self.count(kinds, Counting { distinct: *distinct, planned: *planned }, enough),
                    Some(choice) => self.count_chosen(kinds, choice, *planned),
                };
                found.compare(*op, *count)
            }
            Test::Course { kinds, filter: (), gap, distinct, planned, op, count, windows } => {
                let asked = Asked { gap: *gap, windows, record: self.record };
                if *distinct {
                    self.kinds_with_course(kinds, *planned, asked).compare(*op, *count)
                } else {
                    self.course(kinds, *planned, asked)
                }
            }
            Test::Window { of, relation, anchor, undated } => self.window(of, relation, anchor, *undated, here),
            Test::Stretch { left, op, right, windows } => self.stretch((left, *op, right), windows),
            Test::Judged { question } => self.judged(*question),
            Test::Todo { .. } => Tri::Unknown,
        }
    }

    /// A test of one value: an attribute, or each of a fact's results.
    fn value_test(self, place: &Subject, here: EvalScope<'a>, test: impl Fn(Value) -> Tri) -> Tri {
        match place {
            Subject::Attribute(index) => match self.attribute(*index, here) {
                Some(value) => test(value),
                None => Tri::Unknown,
            },
            Subject::Fact(read) => self.value_of(read, test),
        }
    }

    /// A test of the one value of a fact, or of each of its results.
    fn value_of(self, read: &FactRead, test: impl Fn(Value) -> Tri) -> Tri {
        if read.quantifier.asks_each() {
            self.of_each(read, |observation| test(observation.value)).unwrap_or(Tri::Unknown)
        } else {
            self.agreed(read, test)
        }
    }

    pub(crate) fn attribute(self, index: Option<AttributeId>, here: EvalScope<'a>) -> Option<Value> {
        match self.record.attribute(here.attributes(), index?)? {
            Value::Unknown => None,
            value => Some(value),
        }
    }

    /// [`Run::follow`] for a result that may not live as long as the record.
    pub(super) fn follow_lab(self, at: Target, fact: FactId, observation: &Observation) -> Tri {
        let run = Run { evaluator: self.evaluator, record: self.record };
        Run::follow(run, at, EvalScope::Observation(fact, observation))
    }

    fn window(
        self,
        of: &TimeOf,
        relation: &Relation,
        anchor: &WindowAnchor,
        undated: bool,
        here: EvalScope<'a>,
    ) -> Tri {
        let anchor = self.anchor_time(anchor);
        // Nothing is before or after what there is not.
        if anchor.is_there() == Tri::No {
            return Tri::No;
        }
        // Half-lives are those of the entry in scope, also where one of its other dates is looked at.
        let half_life = if time::needs_half_life(relation) {
            match self.half_life(here) {
                Some(half_life) => Some(half_life),
                None => return Tri::Unknown,
            }
        } else {
            None
        };
        let at = |moment: &TimeSpan| time::stands(moment, relation, &anchor, half_life.as_ref());
        let of_value = |value: Value| match value {
            Value::Date(date) => at(&TimeSpan::point(date)),
            _ => Tri::Unknown,
        };
        match of {
            TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Start | Date::End) => match here {
                EvalScope::Nothing | EvalScope::Day(_) => Tri::Unknown,
                EvalScope::Observation(_, observation) => match observation.at {
                    Some(date) => at(&TimeSpan::point(date)),
                    None if undated => Tri::Yes,
                    None => Tri::Unknown,
                },
                EvalScope::Entry(kind, entry) => at(&part_of(self.moment(kind, entry), of)),
            },
            TimeOf::Attribute(Date::Own(index)) => match self.attribute(*index, here) {
                Some(value) => of_value(value),
                None => Tri::Unknown,
            },
            TimeOf::Fact(read) => self.value_of(read, of_value),
            TimeOf::Anchor(other) => match self.record.anchor(*other) {
                Some(date) => at(&TimeSpan::point(date)),
                None => Tri::Unknown,
            },
        }
    }

    fn compare(self, left: &Operand, op: Comparison, right: &Operand, here: EvalScope<'a>) -> Tri {
        // A comparison with several results is made with each of them.
        if let OperandKind::Fact(read, limit) = &left.kind {
            let each = |observation: &Observation| self.compare_lab(observation, read.fact, *limit, op, right, here);
            if let Some(answer) = self.of_each(read, each) {
                return answer;
            }
        }
        if let OperandKind::Age(age) = &left.kind
            && let Some(read) = &age.recorded
        {
            let each = |observation: &Observation| {
                let (Some(left), Some(right)) =
                    (self.completed_of(age, observation).and_then(Span::interval), self.exact(right, here))
                else {
                    return Tri::Unknown;
                };
                Tri::from(left.compare(op, &right))
            };
            if let Some(answer) = self.of_each(read, each) {
                return answer;
            }
        }
        let Some(left_bounds) = self.approx(left, here) else {
            return Tri::Unknown;
        };
        let Some(right_bounds) = self.approx(right, here) else {
            return Tri::Unknown;
        };
        if let Some(answer) = left_bounds.compare(op, right_bounds) {
            return Tri::of(answer);
        }
        let (Some(left), Some(right)) = (self.exact(left, here), self.exact(right, here)) else {
            return Tri::Unknown;
        };
        Tri::from(left.compare(op, &right))
    }

    fn compare_lab(
        self,
        observation: &Observation,
        fact: FactId,
        limit: Option<crate::ir::Limit>,
        op: Comparison,
        right: &Operand,
        here: EvalScope<'a>,
    ) -> Tri {
        let Some(left_bounds) = self.approx_lab(observation, fact, limit) else {
            return Tri::Unknown;
        };
        let Some(right_bounds) = self.approx(right, here) else {
            return Tri::Unknown;
        };
        if let Some(answer) = left_bounds.compare(op, right_bounds) {
            return Tri::of(answer);
        }
        let (Some(left), Some(right)) = (self.exact_lab(observation, fact, limit), self.exact(right, here)) else {
            return Tri::Unknown;
        };
        Tri::from(left.compare(op, &right))
    }
}
