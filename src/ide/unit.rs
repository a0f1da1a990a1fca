//! A unit where it stands: what it measures, and how large it is in the unit of the fact it is written for.

use std::fmt::Write as _;

use super::token::Kind;
use super::view::{Subject, View};
use crate::number::Rational;
use crate::units::{Conversion, Scale, Unit, Ways, accepted_units, one_spelling};
use crate::vocab::{Symbol, Type};

/// A unit seen from the fact or attribute it is written for.
#[derive(Debug)]
pub(super) struct Kept<'v> {
    /// The fact or attribute.
    pub subject: Subject<'v>,
    /// The unit it is kept in.
    pub unit: &'v Unit,
    /// From a value in the unit written to one in that one.
    pub conversion: Conversion,
    /// How that comes about.
    pub by: By<'v>,
}

/// How one unit becomes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By<'v> {
    /// Both measure the same.
    Size,
    /// Mass and amount, through the molar mass in g/mol.
    Molar(&'v Rational),
    /// An arbitrary unit that the fact takes as its own.
    Equates,
    /// A second scale that the fact declares.
    Scale,
}

/// The most other units that are shown.
const MOST: usize = 4;

impl<'v> View<'v> {
    /// A unit as written, the author's own spellings first.
    pub(super) fn unit(&self, written: &str) -> Option<Unit> {
        self.vocabulary.units.get(written).cloned().or_else(|| Unit::parse(bare(written)).ok())
    }

    /// Whether the unit at an index is the length of a window.
    pub(super) fn is_length(&self, at: usize) -> bool {
        matches!(self.before(at, 2), "within" | "least" | "than" | "most" | "lasting")
    }

    /// The unit at an index as the fact or attribute keeps it that it is written for.
    pub(super) fn kept(&self, at: usize) -> Option<Kept<'v>> {
        if self.is_length(at) || matches!(self.before(at, 2), "half_life" | "molar") {
            return None;
        }
        let unit = self.unit(self.said(at))?;
        let subject = self.written_for(at)?;
        let Type::Quantity(canonical) = subject.ty() else {
            return None;
        };
        let kept = |conversion, by| Some(Kept { subject, unit: canonical, conversion, by });
        if let Some(factor) = unit.factor_to(canonical) {
            return kept(Conversion::by(factor), By::Size);
        }
        let Subject::Fact(fact) = subject else {
            return None;
        };
        if let Some(molar) = &fact.molar
            && let Some(factor) = unit.factor_to_molar(canonical, molar)
        {
            return kept(Conversion::by(factor), By::Molar(molar));
        }
        let equal = fact.equates.iter().any(|equal| unit.factor_to(equal).is_some());
        kept(unit.conversion_to(canonical, fact.ways())?, if equal { By::Equates } else { By::Scale })
    }

    /// The fact or attribute that the unit at an index is written for: the one declared, or the nearest named before.
    fn written_for(&self, at: usize) -> Option<Subject<'v>> {
        let fact = |name: usize| match self.symbol(self.said(name))? {
            Symbol::Fact(id) => self.vocabulary.facts.get(id).map(|fact| Subject::Fact(fact)),
            _ => None,
        };
        match self.before(at, 1) {
            "quantity" => {
                let name = at.checked_sub(3)?;
                return self.declared_by(name).map(Subject::Attribute).or_else(|| fact(name));
            }
            "equates" | "scale" => return fact(self.statement(at)? + 1),
            _ => {}
        }
        // What a definition is measured in is not known here.
        let start = self.statement(at)?;
        let near = (start..at).rev().take(super::view::SUBJECT_WITHIN).find(|at| {
            self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Name)
                && (self.attribute(*at).is_some()
                    || matches!(self.symbol(self.said(*at)), Some(Symbol::Fact(_) | Symbol::Definition(_))))
        })?;
        self.attribute(near).map(Subject::Attribute).or_else(|| fact(near))
    }

    /// The quantity whose unit is at an index, in the unit its fact is kept in, when that is another.
    pub(super) fn canonical(&self, at: usize) -> Option<(Rational, &'v Unit)> {
        let number = Rational::parse_literal(&self.before(at, 1).replace('_', "")).ok()?;
        let kept = self.kept(at)?;
        let other = kept.by != By::Equates && self.unit(self.said(at))?.ucum() != kept.unit.ucum();
        other.then(|| (kept.conversion.apply(&number), kept.unit))
    }

    /// What the unit at an index measures and how large it is.
    pub(super) fn explain_unit(&self, at: usize, written: &str) -> String {
        let Some(unit) = self.unit(written) else {
            return unknown(bare(written));
        };
        let usual = unit.everyday();
        let mut page = format!("**{usual}**: {}", unit.measures());
        if usual != unit.ucum() {
            let _ = write!(page, " (`{}` in UCUM)", unit.ucum());
        }
        if self.is_length(at) && unit.is_calendar() {
            page.push_str("\n\nIn a window: steps of the calendar, not so many days.");
            return page;
        }
        if let Some((value, canonical)) = self.canonical(at) {
            let _ = write!(page, "\n\n{} {written} is {} {}", self.before(at, 1), exact(&value), canonical.everyday());
        }
        let Some(kept) = self.kept(at) else {
            if self.before(at, 2) == "molar"
                && let Some(name) = self.statement(at).map(|start| self.said(start + 1))
            {
                let _ = write!(page, "\n\nThe molar mass of `{name}`: how its amounts become masses.");
            }
            page.push_str(&sizes(&unit, accepted_units(&unit, Ways::default())));
            return page;
        };
        let name = kept.subject.name();
        if kept.by == By::Size && unit.ucum() == kept.unit.ucum() {
            let _ = write!(page, "\n\n`{name}` is kept in this unit.");
            if let Subject::Fact(fact) = kept.subject {
                page.push_str(&sizes(&unit, accepted_units(&unit, Ways { equates: &fact.equates, ..Ways::default() })));
                page.push_str(&through_molar(&unit, fact.molar.as_ref()));
            } else {
                page.push_str(&sizes(&unit, accepted_units(&unit, Ways::default())));
            }
            return page;
        }
        // `1 month`, and units that are no words as they are.
        let one = if unit.is_calendar() { usual.trim_end_matches('s') } else { usual.as_str() };
        let (canonical, factor) = (kept.unit.everyday(), exact(&kept.conversion.factor));
        if let Some(linear) = unit.logarithm_of() {
            let three = kept.conversion.apply(&Rational::from_i64(3));
            let _ = write!(page, "\n\nA decimal logarithm of {}: 3 is {three} {canonical}.", linear.everyday());
            return page;
        }
        if !kept.conversion.is_linear() {
            let scale = Scale { unit, to_own: kept.conversion.clone(), source: None };
            let _ = write!(page, "\n\nA second scale of `{name}`: {}.", scale.rule(kept.unit));
            return page;
        }
        let how = match kept.by {
            By::Size => "",
            By::Molar(molar) => &format!(", through its molar mass of {molar} g/mol"),
            By::Equates => ", which is declared to equate them",
            By::Scale => ", by the scale it declares",
        };
        let verb = if kept.by == By::Equates { "counts as" } else { "is" };
        let _ = write!(page, "\n\n1 {one} {verb} {factor} {canonical}, the unit of `{name}`{how}.");
        page
    }
}

