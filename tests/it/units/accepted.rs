//! Which spellings a fact of a unit takes.

use super::*;
use eligc::number::Rational;
use eligc::units::{Unit, Ways, accepted_units, is_common_spelling};

#[track_caller]
fn accepts(canonical: &str, molar: Option<&str>, equates: &[&str], wanted: &[(&str, &str)]) {
    let molar = molar.map(number);
    let equates: Vec<Unit> = equates.iter().map(|text| unit(text)).collect();
    let ways = Ways { molar: molar.as_ref(), equates: &equates, scales: &[] };
    let list = accepted_units(&unit(canonical), ways);
    assert_eq!(list.first().unwrap().0, unit(canonical).ucum());
    assert!(list.len() <= 40);
    for (spelling, factor) in wanted {
        let found = list.iter().find(|(known, _)| known == spelling).map(|(_, way)| &way.factor);
        assert_eq!(found.map(Rational::to_string).as_deref(), Some(*factor), "{spelling}");
    }
    for (index, (spelling, _)) in list.iter().enumerate() {
        assert!(!list.iter().skip(index + 1).any(|(other, _)| other == spelling), "{spelling}");
    }
}

#[test]
fn accepted_spellings() {
    accepts(
        "10*9/L",
        None,
        &[],
        &[
            ("10*9/L", "1"),
            ("x10^9/L", "1"),
            ("×10⁹/L", "1"),
            ("10*3/uL", "1"),
            ("K/uL", "1"),
            ("/uL", "0.001"),
            ("cells/uL", "0.001"),
            ("10*6/L", "0.001"),
            ("G/L", "1"),
            ("/L", "0.000000001"),
        ],
    );
    accepts(
        "mg/dL",
        Some("584.6621"),
        &[],
        &[
            ("mg/dL", "1"),
            ("g/dL", "1000"),
            ("g/L", "100"),
            ("mg/L", "0.1"),
            ("ug/mL", "0.1"),
            ("µmol/L", "0.05846621"),
            ("umol/L", "0.05846621"),
            ("mmol/L", "58.46621"),
            ("nmol/L", "0.00005846621"),
        ],
    );
    accepts("U/L", None, &["[iU]/L"], &[("U/L", "1"), ("U/mL", "1000"), ("ukat/L", "60")]);
    accepts("U/L", None, &["[iU]/L"], &[("[iU]/L", "1"), ("IU/L", "1"), ("IU/mL", "1000")]);
    let plain = accepted_units(&unit("U/L"), Ways::default());
    assert!(!plain.iter().any(|(spelling, _)| spelling.contains("IU")));
    accepts("year", None, &[], &[("years", "1"), ("mo", "1/12"), ("year", "1")]);
    accepts("s", None, &[], &[("sec", "1"), ("ms", "0.001"), ("min", "60")]);
    accepts("1", None, &[], &[("{INR}", "1"), ("{ratio}", "1")]);
    accepts("%", None, &[], &[("percent", "1"), ("{fraction}", "100")]);
    let number = accepted_units(&unit("1"), Ways::default());
    assert!(!number.iter().any(|(spelling, _)| matches!(spelling.as_str(), "%" | "percent")));
    accepts("kg", None, &[], &[("g", "0.001"), ("lb", "0.45359237")]);
    let rate = accepted_units(&unit("mg/kg/d"), Ways::default());
    assert!(!rate.iter().any(|(spelling, _)| spelling == "bpm"));
    // A unit of no group still lists its own two spellings.
    let own = accepted_units(&unit("{spots}/mcL"), Ways::default());
    assert_eq!(own.iter().map(|(spelling, _)| spelling.as_str()).collect::<Vec<_>>(), ["{spots}/uL", "{spots}/mcL"]);
}

/// The quick answer agrees with the list, for every fact of the shipped vocabulary.
#[test]
fn common_spellings_are_listed() {
    let checked = eligc::driver::check_text(
        "all.elig",
        "trial A \"a\" { anchor screening }\nuse sle\nrequire [I1] age >= 18 years",
    );
    let list = |fact: &eligc::vocab::Fact| {
        let unit = fact.unit()?;
        Some((unit.clone(), accepted_units(unit, fact.ways())))
    };
    let lists: Vec<_> = checked.vocabulary.facts.iter().filter_map(|fact| Some((fact, list(fact)?))).collect();
    let texts: std::collections::BTreeSet<&String> =
        lists.iter().flat_map(|(_, (_, list))| list).map(|(text, _)| text).collect();
    let mut common = 0;
    for (fact, (canonical, list)) in &lists {
        for text in &texts {
            let Ok(given) = Unit::parse(text) else { continue };
            let direct = given.factor_to(canonical);
            let molar = fact.molar.as_ref().and_then(|molar| given.factor_to_molar(canonical, molar));
            if direct.or(molar).is_none() {
                continue;
            }
            let by_molar_mass =
                fact.equates.is_empty() && fact.scales.is_empty() && given.factor_to(canonical).is_none();
            if is_common_spelling(canonical, text, by_molar_mass) {
                common += 1;
                assert!(list.iter().any(|(listed, _)| listed == *text), "{}: {text}", fact.name);
            }
        }
    }
    assert!(common > 500, "{common}");
}

#[test]
fn every_listed_spelling_converts_as_listed() {
    for text in SIZES.iter().map(|(text, _, _)| *text) {
        let canonical = unit(text);
        for (spelling, factor) in accepted_units(&canonical, Ways::default()) {
            let given = unit(&spelling);
            let linear = given.logarithm_of().unwrap_or(&given);
            assert_eq!(given.logarithm_of().is_some(), !factor.is_straight(), "{spelling} to {text}");
            assert_eq!(linear.factor_to(&canonical), Some(factor.factor), "{spelling} to {text}");
        }
    }
}
