//! Units: published sizes, everyday spellings, what must never convert, and `docs/units.md`.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod accepted;

use std::{env, fs};

use eligc::number::Rational;
use eligc::units::{TimeUnit, Unit, UnitProblem, reference_markdown};
use proptest::prelude::*;

fn number(text: &str) -> Rational {
    Rational::parse(text).unwrap()
}

#[track_caller]
fn unit(text: &str) -> Unit {
    match Unit::parse(text) {
        Ok(unit) => unit,
        Err(error) => {
            assert_eq!(text, "", "{error}");
            Unit::dimensionless()
        }
    }
}

#[track_caller]
fn converts(from: &str, to: &str, factor: &str) {
    let found = unit(from).factor_to(&unit(to)).map(|factor| factor.to_string());
    assert_eq!(found.as_deref(), Some(factor), "{from} to {to}");
}

#[track_caller]
fn apart(a: &str, b: &str) {
    assert_eq!(unit(a).factor_to(&unit(b)), None, "{a} and {b}");
    assert_eq!(unit(b).factor_to(&unit(a)), None, "{b} and {a}");
}

/// Unit, UCUM spelling, size in m, g, s, mol and C.
const SIZES: &[(&str, &str, &str)] = &[
    ("1", "1", "1"),
    ("%", "%", "0.01"),
    ("percent", "%", "0.01"),
    ("{INR}", "{INR}", "1"),
    ("{titer}", "{titer}", "1"),
    ("10*9/L", "10*9/L", "1000000000000"),
    ("10^9/L", "10*9/L", "1000000000000"),
    ("10⁹/L", "10*9/L", "1000000000000"),
    ("x10^9/L", "10*9/L", "1000000000000"),
    ("x10*9/L", "10*9/L", "1000000000000"),
    ("×10⁹/L", "10*9/L", "1000000000000"),
    ("X 10^9 / l", "10*9/L", "1000000000000"),
    ("10^9 cells/L", "10*9.{cells}/L", "1000000000000"),
    ("G/L", "10*9/L", "1000000000000"),
    ("T/L", "10*12/L", "1000000000000000"),
    ("10^3/uL", "10*3/uL", "1000000000000"),
    ("×10³/µL", "10*3/uL", "1000000000000"),
    ("K/uL", "10*3/uL", "1000000000000"),
    ("K/mcL", "10*3/uL", "1000000000000"),
    ("M/uL", "10*6/uL", "1000000000000000"),
    ("/uL", "/uL", "1000000000"),
    ("cells/uL", "{cells}/uL", "1000000000"),
    ("cells/mcL", "{cells}/uL", "1000000000"),
    ("/mm3", "/mm3", "1000000000"),
    ("cells/mm³", "{cells}/mm3", "1000000000"),
    ("/cu mm", "/mm3", "1000000000"),
    ("10*9.L-1", "10*9.L-1", "1000000000000"),
    ("mg/dL", "mg/dL", "10"),
    ("mg·dL⁻¹", "mg.dL-1", "10"),
    ("g/L", "g/L", "1000"),
    ("mcg/mL", "ug/mL", "1"),
    ("µg/mL", "ug/mL", "1"),
    ("μg/mL", "ug/mL", "1"),
    ("umol/L", "umol/L", "0.001"),
    ("µmol/l", "umol/L", "0.001"),
    ("μmol/l", "umol/L", "0.001"),
    ("mmol/L", "mmol/L", "1"),
    ("U/L", "U/L", "1/60000"),
    ("kat", "kat", "1"),
    ("IU/L", "[IU]/L", "1000"),
    ("[iU]/L", "[IU]/L", "1000"),
    ("mIU/mL", "m[IU]/mL", "1000"),
    ("copies/mL", "{copies}/mL", "1000000"),
    ("10*3{copies}/mL", "10*3{copies}/mL", "1000000000"),
    ("mL/min", "mL/min", "1/60000000"),
    ("mL/min/1.73m2", "mL/min/{1.73_m2}", "1/60000000"),
    ("mL/min/1.73m^2", "mL/min/{1.73_m2}", "1/60000000"),
    ("mL/min/1.73 m²", "mL/min/{1.73_m2}", "1/60000000"),
    ("mL/min/(1.73 m2)", "mL/min/{1.73_m2}", "1/60000000"),
    ("mL/min per 1.73 m²", "mL/min/{1.73_m2}", "1/60000000"),
    ("mg/day", "mg/d", "1/86400000"),
    ("mg/24h", "mg/(24.h)", "1/86400000"),
    ("mg/24 h", "mg/(24.h)", "1/86400000"),
    ("g/(24.h)", "g/(24.h)", "1/86400"),
    ("g/(8.h){shift}", "g/(8.h){shift}", "1/28800"),
    ("mg/kg/day", "mg/kg/d", "1/86400000000"),
    ("mg/g{creat}", "mg/g{creat}", "0.001"),
    ("mm[Hg]", "mm[Hg]", "133322"),
    ("mmHg", "mm[Hg]", "133322"),
    ("mm Hg", "mm[Hg]", "133322"),
    ("kPa", "kPa", "1000000"),
    ("cmH2O", "cm[H2O]", "98066.5"),
    ("bpm", "{beats}/min", "1/60"),
    ("kg/m²", "kg/m2", "1000"),
    ("lb", "[lb_av]", "453.59237"),
    ("inches", "[in_i]", "0.0254"),
    ("ft", "[ft_i]", "0.3048"),
    ("cc", "mL", "0.000001"),
    ("fL", "fL", "0.000000000000000001"),
    ("sec", "s", "1"),
    ("ms", "ms", "0.001"),
    ("minutes", "min", "60"),
    ("hours", "h", "3600"),
    ("days", "d", "86400"),
    ("Weeks", "wk", "604800"),
    ("months", "mo", "2629800"),
    ("yr", "a", "31557600"),
    ("mEq/L", "meq/L", "1"),
    ("kcal", "kcal", "4184000"),
    ("mV", "mV", "1"),
    ("degC", "Cel", "1"),
];

