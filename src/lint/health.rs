//! What names of values tell: which side of a bound is the healthy one, and which values measure one thing. A name that is
//! not known here tells nothing.

use super::asked::asked;
use super::context::{Context, Sort};
use super::walk::Place;
use crate::ir::Limit;
use crate::number::Direction;
use crate::syntax::ast::{Expr, ExprKind, TailKind};

/// Values of which a low one is bad.
const LOW_IS_BAD: &[&str] = &[
    "hemoglobin",
    "haemoglobin",
    "hgb",
    "platelet",
    "platelets",
    "anc",
    "neutrophil",
    "neutrophils",
    "wbc",
    "leukocyte",
    "leukocytes",
    "leucocytes",
    "alc",
    "lymphocyte",
    "lymphocytes",
    "egfr",
    "gfr",
    "crcl",
    "clearance",
    "lvef",
    "spo2",
    "albumin",
    "fev1",
    "fvc",
    "dlco",
];

/// Values of which a high one is bad.
const HIGH_IS_BAD: &[&str] = &[
    "alt",
    "ast",
    "alp",
    "ggt",
    "bilirubin",
    "creatinine",
    "inr",
    "aptt",
    "ptt",
    "pt",
    "qtc",
    "qtcf",
    "systolic",
    "diastolic",
    "lipase",
    "amylase",
    "troponin",
];

/// Names of one organ's one function, or of one infection: one of them may stand for the other.
const ONE_THING: &[&[&str]] = &[
    &["creatinine", "egfr", "gfr", "crcl", "clearance", "cystatin", "mdrd"],
    &["inr", "pt", "prothrombin", "quick"],
    &["aptt", "ptt"],
    &["hemoglobin", "haemoglobin", "hgb", "hematocrit", "haematocrit"],
    &["anc", "neutrophil", "neutrophils"],
    &["alc", "lymphocyte", "lymphocytes"],
    &["treponema", "treponemal", "syphilis", "rpr", "vdrl", "tppa", "tpha"],
    &["tb", "tuberculosis", "quantiferon", "igra", "tspot", "tst", "mantoux"],
];

/// Words of names that many share: they do not say what is measured.
const SHARED: &[&str] = &[
    "bp",
    "pressure",
    "total",
    "direct",
    "serum",
    "plasma",
    "urine",
    "blood",
    "count",
    "level",
    "percent",
    "absolute",
    "antibody",
    "ab",
    "antigen",
    "ag",
    "igg",
    "igm",
    "dna",
    "rna",
    "pcr",
    "detection",
    "test",
    "result",
    "anti",
];

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split('_')
}

/// Whether two values measure one thing, so that one of them may do: `egfr` and `creatinine_clearance`.
pub(super) fn one_thing(one: &str, other: &str) -> bool {
    let shared = words(one).any(|word| !SHARED.contains(&word) && words(other).any(|own| own == word));
    let is_of = |name: &str, group: &[&str]| words(name).any(|word| group.contains(&word));
    shared || ONE_THING.iter().any(|group| is_of(one, group) && is_of(other, group))
}

/// Whether the two beyond their bounds are one finding: an enzyme of the liver and bilirubin.
pub(super) fn one_finding(one: &str, other: &str) -> bool {
    let enzyme = |name: &str| words(name).any(|word| matches!(word, "alt" | "ast" | "alp" | "ggt"));
    let bilirubin = |name: &str| words(name).any(|word| word == "bilirubin");
    (enzyme(one) && bilirubin(other)) || (bilirubin(one) && enzyme(other))
}

/// A bound of which it is known which side is the healthy one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound<'e> {
    pub name: &'e str,
    /// What is asked lies on the healthy side.
    pub healthy: bool,
}

impl Bound<'_> {
    /// Whether the two read as two items of a list: on one side, of two things.
    pub(super) fn lists_with(self, other: Bound<'_>) -> bool {
        self.healthy == other.healthy
            && !one_thing(self.name, other.name)
            && (self.healthy || !one_finding(self.name, other.name))
    }
}

/// One bound of one value, by what is known of its name and its limit of normal.
pub(super) fn bound<'e>(at: &Context<'_>, expr: &'e Expr, place: Place<'_>) -> Option<Bound<'e>> {
    let asked = asked(expr).filter(|asked| asked.term.prefixes.is_empty() && asked.term.filter.is_none())?;
    let [subject] = asked.term.subjects.as_slice() else { return None };
    if at.in_parentheses(expr) || !matches!(at.form(expr, place)?.0, Sort::Number(_)) {
        return None;
    }
    let name = subject.text.as_str();
    let known = |list: &[&str]| words(name).any(|word| list.contains(&word));
    asked.tails.iter().find_map(|tail| {
        let TailKind::Compare { op, right, .. } = &tail.kind else { return None };
        let below = match op.direction() {
            Direction::Down => true,
            Direction::Up => false,
            Direction::Neither => return None,
        };
        let low_is_bad = match &right.kind {
            ExprKind::TimesLimit { limit: Limit::Lln, .. } => true,
            ExprKind::TimesLimit { limit: Limit::Uln, .. } => false,
            ExprKind::Literal { .. } if known(LOW_IS_BAD) => true,
            ExprKind::Literal { .. } if known(HIGH_IS_BAD) => false,
            _ => return None,
        };
        Some(Bound { name, healthy: below != low_is_bad })
    })
}
