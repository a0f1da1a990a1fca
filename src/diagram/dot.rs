//! A picture as a DOT graph.

use std::fmt::Write as _;

use super::layout::wrapped;
use super::{Answer, Picture, Role};
use crate::legible;

pub(super) fn written(picture: &Picture) -> String {
    let mut out = format!("digraph \"{}\" {{\n", escaped(&picture.title));
    let _ = writeln!(out, "  label=\"{}\"; labelloc=t; rankdir=TB;", escaped(&picture.title));
    out.push_str("  node [fontname=\"monospace\", fontsize=11]; edge [fontname=\"monospace\", fontsize=10];\n");
    for (at, node) in picture.nodes.iter().enumerate() {
        let lines: Vec<String> = wrapped(&node.text).iter().map(|line| escaped(line)).collect();
        let shape = match node.role {
            Role::Test => "box",
            Role::Pass => "ellipse",
            Role::Fail => "octagon",
            Role::Unknown => "diamond",
        };
        let _ = writeln!(out, "  n{at} [shape={shape}, label=\"{}\"];", lines.join("\\n"));
    }
    for edge in &picture.edges {
        let style = match edge.answers.first() {
            Some(Answer::Yes) | None => "solid",
            Some(Answer::No) => "dashed",
            Some(Answer::Unknown) => "dotted",
        };
        let _ = writeln!(out, "  n{} -> n{} [label=\" {} \", style={style}];", edge.from, edge.to, edge.text());
    }
    out.push_str("}\n");
    out
}

fn escaped(text: &str) -> String {
    text.chars()
        .map(|letter| if legible::hidden(letter) { ' ' } else { letter })
        .collect::<String>()
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
}
