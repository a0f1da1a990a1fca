//! A record as the XML that the search portal of the World Health Organization exports in, what a draft needs of it out.

use roxmltree::Node;

use super::element::value;
use super::identity::{self, Sponsor};
use super::markup;
use super::record::{Record, iso_date};

/// The outermost element of an export.
pub(super) const ROOT: &str = "Trials_downloaded_from_ICTRP";

/// Reads a trial.
pub(super) fn read(trial: Node<'_, '_>) -> Result<Record, String> {
    let at = |name: &str| value(trial, &[name]).map(|text| markup::plain(&text));
    let mut criteria = String::new();
    for (name, key) in [("Inclusion", "Inclusion_Criteria"), ("Exclusion", "Exclusion_Criteria")] {
        if let Some(text) = at(key) {
            criteria.push_str(&format!("{name} Criteria:\n\n{text}\n\n"));
        }
    }
    if criteria.is_empty() {
        return Err("the XML has no `Inclusion_Criteria` and no `Exclusion_Criteria`".to_owned());
    }
    let mut fields = Vec::new();
    for (key, name) in
        [("Inclusion_agemin", "Minimum age"), ("Inclusion_agemax", "Maximum age"), ("Inclusion_gender", "Sex")]
    {
        if let Some(value) = at(key) {
            fields.push((name.to_owned(), value));
        }
    }
    let number = at("TrialID").and_then(|id| identity::number(&[&id]));
    Ok(Record {
        registry: number.as_ref().map(|number| number.registry),
        number,
        title: at("Public_title").or_else(|| at("Scientific_title")),
        sponsor: at("Primary_sponsor").map(|name| Sponsor { name, labelled: true }),
        phase: at("Phase"),
        as_of: at("Last_Refreshed_on").and_then(|date| iso_date(&date)),
        ages: (at("Inclusion_agemin"), at("Inclusion_agemax")),
        fields,
        criteria,
        ..Record::default()
    })
}
