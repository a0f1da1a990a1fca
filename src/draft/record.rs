//! A registry record: what the trial is called, and the text of its criteria.

use serde_json::Value;

use super::identity::{self, Number, Sponsor};
use super::list::Side;

/// What a draft needs of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Its number in a registry.
    pub number: Option<Number>,
    /// The registry that it is from: the number's, or one that the page names as its source.
    pub registry: Option<&'static str>,
    /// The sponsor's own code for the trial, as an id.
    pub code: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The lead sponsor.
    pub sponsor: Option<Sponsor>,
    /// The phase, as the record says it.
    pub phase: Option<String>,
    /// When the record was last changed: `2024-03-01`.
    pub as_of: Option<String>,
    /// Age, sex and the like, as the record's own fields give them.
    pub fields: Vec<(String, String)>,
    /// The criteria, lines as they are.
    pub criteria: String,
}

/// Fields of a record that stand beside its criteria.
const FIELDS: &[&str] = &[
    "sex",
    "sexes",
    "gender",
    "age",
    "ages",
    "minimum age",
    "maximum age",
    "healthy volunteers",
    "accepts healthy volunteers",
    "volunteers",
    "sexes eligible for study",
    "ages eligible for study",
];

/// Lines that end the criteria.
const ENDS: &[&str] = &[
    "trial design",
    "study design",
    "study plan",
    "locations",
    "contacts and locations",
    "contacts",
    "other locations",
    "time frame",
    "treatments",
    "outcomes",
    "primary outcome",
    "primary outcomes",
    "outcome measures",
    "sponsors",
    "sponsors & collaborators",
    "sponsors and collaborators",
    "collaborators and investigators",
    "collaborators",
    "publications",
    "study record dates",
    "arms and interventions",
    "arms & interventions",
    "interventions",
    "related therapeutic areas",
    "references",
    "study officials",
    "more information",
    "primary purpose",
    "central trial contact",
    "data sourced from clinicaltrials.gov",
    "trial contacts and locations",
    "study locations",
    "keywords",
    "documents",
    "results",
];

impl Record {
    /// Reads a record in either form.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Record, String> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with(['{', '[']) {
            return Record::from_json(text);
        }
        Record::from_text(text)
    }

    fn from_json(text: &str) -> Result<Record, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))?;
        let study = match &value {
            Value::Array(list) => list.first(),
            Value::Object(map) => match map.get("studies") {
                Some(Value::Array(list)) => list.first(),
                _ => Some(&value),
            },
            _ => None,
        };
        let study = study.ok_or("the JSON holds no study")?;
        let at = |path: &str| study.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let criteria = at("/protocolSection/eligibilityModule/eligibilityCriteria")
            .ok_or("the JSON has no `protocolSection.eligibilityModule.eligibilityCriteria`")?;
        let phases = study.pointer("/protocolSection/designModule/phases").and_then(Value::as_array);
        let phases: Vec<&str> = phases.into_iter().flatten().filter_map(Value::as_str).collect();
        let dates = ["lastUpdatePostDateStruct/date", "lastUpdateSubmitDate"];
        let as_of = dates.iter().find_map(|path| at(&format!("/protocolSection/statusModule/{path}")));
        let mut fields = Vec::new();
        for (key, name) in [
            ("minimumAge", "Minimum age"),
            ("maximumAge", "Maximum age"),
            ("sex", "Sex"),
            ("genderDescription", "Sex, in words"),
        ] {
            if let Some(value) = at(&format!("/protocolSection/eligibilityModule/{key}")) {
                fields.push((name.to_owned(), value));
            }
        }
        Ok(Record {
            number: at("/protocolSection/identificationModule/nctId").and_then(|id| identity::number(&[&id])),
            registry: Some(identity::CLINICAL_TRIALS),
            code: at("/protocolSection/identificationModule/orgStudyIdInfo/id").and_then(|code| identity::slug(&code)),
            title: at("/protocolSection/identificationModule/briefTitle")
                .or_else(|| at("/protocolSection/identificationModule/officialTitle")),
            sponsor: at("/protocolSection/sponsorCollaboratorsModule/leadSponsor/name")
                .map(|name| Sponsor { name, labelled: true }),
            phase: (!phases.is_empty()).then(|| phases.join(", ")),
            as_of: as_of.and_then(|date| iso_date(&date)),
            fields,
            criteria,
        })
    }

    fn from_text(text: &str) -> Result<Record, String> {
        let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
        if text.trim().is_empty() {
            return Err("it is empty".to_owned());
        }
        let (start, end) = section(&lines).unwrap_or((lines.len(), lines.len()));
        let before = lines.get(..start).unwrap_or_default();
        let after = |names: &[&str]| identity::value_of(&lines, names);
        let title = before
            .iter()
            .map(|line| line.trim().trim_start_matches('#').trim())
            .find(|line| line.split_whitespace().count() >= 4 && !line.contains(": "))
            .or_else(|| before.iter().map(|line| line.trim()).find(|line| line.split_whitespace().count() >= 4));
        let number = identity::number(&lines);
        Ok(Record {
            registry: number.as_ref().map(|number| number.registry).or_else(|| identity::named_source(&lines)),
            number,
            code: identity::code(&lines),
            title: title.map(str::to_owned),
            sponsor: identity::sponsor(&lines, before),
            phase: after(&["phase", "study phase", "phases"]).or_else(|| phase_line(before)),
            as_of: after(&["last update posted", "last updated", "last update", "as of", "updated"])
                .and_then(|date| iso_date(&date)),
            fields: fields(before),
            criteria: lines.get(start..end).unwrap_or_default().join("\n"),
        })
    }
}

