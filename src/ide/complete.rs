//! What can be typed at a place: what fits the type there, the nearest first.

use std::ops::Range;

use super::help;
use super::token::Kind;
use super::view::{Subject, View};
use crate::syntax::STATEMENT_WORDS;
use crate::units::accepted_units;
use crate::vocab::{SHIPPED, Symbol, Type};

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A word of the language.
    Word,
    /// A pattern with places to fill in.
    Pattern,
    /// A fact.
    Fact,
    /// A kind of entry or a group.
    Kind,
    /// An anchor.
    Anchor,
    /// A definition.
    Definition,
    /// An attribute.
    Attribute,
    /// A coded value or a level.
    Value,
    /// A unit.
    Unit,
    /// A criterion's number or an example's name.
    Reference,
}

/// One of the things offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is shown and looked for.
    pub label: String,
    /// What it is, in a few words.
    pub detail: String,
    /// What is put in, when it is not the label: `${1:..}` are the places to fill in.
    pub snippet: Option<String>,
    /// What it is.
    pub sort: Sort,
    /// Whose explanation is shown beside it.
    pub symbol: Option<Symbol>,
}

impl Item {
    fn new(label: impl Into<String>, detail: impl Into<String>, sort: Sort) -> Item {
        Item { label: label.into(), detail: detail.into(), snippet: None, sort, symbol: None }
    }

    fn word(word: &str) -> Item {
        let detail = help::word(word).map_or("", |known| known.form);
        Item::new(word, detail, Sort::Word)
    }
}

/// What a declared name is offered as.
pub fn sort_of(symbol: Symbol) -> Sort {
    match symbol {
        Symbol::Fact(_) => Sort::Fact,
        Symbol::Kind(_) | Symbol::Group(_) => Sort::Kind,
        Symbol::Anchor(_) => Sort::Anchor,
        Symbol::Definition(_) => Sort::Definition,
    }
}

const PATTERNS: &[(&str, &str)] = &[
    ("any of {", "any of { ${1:a}, ${2:b} }"),
    ("all of {", "all of { ${1:a}, ${2:b} }"),
    ("none of {", "none of { ${1:a}, ${2:b} }"),
    ("at least 2 of {", "at least ${1:2} of { ${2:a}, ${3:b} }"),
    ("judged \"..\"", "judged \"${1:what the investigator is asked}\""),
    ("todo \"..\"", "todo \"${1:what is to be written here}\""),
];

const PREFIXES: &[&str] = &["prior", "current", "planned", "no", "any", "latest", "highest", "lowest", "every", "not"];

const WINDOWS: &[(&str, &str)] = &[
    ("within .. before ..", "within ${1:6 months} before ${2:screening}"),
    ("within .. after ..", "within ${1:6 months} after ${2:screening}"),
    ("within .. of ..", "within ${1:7 days} of ${2:screening}"),
    ("more than .. before ..", "more than ${1:6 months} before ${2:screening}"),
];

const TIMES: &[&str] = &["hours", "days", "weeks", "months", "years", "half_lives"];

