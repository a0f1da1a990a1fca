//! What a safe edit may do: over the corpus of mistakes, the trials, and random edits of both. Behind it a text has fewer
//! findings and no new error, no two words have become one, and each criterion that was right has the same tree.

use std::collections::HashMap;
use std::fs;

use eligc::diag::{Code, Fix, Safety, Severity, fix};
use eligc::driver::{Checked, check_text};
use eligc::ide::safe_fixes::{Repaired, repair, rights_of};
use eligc::resolve::NoFiles;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::docs::root;

/// What people type in the middle of a program, and what is lost and added when a text is copied.
const SLIPS: &[&str] = &[
    "",
    "",
    "",
    " ",
    ".",
    ";",
    ",",
    "!",
    "=",
    "==",
    "&&",
    "||",
    " && ",
    "||",
    "≥",
    "＞=",
    "=<",
    "<>",
    "x",
    "×",
    "–",
    " – ",
    "−",
    "１",
    "０",
    "“",
    "”",
    "\"",
    "²",
    "10",
    "109",
    ".5",
    ".000",
    "AND",
    "Or",
    "NOT ",
    "Require",
    " is ",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "#",
    "\n",
    "、",
    "，",
    "％",
    "/",
    "kg.m",
    " between 5 to 9 ",
    "prior to",
    "more ",
    "half lives",
    "µ",
];

/// What is right, and what people write for it.
const PAIRS: &[(&str, &str)] = &[
    (" and ", "&&"),
    (" or ", "||"),
    ("not ", "!"),
    (" is ", "="),
    (">=", "＞="),
    ("require", "Require"),
    ("exclude", "EXCLUDE"),
    ("\"", "“"),
    ("{", "｛"),
    (", ", "，"),
    (" before ", " prior to "),
    ("of {", "of｛"),
];

fn programs() -> Vec<String> {
    let cases = crate::errors::cases().into_iter().filter(|case| case.text.len() < 1_500);
    cases.map(|case| case.text.lines().skip(1).map(|line| format!("{line}\n")).collect()).collect()
}

fn trials() -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("trials")).expect("the trials") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "elig") {
            found.push(fs::read_to_string(path).expect("a trial"));
        }
    }
    assert!(found.len() >= 5);
    found
}

fn errors(checked: &Checked) -> HashMap<(Code, String), usize> {
    let mut found = HashMap::new();
    for one in checked.diagnostics.iter().filter(|one| one.severity == Severity::Error) {
        *found.entry((one.code, one.title.clone())).or_default() += 1;
    }
    found
}

/// Why the second is not what a safe edit may make of the first.
fn broken(before: &Checked, after: &Checked) -> Option<String> {
    let (had, has) = (errors(before), errors(after));
    for ((code, title), count) in &has {
        if had.get(&(*code, title.clone())).is_none_or(|before| before < count) {
            return Some(format!("a new error: {code} {title}"));
        }
    }
    let errors = |found: &HashMap<(Code, String), usize>| found.values().sum::<usize>();
    if (errors(&has), after.diagnostics.len()) >= (errors(&had), before.diagnostics.len()) {
        return Some("nothing is better".to_owned());
    }
    let rights = rights_of(after);
    let changed = rights_of(before).into_iter().find(|(id, tree)| rights.get(id) != Some(tree));
    changed.map(|(id, _)| format!("{id} is another"))
}

/// Whether an edit makes one word of two.
fn glues(text: &str, fix: &Fix) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let range = fix.span.range();
    let gone = &text[range.clone()];
    let left = text[..range.start].ends_with(is_word) && !gone.starts_with(is_word);
    let right = text[range.end..].starts_with(is_word) && !gone.ends_with(is_word);
    let (new, is_empty) = (fix.replacement.as_str(), fix.replacement.is_empty());
    left && new.starts_with(is_word) || right && new.ends_with(is_word) || left && right && is_empty && !gone.is_empty()
}

fn safe_of(checked: &Checked) -> Vec<Fix> {
    checked.diagnostics.iter().flat_map(|one| &one.fixes).filter(|fix| fix.safety == Safety::Safe).cloned().collect()
}

/// Corrects a text and holds the result to the law; how many edits were made.
fn lawful(text: &str) -> Result<usize, String> {
    let before = check_text("trial.elig", text);
    for fix in before.diagnostics.iter().flat_map(|one| &one.fixes) {
        if fix.safety == Safety::Safe && glues(text, fix) {
            return Err(format!("`{}` makes one word of two\n{text}", fix.title));
        }
    }
    let Repaired { text: after, edits, checked, .. } = repair("trial.elig", text, &NoFiles);
    if edits == 0 {
        return if after == text { Ok(0) } else { Err(format!("changed without an edit\n{text}")) };
    }
    if let Some(why) = broken(&before, &checked) {
        return Err(format!("{why}\n{text}\nbecame\n{after}"));
    }
    let again = repair("trial.elig", &after, &NoFiles);
    if again.edits > 0 {
        return Err(format!("mended twice\n{text}\nbecame\n{after}\nbecame\n{}", again.text));
    }
    Ok(edits)
}

