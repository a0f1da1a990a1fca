//! What stands around the criteria in records made by chance: pages, fields, titles, and the forms of registries.

use super::make::{CRITERIA, Chance, Kind, Maker, Side, Style, marker};

/// The page of a registry around a section.
pub fn page(section: &str) -> String {
    format!(
        "A study of a new thing in many people\n\nNCT01234567\n\nSponsor: Some Company\n\nEligibility\nSex: All\n\
         Minimum Age: 18 Years\n\n{section}\nLocations\n\nSome Hospital\nSomewhere\n"
    )
}

/// A title as a page shows it, and what it is.
const TITLES: &[(&str, &str)] = &[
    ("A study of a new thing\nin many people", "A study of a new thing in many people"),
    ("Something new in active lupus: a phase 2 study", "Something new in active lupus: a phase 2 study"),
    ("Something in lupus", "Something in lupus"),
    ("Public title: A new thing in people", "A new thing in people"),
    ("ClinicalTrials.gov ID NCT01234567\nOfficial Title:\nA new thing in many people", "A new thing in many people"),
];

/// The fields of a page, as written behind a list, and what follows them.
const BEHIND: &[&str] = &[
    "\nAges Eligible for Study\n18 Years to 70 Years (Adult, Older Adult)\n\nSexes Eligible for Study\nAll\n\n\
     Accepts Healthy Volunteers\nNo\n\nContacts and Locations\nSome Hospital\n",
    "Sex: All\nMinimum Age: 18 Years\nMaximum Age: 65 Years\nAccepts Healthy Volunteers: No\nContact: Some Hospital\n",
    "\nGender: Both\nAge minimum: 18 Years\nAge maximum: N/A\nHealthy volunteers\nNo\nStudy contact\nSome Hospital\n",
    "\nMinimum age:\t18 Years\nSex:\tFemale\nHealthy Volunteers Allowed?\tNo\n",
];

/// A page with its fields behind the list, and its title.
pub fn page_with_fields(chance: &mut Chance, section: &str) -> (String, String) {
    let (shown, title) = TITLES[chance.below(TITLES.len())];
    let behind = chance.pick(BEHIND);
    (format!("{shown}\n\nNCT01234567\n\nSponsor: Some Company\n\nEligibility\n\n{section}{behind}"), title.to_owned())
}

/// One study of the API of ClinicalTrials.gov.
pub fn study(number: &str, section: &str) -> serde_json::Value {
    serde_json::json!({ "protocolSection": {
        "identificationModule": { "nctId": number, "briefTitle": "A study of something" },
        "eligibilityModule": { "eligibilityCriteria": section, "minimumAge": "18 Years", "sex": "ALL" },
    }})
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The older XML of ClinicalTrials.gov, with its entities and, in some, the tags of a web page.
pub fn xml(section: &str, tags: bool) -> String {
    let text = if tags {
        section.lines().map(|line| format!("{line}<br/>")).collect::<String>().replace("x10^9", "x10<sup>9</sup>")
    } else {
        section.to_owned()
    };
    let text: String = escaped(&text).lines().map(|line| format!("        {line}\n")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clinical_study>\n  <id_info><nct_id>NCT01234567</nct_id></id_info>\n  \
         <brief_title>A study of something</brief_title>\n  <eligibility>\n    <criteria>\n      <textblock>\n{text}      \
         </textblock>\n    </criteria>\n    <gender>All</gender>\n    <minimum_age>18 Years</minimum_age>\n  \
         </eligibility>\n</clinical_study>\n"
    )
}

/// The export of the WHO's search portal. ClinicalTrials.gov's texts have both lists in the first element.
pub fn ictrp(number: &str, inclusion: &str, exclusion: &str) -> String {
    let broken = |text: &str| escaped(&text.replace('\n', "<br>"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Trials_downloaded_from_ICTRP>\n<Trial><TrialID>{number}</TrialID>\
         <Public_title>A study of something</Public_title><Primary_sponsor>Some Company</Primary_sponsor>\
         <Inclusion_agemin>18 Years</Inclusion_agemin><Inclusion_gender>All</Inclusion_gender>\
         <Inclusion_Criteria>{}</Inclusion_Criteria><Exclusion_Criteria>{}</Exclusion_Criteria></Trial>\n\
         </Trials_downloaded_from_ICTRP>\n",
        broken(inclusion),
        broken(exclusion)
    )
}

/// The API of the European system: each criterion an entry.
pub fn ctis_api(number: &str, inclusion: &[String], exclusion: &[String]) -> String {
    let entries = |key: &str, texts: &[String]| -> Vec<serde_json::Value> {
        texts.iter().enumerate().map(|(at, text)| serde_json::json!({ "number": at + 1, key: text })).collect()
    };
    serde_json::json!({ "ctNumber": number, "authorizedApplication": { "authorizedPartI": {
        "sponsors": [{ "organisation": { "name": "Some Company" } }],
        "trialDetails": {
            "clinicalTrialIdentifiers": { "publicTitle": "A study of something" },
            "trialInformation": { "eligibilityCriteria": {
                "principalInclusionCriteria": entries("principalInclusionCriteria", inclusion),
                "principalExclusionCriteria": entries("principalExclusionCriteria", exclusion),
            } },
        },
    } } })
    .to_string()
}

impl Maker {
    /// `Inclusion: 1) .. 2) ..`, a line for each side, in small letters or not.
    pub fn brief_lines(&mut self) -> String {
        let style = [Style::Bracket, Style::Brackets, Style::Letter][self.chance.below(3)];
        let small = self.chance.yes(50);
        let stop = self.chance.pick(&["", ";", ","]);
        let colon = self.chance.pick(&[": ", ":\n", " Criteria: "]);
        let mut out = String::new();
        for (side, name) in [(Side::Inclusion, "Inclusion"), (Side::Exclusion, "Exclusion")] {
            let count = 1 + self.chance.below(8);
            let mut parts = Vec::new();
            for at in 0..count {
                let pattern = self.chance.pick(CRITERIA);
                let mut text = self.truth(side, Kind::Criterion, pattern);
                if small && !text.starts_with('Q') {
                    text = text[..1].to_lowercase() + &text[1..];
                    self.truths.last_mut().unwrap().text.clone_from(&text);
                }
                parts.push(format!("{}{text}{stop}", marker(style, at).replace(". ", ") ")));
            }
            out.push_str(&format!("{name}{colon}{}\n", parts.join(" ")));
        }
        out
    }

    /// The texts of a side, each by itself.
    pub fn entries(&mut self, side: Side) -> Vec<String> {
        let count = 2 + self.chance.below(7);
        (0..count)
            .map(|_| {
                let pattern = self.chance.pick(CRITERIA);
                self.truth(side, Kind::Criterion, pattern)
            })
            .collect()
    }
}