impl View<'_> {
    /// What can stand at a byte, and the bytes it would replace: the word being typed there.
    pub fn complete(&self, offset: usize) -> (Range<usize>, Vec<Item>) {
        let typed = self.tokens.partition_point(|token| token.start < offset);
        let last = typed.checked_sub(1).and_then(|at| self.tokens.get(at)).copied();
        // In a comment or a text nothing is offered; a word that ends at the cursor is the one being typed.
        if let Some(last) = last
            && matches!(last.kind, Kind::Comment | Kind::Doc | Kind::Text)
            && (offset < last.end || last.kind != Kind::Text || is_open(last.of(self.text)))
        {
            return (offset..offset, Vec::new());
        }
        let typing = last.filter(|last| {
            offset <= last.end && matches!(last.kind, Kind::Name | Kind::Word | Kind::Statement | Kind::Unit | Kind::Id)
        });
        // Right behind a digit more of them may come.
        if last.is_some_and(|last| offset <= last.end && matches!(last.kind, Kind::Number | Kind::Date)) {
            return (offset..offset, Vec::new());
        }
        let at = if typing.is_some() { typed - 1 } else { typed };
        let range = typing.map_or(offset..offset, |token| token.start..token.end.max(offset));
        (range.clone(), self.typing(at).offered(at, range.start))
    }

    /// What can stand as the word of an index.
    pub(super) fn offered(&self, at: usize, start: usize) -> Vec<Item> {
        let (one, two) = (self.before(at, 1), self.before(at, 2));
        let kind = at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.kind);
        if kind == Some(Kind::Number) {
            return self.units(at, two);
        }
        match (two, one) {
            (_, "use") => {
                return SHIPPED
                    .iter()
                    .map(|(name, _)| Item::new(*name, "shipped vocabulary", Sort::Reference))
                    .collect();
            }
            ("is", "not") | (_, "is" | "class" | "grade") => return self.values(at),
            (_, "before" | "after") => return self.anchors(),
            (_, "at") => {
                let counting = ["least", "most"].into_iter().map(Item::word);
                return counting.chain(self.anchors()).collect();
            }
            (_, "more") => return vec![Item::word("than")],
            (_, "like") => return self.examples(),
            _ => {}
        }
        if one == "of" && (0..at).rev().take(5).any(|at| self.said(at) == "within") {
            return self.anchors();
        }
        if self.in_example(at) && !self.starts_line(start) || (self.in_example(at) && self.opener(at).is_some()) {
            return self.in_example_offered(at);
        }
        if let Some(open) = self.opener(at) {
            if self.said(open) == "{" && self.before(open, 1) == "in" {
                return self.values(open);
            }
            if let Some(owner) = self.filtered(at) {
                let attributes = self.attributes(owner);
                if matches!(one, "(" | "and" | "or" | "not") {
                    return attributes
                        .into_iter()
                        .map(|attribute| Item::new(&attribute.name, attribute.ty.describe(), Sort::Attribute))
                        .collect();
                }
                return self.behind_subject(at);
            }
        }
        let Some(statement) = at.checked_sub(1).and_then(|at| self.statement(at)) else {
            return self.statements();
        };
        if self.said(statement) == "trial" && one != "anchor" && self.opener(at).is_some() {
            return vec![Item::word("anchor"), Item::word("source")];
        }
        if self.said(statement) == "group" || self.said(statement) == "trial" || self.said(statement) == "anchor" {
            let mut items: Vec<Item> = match self.said(statement) {
                "group" => self.names(|symbol| matches!(symbol, Symbol::Kind(_) | Symbol::Group(_))),
                _ => self.anchors(),
            };
            if self.starts_line(start) {
                items.extend(self.statements());
            }
            return items;
        }
        let operand =
            matches!(kind, Some(Kind::Name | Kind::Unit | Kind::Text | Kind::Date)) || matches!(one, ")" | "}");
        let mut items = if operand { self.behind_subject(at) } else { self.conditions(one) };
        if self.starts_line(start) {
            items.extend(self.statements());
        }
        items
    }

    fn starts_line(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
    }

    fn statements(&self) -> Vec<Item> {
        STATEMENT_WORDS.iter().copied().map(Item::word).collect()
    }

    fn names(&self, wanted: impl Fn(Symbol) -> bool) -> Vec<Item> {
        let mut symbols: Vec<(&str, Symbol)> =
            self.vocabulary.symbols.iter().map(|(name, symbol)| (name.as_str(), *symbol)).collect();
        symbols.retain(|(_, symbol)| wanted(*symbol));
        symbols.sort_unstable_by_key(|(name, _)| *name);
        symbols
            .into_iter()
            .map(|(name, symbol)| {
                let detail = self.describe(symbol).unwrap_or_default();
                Item { symbol: Some(symbol), ..Item::new(name, detail, sort_of(symbol)) }
            })
            .collect()
    }

    fn anchors(&self) -> Vec<Item> {
        self.names(|symbol| matches!(symbol, Symbol::Anchor(_)))
    }

    fn conditions(&self, one: &str) -> Vec<Item> {
        let entries = matches!(one, "prior" | "current" | "planned" | "no" | "distinct");
        let results = matches!(one, "latest" | "highest" | "lowest" | "every");
        let mut items = self.names(|symbol| match symbol {
            Symbol::Fact(_) => !entries,
            Symbol::Kind(_) | Symbol::Group(_) => !results,
            Symbol::Definition(_) => !entries && !results,
            Symbol::Anchor(_) => false,
        });
        if !entries && !results {
            items.extend(PREFIXES.iter().copied().map(Item::word));
            items.extend(patterns(PATTERNS));
        }
        items
    }

    fn behind_subject(&self, at: usize) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let name = at.checked_sub(1).filter(|at| self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Name));
        let fresh = name.and_then(|_| self.subject(at));
        match fresh.map(Subject::ty) {
            Some(Type::Quantity(_) | Type::Score { .. }) => {
                items.extend([">=", "<=", ">", "<", "=="].map(|word| Item::new(word, "compare", Sort::Word)));
                items.push(Item::word("between"));
            }
            Some(Type::Ordinal { scale, .. }) => {
                for op in [">=", "<="] {
                    let label = if scale == "ordinal" { op.to_owned() } else { format!("{op} {scale}") };
                    items.push(Item::new(label, "compare", Sort::Word));
                }
            }
            Some(Type::Coded(_)) => {
                items.extend(["is", "in"].map(Item::word));
                items.push(Item::new("is not", "x is not positive", Sort::Word));
            }
            Some(Type::YesNo | Type::Date) | None => {}
        }
        items.extend(patterns(WINDOWS));
        items.extend(["before", "after", "and", "or", "unless", "when", "except", "lasting"].map(Item::word));
        items
    }

    fn values(&self, at: usize) -> Vec<Item> {
        let Some(subject) = self.subject(at) else {
            return Vec::new();
        };
        let scale = match subject.ty() {
            Type::Ordinal { scale, .. } if scale != "ordinal" && !matches!(self.before(at, 1), "class" | "grade") => {
                format!("{scale} ")
            }
            _ => String::new(),
        };
        let mut items: Vec<Item> = subject
            .values()
            .iter()
            .map(|value| Item::new(format!("{scale}{value}"), subject.ty().describe(), Sort::Value))
            .collect();
        if self.before(at, 1) == "is" {
            items.push(Item::word("not"));
        }
        items
    }

    fn units(&self, at: usize, two: &str) -> Vec<Item> {
        let window = matches!(two, "within" | "lasting" | "than")
            || (two == "least" && matches!(self.before(at, 4), "for" | "lasting"));
        let times = |items: &mut Vec<Item>| items.extend(TIMES.iter().map(|time| Item::new(*time, "time", Sort::Unit)));
        let mut items = Vec::new();
        if window {
            times(&mut items);
            return items;
        }
        let Some(subject) = self.subject(at) else {
            if matches!(two, "least" | "most" | "exactly") {
                items.extend(["of", "distinct", "prior"].map(Item::word));
            }
            return items;
        };
        if let Type::Quantity(unit) = subject.ty() {
            let (molar, equates) = match subject {
                Subject::Fact(fact) => (fact.molar.as_ref(), fact.equates.as_slice()),
                Subject::Attribute(_) => (None, &[][..]),
            };
            let factor = |factor: &crate::number::Rational| format!("1 is {factor} {}", unit.ucum());
            let accepted = accepted_units(unit, molar, equates);
            items.extend(accepted.into_iter().map(|(unit, by)| Item::new(unit, factor(&by), Sort::Unit)));
        }
        if let Subject::Fact(fact) = subject {
            let limits = [(fact.uln, "x ULN", "upper limit of normal"), (fact.lln, "x LLN", "lower limit of normal")];
            items.extend(
                limits.iter().filter(|(has, _, _)| *has).map(|(_, word, text)| Item::new(*word, *text, Sort::Unit)),
            );
        }
        if items.is_empty() && !self.in_example(at) {
            items.extend(["and", "or", "unless", "when"].map(Item::word));
        }
        items
    }

    fn examples(&self) -> Vec<Item> {
        self.outline()
            .into_iter()
            .filter(|entry| entry.sort == super::outline::Sort::Example)
            .map(|entry| Item::new(format!("\"{}\"", entry.name), "example", Sort::Reference))
            .collect()
    }

    fn in_example_offered(&self, at: usize) -> Vec<Item> {
        let (one, two) = (self.before(at, 1), self.before(at, 2));
        let words = |words: &[&str]| words.iter().map(|word| Item::new(*word, "", Sort::Value)).collect::<Vec<_>>();
        if one == "verdict" {
            return words(&["eligible", "ineligible", "undetermined"]);
        }
        let expects = self.statement(at).is_some_and(|start| (start..at).any(|at| self.said(at) == "expect"));
        if expects {
            if matches!(one, "," | "expect") {
                let mut items: Vec<Item> = self
                    .outline()
                    .into_iter()
                    .filter(|entry| entry.sort == super::outline::Sort::Criterion)
                    .map(|entry| Item::new(entry.name, entry.detail, Sort::Reference))
                    .collect();
                items.push(Item::new("verdict", "verdict eligible", Sort::Word));
                return items;
            }
            return words(&["pass", "fail", "unknown"]);
        }
        let kind = at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.kind);
        if self.opener(at).is_none() {
            return match (two, one, kind) {
                ("example", _, Some(Kind::Text)) => vec![Item::word("like")],
                (_, "}", _) => vec![Item::word("expect")],
                _ => Vec::new(),
            };
        }
        if one == ":" && self.before(at, 3) == "judged" {
            return words(&["yes", "no", "unknown"]);
        }
        if one == ":" {
            let owner = at.checked_sub(2);
            let attribute = owner.and_then(|at| self.attribute(at)).map(Subject::Attribute);
            let fact = || match self.symbol(two)? {
                Symbol::Fact(id) => self.vocabulary.facts.get(id).map(Subject::Fact),
                _ => None,
            };
            let Some(subject) = attribute.or_else(fact) else {
                return words(&["none", "unknown", "running"]);
            };
            let mut items: Vec<Item> =
                subject.values().iter().map(|value| Item::new(value, subject.ty().describe(), Sort::Value)).collect();
            if matches!(subject.ty(), Type::YesNo) {
                items.extend(words(&["yes", "no"]));
            }
            items.extend(words(&["unknown"]));
            return items;
        }
        if let Some(owner) = self.filtered(at) {
            let attributes = self.attributes(owner).into_iter();
            let mut items: Vec<Item> = attributes
                .map(|attribute| Item::new(&attribute.name, attribute.ty.describe(), Sort::Attribute))
                .collect();
            items.extend(["start", "end", "planned"].map(|key| Item::new(key, "of each entry", Sort::Attribute)));
            return items;
        }
        self.names(|symbol| !matches!(symbol, Symbol::Definition(_)))
    }
}

/// Whether the end of a text in quotes is still to come.
fn is_open(text: &str) -> bool {
    text.len() < 2 || !text.ends_with('"')
}

fn patterns(patterns: &[(&str, &str)]) -> impl Iterator<Item = Item> {
    patterns
        .iter()
        .map(|(label, snippet)| Item { snippet: Some((*snippet).to_owned()), ..Item::new(*label, "", Sort::Pattern) })
}
