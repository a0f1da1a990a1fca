//! What names mean: every fact, kind, group, anchor and unit spelling that a trial may use, each declared once in an
//! `.elig` file. `sle.elig` is shipped inside the binary.

use std::sync::Arc;

use foldhash::HashMap;

use crate::ir::{EntryKind, Table, ids};
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{Expr, ResultsCount};
use crate::units::{Scale, Unit, Ways};

/// The shipped vocabularies: name and text.
pub const SHIPPED: &[(&str, &str)] = &[("sle", include_str!("sle.elig"))];

/// What the parser makes of each of them, by [`pack`](crate::syntax::packed::pack). A text that has changed since is parsed.
pub const PARSED: &[&[u8]] = &[include_bytes!("sle.parsed")];

ids! {
    /// A value fact of a vocabulary.
    FactId,
    /// A kind of entry of a vocabulary.
    KindId,
    /// A group of a vocabulary.
    GroupId,
    /// An anchor of a vocabulary; they are in time order.
    AnchorId,
    /// An attribute among those of its [`Fact`] or [`Kind`].
    AttributeId,
    /// A definition of a vocabulary, as written.
    DefinitionId,
}

/// Every declared name.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Value facts.
    pub facts: Table<FactId, Arc<Fact>>,
    /// Kinds of entry.
    pub kinds: Table<KindId, Arc<Kind>>,
    /// Groups of kinds.
    pub groups: Table<GroupId, Group>,
    /// Anchors in time order.
    pub anchors: Table<AnchorId, Anchor>,
    /// Named conditions and quantities, as written; the checker types them.
    pub definitions: Table<DefinitionId, Definition>,
    /// What is so in every record, as written; the checker types them.
    pub assertions: Vec<Arc<Assertion>>,
    /// Unit spellings of the author's own.
    pub units: HashMap<String, Unit>,
    /// Every name above, the anchors' too.
    pub symbols: HashMap<String, Symbol>,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Symbol {
    /// A value fact.
    Fact(FactId),
    /// A kind of entry.
    Kind(KindId),
    /// A group of kinds.
    Group(GroupId),
    /// An anchor.
    Anchor(AnchorId),
    /// A definition.
    Definition(DefinitionId),
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A number with a unit.
    Quantity(Box<Unit>),
    /// A plain number.
    Score {
        /// Least.
        low: Rational,
        /// Most.
        high: Rational,
        /// Smallest difference.
        step: Rational,
    },
    /// A titre, by its dilution: 80 of 1:80.
    Titre {
        /// Least.
        low: Rational,
        /// Most.
        high: Rational,
    },
    /// Ordered levels, ascending.
    Ordinal {
        /// `class`, `grade`, `ordinal`.
        scale: String,
        /// Ascending.
        levels: Vec<String>,
    },
    /// One of some words.
    Coded(Vec<String>),
    /// Yes or no.
    YesNo,
    /// A calendar date.
    Date,
}

impl Type {
    /// A short name for people.
    pub fn describe(&self) -> String {
        match self {
            Type::Quantity(unit) => format!("quantity in {}", unit.ucum()),
            Type::Score { low, high, .. } => format!("score {low}..{high}"),
            Type::Titre { low, high } => format!("titre 1:{low}..1:{high}"),
            Type::Ordinal { scale, levels } => format!("{scale} {}", levels.join(" < ")),
            Type::Coded(values) => format!("one of {}", values.join(", ")),
            Type::YesNo => "yes or no".to_owned(),
            Type::Date => "date".to_owned(),
        }
    }
}

/// A value fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
    /// Where it is declared.
    pub span: Span,
    /// Its type.
    pub ty: Type,
    /// What it can be at all, both ends included, in the canonical unit.
    pub possible: Option<(Rational, Rational)>,
    /// What a bound on it is likely to be, in the canonical unit.
    pub plausible: Option<(Rational, Rational)>,
    /// g/mol, for conversion between mass and amount.
    pub molar: Option<Rational>,
    /// Arbitrary units taken as its own, one to one.
    pub equates: Vec<Unit>,
    /// Second scales.
    pub scales: Vec<Scale>,
    /// Results carry an upper limit of normal.
    pub uln: bool,
    /// Results carry a lower limit of normal.
    pub lln: bool,
    /// Has no date: the same at every time, or computed for an anchor.
    pub timeless: bool,
    /// How old a result may be that is read without a window, whatever the trial says.
    pub results: Option<ResultsCount>,
    /// Absent means no.
    pub absent_means_no: bool,
    /// Used when the record does not give it.
    pub otherwise: Option<Expr>,
    /// Attributes of a result.
    pub attributes: Table<AttributeId, Attribute>,
    /// Codes.
    pub codes: Vec<Code>,
    /// What it is evidence for or against.
    pub bears_on: Vec<Bearing>,
}

