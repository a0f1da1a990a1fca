//! What the field's abbreviations mean, for names that mean nothing here. A name is never guessed by its letters
//! (`PLT` is not `alt`); what an abbreviation is, is known.

/// An abbreviation, or another word of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abbreviation {
    /// Small letters and digits only.
    pub words: &'static [&'static str],
    /// What it is.
    pub means: &'static str,
    /// What is written for it, of names of the shipped vocabulary; a declaration where there is none.
    pub here: Equivalent,
}

/// How it is said here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equivalent {
    /// A name, maybe with a filter.
    Written(&'static str),
    /// Nothing has the meaning; it may be declared so.
    Declared(&'static str),
}

use Equivalent::{Declared, Written};

/// The row of a word, however it is spelt.
pub fn known(word: &str) -> Option<&'static Abbreviation> {
    let plain: String = word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    ABBREVIATIONS.iter().find(|row| row.words.contains(&plain.as_str()))
}

impl Abbreviation {
    /// The name that what is written for it begins with.
    pub fn name(&self) -> Option<&'static str> {
        match self.here {
            Written(text) => text.split(' ').next(),
            Declared(_) => None,
        }
    }
}

const fn written(words: &'static [&'static str], means: &'static str, text: &'static str) -> Abbreviation {
    Abbreviation { words, means, here: Written(text) }
}

const fn declared(words: &'static [&'static str], means: &'static str, text: &'static str) -> Abbreviation {
    Abbreviation { words, means, here: Declared(text) }
}