#[test]
fn sizes_and_spellings() {
    for (text, ucum, size) in SIZES {
        let found = unit(text);
        assert_eq!(found.ucum(), *ucum, "{text}");
        assert_eq!(found.factor().to_string(), *size, "{text}");
        assert_eq!(found.written(), *text);
        let again = unit(ucum);
        assert_eq!(again.ucum(), *ucum);
        assert_eq!(again.factor_to(&found), Some(Rational::one()), "{text}");
    }
}

#[test]
fn conversions_are_exact() {
    converts("10*9/L", "/uL", "1000");
    converts("/uL", "x10^9/L", "0.001");
    converts("10*3/uL", "10*9/L", "1");
    converts("g/dL", "g/L", "10");
    converts("mg/dL", "g/L", "0.01");
    converts("mm[Hg]", "Pa", "133.322");
    converts("ukat/L", "U/L", "60");
    converts("U/L", "nkat/L", "50/3");
    converts("wk", "d", "7");
    converts("a", "d", "365.25");
    converts("mo", "d", "30.4375");
    converts("[lb_av]", "kg", "0.45359237");
    converts("IU/mL", "[iU]/L", "1000");
    converts("%", "1", "0.01");
    converts("g/24h", "mg/d", "1000");
    converts("mL/s/{1.73_m2}", "mL/min/{1.73_m2}", "60");
    converts("mg/d/{1.73_m2}", "mg/d/1.73m2", "1");
}

#[test]
fn what_never_converts() {
    apart("mL/min/{1.73_m2}", "mL/min");
    apart("mL/min/{1.73_m2}", "mL/min/m2");
    apart("U/L", "[iU]/L");
    apart("[IU]/mL", "{copies}/mL");
    apart("{copies}/mL", "/mL");
    apart("mmol/L", "/L");
    apart("mmol/L", "meq/L");
    apart("mmol/L", "mosm/L");
    apart("mg/dL", "umol/L");
    apart("g/dL", "G/L");
    apart("[arb'U]/mL", "[IU]/mL");
    apart("ug{FEU}/mL", "ug{DDU}/mL");
    apart("ug{FEU}/mL", "ug/mL");
    apart("{Log_copies}/mL", "{copies}/mL");
    apart("{spots}/uL", "{dots}/uL");
    apart("Cel", "1");
}

