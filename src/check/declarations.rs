//! Declarations, from parsed files to a [`Vocabulary`].

use std::collections::BTreeSet;
use std::sync::OnceLock;

use foldhash::{HashMap, HashMapExt};

use super::errors;
use crate::diag::Diagnostic;
use crate::ir::{EntryKind, Id, Table};
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::ast::{self, ModifierKind, Name, Statement, StatementKind, TypeKind, Unit as UnitText};
use crate::units::{Scale, Unit};
use crate::vocab::{
    Anchor, AnchorId, Attribute, Code, Definition, Fact, Group, GroupId, Kind, KindId, Symbol, Type, Vocabulary,
};

/// Whether a statement adds anything to a vocabulary.
pub(super) fn declares(statement: &Statement) -> bool {
    match statement.kind {
        StatementKind::Fact { .. }
        | StatementKind::Kind { .. }
        | StatementKind::Group { .. }
        | StatementKind::Define { .. }
        | StatementKind::Anchor { .. }
        | StatementKind::Unit { .. } => true,
        StatementKind::Trial(_)
        | StatementKind::Vocabulary { .. }
        | StatementKind::Use(_)
        | StatementKind::Criterion { .. }
        | StatementKind::Note { .. }
        | StatementKind::Example(_) => false,
    }
}

/// Adds the declarations of `files`, in order, to `base`.
pub fn declare(base: Vocabulary, files: &[&ast::File], diagnostics: &mut Vec<Diagnostic>) -> Vocabulary {
    let broken = files.iter().flat_map(|file| file.broken.iter()).map(|name| name.text.as_str()).collect();
    let mut declarer = Declarer { vocabulary: base, diagnostics, broken, read: HashMap::new() };
    let statements = || files.iter().flat_map(|file| file.statements.iter());
    for statement in statements() {
        declarer.unit_spelling(statement);
    }
    for statement in statements() {
        declarer.anchor(statement);
    }
    declarer.number_anchors();
    for statement in statements() {
        declarer.fact_or_kind(statement);
    }
    let groups: Vec<&Statement> =
        statements().filter(|statement| matches!(statement.kind, StatementKind::Group { .. })).collect();
    declarer.groups(&groups);
    declarer.vocabulary
}

pub(super) struct Declarer<'a> {
    vocabulary: Vocabulary,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Names whose declarations did not parse: reported there.
    broken: Vec<&'a str>,
    /// Units read so far: most facts share a few.
    read: HashMap<String, Unit>,
}

/// What the modifiers of a fact, kind or attribute say.
#[derive(Default)]
pub(super) struct Said {
    possible: Option<(Rational, Rational)>,
    plausible: Option<(Rational, Rational)>,
    pub(super) molar: Option<Rational>,
    equates: Vec<Unit>,
    pub(super) scales: Vec<Scale>,
    uln: bool,
    lln: bool,
    timeless: bool,
    absent_means_no: bool,
    otherwise: Option<ast::Expr>,
    half_life: Option<Rational>,
    attributes: Vec<Attribute>,
    codes: Vec<Code>,
}