/// Every row; a word is in one of them.
pub const ABBREVIATIONS: &[Abbreviation] = &[
    // Heart and circulation
    written(&["qtcf"], "the QT interval corrected by Fridericia's formula", "qtc (formula is fridericia)"),
    written(&["qtcb"], "the QT interval corrected by Bazett's formula", "qtc (formula is bazett)"),
    declared(&["qt"], "the QT interval, not corrected", "fact qt: quantity [ms]"),
    written(&["sbp"], "the systolic blood pressure", "systolic_bp"),
    written(&["dbp"], "the diastolic blood pressure", "diastolic_bp"),
    declared(&["hr", "heartrate"], "the heart rate", "fact heart_rate: quantity [/min]"),
    written(&["ef", "ejectionfraction"], "the left ventricular ejection fraction", "lvef"),
    written(&["o2sat", "sao2", "sato2", "oxygensaturation"], "the oxygen saturation of arterial blood", "spo2"),
    written(&["mi", "ami", "stemi", "nstemi", "heartattack"], "a heart attack", "myocardial_infarction"),
    written(&["hf", "chf"], "heart failure", "heart_failure"),
    written(&["htn"], "high blood pressure", "hypertension"),
    written(&["afib", "atrialfibrillation"], "atrial fibrillation, an atrial arrhythmia", "atrial_arrhythmia"),
    written(&["cva"], "a stroke", "stroke"),
    written(&["dvt"], "a clot in a deep vein", "venous_thrombosis"),
    written(&["ild"], "interstitial lung disease", "interstitial_lung_disease"),
    declared(&["bnp"], "B-type natriuretic peptide", "fact bnp: quantity [pg/mL]"),
    declared(&["ntprobnp"], "the N-terminal part of its prohormone", "fact nt_probnp: quantity [pg/mL]"),
    declared(&["troponin", "tnt", "tni", "hstnt", "hstni"], "a cardiac troponin", "fact troponin: quantity [ng/L]"),
    // Blood
    written(&["plt", "plts", "plateletcount", "thrombocytes"], "the platelet count", "platelets"),
    written(&["hgb", "hb", "haemoglobin"], "hemoglobin", "hemoglobin"),
    written(&["neut", "neutrophils", "neutrophilcount"], "the neutrophil count", "anc"),
    written(&["lymphocytes", "lymphs", "lymphocytecount"], "the lymphocyte count", "alc"),
    declared(&["wbc", "wcc", "leukocytes", "leucocytes"], "the white cell count", "fact wbc: quantity [10*9/L]"),
    declared(&["hct", "hematocrit", "haematocrit"], "the hematocrit", "fact hematocrit: quantity [%]"),
    declared(&["rbc"], "the red cell count", "fact rbc: quantity [10*12/L]"),
    declared(&["cd4"], "the count of CD4 T cells", "fact cd4: quantity [/uL]"),
    declared(&["cd3"], "the count of CD3 T cells", "fact cd3: quantity [/uL]"),
    declared(&["cd8"], "the count of CD8 T cells", "fact cd8: quantity [/uL]"),
    written(&["cd19", "bcells"], "the count of CD19 B cells", "cd19_b_cells"),
    declared(&["cd20"], "the count of CD20 B cells", "fact cd20: quantity [/uL]"),
    declared(
        &["pt", "prothrombintime"],
        "the prothrombin time in seconds, of which `inr` is the ratio",
        "fact prothrombin_time: quantity [s] uln",
    ),
    written(&["ptinr"], "the ratio of the prothrombin time", "inr"),
    written(&["ptt", "apttt"], "the activated partial thromboplastin time", "aptt"),
    declared(&["ddimer"], "the D-dimer", "fact d_dimer: quantity [ng/mL]"),
    // Liver, kidney, metabolism
    written(&["sgpt", "alat"], "alanine aminotransferase", "alt"),
    written(&["sgot", "asat"], "aspartate aminotransferase", "ast"),
    written(&["bilirubin", "tbil", "tbili", "bili", "totalbili"], "the total bilirubin", "total_bilirubin"),
    declared(
        &["dbil", "directbilirubin", "conjugatedbilirubin"],
        "the direct bilirubin, a part of `total_bilirubin`",
        "fact direct_bilirubin: quantity [mg/dL] uln",
    ),
    declared(&["alp", "alkphos"], "alkaline phosphatase", "fact alp: quantity [U/L] uln"),
    declared(&["ggt"], "gamma-glutamyl transferase", "fact ggt: quantity [U/L] uln"),
    declared(&["ldh"], "lactate dehydrogenase", "fact ldh: quantity [U/L] uln"),
    declared(&["ck", "cpk"], "creatine kinase", "fact ck: quantity [U/L] uln"),
    declared(&["albumin", "alb"], "albumin in serum", "fact albumin: quantity [g/L]"),
    written(&["scr", "creat", "serumcreatinine", "crea"], "creatinine in serum", "creatinine"),
    written(&["crcl", "clcr", "ccr", "ecrcl"], "the creatinine clearance", "creatinine_clearance"),
    written(&["gfr"], "the estimated glomerular filtration rate", "egfr"),
    written(&["mdrd", "egfrmdrd"], "the filtration rate by the MDRD equation", "egfr (equation is mdrd)"),
    declared(&["bun"], "urea nitrogen in blood", "fact bun: quantity [mg/dL]"),
    declared(&["uacr"], "the albumin to creatinine ratio in urine", "fact uacr: quantity [mg/g]"),
    written(&["uprcr", "proteincreatinineratio"], "the protein to creatinine ratio in urine", "upcr"),
    declared(&["hba1c", "a1c", "hgba1c", "hemoglobina1c"], "glycated hemoglobin", "fact hba1c: quantity [%]"),
    declared(&["fpg", "fbg"], "glucose in fasting plasma", "fact fasting_glucose: quantity [mg/dL]"),
    declared(&["ldl", "ldlc"], "low-density lipoprotein cholesterol", "fact ldl_cholesterol: quantity [mg/dL]"),
    declared(&["hdl", "hdlc"], "high-density lipoprotein cholesterol", "fact hdl_cholesterol: quantity [mg/dL]"),
    declared(&["triglycerides"], "triglycerides", "fact triglycerides: quantity [mg/dL]"),
    declared(&["crp", "hscrp"], "C-reactive protein", "fact crp: quantity [mg/L] uln"),
    declared(&["esr"], "the erythrocyte sedimentation rate", "fact esr: quantity [mm/h]"),
    declared(&["tsh"], "thyrotropin", "fact tsh: quantity [m[IU]/L]"),
    // Infections, antibodies, pregnancy
    declared(
        &["hbsab", "antihbs"],
        "the antibody to the hepatitis B surface antigen",
        "fact hbsab: one of { positive, negative }",
    ),
    declared(&["hbeag"], "the hepatitis B e antigen", "fact hbeag: one of { positive, negative }"),
    written(&["antihbc", "hbc"], "the hepatitis B core antibody", "hbcab"),
    written(&["hcvab", "antihcv"], "the hepatitis C antibody", "hcv_antibody"),
    written(&["hivab", "antihiv"], "the HIV antibody", "hiv_antibody"),
    declared(&["hivrna"], "HIV virus RNA", "fact hiv_rna: quantity [{copies}/mL]"),
    written(&["dsdna", "antidna"], "the antibody to double-stranded DNA", "anti_dsdna"),
    declared(&["antiro", "antissa", "ssa"], "the Ro/SSA antibody", "fact anti_ro: one of { positive, negative }"),
    declared(&["antila", "antissb", "ssb"], "the La/SSB antibody", "fact anti_la: one of { positive, negative }"),
    declared(&["anca"], "antineutrophil cytoplasmic antibodies", "fact anca: one of { positive, negative }"),
    written(&["hcg", "bhcg", "betahcg", "pregnancytest"], "a pregnancy test in serum", "hcg_serum"),
    written(&["wocbp", "fcbp"], "a woman of childbearing potential", "childbearing_potential"),
    // Scales
    written(&["ecogps"], "the ECOG performance status", "ecog"),
    declared(&["kps", "karnofsky"], "the Karnofsky performance status", "fact karnofsky: score 0..100 step 10"),
    declared(
        &["sledai", "selenasledai"],
        "another version of the score than the SLEDAI-2K, which is `sledai2k`",
        "fact selena_sledai: score 0..105",
    ),
    // Treatments
    written(&["mmf"], "mycophenolate mofetil", "mycophenolate (form is mofetil)"),
    written(&["aza"], "azathioprine", "azathioprine"),
    written(&["mtx"], "methotrexate", "methotrexate"),
    written(&["cyc"], "cyclophosphamide", "cyclophosphamide"),
    written(&["lef"], "leflunomide", "leflunomide"),
    written(&["fk506"], "tacrolimus", "tacrolimus"),
    written(&["csa", "cya", "ciclosporin"], "cyclosporine", "cyclosporine"),
    written(&["hcq"], "hydroxychloroquine", "hydroxychloroquine"),
    written(&["rtx"], "rituximab", "rituximab"),
    written(&["corticosteroid", "corticosteroids", "steroid", "steroids"], "glucocorticoids", "glucocorticoid"),
    written(&["plex", "pex", "plasmapheresis"], "plasma exchange or separation", "plasma_exchange"),
    written(&["gcsf"], "a growth factor, granulocyte colony-stimulating", "growth_factor (kind is g_csf)"),
    written(&["hsct", "bmt"], "a stem cell transplant", "stem_cell_transplant"),
    written(&["cart"], "CAR-T cell treatment", "car_t"),
];
