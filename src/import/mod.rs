//! A registry record in, the first draft of a trial out: its own numbers and words, each criterion still to be encoded.

mod age;
mod broken;
mod ctis;
mod element;
mod fields;
mod forms;
mod heading;
mod ictrp;
mod identity;
mod inline;
mod intro;
mod item;
mod json;
mod lexicon;
mod list;
mod marker;
mod markup;
mod page;
mod phrase;
mod record;
mod tail;
mod xml;

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::fmt;
use crate::source::one_line;

pub use identity::{Number, Sponsor};
pub use item::{Item, Side};
pub use record::Record;

/// A program that teaches: every part of it is explained, it checks clean and its examples pass.
pub const STARTER: &str = include_str!("starter.elig");

/// A draft and what is not sure of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The program.
    pub text: String,
    /// No list of criteria was found; a `todo` is in its place.
    pub empty: bool,
    /// What the record does not say and a person must settle, one sentence each.
    pub open: Vec<String>,
}

/// The draft of a trial from a registry record: text, JSON or XML of ClinicalTrials.gov, JSON of the European system, XML
/// of the WHO's search portal. `name` is what the file is called, without its ending: the trial's id where the record gives none. `study` is the number of the study to take
/// where the file has several.
///
/// # Errors
/// What is wrong with the record, in words.
pub fn from_registry(text: &str, name: Option<&str>, study: Option<&str>) -> Result<Draft, String> {
    let record = Record::read(text, study)?;
    let mut items = list::items(&record.criteria);
    let empty = items.iter().all(|item| item.text.trim().is_empty() || item.number.is_none() && item.side.is_none());
    if empty {
        let text = "The record lists no criteria: take them from the protocol.";
        items.push(Item::new(Some(Side::Inclusion), Some("1".to_owned()), text, false));
    } else if items.iter().all(|item| item.introduces || item.number.is_none()) {
        // A trial of notes alone would exclude no patient.
        for item in &mut items {
            item.introduces = false;
            item.number.get_or_insert_with(|| "1".to_owned());
        }
    }
    let (text, unsaid, broken) = written(&record, name, &items);
    let mut open = Vec::new();
    if empty {
        open.push("no list of criteria was found; the draft has one `todo` in its place".to_owned());
    }
    if let Some(first) = unsaid.first() {
        let which = match unsaid.last().filter(|_| unsaid.len() > 1) {
            Some(last) => format!("[{first}] to [{last}] ({} texts)", unsaid.len()),
            None => format!("[{first}]"),
        };
        open.push(format!("the record does not say for sure whether {which} must hold or must not: each is a `require` until you decide"));
    }
    for (id, broken) in broken {
        open.push(format!(
            "a line of [{id}] ends where a number may be broken, `{broken}`: compare it with the record"
        ));
    }
    open.extend(record.open);
    // A draft is in the one layout; should the layout refuse it, it is as good without.
    let text = fmt::format(&text).map_or(text, |laid_out| laid_out.text);
    Ok(Draft { text, empty, open })
}

