//! The forms that programs read: short, JSON, SARIF and GitHub.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use eligc::diag::render::{self, Findings};
use eligc::diag::{Code, Diagnostic, Safety};
use eligc::driver::check_text;
use eligc::source::{FileId, SourceMap, Span};
use serde_json::Value;

use super::corpus;
use crate::cli::{codes, stdout};
use crate::docs::root;

/// Wide signs are before the mistake: bytes, code points and UTF-16 units all differ.
const WIDE: &str = "# µ ≥ ⁹\nrequire [I1] judged \"µg ≥ 10⁹ 血小板 😀\" and sledia2k >= 8\n";

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::meta::validate(schema).expect("a schema");
    jsonschema::validator_for(schema).expect("a schema")
}

fn assert_fits(schema: &jsonschema::Validator, value: &Value) {
    if let Some(error) = schema.iter_errors(value).next() {
        panic!("{error} at {}\n{value:#}", error.instance_path());
    }
}

/// Every program of the corpus in one document.
fn all(draw: fn(&[Findings<'_>]) -> String) -> String {
    let checked: Vec<_> = corpus()
        .into_iter()
        .map(|(name, path)| {
            let checked = check_text(&name, &fs::read_to_string(path).expect("a program"));
            (name, checked)
        })
        .collect();
    let found: Vec<Findings<'_>> = checked
        .iter()
        .map(|(name, checked)| Findings { name, diagnostics: &checked.diagnostics, sources: &checked.sources })
        .collect();
    draw(&found)
}

#[test]
fn short_is_one_line_each_with_columns_in_characters() {
    let output = codes(&["check", "-", "--format", "short"], WIDE, 1);
    let text = stdout(&output);
    let line = text.lines().find(|line| line.contains("E0201")).expect("the unknown name");
    assert!(line.starts_with("<stdin>:2:42: error[E0201]: "), "{text}");
}

#[test]
fn json_fits_its_schema() {
    let schema = validator(&json_of(include_str!("../../../docs/diagnostics.schema.json")));
    let whole = json_of(&all(render::json));
    assert_fits(&schema, &whole);
    assert_eq!(whole["format"], render::FORMAT);
    let found = whole["diagnostics"].as_array().expect("a list");
    let count = |severity: &str| found.iter().filter(|found| found["severity"] == severity).count();
    assert_eq!(whole["errors"], count("error"));
    assert_eq!(whole["warnings"], count("warning"));
    assert!(found.iter().any(|found| !found["fixes"].as_array().expect("a list").is_empty()));
    assert!(found.iter().any(|found| !found["secondary"].as_array().expect("a list").is_empty()));
    for page in found {
        assert!(root().join(page["page"].as_str().expect("a path")).is_file(), "{page}");
    }
    // Nothing found is a document too.
    let output = codes(&["check", "-", "--format", "json"], "require [I1] sledai2k >= 8\n", 0);
    let empty = json_of(&stdout(&output));
    assert_fits(&schema, &empty);
    assert_eq!(empty["files"], serde_json::json!(["<stdin>"]));
    // The schema is no sieve without a bottom.
    let mut wrong = whole.clone();
    wrong["diagnostics"][0]["severity"] = Value::from("fatal");
    assert!(!schema.is_valid(&wrong));
    wrong = whole;
    wrong["diagnostics"][0]["primary"]["start"]["line"] = Value::from(0);
    assert!(!schema.is_valid(&wrong));
}

#[test]
fn json_counts_places_and_mistakes_and_the_summary_counts_mistakes() {
    let text = "require [I1] sledia2k >= 8\nrequire [I2] sledia2k <= 40 and lfev >= 40 %\nexclude [E1] todo \"a\"\nexclude [E2] todo \"b\"\nexclude [E3] todo \"c\"\n";
    let counted = json_of(&stdout(&codes(&["check", "-", "--format", "json"], text, 1)));
    assert_eq!([&counted["errors"], &counted["warnings"]], [3, 3]);
    assert_eq!([&counted["distinct_errors"], &counted["distinct_warnings"]], [2, 1]);
    assert_eq!(counted["diagnostics"].as_array().expect("a list").len(), 6, "every place is there");
    let human = codes(&["check", "-"], text, 1);
    let said = String::from_utf8_lossy(&human.stderr);
    assert!(said.contains("2 errors, 1 warning"), "{said}");
}

#[test]
fn json_columns_are_right_behind_wide_signs() {
    let output = codes(&["check", "-", "--format", "json"], WIDE, 1);
    let whole = json_of(&stdout(&output));
    let found = whole["diagnostics"].as_array().expect("a list");
    let found = found.iter().find(|found| found["code"] == "E0201").expect("the unknown name");
    let (start, end) = (&found["primary"]["start"], &found["primary"]["end"]);
    let byte = |place: &Value| usize::try_from(place["byte"].as_u64().expect("a number")).expect("a place");
    assert_eq!(&WIDE[byte(start)..byte(end)], "sledia2k");
    assert_eq!(start["line"], 2);
    assert_eq!(start["column"], 42);
    assert_eq!(start["column_utf16"], 43, "the emoji is two units");
    assert_eq!(end["column"], 50);
}

#[test]
fn the_sample_of_the_page_is_what_is_printed() {
    let page = include_str!("../../../docs/diagnostics.md");
    let sample = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a sample");
    let checked = check_text("slip.elig", "require [I1] sledai2k >= .5\n");
    let found = Findings { name: "slip.elig", diagnostics: &checked.diagnostics, sources: &checked.sources };
    assert_eq!(json_of(sample), json_of(&render::json(&[found])));
}

/// The published schema of SARIF 2.1.0, which a package that is never built carries.
fn sarif_schema() -> Option<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let metadata: Value = serde_json::from_slice(&output.stdout).ok()?;
    let package = metadata["packages"].as_array()?.iter().find(|package| package["name"] == "serde-sarif")?;
    let manifest = PathBuf::from(package["manifest_path"].as_str()?);
    serde_json::from_str(&fs::read_to_string(manifest.parent()?.join("src/schema.json")).ok()?).ok()
}

#[test]
fn sarif_fits_the_published_schema() {
    let Some(schema) = sarif_schema() else {
        assert!(std::env::var_os("CI").is_none(), "the schema of SARIF was not found");
        eprintln!("skipped: the package with the schema of SARIF is not on this machine");
        return;
    };
    let mut schema = schema;
    // As published, this pattern has a bracket too many and is no regular expression; eligc writes no `language`.
    for holder in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{holder}/properties/language"));
        language.and_then(Value::as_object_mut).expect("a property of the schema").remove("pattern");
    }
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let log = json_of(&all(render::sarif));
    assert_fits(&schema, &log);
    assert_fits(&schema, &json_of(&render::sarif(&[])));
    // A file that was named in two ways is one artifact.
    let (sources, _) = odd();
    let twice = Findings { name: "a.elig", diagnostics: &[], sources: &sources };
    assert_fits(&schema, &json_of(&render::sarif(&[twice, twice])));
    let mut wrong = log;
    wrong["runs"][0]["results"][0]["level"] = Value::from("fatal");
    assert!(!schema.is_valid(&wrong));
}

