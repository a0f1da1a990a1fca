//! A picture as a Mermaid flowchart.

use std::fmt::Write as _;

use super::{Answer, Picture, Role};
use crate::legible;

/// Mermaid 11 refuses a chart of so many edges, unless the page that draws it sets `maxEdges` higher. A chart cannot set it
/// for itself.
const DEFAULT_MAX_EDGES: usize = 500;

pub(super) fn written(picture: &Picture) -> String {
    let mut out = String::from("flowchart TD\n");
    let edges = picture.edges.len();
    if edges >= DEFAULT_MAX_EDGES {
        let _ = writeln!(
            out,
            "  %% {edges} edges: the page that draws this needs mermaid.initialize({{ maxEdges: {} }})",
            edges + 1
        );
    }
    for (at, node) in picture.nodes.iter().enumerate() {
        let text = escaped(&node.text);
        let _ = match node.role {
            Role::Test => writeln!(out, "  n{at}[\"{text}\"]"),
            Role::Pass => writeln!(out, "  n{at}([\"{text}\"])"),
            Role::Fail => writeln!(out, "  n{at}{{{{\"{text}\"}}}}"),
            Role::Unknown => writeln!(out, "  n{at}{{\"{text}\"}}"),
        };
    }
    for edge in &picture.edges {
        let arrow = match edge.answers.first() {
            Some(Answer::Yes) | None => "-->",
            Some(Answer::No) => "--x",
            Some(Answer::Unknown) => "-.->",
        };
        let _ = writeln!(out, "  n{} {arrow}|\"{}\"| n{}", edge.from, edge.text(), edge.to);
    }
    out
}

/// Text that Mermaid shows as it is: its own signs as numbered entities.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
            letter if legible::hidden(letter) => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
