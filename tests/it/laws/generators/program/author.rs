//! The state of one program as it is written.

use crate::laws::generators::Tape;
use crate::laws::generators::world::World;

/// Where an expression stands.
#[derive(Clone)]
pub(super) enum Stands {
    Record,
    /// In the filter of entries of these kinds.
    Entry(Vec<usize>),
    /// In the filter of a fact's results.
    Reading(usize),
}

/// What a number measures, as far as formulas care.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Measure {
    Plain,
    Concentration,
    Weight,
    Length,
}

pub(super) const MEASURES: [Measure; 4] = [Measure::Plain, Measure::Concentration, Measure::Weight, Measure::Length];

pub(super) struct Author<'t> {
    pub(super) world: &'static World,
    /// What is written.
    pub(super) shape: &'t mut Tape,
    /// In which units.
    pub(super) units: &'t mut Tape,
    pub(super) stands: Stands,
    /// Conditions named so far.
    pub(super) conditions: Vec<String>,
    /// Quantities named so far.
    pub(super) quantities: Vec<(String, Measure)>,
    /// How deep in filters, which nest as formulas and windows are put into them.
    pub(super) filters: usize,
    pub(super) questions: usize,
    /// Whether a person may be asked: not by an edit check.
    pub(super) asks: bool,
}
