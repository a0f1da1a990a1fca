//! Trials of other fields, written as protocols of those fields have it: no warning is drawn by a sentence that means
//! what it says, and their examples come out.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::fs;

use eligc::driver::check_text;

use crate::docs::{failures, root};

#[test]
fn trials_of_other_fields_check_without_a_word_and_their_examples_pass() {
    let mut wrong = String::new();
    let mut seen = 0;
    for entry in fs::read_dir(root().join("tests/it/fields")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "elig") {
            continue;
        }
        let checked = check_text("trial.elig", &fs::read_to_string(&path).unwrap());
        for found in &checked.diagnostics {
            wrong += &format!("{}: {}: {}\n", path.display(), found.code, found.title);
        }
        for line in failures(&checked) {
            wrong += &format!("{}: {line}\n", path.display());
        }
        let program = checked.program.as_ref();
        assert!(program.is_some_and(|program| program.criteria.len() >= 25 && program.examples.len() >= 10));
        seen += 1;
    }
    assert_eq!(seen, 3);
    assert!(wrong.is_empty(), "{wrong}");
}

/// What an abbreviation means is a name of the shipped vocabulary, or a declaration that stands beside it.
#[test]
fn every_abbreviation_is_written_as_it_says() {
    use eligc::abbreviation::{ABBREVIATIONS, Equivalent};
    let vocabulary = check_text("empty.elig", "require informed_consent").vocabulary;
    for row in ABBREVIATIONS {
        match row.here {
            Equivalent::Written(text) => {
                let name = row.name().unwrap();
                assert!(vocabulary.symbols.contains_key(name), "{name}");
                // With a filter it is whole but for what is asked of the value.
                if !text.contains('(') {
                    continue;
                }
                let programs = [
                    format!("require {text} >= 400 ms"),
                    format!("require any {text}"),
                    format!("require {text} >= 30 mL/min/{{1.73_m2}}"),
                ];
                let right = programs.iter().any(|program| check_text("one.elig", program).diagnostics.is_empty());
                assert!(right, "{text}");
            }
            Equivalent::Declared(declaration) => {
                let found = check_text("one.elig", &format!("{declaration}\nrequire informed_consent")).diagnostics;
                assert!(found.is_empty(), "{declaration}: {found:#?}");
            }
        }
    }
    let mut all: Vec<&str> = ABBREVIATIONS.iter().flat_map(|row| row.words).copied().collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count, "a word stands in two rows");
    assert!(all.iter().all(|word| word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())));
}

/// Two names of the vocabulary never mean the same, so neither is offered for the other; nor for words of the field
/// that are near one by their letters only.
#[test]
fn no_name_is_suggested_for_another() {
    use eligc::diag::suggest::nearest_names;
    let vocabulary = check_text("empty.elig", "require informed_consent").vocabulary;
    let names: Vec<&str> = vocabulary.symbols.keys().map(String::as_str).collect();
    let mut wrong = String::new();
    let others = [
        "QTcF",
        "QTcB",
        "PLT",
        "cd4",
        "cd3",
        "hbsab",
        "hbeag",
        "hbeab",
        "ebv_igg",
        "cmv_igg",
        "hbv_rna",
        "hiv_rna",
        "hdv_antibody",
        "anti_ro",
        "anti_la",
        "ALP",
        "GGT",
        "LDH",
        "anca",
        "ace",
        "cetuximab",
        "infliximab",
        "ipilimumab",
        "ocrelizumab",
        "efalizumab",
        "abrocitinib",
        "filgotinib",
        "stable_angina",
        "hypotension",
        "sledai",
        "egfr_ckd_epi_2009",
        "eular_acr_2010",
        "sledai_2000",
        "creatine",
        "log_hbv_dna",
        "post_infusion",
        "cd19_t_cells",
    ];
    for name in names.iter().chain(&others) {
        let found = nearest_names(name, names.iter().copied().filter(|other| other != name), 3);
        if !found.is_empty() {
            wrong += &format!("{name}: {found:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    for (slip, meant) in [
        ("platelts", "platelets"),
        ("Platelets", "platelets"),
        ("anti-dsDNA", "anti_dsdna"),
        ("hemglobin", "hemoglobin"),
        ("haemoglobin", "hemoglobin"),
        ("creatinin", "creatinine"),
        ("hydroxychloroquin", "hydroxychloroquine"),
        ("carT", "car_t"),
        ("atl", "alt"),
        ("hcv_antibdy", "hcv_antibody"),
        ("rituximb", "rituximab"),
        ("nyhaa", "nyha"),
        ("immunosupressant", "immunosuppressant"),
        ("myocardial_infraction", "myocardial_infarction"),
    ] {
        assert_eq!(nearest_names(slip, names.iter().copied(), 3), [meant], "{slip}");
    }
}

/// A record is told as well, and no scale is offered for another.
#[test]
fn records_are_told_what_an_abbreviation_is() {
    use eligc::eval::Evaluator;
    use eligc::record::ReadOptions;
    let text = "require [I1] qtc <= 470 ms\nrequire [I2] hbv_dna_copies <= 1000 {copies}/mL";
    let checked = check_text("trial.elig", text);
    let evaluator = Evaluator::new(eligc::lower::lower(checked.program.as_ref().unwrap(), &checked.sources)).unwrap();
    let said = |facts: &str| {
        let json = format!("{{\"id\": 1, \"facts\": {{{facts}}}}}");
        format!("{:?}", evaluator.read(json.as_bytes(), &ReadOptions::default()).err())
    };
    let formula = said("\"QTcF\": {\"value\": 430, \"unit\": \"ms\"}");
    assert!(formula.contains("`qtc` with") && formula.contains("fridericia"), "{formula}");
    let scale = said("\"hbv_dna_copies\": {\"value\": 3, \"unit\": \"log10 IU/mL\"}");
    assert!(scale.contains("is not given in `log10 IU/mL`") && !scale.contains("did you mean"), "{scale}");
}
