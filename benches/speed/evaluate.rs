//! Every criterion's outcome and the verdict on records in memory, against the same 25 criteria written by hand in
//! Rust over a struct.
//!
//! Both sides answer pass, fail or unknown for each of the 25 criteria, in a list, and the verdict these add up to; the
//! bench holds the two lists against each other for every patient before it measures. Both start from values that are
//! already parsed, one in 200 of them missing, and go through some thousands of different patients, so that neither
//! side has one patient's branches by heart.

use std::hint::black_box;

use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::ir::{Outcome, Verdict};
use eligc::lower::lower;
use eligc::record::{ReadOptions, Record};

use crate::least;

const CRITERIA: &str = r#"
trial BENCH "twenty-five criteria on plain facts" { anchor screening }
use sle
require [I1] sledai2k >= 6
require [I2] hemoglobin >= 80 g/L
require [I3] platelets >= 50 x10^9/L
require [I4] anc >= 1.0 x10^9/L
require [I5] alc >= 0.5 x10^9/L
require [I6] total_bilirubin < 2.0 mg/dL, or < 3.0 mg/dL when gilbert_syndrome
require [I7] creatinine <= 2.0 mg/dL
require [I8] lvef >= 45 %
require [I9] spo2 >= 92 %
require [I10] any of { ana is positive, anti_dsdna is positive, anti_sm is positive }
require [I11] prednisone_equivalent between 7.5 and 60 mg/day
require [I12] informed_consent
require [I13] dyspnea <= grade 1
require [I14] ecog <= grade 2
require [I15] weight > 40 kg
require [I16] disease_active
require [I17] agrees_contraception
require [I18] venous_access
exclude [E1] pregnant
exclude [E2] lactating
exclude [E3] hbsag is positive or hcv_antibody is positive or hiv_antibody is positive
exclude [E4] systolic_bp > 160 mm[Hg] or diastolic_bp > 100 mm[Hg]
exclude [E5] qtc > 480 ms
exclude [E6] bleeding_tendency and platelets < 80 x10^9/L
exclude [E7] nyha >= class III
"#;

/// The same patient as a struct; `None` is not known.
struct Patient {
    sledai2k: Option<i32>,
    hemoglobin: Option<f64>,
    platelets: Option<f64>,
    anc: Option<f64>,
    alc: Option<f64>,
    total_bilirubin: Option<f64>,
    gilbert_syndrome: Option<bool>,
    creatinine: Option<f64>,
    lvef: Option<f64>,
    spo2: Option<f64>,
    ana: Option<Sign>,
    anti_dsdna: Option<Sign>,
    anti_sm: Option<Sign>,
    prednisone_equivalent: Option<f64>,
    informed_consent: Option<bool>,
    dyspnea: Option<u8>,
    ecog: Option<u8>,
    weight: Option<f64>,
    disease_active: Option<bool>,
    agrees_contraception: Option<bool>,
    venous_access: Option<bool>,
    pregnant: Option<bool>,
    lactating: Option<bool>,
    hbsag: Option<Sign>,
    hcv_antibody: Option<Sign>,
    hiv_antibody: Option<Sign>,
    systolic_bp: Option<f64>,
    diastolic_bp: Option<f64>,
    qtc: Option<f64>,
    bleeding_tendency: Option<bool>,
    nyha: Option<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Positive,
    Negative,
}

fn is<T: Copy>(value: Option<T>, test: impl FnOnce(T) -> bool) -> Outcome {
    match value {
        Some(value) if test(value) => Outcome::Pass,
        Some(_) => Outcome::Fail,
        None => Outcome::Unknown,
    }
}

fn positive(sign: Option<Sign>) -> Outcome {
    is(sign, |sign| sign == Sign::Positive)
}

fn both(a: Outcome, b: Outcome) -> Outcome {
    match (a, b) {
        (Outcome::Fail, _) | (_, Outcome::Fail) => Outcome::Fail,
        (Outcome::Pass, Outcome::Pass) => Outcome::Pass,
        _ => Outcome::Unknown,
    }
}

fn either(a: Outcome, b: Outcome) -> Outcome {
    not(both(not(a), not(b)))
}

fn not(a: Outcome) -> Outcome {
    match a {
        Outcome::Pass => Outcome::Fail,
        Outcome::Fail => Outcome::Pass,
        Outcome::Unknown => Outcome::Unknown,
    }
}

