//! Drafts from registry records: numbers kept, no line lost, and what is written checks.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a failing test panics")]

mod around;
mod forms;
mod law;
mod make;
mod slips;

use eligc::driver::{Checked, check_text};
use eligc::fmt;
use eligc::import;
use eligc::typed::Program;

/// The draft, which checks with nothing but todo warnings.
#[track_caller]
fn drafted(record: &str) -> (String, Program) {
    let draft = import::from_registry(record, None, None).unwrap();
    assert_eq!(fmt::format(&draft.text).unwrap().text, draft.text, "a draft is in the one layout");
    let Checked { diagnostics, program, .. } = check_text("draft.elig", &draft.text);
    for diagnostic in &diagnostics {
        assert_eq!(diagnostic.code.id(), "W0703", "{}\n{}", diagnostic.title, draft.text);
    }
    let program = program.unwrap_or_else(|| panic!("{diagnostics:#?}\n{}", draft.text));
    (draft.text, program)
}

fn ids(program: &Program) -> String {
    let criteria: Vec<&str> = program.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
    criteria.join(" ")
}

/// Letters and digits alone, full-width ones as they are.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Every line of the section is in some statement, its marker left out.
#[track_caller]
fn nothing_lost(section: &str, draft: &str) {
    let text = letters(draft);
    for line in section.lines() {
        let words = line.trim().trim_start_matches(|letter: char| !letter.is_alphabetic() && !"<>≥≤".contains(letter));
        // Inside a line another number may begin a statement of its own; its words stay.
        for part in words.split(['.', ';', ')', ':', '。', '；', '：']) {
            let part = letters(part.trim().trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' '));
            let small = part.to_lowercase();
            assert!(
                small.starts_with("inclusion")
                    || small.starts_with("exclusion")
                    || small.starts_with("key")
                    || text.contains(&part),
                "`{part}` of `{line}` is lost in\n{draft}"
            );
        }
    }
}

#[test]
fn a_plain_record() {
    let section = "Inclusion Criteria:\n\n1. Adults of 18 years or more\n2. Gives consent in writing\n\nExclusion Criteria:\n\n1. Pregnant\n2. Had a stroke in the last\n   six months\n";
    let record = format!(
        "A study of a new thing in many people\n\nNCT01234567\n\nSponsor: Some Company\nPhase: 2\nLast update posted: 2025-03-01\n\n{section}\nLocations\nSomewhere\n"
    );
    let (text, program) = drafted(&record);
    assert_eq!(ids(&program), "I1 I2 E1 E2");
    assert_eq!(program.trial.id, "NCT01234567");
    assert_eq!(program.trial.title.as_deref(), Some("A study of a new thing in many people"));
    assert!(text.contains("sponsor \"Some Company\"") && text.contains("phase   \"2\""), "{text}");
    assert!(text.contains("as of 2025-03-01"), "{text}");
    assert!(text.contains("exclude [E2] todo \"Had a stroke in the last six months\""), "{text}");
    assert!(!text.contains("Somewhere"), "{text}");
    nothing_lost(section, &text);
    insta::assert_snapshot!(text);
}

