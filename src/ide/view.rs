//! A text seen with the vocabulary of its last check.

use std::borrow::Cow;

use super::token::{Kind, Token};
use super::token_index::{Around, Words};
use crate::driver::Checked;
use crate::ir::EntryKind;
use crate::syntax::MAX_DEPTH;
use crate::vocab::{Attribute, Symbol, Type, Vocabulary};

/// A text, its words, and what names mean in it.
#[derive(Debug, Clone)]
pub struct View<'v> {
    /// The text.
    pub text: &'v str,
    /// Its words.
    pub tokens: Cow<'v, [Token]>,
    /// What names mean.
    pub vocabulary: &'v Vocabulary,
    /// The last check, where the text is the one that was checked: its criteria can be read back, and what is wrong
    /// with its names is known.
    pub(super) checked: Option<&'v Checked>,
    /// The word in front of which something is being typed: what is asked about it is asked about that.
    typed: Option<usize>,
    /// For each word what it is in.
    around: Cow<'v, [Around]>,
}

/// How far back the subject of a comparison is looked for, in words.
pub(super) const SUBJECT_WITHIN: usize = 500;

impl<'v> View<'v> {
    /// Sees `text` with `vocabulary`.
    pub fn new(text: &'v str, vocabulary: &'v Vocabulary) -> View<'v> {
        let Words { tokens, around, .. } = Words::new(text);
        View { text, tokens: Cow::Owned(tokens), vocabulary, checked: None, typed: None, around: Cow::Owned(around) }
    }

    /// Sees `text`, whose words are known, with `vocabulary`.
    pub fn of(text: &'v str, words: &'v Words, vocabulary: &'v Vocabulary) -> View<'v> {
        let Words { tokens, around, .. } = words;
        View {
            text,
            tokens: Cow::Borrowed(tokens),
            vocabulary,
            checked: None,
            typed: None,
            around: Cow::Borrowed(around),
        }
    }

    /// The same text while something is typed in front of the word at an index. It is in what is open there, also
    /// where that word begins the next statement.
    pub(super) fn typing(&self, at: usize) -> View<'_> {
        View { tokens: Cow::Borrowed(&self.tokens), around: Cow::Borrowed(&self.around), typed: Some(at), ..*self }
    }

    /// What is in front of the word at an index is in; of the word itself, where nothing is typed.
    fn around(&self, at: usize) -> Option<Around> {
        let own = self.around.get(at).copied();
        let Some(last) = at.checked_sub(1).filter(|_| self.typed == Some(at)) else {
            return own;
        };
        let before = *self.around.get(last)?;
        let opener = match self.said(last) {
            _ if self.tokens.get(last).is_none_or(|token| token.kind != Kind::Mark) => before.opener(),
            "(" | "[" | "{" => Some(last),
            ")" | "]" | "}" => before.opener().and_then(|open| self.around.get(open)?.opener()),
            _ => before.opener(),
        };
        Some(before.within(opener))
    }

    /// With the check that was made of this very text.
    #[must_use]
    pub fn with_check(self, checked: &'v Checked) -> View<'v> {
        View { checked: Some(checked), ..self }
    }

    /// What the word at an index says; nothing when there is none.
    pub fn said(&self, at: usize) -> &'v str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// What the word so many before an index says.
    pub(super) fn before(&self, at: usize, back: usize) -> &'v str {
        at.checked_sub(back).map_or("", |at| self.said(at))
    }

    /// The index of the word at a byte, or that ends there.
    pub fn at(&self, offset: usize) -> Option<usize> {
        let next = self.tokens.partition_point(|token| token.start <= offset);
        let here = next.checked_sub(1)?;
        self.tokens.get(here).filter(|token| offset <= token.end)?;
        // Between `(` and a name the name is meant.
        let mark = self.tokens.get(here).is_some_and(|token| token.kind == Kind::Mark && token.start == offset);
        let touching = here.checked_sub(1).filter(|before| {
            mark && self.tokens.get(*before).is_some_and(|token| token.end == offset && token.kind != Kind::Mark)
        });
        Some(touching.unwrap_or(here))
    }

    /// The index of the statement word that the statement around an index begins with.
    pub(super) fn statement(&self, at: usize) -> Option<usize> {
        self.around(at)?.statement()
    }

    /// The index of the bracket that is open before an index.
    pub(super) fn opener(&self, at: usize) -> Option<usize> {
        self.around(at)?.opener()
    }

    /// The symbol of a name.
    pub fn symbol(&self, name: &str) -> Option<Symbol> {
        self.vocabulary.symbols.get(name).copied()
    }

    /// The attributes of a symbol, each name once.
    pub fn attributes(&self, symbol: Symbol) -> Vec<&'v Attribute> {
        let vocabulary = self.vocabulary;
        match symbol {
            Symbol::Fact(id) => vocabulary.facts.get(id).map_or(Vec::new(), |fact| fact.attributes.iter().collect()),
            Symbol::Kind(id) => vocabulary.kinds.get(id).map_or(Vec::new(), |kind| kind.attributes.iter().collect()),
            Symbol::Group(id) => {
                let members = vocabulary.groups.get(id).map_or(&[][..], |group| group.members.as_slice());
                let mut found: Vec<&Attribute> = Vec::new();
                for kind in members.iter().filter_map(|id| vocabulary.kinds.get(*id)) {
                    for attribute in &kind.attributes {
                        if found.iter().all(|known| known.name != attribute.name) {
                            found.push(attribute);
                        }
                    }
                }
                found
            }
            Symbol::Anchor(_) | Symbol::Definition(_) => Vec::new(),
        }
    }

    /// Whose results or entries the parentheses around an index filter: the name before them, or the first of
    /// several in braces; in an example, the field whose value is written.
    pub(super) fn filtered(&self, at: usize) -> Option<Symbol> {
        let named = |at: usize| self.symbol(self.said(at)).filter(|symbol| !self.attributes(*symbol).is_empty());
        let mut inside = at;
        for _ in 0..MAX_DEPTH {
            let open = self.opener(inside)?;
            if self.in_example(at) {
                // `car_t: { start: ..`, `lvef: 55 % at 2026-02-01 (method: ..`, in a list too.
                let example = self.statement(at)?;
                let colon = (example..open)
                    .rev()
                    .find(|at| self.said(*at) == ":" && at.checked_sub(1).is_some_and(|key| named(key).is_some()))?;
                return colon.checked_sub(1).and_then(named);
            }
            let owner = open.checked_sub(1)?;
            // `bilag2004 by organ (score ..`
            let owner = if self.before(owner, 1) == "by" { owner.checked_sub(2)? } else { owner };
            match (self.said(open), self.said(owner)) {
                // `site in { .. }`, and parentheses within a filter: what is around them counts.
                ("{", _) | (_, "(" | "and" | "or" | "not") => inside = open,
                (_, "except") => {
                    let start = self.statement(at)?;
                    return (start..owner).rev().take(SUBJECT_WITHIN).find_map(named);
                }
                (_, "}") => return named(self.opener(owner)? + 1),
                _ => return named(owner),
            }
        }
        None
    }

    /// Whether an index is in an example.
    pub(super) fn in_example(&self, at: usize) -> bool {
        self.statement(at).is_some_and(|at| self.said(at) == "example")
    }

    /// The attribute that a name at an index is there.
    pub(super) fn attribute(&self, at: usize) -> Option<&'v Attribute> {
        let owner = if self.before(at, 1) == "by" {
            let owner = at.checked_sub(2)?;
            let owner = if self.said(owner) == "}" { self.opener(owner)? + 1 } else { owner };
            self.symbol(self.said(owner))?
        } else {
            self.filtered(at)?
        };
        let name = self.said(at);
        self.attributes(owner).into_iter().find(|attribute| attribute.name == name)
    }

    /// What is compared at an index: the nearest fact or attribute before it in the statement.
    pub fn subject(&self, at: usize) -> Option<Subject<'v>> {
        let start = self.statement(at.checked_sub(1)?)?;
        // A value listed before this one may be called like a fact: `component in { platelets, other }`.
        let listed = self.opener(at).filter(|open| self.said(*open) == "{" && self.before(*open, 1) == "in");
        (start..listed.unwrap_or(at)).rev().take(SUBJECT_WITHIN).find_map(|at| {
            if self.tokens.get(at)?.kind != Kind::Name {
                return None;
            }
            if let Some(attribute) = self.attribute(at) {
                return Some(Subject::Attribute(attribute));
            }
            match self.symbol(self.said(at))? {
                Symbol::Fact(id) => self.vocabulary.facts.get(id).map(|fact| Subject::Fact(fact)),
                _ => None,
            }
        })
    }
}

/// What a comparison is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'v> {
    /// A fact.
    Fact(&'v crate::vocab::Fact),
    /// An attribute.
    Attribute(&'v Attribute),
}

impl<'v> Subject<'v> {
    /// Its type.
    pub fn ty(self) -> &'v Type {
        match self {
            Subject::Fact(fact) => &fact.ty,
            Subject::Attribute(attribute) => &attribute.ty,
        }
    }

    /// Its name.
    pub fn name(self) -> &'v str {
        match self {
            Subject::Fact(fact) => &fact.name,
            Subject::Attribute(attribute) => &attribute.name,
        }
    }

    /// Its coded values or levels.
    pub fn values(self) -> &'v [String] {
        match self.ty() {
            Type::Coded(values) | Type::Ordinal { levels: values, .. } => values,
            Type::Quantity(_) | Type::Score { .. } | Type::Titre { .. } | Type::YesNo | Type::Date => &[],
        }
    }
}

/// The word that declares a kind.
pub(super) fn kind_word(word: EntryKind) -> &'static str {
    match word {
        EntryKind::Event => "event",
        EntryKind::Condition => "condition",
        EntryKind::Drug => "drug",
    }
}