impl Declarer<'_> {
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes a name unless it is taken already.
    fn claim(&mut self, name: &Name, symbol: Symbol) -> bool {
        if let Some(before) = self.vocabulary.symbols.get(&name.text).copied() {
            let place = self.vocabulary.span(before);
            self.report(errors::duplicate_name(name, place));
            return false;
        }
        self.vocabulary.symbols.insert(name.text.clone(), symbol);
        true
    }

    fn unit_spelling(&mut self, statement: &Statement) {
        let StatementKind::Unit { spelling, unit } = &statement.kind else {
            return;
        };
        if Unit::parse(&spelling.text).is_ok() {
            self.report(errors::unit_already_known(spelling));
            return;
        }
        if let Some(unit) = self.unit(unit) {
            self.vocabulary.units.insert(spelling.text.clone(), unit);
        }
    }

    pub(super) fn unit(&mut self, text: &UnitText) -> Option<Unit> {
        if let Some(unit) = self.read.get(&text.text) {
            return Some(unit.clone());
        }
        match resolve_unit(&self.vocabulary, text) {
            Ok(unit) => {
                self.read.insert(text.text.clone(), unit.clone());
                Some(unit)
            }
            Err(diagnostic) => {
                self.report(*diagnostic);
                None
            }
        }
    }

    fn anchor(&mut self, statement: &Statement) {
        let StatementKind::Anchor { name, text, after } = &statement.kind else {
            return;
        };
        let anchors = &self.vocabulary.anchors;
        if let Some(before) = anchors.iter().find(|anchor| anchor.name == name.text) {
            let place = before.span;
            self.report(errors::duplicate_name(name, Some(place)));
            return;
        }
        let at = match after {
            None => anchors.len(),
            Some(after) => match anchors.iter().position(|anchor| anchor.name == after.text) {
                Some(at) => at + 1,
                None => {
                    let diagnostic = errors::unknown_anchor(&self.vocabulary, after);
                    self.report(diagnostic);
                    anchors_len(&self.vocabulary)
                }
            },
        };
        let text = text.as_ref().map(|text| text.text.clone()).or_else(|| statement.doc.clone());
        let anchor = Anchor { name: name.text.clone(), text, span: name.span };
        self.vocabulary.anchors.insert(at, anchor);
    }

    /// Anchors are known by their place in time order, which later files may change.
    fn number_anchors(&mut self) {
        self.vocabulary.symbols.retain(|_, symbol| !matches!(symbol, Symbol::Anchor(_)));
        let names: Vec<Name> = self
            .vocabulary
            .anchors
            .iter()
            .map(|anchor| Name { text: anchor.name.clone(), span: anchor.span })
            .collect();
        for (place, name) in names.iter().enumerate() {
            self.claim(name, Symbol::Anchor(AnchorId::new(place)));
        }
    }

    fn fact_or_kind(&mut self, statement: &Statement) {
        let text = statement.doc.clone();
        match &statement.kind {
            StatementKind::Fact { name, ty, modifiers } => self.fact(name, ty, modifiers, text),
            StatementKind::Kind { word, name, modifiers } => {
                self.kind(*word, name, modifiers, text);
            }
            StatementKind::Define { name, body } => {
                let id = self.vocabulary.definitions.next_id();
                if self.claim(name, Symbol::Definition(id)) {
                    self.vocabulary.definitions.push(Definition {
                        name: name.text.clone(),
                        text,
                        span: name.span,
                        body: body.clone(),
                    });
                }
            }
            StatementKind::Trial(_)
            | StatementKind::Vocabulary { .. }
            | StatementKind::Use(_)
            | StatementKind::Anchor { .. }
            | StatementKind::Group { .. }
            | StatementKind::Unit { .. }
            | StatementKind::Criterion { .. }
            | StatementKind::Note { .. }
            | StatementKind::Example(_) => {}
        }
    }

    fn fact(&mut self, name: &Name, ty: &ast::Type, modifiers: &[ast::Modifier], text: Option<String>) {
        let Some(kind) = self.ty(ty) else {
            // The name is claimed all the same, so that one mistake gives one message.
            return self.placeholder(name, text);
        };
        let said = self.modifiers(modifiers, name, Some(&kind), None);
        let id = self.vocabulary.facts.next_id();
        if !self.claim(name, Symbol::Fact(id)) {
            return;
        }
        let possible = match &kind {
            Type::Score { low, high, .. } => Some((low.clone(), high.clone())),
            _ => said.possible,
        };
        self.vocabulary.facts.push(Fact {
            name: name.text.clone(),
            text,
            span: name.span,
            timeless: said.timeless || kind == Type::Date,
            ty: kind,
            possible,
            plausible: said.plausible,
            molar: said.molar,
            equates: said.equates,
            scales: said.scales,
            uln: said.uln,
            lln: said.lln,
            absent_means_no: said.absent_means_no,
            otherwise: said.otherwise,
            attributes: said.attributes.into_iter().collect(),
            codes: said.codes,
        });
    }

    /// A fact whose type did not read: known by name, of a type that accepts most conditions.
    fn placeholder(&mut self, name: &Name, text: Option<String>) {
        let id = self.vocabulary.facts.next_id();
        if self.claim(name, Symbol::Fact(id)) {
            self.vocabulary.facts.push(Fact {
                name: name.text.clone(),
                text,
                span: name.span,
                ty: Type::YesNo,
                possible: None,
                plausible: None,
                molar: None,
                equates: Vec::new(),
                scales: Vec::new(),
                uln: false,
                lln: false,
                timeless: false,
                absent_means_no: false,
                otherwise: None,
                attributes: Table::default(),
                codes: Vec::new(),
            });
        }
    }

    fn kind(&mut self, word: EntryKind, name: &Name, modifiers: &[ast::Modifier], text: Option<String>) {
        let mut said = self.modifiers(modifiers, name, None, Some(word));
        let mut attributes = match word {
            EntryKind::Drug => drug_attributes(name),
            EntryKind::Event | EntryKind::Condition => Vec::new(),
        };
        attributes.retain(|builtin| !said.attributes.iter().any(|own| own.name == builtin.name));
        attributes.append(&mut said.attributes);
        let id = self.vocabulary.kinds.next_id();
        if self.claim(name, Symbol::Kind(id)) {
            self.vocabulary.kinds.push(Kind {
                name: name.text.clone(),
                text,
                span: name.span,
                word,
                absent_means_no: said.absent_means_no,
                half_life: said.half_life,
                attributes: attributes.into_iter().collect(),
                codes: said.codes,
            });
        }
    }

    fn ty(&mut self, ty: &ast::Type) -> Option<Type> {
        Some(match &ty.kind {
            TypeKind::Quantity(unit) => Type::Quantity(Box::new(self.unit(unit)?)),
            TypeKind::Score { low, high, step } => {
                let (low, high) = self.range(low, high)?;
                let step = match step {
                    Some(step) => self.number(step)?,
                    None => Rational::from(1),
                };
                if step.is_negative() || step.is_zero() {
                    self.report(errors::bad_step(ty.span));
                    return None;
                }
                Type::Score { low, high, step }
            }
            TypeKind::Ordinal { scale, levels } => {
                Type::Ordinal { scale: scale.text.clone(), levels: self.distinct(levels) }
            }
            TypeKind::OneOf(values) => Type::Coded(self.distinct(values)),
            TypeKind::YesNo => Type::YesNo,
            TypeKind::Date => Type::Date,
        })
    }

    fn distinct(&mut self, names: &[Name]) -> Vec<String> {
        let mut seen: Vec<String> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            if let Some(before) = names.iter().take(at).find(|other| other.text == name.text) {
                self.report(errors::duplicate_name(name, Some(before.span)));
            } else {
                seen.push(name.text.clone());
            }
        }
        seen
    }

    pub(super) fn number(&mut self, number: &ast::Number) -> Option<Rational> {
        match Rational::parse_literal(&number.text) {
            Ok(value) => Some(value),
            Err(_) => {
                self.report(errors::bad_number(number));
                None
            }
        }
    }

    fn range(&mut self, low: &ast::Number, high: &ast::Number) -> Option<(Rational, Rational)> {
        let (least, most) = (self.number(low)?, self.number(high)?);
        if least > most {
            self.report(errors::range_backwards(low.span.merge(high.span)));
            return None;
        }
        Some((least, most))
    }

    fn modifiers(
        &mut self,
        modifiers: &[ast::Modifier],
        name: &Name,
        ty: Option<&Type>,
        word: Option<EntryKind>,
    ) -> Said {
        let mut said = Said::default();
        let mut ways: Vec<(Span, Unit)> = Vec::new();
        let quantity = matches!(ty, Some(Type::Quantity(_)));
        let number = quantity || matches!(ty, Some(Type::Score { .. }));
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
                ModifierKind::AbsentMeansNo => word.is_some() || ty == Some(&Type::YesNo),
                ModifierKind::HalfLife(..) => word.is_some(),
                ModifierKind::Codes { .. } | ModifierKind::Attributes(_) => true,
            };
            if !fits {
                self.report(errors::modifier_does_not_fit(modifier.span, name));
                continue;
            }
            match &modifier.kind {
                ModifierKind::Possible(low, high) => said.possible = self.range(low, high),
                ModifierKind::Plausible(low, high) => said.plausible = self.range(low, high),
                ModifierKind::Molar(mass, unit) => said.molar = self.molar(mass, unit),
                ModifierKind::Uln => said.uln = true,
                ModifierKind::Lln => said.lln = true,
                ModifierKind::Timeless => said.timeless = true,
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
        if let (Some((low, high)), Some((least, most))) = (&said.plausible, &said.possible)
            && (low < least || high > most)
        {
            self.report(errors::plausible_outside_possible(name));
        }
        said
    }

    fn attributes(&mut self, attributes: &[ast::Attribute], of_kind: bool) -> Vec<Attribute> {
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
                if let ModifierKind::Molar(..) | ModifierKind::Equates(_) | ModifierKind::Scale(_) = modifier.kind {
                    self.report(errors::modifier_of_attribute(modifier.span, name));
                }
            }
            let said = self.modifiers(&attribute.modifiers, name, Some(&ty), None);
            let possible = match &ty {
                Type::Score { low, high, .. } => Some((low.clone(), high.clone())),
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

    fn groups(&mut self, statements: &[&Statement]) {
        // Every group's name is claimed first: groups may name groups declared below them.
        let first = self.vocabulary.groups.next_id();
        let mut declared: Vec<(&[Name], GroupId)> = Vec::new();
        for statement in statements {
            let StatementKind::Group { name, modifiers, members } = &statement.kind else {
                continue;
            };
            let said = self.modifiers(modifiers, name, None, None);
            let id = self.vocabulary.groups.next_id();
            if self.claim(name, Symbol::Group(id)) {
                declared.push((members, id));
                self.vocabulary.groups.push(Group {
                    name: name.text.clone(),
                    text: statement.doc.clone(),
                    span: name.span,
                    members: Vec::new(),
                    codes: said.codes,
                });
            }
        }
        let mut direct: Vec<(BTreeSet<KindId>, BTreeSet<usize>)> = vec![Default::default(); declared.len()];
        let reported = self.diagnostics.len();
        for ((members, _), (kinds, groups)) in declared.iter().zip(direct.iter_mut()) {
            for member in *members {
                match self.vocabulary.symbols.get(&member.text).copied() {
                    Some(Symbol::Kind(id)) => {
                        kinds.insert(id);
                    }
                    Some(Symbol::Group(id)) if id < first => {
                        let known = self.vocabulary.groups.get(id);
                        kinds.extend(known.into_iter().flat_map(|group| group.members.iter()));
                    }
                    Some(Symbol::Group(id)) => {
                        groups.insert(id.place() - first.place());
                    }
                    Some(Symbol::Fact(_) | Symbol::Anchor(_) | Symbol::Definition(_)) => {
                        let diagnostic = errors::not_a_kind(member);
                        self.diagnostics.push(diagnostic);
                    }
                    None if self.broken.contains(&member.text.as_str()) => {}
                    None => {
                        let diagnostic = errors::unknown_member(&self.vocabulary, member);
                        self.diagnostics.push(diagnostic);
                    }
                }
            }
        }
        let members_known = self.diagnostics.len() == reported && self.broken.is_empty();
        for (at, (_, id)) in declared.iter().enumerate() {
            if let Some(group) = self.vocabulary.groups.get_mut(*id) {
                group.members = reached(&direct, at).into_iter().collect();
                if group.members.is_empty() && members_known {
                    let diagnostic = errors::group_of_nothing(group.span, &group.name);
                    self.diagnostics.push(diagnostic);
                }
            }
        }
    }
}

