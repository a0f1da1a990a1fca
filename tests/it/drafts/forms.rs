//! Headings, lists and pages of many forms, and very long ones.

use eligc::import;

/// What a heading says beyond its side is kept. Which side each gives to the item under it: `I`, `E`, or `U` where it does not say it for sure; `-` where the
/// line is no heading and the list goes on.
#[test]
fn headings() {
    for (heading, expected) in [
        // Tails, other words, marks, other languages.
        ("Exclusion Criteria for patients:", "E"),
        ("Exclusion Criteria - Part 1:", "E"),
        ("Exclusion Criteria, Cohort B", "E"),
        ("Exclusion Criteria (Phase 2 only):", "E"),
        ("Exclusion criteria for the dose expansion part of the study:", "E"),
        ("Exclusions:", "E"),
        ("EXCLUSION", "E"),
        ("Exclusion:", "E"),
        ("Criteria: Exclusion Criteria:", "E"),
        ("Exclusion Criteria.", "E"),
        ("Exclusion Criteria;", "E"),
        ("Patient's exclusion criteria", "E"),
        ("Patients’ exclusion criteria:", "E"),
        ("Non-inclusion Criteria:", "E"),
        ("Non inclusion criteria", "E"),
        ("NON-INCLUSION CRITERIA", "E"),
        ("Noninclusion criteria:", "E"),
        ("Criteria for non-inclusion:", "E"),
        ("Main criteria for exclusion", "E"),
        ("Ineligibility criteria:", "E"),
        ("Exclusion criterion", "E"),
        ("### Exclusion Criteria", "E"),
        ("__Exclusion Criteria:__", "E"),
        ("2. Exclusion Criteria:", "E"),
        ("5.2 Exclusion Criteria", "E"),
        ("II. EXCLUSION CRITERIA", "E"),
        ("B) Exclusion criteria:", "E"),
        ("- Exclusion Criteria:", "E"),
        ("exclusion criteria:", "E"),
        ("Part A: Exclusion Criteria:", "E"),
        ("Phase 1 Exclusion Criteria", "E"),
        ("Healthy volunteers – exclusion criteria:", "E"),
        ("Neuropsychiatric lupus exclusion criteria:", "E"),
        ("Critères d'exclusion :", "E"),
        ("Critères de non-inclusion :", "E"),
        ("Criterios de exclusión:", "E"),
        ("Ausschlusskriterien:", "E"),
        ("排除标准：", "E"),
        ("除外基準", "E"),
        ("Patients meeting any of the following exclusion criteria will be excluded:", "E"),
        ("Inclusion Criteria - Part 2:", "I"),
        ("Additional inclusion criteria for substudy 4 (patients with a disease):", "I"),
        // It may be another list: no side is given.
        ("Patients are not eligible if they have:", "U"),
        ("The following patients will be excluded:", "U"),
        ("Patients meeting any of the following exclusion criteria must not be enrolled:", "U"),
        ("Exclusion criteria known to the site", "U"),
        ("Inclusion/Exclusion Criteria:", "U"),
        ("Eligibility criteria for part 2:", "U"),
        ("Withdrawal criteria:", "U"),
        // Items, however they begin.
        ("2. Exclusion of tuberculosis by X-ray", "-"),
        ("2. Does not meet the exclusion criteria of the register", "-"),
        ("2. No exclusion criteria for imaging", "-"),
        ("2. Inclusion criteria of the main study are met", "-"),
        ("2. Inclusion", "-"),
    ] {
        let section = format!("Inclusion Criteria:\n\n1. Is old enough.\n\n{heading}\n\n1. Is the one to find.\n");
        let draft = import::from_registry(&section, None, None).unwrap();
        let line = draft.text.lines().find(|line| line.contains("Is the one to find")).unwrap();
        let found = &line[line.find('[').unwrap() + 1..][..1];
        let known = if expected == "-" { "I" } else { expected };
        assert_eq!(found, known, "{heading}\n{}", draft.text);
        assert_eq!(draft.open.is_empty(), expected != "U", "{heading}\n{:?}", draft.open);
        let decides =
            draft.text.lines().filter(|line| line.starts_with("require") || line.starts_with("exclude")).count();
        if expected == "-" && heading != "2. Inclusion" {
            assert_eq!(decides, 3, "{heading}\n{}", draft.text);
        }
        for word in ["Part", "Cohort", "Phase", "expansion", "substudy", "volunteers", "Neuropsychiatric", "site"] {
            assert_eq!(heading.contains(word), draft.text.contains(word), "{heading}\n{}", draft.text);
        }
    }
}

/// The lines of a draft that decide or note, short.
fn shown(record: &str) -> String {
    let draft = import::from_registry(record, None, None).unwrap();
    let kept = |line: &&str| {
        ["require ", "exclude ", "note "].iter().any(|word| line.starts_with(word)) || line.starts_with("# In this")
    };
    let mut lines: Vec<String> = draft.text.lines().filter(kept).map(str::to_owned).collect();
    lines.extend(draft.open.iter().map(|open| format!("open: {open}")));
    lines.join("\n")
}

