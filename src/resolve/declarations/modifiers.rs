//! What is behind the name of a fact, kind, group or attribute: ranges, codes, attributes and the rest.

use std::sync::OnceLock;

use super::Declarer;
use crate::ir::EntryKind;
use crate::number::Rational;
use crate::resolve::errors;
use crate::source::Span;
use crate::syntax::ast::{self, ModifierKind, Name, Unit as UnitText};
use crate::units::{Scale, Unit};
use crate::vocab::{Attribute, Code, Equivalent, Type};

/// What the modifiers of a fact, kind or attribute say.
#[derive(Default)]
pub(super) struct Modifiers {
    pub(super) possible: Option<(Rational, Rational)>,
    pub(super) plausible: Option<(Rational, Rational)>,
    pub(super) molar: Option<Rational>,
    pub(super) equates: Vec<Unit>,
    pub(super) scales: Vec<Scale>,
    pub(super) uln: bool,
    pub(super) lln: bool,
    pub(super) timeless: bool,
    pub(super) results: Option<ast::ResultsCount>,
    pub(super) absent_means_no: bool,
    pub(super) otherwise: Option<ast::Expr>,
    pub(super) half_life: Option<Rational>,
    pub(super) equivalent: Option<Equivalent>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) codes: Vec<Code>,
}

impl Declarer<'_> {
    pub(super) fn modifiers(
        &mut self,
        modifiers: &[ast::Modifier],
        name: &Name,
        ty: Option<&Type>,
        word: Option<EntryKind>,
    ) -> Modifiers {
        let mut said = Modifiers::default();
        let mut ways: Vec<(Span, Unit)> = Vec::new();
        let quantity = matches!(ty, Some(Type::Quantity(_)));
        let titre = matches!(ty, Some(Type::Titre { .. }));
        let number = quantity || titre || matches!(ty, Some(Type::Score { .. }));
        for modifier in modifiers {
            let fits = match &modifier.kind {
                ModifierKind::Possible(..) | ModifierKind::Plausible(..) => number,
                ModifierKind::Molar(..)
                | ModifierKind::Equates(_)
                | ModifierKind::Scale(_)
                | ModifierKind::Uln
                | ModifierKind::Lln => quantity,
                ModifierKind::Else(_) => number,
                ModifierKind::Timeless => ty.is_some(),
                ModifierKind::Results(_) => ty.is_some(),
                ModifierKind::AbsentMeansNo => word.is_some() || ty == Some(&Type::YesNo),
                ModifierKind::HalfLife(..) => word.is_some(),
                // Of an attribute it is reported there.
                ModifierKind::BearsOn(_) => true,
                ModifierKind::Equivalent(_) => word == Some(EntryKind::Drug),
                ModifierKind::Codes { .. } | ModifierKind::Attributes(_) => true,
            };
            if !fits {
                self.report(errors::modifier_does_not_fit(modifier.span, name));
                continue;
            }
            match &modifier.kind {
                ModifierKind::Possible(low, high) if titre => said.possible = self.titres(low, high),
                ModifierKind::Plausible(low, high) if titre => said.plausible = self.titres(low, high),
                ModifierKind::Possible(low, high) => said.possible = self.range(low, high),
                ModifierKind::Plausible(low, high) => said.plausible = self.range(low, high),
                ModifierKind::Molar(mass, unit) => said.molar = self.molar(mass, unit),
                ModifierKind::Uln => said.uln = true,
                ModifierKind::Lln => said.lln = true,
                ModifierKind::Timeless => said.timeless = true,
                ModifierKind::Results(results) => said.results = Some(results.clone()),
                // Read when every name is known.
                ModifierKind::BearsOn(_) => {}
                ModifierKind::AbsentMeansNo => said.absent_means_no = true,
                ModifierKind::Else(body) => said.otherwise = Some(body.clone()),
                ModifierKind::Equates(unit) => {
                    let unit = self.unit(unit);
                    ways.extend(unit.iter().map(|unit| (modifier.span, unit.clone())));
                    said.equates.extend(unit);
                }
                ModifierKind::Scale(scale) => {
                    if let Some(Type::Quantity(own)) = ty {
                        let scale = self.scale(scale, modifier.span, name, own);
                        ways.extend(scale.iter().map(|scale| (modifier.span, scale.unit.clone())));
                        said.scales.extend(scale);
                    }
                }
                ModifierKind::HalfLife(number, unit) => {
                    said.half_life = self.converted(number, unit, "d");
                    if said.half_life.as_ref().is_some_and(|days| *days <= Rational::zero()) {
                        self.report(errors::no_half_life_at_all(number));
                    }
                }
                ModifierKind::Equivalent(equivalent) => {
                    said.equivalent = self.equivalent(equivalent, modifier.span);
                }
                ModifierKind::Codes { system, codes, source } => {
                    for code in codes {
                        if system.text == "loinc" && !loinc_check_digit(&code.text) {
                            self.report(errors::bad_check_digit(code));
                        }
                        said.codes.push(Code {
                            system: system.text.clone(),
                            code: code.text.clone(),
                            source: source.as_ref().map(|source| source.text.clone()),
                        });
                    }
                }
                ModifierKind::Attributes(attributes) => {
                    said.attributes = self.attributes(attributes, word.is_some());
                }
            }
        }
        if let Some(Type::Quantity(own)) = ty {
            self.one_way(&said, &ways, name, own);
        }
        let aging = !said.timeless && !matches!(ty, Some(Type::YesNo | Type::Date));
        if let Some(results) = said.results.take_if(|_| !aging) {
            self.report(errors::results_without_age(results.span, name));
        }
        if let (Some((low, high)), Some((least, most))) = (&said.plausible, &said.possible)
            && (low < least || high > most)
        {
            self.report(errors::plausible_outside_possible(name));
        }
        said
    }

    pub(super) fn attributes(&mut self, attributes: &[ast::Attribute], of_kind: bool) -> Vec<Attribute> {
        let mut list: Vec<Attribute> = Vec::new();
        for attribute in attributes {
            let name = &attribute.name;
            if let Some(before) = list.iter().find(|other| other.name == name.text) {
                let place = before.span;
                self.report(errors::duplicate_name(name, Some(place)));
                continue;
            }
            if RECORD_KEYS.contains(&name.text.as_str()) {
                self.report(errors::reserved_attribute(name));
                continue;
            }
            let Some(ty) = self.ty(&attribute.ty) else {
                continue;
            };
            let in_days = matches!(&ty, Type::Quantity(unit) if unit.ucum() == "d");
            if of_kind && name.text == "half_life" && !in_days {
                self.report(errors::half_life_not_in_days(name));
            }
            for modifier in &attribute.modifiers {
                // They would be read and never asked.
                if let ModifierKind::Molar(..)
                | ModifierKind::Equates(_)
                | ModifierKind::Scale(_)
                | ModifierKind::BearsOn(_) = modifier.kind
                {
                    self.report(errors::modifier_of_attribute(modifier.span, name));
                }
            }
            let said = self.modifiers(&attribute.modifiers, name, Some(&ty), None);
            if let Some(results) = &said.results {
                self.report(errors::results_without_age(results.span, name));
            }
            let possible = match &ty {
                Type::Score { low, high, .. } | Type::Titre { low, high } => Some((low.clone(), high.clone())),
                _ => said.possible,
            };
            list.push(Attribute {
                name: name.text.clone(),
                text: attribute.doc.clone(),
                span: name.span,
                ty,
                possible,
                plausible: said.plausible,
            });
        }
        list
    }

    fn molar(&mut self, mass: &ast::Number, unit: &UnitText) -> Option<Rational> {
        let value = self.converted(mass, unit, "g/mol")?;
        if value.is_negative() || value.is_zero() {
            self.report(errors::bad_number(mass));
            return None;
        }
        Some(value)
    }

    /// The number in `wanted`, a UCUM unit of this module's own choosing.
    fn converted(&mut self, number: &ast::Number, unit: &UnitText, wanted: &str) -> Option<Rational> {
        let value = self.number(number)?;
        let given = self.unit(unit)?;
        let target = Unit::parse(wanted).ok()?;
        match given.factor_to(&target) {
            Some(factor) => Some(value.mul(&factor)),
            None => {
                self.report(errors::unit_of_other_dimension(unit, &given, &target));
                None
            }
        }
    }
}

