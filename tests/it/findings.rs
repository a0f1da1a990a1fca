//! What programs read of the findings: JSON, SARIF and annotations, over every case of the corpus; and how levels weigh.

#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a failing test panics")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use eligc::check::{Checked, check_text};
use eligc::diag::level::{Level, Levels};
use eligc::diag::render::{self, Findings};
use eligc::diag::{Code, Severity};
use serde_json::Value;

use crate::docs::root;
use crate::errors::cases;

fn validator(path: &Path) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).expect("a schema")).expect("JSON");
    jsonschema::validator_for(&schema).expect("a sound schema")
}

fn held_to(validator: &jsonschema::Validator, text: &str) -> Value {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let wrong: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}\n{text}", wrong.join("\n"));
    value
}

fn findings<'a>(name: &'a str, checked: &'a Checked) -> Findings<'a> {
    Findings { name, diagnostics: &checked.diagnostics, sources: &checked.sources }
}

/// A name and a text that need escaping in every format.
const AWKWARD: (&str, &str) = (
    "a trial, 100% (µ):1.elig",
    "require [I1] judged “Müller, 100 % \u{1F600}”\nrequire [I2] sledia2k >= 8 and ana is positve # 年龄\r\nrequire [I3] age >= 18",
);

#[test]
fn json_fits_its_schema() {
    let validator = validator(&root().join("docs/diagnostics.schema.json"));
    let all: Vec<Checked> = cases().iter().map(|case| check_text("trial.elig", &case.text)).collect();
    for checked in &all {
        let value = held_to(&validator, &render::json(&[findings("trial.elig", checked)]));
        let found = value["diagnostics"].as_array().expect("a list");
        assert_eq!(found.len(), checked.diagnostics.len());
    }
    let together: Vec<Findings<'_>> = all.iter().map(|checked| findings("trial.elig", checked)).collect();
    held_to(&validator, &render::json(&together));
    held_to(&validator, &render::json(&[]));
}

#[test]
fn json_places_lead_back_to_the_text() {
    let (name, text) = AWKWARD;
    let checked = check_text(name, text);
    let value =
        held_to(&validator(&root().join("docs/diagnostics.schema.json")), &render::json(&[findings(name, &checked)]));
    let mut seen = BTreeSet::new();
    for found in value["diagnostics"].as_array().expect("a list") {
        let (start, end) = (&found["primary"]["start"], &found["primary"]["end"]);
        let byte = |place: &Value| usize::try_from(place["byte"].as_u64().expect("a byte")).expect("it fits");
        let before = &text[..byte(start)];
        let line = before.rsplit('\n').next().unwrap_or_default();
        assert_eq!(start["line"], before.matches('\n').count() + 1);
        assert_eq!(start["column"], line.chars().count() + 1);
        assert_eq!(start["column_utf16"], line.encode_utf16().count() + 1);
        seen.insert(&text[byte(start)..byte(end)]);
    }
    assert_eq!(seen.into_iter().collect::<Vec<&str>>(), ["18", "positve", "sledia2k", "“Müller, 100 % \u{1F600}”"]);
}

#[test]
fn sarif_fits_its_schema() {
    let validator = validator(&root().join("tests/it/findings/sarif-2.1.0.schema.json"));
    let mut all: Vec<Checked> = cases().iter().map(|case| check_text("trial.elig", &case.text)).collect();
    all.push(check_text(AWKWARD.0, AWKWARD.1));
    for checked in &all {
        let name = &checked.sources.get(checked.main).expect("the file").name;
        let value = held_to(&validator, &render::sarif(&[findings(name, checked)]));
        let run = &value["runs"][0];
        let results = run["results"].as_array().expect("a list");
        assert_eq!(results.len(), checked.diagnostics.len());
        for result in results {
            let at = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("it fits");
            assert_eq!(run["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
        }
    }
    held_to(&validator, &render::sarif(&[]));
    let awkward = all.last().expect("one");
    let text = render::sarif(&[findings(AWKWARD.0, awkward)]);
    assert!(text.contains("\"uri\": \"a%20trial%2C%20100%25%20%28%C2%B5%29%3A1.elig\""), "{text}");
}

/// Reads an annotation back as the host does.
fn unescaped(text: &str) -> String {
    text.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
}

#[test]
fn annotations_are_one_line_each_and_read_back() {
    let (name, text) = AWKWARD;
    let mut all: Vec<(String, Checked)> =
        cases().iter().map(|case| ("trial.elig".to_owned(), check_text("trial.elig", &case.text))).collect();
    all.push((name.to_owned(), check_text(name, text)));
    for (name, checked) in &all {
        let shown = render::github(&checked.diagnostics, &checked.sources);
        assert_eq!(shown.lines().count(), checked.diagnostics.len(), "{shown}");
        for (line, found) in shown.lines().zip(&checked.diagnostics) {
            let (head, message) = line[2..].split_once("::").expect("two parts");
            let (severity, properties) = head.split_once(' ').expect("two parts");
            assert_eq!(severity, if found.severity == Severity::Error { "error" } else { "warning" });
            let properties: Vec<(&str, String)> = properties
                .split(',')
                .map(|property| property.split_once('=').expect("a name and a value"))
                .map(|(key, value)| (key, unescaped(value)))
                .collect();
            let keys: Vec<&str> = properties.iter().map(|(key, _)| *key).collect();
            assert_eq!(keys, ["file", "line", "col", "endLine", "endColumn", "title"]);
            if checked.sources.get(found.primary.span.file).is_some_and(|file| file.name == *name) {
                assert_eq!(properties[0].1, *name);
            }
            assert!(unescaped(message).starts_with(&found.title), "{line}");
        }
    }
}

fn weighed(levels: &[(Level, &str)]) -> Vec<(Code, Severity)> {
    let mut order = Levels::default();
    for (level, selector) in levels {
        order.push(*level, selector.parse().expect("a selector")).expect("a warning");
    }
    let text = "require [I1] todo \"later\"\nrequire sledai2k >= 8\n";
    let mut checked = check_text("trial.elig", text);
    order.apply(&mut checked.diagnostics);
    checked.diagnostics.iter().map(|found| (found.code, found.severity)).collect()
}

#[test]
fn the_last_level_that_names_a_code_decides() {
    use Level::{Allow, Deny, Warn};
    use Severity::{Error, Warning};
    let (todo, unnumbered) = (Code::W0703, Code::W0702);
    assert_eq!(weighed(&[]), [(todo, Warning), (unnumbered, Warning)]);
    assert_eq!(weighed(&[(Deny, "warnings")]), [(todo, Error), (unnumbered, Error)]);
    assert_eq!(weighed(&[(Deny, "warnings"), (Allow, "todo")]), [(unnumbered, Error)]);
    assert_eq!(weighed(&[(Allow, "todo"), (Deny, "warnings")]), [(todo, Error), (unnumbered, Error)]);
    assert_eq!(weighed(&[(Allow, "warnings"), (Warn, "W0703")]), [(todo, Warning)]);
    assert_eq!(weighed(&[(Deny, "not-encoded"), (Warn, "todo")]), [(todo, Warning), (unnumbered, Warning)]);
    let error = Levels::default().push(Allow, "E0301".parse().expect("a code"));
    assert!(error.is_err_and(|why| why.contains("E0301 is an error")));
}
