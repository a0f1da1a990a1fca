//! What a place explains of itself, as Markdown.

use std::fmt::Write as _;
use std::ops::Range;

use super::help;
use super::references::Target;
use super::view::{Subject, View, kind_word};
use crate::diag::Severity;
use crate::narrate;
use crate::number::Rational;
use crate::units::{Scale, Unit};
use crate::vocab::{self, Attribute, Symbol, Type};

/// So many lines of an example are shown.
const EXAMPLE_LINES: usize = 30;

impl View<'_> {
    /// What the word at a byte explains, and its bytes.
    pub fn hover(&self, offset: usize) -> Option<(Range<usize>, String)> {
        let at = self.at(offset)?;
        if let Some(sign) = help::sign(self.said(at)).filter(|_| self.is_sign(at)) {
            let help::Word { form, text, .. } = sign;
            return Some((self.tokens.get(at)?.range(), format!("```elig\n{form}\n```\n{text}")));
        }
        let Some(place) = self.meaning(at) else {
            return self.shipped(at).or_else(|| self.undeclared(at)).or_else(|| self.word_here(at));
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
            Target::Example(name) => self.explain_example(name)?,
            Target::Word(word) => {
                let help::Word { form, text, .. } = help::word(word)?;
                let begun = self.begun(at).map_or(String::new(), |reading| format!("\n\n---\n\n{reading}"));
                format!("```elig\n{form}\n```\n{text}{begun}")
            }
        };
        Some((place.range, text))
    }

    /// Whether a comparison is at an index, or a limit of normal.
    fn is_sign(&self, at: usize) -> bool {
        let kind = self.tokens.get(at).map(|token| token.kind);
        kind == Some(super::Kind::Operator)
            || matches!(kind, Some(super::Kind::Name | super::Kind::Unit)) && self.symbol(self.said(at)).is_none()
    }

    /// The vocabulary that `use` names.
    fn shipped(&self, at: usize) -> Option<(Range<usize>, String)> {
        let token = self.tokens.get(at).filter(|_| self.before(at, 1) == "use")?;
        let (_, text) = vocab::SHIPPED.iter().find(|(name, _)| *name == self.said(at))?;
        let title = text.lines().find(|line| line.starts_with("vocabulary "))?;
        Some((
            token.range(),
            format!("```elig\n{title}\n```\nA shipped vocabulary. `eligc vocab` lists and searches it."),
        ))
    }

    /// What a word does that may be a name elsewhere.
    fn word_here(&self, at: usize) -> Option<(Range<usize>, String)> {
        let token = self.tokens.get(at).filter(|token| token.kind == super::Kind::Name)?;
        let known = help::word(self.said(at)).or_else(|| self.answer(at))?;
        Some((token.range(), format!("```elig\n{}\n```\n{}", known.form, known.text)))
    }

    /// What a word of an example says that is no name.
    fn answer(&self, at: usize) -> Option<&'static help::Word> {
        if self.in_example(at) { help::in_example(self.said(at)) } else { None }
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
                let unit = fact.unit().map_or(String::new(), Unit::everyday);
                lines.extend(range("possible", fact.possible.as_ref(), &unit));
                lines.extend(range("usual bounds", fact.plausible.as_ref(), &unit));
                let units = self.units_of(Subject::Fact(fact));
                let units: Vec<String> = units.iter().take(8).map(|unit| format!("`{}`", unit.label)).collect();
                if !units.is_empty() {
                    lines.push(format!("units: {}", units.join(", ")));
                }
                lines.extend(fact.molar.as_ref().map(|molar| format!("molar mass: {molar} g/mol")));
                lines.extend(fact.scales.iter().filter_map(|scale| Some(scale_line(scale, fact.unit()?))));
                let limits = [(fact.uln, "`x ULN`"), (fact.lln, "`x LLN`")];
                let limits: Vec<&str> = limits.iter().filter(|(has, _)| *has).map(|(_, name)| *name).collect();
                if !limits.is_empty() {
                    lines.push(format!("may be compared with {}", limits.join(" and ")));
                }
                if fact.timeless {
                    lines.push("has no date".to_owned());
                }
                lines.extend(fact.results.as_ref().map(|results| format!("results count {}", results.in_words())));
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
                // Where it is declared in this text, as written there.
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
            Symbol::Fact(id) => in_words(&vocabulary.facts.get(id)?.ty),
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
            return match self.answer(at) {
                Some(help::Word { form, text, .. }) => format!("```elig\n{form}\n```\n{text}"),
                None => format!("**{value}**"),
            };
        };
        format!("**{value}**: a value of `{}`, {}", subject.name(), in_words(subject.ty()))
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

    /// An example as written in the text.
    fn explain_example(&self, name: &str) -> Option<String> {
        let declared = self.same(&Target::Example(name.to_owned())).into_iter().find(|place| place.declares)?;
        let statement = self.statement(self.at(declared.range.start)?)?;
        let text = self.text.get(self.extent(statement))?;
        let mut lines: Vec<&str> = text.lines().take(EXAMPLE_LINES).collect();
        if text.lines().nth(EXAMPLE_LINES).is_some() {
            lines.push("  # ..");
        }
        Some(format!("```elig\n{}\n```", lines.join("\n")))
    }

    /// What the last check understood of a criterion, in plain English; nothing when an error is in it.
    fn reading(&self, id: &str) -> Option<String> {
        let checked = self.checked?;
        let program = checked.program.as_ref().or(checked.understood.as_ref())?;
        let criterion = program.criteria.iter().find(|criterion| criterion.id == id)?;
        let whole = criterion.span.range();
        let wrong = checked.diagnostics.iter().any(|found| {
            let place = found.primary.span;
            found.severity == Severity::Error
                && place.file == checked.main
                && place.range().start <= whole.end
                && whole.start <= place.range().end
        });
        (!wrong).then(|| narrate::criterion(program, criterion).trim_end().to_owned())
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

/// What values a type has; a unit as one writes it behind a number.
pub(super) fn in_words(ty: &Type) -> String {
    match ty {
        Type::Quantity(unit) => format!("quantity in {}", unit.everyday()),
        Type::Score { .. } | Type::Titre { .. } | Type::Ordinal { .. } | Type::Coded(_) | Type::YesNo | Type::Date => {
            ty.describe()
        }
    }
}

fn range(name: &str, range: Option<&(Rational, Rational)>, unit: &str) -> Option<String> {
    range.map(|(low, high)| format!("{name}: {low} to {high} {unit}").trim_end().to_owned())
}

pub(super) fn attribute_line(attribute: &Attribute) -> String {
    let text = attribute.text.as_ref().map_or(String::new(), |text| format!(": {}", text.replace('\n', " ")));
    format!("`{}` {}{text}", attribute.name, in_words(&attribute.ty))
}

fn explain_attribute(attribute: &Attribute) -> String {
    let text = attribute.text.as_ref().map_or(String::new(), |text| format!("\n\n{text}"));
    format!("**{}**: attribute, {}{text}", attribute.name, in_words(&attribute.ty))
}

/// `second scale: % = 0.09148 x mmol/mol + 2.152 (where the rule was read)`
fn scale_line(scale: &Scale, own: &Unit) -> String {
    let source = scale.source.as_ref().map_or(String::new(), |source| format!(" ({source})"));
    format!("second scale: {}{source}", scale.rule(own))
}

fn codes(codes: &[vocab::Code]) -> Vec<String> {
    codes.iter().map(|code| format!("{} {}", code.system, code.code)).collect()
}
