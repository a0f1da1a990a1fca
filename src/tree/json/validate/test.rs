//! What a test needs of the declarations, apart from the scope it is in.

use super::lists::{Result, ascending};
use crate::ir::{Length, Limit, MAX_GAP, Quantifier, Relation};
use crate::number::{Comparison, Rational};
use crate::tree::json::{MAX_POWER, TreeError};
use crate::tree::{
    AnchorId, DecisionTree, DoseDay, Fact, FactId, FactRead, KindId, Operand, OperandKind, Subject, Test, TimeOf,
    ValueType, WindowAnchor,
};

/// What a test needs of the declarations, apart from the scope it is in.
pub(super) struct Declared<'a> {
    pub(super) tree: &'a DecisionTree,
    pub(super) path: String,
}

impl Declared<'_> {
    pub(super) fn error<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(TreeError::new(self.path.as_str(), message))
    }

    pub(super) fn fact(&self, id: FactId) -> Result<&Fact> {
        self.tree.facts.get(id).ok_or_else(|| TreeError::new(self.path.as_str(), "no such fact"))
    }

    pub(super) fn anchor(&self, id: AnchorId) -> Result {
        if self.tree.anchors.get(id).is_none() { self.error("no such anchor") } else { Ok(()) }
    }

    pub(super) fn test(&self, test: &Test) -> Result {
        match test {
            Test::Compare { left, right, .. } => {
                self.operand(left)?;
                self.operand(right)?;
                self.one_read(left, right)?;
                if doses_of_each_day(left) + doses_of_each_day(right) > 0 {
                    return self.error("a daily dose without a day belongs to \"test\":\"stretch\"");
                }
                Ok(())
            }
            Test::IsOneOf { subject: Subject::Fact(read), values } => {
                let fact = self.fact(read.fact)?;
                self.among(&fact.name, &fact.ty, values)?;
                self.words_read(fact, read)
            }
            Test::IsYes { subject: Subject::Fact(read) } => {
                let fact = self.fact(read.fact)?;
                if fact.ty == ValueType::YesNo {
                    self.words_read(fact, read)
                } else {
                    self.error(format!("`{}` is not a yes/no fact", fact.name))
                }
            }
            Test::IsOneOf { subject: Subject::Attribute(_), .. } | Test::IsYes { subject: Subject::Attribute(_) } => {
                Ok(())
            }
            Test::Entries { kinds, distinct, choice, planned, op, .. } => {
                if let Some(choice) = choice {
                    self.choice(kinds, choice, *distinct, *planned)?;
                }
                self.counted(kinds, *op)
            }
            Test::Course { kinds, filter: _, gap, distinct, planned: _, op, count, windows } => {
                self.counted(kinds, *op)?;
                if !distinct && (*op, *count) != (Comparison::Ge, 1) {
                    return self.error("courses are not counted: without `distinct` it is \"op\":\">=\",\"count\":1");
                }
                if *gap > MAX_GAP {
                    return self.error(format!("a gap of more than {MAX_GAP} days"));
                }
                if windows.is_empty() {
                    return self.error("a course has one window at least");
                }
                for (relation, anchor) in windows {
                    self.anchor(*anchor)?;
                    if relation.lengths().any(|length| matches!(length, Length::HalfLives(_))) {
                        return self.error("a course has no half-life");
                    }
                }
                Ok(())
            }
            Test::Window { of, relation, anchor, undated } => self.window(of, relation, anchor, *undated),
            Test::Stretch { left, right, windows, .. } => {
                self.operand(left)?;
                self.operand(right)?;
                self.stretch(left, right, windows)
            }
            Test::Judged { question } => {
                if self.tree.questions.get(*question).is_none() {
                    self.error("no such question")
                } else {
                    Ok(())
                }
            }
            Test::Todo { .. } => Ok(()),
        }
    }

    fn counted(&self, kinds: &[KindId], op: Comparison) -> Result {
        self.kinds(kinds)?;
        if matches!(op, Comparison::Ge | Comparison::Le) {
            Ok(())
        } else {
            self.error("a count compares with `>=` or `<=`")
        }
    }

    pub(super) fn among(&self, name: &str, ty: &ValueType, values: &[String]) -> Result {
        let (ValueType::Ordinal { levels: declared, .. } | ValueType::Coded { values: declared }) = ty else {
            return self.error(format!("`{name}` is neither coded nor ordinal"));
        };
        let mut last = None;
        for value in values {
            let Some(place) = declared.iter().position(|each| each == value) else {
                return self.error(format!("`{name}` has no value `{value}`"));
            };
            if last.is_some_and(|last| last >= place) {
                return self.error(format!("the values of `{name}` are given once each, in declared order"));
            }
            last = Some(place);
        }
        Ok(())
    }

    /// Kinds whose entries are asked for.
    fn kinds(&self, kinds: &[KindId]) -> Result {
        if kinds.is_empty() {
            return self.error("no kind is listed");
        }
        ascending(&format!("{}.kinds", self.path), kinds)?;
        if kinds.iter().any(|id| self.tree.kinds.get(*id).is_none()) {
            return self.error("no such kind");
        }
        Ok(())
    }

    pub(super) fn window(&self, of: &TimeOf, relation: &Relation, anchor: &WindowAnchor, undated: bool) -> Result {
        match anchor {
            WindowAnchor::Date(anchor) => self.anchor(*anchor)?,
            WindowAnchor::Entry(point) => self.kinds(&point.kinds)?,
        }
        if let TimeOf::Fact(read) = of {
            let fact = self.fact(read.fact)?;
            if fact.ty != ValueType::Date {
                return self.error(format!("`{}` is not a date", fact.name));
            }
            self.words_read(fact, read)?;
        }
        if let TimeOf::Anchor(id) = of {
            self.anchor(*id)?;
        }
        if undated && *of != TimeOf::Result {
            return self.error("`undated` is for \"of\":\"result\" only");
        }
        let entry_only = relation.goes_on() || relation.elaborate().of_a_mark();
        if entry_only && *of != TimeOf::Entry {
            self.error("this relation is for \"of\":\"entry\" only")
        } else {
            Ok(())
        }
    }

    pub(super) fn operand(&self, operand: &Operand) -> Result {
        match &operand.kind {
            OperandKind::Number(_) | OperandKind::Attribute(_) => Ok(()),
            OperandKind::Fact(read, over) => {
                let fact = self.number_fact(read)?;
                match over {
                    Some(Limit::Uln) if !fact.uln => self.error(format!("`{}` has no upper limit", fact.name)),
                    Some(Limit::Lln) if !fact.lln => self.error(format!("`{}` has no lower limit", fact.name)),
                    _ => Ok(()),
                }
            }
            OperandKind::Coalesce { read, otherwise } => {
                if read.quantifier != Quantifier::Latest {
                    return self.error("`given` reads the latest result");
                }
                self.number_fact(read)?;
                self.operand(otherwise)
            }
            OperandKind::Age(age) => {
                self.anchor(age.to)?;
                if let Some(recorded) = &age.recorded {
                    let fact = self.fact(recorded.fact)?;
                    if !(recorded.quantifier == Quantifier::Latest || recorded.quantifier.asks_each()) {
                        return self.error("a recorded age is the latest one, or each is asked");
                    }
                    self.select(fact, recorded)?;
                    if fact.age_unit().is_none() {
                        return self.error(format!("`{}` is not a number of years, months, weeks or days", fact.name));
                    }
                }
                let fact = self.fact(age.from)?;
                if fact.ty == ValueType::Date { Ok(()) } else { self.error(format!("`{}` is not a date", fact.name)) }
            }
            OperandKind::DailyDose(dose) => self.daily_dose(dose),
            OperandKind::Add(left, right)
            | OperandKind::Subtract(left, right)
            | OperandKind::Multiply(left, right)
            | OperandKind::Divide(left, right) => {
                self.operand(left)?;
                self.operand(right)
            }
            OperandKind::Power(base, exponent) => {
                let most = Rational::from_i64(MAX_POWER);
                if exponent.abs() > most {
                    return self.error(format!("an exponent beyond {MAX_POWER}"));
                }
                self.operand(base)
            }
            OperandKind::Min(items) | OperandKind::Max(items) => {
                if items.is_empty() {
                    return self.error("an empty list of operands");
                }
                items.iter().try_for_each(|item| self.operand(item))
            }
            OperandKind::If { then, otherwise, .. } => {
                self.operand(then)?;
                self.operand(otherwise)
            }
        }
    }

    pub(super) fn number_fact(&self, read: &FactRead) -> Result<&Fact> {
        let fact = self.fact(read.fact)?;
        match fact.ty {
            ValueType::Quantity { .. } | ValueType::Score { .. } | ValueType::Titre => {
                self.select(fact, read)?;
                Ok(fact)
            }
            _ => self.error(format!("`{}` is not a number", fact.name)),
        }
    }

    /// An `any` or `every` read is the only one of its comparison, and on the left.
    pub(super) fn one_read(&self, left: &Operand, right: &Operand) -> Result {
        let (mut on_left, mut on_right) = (Reads::default(), Reads::default());
        on_left.count(left);
        on_right.count(right);
        if on_right.several > 0 {
            return self.error("`any` and `every` belong on the left");
        }
        if on_left.several > 0 && on_left.all + on_right.all > 1 {
            return self.error("a comparison with `any` or `every` reads nothing else");
        }
        Ok(())
    }
}

