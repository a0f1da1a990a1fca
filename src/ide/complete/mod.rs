//! What can be typed at a place: what fits the type there, the nearest first.

mod condition;
mod declaration;
mod example;
mod unit;

use std::ops::Range;

use super::help;
use super::hover::in_words;
use super::token::Kind;
use super::view::{Subject, View};
use crate::syntax::STATEMENT_WORDS;
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
    /// Whose explanation is shown next to it.
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

    fn pattern(label: &str, snippet: &str) -> Item {
        Item { snippet: Some(snippet.to_owned()), ..Item::new(label, "", Sort::Pattern) }
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

impl View<'_> {
    /// What can be at a byte, and the bytes it would replace: the word being typed there.
    pub fn complete(&self, offset: usize) -> (Range<usize>, Vec<Item>) {
        let typed = self.tokens.partition_point(|token| token.start < offset);
        let last = typed.checked_sub(1).and_then(|at| self.tokens.get(at)).copied();
        // In a comment or a text nothing is offered; a word that ends at the cursor is the one being typed.
        if let Some(last) = last
            && matches!(last.kind, Kind::Comment | Kind::Doc | Kind::Text)
            && (offset < last.end
                || last.kind == Kind::Text && is_open(last.of(self.text))
                || last.kind != Kind::Text && offset == last.end)
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
        let mut items = self.typing(at).offered(at, range.start);
        let begun = self.text.get(range.start..offset).unwrap_or_default();
        items.extend(self.typing(at).spelt_otherwise(at, begun, &items));
        (range, items)
    }

    /// What can stand as the word of an index.
    pub(super) fn offered(&self, at: usize, start: usize) -> Vec<Item> {
        let (one, two) = (self.before(at, 1), self.before(at, 2));
        let kind = self.kind_before(at);
        let statement = at.checked_sub(1).and_then(|at| self.statement(at));
        let word = statement.map_or("", |at| self.said(at));
        // A new line at the margin, with all that was open closed, most likely begins a statement.
        if statement.is_none() || self.at_margin(start) && self.opener(at).is_none() && kind != Some(Kind::Operator) {
            let goes_on = statement.is_some() && word != "example" && self.ends_operand(at);
            let more = if goes_on { self.behind_subject(at) } else { Vec::new() };
            let expect = (word == "example" && one == "}").then(|| Item::word("expect"));
            return expect.into_iter().chain(statements()).chain(more).collect();
        }
        if one == "[" && matches!(two, "require" | "exclude") {
            let number = self.next_number(two);
            return vec![Item::new(number, "the next number of its series", Sort::Reference)];
        }
        if one == "[" && matches!(two, "note" | "assert") || statement == at.checked_sub(1) && takes_a_new_name(one) {
            return Vec::new();
        }
        match one {
            "use" => {
                let shipped = SHIPPED.iter();
                return shipped.map(|(name, _)| Item::new(*name, "shipped vocabulary", Sort::Reference)).collect();
            }
            "like" => return self.examples(at),
            _ => {}
        }
        match word {
            "example" => self.in_example_offered(at, start),
            "trial" => self.in_trial(at),
            "fact" | "event" | "condition" | "drug" | "group" | "extend" | "anchor" | "note" | "unit"
            | "vocabulary" | "use" => self.declared(at, word),
            _ if kind == Some(Kind::Number) => self.units(at, two),
            _ => self.in_condition(at),
        }
    }

    /// The kind of the word before an index.
    fn kind_before(&self, at: usize) -> Option<Kind> {
        at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.kind)
    }

    /// Whether a condition or a value may end before an index.
    fn ends_operand(&self, at: usize) -> bool {
        let kind = self.kind_before(at);
        matches!(kind, Some(Kind::Name | Kind::Number | Kind::Unit | Kind::Text | Kind::Date))
            || matches!(self.before(at, 1), ")" | "}")
    }

    /// Whether nothing, not even a blank, is before a byte in its line.
    fn at_margin(&self, start: usize) -> bool {
        self.text.get(..start).is_none_or(|before| before.is_empty() || before.ends_with(['\n', '\r']))
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

    /// The facts whose type is `wanted`, with all names that `others` says.
    fn facts(&self, wanted: impl Fn(&Type) -> bool, others: impl Fn(Symbol) -> bool) -> Vec<Item> {
        self.names(|symbol| match symbol {
            Symbol::Fact(id) => self.vocabulary.facts.get(id).is_some_and(|fact| wanted(&fact.ty)),
            Symbol::Kind(_) | Symbol::Group(_) | Symbol::Anchor(_) | Symbol::Definition(_) => others(symbol),
        })
    }

    fn anchors(&self) -> Vec<Item> {
        self.names(|symbol| matches!(symbol, Symbol::Anchor(_)))
    }

    /// The coded values or levels of what is compared at an index, written with their scale unless it is there.
    fn values(&self, at: usize) -> Vec<Item> {
        let Some(subject) = self.subject(at) else {
            return Vec::new();
        };
        let mut items = values_of(subject, matches!(self.before(at, 1), "class" | "grade"));
        if self.before(at, 1) == "is" {
            items.push(Item::word("not"));
        }
        items
    }

    /// The attributes of what is filtered at an index.
    fn attribute_items(&self, owner: Symbol) -> Vec<Item> {
        let attributes = self.attributes(owner).into_iter();
        attributes.map(|attribute| Item::new(&attribute.name, in_words(&attribute.ty), Sort::Attribute)).collect()
    }
}

/// The words that begin a statement: those of criteria first.
fn statements() -> Vec<Item> {
    let first = ["require", "exclude", "define", "note", "example"];
    let others = STATEMENT_WORDS.iter().copied().filter(|word| !first.contains(word));
    first.into_iter().chain(others).map(Item::word).collect()
}

/// Whether a name of the author's own, or a text, follows a statement word.
fn takes_a_new_name(word: &str) -> bool {
    let names = ["define", "fact", "event", "condition", "drug", "group", "anchor", "vocabulary"];
    names.contains(&word) || matches!(word, "example" | "note" | "assert" | "trial" | "unit")
}

fn values_of(subject: Subject<'_>, behind_scale: bool) -> Vec<Item> {
    let scale = match subject.ty() {
        Type::Ordinal { scale, .. } if scale != "ordinal" && !behind_scale => format!("{scale} "),
        _ => String::new(),
    };
    let values = subject.values().iter();
    values.map(|value| Item::new(format!("{scale}{value}"), in_words(subject.ty()), Sort::Value)).collect()
}

fn words(words: &[&str]) -> Vec<Item> {
    words.iter().map(|word| Item::new(*word, "", Sort::Value)).collect()
}

/// Whether the end of a text in quotes is still to come.
fn is_open(text: &str) -> bool {
    text.len() < 2 || !text.ends_with(['"', '”', '“', '」', '＂'])
}
