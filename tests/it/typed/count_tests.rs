//! A backend in one page: how many tests a trial has, by what they are and what they read.

use std::collections::BTreeMap;

use eligc::typed::places::{Leads, Scope, tests};
use eligc::typed::{Program, Test};

/// A line for each sort of test: how many there are, and of how many a yes helps to keep the patient out.
pub fn count_tests(program: &Program) -> Vec<String> {
    let mut counts: BTreeMap<(&str, String), (usize, usize)> = BTreeMap::new();
    tests(program, &mut |place, test| {
        // A match that names each variant: a new kind of test is a compile error here, not a silence.
        let sort = match test {
            Test::Compare { .. } => "comparison",
            Test::IsOneOf { .. } => "choice of words",
            Test::IsYes { .. } => "yes or no",
            Test::Entries { .. } => "count of entries",
            Test::Course { .. } => "course",
            Test::Window { .. } => "window",
            Test::Stretch { .. } => "stretch of days",
            Test::Judged { .. } => "judgement",
            Test::Todo { .. } => "not encoded",
        };
        let of = match place.scope {
            Scope::Record => "the record".to_owned(),
            Scope::Entry([kind]) => format!("an entry of {}", program.vocabulary.kinds[*kind].name),
            Scope::Entry(kinds) => format!("an entry of {} kinds", kinds.len()),
            Scope::Result(fact) => format!("a result of {}", program.vocabulary.facts[fact].name),
        };
        let (all, out) = counts.entry((sort, of)).or_default();
        *all += 1;
        *out += usize::from(place.leads == Leads::Out);
    });
    counts.iter().map(|((sort, of), (all, out))| format!("{all} {sort} of {of}, {out} keep out")).collect()
}
