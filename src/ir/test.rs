//! Tests and the numbers they compare.

use super::{AgeUnit, Comparison, Limit, Quantifier, Relation, Stage, WindowAnchor};

/// A value fact as a test reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FactRead<S: Stage> {
    /// The fact.
    pub fact: S::Fact,
    /// Which result.
    pub quantifier: Quantifier,
    /// Which results count.
    pub filter: S::Filter,
    /// Of the results that count only the latest for each value of this attribute are meant; with `any` and `every` only.
    pub by: Option<S::ResultAttribute>,
}

/// Which of the entries that there are stand for the others, and by what they are told apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice<S: Stage> {
    /// The latest: of each value of the attribute, else of all.
    pub latest: bool,
    /// The attribute whose values are counted.
    pub by: Option<S::EntryAttribute>,
    /// Which entries the latest is among, whatever else is asked of it.
    pub among: S::Among,
}

/// What a coded or yes/no test looks at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject<S: Stage> {
    /// A value fact.
    Fact(FactRead<S>),
    /// An attribute of the entry or result in whose filter this stands.
    Attribute(S::Attribute),
}

/// Whose time a window looks at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TimeOf<S: Stage> {
    /// The stretch from `start` to `end` of the entry in scope.
    Entry,
    /// The `at` of the result in scope.
    Result,
    /// A date attribute of the entry or result in scope.
    Attribute(S::Date),
    /// The value of a date fact.
    Fact(FactRead<S>),
    /// The date of an anchor.
    Anchor(S::Anchor),
}

/// A question about a record, or about one entry or result of it, answered yes, no or unknown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test<S: Stage> {
    /// Two numbers in one unit compared. `any` and `every` reads are on the left only, and there is then no other
    /// read.
    Compare {
        /// Left.
        left: Operand<S>,
        /// How.
        op: Comparison,
        /// Right.
        right: Operand<S>,
    },
    /// A coded or ordinal value is one of some: for an ordinal comparison the levels that meet it.
    IsOneOf {
        /// What is looked at.
        subject: Subject<S>,
        /// In declared order.
        values: S::Values,
    },
    /// A yes/no value is yes.
    IsYes {
        /// What is looked at.
        subject: Subject<S>,
    },
    /// So many entries of some kinds, or so many kinds that have one, meet the filter.
    Entries {
        /// The kinds, ascending, each once.
        kinds: Vec<S::Kind>,
        /// Which entries count.
        filter: S::EntryFilter,
        /// Count kinds that have such an entry rather than entries.
        distinct: bool,
        /// Count values of an attribute, or the latest entries only; none of both in the plain form. `distinct` is no then.
        choice: Option<Box<Choice<S>>>,
        /// Entries marked as planned are asked too, rather than passed over.
        planned: bool,
        /// How the count compares; `Ge` and `Le` only.
        op: Comparison,
        /// With what.
        count: u32,
    },
    /// A course of some kinds, or so many kinds that each have one, stands so to every anchor. Entries that meet the
    /// filter and touch are one course; of an event too.
    Course {
        /// The kinds, ascending, each once.
        kinds: Vec<S::Kind>,
        /// Which entries a course is made of.
        filter: S::EntryFilter,
        /// So many days may lie between two entries that touch.
        gap: u32,
        /// A course is of one kind, and kinds that have one are counted; else it is of all of them.
        distinct: bool,
        /// Entries marked as planned are asked too, rather than passed over.
        planned: bool,
        /// How the count compares; `Ge` and `Le` only, and `Ge` 1 unless kinds are counted.
        op: Comparison,
        /// With what.
        count: u32,
        /// How the course stands to which anchor, one at least; no length in half-lives.
        windows: Vec<(Relation, S::Anchor)>,
    },
    /// The entry or result in scope, an attribute of it or a date fact stands so to an anchor.
    Window {
        /// Whose time.
        of: TimeOf<S>,
        /// How.
        relation: Relation,
        /// What it is about.
        anchor: WindowAnchor<S>,
        /// What a result without a date answers: yes (true) or unknown (false).
        undated: bool,
    },
    /// There is a stretch of days, as long as it can be, on each of which the comparison holds, and it stands so to all
    /// of these anchors. Daily doses [of each day](DoseDay::Each) are those of the days asked about.
    Stretch {
        /// Left.
        left: Operand<S>,
        /// How.
        op: Comparison,
        /// Right.
        right: Operand<S>,
        /// How the stretch stands to which anchor. All of these hold of a longer stretch where they hold of a part of it.
        windows: Vec<(Relation, S::Anchor)>,
    },
    /// A person's judgement.
    Judged {
        /// The question.
        question: S::Question,
    },
    /// Not encoded yet: always unknown.
    Todo {
        /// What is to be encoded.
        text: S::Text,
    },
}

