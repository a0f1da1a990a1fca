//! Conditions and quantities, and the clause that a criterion makes of them.

use super::literal::{Name, Number, Text, Unit};
use super::window::{Length, ResultsCount, Side};
use crate::ir::{Comparison, Limit};
use crate::source::Span;

/// What a criterion asks: a condition, further bounds under conditions, and one `when` or `unless`.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// The first condition.
    pub main: Expr,
    /// `, or < 3.0 mg/dL when gilbert_syndrome`, in order.
    pub alternatives: Vec<Alternative>,
    /// `when D` or `unless D`.
    pub guard: Option<Guard>,
    /// `, results count for 90 days`.
    pub results: Option<Box<ResultsCount>>,
}

/// `, or BODY when CONDITION`.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// From `or` to the end.
    pub span: Span,
    /// A condition, or one that begins with a bare comparison (its subject is then [`ExprKind::Elided`]).
    pub body: Expr,
    /// When it counts.
    pub when: Expr,
}

/// `when D` or `unless D`.
#[derive(Debug, Clone, PartialEq)]
pub struct Guard {
    /// The word's place.
    pub word: Span,
    /// `unless` rather than `when`.
    pub unless: bool,
    /// The condition.
    pub condition: Expr,
}

/// An expression: a condition or a quantity, which of them only the checker knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `a or b or c`, flat.
    Or(Vec<Expr>),
    /// `a and b and c`, flat.
    And(Vec<Expr>),
    /// `not a`
    Not(Box<Expr>),
    /// `any of {..}` and its kin.
    Block {
        /// Which.
        quantifier: BlockQuantifier,
        /// The items.
        items: Vec<Expr>,
    },
    /// Something with comparisons, windows, exceptions behind it.
    Tailed {
        /// What they are said of.
        subject: Box<Expr>,
        /// In source order, at least one.
        tails: Vec<Tail>,
    },
    /// `a + b`, `a * b`, `a ^ b`
    Arithmetic {
        /// The operator.
        op: ArithmeticOp,
        /// The operator's place.
        op_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `-a`
    Negate(Box<Expr>),
    /// `min(a, b)`, `max(a, b)`
    Call {
        /// `min` or `max`.
        function: Name,
        /// At least one.
        arguments: Vec<Expr>,
    },
    /// `if sex is female then 0.85 else 1`
    If {
        /// The condition.
        condition: Box<Expr>,
        /// When it holds.
        then: Box<Expr>,
        /// When it does not.
        otherwise: Box<Expr>,
    },
    /// `7.5 mg/day`, `7`
    Literal {
        /// The number.
        number: Number,
        /// The unit, when one is written.
        unit: Option<Unit>,
    },
    /// `2.5 x ULN`
    TimesLimit {
        /// The factor.
        factor: Number,
        /// ULN or LLN.
        limit: Limit,
    },
    /// `class III`, `grade 1`
    Level {
        /// `class` or `grade`.
        scale: Name,
        /// The level.
        level: Name,
    },
    /// A fact, a kind, a definition, a code or a level: a name with what is before and right behind it.
    Term(Term),
    /// `daily dose of glucocorticoid (route is oral) at screening`
    DailyDose(Box<DailyDose>),
    /// The subject left out in `, or < 3.0 mg/dL when ..`.
    Elided,
    /// `judged "text" by sponsor`
    Judged {
        /// The question.
        text: Text,
        /// Who answers; the investigator when unsaid.
        by: Option<Name>,
    },
    /// `todo "text"`
    Todo(Text),
    /// A part that did not parse and has been reported; silences everything that depends on it.
    Broken,
}

/// A subject with prefixes and a filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// In source order.
    pub prefixes: Vec<Prefix>,
    /// One name, or several in braces.
    pub subjects: Vec<Name>,
    /// Whether braces were written.
    pub braced: bool,
    /// `by organ`: the attribute by which entries or results are told apart.
    pub by: Option<Name>,
    /// `(nyha >= class III)`
    pub filter: Option<Box<Expr>>,
}

/// The daily dose of some drugs together.
#[derive(Debug, Clone, PartialEq)]
pub struct DailyDose {
    /// `any`, `every`, `highest` or `lowest`: which of several days.
    pub prefix: Option<Prefix>,
    /// One name, or several in braces.
    pub subjects: Vec<Name>,
    /// Whether braces were written.
    pub braced: bool,
    /// `(route is oral)`
    pub filter: Option<Box<Expr>>,
    /// The drug in whose equivalents it is counted.
    pub reference: Option<Name>,
    /// `at screening`, `within 3 months before screening`
    pub window: Option<(Window, Span)>,
}

/// A word before a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Prefix {
    /// Its place.
    pub span: Span,
    /// Which.
    pub kind: PrefixKind,
}