/// The program, the numbers of the statements whose side the record does not say, and those in which the end of a line
/// may break a number, with its two parts.
fn written(record: &Record, name: Option<&str>, items: &[Item]) -> (String, Vec<String>, Vec<(String, String)>) {
    let mut out = String::new();
    out.push_str("# A first draft, made from a registry record: every criterion with its number and its words, none encoded yet.\n");
    out.push_str("# Put a condition in place of each `todo`; keep the words as `##` text before the statement.\n");
    out.push_str("# `eligc status` says how far it is, `eligc read` how it is understood.\n");
    if !record.fields.is_empty() {
        let _ = write!(out, "#\n# The record's own fields, which the list may not repeat:\n");
        for (name, value) in &record.fields {
            let _ = writeln!(out, "#   {}: {}", plain(name), plain(value));
        }
        for line in age::hint(&record.ages) {
            let _ = writeln!(out, "# In this language: {line}");
        }
    }
    if let Some(line) = &record.ended {
        let _ = writeln!(out, "#\n# The list was taken to end before this line of the page: {}", plain(line));
    }
    let (id, said) = id(record, name);
    let _ = write!(out, "\n{said}trial {id}");
    if let Some(title) = &record.title {
        let _ = write!(out, " {}", quoted(title));
    }
    out.push_str(" {\n");
    match &record.sponsor {
        Some(Sponsor { name, labelled }) => {
            if !labelled {
                out.push_str(
                    "  # The page shows this name without calling it the sponsor: compare it with the protocol.\n",
                );
            }
            let _ = writeln!(out, "  sponsor {}", quoted(name));
        }
        None => out.push_str("  # The record names no sponsor.\n"),
    }
    if let Some(phase) = &record.phase {
        let _ = writeln!(out, "  phase {}", quoted(phase));
    }
    let registry = record.registry.unwrap_or("a registry record");
    let _ = match &record.as_of {
        Some(date) => writeln!(out, "  source \"{registry}\" as of {date}"),
        None => writeln!(out, "  source \"{registry}\""),
    };
    out.push_str("  anchor screening\n}\n\nuse sle\n");
    let mut numbers = Numbers::default();
    let (mut unsaid, mut broken) = (Vec::new(), Vec::new());
    for side in [Some(Side::Inclusion), Some(Side::Exclusion), None] {
        let (title, word, letter) = match side {
            Some(Side::Inclusion) => ("Inclusion", "require", 'I'),
            Some(Side::Exclusion) => ("Exclusion", "exclude", 'E'),
            None => ("Not said whether these include or exclude", "require", 'U'),
        };
        let any = items.iter().any(|item| item.side == side);
        if !any && side.is_none() {
            continue;
        }
        let _ = write!(out, "\n# {title}\n");
        if !any {
            let _ = writeln!(out, "# The record lists none.");
        }
        if side.is_none() {
            out.push_str("# Decide each: `require` what must hold, `exclude` what must not.\n");
        }
        for item in items.iter().filter(|item| item.side == side) {
            let text = quoted(&item.text);
            let _ = match (&item.number, item.introduces) {
                (Some(number), false) => {
                    let id = numbers.fresh(letter, number);
                    if side.is_none() {
                        out.push_str("\n## The record does not say for sure whether this must hold or must not.");
                        unsaid.push(id.clone());
                    }
                    if let Some(parts) = &item.broken {
                        let _ = write!(out, "\n# A line of the record ends within `{parts}`: compare the number.");
                        broken.push((id.clone(), parts.clone()));
                    }
                    write!(out, "\n{word} [{id}] todo {text}\n")
                }
                (Some(number), true) => write!(out, "\nnote [{}] {text}\n", numbers.fresh(letter, number)),
                (None, _) => write!(out, "\nnote {text}\n"),
            };
        }
    }
    (out, unsaid, broken)
}

/// The trial's id, and the comment that says where it is from when it is no number of a registry.
fn id(record: &Record, name: Option<&str>) -> (String, String) {
    if let Some(number) = &record.number {
        return (number.id.clone(), String::new());
    }
    if let Some(code) = &record.code {
        return (
            code.clone(),
            format!("# The record gives no number of a registry; `{code}` is the sponsor's code.\n"),
        );
    }
    match name.and_then(identity::slug) {
        Some(name) => {
            let said = format!("# The record gives no number of a registry; `{name}` is what its file is called.\n");
            (name, said)
        }
        None => {
            ("DRAFT".to_owned(), "# The record gives no number of a registry: put the trial's own here.\n".to_owned())
        }
    }
}

/// Numbers that stand once each.
#[derive(Default)]
struct Numbers {
    /// The numbers that stand, and how often each was asked for.
    taken: HashMap<String, u32>,
}

impl Numbers {
    fn fresh(&mut self, letter: char, number: &str) -> String {
        let number = format!("{letter}{number}");
        let mut count = self.taken.get(&number).copied().unwrap_or(0) + 1;
        let mut id = if count == 1 { number.clone() } else { format!("{number}-{count}") };
        while count > 1 && self.taken.contains_key(&id) {
            count += 1;
            id = format!("{number}-{count}");
        }
        self.taken.insert(number, count);
        self.taken.entry(id.clone()).or_insert(1);
        id
    }
}

/// Text on one line.
fn plain(text: &str) -> String {
    let folded = one_line(text);
    folded.chars().filter(|letter| !letter.is_control()).collect()
}

/// A text of the language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text).replace('\\', "\\\\").replace('"', "\\\""))
}