fn edited(
    text: &str,
    edits: &[(prop::sample::Index, usize, &str)],
    pair: (prop::sample::Index, (&str, &str)),
) -> String {
    let mut text = text.to_owned();
    let (which, (right, written)) = pair;
    let places: Vec<usize> = text.match_indices(right).map(|(at, _)| at).collect();
    if !places.is_empty() {
        let at = places[which.index(places.len())];
        text.replace_range(at..at + right.len(), written);
    }
    for (at, length, slip) in edits {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let first = at.index(places.len());
        let last = (first + length).min(places.len() - 1);
        text.replace_range(places[first]..places[last], slip);
    }
    text
}

fn runner(cases: u32, seed: u8) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 8, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
}

fn holds_on(texts: Vec<String>, cases: u32, seed: u8) -> usize {
    let mut made = 0;
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, prop::sample::select(SLIPS)), 0..3);
    let pair = (any::<prop::sample::Index>(), prop::sample::select(PAIRS));
    let made_in = std::cell::RefCell::new(&mut made);
    let result = runner(cases, seed).run(&(prop::sample::select(texts), edits, pair), |(text, edits, pair)| {
        let edits = lawful(&edited(&text, &edits, pair)).map_err(TestCaseError::fail)?;
        **made_in.borrow_mut() += edits;
        Ok(())
    });
    assert!(result.is_ok(), "{}", result.expect_err("a failure"));
    made
}

#[test]
fn mending_the_corpus_and_the_trials_keeps_the_law() {
    let mut made = 0;
    for text in programs().into_iter().chain(trials()) {
        made += lawful(&text).unwrap_or_else(|why| panic!("{why}"));
    }
    assert!(made > 30, "{made}");
}

/// Each edit that is called safe keeps the law by itself, before anybody checks it again.
#[test]
fn every_safe_edit_of_the_corpus_keeps_the_law_alone() {
    let mut made = 0;
    let mut wrong = String::new();
    for text in programs() {
        let before = check_text("trial.elig", &text);
        for fix in safe_of(&before) {
            let after = check_text("trial.elig", &fix::apply(&text, std::slice::from_ref(&fix)));
            made += 1;
            // `5 half-lives` says nothing of a kind that has none until it is read.
            let why = broken(&before, &after).filter(|why| !why.contains("E0403"));
            if let Some(why) = why {
                wrong += &format!("{}: {why}\n{text}\n", fix.title);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(made > 30, "{made}");
}

#[test]
fn mending_random_edits_of_the_corpus_keeps_the_law() {
    let made = holds_on(programs(), 400, 3);
    assert!(made > 100, "{made}");
}

#[test]
fn mending_random_edits_of_the_trials_keeps_the_law() {
    let made = holds_on(trials(), 24, 5);
    assert!(made > 5, "{made}");
}

#[test]
fn what_people_write_is_mended_to_what_they_meant_or_not_at_all() {
    for (written, repaired) in [
        ("require [I1] !pregnant\n", "require [I1] not pregnant\n"),
        ("require [I2] ana=positive\n", "require [I2] ana is positive\n"),
        ("exclude [E1] pregnant||lactating\n", "exclude [E1] pregnant or lactating\n"),
        ("exclude [E2] sledai2k>=8&&pregnant\n", "exclude [E2] sledai2k>=8 and pregnant\n"),
        ("require [I1] lvef>=50%&&!pregnant\n", "require [I1] lvef>=50% and not pregnant\n"),
        ("require [I1] pregnant.\n", "require [I1] pregnant\n"),
        ("require [I1] lvef >= .5 %\n", "require [I1] lvef >= 0.5 %\n"),
        ("note [N1] “Call it a \"flare\" when in doubt”\n", "note [N1] \"Call it a \\\"flare\\\" when in doubt\"\n"),
        ("note [N1] “One\" \nrequire [I1] judged “two”\n", "note [N1] \"One\" \nrequire [I1] judged \"two\"\n"),
    ] {
        assert_eq!(repair("trial.elig", written, &NoFiles).text, repaired);
    }
    for left in [
        "require [I1] platelets >= 100 x 109/L\n",
        "require [I1] hbv_dna < 2 x 104 IU/mL\n",
        "require [I1] platelets >= 100 x 3 /uL\n",
        "require [I1] platelets >= 1.000.000 /uL\n",
        "require [I2] egfr >= 30 mL/(min.1.73m2)\n",
        "fact rate: quantity [ug/kg/min]\nexclude [E1] rate > 0.1 ug/kg. min\n",
        "require [I1] weight >= 40–60 kg\n",
        "require [I1] pregnant. or lactating\n",
    ] {
        assert_eq!(repair("trial.elig", left, &NoFiles).text, left);
    }
}

/// A mistake in a chain of facts, each worked out from the next one twice, is answered at once.
#[test]
fn a_mistake_in_a_doubling_chain_is_found_in_no_time() {
    let mut text: String = (1..40).map(|at| format!("fact s{at}: score 0..9 else s{0} + s{0}\n", at + 1)).collect();
    text.push_str("fact s40: score 0..9 else nothing_known\nrequire [I1] s1 >= 8\n");
    let begun = std::time::Instant::now();
    assert!(check_text("trial.elig", &text).program.is_none());
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}
