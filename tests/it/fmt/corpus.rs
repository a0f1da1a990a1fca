//! The laws over everything in `elig` that the project ships, and that trials and vocabulary are laid out already.

use std::fs;

use super::lawful;
use crate::docs::{blocks, is_elig, pages, root};
use crate::laws::trials;

/// Name and text of every program there is, the wrong ones of the pages included.
fn corpus() -> Vec<(String, String)> {
    let mut all = trials();
    all.push(("sle.elig".to_owned(), fs::read_to_string(root().join("src/vocab/sle.elig")).unwrap()));
    let mut paths = pages();
    for entry in fs::read_dir(root().join("docs/errors")).unwrap() {
        paths.push(entry.unwrap().path());
    }
    paths.sort();
    for path in paths {
        all.extend(blocks(&path).into_iter().filter(is_elig).map(|block| (block.place, block.text)));
    }
    assert!(all.len() > 100, "{}", all.len());
    all
}

#[test]
fn laws_hold_over_all_that_is_shipped() {
    let wrong: Vec<String> =
        corpus().iter().filter_map(|(name, text)| lawful(text).err().map(|why| format!("{name}: {why}"))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn trials_and_vocabulary_are_laid_out() {
    let wrong: Vec<String> = corpus()
        .iter()
        .filter(|(name, _)| name.ends_with(".elig"))
        .filter_map(|(name, text)| {
            let formatted = lawful(text).unwrap();
            (formatted != *text).then(|| format!("{name}\n{text}\n--- should be\n{formatted}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every program of the pages, all on as few lines as its comments allow, and all on as many as it has words.
#[test]
fn layout_does_not_matter() {
    for (name, text) in corpus() {
        if name.ends_with(".elig") || !eligc::syntax::parse(eligc::source::FileId(0), &text).diagnostics.is_empty() {
            continue;
        }
        for blank in ["  ", "\n", "\n\n\n\t", "\r\n"] {
            let other = super::laws::respaced(&text, |_| blank.to_owned());
            lawful(&other).unwrap_or_else(|why| panic!("{name}: {why}"));
        }
    }
}
