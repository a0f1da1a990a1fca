//! What fits where something is declared, and in the trial's block.

use super::{Item, Sort};
use crate::ide::token::Kind;
use crate::ide::view::View;
use crate::vocab::Symbol;

const TYPES: &[(&str, &str)] = &[
    ("quantity [..]", "quantity [${1:mg/dL}]"),
    ("score ..", "score ${1:0..10}"),
    ("titre ..", "titre ${1:1:10..1:10240}"),
    ("yes_no", "yes_no"),
    ("date", "date"),
    ("one of { .. }", "one of { ${1:positive}, ${2:negative} }"),
    ("class ..", "class ${1:I < II < III}"),
    ("grade ..", "grade ${1:0..5}"),
];

const OF_FACTS: &[&str] = &[
    "possible",
    "plausible",
    "molar",
    "uln",
    "lln",
    "equates",
    "scale",
    "absent",
    "timeless",
    "results",
    "bears",
    "loinc",
    "snomed",
    "ctcae",
];
const OF_KINDS: &[&str] = &["snomed", "rxnorm", "atc", "omop", "bears"];
const OF_DRUGS: &[&str] = &["half_life", "equivalent", "bears", "rxnorm", "atc", "snomed", "omop"];

impl View<'_> {
    pub(super) fn declared(&self, at: usize, word: &str) -> Vec<Item> {
        let one = self.before(at, 1);
        let open = self.opener(at);
        match word {
            "extend" if open.is_none() => self.extended(one),
            "extend" if open.and_then(|open| open.checked_sub(2)).is_some_and(|at| self.said(at) == "group") => {
                self.names(|symbol| matches!(symbol, Symbol::Kind(_) | Symbol::Group(_)))
            }
            "group" if open.is_some() => self.names(|symbol| matches!(symbol, Symbol::Kind(_) | Symbol::Group(_))),
            "anchor" if one == "after" => self.anchors(),
            "anchor" => vec![Item::word("after")],
            _ if one == "bears" => vec![Item::word("on")],
            _ if self.bears_at(at) => {
                self.names(|symbol| matches!(symbol, Symbol::Fact(_) | Symbol::Kind(_) | Symbol::Group(_)))
            }
            _ if one == ":" => TYPES.iter().map(|(label, snippet)| Item::pattern(label, snippet)).collect(),
            _ if open.is_some() || self.kind_before(at) == Some(Kind::Number) => Vec::new(),
            "fact" => OF_FACTS.iter().copied().map(Item::word).collect(),
            "event" | "condition" => OF_KINDS.iter().copied().map(Item::word).collect(),
            "drug" => OF_DRUGS.iter().copied().map(Item::word).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether what a fact bears on is named at an index.
    fn bears_at(&self, at: usize) -> bool {
        let on = self.opener(at).unwrap_or(at);
        self.before(on, 1) == "on" && self.before(on, 2) == "bears"
    }

    /// What is behind `extend`, outside of braces; `before` is the word before it.
    fn extended(&self, before: &str) -> Vec<Item> {
        match before {
            "extend" => {
                let facts = self.names(|symbol| matches!(symbol, Symbol::Fact(_) | Symbol::Kind(_)));
                std::iter::once(Item::word("group")).chain(facts).collect()
            }
            "group" => self.names(|symbol| matches!(symbol, Symbol::Group(_))),
            _ => {
                let values = Item::pattern("one of { .. }", "one of { ${1:borderline} }");
                std::iter::once(values).chain(OF_KINDS.iter().copied().map(Item::word)).collect()
            }
        }
    }

    pub(super) fn in_trial(&self, at: usize) -> Vec<Item> {
        if self.opener(at).is_none() {
            return Vec::new();
        }
        match self.before(at, 1) {
            "anchor" => self.anchors(),
            "of" | "as" | "phase" | "sponsor" | "product" | "source" | "incomplete" => Vec::new(),
            _ => {
                let keys = ["sponsor", "product", "phase"].map(|key| Item::new(key, "of the trial", Sort::Word));
                [Item::word("anchor"), Item::word("source"), Item::word("incomplete"), Item::word("results")]
                    .into_iter()
                    .chain(keys)
                    .collect()
            }
        }
    }
}