/// A unit without the brackets of a declaration.
fn bare(written: &str) -> &str {
    let inner = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    // `[IU]` is a unit with its brackets.
    inner.filter(|_| Unit::parse(written).is_err()).map_or(written, str::trim)
}

/// What is said of a text that is no unit.
fn unknown(written: &str) -> String {
    if written == "half_lives" {
        return "**half_lives**: as many times the half-life that the drug is declared with".to_owned();
    }
    match Unit::parse(written) {
        Ok(_) => format!("**{written}**"),
        Err(error) => {
            let near: Vec<String> = error.suggestions.iter().map(|unit| format!("`{unit}`")).collect();
            let near = if near.is_empty() { String::new() } else { format!("\n\nNear it: {}", near.join(", ")) };
            format!("**{written}**: {error}{near}")
        }
    }
}

/// `1 mg/dL = 10 mg/L = 0.01 g/L`: one unit of each size, the shortest first, from spellings with the factor to `unit`.
fn sizes(unit: &Unit, spellings: Vec<(String, Conversion)>) -> String {
    let time = match unit.ucum() {
        "a" => "1 year = 12 months = 365.25 days",
        "mo" => "1 month = a twelfth of a year",
        "wk" => "1 week = 7 days",
        "d" => "1 day = 24 hours",
        "h" => "1 hour = 60 min",
        _ => "",
    };
    if !time.is_empty() {
        return format!("\n\n{time}");
    }
    let mut sizes: Vec<(String, String)> = Vec::new();
    for (spelling, Conversion { factor, .. }) in spellings.into_iter().filter(|(_, way)| way.is_straight()) {
        // Only what ends after some digits is shown; the others are no easier to read than to work out.
        let size = factor.recip().filter(|size| size.decimal_places().is_some()).map(|size| size.to_string());
        if let Some(size) = size.filter(|size| size != "1" && sizes.iter().all(|(known, _)| known != size)) {
            sizes.push((size, spelling));
        }
    }
    sizes.sort_by_key(|(size, _)| size.len());
    sizes.truncate(MOST);
    let text: String =
        sizes.iter().map(|(size, spelling)| format!(" = {size} {}", one_spelling(spelling, true))).collect();
    if text.is_empty() { text } else { format!("\n\n1 {}{text}", unit.everyday()) }
}

/// How a usual unit of the other kind, mass or amount, becomes `unit`.
fn through_molar(unit: &Unit, molar: Option<&Rational>) -> String {
    let Some(molar) = molar else {
        return String::new();
    };
    let other = accepted_units(unit, Ways { molar: Some(molar), ..Ways::default() })
        .into_iter()
        .find(|(spelling, _)| Unit::parse(spelling).is_ok_and(|other| other.factor_to(unit).is_none()));
    other.map_or(String::new(), |(spelling, conversion)| {
        let factor = exact(&conversion.factor);
        format!("\n\n1 {spelling} is {factor} {}, through its molar mass of {molar} g/mol.", unit.everyday())
    })
}

/// A number exactly; next to a fraction its approximate value.
fn exact(value: &Rational) -> String {
    if value.decimal_places().is_some() {
        return value.to_string();
    }
    let near = value.to_f64();
    // Six digits that count.
    let digits = (5.0 - near.abs().log10().floor()).clamp(0.0, 30.0);
    let near =
        (0..=30_u8).find(|places| f64::from(*places) >= digits).map(|places| format!("{near:.*}", places.into()));
    format!("{value} (about {})", near.unwrap_or_default())
}