/// What [`Evaluator::outcomes`] answers: whether each of the 25 criteria passes, fails or is not known, and the
/// verdict. It knows the criteria, the units and the types beforehand, and reads no more than the struct.
#[inline(never)]
fn by_hand(p: &Patient, outcomes: &mut [Outcome; 25]) -> Verdict {
    *outcomes = [
        is(p.sledai2k, |score| score >= 6),
        is(p.hemoglobin, |value| value >= 80.0),
        is(p.platelets, |value| value >= 50.0),
        is(p.anc, |value| value >= 1.0),
        is(p.alc, |value| value >= 0.5),
        either(
            is(p.total_bilirubin, |value| value < 2.0),
            both(is(p.gilbert_syndrome, |yes| yes), is(p.total_bilirubin, |value| value < 3.0)),
        ),
        is(p.creatinine, |value| value <= 2.0),
        is(p.lvef, |value| value >= 45.0),
        is(p.spo2, |value| value >= 92.0),
        either(positive(p.ana), either(positive(p.anti_dsdna), positive(p.anti_sm))),
        is(p.prednisone_equivalent, |value| (7.5..=60.0).contains(&value)),
        is(p.informed_consent, |yes| yes),
        is(p.dyspnea, |grade| grade <= 1),
        is(p.ecog, |grade| grade <= 2),
        is(p.weight, |value| value > 40.0),
        is(p.disease_active, |yes| yes),
        is(p.agrees_contraception, |yes| yes),
        is(p.venous_access, |yes| yes),
        is(p.pregnant, |yes| !yes),
        is(p.lactating, |yes| !yes),
        not(either(positive(p.hbsag), either(positive(p.hcv_antibody), positive(p.hiv_antibody)))),
        not(either(is(p.systolic_bp, |value| value > 160.0), is(p.diastolic_bp, |value| value > 100.0))),
        is(p.qtc, |value| value <= 480.0),
        not(both(is(p.bleeding_tendency, |yes| yes), is(p.platelets, |value| value < 80.0))),
        is(p.nyha, |class| class < 3),
    ];
    outcomes.iter().fold(Verdict::Eligible, |verdict, outcome| match (verdict, outcome) {
        (Verdict::Ineligible, _) | (_, Outcome::Fail) => Verdict::Ineligible,
        (Verdict::Undetermined, _) | (_, Outcome::Unknown) => Verdict::Undetermined,
        (Verdict::Eligible, Outcome::Pass) => Verdict::Eligible,
    })
}

/// Numbers that differ from patient to patient and are the same in every run.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// Mostly true, so that most patients meet most criteria and the whole list is walked.
    fn likely(&mut self) -> bool {
        self.next(100) < 99
    }

    /// One value in 200 is missing.
    fn known<T>(&mut self, value: impl FnOnce(&mut Numbers) -> T) -> Option<T> {
        let value = value(self);
        (self.next(200) > 0).then_some(value)
    }
}

fn patient(numbers: &mut Numbers) -> Patient {
    Patient {
        sledai2k: numbers.known(|n| n.next(20) as i32 + if n.likely() { 6 } else { 1 }),
        hemoglobin: numbers.known(|n| (79 + n.next(60)) as f64),
        platelets: numbers.known(|n| (49 + n.next(200)) as f64),
        anc: numbers.known(|n| 1.0 + n.next(50) as f64 / 10.0),
        alc: numbers.known(|n| 0.5 + n.next(20) as f64 / 10.0),
        total_bilirubin: numbers.known(|n| n.next(21) as f64 / 10.0 + 0.1),
        gilbert_syndrome: numbers.known(|n| !n.likely()),
        creatinine: numbers.known(|n| n.next(15) as f64 / 10.0 + 0.4),
        lvef: numbers.known(|n| (45 + n.next(30)) as f64),
        spo2: numbers.known(|n| (92 + n.next(8)) as f64),
        ana: numbers.known(|n| sign(n.likely())),
        anti_dsdna: numbers.known(|n| sign(n.next(2) == 0)),
        anti_sm: numbers.known(|n| sign(n.next(4) == 0)),
        prednisone_equivalent: numbers.known(|n| 7.5 + n.next(50) as f64),
        informed_consent: numbers.known(|n| n.likely()),
        dyspnea: numbers.known(|n| n.next(2) as u8),
        ecog: numbers.known(|n| n.next(3) as u8),
        weight: numbers.known(|n| 41.0 + n.next(50) as f64),
        disease_active: numbers.known(|n| n.likely()),
        agrees_contraception: numbers.known(|n| n.likely()),
        venous_access: numbers.known(|n| n.likely()),
        pregnant: numbers.known(|n| !n.likely()),
        lactating: numbers.known(|n| !n.likely()),
        hbsag: numbers.known(|n| sign(!n.likely())),
        hcv_antibody: numbers.known(|n| sign(!n.likely())),
        hiv_antibody: numbers.known(|n| sign(!n.likely())),
        systolic_bp: numbers.known(|n| (100 + n.next(60)) as f64),
        diastolic_bp: numbers.known(|n| (50 + n.next(50)) as f64),
        qtc: numbers.known(|n| (380 + n.next(100)) as f64),
        bleeding_tendency: numbers.known(|n| !n.likely()),
        nyha: numbers.known(|n| 1 + n.next(2) as u8),
    }
}

fn sign(positive: bool) -> Sign {
    if positive { Sign::Positive } else { Sign::Negative }
}

