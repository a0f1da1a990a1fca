//! Names, numbers, units and lists as people say them.

use std::collections::HashMap;
use std::hash::Hash;

use crate::ir::{EntryKind, Id};
use crate::number::Rational;
use crate::typed::Program;
use crate::units::Unit;
use crate::vocab::{AnchorId, Fact, FactId, KindId, Type};

/// The longest description that is in place of a name.
const LONGEST_PHRASE: usize = 60;

/// What is said of every name of a program.
pub(super) struct Words<'p> {
    pub program: &'p Program,
    /// How a fact is called in a sentence.
    facts: HashMap<FactId, String>,
    /// How a kind is called in a sentence.
    kinds: HashMap<KindId, String>,
    /// Groups by falling size, for sets of kinds.
    groups: Vec<(&'p str, &'p [KindId])>,
}

/// `due_to_lupus` as people read it.
pub(super) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// `a`, `a or b`, `a, b or c`
pub(super) fn list(items: &[String], joined: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {joined} {last}", first.join(", ")),
    }
}

/// A count of something.
pub(super) fn counted(count: u32, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// A number: exact, with a decimal next to a fraction that has no end.
pub(super) fn number(value: &Rational) -> String {
    let exact = value.to_string();
    if !exact.contains('/') {
        return exact;
    }
    let text = format!("{:.6}", value.to_f64());
    let near = text.trim_end_matches('0').trim_end_matches('.');
    if exact.len() <= 12 { format!("{exact} (about {near})") } else { format!("about {near} (exactly {exact})") }
}

/// A unit behind a number, `""` for plain numbers: `x10^9/L`, `mmHg`, `years`.
pub(super) fn unit(unit: &Unit) -> String {
    match unit.ucum() {
        "1" => return String::new(),
        "a" => return "years".to_owned(),
        "mo" => return "months".to_owned(),
        "wk" => return "weeks".to_owned(),
        "d" => return "days".to_owned(),
        "h" => return "hours".to_owned(),
        _ => {}
    }
    let text = unit.ucum().replace("[iU]", "IU").replace("[IU]", "IU").replace("[Hg]", "Hg");
    let text = text.replace("{1.73_m2}", "1.73 m2").replace(['{', '}'], "");
    let text = match text.strip_suffix("/d") {
        Some(rest) => format!("{rest}/day"),
        None => text,
    };
    match text.strip_prefix("10*") {
        Some(rest) => format!("x10^{rest}"),
        None => text,
    }
}

/// A number with its unit.
pub(super) fn quantity(value: &Rational, of: Option<&Unit>) -> String {
    let value = number(value);
    if of.is_some_and(Unit::is_titre) {
        return format!("1:{value}");
    }
    let unit = of.map(unit).unwrap_or_default();
    if unit.is_empty() { value } else { format!("{value} {unit}") }
}

/// The first words of a description, where they can stand for a name: a short noun phrase.
fn phrase(text: &str) -> Option<String> {
    let sentence = text.split(['.', ';', ':', '(']).next()?.trim();
    let first = match sentence.split_once(", ") {
        None => sentence,
        Some((head, rest)) => {
            // An aside can go; a list (`pleura, pericardium or abdomen`) cannot lose its end.
            let word = rest.split_whitespace().next()?;
            let aside =
                matches!(word, "with" | "by" | "from" | "such" | "as" | "known" | "not" | "of" | "for" | "in" | "and");
            if !aside {
                return None;
            }
            head
        }
    };
    let word = first.split_whitespace().next()?;
    let said = matches!(word, "The" | "A" | "An" | "How" | "Whether" | "Any" | "Has" | "At" | "Tends" | "Agrees");
    if said || first.is_empty() || first.len() > LONGEST_PHRASE {
        return None;
    }
    Some(lowered(first))
}

/// The first letter made small, unless the first word is a name or an abbreviation.
fn lowered(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    let mut letters = text.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    if word.chars().skip(1).all(|letter| letter.is_lowercase()) {
        first.to_lowercase().chain(letters).collect()
    } else {
        text.to_owned()
    }
}

impl<'p> Words<'p> {
    pub fn new(program: &'p Program) -> Words<'p> {
        let vocabulary = &program.vocabulary;
        let described = |fact: &'p Fact| fact.text.as_deref().filter(|_| fact.ty != Type::YesNo);
        let facts = called(vocabulary.facts.iter().map(|fact| (fact.name.as_str(), described(fact))));
        let kinds = called(vocabulary.kinds.iter().map(|kind| (kind.name.as_str(), kind.text.as_deref())));
        let mut groups: Vec<(&str, &[KindId])> =
            vocabulary.groups.iter().map(|group| (group.name.as_str(), group.members.as_slice())).collect();
        groups.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
        Words { program, facts, kinds, groups }
    }

    /// A fact in a sentence: `platelet count (platelets)`, `total bilirubin in serum`.
    pub fn fact(&self, id: FactId) -> String {
        self.facts.get(&id).cloned().unwrap_or_default()
    }

    /// A yes/no fact as a question's title.
    pub fn question(&self, id: FactId) -> String {
        self.program.vocabulary.facts.get(id).map(|fact| spaced(&fact.name)).unwrap_or_default()
    }

    pub fn anchor(&self, id: AnchorId) -> String {
        self.program.vocabulary.anchors.get(id).map(|anchor| spaced(&anchor.name)).unwrap_or_default()
    }

    /// The groups that some kinds are made of, and the kinds that are left, in declared order.
    pub fn cover(&self, kinds: &[KindId]) -> (Vec<&'p str>, Vec<KindId>) {
        let mut left: Vec<KindId> = kinds.to_vec();
        let mut found: Vec<(Option<KindId>, &'p str)> = Vec::new();
        for (name, members) in &self.groups {
            if members.len() > 1 && members.iter().all(|member| left.contains(member)) {
                left.retain(|kind| !members.contains(kind));
                found.push((members.first().copied(), name));
            }
        }
        found.sort_unstable();
        (found.into_iter().map(|(_, name)| name).collect(), left)
    }

    /// A kind in a sentence.
    pub fn kind(&self, id: KindId) -> String {
        self.kinds.get(&id).cloned().unwrap_or_default()
    }

    /// Kinds in a sentence: `stroke or transient ischaemic attack (tia)`.
    pub fn kinds(&self, kinds: &[KindId], joined: &str) -> String {
        let (groups, left) = self.cover(kinds);
        let names: Vec<String> =
            groups.into_iter().map(spaced).chain(left.into_iter().map(|kind| self.kind(kind))).collect();
        list(&names, joined)
    }

    /// What one entry of some kinds is called.
    pub fn entry_word(&self, kinds: &[KindId]) -> &'static str {
        let mut words =
            kinds.iter().filter_map(|id| self.program.vocabulary.kinds.get(*id)).map(|kind| match kind.word {
                EntryKind::Event => "occurrence",
                EntryKind::Condition => "episode",
                EntryKind::Drug => "course",
            });
        match words.next() {
            Some(first) if words.all(|word| word == first) => first,
            _ => "entry",
        }
    }

    /// Whether all of these are events: points, unless an entry gives an end.
    pub fn all_events(&self, kinds: &[KindId]) -> bool {
        kinds.iter().filter_map(|id| self.program.vocabulary.kinds.get(*id)).all(|kind| kind.word == EntryKind::Event)
    }
}

/// What names are called in sentences: their description where it is a short phrase, followed by the name unless the
/// phrase says it already; no two alike.
fn called<'t, I: Id + Hash>(names: impl Iterator<Item = (&'t str, Option<&'t str>)>) -> HashMap<I, String> {
    let said: Vec<(&str, String)> =
        names.map(|(name, text)| (name, text.and_then(phrase).unwrap_or_else(|| spaced(name)))).collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (_, said) in &said {
        *seen.entry(said.as_str()).or_default() += 1;
    }
    said.iter()
        .enumerate()
        .map(|(place, (name, said))| {
            let plain = said.to_lowercase();
            let contains = name.split('_').all(|word| plain.split([' ', '-']).any(|part| part == word));
            let alone = seen.get(said.as_str()).copied().unwrap_or(0) == 1;
            (I::new(place), if contains && alone { said.clone() } else { format!("{said} ({name})") })
        })
        .collect()
}
