//! Shapes that once lost an item, joined two, broke a number or turned a list round.

use eligc::import;

use super::around::{ctis_api, ictrp};
use super::{drafted, ids};

/// The texts of the statements, `I1 Is old enough`, and what is open.
fn told(record: &str) -> (Vec<String>, Vec<String>) {
    let draft = import::from_registry(record, None, None).unwrap();
    let words = |line: &str| {
        let (id, text) = line.split_once("] todo \"")?;
        Some(format!("{} {}", id.split_once('[')?.1, text.trim_end_matches('"')))
    };
    (draft.text.lines().filter_map(words).collect(), draft.open)
}

#[track_caller]
fn statements(record: &str, expected: &[&str]) {
    let (found, open) = told(record);
    assert_eq!(found, expected, "{record}");
    assert!(open.is_empty(), "{open:?}\n{record}");
}

#[test]
fn a_number_that_the_end_of_a_line_breaks_is_whole_and_named() {
    for (before, after, whole, named) in [
        ("ALT at most 2.", "5 x ULN", "ALT at most 2.5 x ULN", true),
        ("ALT at most", "2. 5 x ULN", "ALT at most 2. 5 x ULN", false),
        ("Dose above 0", ".5 mg", "Dose above 0.5 mg", false),
        ("Platelets of 20,", "000 /uL", "Platelets of 20,000 /uL", false),
        ("Doses of 10,", "100 or 200 mg", "Doses of 10, 100 or 200 mg", true),
        ("Platelets of 20 x10^", "9/L", "Platelets of 20 x10^9/L", false),
        ("Toxicity is grade 2.", "6 weeks have passed", "Toxicity is grade 2. 6 weeks have passed", true),
        ("ANC >=", "1. Then more", "ANC >= 1. Then more", false),
        ("Has consented", "2. Can walk", "Has consented", false),
    ] {
        let record = format!("Inclusion Criteria:\n1. {before}\n{after}\n");
        let (found, open) = told(&record);
        assert_eq!(found[0], format!("I1 {whole}"), "{record}");
        assert_eq!(!open.is_empty(), named, "{open:?}\n{record}");
    }
    let (_, open) = told("Inclusion Criteria:\n1. ALT at most 2.\n5 x ULN\n");
    assert_eq!(open, ["a line of [I1] ends where a number may be broken, `2. / 5`: compare it with the record"]);
}

#[test]
fn lines_without_markers_are_items_where_they_end_on_purpose() {
    let lists =
        "Is old enough\nHas consented, and means\nit\nCan walk\n\nExclusion Criteria:\nIs ill\nIs away from\nHome\n";
    let expected =
        ["I1 Is old enough", "I2 Has consented, and means it", "I3 Can walk", "E1 Is ill", "E2 Is away from Home"];
    for tail in ["", "- Part 1\n", "for patients of cohort A\n", "(all parts)\n", "Phase 2\n"] {
        statements(&format!("Inclusion Criteria:\n{tail}{lists}"), &expected);
        let (text, _) = drafted(&format!("Inclusion Criteria:\n{tail}{lists}"));
        assert!(text.contains(tail.trim()), "{text}");
    }
    // These are criteria.
    statements("Inclusion Criteria:\nHealthy volunteers\nAdults\n", &["I1 Healthy volunteers", "I2 Adults"]);
    for text in [
        "Group A streptococcus",
        "Phase 1 trial participation",
        "For women, a pregnancy test",
        "(women, a pregnancy test)",
    ] {
        statements(&format!("Exclusion Criteria:\n{text}\nIll\n"), &[&format!("E1 {text}"), "E2 Ill"]);
    }
    // A column of text has no room for the next word.
    statements(
        "Inclusion Criteria:\nHas had lupus for at least as long as the doctor who treats the\nLupus of the patient\n",
        &["I1 Has had lupus for at least as long as the doctor who treats the Lupus of the patient"],
    );
}

