//! W0726: `require hbsag is negative or hcv_antibody is negative`, where one negative test is enough.

use super::asked::asked;
use super::context::Context;
use super::health::one_thing;
use super::walk::Place;
use crate::diag::{Code, Diagnostic, Safety};
use crate::syntax::ast::{Expr, ExprKind, TailKind};

/// Beginnings of the words by which tests for infections are named.
const INFECTIONS: &[&str] = &[
    "hbsag",
    "hbcab",
    "hbeag",
    "hbv",
    "hcv",
    "hiv",
    "hepatitis",
    "htlv",
    "ebv",
    "cmv",
    "treponem",
    "syphilis",
    "rpr",
    "tb",
    "tuberculosis",
    "quantiferon",
    "igra",
    "covid",
    "sars",
];

/// What a test says, and what it says of who is free of it.
const RESULTS: &[(&str, &str)] = &[
    ("positive", "negative"),
    ("detected", "not_detected"),
    ("reactive", "non_reactive"),
    ("reactive", "nonreactive"),
];

pub(super) fn look(at: &Context<'_>, expr: &Expr, place: Place<'_>) -> Option<Diagnostic> {
    let (items, either) = match &expr.kind {
        ExprKind::Or(items) if place.sides.lets_in && !place.sides.keeps_out => (items, true),
        ExprKind::And(items) if place.sides.keeps_out && !place.sides.lets_in => (items, false),
        _ => return None,
    };
    if place.filter.is_some() {
        return None;
    }
    for (index, first) in items.iter().enumerate() {
        let Some(result) = result(at, first).filter(|result| result.free == either) else { continue };
        let others = items.get(index + 1..).unwrap_or_default();
        let same = |item: &&Expr| self::result(at, item).is_some_and(|other| other.lists_with(&result));
        let all: Vec<&Expr> = std::iter::once(first).chain(others.iter().take_while(same)).collect();
        let whole_list = all.len() == items.len();
        // Two findings that keep out together, and something else with them, are more than a list.
        if all.len() > 1 && (either || whole_list) {
            return said(at, &all, either);
        }
    }
    None
}

struct TestResult<'e> {
    name: &'e str,
    /// Whether it is asked to be free of it.
    free: bool,
}

impl TestResult<'_> {
    fn lists_with(&self, other: &TestResult<'_>) -> bool {
        self.free == other.free && !one_thing(self.name, other.name) && !confirms(self.name, other.name)
    }
}

/// Whether one is the genome of what the other is an antigen or antibody of; `hcv_antibody` and `hcv_pcr` share a word.
fn confirms(one: &str, other: &str) -> bool {
    let genome = |name: &str| name.split('_').any(|word| matches!(word, "dna" | "rna" | "pcr" | "naat"));
    let of_hepatitis_b = |name: &str| name.starts_with("hb") || name.starts_with("hepatitis_b");
    genome(one) != genome(other) && of_hepatitis_b(one) && of_hepatitis_b(other)
}

fn result<'e>(at: &Context<'_>, item: &'e Expr) -> Option<TestResult<'e>> {
    let asked = asked(item).filter(|_| !at.in_parentheses(item))?;
    let [subject] = asked.term.subjects.as_slice() else { return None };
    if !asked.term.prefixes.is_empty() || asked.term.filter.is_some() {
        return None;
    }
    let name = subject.text.as_str();
    let is_test = name
        .split('_')
        .any(|word| INFECTIONS.iter().any(|stem| word == *stem || (stem.len() > 3 && word.starts_with(stem))));
    if !is_test {
        return None;
    }
    asked.tails.iter().find_map(|tail| {
        let TailKind::Is { negated, value } = &tail.kind else { return None };
        let said = value.word.text.as_str();
        RESULTS.iter().find_map(|(has, free)| {
            let free = if said == *free {
                true
            } else if said == *has {
                false
            } else {
                return None;
            };
            Some(TestResult { name, free: free != *negated })
        })
    })
}

fn said(at: &Context<'_>, all: &[&Expr], either: bool) -> Option<Diagnostic> {
    let [first, second, ..] = all else { return None };
    let last = all.last()?;
    let texts: Option<Vec<String>> = all.iter().map(|item| at.short(item.span)).collect();
    let texts = texts?;
    let (one, other) = (texts.first()?, texts.get(1)?);
    let (title, label, right, block) = if either {
        (format!("`{one}` or `{other}` alone is enough"), "or this alone", "and", "any")
    } else {
        (format!("only both `{one}` and `{other}` keep out"), "and this too", "or", "all")
    };
    let joined = texts.join(&format!(" {right} "));
    let listed = format!("{block} of {{ {} }}", texts.join(", "));
    let whole = first.span.merge(last.span);
    Some(
        Diagnostic::new(Code::W0726, second.span, title)
            .label(label)
            .also(first.span, "together with this")
            .help(format!("write `{joined}` if each of them counts"))
            .help(format!("write `{listed}` if that is meant"))
            .fix(format!("write `{right}`"), whole, joined, Safety::Ask)
            .fix(format!("write `{block} of {{ .. }}`"), whole, listed, Safety::Ask),
    )
}
