//! Which units fit behind a number.

use super::{Item, Sort};
use crate::ide::token::Kind;
use crate::ide::view::{Subject, View};
use crate::number::Rational;
use crate::units::{Conversion, Unit, Ways, accepted_units, everyday, one_spelling};
use crate::vocab::{Symbol, Type};

const TIMES: &[&str] = &["days", "weeks", "months", "years", "hours", "half_lives"];

/// The most units offered before one is begun.
const MOST: usize = 10;

/// The most digits of a size that is said next to a unit.
const SHORT: usize = 12;

impl View<'_> {
    pub(super) fn units(&self, at: usize, two: &str) -> Vec<Item> {
        let window = matches!(two, "within" | "lasting" | "than")
            || (two == "least" && matches!(self.before(at, 4), "for" | "lasting"));
        let times = || TIMES.iter().map(|time| Item::new(*time, "time", Sort::Unit));
        if window {
            return times().collect();
        }
        if matches!(two, "least" | "most" | "exactly") {
            // `at least 2 prior stroke`, `at least 2 of { .. }`, `sle_diagnosis at least 6 months before ..`
            let kinds = self.names(|symbol| matches!(symbol, Symbol::Kind(_) | Symbol::Group(_)));
            let words = ["of", "distinct", "prior", "current"].into_iter().map(Item::word);
            let behind_name = self.kind_before(at - 3) == Some(Kind::Name) || self.before(at, 4) == ")";
            return if behind_name { times().take(5).collect() } else { words.chain(kinds).collect() };
        }
        let Some(subject) = self.subject(at) else {
            return Vec::new();
        };
        let mut items = self.units_of(subject);
        if let Subject::Fact(fact) = subject
            && !self.in_example(at)
        {
            let limits = [(fact.uln, "x ULN", "upper limit of normal"), (fact.lln, "x LLN", "lower limit of normal")];
            let limits = limits.iter().filter(|(has, _, _)| *has);
            let behind = items.len().min(1);
            items.splice(behind..behind, limits.map(|(_, word, text)| Item::new(*word, *text, Sort::Unit)));
        }
        if items.is_empty() && !self.in_example(at) {
            items.extend(["and", "or", "unless", "when"].map(Item::word));
        }
        items
    }

    /// The units of what is compared, one of each size as it is usually written: its own, then the nearest in size.
    pub(in crate::ide) fn units_of(&self, subject: Subject<'_>) -> Vec<Item> {
        let Type::Quantity(unit) = subject.ty() else {
            return Vec::new();
        };
        let mut sizes: Vec<(String, Conversion)> = Vec::new();
        for (written, conversion) in spellings(subject, unit) {
            if sizes.iter().all(|(_, known)| *known != conversion) {
                let ucum = self.unit(&written).map_or(written.clone(), |unit| unit.ucum().to_owned());
                sizes.push((everyday(&ucum, &written), conversion));
            }
        }
        let own = sizes.len().min(1);
        if let Some(others) = sizes.get_mut(own..) {
            let apart = |size: f64| size.abs().ln().abs();
            others.sort_by(|one, other| apart(one.1.factor.to_f64()).total_cmp(&apart(other.1.factor.to_f64())));
        }
        sizes.truncate(MOST);
        let first = sizes.first().map(|(spelling, _)| spelling.clone()).unwrap_or_default();
        sizes
            .into_iter()
            .enumerate()
            .map(|(rank, (spelling, conversion))| {
                let Conversion { factor, .. } = &conversion;
                let size = factor.to_string();
                let detail = match rank {
                    0 => format!("the unit of {}", subject.name()),
                    _ if !conversion.is_straight() => {
                        format!("a logarithm: 3 is {} {first}", conversion.apply(&Rational::from_i64(3)))
                    }
                    _ if !conversion.is_linear() => format!("another scale than {first}"),
                    _ if factor.decimal_places().is_some() && size.len() <= SHORT => format!("1 is {size} {first}"),
                    _ => String::new(),
                };
                Item::new(spelling, detail, Sort::Unit)
            })
            .collect()
    }

    /// The other ways to write what may be at an index, once one of them is begun.
    pub(super) fn spelt_otherwise(&self, at: usize, begun: &str, offered: &[Item]) -> Vec<Item> {
        let units = offered.iter().any(|item| item.sort == Sort::Unit);
        let subject =
            self.subject(at).filter(|_| units && !begun.is_empty() && self.kind_before(at) == Some(Kind::Number));
        let Some((subject, Type::Quantity(unit))) = subject.map(|subject| (subject, subject.ty())) else {
            return Vec::new();
        };
        let mut items: Vec<Item> = Vec::new();
        for (written, _) in spellings(subject, unit) {
            let known = |items: &[Item]| items.iter().any(|item| item.label == written);
            if written.starts_with(begun) && !known(offered) && !known(&items) {
                items.push(Item::new(&written, format!("the same as {}", one_spelling(&written, true)), Sort::Unit));
            }
        }
        for item in &mut items {
            if item.detail == format!("the same as {}", item.label) {
                item.detail.clear();
            }
        }
        items
    }
}

fn spellings(subject: Subject<'_>, unit: &Unit) -> Vec<(String, Conversion)> {
    let ways = match subject {
        Subject::Fact(fact) => fact.ways(),
        Subject::Attribute(_) => Ways::default(),
    };
    accepted_units(unit, ways)
}
