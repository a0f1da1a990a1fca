//! A record as XML, the older one of ClinicalTrials.gov or that of the WHO's portal, in, what a draft needs of it out.

use roxmltree::{Document, Node, ParsingOptions};

use super::element::{child, value, words};
use super::ictrp;
use super::identity::{self, Sponsor};
use super::markup;
use super::record::{Record, chosen, iso_date};

/// Reads a study, or the one of several that is named.
pub(super) fn read(text: &str, study: Option<&str>) -> Result<Record, String> {
    let small: String = text.chars().take(300).collect::<String>().to_lowercase();
    if small.starts_with("<!doctype html") || small.starts_with("<html") {
        return Err("it is a page in HTML: copy the text that it shows, or take the registry's JSON".to_owned());
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| format!("it is not XML: {error}"))?;
    if document.root_element().has_tag_name(ictrp::ROOT) {
        let trials = document.root_element().children().filter(|node| node.has_tag_name("Trial")).collect();
        let id =
            |trial: &Node<'_, '_>| value(*trial, &["TrialID"]).unwrap_or_else(|| "one without a number".to_owned());
        return ictrp::read(chosen(trials, study, id)?);
    }
    let studies: Vec<Node<'_, '_>> =
        document.descendants().filter(|node| node.has_tag_name("clinical_study")).collect();
    if studies.is_empty() {
        let root = document.root_element().tag_name().name().to_owned();
        return Err(format!("the XML has no `clinical_study`, its outermost element is `{root}`"));
    }
    let id = |study: &Node<'_, '_>| {
        value(*study, &["id_info", "nct_id"]).unwrap_or_else(|| "one without a number".to_owned())
    };
    one(chosen(studies, study, id)?)
}

fn one(study: Node<'_, '_>) -> Result<Record, String> {
    let at = |path: &[&str]| value(study, path);
    let criteria = ["criteria", "textblock"];
    let eligibility = child(study, "eligibility").ok_or("the XML has no `eligibility`")?;
    let criteria = criteria.iter().try_fold(eligibility, |node, name| child(node, name));
    let criteria = criteria.map(words).ok_or("the XML has no `eligibility` / `criteria` / `textblock`")?;
    let mut fields = Vec::new();
    for (key, name) in [
        ("minimum_age", "Minimum age"),
        ("maximum_age", "Maximum age"),
        ("gender", "Sex"),
        ("gender_description", "Sex, in words"),
        ("healthy_volunteers", "Healthy volunteers"),
        ("study_pop", "Study population"),
    ] {
        if let Some(value) = at(&["eligibility", key]) {
            fields.push((name.to_owned(), markup::plain(&value)));
        }
    }
    Ok(Record {
        number: at(&["id_info", "nct_id"]).and_then(|id| identity::number(&[&id])),
        registry: Some(identity::CLINICAL_TRIALS),
        code: at(&["id_info", "org_study_id"]).and_then(|code| identity::slug(&code)),
        title: at(&["brief_title"]).or_else(|| at(&["official_title"])).map(|title| markup::plain(&title)),
        sponsor: at(&["sponsors", "lead_sponsor", "agency"])
            .map(|name| Sponsor { name: markup::plain(&name), labelled: true }),
        phase: at(&["phase"]),
        as_of: at(&["last_update_posted"]).or_else(|| at(&["lastchanged_date"])).and_then(|date| iso_date(&date)),
        ages: (at(&["eligibility", "minimum_age"]), at(&["eligibility", "maximum_age"])),
        fields,
        criteria: markup::plain(&criteria),
        ended: None,
        open: Vec::new(),
    })
}
