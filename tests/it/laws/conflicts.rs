//! A record that contradicts itself is read as one in which what is in conflict is not known.

use std::cell::Cell;

use eligc::explain::EvalOptions;
use serde_json::Value as Json;

use super::generators::{Tape, record::record};
use super::{compile, law, random_program};

const PROGRAMS: u32 = 500;
const RECORDS: usize = 20;

/// The record with what is in conflict unknown; `None` where no record can say so: a kind whose absence means none, or
/// one that is given by a group.
fn unknown(record: &Json, items: &[String]) -> Option<Json> {
    let mut record = record.clone();
    for item in items {
        if let Some(anchor) = item.strip_prefix("anchor ") {
            record["anchors"].as_object_mut().unwrap().remove(anchor);
            continue;
        }
        let facts = record["facts"].as_object_mut().unwrap();
        if item == "drip" || ["mabs", "drugs", "happenings"].iter().any(|group| facts.contains_key(*group)) {
            return None;
        }
        let is_kind = ["zap", "wheeze", "fever", "alphamab", "betamab", "gammanib"].contains(&item.as_str());
        if is_kind {
            facts.remove(item);
        } else {
            facts.insert(item.clone(), serde_json::json!({ "value": null }));
        }
    }
    Some(record)
}

#[test]
fn no_verdict_rests_on_what_is_in_conflict() {
    let (conflicts, compared) = (Cell::new(0), Cell::new(0));
    let mut lengths = vec![1_500, 200];
    lengths.extend([1_500, 200].repeat(RECORDS));
    law("no verdict rests on a conflict", PROGRAMS, &lengths, |tapes| {
        let checked = match random_program(&tapes[0], &tapes[1]) {
            Ok(checked) => checked,
            // A sum of two constants may be more than its fact can be: other laws tell what is not accepted.
            Err(_) => return Ok(()),
        };
        let bare: String =
            checked.text.lines().filter(|line| !line.starts_with("assert")).map(|line| format!("{line}\n")).collect();
        let bare = compile(bare)?;
        for tapes in tapes[2..].chunks(2) {
            let json = record(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]), &checked.question_ids());
            let read = checked.read(&json)?;
            let failed = checked.evaluator.failed_edit_checks(&read);
            if failed.is_empty() {
                continue;
            }
            conflicts.set(conflicts.get() + 1);
            let items: Vec<String> = failed.iter().flat_map(|conflict| conflict.items.clone()).collect();
            let Some(without) = unknown(&json, &items) else { continue };
            compared.set(compared.get() + 1);
            let found = checked.evaluator.evaluate(&read, &EvalOptions::default());
            let expected =
                bare.evaluator.evaluate(&bare.read(&without)?, &EvalOptions { budget: 0, ..EvalOptions::default() });
            let outcomes = |evaluation: &eligc::Evaluation| -> Vec<_> {
                evaluation.criteria.iter().map(|criterion| criterion.outcome).collect()
            };
            if outcomes(&found) != outcomes(&expected) || found.verdict != expected.verdict {
                return Err(format!(
                    "a verdict rests on a conflict: {items:?}\n{}\nrecord {json}\nfound {:?}\nexpected {:?}",
                    checked.shown(),
                    outcomes(&found),
                    outcomes(&expected),
                ));
            }
            let claimed = found.decisive.iter().flat_map(|set| &set.items);
            let name = |item: &String| item.split('.').next().unwrap_or_default().to_owned();
            if let Some(item) = claimed.map(name).find(|item| items.contains(item)) {
                return Err(format!("{item} is in conflict and said to decide\n{}\nrecord {json}", checked.shown()));
            }
        }
        Ok(())
    });
    assert!(conflicts.get() > 900, "only {} records contradict themselves", conflicts.get());
    assert!(compared.get() > 300, "only {} records were compared", compared.get());
}