#[test]
fn items_on_one_line_are_parted_by_their_markers() {
    let three = ["I1 is old enough", "I2 has consented", "I3 ANC > 1"];
    for list in [
        "Inclusion: 1) is old enough 2) has consented 3) ANC > 1\n",
        "Inclusion:\n1) is old enough 2) has consented 3) ANC > 1\n",
        "Inclusion: (1) is old enough (2) has consented (3) ANC > 1\n",
    ] {
        statements(list, &three);
    }
    statements(
        "Inclusion: a) is old enough b) has consented c) Can walk\n",
        &["Ia is old enough", "Ib has consented", "Ic Can walk"],
    );
    statements(
        "Exclusion: i) ill, ii) away iii) Age > 70 iv) ALT > 40\n",
        &["Ei ill,", "Eii away", "Eiii Age > 70", "Eiv ALT > 40"],
    );
    statements(
        "Inclusion: 1. Age > 18 2. Has SLE 3. Was in phase 4. Now well\n",
        &["I1 Age > 18", "I2 Has SLE", "I3 Was in phase 4. Now well"],
    );
    // No list: a number that names, and an inner list.
    statements("Inclusion:\n1) Can walk (see section 2) and read\n", &["I1 Can walk (see section 2) and read"]);
    let inner = "Inclusion:\n1) One of: 1) fever 2) rash\n2) Can walk\n";
    statements(inner, &["I1 One of: 1) fever 2) rash", "I2 Can walk"]);
    // A comma at the end of a list does not take in the next one.
    statements("Inclusion:\n1) adult,\nExclusion:\n1) ill,\n", &["I1 adult,", "E1 ill,"]);
}

#[test]
fn a_list_named_in_a_bracket_turns_nothing_round() {
    for heading in [
        "Inclusion Criteria (see also Exclusion Criteria):",
        "Inclusion Criteria (patients who meet none of the exclusion criteria)",
        "Inclusion criteria [for those to whom no exclusion criteria apply]:",
    ] {
        let record = format!(
            "{heading}\n1. Is old enough\n2. Can walk\n\nExclusion Criteria (beside the inclusion criteria):\n1. Ill\n"
        );
        statements(&record, &["I1 Is old enough", "I2 Can walk", "E1 Ill"]);
    }
    for item in [
        "Is well (see Exclusion Criteria: 3)",
        "Is well (see Exclusion Criteria)",
        "Is well [exclusion criteria]",
        "Is well (see\nExclusion Criteria: 3)",
        "Is well (see Exclusion Criteria:\n3)",
        "Is well (see\nExclusion Criteria:\n3)",
    ] {
        let record = format!("Inclusion Criteria:\n1. {item}\n2. Can walk\nExclusion Criteria:\n1. Ill\n");
        statements(&record, &[&format!("I1 {}", item.replace('\n', " ")), "I2 Can walk", "E1 Ill"]);
    }
    // A bracket that nobody closes takes in no list.
    statements(
        "Inclusion Criteria: 1. Is well (see 5. 2. Can walk. Exclusion Criteria: 1) Ill\n",
        &["I1 Is well (see 5.", "I2 Can walk.", "E1 Ill"],
    );
    // It may be the heading of either list: a person decides.
    let (found, open) =
        told("Inclusion Criteria:\n1. Is old enough\n\nOrgan function (see also exclusion criteria):\n1. Can walk\n");
    assert_eq!(found, ["I1 Is old enough", "U1 Can walk"]);
    assert_eq!(open.len(), 1, "{open:?}");
    statements(
        "Inclusion Criteria:\n1. Adult\n\nHealthy controls (exclusion criteria):\n1. Ill\n",
        &["I1 Adult", "E1 Ill"],
    );
}

