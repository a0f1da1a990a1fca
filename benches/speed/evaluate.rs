//! Verdicts on records in memory, against the same 25 criteria written by hand in Rust over a struct.

use std::hint::black_box;

use eligc::check::check_text;
use eligc::eval::{Program, ReadOptions, Record, Verdict};
use eligc::tree::lower::lower;

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

/// The same patient as a struct.
struct Patient {
    sledai2k: i32,
    hemoglobin: f64,
    platelets: f64,
    anc: f64,
    alc: f64,
    total_bilirubin: f64,
    gilbert_syndrome: bool,
    creatinine: f64,
    lvef: f64,
    spo2: f64,
    ana: bool,
    anti_dsdna: bool,
    anti_sm: bool,
    prednisone_equivalent: f64,
    informed_consent: bool,
    dyspnea: u8,
    ecog: u8,
    weight: f64,
    disease_active: bool,
    agrees_contraception: bool,
    venous_access: bool,
    pregnant: bool,
    lactating: bool,
    hbsag: bool,
    hcv_antibody: bool,
    hiv_antibody: bool,
    systolic_bp: f64,
    diastolic_bp: f64,
    qtc: f64,
    bleeding_tendency: bool,
    nyha: u8,
}

#[inline(never)]
fn by_hand(p: &Patient) -> bool {
    p.sledai2k >= 6
        && p.hemoglobin >= 80.0
        && p.platelets >= 50.0
        && p.anc >= 1.0
        && p.alc >= 0.5
        && (p.total_bilirubin < 2.0 || (p.total_bilirubin < 3.0 && p.gilbert_syndrome))
        && p.creatinine <= 2.0
        && p.lvef >= 45.0
        && p.spo2 >= 92.0
        && (p.ana || p.anti_dsdna || p.anti_sm)
        && (7.5..=60.0).contains(&p.prednisone_equivalent)
        && p.informed_consent
        && p.dyspnea <= 1
        && p.ecog <= 2
        && p.weight > 40.0
        && p.disease_active
        && p.agrees_contraception
        && p.venous_access
        && !p.pregnant
        && !p.lactating
        && !(p.hbsag || p.hcv_antibody || p.hiv_antibody)
        && !(p.systolic_bp > 160.0 || p.diastolic_bp > 100.0)
        && p.qtc <= 480.0
        && !(p.bleeding_tendency && p.platelets < 80.0)
        && p.nyha < 3
}

/// Numbers that differ from patient to patient and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// Mostly true, so that most patients meet most criteria and the whole list is walked.
    fn likely(&mut self) -> bool {
        self.next(100) < 99
    }
}

fn patient(numbers: &mut Numbers) -> Patient {
    Patient {
        sledai2k: i32::try_from(6 + numbers.next(20)).unwrap_or(6) - i32::from(!numbers.likely()) * 5,
        hemoglobin: (80 + numbers.next(60)) as f64,
        platelets: (80 + numbers.next(200)) as f64,
        anc: 1.0 + numbers.next(50) as f64 / 10.0,
        alc: 0.5 + numbers.next(20) as f64 / 10.0,
        total_bilirubin: numbers.next(19) as f64 / 10.0 + 0.1,
        gilbert_syndrome: !numbers.likely(),
        creatinine: numbers.next(15) as f64 / 10.0 + 0.4,
        lvef: (45 + numbers.next(30)) as f64,
        spo2: (92 + numbers.next(8)) as f64,
        ana: numbers.likely(),
        anti_dsdna: numbers.likely(),
        anti_sm: numbers.likely(),
        prednisone_equivalent: 7.5 + numbers.next(50) as f64,
        informed_consent: numbers.likely(),
        dyspnea: u8::from(!numbers.likely()),
        ecog: u8::from(!numbers.likely()),
        weight: 41.0 + numbers.next(50) as f64,
        disease_active: numbers.likely(),
        agrees_contraception: numbers.likely(),
        venous_access: numbers.likely(),
        pregnant: !numbers.likely(),
        lactating: !numbers.likely(),
        hbsag: !numbers.likely(),
        hcv_antibody: !numbers.likely(),
        hiv_antibody: !numbers.likely(),
        systolic_bp: (100 + numbers.next(60)) as f64,
        diastolic_bp: (50 + numbers.next(50)) as f64,
        qtc: (380 + numbers.next(100)) as f64,
        bleeding_tendency: !numbers.likely(),
        nyha: 1 + u8::from(!numbers.likely()),
    }
}

