//! What fits in an example.

use std::collections::{HashMap, HashSet};

use super::{Item, Sort, values_of, words};
use crate::ide::outline;
use crate::ide::references::Target;
use crate::ide::token::Kind;
use crate::ide::view::{Subject, View};
use crate::vocab::{Symbol, Type};

impl View<'_> {
    pub(super) fn in_example_offered(&self, at: usize, start: usize) -> Vec<Item> {
        let (one, two) = (self.before(at, 1), self.before(at, 2));
        let kind = self.kind_before(at);
        let expects = self.statement(at).is_some_and(|start| (start..at).any(|at| self.said(at) == "expect"));
        if expects {
            return self.expected(one, two);
        }
        if self.opener(at).is_none() {
            return match (two, one, kind) {
                ("example", _, Some(Kind::Text)) => vec![Item::word("like")],
                (_, "}", _) => vec![Item::word("expect")],
                _ => Vec::new(),
            };
        }
        match one {
            ":" => return self.recorded(at, two),
            "judged" => return self.questions(),
            "class" | "grade" => return self.values(at),
            // A date or a number follows.
            "at" | "uln" | "lln" => return Vec::new(),
            _ => {}
        }
        if kind == Some(Kind::Number) {
            let units = self.units(at, two);
            if !units.is_empty() || !self.starts_line(start) {
                return units.into_iter().chain(self.behind_value(at)).collect();
            }
        }
        if self.filtered(at).is_some() && !matches!(one, "(" | "{" | ",") && !self.starts_line(start) {
            return Vec::new();
        }
        if let Some(owner) = self.filtered(at) {
            let mut items = self.attribute_items(owner);
            if matches!(owner, Symbol::Fact(_)) {
                return items;
            }
            if matches!(owner, Symbol::Group(_)) {
                items.insert(0, Item::new("kind", "which of the group", Sort::Attribute));
            }
            items.extend(["start", "end", "planned"].map(|key| Item::new(key, "of each entry", Sort::Attribute)));
            return items;
        }
        let value = !self.starts_line(start) && !matches!(one, "{" | ",");
        let behind = if value { self.behind_value(at) } else { Vec::new() };
        behind.into_iter().chain(self.fields(at)).collect()
    }

    fn starts_line(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        before.rsplit(['\n', '\r']).next().is_some_and(|line| line.trim().is_empty())
    }

    /// Behind `expect`.
    fn expected(&self, one: &str, two: &str) -> Vec<Item> {
        if one == "verdict" {
            return words(&["eligible", "ineligible", "undetermined"]);
        }
        if two == "verdict" {
            return vec![Item::word("at")];
        }
        if one == "at" {
            return self.anchors();
        }
        if matches!(one, "," | "expect") {
            let criteria = self.outline().into_iter().filter(|entry| entry.sort == outline::Sort::Criterion);
            let verdict = Item::new("verdict", "verdict eligible", Sort::Word);
            let criteria = criteria.map(|entry| Item::new(entry.name, entry.detail, Sort::Reference));
            return criteria.chain(std::iter::once(verdict)).collect();
        }
        if matches!(one, "pass" | "fail" | "unknown") { Vec::new() } else { words(&["pass", "fail", "unknown"]) }
    }

    /// The criteria that ask a person.
    fn questions(&self) -> Vec<Item> {
        let outline = self.outline().into_iter().filter(|entry| entry.sort == outline::Sort::Criterion);
        let asks = |entry: &outline::Entry| {
            let first = self.tokens.partition_point(|token| token.start < entry.range.start);
            let last = self.tokens.partition_point(|token| token.start < entry.range.end);
            (first..last).any(|at| self.said(at) == "judged")
        };
        outline.filter(asks).map(|entry| Item::new(entry.name, entry.detail, Sort::Reference)).collect()
    }

    /// Behind the colon of a field.
    fn recorded(&self, at: usize, field: &str) -> Vec<Item> {
        if self.before(at, 3) == "judged" {
            return words(&["yes", "no", "unknown"]);
        }
        let owner = at.checked_sub(2).and_then(|at| self.filtered(at));
        match (field, owner) {
            ("end", Some(_)) => return words(&["running", "unknown"]),
            ("start", Some(_)) => return words(&["unknown"]),
            ("planned", Some(_)) => return words(&["yes", "no", "unknown"]),
            ("kind", Some(Symbol::Group(id))) => {
                let members = self.vocabulary.groups.get(id).map_or(&[][..], |group| group.members.as_slice());
                return self.names(|symbol| matches!(symbol, Symbol::Kind(id) if members.contains(&id)));
            }
            _ => {}
        }
        let attribute = at.checked_sub(2).and_then(|at| self.attribute(at)).map(Subject::Attribute);
        let subject = attribute.or_else(|| match self.symbol(field)? {
            Symbol::Fact(id) => self.vocabulary.facts.get(id).map(|fact| Subject::Fact(fact)),
            _ => None,
        });
        let Some(subject) = subject else {
            if matches!(self.symbol(field), Some(Symbol::Anchor(_))) {
                return words(&["unknown"]);
            }
            let entry = match self.symbol(field) {
                Some(Symbol::Group(_)) => {
                    Item::pattern("[{ kind: .., start: .. }]", "[{ kind: ${1:name}, start: ${2:2026-01} }]")
                }
                _ => Item::pattern("{ start: .. }", "{ start: ${1:2026-01} }"),
            };
            return words(&["none", "unknown"]).into_iter().chain([entry]).collect();
        };
        let mut items = values_of(subject, false);
        if matches!(subject.ty(), Type::YesNo) {
            items.extend(words(&["yes", "no"]));
        }
        items.extend(words(&["unknown"]));
        items
    }

    /// What may be behind a value: when it was found, and the limits of normal of its laboratory.
    fn behind_value(&self, at: usize) -> Vec<Item> {
        let Some(Subject::Fact(fact)) = self.subject(at) else {
            return Vec::new();
        };
        let since = (0..at).rev().find(|at| self.said(*at) == ":").unwrap_or(0);
        let said = |word: &str| (since..at).any(|at| self.said(at) == word);
        let behind =
            [(!fact.timeless, "at", "at 2026-02-27"), (fact.uln, "uln", "uln 40"), (fact.lln, "lln", "lln 10")];
        behind
            .into_iter()
            .filter(|(has, word, _)| *has && !said(word))
            .map(|(_, word, form)| Item::new(word, form, Sort::Word))
            .collect()
    }

    /// The fields that a record may have and this one has not: those that the criteria of this text read come first.
    fn fields(&self, at: usize) -> Vec<Item> {
        let here = self.statement(at);
        let mut read = HashSet::new();
        let mut given = HashSet::new();
        for (index, token) in self.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Name) {
            let statement = self.statement(index);
            if !self.in_example(index) {
                read.insert(token.of(self.text));
            } else if statement == here && index != at && self.said(index + 1) == ":" {
                given.insert(token.of(self.text));
            }
        }
        let mut items = self.names(|symbol| !matches!(symbol, Symbol::Definition(_)));
        items.retain(|item| !given.contains(item.label.as_str()));
        items.sort_by_key(|item| !(read.contains(item.label.as_str()) || item.sort == Sort::Anchor));
        if self.tokens.iter().any(|token| token.of(self.text) == "judged") {
            items.push(Item::word("judged"));
        }
        items
    }

    /// The other examples, those that most others are like first.
    pub(super) fn examples(&self, at: usize) -> Vec<Item> {
        let mut alike: HashMap<String, usize> = HashMap::new();
        let texts = self.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Text);
        for (at, _) in texts {
            if let Some(Target::Example(name)) =
                self.meaning(at).filter(|place| !place.declares).map(|place| place.target)
            {
                *alike.entry(name).or_default() += 1;
            }
        }
        let typed = at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.start);
        let mut items: Vec<Item> = self
            .outline()
            .into_iter()
            .filter(|entry| entry.sort == outline::Sort::Example && !entry.range.contains(&typed))
            .map(|entry| Item::new(format!("\"{}\"", entry.name), "example", Sort::Reference))
            .collect();
        items.sort_by_key(|item| std::cmp::Reverse(alike.get(item.label.trim_matches('"')).copied().unwrap_or(0)));
        items
    }
}