#[test]
fn mass_and_amount_meet_through_the_molar_mass() {
    let bilirubin = number("584.6621");
    let factor = unit("mg/dL").factor_to_molar(&unit("umol/L"), &bilirubin).unwrap();
    assert_eq!(format!("{:.3}", factor.to_f64()), "17.104");
    assert_eq!(format!("{:.1}", number("2").mul(&factor).to_f64()), "34.2");
    assert_eq!(format!("{:.1}", number("3").mul(&factor).to_f64()), "51.3");
    let back = unit("umol/L").factor_to_molar(&unit("mg/dL"), &bilirubin).unwrap();
    assert_eq!(factor.mul(&back), Rational::one());
    let creatinine = number("113.1179");
    let factor = unit("mg/dL").factor_to_molar(&unit("umol/L"), &creatinine).unwrap();
    assert_eq!(format!("{:.2}", factor.to_f64()), "88.40");
    assert_eq!(
        unit("mg/d").factor_to_molar(&unit("mmol/d"), &creatinine).unwrap(),
        number("1").div(&creatinine).unwrap()
    );
    let none = |a: &str, b: &str| assert_eq!(unit(a).factor_to_molar(&unit(b), &creatinine), None);
    none("mg/dL", "umol");
    none("mg/g", "mg/mmol");
    none("mg/mmol", "g/g");
    none("mg/dL", "[IU]/L");
    none("g2/L", "mol2/L");
}

#[test]
fn dimensions_have_names() {
    for (text, name) in [
        ("mg/dL", "mass concentration"),
        ("umol/L", "amount concentration"),
        ("10*9/L", "count per volume"),
        ("/min", "rate"),
        ("h", "time"),
        ("mL/min", "flow"),
        ("mL/min/{1.73_m2}", "flow per body surface"),
        ("U/L", "catalytic concentration"),
        ("[IU]/mL", "international units per volume"),
        ("{copies}/mL", "copies per volume"),
        ("mm[Hg]", "pressure"),
        ("%", "plain number"),
        ("kg/m2", "mass per area"),
        ("mg/d", "mass per time"),
        ("meq/L", "equivalents per volume"),
        ("mosm/kg", "osmoles per mass"),
        ("/[HPF]", "count per high-power field"),
    ] {
        assert_eq!(unit(text).dimension().name(), name, "{text}");
    }
}

#[test]
fn formulas_combine_units() {
    // Cockcroft-Gault: (years x kg) / (mg/dL) is no mL/min until its constant says so.
    let product = unit("a").multiply(&unit("kg")).divide(&unit("mg/dL"));
    assert_eq!(product.ucum(), "a.kg/(mg/dL)");
    assert!(product.is_calendar());
    assert_eq!(product.dimension(), unit("a.L").dimension());
    let index = unit("kg").divide(&unit("m").powi(2).unwrap());
    converts(index.ucum(), "kg/m2", "1");
    assert_eq!(unit("mg").divide(&unit("mg")).ucum(), "1");
    assert_eq!(Unit::dimensionless().divide(&unit("L")).ucum(), "/L");
    assert_eq!(Unit::dimensionless().multiply(&unit("/L")).factor(), unit("/L").factor());
    assert_eq!(unit("m").powi(0).unwrap(), Unit::dimensionless());
    assert_eq!(unit("m").powi(-2).unwrap().dimension(), unit("/m2").dimension());
    assert_eq!(unit("m").powi(10), None);
    assert_eq!(unit("m2").dimension().root(2).as_ref(), Some(unit("cm").dimension()));
    assert_eq!(unit("m3").dimension().root(2), None);
    assert_eq!(unit("m3").dimension().root(0), None);
}

#[test]
fn times() {
    for (text, expected) in [
        ("months", Some(TimeUnit::Month)),
        ("Month", Some(TimeUnit::Month)),
        ("mo", Some(TimeUnit::Month)),
        ("a", Some(TimeUnit::Year)),
        ("A", None),
        ("years", Some(TimeUnit::Year)),
        ("weeks", Some(TimeUnit::Week)),
        ("d", Some(TimeUnit::Day)),
        ("hours", Some(TimeUnit::Hour)),
        ("min", Some(TimeUnit::Minute)),
        ("sec", Some(TimeUnit::Second)),
        ("fortnights", None),
        ("", None),
    ] {
        assert_eq!(TimeUnit::parse(text), expected, "{text}");
    }
    assert_eq!(unit("years").time_unit(), Some(TimeUnit::Year));
    assert_eq!(unit("ms").time_unit(), None);
    assert_eq!(unit("/d").time_unit(), None);
    assert!(unit("mg/mo").is_calendar());
    assert!(!unit("mg/wk").is_calendar());
}

