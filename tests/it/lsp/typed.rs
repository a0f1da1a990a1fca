//! What is said of a trial while a statement is typed into it key by key: one mistake at a time, at the place where it
//! is typed.

use serde_json::{Value, json};

use super::client::Client;
use super::features::URI;

const BEFORE: &str =
    "trial NCT1 \"one\" { anchor screening }\nuse sle\n\n## An adult.\nrequire [I1] age >= 18 years\n\n";
const BEHIND: &str = "\n\n## Not pregnant.\nexclude [E7] pregnant\n\nexample \"whole\" {\n  screening: 2026-03-01\n  pregnant: no\n  judged I2: yes\n} expect E7 pass, I1 unknown\n\nexample \"two\" like \"whole\" { pregnant: yes } expect E7 fail\n";

/// What is said after each key of `statement`: the text so far, with the code and the headline of each diagnostic.
fn typed(statement: &str) -> Vec<(String, Vec<String>)> {
    let mut client = Client::new();
    client.open(URI, &format!("{BEFORE}{BEHIND}"));
    client.diagnostics(URI);
    let mut said = Vec::new();
    for (version, end) in (2..).zip((1..=statement.len()).filter(|end| statement.is_char_boundary(*end))) {
        let text = format!("{BEFORE}{}{BEHIND}", &statement[..end]);
        client.change(URI, version, json!([{"text": text}]));
        let found = client.diagnostics(URI);
        let found = found.iter();
        let line = |one: &Value| {
            let line = one["range"]["start"]["line"].as_u64().unwrap() + 1;
            format!(
                "{line} {} {}",
                one["code"].as_str().unwrap(),
                one["message"].as_str().unwrap().lines().next().unwrap()
            )
        };
        said.push((statement[..end].to_owned(), found.map(line).collect()));
    }
    client.end();
    said
}

/// Where more than `most` things are said, or one outside of the lines that are typed.
#[track_caller]
fn calm(statement: &str, most: usize) {
    let first = BEFORE.matches('\n').count() + 1;
    for (text, mut said) in typed(statement) {
        // Nothing asks for what is typed yet.
        said.retain(|line| !line.contains("W07") && !line.ends_with("no judgement is asked under `I2`"));
        let last = first + text.matches('\n').count();
        let outside = |line: &String| !(first..=last).any(|own| line.starts_with(&format!("{own} ")));
        assert!(said.len() <= most && !said.iter().any(outside), "{text}: {said:#?}");
    }
}

#[test]
fn a_statement_that_is_typed_disturbs_nothing_around_it() {
    calm("require [I2] platelets >= 20 x10^9/L", 1);
    calm("exclude [E1] stroke within 6 months before screening", 1);
    calm("require [I2] age between 18 and 69 years", 1);
    calm("require [I2] judged \"Can follow the protocol\"", 1);
    calm("define high = alt > 2.5 x ULN or ast > 2.5 x ULN", 1);
    calm("note [N1] \"A note\"", 1);
    calm("example \"three\" like \"whole\" { pregnant: unknown } expect E7 unknown", 2);
    // A brace that is still open, and what is written last.
    calm("require [I2] any of {\n  ana is positive,\n  no prior { stroke, tia },\n  platelets >= 20 /uL,\n}", 2);
}

#[test]
fn the_beginning_of_a_statement_is_taken_for_one() {
    let said = typed("exclude");
    assert_eq!(said[0].1, ["7 E0105 `e` does not begin a statement"]);
    assert_eq!(said[3].1, ["7 E0105 `excl` does not begin a statement"]);
    assert_eq!(said[6].1, ["7 E0111 `exclude` is followed by no condition"]);
}
