//! In which order a record lists its results and entries changes no outcome.

use serde_json::Value as Json;

use super::generators::{Tape, record::record};
use super::reference_semantics::agree;
use super::{law, random_program};

const PROGRAMS: u32 = 200;
const RECORDS: usize = 20;

/// A record with every list under `facts` the other way round.
fn turned(record: &Json) -> Json {
    let mut record = record.clone();
    for value in record["facts"].as_object_mut().unwrap().values_mut() {
        if let Json::Array(list) = value {
            list.reverse();
        }
    }
    record
}

#[test]
fn the_order_of_a_list_says_nothing() {
    let mut lengths = vec![1_200, 200];
    lengths.extend([1_500, 200].repeat(RECORDS));
    law("the order of lists changes nothing", PROGRAMS, &lengths, |tapes| {
        let compiled = random_program(&tapes[0], &tapes[1])?;
        let questions = compiled.question_ids();
        for tapes in tapes[2..].chunks(2) {
            let one = record(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]), &questions);
            let (before, after) = (agree(&compiled, &one)?, agree(&compiled, &turned(&one))?);
            if before != after {
                return Err(format!("{before:?}, then {after:?}\n{}\nrecord {one}", compiled.shown()));
            }
        }
        Ok(())
    });
}
