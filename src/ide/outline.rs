//! The statements of a text as an outline.

use std::ops::Range;

use super::token::Kind;
use super::view::View;

/// What an entry of an outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The trial or vocabulary.
    Trial,
    /// A criterion or a note.
    Criterion,
    /// A definition.
    Definition,
    /// An example.
    Example,
    /// A fact.
    Fact,
    /// A kind or a group.
    Kind,
    /// An anchor.
    Anchor,
    /// A unit.
    Unit,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name: a criterion's number, a declared name.
    pub name: String,
    /// What it says, cut to a line.
    pub detail: String,
    /// What it is.
    pub sort: Sort,
    /// The whole statement.
    pub range: Range<usize>,
    /// Its name alone.
    pub name_range: Range<usize>,
}

impl View<'_> {
    /// The entries in the order of the text.
    pub fn outline(&self) -> Vec<Entry> {
        let starts: Vec<usize> = (0..self.tokens.len())
            .filter(|at| self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Statement))
            .filter(|at| self.statement(*at) == Some(*at))
            .collect();
        starts.into_iter().filter_map(|start| self.entry(start)).collect()
    }

    fn entry(&self, start: usize) -> Option<Entry> {
        let word = self.said(start);
        let sort = match word {
            "trial" | "vocabulary" => Sort::Trial,
            "require" | "exclude" | "note" | "assert" => Sort::Criterion,
            "define" => Sort::Definition,
            "example" => Sort::Example,
            "fact" => Sort::Fact,
            "extend" => Sort::Kind,
            "event" | "condition" | "drug" | "group" => Sort::Kind,
            "anchor" => Sort::Anchor,
            "unit" => Sort::Unit,
            _ => return None,
        };
        let range = self.extent(start);
        let numbered = self.said(start + 1) == "[";
        let of_group = word == "extend" && self.said(start + 1) == "group";
        let named = if numbered || of_group { start + 2 } else { start + 1 };
        let token = self.tokens.get(named).filter(|token| token.end <= range.end);
        let bare = sort == Sort::Criterion && !numbered;
        let (name, name_range) = match token.filter(|_| !bare) {
            Some(token) => (token.of(self.text).trim_matches('"').to_owned(), token.range()),
            None => (word.to_owned(), self.tokens.get(start)?.range()),
        };
        let rest =
            self.text.get(name_range.end..range.end).unwrap_or_default().trim_start_matches([']', ':', '=', ' ']);
        let first = rest.split(['\n', '\r']).next().unwrap_or_default().trim_end_matches('{').trim();
        let mut detail: String = first.chars().take(80).collect();
        if sort == Sort::Criterion && numbered {
            detail = format!("{word} {detail}");
        }
        let name = if name.is_empty() { word.to_owned() } else { name };
        Some(Entry { name, detail: detail.trim().to_owned(), sort, range, name_range })
    }
}
