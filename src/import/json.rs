//! A record as JSON, of ClinicalTrials.gov's API or of the European system, in, what a draft needs of it out.

use serde_json::Value;

use super::ctis;
use super::identity::{self, Sponsor};
use super::markup;
use super::record::{Record, chosen, iso_date};

/// Reads a study, or the one of several that is named.
pub(super) fn read(text: &str, study: Option<&str>) -> Result<Record, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))?;
    let studies = match value {
        Value::Array(list) => list,
        Value::Object(mut map) => match map.remove("studies") {
            Some(Value::Array(list)) => list,
            Some(other) => {
                map.insert("studies".to_owned(), other);
                vec![Value::Object(map)]
            }
            None => vec![Value::Object(map)],
        },
        _ => Vec::new(),
    };
    let id = |study: &Value| {
        let id = study.pointer("/protocolSection/identificationModule/nctId").and_then(Value::as_str);
        id.or_else(|| ctis::number(study)).unwrap_or("one without a number").to_owned()
    };
    let study = chosen(studies, study, id)?;
    match ctis::part(&study) {
        Some(part) => ctis::read(&study, part),
        None => one(&study),
    }
}

fn one(study: &Value) -> Result<Record, String> {
    let at = |path: &str| study.pointer(&format!("/protocolSection/{path}")).and_then(Value::as_str).map(str::to_owned);
    let criteria = at("eligibilityModule/eligibilityCriteria")
        .ok_or("the JSON has no `protocolSection.eligibilityModule.eligibilityCriteria`")?;
    let phases = study.pointer("/protocolSection/designModule/phases").and_then(Value::as_array);
    let phases: Vec<&str> = phases.into_iter().flatten().filter_map(Value::as_str).collect();
    let dates = ["statusModule/lastUpdatePostDateStruct/date", "statusModule/lastUpdateSubmitDate"];
    let mut fields = Vec::new();
    for (key, name) in [
        ("minimumAge", "Minimum age"),
        ("maximumAge", "Maximum age"),
        ("sex", "Sex"),
        ("genderDescription", "Sex, in words"),
        ("studyPopulation", "Study population"),
    ] {
        if let Some(value) = at(&format!("eligibilityModule/{key}")) {
            fields.push((name.to_owned(), markup::plain(&value)));
        }
    }
    let healthy = study.pointer("/protocolSection/eligibilityModule/healthyVolunteers").and_then(Value::as_bool);
    if let Some(healthy) = healthy {
        fields.push(("Healthy volunteers".to_owned(), if healthy { "accepted" } else { "not accepted" }.to_owned()));
    }
    Ok(Record {
        number: at("identificationModule/nctId").and_then(|id| identity::number(&[&id])),
        registry: Some(identity::CLINICAL_TRIALS),
        code: at("identificationModule/orgStudyIdInfo/id").and_then(|code| identity::slug(&code)),
        title: at("identificationModule/briefTitle").or_else(|| at("identificationModule/officialTitle")),
        sponsor: at("sponsorCollaboratorsModule/leadSponsor/name").map(|name| Sponsor { name, labelled: true }),
        phase: (!phases.is_empty()).then(|| phases.join(", ")),
        as_of: dates.iter().find_map(|path| at(path)).and_then(|date| iso_date(&date)),
        ages: (at("eligibilityModule/minimumAge"), at("eligibilityModule/maximumAge")),
        fields,
        criteria: markup::plain(&criteria),
        ended: None,
        open: Vec::new(),
    })
}