/// Keys that every entry or result has; no attribute may be called so.
const RECORD_KEYS: &[&str] = &["value", "unit", "at", "comparator", "uln", "lln", "start", "end", "planned", "drug"];

/// What every drug entry may carry in addition to `start`, `end` and `planned`.
pub(super) fn drug_attributes(name: &Name) -> Vec<Attribute> {
    static BUILT_IN: OnceLock<Vec<(&str, Type, &str)>> = OnceLock::new();
    let all = BUILT_IN.get_or_init(|| {
        let quantity = |unit: &str| Unit::parse(unit).ok().map(|unit| Type::Quantity(Box::new(unit)));
        let routes = ["oral", "intravenous", "subcutaneous", "intramuscular", "topical", "inhaled", "other"];
        let mut list = Vec::new();
        list.extend(quantity("mg/d").map(|ty| ("dose", ty, "daily dose")));
        list.push(("route", Type::Coded(routes.map(str::to_owned).to_vec()), "route of administration"));
        list.push(("stable", Type::YesNo, "dose unchanged since the start"));
        list.push(("dose_since", Type::Date, "day of the last dose change"));
        list.extend(quantity("mg/d").map(|ty| ("prednisone_dose", ty, "daily dose as prednisone")));
        list.extend(quantity("d").map(|ty| ("half_life", ty, "half-life of the drug")));
        list
    });
    // A half-life is above zero, and some are minutes.
    let least = |key: &str| match key {
        "half_life" => Rational::from_ratio(1, 10_000).unwrap_or_else(Rational::zero),
        _ => Rational::zero(),
    };
    all.iter()
        .map(|(key, ty, text)| Attribute {
            name: (*key).to_owned(),
            text: Some((*text).to_owned()),
            span: name.span,
            ty: ty.clone(),
            possible: matches!(ty, Type::Quantity(_)).then(|| (least(key), Rational::from(1_000_000))),
            plausible: None,
        })
        .collect()
}

/// LOINC's own check: `digits-check`, Luhn modulo 10 over the digits before the hyphen.
fn loinc_check_digit(code: &str) -> bool {
    let Some((body, check)) = code.split_once('-') else {
        return false;
    };
    let Some(check) = check.parse::<u32>().ok().filter(|digit| *digit < 10) else {
        return false;
    };
    if body.is_empty() || !body.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    (10 - sum % 10) % 10 == check
}
