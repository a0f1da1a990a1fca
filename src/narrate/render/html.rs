//! A reading as one HTML file that needs no other.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{capital, closed, listed};
use crate::legible;
use crate::narrate::{Entry, Item, Mark, Reading};

const STYLE: &str = include_str!("page.css");

/// The whole reading.
pub fn trial(reading: &Reading) -> String {
    let title = match &reading.title {
        Some(title) => format!("{}: {title}", reading.id),
        None => reading.id.clone(),
    };
    let mut body = format!("<header>\n<h1>{}</h1>\n", escaped(&title));
    if !reading.details.is_empty() {
        body.push_str("<dl class=\"details\">\n");
        for (name, value) in &reading.details {
            let _ = writeln!(body, "<div><dt>{}</dt><dd>{}</dd></div>", escaped(name), escaped(value));
        }
        body.push_str("</dl>\n");
    }
    if let Some(incomplete) = &reading.incomplete {
        let _ = writeln!(body, "<p class=\"todo\">{}</p>", escaped(&closed(incomplete, false)));
    }
    body.push_str("</header>\n<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ul>\n");
    if !reading.rules.is_empty() {
        body.push_str("<li><a href=\"#how-to-read\">How to read this</a></li>\n");
    }
    let mut ids = Ids::default();
    let places: Vec<(String, Vec<String>)> = reading
        .sections
        .iter()
        .map(|section| {
            let own = ids.fresh(&section.heading);
            (own.clone(), section.entries.iter().map(|entry| ids.fresh(&format!("{own}-{}", entry.label))).collect())
        })
        .collect();
    for (section, (id, entries)) in reading.sections.iter().zip(&places) {
        let _ = write!(body, "<li><a href=\"#{id}\">{}</a>", escaped(&section.heading));
        body.push_str("<span class=\"numbers\">");
        for (entry, place) in section.entries.iter().zip(entries) {
            if !entry.label.is_empty() {
                let _ = write!(body, " <a href=\"#{place}\">{}</a>", escaped(&entry.label));
            }
        }
        body.push_str("</span></li>\n");
    }
    body.push_str("</ul>\n</nav>\n<main>\n");
    if !reading.rules.is_empty() {
        body.push_str(
            "<section aria-labelledby=\"how-to-read\">\n<h2 id=\"how-to-read\">How to read this</h2>\n<ul>\n",
        );
        for rule in &reading.rules {
            let _ = writeln!(body, "<li>{}</li>", escaped(rule));
        }
        body.push_str("</ul>\n</section>\n");
    }
    // Definitions are referred to from criteria.
    let definitions: HashMap<&str, &str> = reading
        .sections
        .iter()
        .zip(&places)
        .filter(|(section, _)| section.heading == "Definitions")
        .flat_map(|(section, (_, ids))| section.entries.iter().zip(ids))
        .map(|(entry, id)| (entry.label.as_str(), id.as_str()))
        .collect();
    for (section, (id, entries)) in reading.sections.iter().zip(&places) {
        let _ = write!(
            body,
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n<p class=\"about\">{}</p>\n",
            escaped(&section.heading),
            escaped(&section.about)
        );
        for (own, place) in section.entries.iter().zip(entries) {
            entry(&mut body, own, place, &definitions);
        }
        body.push_str("</section>\n");
    }
    body.push_str("</main>\n");
    page(&title, &body)
}

/// A whole page around a body that is HTML already.
pub fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// Ids that no other element of the page has.
#[derive(Default)]
struct Ids {
    taken: HashMap<String, usize>,
}

impl Ids {
    fn fresh(&mut self, text: &str) -> String {
        let mut id = String::new();
        for letter in text.chars() {
            match letter {
                letter if letter.is_ascii_alphanumeric() || letter == '.' => id.push(letter.to_ascii_lowercase()),
                _ if id.ends_with('-') => {}
                _ => id.push('-'),
            }
        }
        let count = self.taken.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}--{count}") }
    }
}

fn entry(out: &mut String, entry: &Entry, id: &str, definitions: &HashMap<&str, &str>) {
    let class = if entry.todo { "entry todo" } else { "entry" };
    let _ = writeln!(out, "<article class=\"{class}\" id=\"{id}\">");
    if !entry.label.is_empty() {
        let _ = writeln!(out, "<h3>{}</h3>", escaped(&entry.label));
    }
    out.push_str("<div class=\"body\">\n");
    if entry.todo {
        out.push_str("<p class=\"loud\">Not encoded as a whole: this criterion stays open.</p>\n");
    }
    for item in &entry.items {
        let text = closed(&capital(&item.text), !item.children.is_empty());
        let _ = writeln!(out, "<p>{}</p>", sentence(item, &text, definitions));
        children(out, &item.children, definitions);
    }
    if !entry.remarks.is_empty() {
        out.push_str("<dl class=\"remarks\">\n");
        for (title, text) in &entry.remarks {
            let _ = writeln!(
                out,
                "<div><dt>{}</dt><dd>{}</dd></div>",
                escaped(title),
                escaped(&closed(&capital(text), false))
            );
        }
        out.push_str("</dl>\n");
    }
    out.push_str("</div>\n</article>\n");
}

fn children(out: &mut String, items: &[Item], definitions: &HashMap<&str, &str>) {
    if items.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    for item in items {
        let _ = write!(out, "<li>{}", sentence(item, &listed(item), definitions));
        if !item.children.is_empty() {
            out.push('\n');
            children(out, &item.children, definitions);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

fn sentence(item: &Item, text: &str, definitions: &HashMap<&str, &str>) -> String {
    match &item.mark {
        Mark::Todo => format!("<strong class=\"loud\">{}</strong>", escaped(text)),
        Mark::Definition(name) => match definitions.get(name.replace('_', " ").as_str()) {
            Some(id) => format!("<a href=\"#{id}\">{}</a>", escaped(text)),
            None => escaped(text),
        },
        Mark::Plain | Mark::Question => escaped(text),
    }
}

/// Text that HTML shows as it is.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if legible::hidden(letter) && !matches!(letter, '\n' | '\t') => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}
