//! What is known stays known: a record of which more is known never turns a known outcome into another one.

use std::cell::RefCell;
use std::collections::BTreeMap;

use eligc::ir::Outcome;

use super::generators::{Tape, record::record, refine::refine};
use super::reference_semantics::{THAT_ADD_UP, agree, count_constructs_of};
use super::{law, random_program};

const PROGRAMS: u32 = 450;
const RECORDS: usize = 20;

#[test]
fn more_knowledge_keeps_known_outcomes() {
    // How many outcomes became known, of criteria that have some construct.
    let became_known: RefCell<BTreeMap<&str, usize>> = RefCell::default();
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
            // `incomplete` is the first criterion where there is one, and never known.
            let first = known.len() - compiled.typed.criteria.len();
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
                    let mut constructs = BTreeMap::from([("anything", 1)]);
                    count_constructs_of(&compiled, at - first, &mut constructs);
                    let mut counts = became_known.borrow_mut();
                    constructs.into_keys().for_each(|construct| *counts.entry(construct).or_default() += 1);
                }
            }
        }
        Ok(())
    });
    let became_known = became_known.into_inner();
    assert!(became_known["anything"] > 300, "{became_known:#?}");
    for construct in THAT_ADD_UP {
        assert!(became_known.get(construct).is_some_and(|count| *count >= 5), "{construct}: {became_known:#?}");
    }
}
