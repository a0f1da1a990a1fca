//! Nothing panics and nothing hangs: not on noise, not on programs and records with a few words changed.

mod pieces;
mod records;

use std::cell::Cell;
use std::time::{Duration, Instant};

use eligc::driver::check_text;
use eligc::eval::Evaluator;
use eligc::explain::EvalOptions;
use eligc::lower::lower;
use eligc::record::ReadOptions;
use eligc::tree::DecisionTree;

use crate::laws::generators::{Tape, program::program};
use crate::laws::law;
use pieces::*;

/// No single case may take longer, on the slowest machine that runs the tests.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// The whole way of a program: read, checked, and when it is right, lowered, written, read again and asked.
fn whole_way(text: &str) -> Result<bool, String> {
    let begun = Instant::now();
    let checked = check_text("hostile.elig", text);
    assert!(checked.program.is_some() || checked.has_errors(), "refused without a word");
    for diagnostic in &checked.diagnostics {
        let range = diagnostic.primary.span.range();
        let file = checked.sources.get(diagnostic.primary.span.file).unwrap();
        assert!(file.text.get(range.clone()).is_some(), "{} points to {range:?}", diagnostic.title);
    }
    let right = checked.program.is_some();
    if let Some(program) = checked.program {
        let tree = lower(&program, &checked.sources);
        let json = tree.to_json();
        // A program without criteria has its warning, and a tree that nobody takes: everybody would be eligible by it.
        if tree.criteria.is_empty() {
            assert!(DecisionTree::from_json(&json).is_err(), "taken though it asks nothing");
            return Ok(right);
        }
        let again = DecisionTree::from_json(&json).map_err(|error| format!("not read again: {error}\n{text}"))?;
        let evaluator = Evaluator::new(again).map_err(|error| format!("not loaded: {error}\n{text}"))?;
        let record =
            evaluator.read(b"{\"id\":1}", &ReadOptions::default()).map_err(|error| format!("{error:?}\n{text}"))?;
        let found = evaluator.evaluate(&record, &EvalOptions::default());
        assert_eq!(found.verdict, evaluator.screen(&record));
    }
    let took = begun.elapsed();
    if took > PATIENCE { Err(format!("takes {took:?}\n{text}")) } else { Ok(right) }
}

#[test]
fn random_bytes_are_refused_in_peace() {
    law("random bytes", 5_000, &[120], |tapes| {
        // Mostly printable, and now and then anything at all.
        let bytes: Vec<u8> = tapes[0]
            .iter()
            .flat_map(|number| {
                let bytes = number.to_le_bytes();
                if bytes[3] < 200 { vec![bytes[0] % 95 + 32] } else { bytes.to_vec() }
            })
            .collect();
        whole_way(&String::from_utf8_lossy(&bytes)).map(drop)
    });
}

#[test]
fn token_soups_are_refused_in_peace() {
    law("token soups", 5_000, &[120], |tapes| {
        let mut tape = Tape::new(&tapes[0]);
        let count = tapes[0].len() / 2;
        let soup: Vec<&str> = (0..count).map(|_| *tape.pick(WORDS)).collect();
        whole_way(&soup.join(*tape.pick(&[" ", " ", ""]))).map(drop)
    });
}

#[test]
fn spoilt_programs_are_read_in_peace() {
    let right = Cell::new(0);
    law("spoilt programs", 5_000, &[100, 300, 60], |tapes| {
        let mut tape = Tape::new(&tapes[0]);
        let text = if tape.chance(40) {
            program(&mut Tape::new(&tapes[1]), &mut Tape::new(&tapes[2]))
        } else {
            let at = tape.below(pieces().len());
            pieces()[at..].iter().take(1 + tape.below(4)).cloned().collect::<Vec<_>>().join("\n\n")
        };
        let mut tokens = tokens(&text);
        spoil(&mut tape, &mut tokens);
        right.set(right.get() + usize::from(whole_way(&tokens.concat())?));
        Ok(())
    });
    // A spoilt program that is right after all goes the whole way; enough of them must. An example that begins
    // from one of another piece is never right, so the more examples the trials have the fewer they are.
    assert!(right.get() > 150, "only {} programs were right", right.get());
}
