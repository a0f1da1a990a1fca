//! The grammar's word lists agree with its rules and with the scanner's.

use std::collections::BTreeSet;

use eligc::ide::help;
use eligc::syntax::{STATEMENT_WORDS, is_connective, is_reserved};

const GRAMMAR: &str = include_str!("../../../grammar/elig.pest");

/// The literals in the body of a rule.
fn literals(rule: &str) -> BTreeSet<&'static str> {
    let head = format!("\n{rule} = _{{");
    assert!(GRAMMAR.contains(&head), "no rule {rule}");
    let (_, rest) = GRAMMAR.split_once(&head).unwrap_or_default();
    let body = rest.split("\n}").next().unwrap_or_default();
    body.split('"').skip(1).step_by(2).filter(|word| *word != ":").collect()
}

/// The literal of every `kw_*` rule, with the rule's name.
fn keywords() -> BTreeSet<(&'static str, &'static str)> {
    GRAMMAR
        .lines()
        .filter_map(|line| {
            let (name, body) = line.strip_prefix("kw_")?.split_once('=')?;
            Some((name.trim(), body.split('"').nth(1)?))
        })
        .collect()
}

#[test]
fn every_keyword_rule_is_named_for_its_word() {
    for (name, word) in keywords() {
        assert_eq!(name, word);
    }
}

/// The keywords that are reserved: those above the ones that may be names elsewhere.
fn reserved() -> BTreeSet<&'static str> {
    let (reserved, _) = GRAMMAR.split_once("// Words that mean something in one place only").unwrap_or_default();
    reserved.lines().filter(|line| line.starts_with("kw_")).filter_map(|line| line.split('"').nth(1)).collect()
}

#[test]
fn the_lists_hold_only_keywords_and_nest() {
    let known: BTreeSet<&str> = keywords().into_iter().map(|(_, word)| word).collect();
    let [statements, modifiers] = ["statement_word", "modifier_word"].map(literals);
    assert_eq!(statements, STATEMENT_WORDS.iter().copied().collect());
    for list in [&statements, &modifiers] {
        assert!(list.is_subset(&known), "{:?}", list.difference(&known));
    }
    for word in &known {
        assert_eq!(is_reserved(word), reserved().contains(word), "{word}");
        assert!(is_reserved(word) || !is_connective(word), "{word}");
    }
    assert!(statements.iter().all(|word| is_connective(word)));
    assert!(modifiers.iter().all(|word| !is_reserved(word)));
    assert!(["none", "no", "any", "all", "current", "if"].iter().all(|word| is_reserved(word) && !is_connective(word)));
}

#[test]
fn an_editor_says_something_of_each_keyword_and_of_nothing_else() {
    let known: BTreeSet<&str> = keywords().into_iter().map(|(_, word)| word).collect();
    let helped: Vec<&str> = help::WORDS.iter().map(|help| help.word).collect();
    assert_eq!(helped.iter().copied().collect::<BTreeSet<_>>(), known);
    assert_eq!(helped.len(), known.len(), "each word once");
    for help::Word { word, form, text } in help::WORDS {
        assert!(form.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|part| part == *word), "{form}");
        assert!(text.ends_with('.'), "{word}: {text}");
    }
}

#[test]
fn longer_words_come_before_their_beginnings() {
    for rule in ["statement_word", "modifier_word"] {
        let head = format!("\n{rule} = _{{");
        let (_, rest) = GRAMMAR.split_once(&head).unwrap_or_default();
        let body = rest.split("\n}").next().unwrap_or_default();
        let words: Vec<&str> = body.split('"').skip(1).step_by(2).collect();
        for (index, word) in words.iter().enumerate() {
            let hidden = words.iter().skip(index + 1).find(|later| later.starts_with(word));
            assert_eq!(hidden, None, "{rule}: `{word}` hides a longer word");
        }
    }
}

#[test]
fn every_reserved_word_is_refused_as_a_name() {
    assert!(reserved().len() > 50);
    for word in reserved() {
        let parsed = super::parsed(&format!("fact {word}: yes_no"));
        let is_declared = parsed.file.statements.iter().any(|one| super::sexpr::statement(one).contains(word));
        assert!(!is_declared && !parsed.diagnostics.is_empty(), "{word}");
    }
}

/// Marks behind reserved words must not change what may stand without blanks around it.
#[test]
fn reserved_words_need_no_blanks_around_them() {
    for (tight, wide) in [
        ("require [I1] (a)and(b)or not(c)", "require [I1] (a) and (b) or not (c)"),
        ("require [I1] any of{a,b}", "require [I1] any of { a, b }"),
        ("require [I1] prior{a,b}and x>=2", "require [I1] prior { a, b } and x >= 2"),
        ("require [I1] x is not\nyes", "require [I1] x is not yes"),
        ("require [I1] x in# codes\n{a}", "require [I1] x in { a }"),
        ("define d = a/if b then 1 else-2", "define d = a / if b then 1 else -2"),
        ("define d = max(latest\n a,highest b)", "define d = max(latest a, highest b)"),
        ("require [not-1] a", "require [ not-1 ] a"),
        (
            "example \"a\" { x: none, y: [none], judged in.1: yes } expect I1 pass",
            "example \"a\" { x : none, y : [ none ], judged in.1 : yes } expect I1 pass",
        ),
    ] {
        let [tight, wide] = [tight, wide].map(|text| {
            let parsed = super::parsed(text);
            assert!(parsed.diagnostics.is_empty(), "{text}: {:?}", parsed.diagnostics);
            parsed.file.statements.iter().map(super::sexpr::statement).collect::<Vec<_>>()
        });
        assert_eq!(tight, wide);
    }
}
