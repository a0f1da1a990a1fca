//! Bounds that are no use, and the units that were likely meant.

use super::age::age;
use super::term::{Origin, Typed, plain};
use super::{Checker, errors};
use crate::diag::Diagnostic;
use crate::diag::suggest::edit_distance;
use crate::number::{Comparison, Direction, Rational};
use crate::source::Span;
use crate::syntax::ast::{Number, Unit as UnitText};
use crate::typed::OperandKind;
use crate::units::{Conversion, TimeUnit, Unit, Ways, accepted_units, one_spelling};
use crate::vocab::Type;

impl Checker<'_> {
    /// Reports a bound that the fact cannot have, or that it is unlikely to have.
    pub(super) fn check_bound(
        &mut self,
        left: &Typed,
        op: Comparison,
        written: &Typed,
        bound: &Rational,
    ) -> Option<()> {
        let (name, possible, plausible, declared) = match &left.from {
            Origin::Fact(id, _) => {
                let fact = self.vocabulary.facts.get(*id)?;
                (fact.name.clone(), fact.possible.clone(), fact.plausible.clone(), fact.span)
            }
            Origin::Attribute(attribute) => {
                (attribute.name.clone(), attribute.possible.clone(), attribute.plausible.clone(), attribute.span)
            }
            Origin::Literal(..) | Origin::Formula => return Some(()),
        };
        let outside = |range: &Option<(Rational, Rational)>| {
            range.as_ref().is_some_and(|(low, high)| bound < low || bound > high)
        };
        let bound_text = errors::Bound { written, value: bound, unit: left.unit(), name: &name, declared };
        if outside(&possible) {
            let slips = self.likely_units(left, written, plausible.as_ref().or(possible.as_ref()));
            let diagnostic = errors::impossible_bound(&bound_text, possible.as_ref(), &slips);
            self.report(diagnostic);
            return None;
        }
        if outside(&plausible) {
            let slips = self.likely_units(left, written, plausible.as_ref());
            let diagnostic = errors::implausible_bound(&bound_text, plausible.as_ref(), &slips);
            let diagnostic = match half_years(left, written) {
                Some(months) => errors::half_years(diagnostic, written.span, &months),
                None => diagnostic,
            };
            self.report(diagnostic);
        } else if let Some(start) = self.first_step(left)
            && let Some((below, above)) = neighbours(bound, plausible.as_ref().map_or(&start, |(low, _)| low))
        {
            self.report(errors::between_dilutions(written.span, bound, &below, &above));
        } else if let (Origin::Literal(number, Some(unit)), Some(range)) = (&written.from, &plausible)
            && let Ok(as_canonical) = Rational::parse_literal(&number.text)
            && hardly_met(op, bound, &as_canonical, range)
        {
            let canonical = self.offered(left).into_iter().next().map_or_else(String::new, |(unit, _)| unit);
            self.report(errors::hardly_met_bound(&bound_text, unit, &canonical, op));
        }
        Some(())
    }

    /// Where the dilutions of a titre begin.
    fn first_step(&self, left: &Typed) -> Option<Rational> {
        let ty = match &left.from {
            Origin::Fact(id, _) => &self.vocabulary.facts.get(*id)?.ty,
            Origin::Attribute(attribute) => &attribute.ty,
            Origin::Literal(..) | Origin::Formula => return None,
        };
        match ty {
            Type::Titre { low, .. } => Some(low.clone()),
            _ => None,
        }
    }

    /// Whether a fact cannot have the value at all.
    pub(super) fn is_impossible(&self, left: &Typed, bound: &Rational) -> bool {
        let Origin::Fact(id, _) = &left.from else {
            return false;
        };
        let possible = self.vocabulary.facts.get(*id).and_then(|fact| fact.possible.as_ref());
        possible.is_some_and(|(low, high)| bound < low || bound > high)
    }

    /// The units in which the number as written would be plausible: the likely intention behind a slip.
    fn likely_units(
        &self,
        left: &Typed,
        written: &Typed,
        range: Option<&(Rational, Rational)>,
    ) -> Vec<(String, Rational)> {
        let Origin::Literal(number, _) = &written.from else {
            return Vec::new();
        };
        let (Ok(number), Some((low, high))) = (Rational::parse_literal(&number.text), range) else {
            return Vec::new();
        };
        if plain(left.unit()) {
            return Vec::new();
        }
        self.offered(left)
            .into_iter()
            .filter_map(|(unit, conversion)| {
                let value = conversion.apply(&number);
                (value >= *low && value <= *high && !value.is_zero()).then_some((unit, value))
            })
            .take(3)
            .collect()
    }

    /// One spelling of each unit that a literal compared with this may carry, the one people write.
    fn offered(&self, left: &Typed) -> Vec<(String, Conversion)> {
        let all = self.units_for(left);
        let words = ["years", "months", "weeks", "days", "hours"];
        let in_words: Vec<(String, Conversion)> =
            words.iter().flat_map(|word| all.iter().find(|(unit, _)| unit == word).cloned()).collect();
        if !in_words.is_empty() {
            return in_words;
        }
        let mut offered: Vec<(String, Conversion)> = Vec::new();
        for (unit, conversion) in all {
            if offered.iter().all(|(_, known)| *known != conversion) {
                offered.push((unit, conversion));
            }
        }
        for (unit, _) in &mut offered {
            *unit = one_spelling(unit, true);
        }
        offered
    }

    /// Where the left side of a comparison is said: its name, or what is before the right side.
    fn left_side(&self, left: &Typed, right: Span) -> Span {
        let text = self.as_written(left.span);
        let name = match &left.from {
            Origin::Fact(id, _) => self.vocabulary.facts.get(*id).map(|fact| fact.name.as_str()),
            Origin::Attribute(attribute) => Some(attribute.name.as_str()),
            Origin::Literal(..) | Origin::Formula => None,
        };
        let part = |from: usize, length: usize| {
            let start = left.span.range().start + from;
            Span::new(left.span.file, start..start + length)
        };
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if let Some(name) = name {
            let whole_word = text.match_indices(name).find(|(at, _)| {
                let before = text.get(..*at).unwrap_or_default().ends_with(is_word);
                let after = text.get(at + name.len()..).unwrap_or_default().starts_with(is_word);
                !before && !after
            });
            if let Some((at, _)) = whole_word {
                return part(at, name.len());
            }
        }
        let up_to = right.range().start.saturating_sub(left.span.range().start);
        match text.get(..up_to) {
            Some(before) if up_to < text.len() => {
                let sign = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '=' | '!' | '≤' | '≥' | '≠');
                part(0, before.trim_end_matches(sign).len())
            }
            _ => left.span,
        }
    }

    /// The left side in words: as written, or the name that is in an earlier part of the clause.
    fn left_words<'s>(&'s self, left: &'s Typed, side: Span) -> &'s str {
        match (self.as_written(side), &left.from) {
            ("", Origin::Fact(id, _)) => self.vocabulary.facts.get(*id).map_or("", |fact| fact.name.as_str()),
            ("", Origin::Attribute(attribute)) => &attribute.name,
            ("", Origin::Literal(..) | Origin::Formula) => "this",
            (written, _) => written,
        }
    }

    /// The spellings that a literal compared with this may carry, and how they convert.
    fn units_for(&self, left: &Typed) -> Vec<(String, Conversion)> {
        match &left.from {
            Origin::Fact(id, _) => {
                let Some(fact) = self.vocabulary.facts.get(*id) else {
                    return Vec::new();
                };
                accepted_units(left.unit(), fact.ways())
            }
            Origin::Attribute(_) | Origin::Literal(..) | Origin::Formula => {
                accepted_units(left.unit(), Ways::default())
            }
        }
    }

    pub(super) fn missing_unit(&self, left: &Typed, number: &Number) -> Diagnostic {
        let plausible = match &left.from {
            Origin::Fact(id, _) => {
                self.vocabulary.facts.get(*id).and_then(|fact| fact.plausible.clone().or(fact.possible.clone()))
            }
            Origin::Attribute(attribute) => attribute.plausible.clone().or(attribute.possible.clone()),
            Origin::Literal(..) | Origin::Formula => None,
        };
        let from = Origin::Literal(number.clone(), None);
        let literal = Typed::new(OperandKind::Number(Rational::zero()), Unit::dimensionless(), number.span, from);
        let mut likely = self.likely_units(left, &literal, plausible.as_ref());
        // A unit that a formula made is none that people write.
        let made = left.unit().ucum().contains('(') && matches!(left.from, Origin::Formula);
        if likely.is_empty() && !made {
            let first = self.offered(left).into_iter().take(1);
            likely = first.map(|(unit, conversion)| (unit, conversion.factor)).collect();
        }
        let written: Vec<String> =
            likely.iter().map(|(unit, value)| errors::in_unit(&number.text, unit, value, left.unit())).collect();
        let side = self.left_side(left, number.span);
        errors::missing_unit(number, side, self.left_words(left, side), left.unit(), &written)
    }

    pub(super) fn unneeded_unit(&self, left: &Typed, unit: &UnitText) -> Diagnostic {
        let side = self.left_side(left, unit.span);
        let scored = match &left.from {
            Origin::Fact(id, _) => {
                self.vocabulary.facts.get(*id).is_some_and(|fact| !matches!(fact.ty, Type::Quantity(_)))
            }
            Origin::Attribute(attribute) => !matches!(attribute.ty, Type::Quantity(_)),
            Origin::Literal(..) | Origin::Formula => false,
        };
        errors::unneeded_unit(unit, side, self.left_words(left, side), scored)
    }

    /// The units in which the right side may have been meant: the one of the left side itself, then those that are nearer
    /// to what was written and in which the number is one that charts show.
    fn fitting_units(&self, left: &Typed, right: &Typed) -> Vec<String> {
        let plausible = match &left.from {
            Origin::Fact(id, _) => self.vocabulary.facts.get(*id).and_then(|fact| fact.plausible.as_ref()),
            Origin::Attribute(attribute) => attribute.plausible.as_ref(),
            Origin::Literal(..) | Origin::Formula => None,
        };
        let (number, written) = match &right.from {
            Origin::Literal(number, unit) => {
                (Rational::parse_literal(&number.text).ok(), unit.as_ref().map_or("", |unit| unit.text.as_str()))
            }
            Origin::Fact(..) | Origin::Attribute(_) | Origin::Formula => (None, right.unit().ucum()),
        };
        let mut offered = self.offered(left).into_iter();
        let Some((own, _)) = offered.next() else {
            return Vec::new();
        };
        let farthest = edit_distance(written, &own);
        let mut others: Vec<(usize, String)> = offered
            .filter(|(_, conversion)| match (&number, plausible) {
                (Some(number), Some((low, high))) => (low..=high).contains(&&conversion.apply(number)),
                _ => true,
            })
            .map(|(unit, _)| (edit_distance(written, &unit), unit))
            .filter(|(distance, _)| *distance < farthest)
            .collect();
        others.sort();
        let others = others.into_iter().map(|(_, unit)| unit);
        std::iter::once(own).chain(others).take(3).collect()
    }

    pub(super) fn wrong_dimension(&self, left: &Typed, right: &Typed, place: Span) -> Diagnostic {
        self.of_sides(left, right, place, errors::wrong_dimension)
    }

    /// A titre and what is none.
    pub(super) fn titre_and_other(&self, left: &Typed, right: &Typed, place: Span) -> Diagnostic {
        let (titre, other) = if left.unit().is_titre() { (left, right) } else { (right, left) };
        let side = self.left_side(left, place);
        match (other.bare_literal(), &titre.from) {
            (Some(number), _) => errors::number_for_titre(number, self.titre_words(left, titre, side)),
            (None, Origin::Literal(number, _)) => {
                errors::titre_for_number(number, self.left_words(left, side), left.unit())
            }
            (None, _) => self.of_sides(left, right, place, errors::titre_and_other),
        }
    }

    fn titre_words<'s>(&'s self, left: &'s Typed, titre: &'s Typed, side: Span) -> &'s str {
        if std::ptr::eq(left, titre) { self.left_words(left, side) } else { self.as_written(titre.span) }
    }

    pub(super) fn sum_across_scales(&self, left: &Typed, right: &Typed, place: Span) -> Diagnostic {
        self.of_sides(left, right, place, errors::sum_across_scales)
    }

    fn of_sides(
        &self,
        left: &Typed,
        right: &Typed,
        place: Span,
        say: impl FnOnce(&errors::Sides<'_>) -> Diagnostic,
    ) -> Diagnostic {
        let accepted = self.fitting_units(left, right);
        let side = self.left_side(left, place);
        let declared = match &left.from {
            Origin::Fact(id, _) => self.vocabulary.facts.get(*id).map(|fact| fact.span),
            Origin::Attribute(_) | Origin::Literal(..) | Origin::Formula => None,
        };
        say(&errors::Sides {
            left: left.unit(),
            left_text: self.left_words(left, side),
            left_span: side,
            right: right.unit(),
            right_text: self.as_written(right.span),
            right_span: if matches!(right.from, Origin::Literal(..)) { right.span } else { place.merge(right.span) },
            declared,
            accepted: &accepted,
        })
    }
}

