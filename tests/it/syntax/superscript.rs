//! Powers of ten that lost their superscript are found in every spelling, wherever they stand, and nothing else is.

use eligc::diag::{Code, fix};
use eligc::driver::check_text;
use eligc::lower::lower;
use eligc::units::{Unit, UnitProblem};

/// Facts with and without a plausible range, one of the author's own.
const FACTS: &str = "fact cells: quantity [10*9/L]\nfact own: quantity [10*9/L] possible 0..1000 plausible 1..500\n";

fn tree(text: &str) -> Option<String> {
    let checked = check_text("trial.elig", text);
    checked.program.map(|program| {
        let mut program = program;
        // As it is written it differs; what it asks may not.
        for criterion in &mut program.criteria {
            criterion.statement.clear();
        }
        lower(&program, &checked.sources).to_json()
    })
}

#[test]
fn every_spelling_of_every_fact_is_found_and_its_edit_is_what_was_meant() {
    let spellings = [
        "x109/L",
        "x 109/L",
        "X 109/L",
        "×109/L",
        "× 109/L",
        "* 109/L",
        "x10 9/L",
        "x 10 9/L",
        "× 10 9 /L",
        "109/L",
        "10 9/L",
        "x 109 /L",
        "x109/l",
        "x 106/mL",
        "x103/µL",
        "x 103/uL",
        "x 103/mm3",
        "x 1012/L",
        "x 109 cells/L",
    ];
    let mut tried = 0;
    for fact in ["cells", "own", "platelets", "anc", "hemoglobin"] {
        for spelling in spellings {
            for glued in ["", " "] {
                if glued.is_empty() && spelling.starts_with('1') {
                    continue;
                }
                for sentence in [
                    "require [I1] FACT >= 100BOUND",
                    "exclude [I1] FACT < 100BOUND or pregnant",
                    "require [I1] FACT between 50BOUND and 100BOUND",
                ] {
                    let bound = format!("{glued}{spelling}");
                    let text = format!("{FACTS}{}\n", sentence.replace("FACT", fact).replace("BOUND", &bound));
                    let checked = check_text("trial.elig", &text);
                    assert!(checked.program.is_none(), "{text}");
                    let lost: Vec<_> = checked.diagnostics.iter().filter(|one| one.code == Code::E0109).collect();
                    assert_eq!(lost.len(), sentence.matches("BOUND").count(), "{text}{:#?}", checked.diagnostics);
                    let edits: Vec<_> = lost.iter().flat_map(|one| one.fixes.clone()).collect();
                    let repaired = fix::apply(&text, &edits);
                    let left = check_text("trial.elig", &repaired).diagnostics;
                    assert!(
                        left.iter().all(|one| one.code != Code::E0109 && !one.code.is_of_form()),
                        "{repaired}{left:#?}"
                    );
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

#[test]
fn what_was_meant_is_the_power() {
    for (lost, meant) in [
        ("require [I1] platelets >= 100 x 109/L", "require [I1] platelets >= 100 x10^9/L"),
        ("require [I1] platelets >= 100x109/L", "require [I1] platelets >= 100 x10^9/L"),
        ("require [I1] platelets >= 100 10 9/L", "require [I1] platelets >= 100 x10^9/L"),
        ("require [I1] hbv_dna < 2 x 104 IU/mL", "require [I1] hbv_dna < 20000 IU/mL"),
        ("require [I1] hbv_dna < 2.5 × 103 IU/mL and pregnant", "require [I1] hbv_dna < 2500 IU/mL and pregnant"),
        ("require [I1] creatinine < 5 x 10-2 mmol/L", "require [I1] creatinine < 0.05 mmol/L"),
        ("fact s: score 0..1000\nrequire [I1] s <= 2 x 102", "fact s: score 0..1000\nrequire [I1] s <= 200"),
        (
            "fact wbc: quantity [x109/L]\nrequire [I1] wbc > 4 x10^9/L",
            "fact wbc: quantity [x10^9/L]\nrequire [I1] wbc > 4 x10^9/L",
        ),
        (
            "fact wbc: quantity [10 9/L]\nrequire [I1] wbc > 4 x10^9/L",
            "fact wbc: quantity [10^9/L]\nrequire [I1] wbc > 4 x10^9/L",
        ),
    ] {
        let found = check_text("trial.elig", lost).diagnostics;
        assert!(found.iter().all(|one| one.code == Code::E0109) && found.len() == 1, "{lost}\n{found:#?}");
        let edits: Vec<_> = found.iter().flat_map(|one| one.fixes.clone()).collect();
        let repaired = fix::apply(lost, &edits);
        assert_eq!(tree(&repaired), tree(meant), "{repaired}");
    }
}

#[test]
fn an_example_and_a_declaration_are_read_with_the_same_eyes() {
    for text in [
        "require [I1] pregnant\nexample \"e\" { platelets: 150 x109/L at 2026-02-27 } expect I1 unknown\n",
        "require [I1] pregnant\nexample \"e\" { platelets: [150 x 109/L at 2026-02-27, < 20 10 9/L at 2026-02-01] } expect I1 unknown\n",
        "fact f: quantity [109/L]\nrequire [I1] pregnant\n",
        "unit \"giga\" = x109/L\nrequire [I1] pregnant\n",
        "define low = platelets < 20 x 109/L\nrequire [I1] low\n",
        "exclude [E1] prednisone (dose >= 2 x 103 mg/day)\n",
    ] {
        let found = check_text("trial.elig", text).diagnostics;
        assert!(found.iter().any(|one| one.code == Code::E0109), "{text}\n{found:#?}");
    }
}

#[test]
fn numbers_that_are_what_they_are_stay_so() {
    for text in [
        "require [I1] weight <= 105 kg and height >= 104 cm",
        "require [I1] systolic_bp between 102 and 109 mm[Hg]",
        "require [I1] platelets >= 100 x10^9/L and anc >= 1.5 10*9/L and platelets <= 1000 10⁹/L",
        "require [I1] platelets >= 109 x10^9/L and platelets <= 1_000_000 /uL",
        "require [I1] alt <= 10 x ULN and ast <= 2.5 × ULN",
        "require [I1] 104 * weight / 109 * 2 >= 105 kg",
        "require [I1] weight / height ^ 2 >= 18 kg/m2 # x 109/L",
        "require [I1] judged \"platelets of 100 x 109/L\"",
        "note [N1] \"100 x 109/L, 10 9/L\"",
        "fact x109: score 0..105 step 105\nrequire [I1] x109 >= 105",
        "fact own: quantity [mg] possible 102..109 plausible 103..108\nrequire [I1] own >= 105 mg",
        "exclude [E1] stroke within 10 months before screening",
        "require [I1] hbv_dna <= 1e4 IU/mL and hbv_dna <= 105 IU/mL",
        "require [I1] age at consent >= 18 years\nexample \"e\" { consent: 2026-10-09T10:09 birth_date: 1990 } expect I1 pass",
    ] {
        let found = check_text("trial.elig", text).diagnostics;
        assert!(found.iter().all(|one| one.code != Code::E0109 && one.code != Code::E0304), "{text}\n{found:#?}");
    }
}

/// The units of records are read by the same function.
#[test]
fn a_unit_that_lost_its_superscript_is_none() {
    for (text, meant) in [
        ("109/L", "10*9/L"),
        ("x109/L", "x10*9/L"),
        ("10 9/L", "10*9/L"),
        ("103/uL", "10*3/uL"),
        ("{cells}/106", "{cells}/10*6"),
    ] {
        let error = Unit::parse(text).expect_err(text);
        assert!(matches!(error.problem, UnitProblem::LostSuperscript { .. }), "{text}: {error:?}");
        assert_eq!(error.suggestions, [meant], "{text}");
    }
    for text in ["10*9/L", "x10^9/L", "100/L", "1000/uL", "mL/min/{1.73_m2}", "g/24h", "mg/(24.h)", "/100{WBC}"] {
        assert!(Unit::parse(text).is_ok(), "{text}");
    }
}