#[derive(Default)]
struct Reads {
    /// Facts and conditions.
    all: usize,
    /// Facts read by `any` or `every`.
    several: usize,
}

impl Reads {
    fn count(&mut self, operand: &Operand) {
        operand.walk(&mut |each| match &each.kind {
            OperandKind::Fact(read, _) | OperandKind::Coalesce { read, .. } => self.read(read),
            OperandKind::Age(age) => match &age.recorded {
                Some(read) => self.read(read),
                None => self.all += 1,
            },
            OperandKind::If { .. } | OperandKind::DailyDose(_) => self.all += 1,
            OperandKind::Number(_)
            | OperandKind::Attribute(_)
            | OperandKind::Add(..)
            | OperandKind::Subtract(..)
            | OperandKind::Multiply(..)
            | OperandKind::Divide(..)
            | OperandKind::Power(..)
            | OperandKind::Min(_)
            | OperandKind::Max(_) => {}
        });
    }

    fn read(&mut self, read: &FactRead) {
        self.all += 1;
        self.several += usize::from(read.quantifier.asks_each());
    }
}

/// How many daily doses in an operand are those of the day that the test asks about.
pub(super) fn doses_of_each_day(operand: &Operand) -> usize {
    let mut found = 0;
    operand.walk(&mut |each| {
        found += usize::from(matches!(&each.kind, OperandKind::DailyDose(dose) if dose.day == DoseDay::Each));
    });
    found
}
