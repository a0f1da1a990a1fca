//! `{Log_copies}/mL` and `log10 copies/mL`: a decimal logarithm of what is counted, as laboratories report a viral load.

use std::sync::Arc;

use super::parser::no_logarithm;
use crate::number::Rational;
use crate::units::table::{LOGARITHM_WORDS, LOGARITHMS};
use crate::units::unit::Parts;
use crate::units::{Base, Dimension, Unit, UnitError};

/// Reads a whole text; errors come without suggestions.
pub(in crate::units) fn unit(text: &str) -> Result<Unit, UnitError> {
    match logarithm(text) {
        Some(unit) => Ok(unit),
        None => no_logarithm(text),
    }
}

/// The unit of a text that is the logarithm of a unit in [`LOGARITHMS`].
fn logarithm(text: &str) -> Option<Unit> {
    let written = text.trim();
    if !written.starts_with(['{', 'l', 'L']) {
        return None;
    }
    let linear = no_logarithm(&without_word(written).or_else(|| without_annotation(written))?).ok()?;
    let (annotation, rest) = LOGARITHMS
        .iter()
        .find_map(|(counted, annotation)| Some((annotation, linear.ucum().strip_prefix(counted)?)))
        .filter(|(_, rest)| rest.is_empty() || rest.starts_with('/'))?;
    let ucum = format!("{annotation}{rest}");
    // Logarithms to units of other sizes begin at different places: each is a base of its own.
    let measures = linear.dimension().name();
    let usual = *linear.factor() == Rational::power_of_ten(6)?;
    let base = if usual { format!("logarithm of {measures}") } else { format!("logarithm of {measures} in {rest}") };
    Some(Unit(Arc::new(Parts {
        dimension: Dimension::of(Base::Own(base)),
        factor: Rational::one(),
        like: crate::units::cancelled_ratio::Like::default(),
        ucum,
        written: written.to_owned(),
        calendar: false,
        logarithm_of: Some(linear),
    })))
}

/// `copies/mL` of `log10 copies/mL` and `log10(copies/mL)`.
fn without_word(text: &str) -> Option<String> {
    let rest = LOGARITHM_WORDS.iter().find_map(|word| text.strip_prefix(word))?;
    let inner = rest.trim_start();
    let inner = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(inner);
    let apart = rest.starts_with([' ', '(', '{', '[', '\u{a0}']);
    (apart && !inner.is_empty()).then(|| inner.to_owned())
}

/// `{copies}/mL` of `{Log_copies}/mL`, `{log10_copies}/mL`.
fn without_annotation(text: &str) -> Option<String> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    let (word, counted) = inside.split_once(['_', ' '])?;
    if !LOGARITHM_WORDS.contains(&word) {
        return None;
    }
    let known = LOGARITHMS.iter().find(|(linear, _)| {
        let name = linear.trim_matches(['{', '}', '[', ']']);
        name.eq_ignore_ascii_case(counted)
    });
    known.map(|(linear, _)| format!("{linear}{rest}"))
}
