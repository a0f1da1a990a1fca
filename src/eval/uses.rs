//! What the tests of an evaluator look at: for each value the bounds it meets, for each date the windows it is in,
//! for each criterion all that it could depend on.

use std::collections::{HashMap, HashSet};

use crate::ir::Relation;
use crate::number::Rational;

use super::code::{Target, WindowAnchor};
use crate::record::schema::Scope;
use crate::tree::{AnchorId, AttributeId, FactId, KindId, QuestionId};

/// A value: of a fact, or of an attribute of its results or of a kind's entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Spot {
    Fact(FactId),
    Attribute(Scope, AttributeId),
}

/// Something a criterion depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Dependency {
    Fact(FactId),
    Kind(KindId),
    Anchor(AnchorId),
    Question(QuestionId),
}

/// What the tests look at.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    /// The numbers that a value is compared with, or with which it is in one formula.
    pub(crate) numbers: HashMap<Spot, Vec<Rational>>,
    /// The values that are in a formula.
    pub(crate) formulas: HashSet<Spot>,
    /// The multiples of a limit of normal that a fact is compared with.
    pub(crate) ratios: HashMap<FactId, Vec<Rational>>,
    /// The windows of a fact's results, or of a kind's entries.
    pub(crate) windows: HashMap<Scope, Vec<(Relation, WindowAnchor)>>,
    /// The windows of date facts and date attributes.
    pub(crate) dates: HashMap<Spot, Vec<(Relation, WindowAnchor)>>,
    /// Date facts that ages are counted from, each with its anchor and a number of the comparison.
    pub(crate) ages: HashMap<FactId, Vec<(AnchorId, Rational)>>,
    /// The kinds of whose entries the first or last is what a window is about.
    pub(crate) anchoring: HashSet<KindId>,
    /// The most entries of a kind that some test counts up to.
    pub(crate) counted: HashMap<KindId, u32>,
    /// The courses that entries of a kind may be part of: how many days may lie between two of them, and of which kinds.
    pub(crate) courses: HashMap<KindId, Vec<(u32, Vec<KindId>)>>,
    /// The filters that apply to a fact's results, or to a kind's entries.
    pub(crate) filters: HashMap<Scope, HashSet<Target>>,
    /// The facts that `any` or `every` applies to.
    pub(crate) several: HashSet<FactId>,
    /// The kinds whose entries add up to a daily dose.
    pub(crate) dosed: HashSet<KindId>,
    /// For each criterion, and behind them for each edit check, what it depends on.
    pub(crate) criteria: Vec<HashSet<Dependency>>,
}