#[test]
fn fields_of_the_page_behind_a_list_are_no_items() {
    let list = "A study of something in people\nInclusion Criteria:\n* Adult\n\nExclusion Criteria:\n* Ill\n";
    for fields in [
        "\nAges Eligible for Study\n18 Years to 70 Years\n\nSexes Eligible for Study\nAll\n\nAccepts Healthy Volunteers\nNo\n",
        "Sex: All\nMinimum Age: 18 Years\nMaximum Age: 70 Years\nContact: Dr Somebody\nPhone: 1\n",
        "\nGender: Both\nAge minimum: 18 Years\nAge maximum: 70 Years\nHealthy volunteers\nNo\nStudy contact\nDr Somebody\n",
    ] {
        statements(&format!("{list}{fields}"), &["I1 Adult", "E1 Ill"]);
        let (text, _) = drafted(&format!("{list}{fields}"));
        assert!(text.contains("age at consent between 18 and 70 years"), "{text}");
    }
    // The list goes on behind them, or they are its first lines: criteria.
    statements(&format!("{list}* Sex: Female\n* Away\n"), &["I1 Adult", "E1 Ill", "E2 Sex: Female", "E3 Away"]);
    let (found, _) = told("Inclusion Criteria:\nAge: 18 Years\nSex: Female\n");
    assert_eq!(found, ["I1 Age: 18 Years", "I2 Sex: Female"]);
    // Below items of the same kind they may be either.
    let (found, open) = told("Inclusion Criteria:\nAdult\nCan walk\nSex: Female\n");
    assert_eq!(found, ["I1 Adult", "I2 Can walk"]);
    assert!(open[0].contains("taken to end before `Sex: Female`"), "{open:?}");
    // So may what is behind a title, with the list's own marker.
    let (found, open) = told("Inclusion Criteria:\n\n* Adult\n\nTreatments\n\n* No steroids\n");
    assert_eq!(found, ["I1 Adult"]);
    assert!(open[0].contains("taken to end before `Treatments`"), "{open:?}");
}

#[test]
fn titles_of_many_shapes() {
    for (page, title) in [
        ("Something new in active lupus: a phase 2 study", "Something new in active lupus: a phase 2 study"),
        ("A study of something new\nin many people", "A study of something new in many people"),
        ("Something in lupus\nNCT01234567", "Something in lupus"),
        ("NCT01234567\nOfficial Title: A long one of it\nBrief Title:\nA short one", "A short one"),
    ] {
        let draft = import::from_registry(&format!("{page}\n\nInclusion Criteria:\n1. Adult\n"), None, None).unwrap();
        assert!(draft.text.contains(&format!("\"{title}\" {{")), "{page}\n{}", draft.text);
    }
}

#[test]
fn the_export_of_the_world_health_organization() {
    let one = ictrp("JPRN-jRCT2031230123", "1. ALT < 40 U/L\n2. Can walk", "- Ill\n- Away");
    let (text, program) = drafted(&one);
    assert_eq!(ids(&program), "I1 I2 E1 E2");
    assert_eq!(program.trial.id, "JPRN-jRCT2031230123");
    assert!(text.contains("ALT < 40 U/L") && text.contains("age at consent >= 18 years"), "{text}");
    assert!(text.contains("Japan Registry") && text.contains("\"Some Company\""), "{text}");
    // Of ClinicalTrials.gov both lists are in the first element.
    let both = ictrp("NCT01234567", "Inclusion Criteria:\n- Adult\nExclusion Criteria:\n- Ill", "");
    assert_eq!(ids(&drafted(&both).1), "I1 E1");
    assert!(
        import::from_registry(&ictrp("NCT01234567", "", ""), None, None).unwrap_err().contains("Inclusion_Criteria")
    );
    let two = one.replace(
        "</Trial>\n",
        &format!("</Trial>{}", both.split_once("ICTRP>").unwrap().1.split_once("</Trials").unwrap().0),
    );
    assert!(import::from_registry(&two, None, None).unwrap_err().contains("it holds 2 studies"));
    let named = import::from_registry(&two, None, Some("NCT01234567")).unwrap();
    assert!(named.text.contains("Adult") && !named.text.contains("walk"), "{}", named.text);
}

#[test]
fn the_api_of_the_european_system() {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let record = ctis_api(
        "2023-501234-12-00",
        &texts(&["Adult", "ALT &lt; 40 U/L\nin both results"]),
        &texts(&["1. Ill\n2. Away"]),
    );
    let (text, program) = drafted(&record);
    assert_eq!(ids(&program), "I1 I2 E1 E2");
    assert_eq!(program.trial.id, "2023-501234-12-00");
    assert!(text.contains("ALT < 40 U/L in both results") && text.contains("sponsor \"Some Company\""), "{text}");
    let bare = "{\"ctNumber\":\"2023-501234-12-00\",\"authorizedApplication\":{\"authorizedPartI\":{}}}";
    assert!(import::from_registry(bare, None, None).unwrap_err().contains("eligibilityCriteria"));
}
