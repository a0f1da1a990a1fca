//! Decimal logarithms in programs and records.

use super::*;
use eligc::ir::Outcome;

const VIRUS: &str = "
fact vl: quantity [{copies}/mL] possible 0..1e10 plausible 20..1e8
fact iu: quantity [[IU]/mL] possible 0..1e10
";

fn passes(criterion: &str, fact: &str, value: &str, unit: &str) -> bool {
    let (_, evaluator) = evaluator(&format!("{VIRUS}\nrequire [I1] {criterion}\n"));
    outcome(&evaluator, fact, value, unit) == Outcome::Pass
}

#[test]
fn programs_and_records_give_logarithms() {
    let units = [
        "log10 copies/mL",
        "log copies/mL",
        "lg {copies}/mL",
        "{Log_copies}/mL",
        "log10{copies}/mL",
        "log₁₀ copies/ml",
    ];
    for unit in units {
        assert!(passes(&format!("vl == 3 {unit}"), "vl", "1000", "copies/mL"), "{unit}");
        assert!(passes("vl == 1000 copies/mL", "vl", "3", unit), "{unit}");
        // Of one number, whatever digits it has.
        assert!(passes(&format!("vl <= 3.123456 {unit}"), "vl", "3.123456", "{Log_copies}/mL"), "{unit}");
        assert!(!passes(&format!("vl < 3.123456 {unit}"), "vl", "3.123456", "{Log_copies}/mL"), "{unit}");
    }
    assert!(passes("iu < 2000 [IU]/mL", "iu", "3.3", "{Log_IU}/mL"));
    assert!(passes("iu >= 3.3 log10 IU/mL", "iu", "1996", "IU/mL"));
    assert!(passes("vl == 1000 copies/mL", "vl", "6", "{Log_copies}/L"));
    assert!(passes("any vl >= 3 log10 copies/mL", "vl", "1e3", "copies/mL"));
    assert!(passes("vl * 1 >= 3 log10 copies/mL", "vl", "1e3", "copies/mL"));
}

#[test]
fn a_logarithm_is_no_number_to_add() {
    let said = |text: &str| check_text("trial.elig", &format!("{VIRUS}\n{text}\n"));
    let codes = |text: &str| -> Vec<String> {
        let found = said(text).diagnostics;
        found.iter().map(|found| format!("{:?}", found.code)).filter(|code| code.starts_with('E')).collect()
    };
    assert_eq!(codes("require [I1] vl - 1 log10 copies/mL >= 20 copies/mL"), ["E0314"]);
    // One below the other is compared as a ratio; as logarithms there is nothing that converts.
    assert_eq!(codes("require [I1] vl in {Log_copies}/mL >= 3"), ["E0301"]);
    assert_eq!(codes("require [I1] iu >= 3 log10 copies/mL"), ["E0301"]);
    assert_eq!(codes("require [I1] 3 log10 copies/mL <= vl"), [""; 0]);
}

#[test]
fn a_number_labelled_as_a_logarithm_is_impossible() {
    let (_, evaluator) = evaluator(&format!("{VIRUS}\nrequire [I1] vl <= 1000 copies/mL\n"));
    let json = r#"{"id":1,"facts":{"vl":{"value":20000,"unit":"log10 copies/mL"}}}"#;
    let why = evaluator.read(json.as_bytes(), &ReadOptions::default()).expect_err("10^20000").to_string();
    assert!(why.contains("lies between"), "{why}");
}