/// An attribute of an entry or a result.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
    /// Where it is declared.
    pub span: Span,
    /// Its type.
    pub ty: Type,
    /// What it can be at all, in the canonical unit.
    pub possible: Option<(Rational, Rational)>,
    /// What a bound on it is likely to be, in the canonical unit.
    pub plausible: Option<(Rational, Rational)>,
}

/// A code of a terminology and where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// `loinc`, `snomed`, ..
    pub system: String,
    /// The code.
    pub code: String,
    /// Where it was read.
    pub source: Option<String>,
}

/// A kind of entry.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
    /// Where it is declared.
    pub span: Span,
    /// Event, condition or drug.
    pub word: EntryKind,
    /// Absent means none.
    pub absent_means_no: bool,
    /// Days.
    pub half_life: Option<Rational>,
    /// Of a drug: how much of another one is as much as a milligram of it.
    pub equivalent: Option<Equivalent>,
    /// Attributes; a drug's built-in ones first.
    pub attributes: Table<AttributeId, Attribute>,
    /// Codes.
    pub codes: Vec<Code>,
    /// What its entries are evidence for or against.
    pub bears_on: Vec<Bearing>,
}

/// What a fact or kind is evidence for or against: a group means each of its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bearing {
    /// A value fact.
    Fact(FactId),
    /// A kind of entry.
    Kind(KindId),
}

/// `assert "text": CONDITION`, as written.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// Its number.
    pub id: Option<String>,
    /// What is so in every record.
    pub text: String,
    /// Its `##` text: why a record that says otherwise contradicts itself.
    pub why: Option<String>,
    /// The whole statement.
    pub span: Span,
    /// The condition.
    pub body: Expr,
}

/// How much of another drug is as much as a milligram of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivalent {
    /// So many milligrams.
    pub factor: Rational,
    /// The name of the other drug.
    pub reference: String,
    /// Where it is written.
    pub span: Span,
    /// Where the factor was read.
    pub source: String,
}

impl Kind {
    /// The attribute of a name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Whether it is declared with a half-life, or as one of which each entry says its own. Every drug's entry may say
    /// one; of a drug declared with neither, few do.
    pub fn has_half_life(&self) -> bool {
        // What is built in is where the drug does.
        let own = |attribute: &Attribute| attribute.span != self.span;
        self.half_life.is_some() || self.attribute("half_life").is_some_and(own)
    }
}

impl Fact {
    /// The attribute of a name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The canonical unit of a quantity.
    pub fn unit(&self) -> Option<&Unit> {
        match &self.ty {
            Type::Quantity(unit) => Some(unit),
            Type::Score { .. }
            | Type::Titre { .. }
            | Type::Ordinal { .. }
            | Type::Coded(_)
            | Type::YesNo
            | Type::Date => None,
        }
    }

    /// How values in other units become values in its own.
    pub fn ways(&self) -> Ways<'_> {
        Ways { molar: self.molar.as_ref(), equates: &self.equates, scales: &self.scales }
    }
}

/// A name for several kinds.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
    /// Where it is declared.
    pub span: Span,
    /// The groups named in it.
    pub groups: Vec<GroupId>,
    /// The kinds it means, nested groups opened, ascending, each once.
    pub members: Vec<KindId>,
    /// Codes.
    pub codes: Vec<Code>,
}

/// A date that records carry.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// Its name.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A named condition or quantity as written.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// A line for people.
    pub text: Option<String>,
    /// The name's place.
    pub span: Span,
    /// What it means.
    pub body: Expr,
}

impl Vocabulary {
    /// The names of one sort, for suggestions.
    pub fn names<'a>(&'a self, wanted: impl Fn(Symbol) -> bool + 'a) -> impl Iterator<Item = &'a str> + 'a {
        self.symbols.iter().filter(move |(_, symbol)| wanted(**symbol)).map(|(name, _)| name.as_str())
    }

    /// Where a symbol is declared.
    pub fn span(&self, symbol: Symbol) -> Option<Span> {
        match symbol {
            Symbol::Fact(id) => self.facts.get(id).map(|fact| fact.span),
            Symbol::Kind(id) => self.kinds.get(id).map(|kind| kind.span),
            Symbol::Group(id) => self.groups.get(id).map(|group| group.span),
            Symbol::Anchor(id) => self.anchors.get(id).map(|anchor| anchor.span),
            Symbol::Definition(id) => self.definitions.get(id).map(|definition| definition.span),
        }
    }
}
