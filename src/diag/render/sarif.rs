//! SARIF 2.1.0, which code hosts and analysis viewers read.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::super::{Code, Diagnostic, Safety};
use super::Findings;
use super::place::Place;
use crate::source::{SourceMap, Span};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log with one run for all files, with a line end behind it. Columns count code points.
pub fn sarif(files: &[Findings<'_>]) -> String {
    let mut rules: Vec<Code> = files.iter().flat_map(|file| file.diagnostics).map(|found| found.code).collect();
    rules.sort_unstable();
    rules.dedup();
    let results: Vec<Value> = files
        .iter()
        .flat_map(|file| file.diagnostics.iter().map(|diagnostic| result(diagnostic, file.sources, &rules)))
        .collect();
    // The schema wants each once.
    let mut seen = HashSet::new();
    let artifacts: Vec<Value> = files
        .iter()
        .map(|file| uri(file.name))
        .filter(|uri| seen.insert(uri.clone()))
        .map(|uri| json!({ "location": { "uri": uri }, "sourceLanguage": "elig" }))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "eligc",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().copied().map(rule).collect::<Vec<Value>>(),
            } },
            "artifacts": artifacts,
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.id(),
        "name": code.name(),
        "shortDescription": { "text": code.summary() },
        "help": { "text": code.page(), "markdown": code.page() },
        "defaultConfiguration": { "level": code.severity().word() },
    })
}

fn result(diagnostic: &Diagnostic, sources: &SourceMap, rules: &[Code]) -> Value {
    let mut message = diagnostic.title.clone();
    for (word, texts) in [("note", &diagnostic.notes), ("help", &diagnostic.helps)] {
        for text in texts {
            message.push_str(&format!("\n{word}: {text}"));
        }
    }
    let related: Vec<Value> = diagnostic
        .secondary
        .iter()
        .zip(1..)
        .filter_map(|(label, id)| {
            let place = physical(label.span, sources)?;
            let text = if label.text.is_empty() { "see here" } else { &label.text };
            Some(json!({ "id": id, "physicalLocation": place, "message": { "text": text } }))
        })
        .collect();
    let fixes: Vec<Value> = diagnostic
        .fixes
        .iter()
        .filter_map(|fix| {
            let place = Place::new(fix.span, sources)?;
            let title = match fix.safety {
                Safety::Safe => fix.title.clone(),
                Safety::Ask => format!("{} (who is eligible may change)", fix.title),
            };
            Some(json!({
                "description": { "text": title },
                "artifactChanges": [{
                    "artifactLocation": { "uri": uri(&place.file.name) },
                    "replacements": [{
                        "deletedRegion": region(&place),
                        "insertedContent": { "text": fix.replacement },
                    }],
                }],
            }))
        })
        .collect();
    let mut locations = Vec::new();
    if let Some(mut place) = physical(diagnostic.primary.span, sources) {
        if !diagnostic.primary.text.is_empty()
            && let Some(region) = place.get_mut("region").and_then(Value::as_object_mut)
        {
            region.insert("message".to_owned(), json!({ "text": diagnostic.primary.text }));
        }
        locations.push(json!({ "physicalLocation": place }));
    }
    let mut result = json!({
        "ruleId": diagnostic.code.id(),
        "ruleIndex": rules.binary_search(&diagnostic.code).unwrap_or_default(),
        "level": diagnostic.severity.word(),
        "message": { "text": message },
        "locations": locations,
    });
    if let Some(object) = result.as_object_mut() {
        for (key, list) in [("relatedLocations", related), ("fixes", fixes)] {
            if !list.is_empty() {
                object.insert(key.to_owned(), Value::Array(list));
            }
        }
    }
    result
}

fn physical(span: Span, sources: &SourceMap) -> Option<Value> {
    let place = Place::new(span, sources)?;
    Some(json!({ "artifactLocation": { "uri": uri(&place.file.name) }, "region": region(&place) }))
}

fn region(place: &Place<'_>) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
        "byteOffset": place.span.start,
        "byteLength": place.span.end.saturating_sub(place.span.start),
    })
}

/// A path as a URI reference: `/` between the parts, everything else but letters, digits and `-._~` escaped.
fn uri(name: &str) -> String {
    let mut out = String::new();
    let windows = name.get(1..3) == Some(":\\") || name.get(1..3) == Some(":/");
    if name.starts_with('/') {
        out.push_str("file://");
    } else if windows {
        out.push_str("file:///");
    }
    for (at, byte) in name.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b'\\' => out.push('/'),
            b':' if windows && at == 1 => out.push(':'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
