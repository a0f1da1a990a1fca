//! The same said otherwise: edits of a criterion that a person asks for at a place. None of them changes who is
//! eligible, but the one that makes a question of a `todo`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::references::Target;
use super::token::Kind;
use super::unit::By;
use super::view::View;
use crate::number::Rational;
use crate::source::FileId;
use crate::syntax;
use crate::syntax::ast::{ExprKind, StatementKind};
use crate::syntax::lexer::comparison_of;
use crate::units::{everyday, one_spelling};

/// An edit offered at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// What it does, as an act.
    pub title: String,
    /// The bytes replaced and what replaces them, in the order of the text; none overlap.
    pub edits: Vec<(Range<usize>, String)>,
}

impl View<'_> {
    /// What can be written otherwise at a place: where the cursor is, or what is selected of one statement.
    pub fn rewrites(&self, place: Range<usize>) -> Vec<Rewrite> {
        let Some(at) = self.at(place.start) else {
            return Vec::new();
        };
        let Some(start) = self.statement(at).filter(|start| place.end <= self.extent(*start).end) else {
            return Vec::new();
        };
        if !matches!(self.said(start), "require" | "exclude" | "define") {
            return Vec::new();
        }
        let mut found: Vec<Rewrite> = self.in_canonical_unit(at).into_iter().collect();
        found.extend(self.asked(at, start));
        found.extend(self.numbered(start));
        found.extend(self.turned(start));
        found
    }

    /// `platelets >= 20000 /uL` to `platelets >= 20 x10^9/L`.
    fn in_canonical_unit(&self, at: usize) -> Option<Rewrite> {
        let is = |at: usize, kind| self.tokens.get(at).is_some_and(|token| token.kind == kind);
        // The cursor is on the unit, on its number, or on the lower of two numbers that share a unit.
        let unit = [at, at + 1, at + 3].into_iter().find(|unit| is(*unit, Kind::Unit)).filter(|unit| {
            is(at, Kind::Unit)
                || is(at, Kind::Number)
                    && (*unit == at + 1 || self.before(at, 1) == "between" && self.said(at + 1) == "and")
        })?;
        let number = unit.checked_sub(1).filter(|number| is(*number, Kind::Number))?;
        let shared = self.before(number, 1) == "and" && self.before(number, 3) == "between";
        let first = if shared { number - 2 } else { number };
        let ranged = shared
            || self.before(number, 1) == "between"
            || self.before(number, 1) == "and" && self.before(number, 4) == "between";
        let compared = comparison_of(self.before(number, 1)).is_some_and(|comparison| comparison.accepted);
        if !ranged && !compared {
            return None;
        }
        let kept = self.kept(unit)?;
        if self.unit(self.said(unit))?.ucum() == kept.unit.ucum() {
            return None;
        }
        if kept.by != By::Size {
            // Only the fact itself, not what is computed from it, converts so.
            let sign = if self.before(number, 1) == "and" { self.before_between(number)? } else { number - 1 };
            let direct = sign.checked_sub(1).is_some_and(|before| self.said(before) == kept.subject.name())
                && !matches!(self.before(sign, 2), "+" | "-" | "*" | "/" | "^" | "x" | "×");
            if !direct || matches!(self.said(unit + 1), "+" | "-" | "*" | "/" | "^" | "x" | "×") {
                return None;
            }
        }
        let converted = |at: usize| {
            let value = kept.conversion.apply(&Rational::parse_literal(&self.said(at).replace('_', "")).ok()?);
            value.decimal_places().map(|_| value.to_string())
        };
        let spelling = match kept.unit.ucum() {
            "1" => String::new(),
            ucum => format!(" {}", self.spelt(ucum).unwrap_or_else(|| everyday(ucum, kept.unit.written()))),
        };
        let high = format!("{}{spelling}", converted(number)?);
        let range = |from: usize, to: usize| Some(self.tokens.get(from)?.start..self.tokens.get(to)?.end);
        let mut edits = vec![(range(number, unit)?, high.clone())];
        let mut title = high;
        if shared {
            let low = converted(first)?;
            title = format!("{low} and {title}");
            edits.insert(0, (range(first, first)?, low));
        }
        Some(Rewrite { title: format!("write `{title}`, in the unit of `{}`", kept.subject.name()), edits })
    }

    /// The `between` that the number behind its `and` belongs to.
    fn before_between(&self, number: usize) -> Option<usize> {
        [3, 4].into_iter().filter_map(|back| number.checked_sub(back)).find(|at| self.said(*at) == "between")
    }

    /// How this text spells a unit behind a number, if it does.
    fn spelt(&self, ucum: &str) -> Option<String> {
        let units = (1..self.tokens.len()).filter(|at| {
            let kind = |at: usize| self.tokens.get(at).map(|token| token.kind);
            kind(*at) == Some(Kind::Unit) && kind(*at - 1) == Some(Kind::Number)
        });
        units
            .map(|at| self.said(at))
            .find(|written| self.unit(written).is_some_and(|unit| unit.ucum() == ucum))
            .map(|written| one_spelling(written, true))
    }

    /// `todo "text"` to `judged "text"`.
    fn asked(&self, at: usize, start: usize) -> Option<Rewrite> {
        let end = self.extent(start).end;
        let statement = start..self.tokens.partition_point(|token| token.start < end);
        let todos: Vec<usize> = statement
            .filter(|at| {
                self.said(*at) == "todo" && self.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Text)
            })
            .collect();
        let here = todos.iter().find(|todo| at == **todo || at == **todo + 1);
        let todo = here.or(if let [only] = todos.as_slice() { Some(only) } else { None })?;
        Some(Rewrite {
            title: "ask the investigator: write `judged` for `todo`".to_owned(),
            edits: vec![(self.tokens.get(*todo)?.range(), "judged".to_owned())],
        })
    }

    /// A number for a criterion without one: the next of its series in this file, and the one it goes by now.
    fn numbered(&self, start: usize) -> Vec<Rewrite> {
        let word = self.said(start);
        if !matches!(word, "require" | "exclude") || self.said(start + 1) == "[" {
            return Vec::new();
        }
        let before = self.called(None);
        let Some(now) = before.get(&start).cloned() else {
            return Vec::new();
        };
        let next = self.next_number(word);
        let titled = [
            (next.clone(), format!("give it the next number, `{next}`")),
            (now.clone(), format!("give it the number `{now}`, which it goes by now")),
        ];
        let Some(behind) = self.tokens.get(start).map(|token| token.end) else {
            return Vec::new();
        };
        let offer = |(number, title): (String, String)| {
            let mut edits = vec![(behind..behind, format!(" [{number}]"))];
            // Examples name criteria without a number by their places, which may now be others.
            let after = self.called(Some((start, &number)));
            let renamed: HashMap<&str, &str> = before
                .iter()
                .filter_map(|(criterion, old)| Some((old.as_str(), after.get(criterion)?.as_str())))
                .filter(|(old, new)| old != new)
                .collect();
            for (at, token) in self.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Name) {
                if let Some((Target::Criterion(old), false)) =
                    self.meaning(at).map(|place| (place.target, place.declares))
                    && let Some(new) = renamed.get(old.as_str())
                {
                    edits.push((token.start..token.start + old.len(), (*new).to_owned()));
                }
            }
            edits.sort_by_key(|(range, _)| range.start);
            Rewrite { title, edits }
        };
        titled.map(offer).into_iter().collect()
    }

    /// What the checker calls the criteria without a number, by their first words, once one of them is given a number.
    fn called(&self, given: Option<(usize, &str)>) -> HashMap<usize, String> {
        let mut taken: HashSet<&str> =
            self.tokens.iter().filter(|token| token.kind == Kind::Id).map(|token| token.of(self.text)).collect();
        taken.extend(given.map(|(_, number)| number));
        let (mut required, mut excluded) = (0_u32, 0_u32);
        let mut names = HashMap::new();
        for at in 0..self.tokens.len() {
            let (letter, count) = match self.said(at) {
                "require" => ("R", &mut required),
                "exclude" => ("X", &mut excluded),
                _ => continue,
            };
            if self.statement(at) != Some(at) || self.said(at + 1) == "[" {
                continue;
            }
            let name = match given {
                Some((criterion, number)) if criterion == at => number.to_owned(),
                _ => loop {
                    *count += 1;
                    let name = format!("{letter}{count}");
                    if !taken.contains(name.as_str()) {
                        break name;
                    }
                },
            };
            names.insert(at, name);
        }
        names
    }

    /// The number behind the highest of the criteria of one word: `I7` behind `I5`, `I6.1`.
    pub(super) fn next_number(&self, word: &str) -> String {
        let ids = |of: &str| -> Vec<&str> {
            let at = (2..self.tokens.len()).filter(|at| {
                self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Id)
                    && (of.is_empty() || self.before(*at, 2) == of)
            });
            at.map(|at| self.said(at)).collect()
        };
        let parts = |id: &&str| -> Option<(String, u64)> {
            let digits = id.find(|letter: char| letter.is_ascii_digit())?;
            let (letters, rest) = id.split_at_checked(digits)?;
            let whole = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
            Some((letters.to_owned(), whole.parse().ok()?))
        };
        let own: Vec<(String, u64)> = ids(word).iter().filter_map(parts).collect();
        let usual = if word == "require" { "I" } else { "E" };
        let series = own.last().map_or(usual.to_owned(), |(letters, _)| letters.clone());
        let mut number =
            own.iter().filter(|(letters, _)| *letters == series).map(|(_, number)| *number).max().unwrap_or(0);
        let taken = ids("");
        loop {
            number = number.saturating_add(1);
            let name = format!("{series}{number}");
            if !taken.contains(&name.as_str()) {
                return name;
            }
        }
    }

    /// `exclude C` to `require not C`, and back. Both keep out the same patients and wait for the same facts.
    fn turned(&self, start: usize) -> Option<Rewrite> {
        let word = self.said(start);
        // Without a number of its own the criterion would be called otherwise.
        if !matches!(word, "require" | "exclude") || self.said(start + 1) != "[" {
            return None;
        }
        let extent = self.extent(start);
        let parsed = syntax::parse(FileId(0), self.text.get(extent.clone())?);
        let [statement] = parsed.file.statements.as_slice() else {
            return None;
        };
        let StatementKind::Criterion { clause, .. } = &statement.kind else {
            return None;
        };
        if !parsed.diagnostics.is_empty() || !clause.alternatives.is_empty() || clause.guard.is_some() {
            return None;
        }
        // Behind `[`, the number and `]`.
        let condition = start + 4;
        // `, results count for 28 days` is about the criterion: it stays behind the condition.
        let behind = match &clause.results {
            Some(results) => {
                let count = extent.start + results.span.range().start;
                self.tokens.partition_point(|token| token.start < count).checked_sub(2)?
            }
            None => self.tokens.partition_point(|token| token.start < extent.end),
        };
        let last = behind.checked_sub(1)?;
        let place = |at: usize| self.tokens.get(at).map(|token| token.range());
        let end = place(last)?.end;
        let whole = |open: usize| self.said(open) == "(" && self.closer(open) == Some(last);
        let first = place(condition)?.start;
        let turned = if word == "require" { "exclude" } else { "require" };
        let mut edits = vec![(place(start)?, turned.to_owned())];
        let said = match &clause.main.kind {
            ExprKind::Not(_) if self.said(condition) == "not" => {
                if whole(condition + 1) {
                    edits.push((first..place(condition + 2)?.start, String::new()));
                    edits.push((place(last.checked_sub(1)?)?.end..place(last)?.end, String::new()));
                } else {
                    edits.push((first..place(condition + 1)?.start, String::new()));
                }
                format!("{turned} ..")
            }
            // Nobody says `exclude not C` for `require C`.
            _ if word == "require" => return None,
            ExprKind::And(_) | ExprKind::Or(_) if !whole(condition) => {
                edits.push((first..first, "not (".to_owned()));
                edits.push((end..end, ")".to_owned()));
                "require not (..)".to_owned()
            }
            _ => {
                edits.push((first..first, "not ".to_owned()));
                "require not ..".to_owned()
            }
        };
        Some(Rewrite { title: format!("write it as `{said}`, which keeps out the same patients"), edits })
    }
}
