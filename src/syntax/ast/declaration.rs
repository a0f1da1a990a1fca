//! What a declaration says: types, modifiers, attributes, scales.

use super::expression::Expr;
use super::literal::{Name, Number, Text, Unit};
use super::window::ResultsCount;
use crate::source::Span;

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: TypeKind,
}

/// The types.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// `quantity [mg/dL]`
    Quantity(Unit),
    /// `score 0..105 step 1`
    Score {
        /// Least.
        low: Number,
        /// Most.
        high: Number,
        /// Smallest difference; 1 when unsaid.
        step: Option<Number>,
    },
    /// `titre 1:10..1:10240`
    Titre {
        /// Least.
        low: Number,
        /// Most.
        high: Number,
    },
    /// `class I < II`, `grade 0..5`, `ordinal A > B`: the levels in *ascending* order.
    Ordinal {
        /// `class`, `grade` or `ordinal`.
        scale: Name,
        /// Ascending; `grade 0..5` is expanded.
        levels: Vec<Name>,
    },
    /// `one of {a, b}`
    OneOf(Vec<Name>),
    /// `yes_no`
    YesNo,
    /// `date`
    Date,
}

/// Something said behind a declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Modifier {
    /// Its place.
    pub span: Span,
    /// What it says.
    pub kind: ModifierKind,
}

/// The modifiers.
#[derive(Debug, Clone, PartialEq)]
pub enum ModifierKind {
    /// `possible 0..5000`
    Possible(Number, Number),
    /// `plausible 5..1500`
    Plausible(Number, Number),
    /// `molar 584.66 g/mol`
    Molar(Number, Unit),
    /// `uln`
    Uln,
    /// `lln`
    Lln,
    /// `timeless`: has no date
    Timeless,
    /// `results count at any age`
    Results(ResultsCount),
    /// `absent means no`
    AbsentMeansNo,
    /// `else EXPR`
    Else(Expr),
    /// `equates [[iU]/L]`
    Equates(Unit),
    /// `scale [%] = 0.09148 x [mmol/mol] + 2.152 source ".."`
    Scale(Box<Scale>),
    /// `equivalent 1.25 x prednisone source ".."`
    Equivalent(Box<Equivalent>),
    /// `half_life 11 d`
    HalfLife(Number, Unit),
    /// `bears on pregnant`, `bears on { stroke, seizure }`
    BearsOn(Vec<Name>),
    /// `loinc "777-3" "26515-7" source "where from"`
    Codes {
        /// `loinc`, `snomed`, `rxnorm`, `atc`, `omop`, `ctcae`.
        system: Name,
        /// The codes, preferred first.
        codes: Vec<Text>,
        /// Where they were read.
        source: Option<Text>,
    },
    /// `{ site: one of {..}, cured: yes_no }`
    Attributes(Vec<Attribute>),
}

/// `scale [%] = 0.09148 x [mmol/mol] + 2.152 source ".."`: a value on the one scale from one on the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The unit whose values the rule gives.
    pub unit: Unit,
    /// What the other value is multiplied by.
    pub factor: Fraction,
    /// The unit whose values the rule takes.
    pub of: Unit,
    /// What is added.
    pub offset: Option<Fraction>,
    /// Where the rule was read.
    pub source: Text,
}

/// `equivalent 1.25 x prednisone source ".."`: a milligram of the drug is as much as so many of another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Equivalent {
    /// How many milligrams of the other drug.
    pub factor: Fraction,
    /// The other drug.
    pub reference: Name,
    /// Where the factor was read.
    pub source: Text,
}

/// `0.09148`, `5/9`
#[derive(Debug, Clone, PartialEq)]
pub struct Fraction {
    /// The number above the line, or the only one.
    pub above: Number,
    /// The number below it.
    pub below: Option<Number>,
}

/// An attribute of an entry or of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its `##` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// `possible`, `plausible`, codes.
    pub modifiers: Vec<Modifier>,
}