#[test]
fn shapes_of_lists() {
    for (section, expected) in [
        // Markers.
        ("Inclusion Criteria\n1) Is old enough\n2) Has consented\nExclusion Criteria\n1) Is ill\n", "I1 I2 E1"),
        (
            "Key inclusion criteria:\n(1) Is old enough\n(2) Has consented\nKey exclusion criteria:\n(1) Is ill\n",
            "I1 I2 E1",
        ),
        ("Inclusion Criteria:\n① Is old enough\n② Has consented\nExclusion Criteria:\n③ Is ill\n", "I1 I2 E3"),
        (
            "Inclusion Criteria:\n* Is old enough\n* Has consented\nExclusion Criteria:\n- Is ill\n- Is away\n",
            "I1 I2 E1 E2",
        ),
        ("Inclusion Criteria:\na. Is old enough\nb. Has consented\n", "Ia Ib"),
        (
            "Inclusion criteria：\n１、Is old enough\n２、Has consented\nExclusion criteria：\n（１）Is ill\n",
            "I1 I2 E1",
        ),
        ("Inclusion Criteria:\n1.Age of 18 or more\n2.Body weight of 40 kg or more\n", "I1 I2"),
        // No markers at all: a paragraph is a criterion.
        (
            "Inclusion Criteria:\n\nIs old enough\n\nHas consented, and means\nit\n\nExclusion Criteria:\n\nIs ill\n",
            "I1 I2 E1",
        ),
        // A bullet of the page before the protocol's number.
        (
            "- Inclusion Criteria:\n- • 1. Is old enough\n- 2. Has consented\n- Exclusion Criteria:\n- • 1. Is ill\n",
            "I1 I2 E1",
        ),
        // Nested lists.
        (
            "Inclusion Criteria:\n1. Blood counts:\n   * Platelets are enough\n   * Neutrophils are enough\n2. Has consented\n",
            "I1.1 I1.2 I2",
        ),
        (
            "Inclusion Criteria:\n1. Blood counts:\n1. Platelets are enough\n2. Neutrophils are enough\n2. Has consented\n",
            "I1.1 I1.2 I2",
        ),
        (
            "Inclusion Criteria:\n1. Blood counts:\na) Platelets are enough\nb) Neutrophils are enough\n2. Has consented\n",
            "I1.a I1.b I2",
        ),
        (
            "Inclusion Criteria:\n1. Blood counts:\n 1.1 Platelets are enough\n 1.2 Neutrophils are enough\n2. Has consented\n",
            "I1.1 I1.2 I2",
        ),
        // A list that starts again; a line that holds two items.
        ("Inclusion Criteria:\n1. Is old enough\n2. Has consented\n\n1. Can walk\n2. Can read\n", "I1 I2 I1-2 I2-2"),
        ("Inclusion Criteria:\n1. Is old enough. 2. Has consented. 3. Can walk\n4. Can read\n", "I1 I2 I3 I4"),
        ("Inclusion Criteria:\n1. Is old enough; 2)Has consented.\n3. Can walk\n", "I1 I2 I3"),
        // Escaped Markdown, lost superscripts, Windows line ends.
        ("Inclusion Criteria:\r\n\r\n1\\. ANC \\>= 1.5 x 109/L\r\n2\\. Stable for 1\\~2 months\r\n", "I1 I2"),
        // No exclusion, exclusion alone, quotes and backslashes.
        ("Inclusion Criteria:\n1. Says \"yes\" to C:\\path\n", "I1"),
        ("Exclusion Criteria:\n1. Is ill\n", "E1"),
    ] {
        let (text, program) = drafted(section);
        assert_eq!(ids(&program), expected, "{section}\n{text}");
        nothing_lost(&section.replace('\\', ""), &text);
    }
}

#[test]
fn headings_become_notes() {
    let (text, program) = drafted(
        "Inclusion Criteria:\nPeople who satisfy all of the following criteria:\n1. Organs work:\n   - The liver works\n",
    );
    assert_eq!(ids(&program), "I1.1");
    assert_eq!(program.notes.len(), 2, "{text}");
    assert!(text.contains("note [I1] \"Organs work:\""), "{text}");
}

#[test]
fn a_list_without_its_heading() {
    let record = "A study of something with four words\n\nEligibility\nSex: All\nMinimum Age: 18\nView:\n\n• Is old enough;\n\n• Has consented\n\nLocations\nHere\n";
    let (text, program) = drafted(record);
    // Nothing says that these must hold: a patient cannot be eligible before a person has decided it.
    assert_eq!(ids(&program), "U1 U2");
    assert!(text.contains("# Not said whether these include or exclude"), "{text}");
    assert!(text.contains("#   Minimum Age: 18"), "{text}");
    let open = import::from_registry(record, None, None).unwrap().open;
    assert!(open[0].contains("[U1] to [U2] (2 texts)"), "{open:?}");
}

#[test]
fn a_record_without_criteria_says_so() {
    let draft = import::from_registry("A study of something with four words\nNCT01234567\n", None, None).unwrap();
    assert!(draft.empty);
    let (_, program) = drafted("A study of something with four words\nNCT01234567\n");
    assert_eq!(ids(&program), "I1");
    assert!(import::from_registry(" \n", None, None).is_err());
}

