//! `eligc vocab [NAME]`

use std::fmt::Write as _;

use super::args::VocabArgs;
use super::checked::checked;
use super::io::{Failure, Out};
use super::table::MAX_COLUMN;
use super::{CLEAN, FINDINGS};
use crate::abbreviation::{Equivalent, known};
use crate::diag::level::Levels;
use crate::diag::suggest::nearest_names;
use crate::driver::check_text;
use crate::ir::{EntryKind, Id};
use crate::legible;
use crate::number::Rational;
use crate::source::{column_width, padded};
use crate::units::accepted_units;
use crate::vocab::{Attribute, Code, SHIPPED, Symbol, Type, Vocabulary};

pub(super) fn run(args: &VocabArgs, out: &mut Out) -> Result<u8, Failure> {
    let vocabulary = match &args.file {
        Some(path) => checked(path, &Levels::default())?.vocabulary,
        None => {
            let all: String = SHIPPED.iter().map(|(name, _)| format!("use {name}\n")).collect();
            check_text("<vocabulary>", &all).vocabulary
        }
    };
    let Some(wanted) = &args.name else {
        let mut names: Vec<(&str, Symbol)> = all(&vocabulary);
        names.sort_by_key(|(name, symbol)| (rank(*symbol), (*name).to_owned()));
        list(&vocabulary, &names, out)?;
        return Ok(CLEAN);
    };
    if let Some(symbol) = vocabulary.symbols.get(wanted) {
        out.text(&legible::lines(&page(&vocabulary, wanted, *symbol)))?;
        return Ok(CLEAN);
    }
    let lower = wanted.to_lowercase();
    let mut found: Vec<(&str, Symbol)> = all(&vocabulary)
        .into_iter()
        .filter(|(name, symbol)| {
            name.contains(&lower)
                || text(&vocabulary, *symbol).is_some_and(|text| text.to_lowercase().contains(&lower))
                || codes(&vocabulary, *symbol).iter().any(|code| code.code.to_lowercase() == lower)
        })
        .collect();
    if found.is_empty()
        && let Some(row) = known(wanted)
    {
        let (here, name) = match row.here {
            Equivalent::Written(text) => (format!("write `{text}`"), row.name()),
            Equivalent::Declared(text) => (format!("the vocabulary has no name for it; declare it: `{text}`"), None),
        };
        out.error(&format!("`{wanted}` is {}: {here}\n", row.means))?;
        found = all(&vocabulary).into_iter().filter(|(found, _)| Some(*found) == name).collect();
        if found.is_empty() {
            return Ok(FINDINGS);
        }
    }
    if found.is_empty() {
        let near = nearest_names(wanted, vocabulary.symbols.keys().map(String::as_str), 5);
        found = all(&vocabulary).into_iter().filter(|(name, _)| near.contains(name)).collect();
        if !found.is_empty() {
            out.error(&format!("nothing is called `{wanted}`; near it:\n"))?;
        }
    }
    if found.is_empty() {
        out.error(&format!("nothing in the vocabulary matches `{wanted}`\n"))?;
        return Ok(FINDINGS);
    }
    if let [(name, symbol)] = found.as_slice() {
        out.text(&legible::lines(&page(&vocabulary, name, *symbol)))?;
        return Ok(CLEAN);
    }
    found.sort_by_key(|(name, symbol)| (rank(*symbol), (*name).to_owned()));
    list(&vocabulary, &found, out)?;
    Ok(CLEAN)
}

fn all(vocabulary: &Vocabulary) -> Vec<(&str, Symbol)> {
    vocabulary.symbols.iter().map(|(name, symbol)| (name.as_str(), *symbol)).collect()
}

fn rank(symbol: Symbol) -> u8 {
    match symbol {
        Symbol::Anchor(_) => 0,
        Symbol::Fact(_) => 1,
        Symbol::Kind(_) => 2,
        Symbol::Group(_) => 3,
        Symbol::Definition(_) => 4,
    }
}

fn list(vocabulary: &Vocabulary, names: &[(&str, Symbol)], out: &mut Out) -> Result<(), Failure> {
    let width = column_width(names.iter().map(|(name, _)| *name), MAX_COLUMN);
    for (name, symbol) in names {
        let first =
            text(vocabulary, *symbol).and_then(|text| text.lines().next().map(str::to_owned)).unwrap_or_default();
        let line = format!("{}  {:<34}  {first}", padded(name, width), describe(vocabulary, *symbol));
        out.text(&format!("{}\n", legible::line(line.trim_end())))?;
    }
    Ok(())
}

fn text(vocabulary: &Vocabulary, symbol: Symbol) -> Option<String> {
    match symbol {
        Symbol::Fact(id) => vocabulary.facts.get(id)?.text.clone(),
        Symbol::Kind(id) => vocabulary.kinds.get(id)?.text.clone(),
        Symbol::Group(id) => vocabulary.groups.get(id)?.text.clone(),
        Symbol::Anchor(id) => vocabulary.anchors.get(id)?.text.clone(),
        Symbol::Definition(id) => vocabulary.definitions.get(id)?.text.clone(),
    }
}

fn codes(vocabulary: &Vocabulary, symbol: Symbol) -> &[Code] {
    let codes = match symbol {
        Symbol::Fact(id) => vocabulary.facts.get(id).map(|fact| &fact.codes),
        Symbol::Kind(id) => vocabulary.kinds.get(id).map(|kind| &kind.codes),
        Symbol::Group(id) => vocabulary.groups.get(id).map(|group| &group.codes),
        Symbol::Anchor(_) | Symbol::Definition(_) => None,
    };
    codes.map_or(&[], Vec::as_slice)
}

