//! What a test holds, said once for every walk: the operands, reads and conditions directly inside a test, an operand or
//! a read, in the order in which they are said.

use super::{FactRead, Operand, OperandKind, Stage, Subject, Test, TimeOf, WindowAnchor};

/// A part that is directly inside another.
#[derive(Debug)]
pub enum Child<'a, S: Stage> {
    /// A side of a comparison, or an operand of an operand.
    Operand(&'a Operand<S>),
    /// A value fact as read.
    Read(&'a FactRead<S>),
    /// A condition in the same scope.
    Condition(&'a S::Condition),
    /// Kinds whose entries are counted, or of which one is what a window is about, and which entries count.
    Entries(&'a [S::Kind], &'a S::EntryFilter),
    /// Kinds whose entries are counted, and which of them the latest is among.
    Among(&'a [S::Kind], &'a S::Among),
}

impl<S: Stage> Test<S> {
    /// Calls `each` with the parts directly inside.
    pub fn children<'a>(&'a self, each: &mut impl FnMut(Child<'a, S>)) {
        match self {
            Test::Compare { left, op: _, right } | Test::Stretch { left, op: _, right, windows: _ } => {
                each(Child::Operand(left));
                each(Child::Operand(right));
            }
            Test::IsOneOf { subject: Subject::Fact(read), values: _ }
            | Test::IsYes { subject: Subject::Fact(read) } => each(Child::Read(read)),
            Test::Window { of, relation: _, anchor, undated: _ } => {
                if let TimeOf::Fact(read) = of {
                    each(Child::Read(read));
                }
                if let WindowAnchor::Entry(point) = anchor {
                    each(Child::Entries(&point.kinds, &point.filter));
                }
            }
            Test::Entries { kinds, filter, choice, .. } => {
                if let Some(choice) = choice {
                    each(Child::Among(kinds, &choice.among));
                }
                each(Child::Entries(kinds, filter));
            }
            Test::Course { kinds, filter, .. } => {
                each(Child::Entries(kinds, filter));
            }
            Test::IsOneOf { subject: Subject::Attribute(_), values: _ }
            | Test::IsYes { subject: Subject::Attribute(_) }
            | Test::Judged { question: _ }
            | Test::Todo { text: _ } => {}
        }
    }

    /// Calls `each` with every operand of a comparison, at any depth, and with what the operands hold; not with what is
    /// inside of reads and conditions.
    pub fn operands<'a>(&'a self, each: &mut impl FnMut(&'a Operand<S>)) {
        self.children(&mut |child| {
            if let Child::Operand(operand) = child {
                operand.walk(each);
            }
        });
    }

    /// Calls `each` with every read of the test itself, at any depth of its operands.
    pub fn reads<'a>(&'a self, each: &mut impl FnMut(&'a FactRead<S>)) {
        self.children(&mut |child| match child {
            Child::Operand(operand) => operand.reads(each),
            Child::Read(read) => each(read),
            Child::Condition(_) | Child::Entries(..) | Child::Among(..) => {}
        });
    }
}

impl<S: Stage> Operand<S> {
    /// Calls `each` with the parts directly inside.
    pub fn children<'a>(&'a self, each: &mut impl FnMut(Child<'a, S>)) {
        match &self.kind {
            OperandKind::Number(_) | OperandKind::Attribute(_) => {}
            OperandKind::Fact(read, _) => each(Child::Read(read)),
            OperandKind::Coalesce { read, otherwise } => {
                each(Child::Read(read));
                each(Child::Operand(otherwise));
            }
            OperandKind::Age(age) => age.recorded.iter().for_each(|read| each(Child::Read(read))),
            OperandKind::DailyDose(dose) => each(Child::Entries(&dose.kinds, &dose.filter)),
            OperandKind::Add(left, right)
            | OperandKind::Subtract(left, right)
            | OperandKind::Multiply(left, right)
            | OperandKind::Divide(left, right) => {
                each(Child::Operand(left));
                each(Child::Operand(right));
            }
            OperandKind::Power(base, _) => each(Child::Operand(base)),
            OperandKind::Min(list) | OperandKind::Max(list) => list.iter().for_each(|one| each(Child::Operand(one))),
            OperandKind::If { condition, then, otherwise } => {
                each(Child::Condition(condition));
                each(Child::Operand(then));
                each(Child::Operand(otherwise));
            }
        }
    }

    /// Calls `each` with the operands directly inside.
    pub fn operands<'a>(&'a self, each: &mut impl FnMut(&'a Operand<S>)) {
        self.children(&mut |child| match child {
            Child::Operand(operand) => each(operand),
            Child::Read(_) | Child::Condition(_) | Child::Entries(..) | Child::Among(..) => {}
        });
    }

    /// Calls `each` with the operand and every operand inside of it.
    pub fn walk<'a>(&'a self, each: &mut impl FnMut(&'a Operand<S>)) {
        each(self);
        self.operands(&mut |operand| operand.walk(each));
    }

    /// Calls `each` with every read of the operand and of those inside of it.
    pub fn reads<'a>(&'a self, each: &mut impl FnMut(&'a FactRead<S>)) {
        self.children(&mut |child| match child {
            Child::Operand(operand) => operand.reads(each),
            Child::Read(read) => each(read),
            Child::Condition(_) | Child::Entries(..) | Child::Among(..) => {}
        });
    }
}

/// What a walk over the conditions of a stage meets, where all of them are of one type.
impl<C: 'static, S: Stage<Condition = C, Filter = C, EntryFilter = C, Among = C>> Test<S> {
    /// Calls `each` with every condition that the test refers to, at any depth of its operands.
    pub fn conditions<'a>(&'a self, each: &mut impl FnMut(&'a C)) {
        self.children(&mut |child| conditions_of(child, each));
    }

    /// The same, to be changed.
    pub fn conditions_mut(&mut self, each: &mut impl FnMut(&mut C)) {
        match self {
            Test::Compare { left, op: _, right } | Test::Stretch { left, op: _, right, windows: _ } => {
                left.conditions_mut(each);
                right.conditions_mut(each);
            }
            Test::IsOneOf { subject: Subject::Fact(read), values: _ }
            | Test::IsYes { subject: Subject::Fact(read) } => each(&mut read.filter),
            Test::Window { of, relation: _, anchor, undated: _ } => {
                if let TimeOf::Fact(read) = of {
                    each(&mut read.filter);
                }
                if let WindowAnchor::Entry(point) = anchor {
                    each(&mut point.filter);
                }
            }
            Test::Course { filter, .. } => each(filter),
            Test::Entries { filter, choice, .. } => {
                each(filter);
                choice.iter_mut().for_each(|choice| each(&mut choice.among));
            }
            Test::IsOneOf { subject: Subject::Attribute(_), values: _ }
            | Test::IsYes { subject: Subject::Attribute(_) }
            | Test::Judged { question: _ }
            | Test::Todo { text: _ } => {}
        }
    }
}

fn conditions_of<'a, C: 'static, S: Stage<Condition = C, Filter = C, EntryFilter = C, Among = C>>(
    child: Child<'a, S>,
    each: &mut impl FnMut(&'a C),
) {
    match child {
        Child::Operand(operand) => operand.children(&mut |child| conditions_of(child, &mut *each)),
        Child::Read(read) => each(&read.filter),
        Child::Condition(condition) | Child::Entries(_, condition) | Child::Among(_, condition) => each(condition),
    }
}

impl<C: 'static, S: Stage<Condition = C, Filter = C, EntryFilter = C, Among = C>> Operand<S> {
    fn conditions_mut(&mut self, each: &mut impl FnMut(&mut C)) {
        match &mut self.kind {
            OperandKind::Number(_) | OperandKind::Attribute(_) => {}
            OperandKind::Fact(read, _) => each(&mut read.filter),
            OperandKind::Coalesce { read, otherwise } => {
                each(&mut read.filter);
                otherwise.conditions_mut(each);
            }
            OperandKind::Age(age) => age.recorded.iter_mut().for_each(|read| each(&mut read.filter)),
            OperandKind::DailyDose(dose) => each(&mut dose.filter),
            OperandKind::Add(left, right)
            | OperandKind::Subtract(left, right)
            | OperandKind::Multiply(left, right)
            | OperandKind::Divide(left, right) => {
                left.conditions_mut(each);
                right.conditions_mut(each);
            }
            OperandKind::Power(base, _) => base.conditions_mut(each),
            OperandKind::Min(list) | OperandKind::Max(list) => list.iter_mut().for_each(|one| one.conditions_mut(each)),
            OperandKind::If { condition, then, otherwise } => {
                each(condition);
                then.conditions_mut(each);
                otherwise.conditions_mut(each);
            }
        }
    }
}
