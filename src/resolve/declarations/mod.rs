//! Declarations, from parsed files to a [`Vocabulary`].

mod bearings;
mod equivalents;
mod extensions;
mod facts;
mod groups;
mod modifiers;
mod scale;

use foldhash::{HashMap, HashMapExt};

use super::errors;
use super::unit::resolve_unit;
use crate::diag::Diagnostic;
use crate::ir::Id;
use crate::number::Rational;
use crate::syntax::ast::{self, Name, Statement, StatementKind, Unit as UnitText};
use crate::units::Unit;
use crate::vocab::{Anchor, AnchorId, Definition, Symbol, Vocabulary};

/// Whether a statement adds anything to a vocabulary.
pub(super) fn declares(statement: &Statement) -> bool {
    match statement.kind {
        StatementKind::Fact { .. }
        | StatementKind::Kind { .. }
        | StatementKind::Group { .. }
        | StatementKind::Extend { .. }
        | StatementKind::ExtendGroup { .. }
        | StatementKind::Define { .. }
        | StatementKind::Anchor { .. }
        | StatementKind::Assert { .. }
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
pub(super) fn declare(base: Vocabulary, files: &[&ast::File], diagnostics: &mut Vec<Diagnostic>) -> Vocabulary {
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
    let groups: Vec<&Statement> = statements()
        .filter(|statement| matches!(statement.kind, StatementKind::Group { .. } | StatementKind::ExtendGroup { .. }))
        .collect();
    declarer.groups(&groups);
    for statement in statements() {
        declarer.extension(statement);
    }
    for statement in statements() {
        declarer.bearing(statement);
        declarer.assertion(statement);
    }
    declarer.equivalents();
    declarer.vocabulary
}

struct Declarer<'a> {
    vocabulary: Vocabulary,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Names whose declarations did not parse: reported there.
    broken: Vec<&'a str>,
    /// Units read so far: most facts share a few.
    read: HashMap<String, Unit>,
}

impl Declarer<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
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

    fn unit(&mut self, text: &UnitText) -> Option<Unit> {
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
                    self.vocabulary.anchors.len()
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
            | StatementKind::Extend { .. }
            | StatementKind::ExtendGroup { .. }
            | StatementKind::Unit { .. }
            | StatementKind::Assert { .. }
            | StatementKind::Criterion { .. }
            | StatementKind::Note { .. }
            | StatementKind::Example(_) => {}
        }
    }

    fn number(&mut self, number: &ast::Number) -> Option<Rational> {
        match Rational::parse_literal(&number.text) {
            Ok(value) => Some(value),
            Err(_) => {
                self.report(errors::bad_number(number));
                None
            }
        }
    }

    /// Two titres, as their dilutions.
    fn titres(&mut self, low: &ast::Number, high: &ast::Number) -> Option<(Rational, Rational)> {
        let mut ends =
            [low, high].map(|number| (number, number.dilution().and_then(|d| Rational::parse_literal(d).ok())));
        for (number, end) in &mut ends {
            if end.as_ref().is_none_or(|end| *end < Rational::one()) {
                self.report(errors::bad_titre(number));
                return None;
            }
        }
        let [(_, least), (_, most)] = ends;
        let (least, most) = (least?, most?);
        if least > most {
            self.report(errors::range_backwards(low.span.merge(high.span)));
            return None;
        }
        Some((least, most))
    }

    fn range(&mut self, low: &ast::Number, high: &ast::Number) -> Option<(Rational, Rational)> {
        let (least, most) = (self.number(low)?, self.number(high)?);
        if least > most {
            self.report(errors::range_backwards(low.span.merge(high.span)));
            return None;
        }
        Some((least, most))
    }
}