fn record(id: usize, p: &Patient) -> String {
    let sign = |positive: bool| if positive { "positive" } else { "negative" };
    let class = if p.nyha == 1 { "I" } else { "II" };
    format!(
        r#"{{"id":{id},"units":"canonical","anchors":{{"screening":"2026-03-01"}},"facts":{{"sledai2k":{},"hemoglobin":{},"platelets":{},"anc":{},"alc":{},"total_bilirubin":{},"gilbert_syndrome":{},"creatinine":{},"lvef":{},"spo2":{},"ana":"{}","anti_dsdna":"{}","anti_sm":"{}","prednisone_equivalent":{},"informed_consent":{},"dyspnea":{},"ecog":{},"weight":{},"disease_active":{},"agrees_contraception":{},"venous_access":{},"pregnant":{},"lactating":{},"hbsag":"{}","hcv_antibody":"{}","hiv_antibody":"{}","systolic_bp":{},"diastolic_bp":{},"qtc":{},"bleeding_tendency":{},"nyha":"{class}"}}}}"#,
        p.sledai2k,
        p.hemoglobin,
        p.platelets,
        p.anc,
        p.alc,
        p.total_bilirubin,
        p.gilbert_syndrome,
        p.creatinine,
        p.lvef,
        p.spo2,
        sign(p.ana),
        sign(p.anti_dsdna),
        sign(p.anti_sm),
        p.prednisone_equivalent,
        p.informed_consent,
        p.dyspnea,
        p.ecog,
        p.weight,
        p.disease_active,
        p.agrees_contraception,
        p.venous_access,
        p.pregnant,
        p.lactating,
        sign(p.hbsag),
        sign(p.hcv_antibody),
        sign(p.hiv_antibody),
        p.systolic_bp,
        p.diastolic_bp,
        p.qtc,
        p.bleeding_tendency,
    )
}

/// So many patients as a program reads them and as lines of NDJSON.
pub fn lines(count: usize) -> Vec<String> {
    let mut numbers = Numbers(20_261_122);
    (0..count).map(|id| record(id, &patient(&mut numbers))).collect()
}

/// The program of this bench, ready to run.
pub fn program() -> Option<Program> {
    let checked = check_text("bench.elig", CRITERIA);
    let program = checked.program.as_ref()?;
    Program::new(lower(program, &checked.sources)).ok()
}

pub fn run() {
    const PATIENTS: usize = 4_000;
    const TIMES: usize = 50;
    let Some(program) = program() else {
        println!("evaluation: the bench's own criteria do not compile");
        return;
    };
    let mut numbers = Numbers(20_261_122);
    let patients: Vec<Patient> = (0..PATIENTS).map(|_| patient(&mut numbers)).collect();
    let options = ReadOptions::default();
    let records: Vec<Record> =
        lines(PATIENTS).iter().filter_map(|line| program.read(line.as_bytes(), &options).ok()).collect();
    assert_eq!(records.len(), PATIENTS, "every record is read");
    let agree = patients
        .iter()
        .zip(&records)
        .all(|(patient, record)| by_hand(patient) == (program.screen(record) == Verdict::Eligible));
    assert!(agree, "the rule by hand and the tree give the same verdicts");
    let eligible = patients.iter().filter(|patient| by_hand(patient)).count();

    let hand = least(9, || {
        for _ in 0..TIMES {
            for patient in &patients {
                black_box(by_hand(black_box(patient)));
            }
        }
    });
    let tree = least(9, || {
        for _ in 0..TIMES {
            for record in &records {
                black_box(program.screen(black_box(record)));
            }
        }
    });
    let each = |time: std::time::Duration| time.as_secs_f64() * 1e9 / (PATIENTS * TIMES) as f64;
    println!(
        "evaluation, 25 criteria, {eligible} of {PATIENTS} patients eligible: by hand {:.0} ns a patient, tree {:.0} ns, ratio {:.1}",
        each(hand),
        each(tree),
        each(tree) / each(hand)
    );
}