/// The kinds of the group at `at` and of every group named in it, however deep; a circle of groups is one set. `direct`
/// has what each names itself: kinds, and groups by their places there.
fn reached(direct: &[(BTreeSet<KindId>, BTreeSet<usize>)], at: usize) -> BTreeSet<KindId> {
    let mut kinds = BTreeSet::new();
    let mut seen = BTreeSet::from([at]);
    let mut open = vec![at];
    while let Some((own, named)) = open.pop().and_then(|group| direct.get(group)) {
        kinds.extend(own);
        open.extend(named.iter().filter(|group| seen.insert(**group)));
    }
    kinds
}

fn anchors_len(vocabulary: &Vocabulary) -> usize {
    vocabulary.anchors.len()
}

/// Keys that every entry or result has; no attribute may be called so.
const RECORD_KEYS: &[&str] = &["value", "unit", "at", "comparator", "uln", "lln", "start", "end", "planned", "drug"];

/// A unit of UCUM, a spelling that people write, or one that a `unit` statement declares.
pub fn resolve_unit(vocabulary: &Vocabulary, text: &UnitText) -> Result<Unit, Box<Diagnostic>> {
    if let Some(unit) = vocabulary.units.get(&text.text) {
        return Ok(unit.clone());
    }
    Unit::parse(&text.text).map_err(|error| Box::new(errors::unknown_unit(text, &error)))
}

/// What every drug entry may carry beside `start`, `end` and `planned`.
fn drug_attributes(name: &Name) -> Vec<Attribute> {
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