#[test]
fn errors_name_the_place_and_the_nearest_units() {
    let error = |text: &str| Unit::parse(text).unwrap_err();
    for (text, at, length, suggestions) in [
        ("gm/dL", 0, 2, &["g/dL"][..]),
        ("MG/DL", 0, 2, &["mg/dL"]),
        ("GM/DL", 0, 2, &["g/dL"]),
        ("mg/dl/dya", 6, 3, &["mg/dl/day"]),
        ("mmg/dL", 0, 3, &["mg/dL", "mcg/dL"]),
        ("µmmol/L", 0, 6, &["mmol/L", "umol/L"]),
        ("Mg/dL", 0, 2, &["mg/dL"]),
        ("Mmol/L", 0, 4, &["mmol/L"]),
        ("MIU/L", 0, 3, &["mIU/L"]),
        ("10e9/L", 0, 3, &["10*9/L"]),
        ("G/dL", 0, 1, &["g/dL"]),
        ("uM", 0, 2, &["umol/L", "um"]),
        ("mg//dL", 3, 1, &[]),
        ("mg/", 3, 0, &[]),
        ("mg/dL 5", 5, 1, &[]),
        ("(mg/dL", 0, 6, &[]),
        ("mg)", 2, 1, &[]),
        ("{copies/mL", 0, 10, &[]),
        ("mm[Hg", 2, 3, &[]),
        ("m0", 0, 2, &[]),
        ("m99", 0, 3, &[]),
        ("10*99/L", 0, 5, &[]),
        ("m^", 1, 1, &[]),
        ("furlongs", 0, 8, &[]),
        ("", 0, 0, &[]),
        ("  ", 0, 2, &[]),
    ] {
        let error = error(text);
        assert_eq!((error.at, error.length), (at, length), "{text}: {error}");
        assert_eq!(error.suggestions, suggestions, "{text}");
    }
    assert!(matches!(error("log10 ug/L").problem, UnitProblem::Refused { .. }));
    assert_eq!(error("mmg/dL").to_string(), "unknown unit `mmg`");
    assert_eq!(error(&"m.".repeat(200)).problem, UnitProblem::TooLong);
    assert_eq!(error(&"(".repeat(100)).problem, UnitProblem::TooLong);
}

#[test]
fn the_reference_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/units.md");
    let text = reference_markdown();
    if env::var_os("ELIGC_UPDATE").is_some() {
        fs::write(path, &text).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(written == text, "docs/units.md is out of date: run ELIGC_UPDATE=1 cargo test units");
}

fn any_unit() -> impl Strategy<Value = Unit> {
    (0..SIZES.len()).prop_map(|index| unit(SIZES.get(index).unwrap().0))
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,16}") {
        let _ = Unit::parse(&text);
    }

    #[test]
    fn near_units_are_read_or_refused(text in "[mudkgLlxX10*^9/.(){} µ⁹²\\[\\]IUahcnpertw-]{1,12}") {
        match Unit::parse(&text) {
            Ok(read) => {
                let again = Unit::parse(read.ucum());
                prop_assert!(again.is_ok(), "{} gives {}", text, read.ucum());
                let again = again.unwrap();
                prop_assert_eq!(again.ucum(), read.ucum());
                prop_assert_eq!(again.factor_to(&read), Some(Rational::one()), "{}", text);
            }
            Err(error) => {
                prop_assert!(text.get(error.at..error.at + error.length).is_some(), "{}", text);
                for suggestion in error.suggestions {
                    prop_assert!(Unit::parse(&suggestion).is_ok());
                }
            }
        }
    }

    #[test]
    fn conversions_go_back(a in any_unit(), b in any_unit()) {
        match (a.factor_to(&b), b.factor_to(&a)) {
            (Some(there), Some(back)) => prop_assert_eq!(there.mul(&back), Rational::one()),
            (there, back) => prop_assert_eq!((there, back), (None, None)),
        }
    }

    #[test]
    fn products_read_back(a in any_unit(), b in any_unit()) {
        for combined in [a.multiply(&b), a.divide(&b)] {
            let again = unit(combined.ucum());
            prop_assert_eq!(again.dimension(), combined.dimension(), "{}", combined);
            prop_assert_eq!(again.factor(), combined.factor(), "{}", combined);
        }
    }
}