#[test]
fn json_of_the_registry() {
    let record = serde_json::json!({ "protocolSection": {
        "identificationModule": { "nctId": "NCT07654321", "briefTitle": "A \"quoted\" title" },
        "statusModule": { "lastUpdatePostDateStruct": { "date": "2025-07-04" } },
        "sponsorCollaboratorsModule": { "leadSponsor": { "name": "A University" } },
        "designModule": { "phases": ["PHASE1", "PHASE2"] },
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n1. Is old enough\n2. Platelets \\>= 20 x 10\\^9/L\n\nExclusion Criteria:\n\n* Is ill",
            "sex": "ALL", "minimumAge": "18 Years", "maximumAge": "70 Years"
        }
    }});
    for text in [record.to_string(), serde_json::json!({ "studies": [record.clone()] }).to_string()] {
        let (text, program) = drafted(&text);
        assert_eq!(ids(&program), "I1 I2 E1");
        assert_eq!(program.trial.id, "NCT07654321");
        assert!(text.contains("as of 2025-07-04") && text.contains("phase   \"PHASE1, PHASE2\""), "{text}");
        assert!(text.contains("#   Minimum age: 18 Years") && text.contains("Platelets >= 20 x 10^9/L"), "{text}");
    }
    // Of several studies none is taken unless it is named.
    let other = around::study("NCT00000001", "Inclusion Criteria:\n1. Is another study");
    let both = serde_json::json!({ "studies": [other, record] }).to_string();
    let refused = |study| import::from_registry(&both, None, study).unwrap_err();
    assert_eq!(refused(None), "it holds 2 studies, name one with --study: NCT00000001, NCT07654321");
    assert_eq!(refused(Some("NCT00000009")), "it holds no study NCT00000009: it holds NCT00000001, NCT07654321");
    let named = import::from_registry(&both, None, Some("nct07654321")).unwrap();
    assert!(named.text.contains("trial NCT07654321") && !named.text.contains("another study"), "{}", named.text);
    let twice = serde_json::json!([other, other]).to_string();
    assert!(import::from_registry(&twice, None, Some("NCT00000001")).unwrap_err().contains("more than once"));
    assert!(
        import::from_registry(&other.to_string(), None, Some("NCT00000002"))
            .unwrap_err()
            .contains("no study NCT00000002")
    );
    assert_eq!(import::from_registry("{\"studies\":[]}", None, None).unwrap_err(), "it holds no study");
    assert!(import::from_registry("{", None, None).unwrap_err().contains("not JSON"));
    assert!(import::from_registry("{}", None, None).unwrap_err().contains("eligibilityCriteria"));
}

#[test]
fn xml_of_the_registry() {
    let section = "Inclusion Criteria:\n\n  -  ALT < 40 U/L & AST < 40 U/L\n\n  -  Has consented\n\nExclusion Criteria:\n\n  -  Is ill\n";
    let one = around::xml(section, false);
    let (text, program) = drafted(&one);
    assert_eq!(ids(&program), "I1 I2 E1");
    assert_eq!(program.trial.id, "NCT01234567");
    assert!(text.contains("ALT < 40 U/L & AST < 40 U/L") && text.contains("age at consent >= 18 years"), "{text}");
    let body = one.lines().skip(1).collect::<Vec<_>>().join("\n");
    let other = body.replace("NCT01234567", "NCT00000001").replace("Has consented", "Is another study");
    let both = format!("<search_results>{other}{body}</search_results>");
    let why = import::from_registry(&both, None, None).unwrap_err();
    assert_eq!(why, "it holds 2 studies, name one with --study: NCT00000001, NCT01234567");
    let named = import::from_registry(&both, None, Some("NCT01234567")).unwrap();
    assert!(named.text.contains("Has consented") && !named.text.contains("Is another study"), "{}", named.text);
    for (text, why) in [
        ("<clinical_study><a></clinical_study>", "it is not XML"),
        ("<Trials><Trial/></Trials>", "its outermost element is `Trials`"),
        ("<clinical_study/>", "no `eligibility`"),
        ("<!DOCTYPE html><html><p>Inclusion Criteria: 1. Is ill</html>", "a page in HTML"),
        ("EudraCT Number: 2019-001234-56\nEudraCT Number: 2019-001234-57\n", "several trials"),
    ] {
        let found = import::from_registry(text, None, None).unwrap_err();
        assert!(found.contains(why), "{found}");
    }
}

/// The id, the source and the sponsor of a draft, and what its comments say of them.
fn identity(page: &str, name: Option<&str>) -> String {
    let record = format!("A study of a new thing in many people\n{page}\nInclusion Criteria:\n1. Is old enough\n");
    let draft = import::from_registry(&record, name, None).unwrap();
    let checked = check_text("draft.elig", &draft.text);
    let program = checked.program.unwrap_or_else(|| panic!("{:#?}\n{}", checked.diagnostics, draft.text));
    let detail = |key: &str| {
        let found = program.trial.details.iter().find(|(name, _)| name == key);
        found.map_or("-", |(_, value)| value.as_str()).to_owned()
    };
    let said: Vec<&str> = draft
        .text
        .lines()
        .map(str::trim)
        .filter(|line| {
            line.starts_with("# The record gives")
                || line.starts_with("# The record names")
                || line.starts_with("# The page")
        })
        .collect();
    format!("{} | {} | {} | {}", program.trial.id, detail("source"), detail("sponsor"), said.join(" "))
}

