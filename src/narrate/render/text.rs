//! A reading as plain text, wrapped.

use std::fmt::Write as _;

use super::{capital, closed, listed};
use crate::legible;
use crate::narrate::{Entry, Item, Reading};
use crate::source::padded;

/// The narrowest page.
const LEAST: usize = 40;

/// Labels longer than this have a line of their own.
const MAX_INDENT: usize = 7;

/// The whole reading in lines of at most so many letters, where words allow.
pub fn trial(reading: &Reading, width: usize) -> String {
    let width = width.max(LEAST);
    let mut out = String::new();
    let title = match &reading.title {
        Some(title) => format!("{}: {title}", reading.id),
        None => reading.id.clone(),
    };
    paragraph(&mut out, "", "", &title, width);
    for (name, value) in &reading.details {
        paragraph(&mut out, "", "  ", &format!("{name}: {value}"), width);
    }
    if let Some(incomplete) = &reading.incomplete {
        out.push('\n');
        paragraph(&mut out, "", "", &format!("*** {} ***", closed(incomplete, false)), width);
    }
    if !reading.rules.is_empty() {
        out.push_str("\nHOW TO READ THIS\n\n");
        for rule in &reading.rules {
            paragraph(&mut out, "- ", "  ", rule, width);
        }
    }
    for section in &reading.sections {
        let _ = writeln!(out, "\n{}", section.heading.to_uppercase());
        paragraph(&mut out, "", "", &section.about, width);
        let longest = section.entries.iter().map(|entry| entry.label.chars().count()).max().unwrap_or(0);
        let indent = " ".repeat(longest.min(MAX_INDENT) + 2);
        for own in &section.entries {
            out.push('\n');
            entry(&mut out, own, &indent, width);
        }
    }
    out
}

fn entry(out: &mut String, entry: &Entry, indent: &str, width: usize) {
    let wide = indent.chars().count();
    let first = padded(&entry.label, wide);
    let mut first = if entry.label.chars().count() + 2 > wide {
        let _ = writeln!(out, "{}", entry.label);
        indent.to_owned()
    } else {
        first
    };
    if entry.todo {
        paragraph(out, &first, indent, "*** NOT ENCODED AS A WHOLE: this criterion stays open ***", width);
        indent.clone_into(&mut first);
    }
    for item in &entry.items {
        paragraph(out, &first, indent, &closed(&capital(&item.text), !item.children.is_empty()), width);
        children(out, &item.children, indent, width);
        indent.clone_into(&mut first);
    }
    for (title, text) in &entry.remarks {
        paragraph(out, indent, &format!("{indent}  "), &closed(&format!("{title}: {text}"), false), width);
    }
}

fn children(out: &mut String, items: &[Item], indent: &str, width: usize) {
    for item in items {
        let inner = format!("{indent}  ");
        paragraph(out, &format!("{indent}- "), &inner, &listed(item), width);
        children(out, &item.children, &inner, width);
    }
}

/// Words broken into lines, the first behind `first`, the others behind `rest`.
fn paragraph(out: &mut String, first: &str, rest: &str, text: &str, width: usize) {
    let mut line = first.to_owned();
    let mut used = first.chars().count();
    let mut empty = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !empty && used + 1 + length > width {
            out.push_str(line.trim_end());
            out.push('\n');
            rest.clone_into(&mut line);
            used = rest.chars().count();
            empty = true;
        }
        if !empty {
            line.push(' ');
            used += 1;
        }
        line.extend(word.chars().filter(|letter| !legible::hidden(*letter)));
        used += length;
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}