/// The prefixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrefixKind {
    /// Began before the anchor.
    Prior,
    /// Runs at the anchor.
    Current,
    /// Is planned.
    Planned,
    /// None.
    No,
    /// Any at all.
    Any,
    /// The last result at or before the anchor.
    Latest,
    /// The highest result.
    Highest,
    /// The lowest result.
    Lowest,
    /// Every result.
    Every,
    /// The first result.
    First,
    /// Results that no other is between.
    Consecutive,
    /// `at least 2`
    AtLeast(u32),
    /// `at most 2`
    AtMost(u32),
    /// `exactly 2`
    Exactly(u32),
    /// Count kinds, not entries.
    Distinct,
}

/// How many of a block's items must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockQuantifier {
    /// At least one.
    Any,
    /// Every one.
    All,
    /// Not one.
    None,
    /// At least so many.
    AtLeast(u32),
    /// At most so many.
    AtMost(u32),
    /// Just so many.
    Exactly(u32),
}

/// `+ - * / ^`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

/// Something behind a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Tail {
    /// Its place.
    pub span: Span,
    /// What it says.
    pub kind: TailKind,
}

/// The tails.
#[derive(Debug, Clone, PartialEq)]
pub enum TailKind {
    /// `>= 7`
    Compare {
        /// The operator.
        op: Comparison,
        /// Its place.
        op_span: Span,
        /// The right side.
        right: Box<Expr>,
    },
    /// `between 18 and 70 years`
    Between {
        /// The lower end; takes the upper end's unit when it has none.
        low: Box<Expr>,
        /// The upper end.
        high: Box<Expr>,
    },
    /// `is positive`, `is not positive`, `is class III`
    Is {
        /// `is not`.
        negated: bool,
        /// A code or a level.
        value: CodeWord,
    },
    /// `in {echo, muga}`, `not in {..}`
    InSet {
        /// `not in`.
        negated: bool,
        /// The codes or levels.
        values: Vec<CodeWord>,
    },
    /// `in kg`: the plain number of so many.
    InUnit(Unit),
    /// A window.
    Window(Window),
    /// `lasting at least 14 days`, `lasting more than 14 days`
    Lasting {
        /// `more than` rather than `at least`.
        strict: bool,
        /// How long.
        length: Length,
    },
    /// `with gaps of up to 7 days`: so long entries that touch may be apart.
    Gaps(Length),
    /// `in one entry`: a length is asked of one entry, not of those that touch it.
    OneEntry,
    /// `at least 12 weeks apart`
    Apart(Length),
    /// `except (filter)`
    Except(Box<Expr>),
}

/// A code or level as written: `positive`, `class III`, `III`, `2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeWord {
    /// `class` or `grade`, when written.
    pub scale: Option<Name>,
    /// The word.
    pub word: Name,
}

/// A window about an anchor.
#[derive(Debug, Clone, PartialEq)]
pub enum Window {
    /// `within 6 months before A`; `side` is `None` when no direction is written (an error the checker words).
    Within {
        /// How long.
        length: Length,
        /// Before, after, or of.
        side: Option<Side>,
        /// The anchor; the default one when unsaid.
        anchor: Option<WindowAnchor>,
    },
    /// `before A`
    Before(WindowAnchor),
    /// `after A`
    After(WindowAnchor),
    /// `at A`
    At(WindowAnchor),
    /// `more than 6 months before A` (strict) or `at least 6 months before A`.
    Beyond {
        /// `more than` rather than `at least`.
        strict: bool,
        /// How long.
        length: Length,
        /// Before or after; never of.
        side: Side,
        /// The anchor; the default one when unsaid.
        anchor: Option<WindowAnchor>,
    },
    /// `for at least 2 months before A`
    Throughout {
        /// How long.
        length: Length,
        /// The anchor; the default one when unsaid.
        anchor: Option<WindowAnchor>,
    },
}

/// What a window is about.
#[derive(Debug, Clone, PartialEq)]
pub enum WindowAnchor {
    /// `screening`
    Name(Name),
    /// `last lupus_flare (grade >= 2)`
    Entry(Box<EntryPoint>),
}

/// `last lupus_flare (grade >= 2)`, `end of first { stroke, tia }`
#[derive(Debug, Clone, PartialEq)]
pub struct EntryPoint {
    /// Its place.
    pub span: Span,
    /// The last of them rather than the first.
    pub last: bool,
    /// Where it ends rather than where it begins.
    pub ends: bool,
    /// Of what entries; without prefixes.
    pub of: Term,
}

impl WindowAnchor {
    /// The anchor that it names; none where it is an entry.
    pub fn name(&self) -> Option<&Name> {
        match self {
            WindowAnchor::Name(name) => Some(name),
            WindowAnchor::Entry(_) => None,
        }
    }
}

impl Window {
    /// What it is about; none where that is not written.
    pub fn anchor(&self) -> Option<&WindowAnchor> {
        match self {
            Window::Before(anchor) | Window::After(anchor) | Window::At(anchor) => Some(anchor),
            Window::Within { anchor, .. } | Window::Beyond { anchor, .. } | Window::Throughout { anchor, .. } => {
                anchor.as_ref()
            }
        }
    }
}