/// A number, known to lie in an interval or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Operand<S: Stage> {
    /// What it is.
    pub kind: OperandKind<S>,
    /// What is known of it.
    pub note: S::Note,
}

/// What numbers are made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OperandKind<S: Stage> {
    /// A constant.
    Number(S::Number),
    /// A quantity or score, in its canonical unit, or divided by the result's own limit of normal.
    Fact(FactRead<S>, Option<Limit>),
    /// A number attribute of the entry or result in scope, in its canonical unit.
    Attribute(S::Attribute),
    /// The fact, or where the record does not give it, another number.
    Coalesce {
        /// The fact asked for: always the latest result.
        read: FactRead<S>,
        /// Instead.
        otherwise: Box<Operand<S>>,
    },
    /// An age in completed units.
    Age(Box<Age<S>>),
    /// What all courses of some drugs that run on a day come to, per day.
    DailyDose(Box<DailyDose<S>>),
    /// `a + b`
    Add(Box<Operand<S>>, Box<Operand<S>>),
    /// `a - b`
    Subtract(Box<Operand<S>>, Box<Operand<S>>),
    /// `a * b`
    Multiply(Box<Operand<S>>, Box<Operand<S>>),
    /// `a / b`
    Divide(Box<Operand<S>>, Box<Operand<S>>),
    /// `a ^ b`, `b` a constant; exact for whole `b`, else the nearest IEEE double.
    Power(Box<Operand<S>>, crate::number::Rational),
    /// The least.
    Min(Vec<Operand<S>>),
    /// The greatest.
    Max(Vec<Operand<S>>),
    /// One of two.
    If {
        /// A condition.
        condition: S::Condition,
        /// When it holds.
        then: Box<Operand<S>>,
        /// When it does not.
        otherwise: Box<Operand<S>>,
    },
}

/// An age in completed units: as recorded, or counted from a date fact to an anchor's day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Age<S: Stage> {
    /// The unit whose completed ones are counted.
    pub unit: AgeUnit,
    /// The fact that goes before the date where the record gives it; none for `completed_years(birth_date)`. With `any`
    /// and `every` there is no other.
    pub recorded: Option<FactRead<S>>,
    /// What the recorded age is counted by.
    pub scales: S::AgeScales,
    /// The date fact.
    pub from: S::Fact,
    /// The anchor.
    pub to: S::Anchor,
}

/// What all courses of some drugs that run on a day come to, per day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DailyDose<S: Stage> {
    /// The drugs, ascending, each once.
    pub kinds: Vec<S::Kind>,
    /// Which entries count.
    pub filter: S::EntryFilter,
    /// The drug in whose equivalents it is counted; none: the one drug's own amounts.
    pub reference: Option<String>,
    /// On which day.
    pub day: DoseDay<S>,
}

/// The day, or days, of a daily dose.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DoseDay<S: Stage> {
    /// The anchor's.
    At(S::Anchor),
    /// The day that the test asks about: in a [`Test::Stretch`] only.
    Each,
    /// The highest of the days of a window.
    Highest(Relation, S::Anchor),
    /// The lowest of the days of a window.
    Lowest(Relation, S::Anchor),
}

impl<S: Stage> DoseDay<S> {
    /// The anchor that it is about.
    pub fn anchor(&self) -> Option<S::Anchor> {
        match self {
            DoseDay::At(anchor) | DoseDay::Highest(_, anchor) | DoseDay::Lowest(_, anchor) => Some(*anchor),
            DoseDay::Each => None,
        }
    }
}

impl<S: Stage<Note = ()>> From<OperandKind<S>> for Operand<S> {
    fn from(kind: OperandKind<S>) -> Operand<S> {
        Operand { kind, note: () }
    }
}

impl<S: Stage<Note = ()>> From<OperandKind<S>> for Box<Operand<S>> {
    fn from(kind: OperandKind<S>) -> Box<Operand<S>> {
        Box::new(kind.into())
    }
}
