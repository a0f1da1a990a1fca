//! What the interpreter runs: nodes, tests, places and numbers by index, each filter compiled for the fact or kind
//! whose results or entries it applies to.

use std::hash::{Hash, Hasher};

use crate::ir::{self, Stage, ids};
use crate::kleene::Tri;
use crate::number::Rational;
use crate::tree::{AnchorId, AttributeId, FactId, KindId, QuestionId};

use super::age_span::Scales;

ids! {
    /// Index into the tests of an evaluator, each compiled for one scope.
    CheckId,
}

/// A compiled node or, from the top of the range down, an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Target(pub(crate) u32);

impl Target {
    pub(crate) const YES: Target = Target(u32::MAX);
    pub(crate) const NO: Target = Target(u32::MAX - 1);
    pub(crate) const UNKNOWN: Target = Target(u32::MAX - 2);

    /// The answer of a target that is no node; `Pass` is yes and `Fail` is no.
    pub(crate) fn answer(self) -> Tri {
        if self == Target::YES {
            Tri::Yes
        } else if self == Target::NO {
            Tri::No
        } else {
            Tri::Unknown
        }
    }
}

/// A node in running order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) check: CheckId,
    pub(crate) yes: Target,
    pub(crate) no: Target,
    pub(crate) unknown: Target,
}

impl Node {
    /// Where an answer leads.
    pub(crate) fn next(&self, answer: Tri) -> Target {
        match answer {
            Tri::Yes => self.yes,
            Tri::No => self.no,
            Tri::Unknown => self.unknown,
        }
    }
}

/// Tests as they are run: places by index, filters compiled for the fact or kind they apply to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CodeStage {}

impl Stage for CodeStage {
    type Fact = FactId;
    /// With which of its entries count.
    type Kind = (KindId, Target);
    type Anchor = AnchorId;
    type Question = QuestionId;
    /// `None` where the scope has none of that name.
    type Attribute = Option<AttributeId>;
    type Date = Date;
    /// A bit of each word of the type.
    type Values = Vec<u64>;
    type Number = Constant;
    type Text = ();
    type Condition = Target;
    type Filter = Filter;
    /// `None` where the fact has none of that name.
    type ResultAttribute = Option<AttributeId>;
    type EntryFilter = ();
    /// Of each kind, in their order.
    type Among = Vec<Target>;
    /// Of each kind, in their order; `None` where it has none of that name.
    type EntryAttribute = Vec<Option<AttributeId>>;
    /// By unit of the recorded age.
    type AgeScales = Scales;
    type Note = ();
}

/// What all courses of some drugs that run on a day come to.
pub(crate) type DailyDose = ir::DailyDose<CodeStage>;
/// A value fact as read.
pub(crate) type FactRead = ir::FactRead<CodeStage>;
/// Which of the entries that there are stand for the others.
pub(crate) type Choice = ir::Choice<CodeStage>;
/// Where a coded or yes/no test looks.
pub(crate) type Subject = ir::Subject<CodeStage>;
/// What a window is about.
pub(crate) type WindowAnchor = ir::WindowAnchor<CodeStage>;
/// The first or last of some entries.
pub(crate) type EntryPoint = ir::EntryPoint<CodeStage>;
/// Whose time a window looks at.
pub(crate) type TimeOf = ir::TimeOf<CodeStage>;
/// A test in full.
pub(crate) type Test = ir::Test<CodeStage>;
/// A number.
pub(crate) type Operand = ir::Operand<CodeStage>;
/// What numbers are made of.
pub(crate) type OperandKind = ir::OperandKind<CodeStage>;
/// An age in completed units.
pub(crate) type Age = ir::Age<CodeStage>;

impl TimeOf {
    /// The fact or attribute whose value it is; none where it is the time of what is in scope, or an anchor's.
    pub(crate) fn value(&self) -> Option<Subject> {
        match self {
            TimeOf::Entry | TimeOf::Result | TimeOf::Attribute(Date::Start | Date::End) | TimeOf::Anchor(_) => None,
            TimeOf::Attribute(Date::Own(index)) => Some(Subject::Attribute(*index)),
            TimeOf::Fact(read) => Some(Subject::Fact(*read)),
        }
    }
}

/// Which results count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Filter {
    pub(crate) root: Target,
    /// What it answers for an undated result without attributes, when no record changes that.
    pub(crate) plain: Option<Tri>,
}

/// A date attribute of what is in scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Date {
    /// The start of the entry in scope.
    Start,
    /// The end of the entry in scope.
    End,
    /// An attribute; `None` where the scope has none of that name.
    Own(Option<AttributeId>),
}

/// A constant, and its nearest double.
#[derive(Debug, Clone)]
pub(crate) struct Constant {
    pub(crate) approx: f64,
    pub(crate) exact: Rational,
}

impl PartialEq for Constant {
    fn eq(&self, other: &Constant) -> bool {
        self.exact == other.exact
    }
}

impl Eq for Constant {}

impl Hash for Constant {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.exact.hash(state);
    }
}
