//! Units in records: any spelling of UCUM, and what a unit may not be.

use super::*;
use eligc::ir::Outcome;

const RECORD_UNITS: &str = r#"
fact uprot: quantity [g/d] possible 0..100
fact uca: quantity [mmol/d] possible 0..100
fact plt: quantity [10*9/L] possible 0..5000
fact crp: quantity [mg/dL] possible 0..5000
fact vl: quantity [{copies}/mL] possible 0..1e10
fact uvol: quantity [L/d] possible 0..100
fact dd: quantity [ug/mL{FEU}] possible 0..100
fact tsh: quantity [m[IU]/L] possible 0..100
fact vitd: quantity [ng/mL] possible 0..1000 molar 400.64 g/mol
fact alt_u: quantity [U/L] possible 0..10000 equates [[iU]/L]
fact inf: quantity [ug/kg/min] possible 0..1000
"#;

/// Every valid UCUM code and everyday spelling of the right dimension, with the value that is 0.5 in the fact's unit.
#[test]
fn records_read_ucum_and_not_a_list() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        (
            "uprot",
            &[("500", "mg/(24.h)"), ("0.5", "g/(24.h)"), ("500", "mg/24 h"), ("0.5", "g per day"), ("3.5", "g/wk")],
        ),
        ("uca", &[("0.5", "mmol/(24.h)"), ("500", "umol/(24.h)"), ("500", "μmol/d")]),
        (
            "plt",
            &[
                ("0.5", "10*3/mm3"),
                ("500", "{cells}/mm3"),
                ("0.5", "K/µL"),
                ("0.5", "K/μL"),
                ("0.5", "×10³/μL"),
                ("0.5", "x 10^9 / L"),
                ("500", "/cu mm"),
                ("0.5", "10*3.mm-3"),
                ("5", "10*8/L"),
            ],
        ),
        ("crp", &[("5000", "ng/ml"), ("500", "ug/dl"), ("0.5", "mg/dl"), ("5", "mg/L"), ("0.5", "mg%%")]),
        (
            "vl",
            &[
                ("0.0005", "10*3.{copies}/mL"),
                ("0.0005", "10^3 copies/mL"),
                ("500", "{copies}/L"),
                ("0.5", "copies/ml"),
            ],
        ),
        ("uvol", &[("500", "mL/(24.h)"), ("500", "cc/d"), ("5", "dL/d")]),
        (
            "dd",
            &[
                ("500", "ng/mL{FEU}"),
                ("0.5", "mg/L{FEU}"),
                ("500", "ug{FEU}/L"),
                ("500", "ng{FEU}/mL"),
                ("500", "ng/mL FEU"),
                ("500", "{FEU}.ug/L"),
            ],
        ),
        ("tsh", &[("0.5", "u[iU]/mL"), ("0.5", "µIU/mL"), ("0.5", "mIU/L"), ("0.0005", "[IU]/L")]),
        ("vitd", &[("0.5", "ug/L"), ("500", "pg/mL"), ("5", "kg/(10*10.L)")]),
        ("alt_u", &[("0.5", "[IU]/L"), ("0.0005", "IU/mL"), ("0.5", "umol/min/L"), ("0.05", "IU/dL")]),
        ("inf", &[("0.5", "ug/(kg.min)"), ("0.0005", "mg/kg/min"), ("30", "ug/(kg.h)"), ("500", "ng.kg-1.min-1")]),
    ];
    for (fact, spellings) in cases {
        let (_, evaluator) = evaluator(&format!("{RECORD_UNITS}\nrequire [I1] {fact} == {}\n", half_of(fact)));
        for (value, unit) in *spellings {
            if *unit == "mg%%" {
                refused(&evaluator, fact, unit);
            } else {
                assert_eq!(outcome(&evaluator, fact, value, unit), Outcome::Pass, "{value} {unit} of {fact}");
            }
        }
    }
}

fn half_of(fact: &str) -> String {
    let unit = RECORD_UNITS
        .lines()
        .find_map(|line| line.strip_prefix(&format!("fact {fact}: quantity ["))?.split_once("] possible"))
        .map_or("", |(unit, _)| unit);
    format!("0.5 {unit}")
}

/// Through the molar mass too, although no spelling of that size is listed.
#[test]
fn unlisted_units_take_the_molar_mass() {
    let (_, evaluator) = evaluator(&format!("{RECORD_UNITS}\nrequire [I1] vitd == 4006.4 ng/mL / 10\n"));
    assert_eq!(outcome(&evaluator, "vitd", "1", "10*6.pmol/L"), Outcome::Pass);
    assert_eq!(outcome(&evaluator, "vitd", "1000", "10*-9.mol/L"), Outcome::Pass);
}

#[test]
fn what_a_unit_may_not_be_is_told() {
    let (_, evaluator) = evaluator(&format!(
        "{RECORD_UNITS}\nrequire [I1] plt > 1 x10^9/L and vl > 1 copies/mL and dd > 1 ug/mL{{FEU}}\n"
    ));
    assert!(refused(&evaluator, "vl", "log10 spots/mL").contains("a logarithm"));
    assert!(!refused(&evaluator, "vl", "log10 spots/mL").contains("did you mean"));
    // Of something else, and a logarithm of a number that is no count.
    refused(&evaluator, "vl", "log10 IU/mL");
    refused(&evaluator, "plt", "log10 copies/mL");
    assert!(refused(&evaluator, "plt", "mmol/L").contains("an amount concentration, not a count per volume"));
    assert!(refused(&evaluator, "plt", "10e9/L").contains("10*9/L"));
    assert!(refused(&evaluator, "dd", "ug/mL").contains("fibrinogen equivalents"));
}
