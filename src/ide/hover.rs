//! What a place explains of itself, as Markdown.

use std::fmt::Write as _;
use std::ops::Range;

use super::help;
use super::places::Target;
use super::view::{View, kind_word};
use crate::diag::Code;
use crate::number::Rational;
use crate::read;
use crate::units::{Unit, accepted_units};
use crate::vocab::{self, Attribute, Symbol, Type};

impl View<'_> {
    /// What the word at a byte explains, and its bytes.
    pub fn hover(&self, offset: usize) -> Option<(Range<usize>, String)> {
        let at = self.at(offset)?;
        let Some(place) = self.meaning(at) else {
            return self.unknown(at).or_else(|| self.word_here(at));
        };
        let text = match &place.target {
            Target::Symbol(symbol) => self.explain(*symbol)?,
            Target::Attribute(name, span) => {
                let facts = self.vocabulary.facts.iter().flat_map(|fact| &fact.attributes);
                let kinds = self.vocabulary.kinds.iter().flat_map(|kind| &kind.attributes);
                explain_attribute(facts.chain(kinds).find(|known| known.name == *name && known.span == *span)?)
            }
            Target::Value(value) => self.explain_value(at, value),
            Target::Unit(unit) => self.explain_unit(at, unit),
            Target::Criterion(id) => self.explain_criterion(id)?,
            Target::Example(name) => format!("the example \"{name}\""),
            Target::Word(word) => {
                let help::Word { form, text, .. } = help::word(word)?;
                let begun = self.begun(at).map_or(String::new(), |reading| format!("\n\n---\n\n{reading}"));
                format!("```elig\n{form}\n```\n{text}{begun}")
            }
        };
        Some((place.range, text))
    }

    /// What is said of a name that the check did not find: that, and the names near it as its diagnostic has them.
    fn unknown(&self, at: usize) -> Option<(Range<usize>, String)> {
        let range = self.tokens.get(at)?.range();
        let checked = self.checked?;
        let found = checked.diagnostics.iter().find(|found| {
            let place = found.primary.span;
            matches!(found.code, Code::E0201 | Code::E0204 | Code::E0206 | Code::E0207)
                && place.file == checked.main
                && place.range() == range
        })?;
        let name = self.said(at);
        let mut page = match found.code {
            Code::E0201 => format!("**{name}**: nothing of that name is declared"),
            _ => found.title.clone(),
        };
        let near: Vec<&str> = found.fixes.iter().map(|fix| fix.replacement.as_str()).collect();
        if near.is_empty() {
            for line in found.notes.iter().chain(&found.helps) {
                let _ = write!(page, "\n\n{line}");
            }
        } else {
            page.push_str("\n\nNames near it:\n");
        }
        for name in near {
            let _ = write!(page, "\n- {}", self.in_a_line(at, name));
        }
        Some((range, page))
    }

    /// A name that might stand at an index, with what it is and the first line of its text.
    fn in_a_line(&self, at: usize, name: &str) -> String {
        let attribute = self.filtered(at).and_then(|owner| {
            self.attributes(owner).into_iter().find(|attribute| attribute.name == name).map(attribute_line)
        });
        let symbol = || {
            let symbol = self.symbol(name)?;
            let text = self.text_of(symbol).and_then(|text| text.lines().next());
            let text = text.map_or(String::new(), |text| format!(": {text}"));
            Some(format!("`{name}` {}{text}", self.describe(symbol)?))
        };
        attribute.or_else(symbol).unwrap_or_else(|| format!("`{name}`"))
    }

    /// What a word does that may be a name elsewhere.
    fn word_here(&self, at: usize) -> Option<(Range<usize>, String)> {
        let token = self.tokens.get(at).filter(|token| token.kind == super::Kind::Name)?;
        let help::Word { form, text, .. } = help::word(self.said(at))?;
        Some((token.range(), format!("```elig\n{form}\n```\n{text}")))
    }

    /// Everything that is declared of a symbol.
    pub fn explain(&self, symbol: Symbol) -> Option<String> {
        let vocabulary = self.vocabulary;
        let mut page = format!("**{}**: {}\n", self.name(symbol)?, self.describe(symbol)?);
        if let Some(text) = self.text_of(symbol) {
            let _ = write!(page, "\n{}\n", text.replace('\n', "  \n"));
        }
        let mut lines: Vec<String> = Vec::new();
        match symbol {
            Symbol::Fact(id) => {
                let fact = vocabulary.facts.get(id)?;
                let unit = fact.unit().map_or("", Unit::ucum);
                lines.extend(range("possible", fact.possible.as_ref(), unit));
                lines.extend(range("usual bounds", fact.plausible.as_ref(), unit));
                if let Type::Quantity(unit) = &fact.ty {
                    // One spelling of each size is enough to know them by.
                    let mut sizes: Vec<Rational> = Vec::new();
                    let mut units: Vec<String> = Vec::new();
                    for (unit, size) in accepted_units(unit, fact.molar.as_ref(), &fact.equates) {
                        if !sizes.contains(&size) {
                            sizes.push(size);
                            units.push(format!("`{unit}`"));
                        }
                    }
                    units.truncate(8);
                    lines.push(format!("units: {}", units.join(", ")));
                }
                lines.extend(fact.molar.as_ref().map(|molar| format!("molar mass: {molar} g/mol")));
                let limits = [(fact.uln, "`x ULN`"), (fact.lln, "`x LLN`")];
                let limits: Vec<&str> = limits.iter().filter(|(has, _)| *has).map(|(_, name)| *name).collect();
                if !limits.is_empty() {
                    lines.push(format!("may be compared with {}", limits.join(" and ")));
                }
                if fact.timeless {
                    lines.push("has no date".to_owned());
                }
                if fact.otherwise.is_some() {
                    lines.push("computed from other facts where a record does not give it".to_owned());
                }
                if fact.absent_means_no {
                    lines.push("absent means no".to_owned());
                }
                lines.extend(fact.attributes.iter().map(attribute_line));
                lines.extend(codes(&fact.codes));
            }
            Symbol::Kind(id) => {
                let kind = vocabulary.kinds.get(id)?;
                lines.extend(kind.half_life.as_ref().map(|days| format!("half-life: {days} d")));
                if kind.absent_means_no {
                    lines.push("absent means none".to_owned());
                }
                let groups: Vec<&str> = vocabulary
                    .groups
                    .iter()
                    .filter(|group| group.members.contains(&id))
                    .map(|group| group.name.as_str())
                    .collect();
                if !groups.is_empty() {
                    lines.push(format!("in: {}", groups.join(", ")));
                }
                lines.extend(kind.attributes.iter().map(attribute_line));
                lines.extend(codes(&kind.codes));
            }
            Symbol::Group(id) => {
                let group = vocabulary.groups.get(id)?;
                let members = group.members.iter().filter_map(|id| vocabulary.kinds.get(*id));
                let members: Vec<&str> = members.map(|kind| kind.name.as_str()).collect();
                lines.push(format!("members: {}", members.join(", ")));
                lines.extend(codes(&group.codes));
            }
            Symbol::Anchor(_) => {
                let order: Vec<&str> = vocabulary.anchors.iter().map(|anchor| anchor.name.as_str()).collect();
                lines.push(format!("in time: {}", order.join(", ")));
            }
            Symbol::Definition(id) => {
                // Where it is declared in this text, as it stands there.
                let span = vocabulary.definitions.get(id)?.span;
                let start = self.at(span.start as usize).and_then(|at| self.statement(at));
                let own = start.filter(|start| self.said(start + 1) == self.name(symbol).unwrap_or_default());
                if let Some(text) = own.and_then(|start| self.text.get(self.extent(start))) {
                    let _ = write!(page, "\n```elig\n{text}\n```\n");
                }
            }
        }
        for line in lines {
            let _ = write!(page, "\n- {line}");
        }
        Some(page.trim_end().to_owned())
    }

    /// What a symbol is, in a few words.
    pub fn describe(&self, symbol: Symbol) -> Option<String> {
        let vocabulary = self.vocabulary;
        Some(match symbol {
            Symbol::Fact(id) => vocabulary.facts.get(id)?.ty.describe(),
            Symbol::Kind(id) => kind_word(vocabulary.kinds.get(id)?.word).to_owned(),
            Symbol::Group(id) => format!("group of {}", vocabulary.groups.get(id)?.members.len()),
            Symbol::Anchor(_) => "anchor".to_owned(),
            Symbol::Definition(_) => "definition".to_owned(),
        })
    }

    /// The `##` text of a symbol.
    pub fn text_of(&self, symbol: Symbol) -> Option<&str> {
        let vocabulary = self.vocabulary;
        match symbol {
            Symbol::Fact(id) => vocabulary.facts.get(id)?.text.as_deref(),
            Symbol::Kind(id) => vocabulary.kinds.get(id)?.text.as_deref(),
            Symbol::Group(id) => vocabulary.groups.get(id)?.text.as_deref(),
            Symbol::Anchor(id) => vocabulary.anchors.get(id)?.text.as_deref(),
            Symbol::Definition(id) => vocabulary.definitions.get(id)?.text.as_deref(),
        }
    }

    fn explain_value(&self, at: usize, value: &str) -> String {
        let subject = self.subject(at).filter(|subject| subject.values().iter().any(|known| known == value));
        let Some(subject) = subject else {
            return format!("**{value}**");
        };
        format!("**{value}**: a value of `{}`, {}", subject.name(), subject.ty().describe())
    }

    fn explain_criterion(&self, id: &str) -> Option<String> {
        let at = (0..self.tokens.len()).find(|at| {
            self.tokens.get(*at).is_some_and(|token| token.kind == super::Kind::Id) && self.said(*at) == id
        })?;
        let start = self.statement(at)?;
        let docs: Vec<&str> = (0..start)
            .rev()
            .take_while(|at| self.tokens.get(*at).is_some_and(|token| token.kind == super::Kind::Doc))
            .map(|at| self.said(at).trim_start_matches('#').trim())
            .collect();
        let docs: Vec<&str> = docs.into_iter().rev().collect();
        if let Some(reading) = self.reading(id) {
            return Some(reading);
        }
        let statement = self.text.get(self.extent(start))?;
        Some(format!("```elig\n{statement}\n```\n{}", docs.join("  \n")).trim_end().to_owned())
    }

    /// What the last check understood of a criterion, in plain English.
    fn reading(&self, id: &str) -> Option<String> {
        let program = self.checked?.program.as_ref()?;
        let criterion = program.criteria.iter().find(|criterion| criterion.id == id)?;
        Some(read::criterion(program, criterion).trim_end().to_owned())
    }

    /// The reading of the criterion that a statement word begins.
    fn begun(&self, at: usize) -> Option<String> {
        if !matches!(self.said(at), "require" | "exclude") || self.said(at + 1) != "[" {
            return None;
        }
        self.reading(self.said(at + 2))
    }

    /// The bytes of the statement that begins at an index.
    pub(super) fn extent(&self, start: usize) -> Range<usize> {
        let mut end = start;
        for at in start + 1..self.tokens.len() {
            let Some(token) = self.tokens.get(at) else {
                break;
            };
            match token.kind {
                super::Kind::Statement if self.statement(at) == Some(at) => break,
                super::Kind::Comment | super::Kind::Doc => {}
                _ => end = at,
            }
        }
        let from = self.tokens.get(start).map_or(0, |token| token.start);
        from..self.tokens.get(end).map_or(from, |token| token.end)
    }
}

fn range(name: &str, range: Option<&(Rational, Rational)>, unit: &str) -> Option<String> {
    range.map(|(low, high)| format!("{name}: {low} to {high} {unit}").trim_end().to_owned())
}

fn attribute_line(attribute: &Attribute) -> String {
    let text = attribute.text.as_ref().map_or(String::new(), |text| format!(": {}", text.replace('\n', " ")));
    format!("`{}` {}{text}", attribute.name, attribute.ty.describe())
}

fn explain_attribute(attribute: &Attribute) -> String {
    let text = attribute.text.as_ref().map_or(String::new(), |text| format!("\n\n{text}"));
    format!("**{}**: attribute, {}{text}", attribute.name, attribute.ty.describe())
}

fn codes(codes: &[vocab::Code]) -> Vec<String> {
    codes.iter().map(|code| format!("{} {}", code.system, code.code)).collect()
}
