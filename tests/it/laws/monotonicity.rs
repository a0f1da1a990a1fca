//! What is known stays known: a record of which more is known never turns a known outcome into another one.

use std::cell::Cell;

use eligc::ir::Outcome;

use super::generators::{Tape, record::record, refine::refine};
use super::reference_semantics::agree;
use super::{law, random_program};

const PROGRAMS: u32 = 300;
const RECORDS: usize = 20;

#[test]
fn more_knowledge_keeps_known_outcomes() {
    let learnt_something = Cell::new(0);
    let mut lengths = vec![1_200, 200];
    lengths.extend([1_500, 200, 2_500].repeat(RECORDS));
    law("more knowledge keeps outcomes", PROGRAMS, &lengths, |tapes| {
        let compiled = random_program(&tapes[0], &tapes[1])?;
        let questions = compiled.question_ids();
        for tapes in tapes[2..].chunks(3) {
            let mut units = Tape::new(&tapes[1]);
            let before = record(&mut Tape::new(&tapes[0]), &mut units, &questions);
            let Some((after, learnt)) = refine(&before, &mut Tape::new(&tapes[2]), &mut units, &questions) else {
                continue;
            };
            let known = agree(&compiled, &before)?;
            let found = agree(&compiled, &after)?;
            for (at, (known, found)) in known.iter().zip(&found).enumerate() {
                // What is learnt may contradict what was known: then the outcome rests on neither.
                let contradicted = *found == Outcome::Unknown && compiled.contradicts_itself(&after)?;
                if *known != Outcome::Unknown && known != found && !contradicted {
                    return Err(format!(
                        "a known outcome changed\n{}\ncriterion {}: {known:?}, then {found:?}\nlearnt {learnt:#?}\nrecord {before}",
                        compiled.shown(),
                        at + 1,
                    ));
                }
                if *known == Outcome::Unknown && known != found {
                    learnt_something.set(learnt_something.get() + 1);
                }
            }
        }
        Ok(())
    });
    assert!(learnt_something.get() > 300, "only {} outcomes became known", learnt_something.get());
}
