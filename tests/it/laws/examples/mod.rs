//! What is said to decide the patients of the trials' examples does decide them: values of just the items named are
//! written into the record, many of each, and the record is screened.

mod grid;
mod walk;

use std::fs;

use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::explain::EvalOptions;
use eligc::ir::Verdict;
use eligc::lower::lower;
use eligc::record::ReadOptions;
use serde_json::Value as Json;

use crate::docs::root;
use grid::Grid;

/// So many sets at least are gone through.
const CASES: usize = 500;
/// The most records that are screened for one set.
const MOST: usize = 1500;

#[test]
fn what_decides_the_patients_of_the_trials() {
    let (mut confirmed, mut smaller, mut long, mut unfound, mut wrong) = (0, 0, 0, 0, String::new());
    for (name, text) in super::trials() {
        let checked = check_text(&name, &fs::read_to_string(root().join("trials").join(&name)).unwrap_or(text));
        let typed = checked.program.as_ref().unwrap();
        let evaluator = Evaluator::new(lower(typed, &checked.sources)).unwrap();
        let grid = Grid { tree: evaluator.tree() };
        for example in &typed.examples {
            let record = typed.record(example);
            let Ok(read) = evaluator.read(record.to_string().as_bytes(), &ReadOptions::default()) else { continue };
            let evaluation = evaluator.evaluate(&read, &EvalOptions::default());
            let reaches = |record: &Json, verdict: Verdict, stage: Option<&String>| {
                let Ok(read) = evaluator.read(record.to_string().as_bytes(), &ReadOptions::default()) else {
                    return false;
                };
                let whole = evaluator.screen(&read);
                match stage {
                    None => whole == verdict,
                    Some(stage) => {
                        let at = evaluator.screen_at(&read, evaluator.anchor(stage).unwrap());
                        at == verdict && whole != Verdict::Ineligible
                    }
                }
            };
            for said in &evaluation.decisive {
                let of = format!("{name} {:?}: {:?} by {:?}", example.name, said.verdict, said.items);
                let missing = |item: &String| evaluation.missing.iter().any(|missing| missing.item == *item);
                if !said.items.iter().all(missing) {
                    wrong += &format!("{of}: not missing\n");
                }
                let mut left = MOST;
                let reached = |record: &Json| reaches(record, said.verdict, said.stage.as_ref());
                let found = grid.found(&record, &said.items, &mut left, &reached);
                if found {
                    confirmed += 1;
                } else if left == 0 || said.items.len() > 2 {
                    long += 1;
                } else {
                    println!("not among the values tried: {of}");
                    unfound += 1;
                }
                if said.items.len() == 2 && said.smallest {
                    for missing in evaluation.missing.iter().take(4) {
                        let alone = grid.ways(&record, &missing.item).into_iter().take(200);
                        if alone.into_iter().any(|record| reaches(&record, said.verdict, said.stage.as_ref())) {
                            wrong += &format!("{of}: {} alone\n", missing.item);
                        }
                    }
                    smaller += 1;
                }
            }
        }
    }
    println!("{confirmed} sets were shown to suffice, {smaller} to be the smallest; {long} are too long to go through");
    // The values tried here are fewer than there are; what they do not show is not thereby wrong.
    assert!(unfound * 20 <= confirmed, "{unfound} of {confirmed}");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(confirmed >= CASES, "{confirmed}");
}
