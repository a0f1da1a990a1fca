//! A registry record in, the first draft of a trial out: its own numbers and words, each criterion still to be encoded.

mod identity;
mod list;
mod marker;
mod record;

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::fmt;
use crate::source::one_line;

pub use identity::{Number, Sponsor};
pub use list::{Item, Side};
pub use record::Record;

/// A program that teaches: every part of it is explained, it checks clean and its examples pass.
pub const STARTER: &str = include_str!("starter.elig");

/// A draft and whether the record listed any criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The program.
    pub text: String,
    /// No list of criteria was found; a `todo` stands in its place.
    pub empty: bool,
}

/// The draft of a trial from a registry record, as text or as the registry's JSON. `name` is what the file is called,
/// without its ending: the trial's id where the record gives none.
///
/// # Errors
/// What is wrong with the record, in words.
pub fn from_registry(text: &str, name: Option<&str>) -> Result<Draft, String> {
    let record = Record::read(text)?;
    let mut items = list::items(&record.criteria);
    let empty = items.is_empty();
    if empty {
        items.push(Item {
            side: Side::Inclusion,
            number: Some("1".to_owned()),
            text: "The record lists no criteria: take them from the protocol.".to_owned(),
            introduces: false,
        });
    } else if items.iter().all(|item| item.introduces || item.number.is_none()) {
        // A trial of notes alone would bar nobody.
        for item in &mut items {
            item.introduces = false;
            item.number.get_or_insert_with(|| "1".to_owned());
        }
    }
    let text = written(&record, name, &items);
    // A draft is in the one layout; should the layout refuse it, it is as good without.
    let text = fmt::format(&text).map_or(text, |laid_out| laid_out.text);
    Ok(Draft { text, empty })
}

fn written(record: &Record, name: Option<&str>, items: &[Item]) -> String {
    let mut out = String::new();
    out.push_str("# A first draft, made from a registry record: every criterion with its number and its words, none encoded yet.\n");
    out.push_str("# Put a condition in place of each `todo`; keep the words as `##` text before the statement.\n");
    out.push_str("# `eligc status` says how far it is, `eligc read` how it is understood.\n");
    if !record.fields.is_empty() {
        let _ = write!(out, "#\n# The record's own fields, which the list may not repeat:\n");
        for (name, value) in &record.fields {
            let _ = writeln!(out, "#   {}: {}", plain(name), plain(value));
        }
        out.push_str("# In this language: require [I0] age at consent between 18 and 70 years\n");
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
    for side in [Side::Inclusion, Side::Exclusion] {
        let (title, word) = match side {
            Side::Inclusion => ("Inclusion", "require"),
            Side::Exclusion => ("Exclusion", "exclude"),
        };
        let _ = write!(out, "\n# {title}\n");
        if !items.iter().any(|item| item.side == side) {
            let _ = writeln!(out, "# The record lists none.");
        }
        for item in items.iter().filter(|item| item.side == side) {
            let text = quoted(&item.text);
            let _ = match (&item.number, item.introduces) {
                (Some(number), false) => write!(out, "\n{word} [{}] todo {text}\n", numbers.fresh(side, number)),
                (Some(number), true) => write!(out, "\nnote [{}] {text}\n", numbers.fresh(side, number)),
                (None, _) => write!(out, "\nnote {text}\n"),
            };
        }
    }
    out
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
    taken: HashSet<String>,
}

impl Numbers {
    fn fresh(&mut self, side: Side, number: &str) -> String {
        let letter = match side {
            Side::Inclusion => 'I',
            Side::Exclusion => 'E',
        };
        let number = format!("{letter}{number}");
        let again = (2..).map(|count: u32| format!("{number}-{count}"));
        let id = std::iter::once(number.clone()).chain(again).find(|id| !self.taken.contains(id)).unwrap_or(number);
        self.taken.insert(id.clone());
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