fn describe(vocabulary: &Vocabulary, symbol: Symbol) -> String {
    match symbol {
        Symbol::Fact(id) => vocabulary.facts.get(id).map_or(String::new(), |fact| fact.ty.describe()),
        Symbol::Kind(id) => vocabulary.kinds.get(id).map_or(String::new(), |kind| word(kind.word).to_owned()),
        Symbol::Group(id) => {
            vocabulary.groups.get(id).map_or(String::new(), |group| format!("group of {}", group.members.len()))
        }
        Symbol::Anchor(_) => "anchor".to_owned(),
        Symbol::Definition(_) => "definition".to_owned(),
    }
}

fn word(word: EntryKind) -> &'static str {
    match word {
        EntryKind::Event => "event",
        EntryKind::Condition => "condition",
        EntryKind::Drug => "drug",
    }
}

/// Everything that is declared of a name.
fn page(vocabulary: &Vocabulary, name: &str, symbol: Symbol) -> String {
    let mut page = format!("{name}: {}\n", describe(vocabulary, symbol));
    if let Some(text) = text(vocabulary, symbol) {
        for line in text.lines() {
            let _ = writeln!(page, "  {line}");
        }
    }
    match symbol {
        Symbol::Fact(id) => {
            if let Some(fact) = vocabulary.facts.get(id) {
                range(&mut page, "possible", fact.possible.as_ref());
                range(&mut page, "plausible bounds", fact.plausible.as_ref());
                if let Type::Quantity(unit) = &fact.ty {
                    let units: Vec<String> =
                        accepted_units(unit, fact.ways()).into_iter().map(|(unit, _)| unit).collect();
                    let _ = writeln!(page, "  units: {}", units.join(", "));
                }
                if let Some(molar) = &fact.molar {
                    let _ = writeln!(page, "  molar mass: {molar} g/mol");
                }
                for scale in &fact.scales {
                    let rule = fact.unit().map_or(String::new(), |own| scale.rule(own));
                    let source = scale.source.as_ref().map_or(String::new(), |source| format!("  ({source})"));
                    let _ = writeln!(page, "  second scale: {rule}{source}");
                }
                let limits: Vec<&str> = [(fact.uln, "ULN"), (fact.lln, "LLN")]
                    .iter()
                    .filter(|(has, _)| *has)
                    .map(|(_, name)| *name)
                    .collect();
                if !limits.is_empty() {
                    let _ = writeln!(page, "  results carry: {}", limits.join(", "));
                }
                if fact.timeless {
                    page.push_str("  has no date\n");
                }
                if let Some(results) = &fact.results {
                    let _ = writeln!(page, "  results count {}", results.in_words());
                }
                if fact.otherwise.is_some() {
                    page.push_str("  computed from other facts where a record does not give it\n");
                }
                if fact.absent_means_no {
                    page.push_str("  absent means no\n");
                }
                attributes(&mut page, &fact.attributes);
            }
        }
        Symbol::Kind(id) => {
            if let Some(kind) = vocabulary.kinds.get(id) {
                let end = match kind.word {
                    EntryKind::Event => "happens at one moment unless an entry gives an end",
                    EntryKind::Condition | EntryKind::Drug => "lasts; an entry without an end may still run",
                };
                let _ = writeln!(page, "  {end}");
                if let Some(days) = &kind.half_life {
                    let _ = writeln!(page, "  half-life: {days} d");
                }
                if kind.absent_means_no {
                    page.push_str("  absent means none\n");
                }
                let member: Vec<&str> = vocabulary
                    .groups
                    .iter()
                    .filter(|group| group.members.contains(&id))
                    .map(|group| group.name.as_str())
                    .collect();
                if !member.is_empty() {
                    let _ = writeln!(page, "  in: {}", member.join(", "));
                }
                attributes(&mut page, &kind.attributes);
            }
        }
        Symbol::Group(id) => {
            if let Some(group) = vocabulary.groups.get(id) {
                let members: Vec<&str> = group
                    .members
                    .iter()
                    .filter_map(|kind| vocabulary.kinds.get(*kind))
                    .map(|kind| kind.name.as_str())
                    .collect();
                let _ = writeln!(page, "  members: {}", members.join(", "));
            }
        }
        Symbol::Anchor(id) => {
            let order: Vec<&str> = vocabulary.anchors.iter().map(|anchor| anchor.name.as_str()).collect();
            let _ = writeln!(page, "  {} of {} in time: {}", id.place() + 1, order.len(), order.join(", "));
        }
        Symbol::Definition(_) => {}
    }
    for code in codes(vocabulary, symbol) {
        let source = code.source.as_ref().map_or(String::new(), |source| format!("  ({source})"));
        let _ = writeln!(page, "  {} {}{source}", code.system, code.code);
    }
    page
}

fn range(page: &mut String, name: &str, range: Option<&(Rational, Rational)>) {
    if let Some((low, high)) = range {
        let _ = writeln!(page, "  {name}: {low} to {high}");
    }
}

fn attributes(page: &mut String, attributes: &[Attribute]) {
    for attribute in attributes {
        let text = attribute.text.as_ref().map_or(String::new(), |text| format!("  {}", text.replace('\n', " ")));
        let _ = writeln!(page, "  attribute {}: {}{text}", attribute.name, attribute.ty.describe());
    }
}
