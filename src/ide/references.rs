//! What a word at a place means, and every other place that means the same.

use std::ops::Range;

use super::token::Kind;
use super::view::View;
use crate::source::Span;
use crate::syntax::is_reserved;
use crate::vocab::{Attribute, Symbol};

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A declared name.
    Symbol(Symbol),
    /// An attribute, by the place of its declaration.
    Attribute(String, Span),
    /// A coded value or a level.
    Value(String),
    /// A criterion's number.
    Criterion(String),
    /// An example's name.
    Example(String),
    /// A unit.
    Unit(String),
    /// A word of the language.
    Word(String),
}

/// A word that means something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its bytes; of a text, those between the quotes.
    pub range: Range<usize>,
    /// What it means.
    pub target: Target,
    /// Whether it is declared here.
    pub declares: bool,
}

impl<'v> View<'v> {
    /// What the word at an index means.
    pub fn meaning(&self, at: usize) -> Option<Place> {
        let token = *self.tokens.get(at)?;
        let said = self.said(at);
        let place = |target, declares| Some(Place { range: token.range(), target, declares });
        match token.kind {
            Kind::Id => place(Target::Criterion(said.to_owned()), true),
            Kind::Unit => place(Target::Unit(said.to_owned()), false),
            Kind::Text => {
                let declares = self.before(at, 1) == "example";
                let inside = token.start + 1..token.end.saturating_sub(1).max(token.start + 1);
                let named = declares || (self.before(at, 1) == "like" && self.in_example(at));
                let target = Target::Example(self.text.get(inside.clone())?.to_owned());
                named.then_some(Place { range: inside, target, declares })
            }
            Kind::Name => {
                let (target, declares) = self.named(at, said)?;
                place(target, declares)
            }
            Kind::Word | Kind::Statement => place(Target::Word(said.to_owned()), false),
            _ => None,
        }
    }

    fn named(&self, at: usize, said: &str) -> Option<(Target, bool)> {
        let symbol = self.symbol(said);
        let before = self.before(at, 1);
        let declared = symbol.and_then(|symbol| self.vocabulary.span(symbol));
        if matches!(before, "fact" | "event" | "condition" | "drug" | "group" | "define" | "anchor" | "extend") {
            let here = declared
                .is_some_and(|span| span.range() == self.tokens.get(at).map(|token| token.range()).unwrap_or_default());
            return symbol.map(|symbol| (Target::Symbol(symbol), here));
        }
        let example = self.in_example(at);
        if example && (before == "judged" || matches!(self.said(at + 1), "pass" | "fail" | "unknown")) {
            let id = said.split('#').next().unwrap_or(said);
            return Some((Target::Criterion(id.to_owned()), false));
        }
        if matches!(before, "pass" | "fail") || (example && matches!(before, "verdict")) {
            return None;
        }
        let valued = before == "is"
            || (before == "not" && self.before(at, 2) == "is")
            || matches!(before, "class" | "grade")
            || (example && before == ":")
            || self.tokens.get(at.wrapping_sub(1)).is_some_and(|token| token.kind == Kind::Operator)
                && self.subject(at).is_some_and(|subject| subject.values().iter().any(|value| value == said))
            || self.opener(at).is_some_and(|open| {
                // `in { a, b }`; in an example `[a at .., b at ..]`.
                self.said(open) == "{" && self.before(open, 1) == "in"
                    || example && self.said(open) == "[" && self.said(at + 1) != ":"
            });
        if valued {
            let known = match self.subject(at) {
                Some(subject) if !example => subject.values().iter().any(|value| value == said),
                _ => true,
            };
            if known && (symbol.is_none() || !example) {
                return Some((Target::Value(said.to_owned()), false));
            }
        }
        if let Some(attribute) = self.attribute(at) {
            return Some((Target::Attribute(attribute.name.clone(), attribute.span), false));
        }
        if let Some(attribute) = self.declared_by(at) {
            return Some((Target::Attribute(attribute.name.clone(), attribute.span), true));
        }
        // A word of the language that may also be a name, `daily` or `last`, where nothing has that name.
        let word = || super::help::word(said).map(|_| Target::Word(said.to_owned()));
        symbol.map(Target::Symbol).or_else(word).map(|target| (target, false))
    }

