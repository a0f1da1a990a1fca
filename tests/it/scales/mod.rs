//! Second scales, ratios and units that only a reader of UCUM knows: in bounds, examples and records.

mod logarithms;
mod records;

use eligc::driver::{Checked, check_text};
use eligc::eval::Evaluator;
use eligc::examples::unmet;
use eligc::explain::EvalOptions;
use eligc::ir::Outcome;
use eligc::lower::lower;
use eligc::number::Rational;
use eligc::record::ReadOptions;
use eligc::units::Unit;
use proptest::prelude::*;

const SCALES: &str = r#"
fact hba1c: quantity [mmol/mol] possible 0..300
  scale [%] = 0.09148 x [mmol/mol] + 2.152 source "NGSP and IFCC networks, master equation"
fact hba1c_ngsp: quantity [%] possible 0..30
  scale [%] = 0.09148 x [mmol/mol] + 2.152 source "NGSP and IFCC networks, master equation"
fact ca_cr: quantity [mg/mg] possible 0..10
  scale [mmol/mmol] = 1131179/400780 x [mg/mg] source "molar masses 113.1179 g/mol and 40.078 g/mol"
fact temperature: quantity [Cel] possible -20..50 uln
  scale [[degF]] = 1.8 x [Cel] + 32 source "definition of the degree Fahrenheit"
fact hematocrit: quantity [%] possible 0..100
  scale [%] = 100 x [L/L] source "definition of the volume fraction"
"#;

#[track_caller]
fn evaluator(text: &str) -> (Checked, Evaluator) {
    let checked = check_text("scales.elig", text);
    assert!(!checked.has_errors(), "{text}\n{:#?}", checked.diagnostics);
    let typed = checked.program.as_ref().expect("a program");
    let evaluator = Evaluator::new(lower(typed, &checked.sources)).expect("a tree that runs");
    (checked, evaluator)
}

/// Checks the text and runs its examples.
#[track_caller]
fn examples_hold(text: &str) {
    let (checked, evaluator) = evaluator(text);
    let typed = checked.program.as_ref().expect("a program");
    assert!(!typed.examples.is_empty());
    for example in &typed.examples {
        let wrong = unmet(&evaluator, typed, &checked.sources, checked.main, example);
        assert!(wrong.is_empty(), "{}: {wrong:?}", example.name);
    }
}

