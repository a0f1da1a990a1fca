//! Units change nothing: a program and a record written in other units give the same outcomes, on bounds too.

use std::cell::Cell;

use super::generators::{Tape, program::program, record::record};
use super::reference_semantics::agree;
use super::{compile, law, shown};

const PROGRAMS: u32 = 300;
const RECORDS: usize = 10;

#[test]
fn other_units_give_the_same_outcomes() {
    let (programs, records) = (Cell::new(0), Cell::new(0));
    let mut lengths = vec![2_000, 200, 200];
    lengths.extend([1_500, 200, 200].repeat(RECORDS));
    law("other units, same outcomes", PROGRAMS, &lengths, |tapes| {
        let text = program(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]));
        let other_text = program(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[2]));
        let first = compile(text.clone()).map_err(|why| format!("{why}\n{}", shown(&text)))?;
        let other = compile(other_text.clone()).map_err(|why| format!("{why}\n{}", shown(&other_text)))?;
        programs.set(programs.get() + usize::from(text != other_text));
        for tapes in tapes[3..].chunks(3) {
            let questions = first.question_ids();
            let one = record(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]), &questions);
            let two = record(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[2]), &questions);
            records.set(records.get() + usize::from(one != two));
            let outcomes = agree(&first, &one)?;
            for (program, record) in [(&first, &two), (&other, &one), (&other, &two)] {
                let found = agree(program, record)?;
                if found != outcomes {
                    return Err(format!(
                        "units change outcomes\n{}\n{}\n{one}\n{record}\n{outcomes:?}\n{found:?}",
                        first.shown(),
                        program.shown(),
                    ));
                }
            }
        }
        Ok(())
    });
    assert!(programs.get() > 200, "only {} programs differ in their units", programs.get());
    assert!(records.get() > 2_000, "only {} records differ in their units", records.get());
}
