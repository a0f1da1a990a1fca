//! What the representations of a test differ in.

use std::fmt::Debug;
use std::hash::Hash;

/// What a part of a test may be in any representation.
pub trait Part: Clone + Debug + Eq + Hash {}

impl<T: Clone + Debug + Eq + Hash> Part for T {}

/// A representation of tests: the typed program, the decision tree or the evaluator's code. All of them have the same
/// [`Test`](super::Test)s and [`Operand`](super::Operand)s; a stage says what is in their places.
pub trait Stage: Part + Copy {
    /// A value fact.
    type Fact: Part + Copy;
    /// A kind of entry, of some that are counted together.
    type Kind: Part;
    /// An anchor.
    type Anchor: Part + Copy;
    /// What a person is asked.
    type Question: Part;
    /// An attribute of the entry or result in scope.
    type Attribute: Part;
    /// A date attribute of the entry or result in scope, `start` and `end` among them.
    type Date: Part;
    /// Some values of a coded or ordinal type.
    type Values: Part;
    /// A constant.
    type Number: Part;
    /// What is to be encoded.
    type Text: Part;
    /// A condition in the scope of the test that holds it.
    type Condition: Part;
    /// Which results of a fact count: a condition in the scope of one of them, or every one.
    type Filter: Part;
    /// The attribute by which results of a fact are told apart.
    type ResultAttribute: Part;
    /// Which entries count: a condition in the scope of one of them, or every one.
    type EntryFilter: Part;
    /// Which entries the latest is among: as [`Stage::EntryFilter`], said of each kind by itself where code is run.
    type Among: Part;
    /// The attribute by which entries are told apart: of each kind by itself where code is run.
    type EntryAttribute: Part;
    /// What a recorded age is counted by.
    type AgeScales: Part;
    /// What is known of an operand.
    type Note: Part;
}