/// `6 months` of an age compared with half a year.
fn half_years(left: &Typed, written: &Typed) -> Option<String> {
    let number = written.number().filter(|number| !number.is_integer())?;
    let in_years = written.unit().time_unit() == Some(TimeUnit::Year) && matches!(written.from, Origin::Literal(..));
    (in_years && age(&left.quantity).is_some()).then(|| format!("{} months", number.mul(&Rational::from_i64(12))))
}

/// Whether a bound in a unit other than the fact's own keeps out nearly everybody, while the same number in the fact's
/// own unit would not: `total_bilirubin < 2.0 mg/L`. Lies within a fifth of an end of the plausible range, on the scale
/// of powers of ten on which results spread.
fn hardly_met(op: Comparison, bound: &Rational, as_canonical: &Rational, range: &(Rational, Rational)) -> bool {
    let place = |value: &Rational| {
        let (low, high, value) = (range.0.to_f64(), range.1.to_f64(), value.to_f64());
        (low > 0.0 && value > 0.0 && high > low).then(|| (value / low).ln() / (high / low).ln())
    };
    let (Some(written), Some(canonical)) = (place(bound), place(as_canonical)) else {
        return false;
    };
    let middle = (0.2..=0.8).contains(&canonical);
    match op.direction() {
        Direction::Down => middle && written < 0.2,
        Direction::Up => middle && written > 0.8,
        Direction::Neither => false,
    }
}

/// The two dilutions that a titre lies between, of those that double from `start`; nothing where it is one of them.
fn neighbours(titre: &Rational, start: &Rational) -> Option<(Rational, Rational)> {
    let mut below = start.clone();
    let mut above = below.add(&below);
    // A titre of more than 60 doublings is none.
    for _ in 0..60 {
        if *titre <= below {
            return None;
        }
        if *titre < above {
            return Some((below, above));
        }
        below = above;
        above = below.add(&below);
    }
    None
}
