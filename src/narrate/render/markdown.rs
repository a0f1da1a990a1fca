//! A reading as Markdown.

use std::fmt::Write as _;

use super::{capital, closed, listed};
use crate::legible;
use crate::narrate::{Entry, Item, Mark, Reading};
use crate::source::one_line;

/// The whole reading.
pub fn trial(reading: &Reading) -> String {
    let mut out = match &reading.title {
        Some(title) => format!("# {}: {}\n", escaped(&reading.id), escaped(title)),
        None => format!("# {}\n", escaped(&reading.id)),
    };
    if !reading.details.is_empty() {
        out.push('\n');
        for (name, value) in &reading.details {
            let _ = writeln!(out, "- **{}:** {}", escaped(name), escaped(value));
        }
    }
    if let Some(incomplete) = &reading.incomplete {
        let _ = write!(out, "\n**{}**\n", escaped(&closed(incomplete, false)));
    }
    if !reading.rules.is_empty() {
        out.push_str("\n## How to read this\n\n");
        for rule in &reading.rules {
            let _ = writeln!(out, "- {}", escaped(rule));
        }
    }
    for section in &reading.sections {
        let _ = write!(out, "\n## {}\n\n{}\n", section.heading, escaped(&section.about));
        for own in &section.entries {
            out.push('\n');
            if !own.label.is_empty() {
                let _ = write!(out, "### {}\n\n", escaped(&own.label));
            }
            body(&mut out, own);
        }
    }
    out
}

/// One entry with its number in front, without a heading.
pub fn entry(entry: &Entry) -> String {
    let mut out = format!("**{}**\n\n", escaped(&entry.label));
    body(&mut out, entry);
    out
}

fn body(out: &mut String, entry: &Entry) {
    if entry.todo {
        out.push_str("> **NOT ENCODED AS A WHOLE:** this criterion stays open.\n\n");
    }
    for (at, item) in entry.items.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", sentence(item, &closed(&capital(&item.text), !item.children.is_empty())));
        if !item.children.is_empty() {
            out.push('\n');
        }
        children(out, &item.children, "");
    }
    if !entry.remarks.is_empty() {
        out.push('\n');
    }
    for (title, text) in &entry.remarks {
        let _ = writeln!(out, "- *{}:* {}", escaped(title), escaped(&closed(text, false)));
    }
}

fn children(out: &mut String, items: &[Item], indent: &str) {
    for item in items {
        let _ = writeln!(out, "{indent}- {}", sentence(item, &listed(item)));
        children(out, &item.children, &format!("{indent}  "));
    }
}

fn sentence(item: &Item, text: &str) -> String {
    match item.mark {
        Mark::Todo => format!("**{}**", escaped(text)),
        Mark::Plain | Mark::Definition(_) | Mark::Question => escaped(text),
    }
}

/// Text that Markdown shows as it is.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let folded = one_line(text);
    for (at, letter) in folded.char_indices() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '-' | '+' | '=' if at == 0 => {
                out.push('\\');
                out.push(letter);
            }
            '.' | ')' if at > 0 && folded.get(..at).is_some_and(|all| all.chars().all(|own| own.is_ascii_digit())) => {
                out.push('\\');
                out.push(letter);
            }
            letter if legible::hidden(letter) => {}
            letter => out.push(letter),
        }
    }
    out
}