/// The patient as a record; what is not known is left out.
fn record(id: usize, p: &Patient) -> String {
    fn value<T: std::fmt::Display>(value: Option<T>) -> Option<String> {
        value.map(|value| value.to_string())
    }
    let word = |sign: Option<Sign>| {
        sign.map(|sign| if sign == Sign::Positive { "\"positive\"" } else { "\"negative\"" }.to_owned())
    };
    let facts = [
        ("sledai2k", value(p.sledai2k)),
        ("hemoglobin", value(p.hemoglobin)),
        ("platelets", value(p.platelets)),
        ("anc", value(p.anc)),
        ("alc", value(p.alc)),
        ("total_bilirubin", value(p.total_bilirubin)),
        ("gilbert_syndrome", value(p.gilbert_syndrome)),
        ("creatinine", value(p.creatinine)),
        ("lvef", value(p.lvef)),
        ("spo2", value(p.spo2)),
        ("ana", word(p.ana)),
        ("anti_dsdna", word(p.anti_dsdna)),
        ("anti_sm", word(p.anti_sm)),
        ("prednisone_equivalent", value(p.prednisone_equivalent)),
        ("informed_consent", value(p.informed_consent)),
        ("dyspnea", value(p.dyspnea)),
        ("ecog", value(p.ecog)),
        ("weight", value(p.weight)),
        ("disease_active", value(p.disease_active)),
        ("agrees_contraception", value(p.agrees_contraception)),
        ("venous_access", value(p.venous_access)),
        ("pregnant", value(p.pregnant)),
        ("lactating", value(p.lactating)),
        ("hbsag", word(p.hbsag)),
        ("hcv_antibody", word(p.hcv_antibody)),
        ("hiv_antibody", word(p.hiv_antibody)),
        ("systolic_bp", value(p.systolic_bp)),
        ("diastolic_bp", value(p.diastolic_bp)),
        ("qtc", value(p.qtc)),
        ("bleeding_tendency", value(p.bleeding_tendency)),
        ("nyha", p.nyha.map(|class| if class == 1 { "\"I\"" } else { "\"II\"" }.to_owned())),
    ];
    let facts: Vec<String> =
        facts.into_iter().filter_map(|(name, value)| Some(format!("\"{name}\":{}", value?))).collect();
    format!(
        r#"{{"id":{id},"units":"canonical","anchors":{{"screening":"2026-03-01"}},"facts":{{{}}}}}"#,
        facts.join(",")
    )
}

/// So many patients as a program reads them and as lines of NDJSON.
pub fn lines(count: usize) -> Vec<String> {
    let mut numbers = Numbers(20_261_122);
    (0..count).map(|id| record(id, &patient(&mut numbers))).collect()
}

/// The criteria of this bench, ready to run.
pub fn evaluator() -> Option<Evaluator> {
    let checked = check_text("bench.elig", CRITERIA);
    let program = checked.program.as_ref()?;
    Evaluator::new(lower(program, &checked.sources)).ok()
}

pub fn run() {
    const PATIENTS: usize = 4_000;
    const TIMES: usize = 20;
    let Some(evaluator) = evaluator() else {
        println!("evaluation: the bench's own criteria do not compile");
        return;
    };
    let mut numbers = Numbers(20_261_122);
    let patients: Vec<Patient> = (0..PATIENTS).map(|_| patient(&mut numbers)).collect();
    let options = ReadOptions::default();
    let records: Vec<Record> =
        lines(PATIENTS).iter().filter_map(|line| evaluator.read(line.as_bytes(), &options).ok()).collect();
    assert_eq!(records.len(), PATIENTS, "every record is read");
    let (mut by_rule, mut by_tree) = ([Outcome::Unknown; 25], Vec::new());
    let mut verdicts = [0; 3];
    for (patient, record) in patients.iter().zip(&records) {
        let verdict = by_hand(patient, &mut by_rule);
        assert_eq!(verdict, evaluator.outcomes(record, &mut by_tree));
        assert_eq!(by_tree, by_rule, "record {}", record.id());
        assert_eq!(verdict, evaluator.screen(record));
        if let Some(count) = verdicts.get_mut(verdict as usize) {
            *count += 1;
        }
    }

    let hand = least(15, || {
        for _ in 0..TIMES {
            for patient in &patients {
                black_box(by_hand(black_box(patient), &mut by_rule));
                black_box(&by_rule);
            }
        }
    });
    let tree = least(15, || {
        for _ in 0..TIMES {
            for record in &records {
                black_box(evaluator.outcomes(black_box(record), &mut by_tree));
                black_box(&by_tree);
            }
        }
    });
    let verdict = least(15, || {
        for _ in 0..TIMES {
            for record in &records {
                black_box(evaluator.screen(black_box(record)));
            }
        }
    });
    let each = |time: std::time::Duration| time.as_secs_f64() * 1e9 / (PATIENTS * TIMES) as f64;
    println!(
        "evaluation, pass, fail or unknown of each of 25 criteria and the verdict, {PATIENTS} patients ({verdicts:?} by verdict): by hand {:.0} ns a patient, tree {:.0} ns, ratio {:.1}; the tree's verdict alone {:.0} ns",
        each(hand),
        each(tree),
        each(tree) / each(hand),
        each(verdict)
    );
}