#[test]
fn the_number_and_the_sponsor_are_those_the_page_gives() {
    let pages = [
        // ClinicalTrials.gov: its page as copied, its older tables, and pages made from it.
        "ClinicalTrials.gov ID NCT01234567\nSponsor A Company of Somewhere\nInformation provided by A Company of Somewhere (Responsible Party)",
        "ClinicalTrials.gov Identifier:\nNCT01234567\n\nSponsor:\nA Company\n\nCollaborator:\nB Company",
        "Responsible Party:\tA Hospital\nNCT01234567",
        "Responsible Party: Sponsor\nNCT01234567",
        "Responsible Party: Principal Investigator\nNCT01234567",
        "Lead Sponsor\n\nA Company\n\nNCT01234567",
        "Sponsors\nLeads: A Company\nCollaborators: B Hospital\n\nThis content was sourced from clinicaltrials.gov",
        "Launched by A COMPANY, LTD. · Feb 24, 2025",
        "A\n\nAnother Company\n\nStatus and phase",
        "A\n\nSome other words\n\nStatus and phase",
        // A label without a value is not given the next label.
        "Sponsor:\nStatus: Recruiting\nNCT01234567",
        "Sponsor: Not provided\nNCT01234567",
        // Other registries.
        "EudraCT Number: 2019-001234-56\nSponsor's Name: no\nB.1.1 Name of Sponsor:\tA University\nA.4.1\tSponsor's protocol code number\tABC-1",
        "EU CT number\n2023-501234-12-00\nSponsor/Co-Sponsors: A Company",
        "Main ID: EUCTR2019-001234-56-DE\nPrimary sponsor: A Company",
        "Main ID:\tJPRN-jRCT2031230123\nPrimary sponsor:\tA Company\nSecondary ID(s):\tNCT01234567",
        "Registration number：ChiCTR2300012345\nPrimary sponsor：A Hospital",
        "注册号：ChiCTR2300012345\n试验主办单位(项目批准或申办者)：某医院",
        "ISRCTN12345678\nSponsor information\nOrganisation\nA University\nSponsor details",
        "CTRI Number  CTRI/2023/05/012345\nName of Sponsor: A Company",
        "ACTRN12623000123456\nPrimary sponsor type\nUniversity\nName: X\nPrimary sponsor: A University",
        // No registry: the sponsor's code, else the file's name, else that it is missing.
        "Protocol Number: ABC/2023-01\nSponsor: A Company",
        "Sponsor: A Company",
        // No number: too long, too short, within a word, and a date.
        "NCT012345678 NCT0123 XNCT01234567 2023-501234 2023-05-01",
    ];
    let shown: Vec<String> =
        pages.iter().map(|page| format!("{page}\n=> {}\n", identity(page, Some("my trial (2)")))).collect();
    insta::assert_snapshot!("draft_identity", shown.join("\n"));
    assert!(identity("", None).starts_with("DRAFT | a registry record | - | # The record gives no number"));
    assert!(identity("", Some("---")).starts_with("DRAFT"));
    assert!(identity("", Some("require")).starts_with("DRAFT"));
    assert!(identity("", Some("试验")).starts_with("DRAFT"));
}

#[test]
fn odd_texts_neither_panic_nor_break_the_draft() {
    let mut texts = vec![
        "Inclusion Criteria:\n\u{0}\u{7}1. Bell\u{1b}[31m\n".to_owned(),
        "Inclusion Criteria:\n".to_owned() + &"1. a:\n".repeat(300),
        "Inclusion Criteria:\n".to_owned() + &"- ".repeat(200) + "x\n",
        "Inclusion Criteria:\n1. \n2.\n()\n(1)\n①\n*\n".to_owned(),
        "İnclusion Criteria:\n1. İs it\n".to_owned(),
        "Inclusion Criteria: ###\n".to_owned(),
        "Inclusion Criteria:\nonly:\nheadings:\n".to_owned(),
        "Inclusion Criteria:\n99999999999999999999. far\n".to_owned(),
    ];
    for depth in 0..40 {
        texts.push(format!("Inclusion Criteria:\n{}1. deep\n", " ".repeat(depth)));
    }
    for text in texts {
        let draft = import::from_registry(&text, None, None).unwrap();
        let checked = check_text("draft.elig", &draft.text);
        assert!(checked.program.is_some(), "{:#?}\n{}", checked.diagnostics, draft.text);
    }
}

#[test]
fn the_starter_checks_and_its_examples_pass() {
    assert_eq!(fmt::format(import::STARTER).unwrap().text, import::STARTER);
    let checked = check_text("starter.elig", import::STARTER);
    assert!(checked.diagnostics.is_empty(), "{:#?}", checked.diagnostics);
    let program = checked.program.clone().unwrap();
    assert!(program.examples.len() >= 3);
    for word in ["within", "unless", "when", "judged", "todo"] {
        assert!(import::STARTER.contains(word), "{word} is not taught");
    }
}

/// Real records, where they are at hand; none is part of the project.
#[test]
fn records_at_hand() {
    let Ok(folder) = std::fs::read_dir(crate::docs::root().join("../../shared/seeds")) else {
        println!("skipped: no folder of registry records beside the project");
        return;
    };
    for path in folder.map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, program) = drafted(&text);
        assert!(!program.criteria.is_empty(), "{}", path.display());
    }
}