    /// An attribute at the place where it is declared.
    pub(super) fn declared_by(&self, at: usize) -> Option<&'v Attribute> {
        let range = self.tokens.get(at)?.range();
        if self.said(at + 1) != ":" {
            return None;
        }
        let said = self.said(at);
        let facts = self.vocabulary.facts.iter().map(|fact| &fact.attributes);
        let kinds = self.vocabulary.kinds.iter().map(|kind| &kind.attributes);
        facts.chain(kinds).flatten().find(|attribute| attribute.name == said && attribute.span.range() == range)
    }

    /// What the word at a byte means.
    pub fn place(&self, offset: usize) -> Option<Place> {
        self.meaning(self.at(offset)?)
    }

    /// Every place that means the same.
    pub fn same(&self, target: &Target) -> Vec<Place> {
        let name = match target {
            Target::Symbol(symbol) => self.name(*symbol),
            Target::Attribute(name, _) | Target::Criterion(name) | Target::Example(name) | Target::Value(name) => {
                Some(name.as_str())
            }
            Target::Unit(_) | Target::Word(_) => return Vec::new(),
        };
        let Some(name) = name else {
            return Vec::new();
        };
        (0..self.tokens.len())
            // A criterion's number may stand with a question's behind it, a text in its quotes.
            .filter(|at| self.said(*at).contains(name))
            .filter_map(|at| self.meaning(at))
            .filter(|place| place.target == *target)
            .map(|mut place| {
                if matches!(target, Target::Criterion(_)) {
                    place.range.end = place.range.start + name.len();
                }
                place
            })
            .collect()
    }

    /// A symbol's name.
    pub fn name(&self, symbol: Symbol) -> Option<&str> {
        match symbol {
            Symbol::Fact(id) => self.vocabulary.facts.get(id).map(|fact| fact.name.as_str()),
            Symbol::Kind(id) => self.vocabulary.kinds.get(id).map(|kind| kind.name.as_str()),
            Symbol::Group(id) => self.vocabulary.groups.get(id).map(|group| group.name.as_str()),
            Symbol::Anchor(id) => self.vocabulary.anchors.get(id).map(|anchor| anchor.name.as_str()),
            Symbol::Definition(id) => self.vocabulary.definitions.get(id).map(|definition| definition.name.as_str()),
        }
    }

    /// Why a target cannot be called `name`.
    ///
    /// # Errors
    /// The reason, for the user.
    pub fn rename(&self, target: &Target, name: &str) -> Result<(), String> {
        let word = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        match target {
            Target::Symbol(_) | Target::Attribute(..) => {
                if !name.starts_with(|letter: char| letter.is_ascii_lowercase()) || !name.chars().all(word) {
                    return Err(format!("`{name}` is no name: small letters, digits and `_`, a letter first"));
                }
                if is_reserved(name) {
                    return Err(format!("`{name}` is a word of the language"));
                }
                if matches!(target, Target::Symbol(_)) && self.symbol(name).is_some() {
                    return Err(format!("`{name}` is declared already"));
                }
                Ok(())
            }
            Target::Criterion(_) => {
                let number = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
                if name.is_empty() || !name.chars().all(number) {
                    return Err(format!("`{name}` is no criterion's number: letters, digits, `.`, `-` and `_`"));
                }
                let taken = self.tokens.iter().any(|token| token.kind == Kind::Id && token.of(self.text) == name);
                if taken { Err(format!("a criterion `{name}` exists already")) } else { Ok(()) }
            }
            Target::Example(_) => {
                if name.is_empty() || name.contains(['"', '\\', '\n', '\r']) {
                    return Err("an example's name is one line without quotes".to_owned());
                }
                let taken = !self.same(&Target::Example(name.to_owned())).is_empty();
                if taken { Err(format!("an example \"{name}\" exists already")) } else { Ok(()) }
            }
            Target::Value(_) => Err("a coded value belongs to its fact and is named in records".to_owned()),
            Target::Unit(_) => Err("a unit is not a name".to_owned()),
            Target::Word(word) => Err(format!("`{word}` is a word of the language")),
        }
    }
}
