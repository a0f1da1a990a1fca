//! A record as the JSON of the European Union's Clinical Trials Information System in, what a draft needs of it out.

use serde_json::Value;

use super::identity::{self, Sponsor};
use super::markup;
use super::record::Record;

/// The application that was authorised, where the JSON is of this system.
pub(super) fn part(study: &Value) -> Option<&Value> {
    ["/authorizedApplication/authorizedPartI", "/authorizedPartI"].iter().find_map(|path| study.pointer(path))
}

/// The number of the trial.
pub(super) fn number(study: &Value) -> Option<&str> {
    study.get("ctNumber").and_then(Value::as_str)
}

/// Reads a trial, of which `part` is the authorised application.
pub(super) fn read(study: &Value, part: &Value) -> Result<Record, String> {
    let text = |path: &str| part.pointer(path).and_then(Value::as_str).map(markup::plain);
    let criteria = "trialDetails/trialInformation/eligibilityCriteria";
    let lists = [("Inclusion", "principalInclusionCriteria"), ("Exclusion", "principalExclusionCriteria")];
    let mut written = String::new();
    for (name, key) in lists {
        let list = part.pointer(&format!("/{criteria}/{key}")).and_then(Value::as_array);
        let texts: Vec<&str> =
            list.into_iter().flatten().filter_map(|entry| entry.get(key).and_then(Value::as_str)).collect();
        if texts.is_empty() {
            continue;
        }
        written.push_str(&format!("{name} Criteria:\n\n"));
        for (at, text) in texts.iter().enumerate() {
            let text = markup::plain(text.trim());
            // One entry may hold the whole list.
            let marker = if texts.len() == 1 { String::new() } else { format!("{}. ", at + 1) };
            written.push_str(&format!("{marker}{}\n", text.replace('\n', "\n    ")));
        }
        written.push('\n');
    }
    if written.is_empty() {
        return Err(format!("the JSON has no `{criteria}` of the authorised application"));
    }
    let sponsor = part.pointer("/sponsors/0/organisation/name").and_then(Value::as_str);
    Ok(Record {
        number: number(study).and_then(|id| identity::number(&[&format!("CTIS {id}")])),
        registry: Some("EU Clinical Trials Information System"),
        title: text("/trialDetails/clinicalTrialIdentifiers/publicTitle")
            .or_else(|| text("/trialDetails/clinicalTrialIdentifiers/fullTitle")),
        sponsor: sponsor.map(|name| Sponsor { name: name.to_owned(), labelled: true }),
        criteria: written,
        ..Record::default()
    })
}
