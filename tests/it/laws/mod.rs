//! The laws of the project, each held against random programs and records.
//!
//! Random means the same at every run: seeds are fixed and counts are stated. A failing case is shrunk and printed whole.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::panic, reason = "a test stops at the first surprise")]
#![expect(clippy::indexing_slicing, reason = "a test stops at the first surprise")]
#![expect(clippy::string_slice, reason = "a test stops at the first surprise")]

mod charting;
mod conflicts;
mod counting;
mod courses;
mod determinism;
mod differential_python;
mod examples;
mod fuzz;
pub mod generators;
mod mending;
mod minimal_sets;
mod monotonicity;
mod order;
mod reading;
mod reference;
mod reference_semantics;
mod text_oracle;
mod unit_invariance;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use eligc::diag::Severity;
use eligc::driver::{Checked, check_text};
use eligc::eval::Evaluator;
use eligc::lower::lower;
use eligc::record::{ReadOptions, Record};
use eligc::tree::DecisionTree;
use eligc::typed;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestError, TestRng, TestRunner};
use serde_json::Value as Json;

use generators::Tape;

/// What is asked of one case, made from its tapes.
type Test<'a> = dyn Fn(&[Vec<u32>]) -> Result<(), String> + 'a;

/// A program in all its forms.
struct Compiled {
    text: String,
    typed: typed::Program,
    /// The tree as it is written.
    json: String,
    /// From the tree as it was read again.
    evaluator: Evaluator,
    questions: BTreeMap<(String, String), String>,
}

/// Checks, lowers, writes, reads and loads a program; what is wrong is told.
fn compile(text: String) -> Result<Compiled, String> {
    let Checked { diagnostics, program, sources, .. } = check_text("random.elig", &text);
    let Some(typed) = program else {
        let errors: Vec<String> = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .map(|diagnostic| {
                let place = sources.slice(diagnostic.primary.span);
                format!("{} at `{place}`: {:?}", diagnostic.title, diagnostic.helps)
            })
            .collect();
        return Err(format!("not accepted: {errors:#?}"));
    };
    let tree = lower(&typed, &sources);
    let json = tree.to_json();
    let again = DecisionTree::from_json(&json).map_err(|error| format!("not read again: {error}"))?;
    if again != tree {
        return Err("the tree read again is another one".to_owned());
    }
    let evaluator = Evaluator::new(again).map_err(|error| format!("not loaded: {error}"))?;
    let questions = reference::questions(&typed);
    Ok(Compiled { text, typed, json, evaluator, questions })
}

impl Compiled {
    /// The statements behind the declarations, for people.
    fn shown(&self) -> String {
        shown(&self.text)
    }

    fn question_ids(&self) -> Vec<String> {
        self.questions.values().cloned().collect()
    }

    /// Whether some edit check fails.
    fn contradicts_itself(&self, record: &Json) -> Result<bool, String> {
        Ok(!self.evaluator.failed_edit_checks(&self.read(record)?).is_empty())
    }

    fn read(&self, record: &Json) -> Result<Record, String> {
        let text = record.to_string();
        self.evaluator.read(text.as_bytes(), &ReadOptions::default()).map_err(|error| format!("{error:#?}"))
    }
}

/// A program's own statements.
pub fn shown(text: &str) -> String {
    text.replace(generators::world::DECLARATIONS, "")
}

/// Runs `cases` random cases with a fixed seed. A case is made from tapes of at most the given lengths; a failing one is
/// shrunk.
pub fn law(name: &str, cases: u32, lengths: &[usize], test: impl Fn(&[Vec<u32>]) -> Result<(), String>) {
    let config = ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() };
    // The seed is the law's name: laws do not share their cases.
    let mut seed = [7; 32];
    seed.iter_mut().zip(name.bytes()).for_each(|(place, byte)| *place = byte);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let strategy: Vec<_> = lengths.iter().map(|length| vec(any::<u32>(), length / 4..*length)).collect();
    let caught = |tapes: &[Vec<u32>]| {
        catch_unwind(AssertUnwindSafe(|| test(tapes))).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            Err(format!(
                "panic: {}",
                text.or(panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
            ))
        })
    };
    match runner.run(&strategy, |tapes| caught(&tapes).map_err(TestCaseError::fail)) {
        Ok(()) => {}
        Err(TestError::Fail(_, tapes)) => panic!("{name}: {}", shrink(tapes, &caught)),
        Err(TestError::Abort(why)) => panic!("{name}: {}", why.message()),
    }
}

/// Takes out and zeroes what a failing case does not need; gives what is wrong with what is left.
fn shrink(mut tapes: Vec<Vec<u32>>, test: &Test) -> String {
    let mut why = test(&tapes).err().unwrap_or_else(|| "fails at one run and not at the next".to_owned());
    // The same thing stays wrong.
    let what = |why: &str| why.split([':', '\n']).next().map(str::to_owned);
    let until = Instant::now() + Duration::from_secs(40);
    loop {
        let before = tapes.clone();
        for which in (0..tapes.len()).rev() {
            let mut size = tapes[which].len();
            while size > 0 {
                let mut at = 0;
                while at < tapes[which].len() {
                    let end = (at + size).min(tapes[which].len());
                    let mut shorter = tapes.clone();
                    shorter[which].drain(at..end);
                    let mut zeroed = tapes.clone();
                    zeroed[which][at..end].fill(0);
                    let smaller = [shorter, zeroed].into_iter().find_map(|smaller| {
                        let told = test(&smaller).err().filter(|told| smaller != tapes && what(told) == what(&why))?;
                        Some((smaller, told))
                    });
                    match smaller {
                        Some((smaller, told)) => (tapes, why) = (smaller, told),
                        None => at = end,
                    }
                    if Instant::now() > until {
                        return why;
                    }
                }
                size /= 2;
            }
        }
        if tapes == before {
            return why;
        }
    }
}

/// A random program.
fn random_program(shape: &[u32], units: &[u32]) -> Result<Compiled, String> {
    let text = generators::program::program(&mut Tape::new(shape), &mut Tape::new(units));
    compile(text.clone()).map_err(|why| format!("{why}\n{}", shown(&text)))
}

/// The shipped trials: name and text.
pub fn trials() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/trials");
    let mut list: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "elig"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    list.sort();
    assert!(list.len() >= 5, "{list:?}");
    list
}