/// The inclusion or exclusion heading of a list, and what follows on its line.
pub(super) fn side_heading(text: &str) -> Option<(Side, &str)> {
    let bare = text.trim_start_matches(['#', '*', '_', ' ', '-', '•', '\\']);
    let small = bare.to_lowercase();
    let lead = ["key ", "main ", "major ", "general ", "principal "];
    let skipped = lead.iter().find(|word| small.starts_with(**word)).map_or(0, |word| word.len());
    let rest = small.get(skipped..)?;
    let heads = [
        ("inclusion criteria", Side::Inclusion),
        ("inclusion criterion", Side::Inclusion),
        ("inclusion", Side::Inclusion),
        ("入选标准", Side::Inclusion),
        ("纳入标准", Side::Inclusion),
        ("exclusion criteria", Side::Exclusion),
        ("exclusion criterion", Side::Exclusion),
        ("exclusion", Side::Exclusion),
        ("排除标准", Side::Exclusion),
    ];
    let (head, side) = heads.iter().find(|(head, _)| rest.starts_with(head))?;
    // Lower case keeps the length of these letters, so the place is the same in the text as written.
    let behind = bare.get(skipped + head.len()..)?.trim_matches(['*', '_', ' ', '#']);
    let opened = behind.strip_prefix([':', '：']);
    match opened {
        Some(more) => Some((*side, more.trim_matches(['*', '_', ' ']))),
        None if behind.is_empty() => Some((*side, "")),
        None => None,
    }
}

/// The lines of the criteria, headings included.
fn section(lines: &[&str]) -> Option<(usize, usize)> {
    let headed = lines.iter().position(|line| side_heading(line.trim()).is_some());
    let start = match headed {
        Some(at) => at,
        None => {
            // No heading of a list: what follows the word of eligibility, its fields left out.
            let heading = lines.iter().position(|line| {
                let small = line.trim().trim_start_matches('#').trim().trim_end_matches(':').to_lowercase();
                matches!(
                    small.as_str(),
                    "eligibility" | "eligibility criteria" | "criteria" | "details and patient eligibility"
                )
            })?;
            let skipped = lines.get(heading + 1..)?.iter().position(|line| {
                let text = line.trim();
                let label = text.trim_end_matches(':').to_lowercase();
                let title = matches!(
                    label.as_str(),
                    "participation requirements" | "view" | "criteria" | "eligibility criteria"
                );
                !text.is_empty() && !title && field(text).is_none()
            })?;
            heading + 1 + skipped
        }
    };
    let end = lines.iter().enumerate().skip(start + 1).find(|(_, line)| ends(line)).map_or(lines.len(), |(at, _)| at);
    let holds = lines.get(start..end)?.iter().any(|line| !line.trim().is_empty());
    holds.then_some((start, end))
}

fn ends(line: &str) -> bool {
    let small = line.trim().trim_start_matches('#').trim().trim_end_matches(':').to_lowercase();
    // Fields that follow a list without a heading: `18 Years`, and what the site says of the sponsor.
    let age = small.split_once(' ').is_some_and(|(count, unit)| {
        count.chars().all(|letter| letter.is_ascii_digit()) && matches!(unit, "years" | "months" | "years and older")
    });
    ENDS.contains(&small.as_str()) || age || small.starts_with("about ") && !small.ends_with(['.', ';'])
}

/// `Sex: All`
fn field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    FIELDS.contains(&name.trim().to_lowercase().as_str()).then(|| (name.trim().to_owned(), value.trim().to_owned()))
}

/// Fields on one line, or with their value on the next one.
fn fields(lines: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(pair) = field(line.trim()) {
            found.push(pair);
        } else if FIELDS.contains(&line.trim().to_lowercase().as_str())
            && let Some(value) = lines.iter().skip(at + 1).find(|line| !line.trim().is_empty())
        {
            found.push((line.trim().to_owned(), value.trim().to_owned()));
        }
    }
    found
}

fn phase_line(lines: &[&str]) -> Option<String> {
    lines.iter().map(|line| line.trim()).find(|line| line.starts_with("Phase ") && line.len() < 20).map(str::to_owned)
}

/// `2024-03-01`, `2024-03`
fn iso_date(text: &str) -> Option<String> {
    let date: String = text.trim().chars().take_while(|letter| letter.is_ascii_digit() || *letter == '-').collect();
    let shape: Vec<usize> = date.split('-').map(str::len).collect();
    matches!(shape.as_slice(), [4] | [4, 2] | [4, 2, 2]).then_some(date)
}
