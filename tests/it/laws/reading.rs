//! The plain reading says what the program means: what reads alike is decided alike.

use std::collections::BTreeMap;

use eligc::lower::lower;
use eligc::narrate;
use eligc::typed::Program;

use super::{law, random_program};

const PROGRAMS: u32 = 100;

/// The reading of each criterion that stands without definitions, and the tree that decides it, names of numbers and
/// lines left out.
fn readings(typed: &Program, sources: &eligc::source::SourceMap) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for criterion in &typed.criteria {
        let mut alone = typed.clone();
        let mut own = criterion.clone();
        "X".clone_into(&mut own.id);
        own.text = None;
        own.statement.clear();
        alone.criteria = vec![own];
        alone.notes.clear();
        alone.assertions.clear();
        alone.trial.incomplete = None;
        let reading = narrate::trial(&alone);
        let entry = &reading.sections[0].entries[0];
        let items = format!("{:#?}", entry.items);
        if items.contains("see Definitions") {
            continue;
        }
        // The day by which it is asked is said behind it.
        let stage = entry.remarks.iter().find(|(title, _)| title == "Stage");
        let mut json: serde_json::Value = serde_json::from_str(&lower(&alone, sources).to_json()).unwrap();
        // Where it is written and what else a record may hold is not what is asked.
        json["criteria"][0].as_object_mut().unwrap().remove("source");
        json["criteria"][0].as_object_mut().unwrap().remove("line");
        found.push((
            format!("{:?} {stage:?} {items}", criterion.polarity),
            json["criteria"].to_string() + &json["tests"].to_string() + &json["nodes"].to_string(),
        ));
    }
    found
}

#[test]
fn what_reads_alike_is_decided_alike() {
    let known = std::cell::RefCell::new(BTreeMap::<String, (String, String)>::new());
    let compared = std::cell::Cell::new(0);
    law("what reads alike is decided alike", PROGRAMS, &[2_000, 200], |tapes| {
        let compiled = random_program(&tapes[0], &tapes[1])?;
        let sources = eligc::source::SourceMap::new();
        for (reading, tree) in readings(&compiled.typed, &sources) {
            compared.set(compared.get() + 1);
            let mut known = known.borrow_mut();
            match known.get(&reading) {
                Some((other, text)) if *other != tree => {
                    return Err(format!(
                        "one reading, two trees\n{reading}\n{}\nand\n{text}\n{tree}\n{other}",
                        compiled.shown()
                    ));
                }
                Some(_) => {}
                None => {
                    known.insert(reading, (tree, compiled.shown()));
                }
            }
        }
        Ok(())
    });
    assert!(compared.get() > 200, "{}", compared.get());
}
