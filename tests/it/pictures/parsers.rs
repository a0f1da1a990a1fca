//! Pictures as Graphviz and Mermaid themselves read them. Where neither is at hand a line says so; with
//! `ELIGC_PICTURES=required`, as the gate sets it, that fails.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use eligc::diagram::{Answer, Picture, Role};
use serde_json::Value;

use super::{SMALL, pictures, trials};
use crate::docs::root;

fn all() -> Vec<Picture> {
    let mut all = trials();
    all.extend(pictures(SMALL));
    all.extend(pictures(
        "require [I1.a-b] judged \"#35; & <b> `c` %% \\\\ {d} [e] (f) |g| ; \\\"h\\\" end\\nfor 年 𝛼\" and pregnant",
    ));
    all
}

fn skipped(why: &str) {
    let line = format!("skipped: {why}");
    assert!(std::env::var_os("ELIGC_PICTURES").is_none_or(|how| how != "required"), "{line}");
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

fn runs(tool: &str, version: &str) -> bool {
    let mut tried = Command::new(tool);
    tried.arg(version).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    tried.status().is_ok_and(|status| status.success())
}

/// What a command prints of a text that it reads.
fn output(command: &mut Command, input: String) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Without white space: where a line ends is no part of what a picture says.
fn words(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[test]
fn graphviz_reads_what_is_meant() {
    if !runs("dot", "-V") {
        return skipped("pictures in Graphviz (dot not found)");
    }
    let pictures = all();
    let graphs: String = pictures.iter().map(Picture::dot).collect();
    let read = output(Command::new("dot").arg("-Tdot_json"), graphs);
    let read: Vec<Value> =
        serde_json::Deserializer::from_str(&read).into_iter::<Value>().collect::<Result<_, _>>().unwrap();
    assert_eq!(read.len(), pictures.len());
    for (picture, graph) in pictures.iter().zip(&read) {
        assert_eq!(graph["name"], picture.title);
        let nodes = graph["objects"].as_array().unwrap();
        assert_eq!(nodes.len(), picture.nodes.len(), "{}", picture.title);
        for (meant, node) in picture.nodes.iter().zip(nodes) {
            let shape = match meant.role {
                Role::Test => "box",
                Role::Pass => "ellipse",
                Role::Fail => "octagon",
                Role::Unknown => "diamond",
            };
            assert_eq!(node["shape"], shape, "{}", meant.text);
            // Graphviz keeps the escapes of a label until it draws it.
            let label =
                node["label"].as_str().unwrap().replace("\\\\", "\u{0}").replace("\\n", "").replace('\u{0}', "\\");
            // A long text is cut to the lines that a node has room for.
            match label.strip_suffix("..") {
                Some(cut) if !meant.text.ends_with("..") => assert!(words(&meant.text).starts_with(&words(cut))),
                _ => assert_eq!(words(&label), words(&meant.text)),
            }
        }
        let edges = graph["edges"].as_array().map_or(&[][..], Vec::as_slice);
        assert_eq!(edges.len(), picture.edges.len(), "{}", picture.title);
        for meant in &picture.edges {
            let found = edges.iter().find(|edge| edge["tail"] == meant.from && edge["head"] == meant.to).unwrap();
            assert_eq!(found["label"].as_str().unwrap().trim(), meant.text());
        }
    }
}

#[test]
fn mermaid_reads_what_is_meant() {
    let folder = root().join("target/pictures");
    if !folder.join("node_modules/mermaid").is_dir() || !runs("node", "--version") {
        return skipped("pictures in Mermaid (`.ci/pictures` brings it)");
    }
    let pictures = all();
    let charts: Vec<String> = pictures.iter().map(Picture::mermaid).collect();
    let file = folder.join("charts.json");
    fs::write(&file, serde_json::to_string(&charts).unwrap()).unwrap();
    // A script on standard input is a module of the folder it runs in.
    let mut node = Command::new("node");
    node.args(["--input-type=module", "-"]).arg(&file).current_dir(&folder);
    let read: Vec<Value> = serde_json::from_str(&output(&mut node, include_str!("read.mjs").to_owned())).unwrap();
    assert_eq!(read.len(), pictures.len());
    for (picture, chart) in pictures.iter().zip(&read) {
        let nodes = chart["nodes"].as_array().unwrap();
        assert_eq!(nodes.len(), picture.nodes.len(), "{}", picture.title);
        for (at, (meant, node)) in picture.nodes.iter().zip(nodes).enumerate() {
            let shape = match meant.role {
                Role::Test => "square",
                Role::Pass => "stadium",
                Role::Fail => "hexagon",
                Role::Unknown => "diamond",
            };
            assert_eq!((&node[0], &node[2]), (&Value::from(format!("n{at}")), &Value::from(shape)), "{}", meant.text);
            assert_eq!(words(node[1].as_str().unwrap()), words(&meant.text));
        }
        let edges = chart["edges"].as_array().unwrap();
        let meant: Vec<Value> = picture
            .edges
            .iter()
            .map(|edge| {
                let (arrow, line) = match edge.answers.first() {
                    Some(Answer::Yes) | None => ("arrow_point", "normal"),
                    Some(Answer::No) => ("arrow_cross", "normal"),
                    Some(Answer::Unknown) => ("arrow_point", "dotted"),
                };
                serde_json::json!([format!("n{}", edge.from), format!("n{}", edge.to), edge.text(), arrow, line])
            })
            .collect();
        assert_eq!(edges, &meant, "{}", picture.title);
    }
}
