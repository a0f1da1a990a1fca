//! Verdicts of patients, one a line: `screen TREE.json RECORDS.ndjson`. It is built of the evaluator alone:
//! `cargo build --no-default-features --features eval --example screen`.

use std::error::Error;

use eligc::{DecisionTree, Evaluator, ReadOptions, Record};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(tree), Some(records)) = (arguments.next(), arguments.next()) else {
        return Err("usage: screen TREE.json RECORDS.ndjson".into());
    };
    let evaluator = Evaluator::new(DecisionTree::from_json(&std::fs::read_to_string(tree)?)?)?;
    // One record's memory serves for all.
    let (mut record, options) = (Record::default(), ReadOptions::default());
    for line in std::fs::read_to_string(records)?.lines().filter(|line| !line.trim().is_empty()) {
        evaluator.read_into(line.as_bytes(), &options, &mut record)?;
        println!("{}", evaluator.screen(&record).word());
    }
    Ok(())
}