/// The outcome of the first criterion for one result of `fact`.
#[track_caller]
fn outcome(evaluator: &Evaluator, fact: &str, value: &str, unit: &str) -> Outcome {
    let json = format!(r#"{{"id":1,"facts":{{"{fact}":{{"value":{value},"unit":"{unit}"}}}}}}"#);
    match evaluator.read(json.as_bytes(), &ReadOptions::default()) {
        Ok(record) => {
            evaluator.evaluate(&record, &EvalOptions::default()).criteria.first().expect("a criterion").outcome
        }
        Err(error) => panic!("{json}: {error}"),
    }
}

#[track_caller]
fn refused(evaluator: &Evaluator, fact: &str, unit: &str) -> String {
    let json = format!(r#"{{"id":1,"facts":{{"{fact}":{{"value":1,"unit":"{unit}"}}}}}}"#);
    match evaluator.read(json.as_bytes(), &ReadOptions::default()) {
        Ok(_) => panic!("{json} was read"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn glycated_haemoglobin_on_two_scales() {
    examples_hold(&format!(
        r#"{SCALES}
exclude [E1] hba1c >= 64 mmol/mol
exclude [E2] hba1c_ngsp >= 64 mmol/mol
require [I1] hba1c <= 8.0 %
example "7.0 % NGSP is 53 mmol/mol: within all bounds" {{
  screening: 2026-03-01
  hba1c: 7.0 % at 2026-02-20
  hba1c_ngsp: 7.0 % at 2026-02-20
}} expect E1 pass, E2 pass, I1 pass
example "7.6 % is 60 mmol/mol, not 76" {{
  screening: 2026-03-01
  hba1c: 60 mmol/mol at 2026-02-20
}} expect E1 pass, I1 pass
example "8.2 % is 66 mmol/mol: over the bound of 8.0 %" {{
  screening: 2026-03-01
  hba1c: 66 mmol/mol at 2026-02-20
}} expect I1 fail
example "8.00672 % is 64 mmol/mol to the last digit" {{
  screening: 2026-03-01
  hba1c: 8.00672 % at 2026-02-20
  hba1c_ngsp: 64 mmol/mol at 2026-02-20
}} expect E1 fail, E2 fail, I1 fail
"#
    ));
}

#[test]
fn moles_and_masses_of_a_ratio() {
    examples_hold(&format!(
        r#"{SCALES}
exclude [E1] ca_cr > 0.6 mmol/mmol
exclude [E2] upcr > 50 mg/mmol
require [I1] hematocrit >= 0.30 L/L
example "0.4 mg/mg of calcium to creatinine is 1.13 mmol/mmol" {{
  screening: 2026-03-01
  ca_cr: 0.4 mg/mg at 2026-02-20
  upcr: 443 mg/g at 2026-02-20
  hematocrit: 30 % at 2026-02-20
}} expect E1 fail, E2 fail, I1 pass
example "and the other way round" {{
  screening: 2026-03-01
  ca_cr: 0.6 mmol/mmol at 2026-02-20
  upcr: 442 mg/g at 2026-02-20
  hematocrit: 0.299 L/L at 2026-02-20
}} expect E1 pass, E2 pass, I1 fail
"#
    ));
}

#[test]
fn degrees_fahrenheit() {
    examples_hold(&format!(
        r#"{SCALES}
require [I1] temperature <= 100.4 °F
require [I2] temperature <= 1 x ULN
require [I3] max(temperature, 98.6 [degF]) <= 37 °C
require [I4] (temperature in [degF]) - 98.6 <= 1.8
define rise = temperature - 37 °C
require [I5] rise <= 1 Cel
example "38 degrees" {{
  screening: 2026-03-01
  temperature: 38 °C uln 38 at 2026-02-20
}} expect I1 pass, I2 pass, I3 fail, I4 pass, I5 pass
example "the same in Fahrenheit" {{
  screening: 2026-03-01
  temperature: 100.4 degF uln 100.4 at 2026-02-20
}} expect I1 pass, I2 pass, I3 fail, I4 pass, I5 pass
example "a tenth more" {{
  screening: 2026-03-01
  temperature: 100.5 degF uln 100.4 at 2026-02-20
}} expect I1 fail, I2 fail, I3 fail, I4 fail, I5 fail
"#
    ));
}

/// A formula may stand for a ratio and for a plain number.
#[test]
fn formulas_of_ratios_compare_as_they_always_did() {
    let text = r#"
fact dose_per_day: quantity [mg/d]
fact urine_protein: quantity [mg/dL]
fact urine_creatinine: quantity [mg/dL]
fact urine_sodium: quantity [mmol/L]
fact sodium: quantity [mmol/L]
fact share: quantity [%]
require [I1] dose_per_day / weight <= 5 mg/kg/d
require [I2] urine_protein / urine_creatinine <= 500 mg/g
require [I3] urine_protein / urine_creatinine <= 0.5
require [I4] (urine_sodium * creatinine) / (sodium * urine_creatinine) <= 1 %
require [I5] upcr * urine_creatinine <= 500 mg/L
require [I6] share <= 0.4 {ratio}
require [I7] weight / height ^ 2 <= 30 kg/m2
"#;
    evaluator(text);
    let wrong = check_text(
        "wrong.elig",
        "fact a: quantity [mmol/L]\nfact b: quantity [mmol/L]\nfact r: quantity [mmol/mol]\n\
         require [I1] a / b <= 0.6 mg/mg\nrequire [I2] max(r, r) <= 7 %\nrequire [I3] r * 2 <= 7 %\n",
    );
    let codes: Vec<String> = wrong.diagnostics.iter().map(|found| found.code.to_string()).collect();
    assert_eq!(codes, ["E0301", "E0301", "E0301"]);
}

#[test]
fn records_read_the_second_scale() {
    let (_, evaluator) = evaluator(&format!("{SCALES}\nexclude [E1] hba1c >= 64 mmol/mol\nrequire [I1] hba1c < 8 %\n"));
    assert_eq!(outcome(&evaluator, "hba1c", "7.0", "%"), Outcome::Pass);
    assert_eq!(outcome(&evaluator, "hba1c", "8.00672", "%"), Outcome::Fail);
    assert_eq!(outcome(&evaluator, "hba1c", "8.00671", "percent"), Outcome::Pass);
    assert_eq!(outcome(&evaluator, "hba1c", "0.0800672", "{fraction}"), Outcome::Fail);
    assert_eq!(outcome(&evaluator, "hba1c", "0.064", "mol/mol"), Outcome::Fail);
    assert!(refused(&evaluator, "hba1c", "mg/g").contains("a ratio of masses, not a ratio of amounts of substance"));
    // 1 % is 12.6 mmol/mol below nothing.
    assert!(refused(&evaluator, "hba1c", "%").contains("lies between 0 and 300 mmol/mol"));
}

#[test]
fn a_limit_of_normal_below_the_fact_s_own_zero_is_a_problem() {
    let (_, evaluator) = evaluator(&format!("{SCALES}\nrequire [I1] temperature <= 1 x ULN\n"));
    let json = r#"{"id":1,"facts":{"temperature":{"value":40,"unit":"[degF]","uln":31}}}"#;
    let error = evaluator.read(json.as_bytes(), &ReadOptions::default()).expect_err("a limit of -0.6 Cel");
    assert!(error.to_string().contains("above zero in the fact's own unit"), "{error}");
}

/// A limit of normal is in the unit of its value, listed or not, and a value without end in the fact's unit is exact.
#[test]
fn examples_keep_the_unit_they_are_written_in() {
    examples_hold(&format!(
        r#"{SCALES}
require [I1] alt <= 2.5 x ULN
require [I2] hba1c < 64 mmol/mol
example "in a unit that no tree lists" {{
  screening: 2026-03-01
  alt: 1000 pkat/mL uln 400 at 2026-02-20
  hba1c: 0.0705 {{fraction}} at 2026-02-20
}} expect I1 pass, I2 pass
example "and over the bound" like "in a unit that no tree lists" {{
  alt: 1001 pkat/mL uln 400 at 2026-02-20
  hba1c: 80.1 [ppth] at 2026-02-20
}} expect I1 fail, I2 fail
"#
    ));
}

/// Without a rule the units do not compare, in records as in bounds.
#[test]
fn without_a_rule_nothing_converts() {
    let (_, evaluator) = evaluator(
        "fact hba1c: quantity [mmol/mol]\nfact share: quantity [%]\nfact heat: quantity [Cel]\n\
         require [I1] hba1c < 64 mmol/mol and share < 50 % and heat < 38 °C\n",
    );
    for unit in ["%", "1", "mg/g", "L/L", "mmol/L"] {
        refused(&evaluator, "hba1c", unit);
    }
    for unit in ["mg/g", "L/L", "mmol/mol", "min/h"] {
        refused(&evaluator, "share", unit);
    }
    assert!(refused(&evaluator, "heat", "[degF]").contains("degrees Fahrenheit"));
    for unit in ["1", "{ratio}", "[ppth]", "percent"] {
        outcome(&evaluator, "share", "0.5", unit);
    }
}

/// Roman number signs and full-width letters are the plain letters; two levels at once are none.
#[test]
fn levels_as_people_type_them() {
    let (_, evaluator) =
        evaluator("require [I1] nyha <= class II\nrequire [I2] ecog <= grade 1 and hbsag is negative\n");
    let read =
        |facts: &str| evaluator.read(format!(r#"{{"id":1,"facts":{{{facts}}}}}"#).as_bytes(), &ReadOptions::default());
    for (word, expected) in [
        ("Ⅱ", Outcome::Pass),
        ("ⅱ", Outcome::Pass),
        ("Ⅲ", Outcome::Fail),
        ("Ⅳ", Outcome::Fail),
        ("ＩＩＩ", Outcome::Fail),
        ("ＩＩ", Outcome::Pass),
    ] {
        let record = read(&format!(r#""nyha":"{word}""#)).unwrap_or_else(|error| panic!("{word}: {error}"));
        let evaluation = evaluator.evaluate(&record, &EvalOptions::default());
        assert_eq!(evaluation.criteria.first().expect("I1").outcome, expected, "{word}");
    }
    for facts in [r#""ecog":"２""#, r#""hbsag":"ｎｅｇａｔｉｖｅ""#] {
        assert!(read(facts).is_ok(), "{facts}");
    }
    for (facts, told) in [
        (r#""nyha":"II-III""#, "`II` and `III` are two levels"),
        (r#""nyha":"Ⅱ～Ⅲ""#, "`II` and `III` are two levels"),
        (r#""nyha":"III/IV""#, "`III` and `IV` are two levels"),
        (r#""ecog":"1-2""#, "`1` and `2` are two levels"),
        (r#""ecog":"02""#, "did you mean `2`?"),
        (r#""nyha":"iii""#, "did you mean `III`?"),
    ] {
        let error = read(facts).expect_err(facts).to_string();
        assert!(error.contains(told), "{error}");
    }
    // A level beside it is never proposed.
    let error = read(r#""nyha":"V""#).expect_err("no such class").to_string();
    assert!(!error.contains("did you mean"), "{error}");
}

/// What docs/units.md says is read is read behind a number too, in a bound and in an example.
#[test]
fn every_spelling_of_the_page_is_read_in_a_program() {
    let page = include_str!("../../../docs/units.md");
    let ticked = |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut section = "";
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title;
        }
        let Some((left, right)) = line.strip_prefix("| ").and_then(|row| row.trim_end_matches(" |").split_once(" | "))
        else {
            continue;
        };
        let (left, right, before) = (ticked(left), ticked(right), left.contains("before"));
        match (section, left.split_first(), right.split_first()) {
            ("Everyday spellings", Some((letter, volumes)), Some((power, _))) if before => {
                pairs.extend(volumes.iter().map(|volume| (format!("{letter}{volume}"), format!("{power}{volume}"))));
            }
            ("Everyday spellings", Some(_), Some((ucum, _))) => {
                pairs.extend(left.iter().map(|written| (written.clone(), ucum.clone())));
            }
            ("Spellings a compiled tree lists", Some((ucum, _)), Some(_)) => {
                pairs.extend(right.iter().map(|written| (written.clone(), ucum.clone())));
            }
            _ => {}
        }
    }
    for (written, ucum) in [
        ("ug/(kg.min)", "ug/kg/min"),
        ("g/(24.h)", "g/d"),
        ("mg/kg/(24.h)", "mg/kg/d"),
        ("10*3.{copies}/mL", "{copies}/L"),
        ("10^9 cells/L", "10*9/L"),
        ("x10^6 cells/kg", "10*6/kg"),
        ("10^9 /L", "10*9/L"),
        ("mL/min per 1.73 m2", "mL/min/{1.73_m2}"),
        ("copies per mL", "{copies}/mL"),
        ("ug.kg-1.min-1", "ug/kg/min"),
        ("ug{FEU}/L", "ug/mL{FEU}"),
        ("ng/mL FEU", "ug/mL{FEU}"),
        ("MM HG", "mm[Hg]"),
    ] {
        pairs.push((written.to_owned(), ucum.to_owned()));
    }
    // `1 1` is no number, and nobody writes a plain number's unit.
    pairs.retain(|(written, _)| written != "1");
    assert!(pairs.len() > 450, "{}", pairs.len());
    for (written, ucum) in pairs {
        let text = format!(
            "fact x: quantity [{ucum}] possible 0..1e30\nrequire [I1] x >= 2 {written} and not pregnant\n\
             example \"a\" {{ x: 2 {written} pregnant: no }} expect I1 pass\n\
             example \"b\" {{ x: 1.9 {written}, pregnant: no }} expect I1 fail\n"
        );
        examples_hold(&text);
    }
}

/// What looks like a unit in parentheses and is a formula stays one.
#[test]
fn a_formula_in_parentheses_is_no_unit() {
    evaluator(
        "require [I1] 100 mg/(weight) <= 5 mg/kg\nrequire [I2] weight/(height^2) < 30 kg/m2\n\
         require [I3] 7 kg/(weight/weight) < 30 kg\nrequire [I4] weight > 40 kg and (height > 1 m)\n",
    );
}

proptest! {
    /// A value on the second scale answers as the one it is on the first, exactly, at and around the bound.
    #[test]
    fn scales_convert_exactly(above in 1_i64..5_000, below in 1_i64..500, offset in -4_000_i64..4_000, bound in 0_i64..300_000) {
        let sign = if offset < 0 { '-' } else { '+' };
        let text = format!(
            "fact x: quantity [mmol/mol]\n\
             scale [%] = {above}/{below} x [mmol/mol] {sign} {}/{below} source \"a rule\"\n\
             require [I1] x >= {}.{:03} mmol/mol\nrequire [I2] x >= 5 %\n",
            offset.abs(), bound / 1000, bound % 1000,
        );
        let (_, evaluator) = evaluator(&text);
        let exact = |number: i64, under: i64| Rational::from_i64(number).div(&Rational::from_i64(under)).expect("no zero");
        let factor = exact(above, below);
        let offset = exact(offset, below);
        // Percent at which I1 turns, as a decimal of five digits, and its neighbours.
        let turn = exact(bound, 1000).mul(&factor).add(&offset);
        let near = (turn.to_f64() * 1e5).round() as i64;
        for percent in [near - 1, near, near + 1, near + 7] {
            let value = exact(percent, 100_000);
            let here = value.sub(&offset).div(&factor).expect("above zero");
            let json = format!(r#"{{"id":1,"facts":{{"x":{{"value":{},"unit":"%"}}}}}}"#, value.to_f64());
            let record = evaluator.read(json.as_bytes(), &ReadOptions::default()).expect("a record");
            let found = evaluator.evaluate(&record, &EvalOptions::default());
            let outcomes: Vec<Outcome> = found.criteria.iter().map(|criterion| criterion.outcome).collect();
            let expected = |holds: bool| if holds { Outcome::Pass } else { Outcome::Fail };
            prop_assert_eq!(outcomes, [expected(here >= exact(bound, 1000)), expected(value >= Rational::from_i64(5))]);
        }
    }
}

#[test]
fn ratios_never_meet() {
    let ratios = ["mmol/mol", "mg/g", "L/L", "%", "min/h", "{copies}/{copies}", "m2/m2", "[IU]/[IU]", "mg/mmol"];
    for (at, one) in ratios.iter().enumerate() {
        for (other_at, other) in ratios.iter().enumerate() {
            let (one, other) = (Unit::parse(one).expect("a unit"), Unit::parse(other).expect("a unit"));
            assert_eq!(one.factor_to(&other).is_some(), at == other_at, "{one} and {other}");
        }
    }
    for (one, other) in [("N/m2", "Pa"), ("W.s", "J"), ("U/L", "umol/min/L"), ("mg/kg/d", "g/(kg.d)"), ("h/d", "min/d")]
    {
        let (one, other) = (Unit::parse(one).expect("a unit"), Unit::parse(other).expect("a unit"));
        assert!(one.factor_to(&other).is_some(), "{one} and {other}");
    }
}

#[test]
fn a_percentage_is_a_plain_number_only_where_its_fact_says_so() {
    examples_hold(
        r#"
fact activity: quantity [1] possible 0..2 scale [%] = 100 x [1] source "definition of the percentage"
fact share: quantity [%] possible 0..100
require [I1] activity >= 40 %
require [I2] share >= 50 %
example "in percent" {
  screening: 2026-03-01
  activity: 41 % at 2026-02-27
  share: 0.5 {fraction} at 2026-02-27
} expect I1 pass, I2 pass
example "as a number" { screening: 2026-03-01 activity: 0.39 at 2026-02-27 } expect I1 fail
"#,
    );
    for (text, code) in [
        ("require inr <= 40 %", "E0303"),
        ("require inr between 70 % and 120 %", "E0303 E0303"),
        ("require inr in % >= 40", "E0301"),
        ("require inr - 50 % >= 1", "E0301"),
        ("require sledai2k >= 7\nexample \"quick\" { inr: 40 % } expect R1 unknown", "E0301"),
    ] {
        let checked = check_text("scales.elig", text);
        let found: Vec<String> = checked.diagnostics.iter().map(|found| found.code.to_string()).collect();
        assert_eq!(found.join(" "), code, "{text}");
    }
}
