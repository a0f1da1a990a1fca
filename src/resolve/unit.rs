//! Spellings of units.

use super::errors;
use crate::diag::Diagnostic;
use crate::syntax::ast::Unit as UnitText;
use crate::units::Unit;
use crate::vocab::Vocabulary;

/// A unit of UCUM, a spelling that people write, or one that a `unit` statement declares.
pub fn resolve_unit(vocabulary: &Vocabulary, text: &UnitText) -> Result<Unit, Box<Diagnostic>> {
    if let Some(unit) = vocabulary.units.get(&text.text) {
        return Ok(unit.clone());
    }
    Unit::parse(&text.text).map_err(|error| Box::new(errors::unknown_unit(text, &error)))
}