#[test]
fn records_of_many_forms() {
    let records = [
        // A line that goes on with a number, or with a word that ends a page.
        "Inclusion Criteria:\n1. Had no stroke in the last\n6 months\nbefore screening\n2. Has a wash-out of\n12 weeks for all prior\ntreatments\n3. Gives consent\nabout 6 months before\n\nExclusion Criteria:\n1. Pregnant\n",
        // All on one line.
        "Inclusion Criteria: 1. Is old enough 2. Has consented 3. Has grade 2. 4. Can walk Exclusion Criteria: 1. Pregnant 2) Ill",
        "Inclusion: age over 18; SLE. Exclusion: pregnancy; stroke",
        // A word of the other list inside an item.
        "Inclusion Criteria:\n1. Uses contraception. Exclusion: hysterectomy.\n2. Has consented\nExclusion Criteria:\n1. Ill\n",
        "Inclusion Criteria:\n1. Uses contraception\n   Exclusion: hysterectomy\n2. Has consented\n3. Can walk\nExclusion Criteria:\n1. Ill\n",
        // What must not be taken apart.
        "Inclusion Criteria:\n1. At least one of the following:\n   a. ANA\n   b. Anti-dsDNA\n2. Has all of the following:\n   a. ALT of 40 or less\n   b. AST of 40 or less\nExclusion Criteria:\n1. Malignancy, except:\n   * Basal cell cancer\n   * Carcinoma in situ\n2. Any of the following infections:\n   - Hepatitis B\n   - HIV\n",
        // Names that begin like a marker.
        "Inclusion Criteria:\n\nE. coli in urine\n\nC. difficile in stool\n\nExclusion Criteria:\n\n- ALT above\n1.5 x ULN\n- C. difficile infection\n- 2.5 ULN or more\n",
        // Two cohorts.
        "Inclusion Criteria - Cohort A:\n1. Is 18 or older\nExclusion Criteria - Cohort A:\n1. Is ill\nInclusion Criteria - Cohort B:\n1. Is 12 or older\nExclusion Criteria - Cohort B:\n1. Is away\n",
        // Remarks.
        "Inclusion Criteria:\n* Is old enough\n\nNote: older people may join later\n* Has consented\n* NOTE: in writing\nExclusion Criteria:\nNote: all within 28 days\n1. Ill\n2. Note: this is numbered\n",
        // Outlines.
        "A. INCLUSION CRITERIA\n  I. Disease\n     a. SLE\n        i. for 6 months\n        ii. or longer\n     b. Lupus nephritis\n  II. Consent\nB. EXCLUSION CRITERIA\n  I. Pregnancy\n",
        // The European registers.
        "EudraCT Number: 2019-001234-56\nE.2.1 Main objective of the trial\tTo see\nE.3\tPrincipal inclusion criteria\t1. Is old enough\n2. Has consented\nE.4\tPrincipal exclusion criteria\t- Ill\n- Pregnant\nE.5.1\tPrimary end point(s)\tIt works\n",
        "EU CT number\n2023-501234-12-00\nPrincipal inclusion criteria\n1\nIs old enough\n2\nHas consented\nand can walk\nPrincipal exclusion criteria\n1\nIs ill\nEnd points\nPrimary end points\n1\nIt works\n",
        // No list says what it is.
        "A study of something new in people\nEligibility Criteria\n\nHas SLE\n\nExclusion Criteria:\n\n1. Is ill\n",
        // The record's own ages.
        "A study of something new in people\nMinimum Age: 6 Months\nMaximum Age: 17 Years\nInclusion Criteria:\n1. Is ill\n",
        "A study of something new in people\nAges: 12 to 65 years old\nInclusion Criteria:\n1. Is ill\n",
        "A study of something new in people\nSex: All\nMinimum Age: N/A\nInclusion Criteria:\n1. Is ill\n",
        // Dashes without a blank, a number that is no marker, a list that turns.
        "Inclusion Criteria:\n-Age 18\n-SLE\nExclusion Criteria:\n1. Ill\n2. Surgery within\n1. week\n3. Renal:\n30 mL/min\n",
        "Inclusion Criteria:\n\nSubjects must meet ALL of the following criteria:\n\n1. Is old enough\n2. One of these:\n   - ANA\n   - Anti-dsDNA\n\nSubjects who meet ANY of the following criteria are not eligible:\n\n1. Pregnant\n",
        // Entities and tags.
        "Inclusion Criteria:<br>1. ALT &lt; 40 U/L<br>2. Platelets &ge; 20 x10<sup>9</sup>/L<br><b>Exclusion Criteria:</b><ul><li>Age <5 or >70</li><li>P &amp; Q</li></ul>",
    ];
    let shown: Vec<String> = records.iter().map(|record| format!("{record}\n=>\n{}\n", shown(record))).collect();
    insta::assert_snapshot!("draft_records", shown.join("\n"));
}

/// The time taken goes with the length, and no depth of a line is too much.
#[test]
fn long_lines_are_read_in_step_with_their_length() {
    let texts = [
        format!("Inclusion Criteria: {}", "1. Is it. 2. Is he. Exclusion Criteria: ".repeat(4_000)),
        format!("Inclusion Criteria: {}", (1..8_000).map(|at| format!("{}. Is it. ", at % 90 + 1)).collect::<String>()),
        format!("Inclusion Criteria:\n1. One\n{}", "of\n(2) them\n".repeat(4_000)),
        format!("Inclusion Criteria:\n{}", "Except:\n".repeat(4_000)),
        format!("Inclusion Criteria:\n{}", "Note: x\n1\n".repeat(4_000)),
        format!("A page\n{}", "Inclusion:\n1 Ab\nResults\n\n".repeat(4_000)),
        "Exclusion Criteria ".repeat(20_000),
        "((((<b><p>&lt;".repeat(20_000),
    ];
    for text in texts {
        let began = std::time::Instant::now();
        let draft = import::from_registry(&text, None, None).unwrap();
        assert!(!draft.text.is_empty());
        let took = began.elapsed();
        assert!(took.as_secs() < 20, "{took:?} for {} bytes of {}", text.len(), &text[..60]);
    }
}
