//! What an editor shows next to the text: quantities in the unit their fact is kept in, the days of a window, the form of
//! what is being written.

use std::ops::Range;

use super::token::Kind;
use super::view::View;

/// A form with the parts to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// `within LENGTH before ANCHOR`
    pub label: &'static str,
    /// What it means.
    pub text: &'static str,
    /// The parts, as written in the label.
    pub parts: &'static [&'static str],
    /// Which is being written.
    pub active: usize,
}

/// A text to show in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The byte it is behind.
    pub offset: usize,
    /// What is shown.
    pub text: String,
    /// What it means, where that needs saying.
    pub tooltip: Option<String>,
}

impl View<'_> {
    /// Texts to show in a stretch, in the order of their places.
    pub fn hints(&self, within: Range<usize>) -> Vec<Hint> {
        let first = self.tokens.partition_point(|token| token.end <= within.start);
        let last = self.tokens.partition_point(|token| token.start < within.end);
        let quantities = (first..last)
            .filter(|at| self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Unit))
            .filter_map(|at| {
                let (value, unit) = self.canonical(at)?;
                Some(Hint {
                    offset: self.tokens.get(at)?.end,
                    text: format!("= {value} {}", unit.everyday()),
                    tooltip: None,
                })
            });
        let windows = self.windows(first..last).into_iter().map(|days| Hint {
            offset: days.end,
            text: days.text,
            tooltip: Some(format!("the days of this window in the example {}, both ends included", days.example)),
        });
        let mut hints: Vec<Hint> = quantities.chain(windows).collect();
        hints.sort_by_key(|hint| hint.offset);
        hints
    }

    /// The form that the cursor is in.
    pub fn form(&self, offset: usize) -> Option<Form> {
        let next = self
            .tokens
            .partition_point(|token| token.end < offset || (token.end == offset && token.kind == Kind::Mark));
        let start = self.statement(next.checked_sub(1)?)?;
        if let Some(open) = self.typing(next).opener(next)
            && matches!(self.before(open, 1), "min" | "max")
        {
            let commas = (open..next).filter(|at| self.said(*at) == ",").count();
            let (label, text) = match self.before(open, 1) {
                "min" => ("min(A, B, ..)", "the least of them"),
                _ => ("max(A, B, ..)", "the greatest of them"),
            };
            return Some(Form { label, text, parts: &["A", "B", ".."], active: commas.min(2) });
        }
        let at = (start..next).rev().take(6).find(|at| {
            matches!(self.said(*at), "within" | "lasting" | "between")
                || matches!((self.said(*at), self.said(at + 1)), ("for", "at") | ("more", "than"))
        })?;
        let written = next - at;
        let words = |upto: usize| (at + 1..next).take(upto).collect::<Vec<_>>();
        let has_side = words(6).into_iter().any(|at| matches!(self.said(at), "before" | "after" | "of"));
        let form = |label, text, parts, active| Some(Form { label, text, parts, active });
        match self.said(at) {
            "within" if written <= 5 => form(
                "within LENGTH before ANCHOR",
                "from so long before the anchor up to it, both ends included; `after` and `of` (both sides) may be used instead of `before`",
                &["LENGTH", "before", "ANCHOR"],
                if has_side { 2 } else { usize::from(written > 2) },
            ),
            "more" if written <= 6 => form(
                "more than LENGTH before ANCHOR",
                "longer ago than that; that day itself does not count",
                &["LENGTH", "before", "ANCHOR"],
                if has_side { 2 } else { usize::from(written > 3) },
            ),
            "for" if written <= 7 => form(
                "for at least LENGTH before ANCHOR",
                "without a break through that time up to the anchor",
                &["LENGTH", "ANCHOR"],
                usize::from(has_side),
            ),
            "lasting" if written <= 5 => {
                form("lasting at least LENGTH", "only entries that last so long", &["LENGTH"], 0)
            }
            "between" if written <= 5 => form(
                "between LOW and HIGH UNIT",
                "from the one to the other, both ends included",
                &["LOW", "HIGH", "UNIT"],
                match (words(5).into_iter().any(|at| self.said(at) == "and"), written) {
                    (false, _) => 0,
                    (true, ..=3) => 1,
                    (true, _) => 2,
                },
            ),
            _ => None,
        }
    }
}