#[test]
fn sarif_says_what_viewers_show() {
    let text = format!("{WIDE}require [I1] ( sledai2k => 8 )\n");
    let log = json_of(&stdout(&codes(&["check", "-", "--format", "sarif"], &text, 1)));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "eligc");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    for result in results {
        let at = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a place");
        assert_eq!(rules[at]["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().expect("a level")));
        assert!(!result["locations"].as_array().expect("places").is_empty());
    }
    let unknown = results.iter().find(|result| result["ruleId"] == "E0201").expect("the unknown name");
    let place = &unknown["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 2);
    assert_eq!(place["region"]["startColumn"], 42);
    assert_eq!(place["region"]["endColumn"], 50);
    assert_eq!(place["region"]["byteLength"], 8);
    let sign = results.iter().find(|result| result["ruleId"] == "E0106").expect("the sign");
    let change = &sign["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], ">=");
    assert_eq!(change["deletedRegion"]["startLine"], 3);
}

/// One made-up diagnostic in a file with a name that no shell likes.
fn odd() -> (SourceMap, Diagnostic) {
    let mut sources = SourceMap::new();
    let file: FileId = sources.add("a,b: 100%\\é.elig".to_owned(), "µ ≥ 8\n".to_owned());
    let found = Diagnostic::new(Code::E0111, Span::new(file, 3..6), "50%, so: \r\nthere")
        .note("a note: 1,2")
        .help("do it")
        .fix("write `>=`", Span::new(file, 3..6), ">=", Safety::Ask);
    (sources, found)
}

#[test]
fn github_escapes_what_its_commands_may_not_hold() {
    let (sources, found) = odd();
    assert_eq!(
        render::github(&[found], &sources),
        "::error file=a%2Cb%3A 100%25\\é.elig,line=1,col=3,endLine=1,endColumn=4,title=E0111 missing-part::\
         50%25, so: %0D%0Athere%0Anote: a note: 1,2%0Ahelp: do it\n"
    );
    let output = codes(&["check", "-", "--format", "github"], WIDE, 1);
    let text = stdout(&output);
    assert!(text.contains("::error file=<stdin>,line=2,col=42,endLine=2,endColumn=50,title=E0201 unknown-name::"));
    assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
}

#[test]
fn sarif_writes_paths_as_uris() {
    let (sources, found) = odd();
    let log = json_of(&render::sarif(&[Findings { name: "a,b", diagnostics: &[found], sources: &sources }]));
    let result = &log["runs"][0]["results"][0];
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "a%2Cb%3A%20100%25/%C3%A9.elig");
    let title = &result["fixes"][0]["description"]["text"];
    assert_eq!(title, "write `>=` (who is eligible may change)");
}
