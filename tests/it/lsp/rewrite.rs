//! Code actions that write the same otherwise: what is offered at `$0`, and the text that is left.

use eligc::driver::check_text;
use eligc::ide::View;
use eligc::ide::rewrite::Rewrite;
use eligc::lower::lower;
use serde_json::{Value, json};

use super::client::Client;
use super::features::{URI, marked};
use super::view::programs;

fn actions(text: &str, only: Option<&str>) -> Vec<Value> {
    let (text, position) = marked(text);
    let mut client = Client::new();
    client.open(URI, &text);
    let mut context = json!({"diagnostics": []});
    if let Some(only) = only {
        context["only"] = json!([only]);
    }
    let range = json!({"start": position, "end": position});
    let params = json!({"textDocument": {"uri": URI}, "range": range, "context": context});
    let answer = client.ask("textDocument/codeAction", params).unwrap();
    client.end();
    answer.as_array().unwrap().clone()
}

/// `text` with the edits of an action that all lie in its lines of ASCII.
fn done(text: &str, action: &Value) -> String {
    let place = |position: &Value| {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + usize::try_from(position["character"].as_u64().unwrap()).unwrap()
    };
    let edits = action["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
    let edits = edits.iter().map(|edit| {
        let range = &edit["range"];
        (place(&range["start"])..place(&range["end"]), edit["newText"].as_str().unwrap().to_owned())
    });
    made(text, &edits.collect::<Vec<_>>())
}

fn made(text: &str, edits: &[(std::ops::Range<usize>, String)]) -> String {
    assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "{edits:?} overlap or are out of order");
    edits.iter().rev().fold(text.to_owned(), |mut text, (range, new)| {
        text.replace_range(range.clone(), new);
        text
    })
}

/// What is offered at each text's mark, and what the text then is.
fn shown(texts: &[&str]) -> String {
    let one = |text: &&str| {
        let actions = actions(text, Some("refactor"));
        let plain = marked(text).0;
        let offered: Vec<String> = actions
            .iter()
            .map(|action| {
                assert_eq!(action["kind"], "refactor.rewrite");
                format!("* {}\n{}", action["title"].as_str().unwrap(), done(&plain, action))
            })
            .collect();
        format!("{text}\n\n{}\n", if offered.is_empty() { "nothing".to_owned() } else { offered.join("\n\n") })
    };
    texts.iter().map(one).collect::<Vec<_>>().join("\n----\n\n")
}

#[test]
fn a_bound_is_written_in_the_unit_of_its_fact() {
    let texts = [
        "require [I1] platelets >= 20$0000 /uL",
        "require [I1] platelets >= 20_000 cells/$0mcL within 6 weeks before screening",
        "require [I1] platelets between 2$00000 and 50000 /uL",
        "require [I1] platelets between 20000 and 5000$00 /uL",
        "require [I1] platelets between 20000 /$0uL and 50 x10^9/L",
        "require [I1] total_bilirubin <= 34.2 umol$0/L",
        "require [I1] alt <= 40 IU$0/L",
        "require [I1] age >= 216 mo$0nths",
        "exclude [E1] prior prednisone (dose >= 0.0075 g$0/day)",
        "require [I1] 2 * weight >= 80000 $0g",
        "require [I1] weight >= 40 kilograms\nrequire [I2] weight <= 90000 $0g",
    ];
    insta::assert_snapshot!("rewrite_units", shown(&texts));
}

#[test]
fn no_bound_is_written_otherwise_where_that_would_say_another_thing_or_nothing_new() {
    for text in [
        "$0",
        "require [I1] platelets >= 20 x10^9$0/L",
        // No end of digits.
        "require [I1] age >= 100 da$0ys",
        // Not the fact that has the molar mass, but what is computed from it.
        "require [I1] 2 * creatinine <= 265.2 umol$0/L",
        "require [I1] stroke within 6 mo$0nths before screening",
        "require [I1] plate$0lets >= 20000 /uL",
        "require [I1] platelets >= -5$0 /uL",
        "require [I1] pregnant\nexample \"a\" { platelets: 18000 $0/uL } expect I1 unknown",
        "fact own: quantity [/$0uL]\nrequire [I1] pregnant",
    ] {
        assert_eq!(actions(text, Some("refactor.rewrite")), Vec::<Value>::new(), "{text}");
    }
}

#[test]
fn a_criterion_without_a_number_is_given_one() {
    let texts = [
        "require [I5.1] pregnant\nrequire [I6] lactating\nexclude stroke\nrequ$0ire stroke",
        "req$0uire pregnant",
        "require [X1] pregnant\nexclude stro$0ke",
        // What examples call by its place stays what it was.
        "exclude str$0oke\nexclude tia\nexclude [E7] pregnant\nexample \"a\" { screening: 2026-03-01 } expect X1 unknown, X2 unknown, E7 unknown",
    ];
    insta::assert_snapshot!("rewrite_numbers", shown(&texts));
}

#[test]
fn a_todo_becomes_a_question() {
    let texts = [
        "require [I1] todo \"able $0to walk\"",
        "requ$0ire [I1] pregnant and todo \"able to walk\"",
        "require [I1] todo \"one\" or to$0do \"two\"",
        "require$0 [I1] todo \"one\" or todo \"two\"",
    ];
    insta::assert_snapshot!("rewrite_todo", shown(&texts));
}

#[test]
fn an_exclusion_is_turned_into_an_inclusion_and_back() {
    let texts = [
        "exclu$0de [E1] prior stroke within 6 months before screening # why",
        "exclu$0de [E1] pregnant or lactating",
        "exclu$0de [E1] (pregnant or lactating)",
        "exclu$0de [E1] (pregnant or lactating) and stroke",
        "exclu$0de [E1] not pregnant",
        "requ$0ire [I1] not pregnant",
        "requ$0ire [I1] not (pregnant or lactating)",
        "requ$0ire [I1] not (pregnant or lactating) and stroke",
        "requ$0ire [I1] pregnant",
        "exclu$0de [E1] pregnant unless lactating",
        "exclu$0de [E1] pregnant or lactating, results count for 28 days",
        "requ$0ire [I1] not (pregnant or lactating), results count at any age",
        "exclu$0de pregnant",
        "exclu$0de [E1] pregnant and",
    ];
    insta::assert_snapshot!("rewrite_turned", shown(&texts));
}

/// The tree of a program, each criterion but for its word, its words and its line.
fn meaning(text: &str) -> Value {
    let checked = check_text("trial.elig", text);
    let program = checked.program.unwrap_or_else(|| panic!("{text}\n{:?}", checked.diagnostics));
    let mut json: Value = serde_json::from_str(&lower(&program, &checked.sources).to_json()).unwrap();
    for criterion in json["criteria"].as_array_mut().unwrap() {
        for key in ["kind", "statement", "source"] {
            criterion.as_object_mut().unwrap().remove(key);
        }
    }
    json
}

/// The first criterion that two trees do not share, in both.
fn different(before: &Value, after: &Value) -> String {
    let criteria = |tree: &Value| tree["criteria"].as_array().unwrap().clone();
    let mut pairs = criteria(before).into_iter().zip(criteria(after));
    let pair = pairs.find(|(one, other)| one != other);
    pair.map_or_else(|| "no criterion differs".to_owned(), |(one, other)| format!("{one}\n{other}"))
}

/// Every rewrite offered in the five trials, made: the tree is the same, whichever way a criterion is said.
#[test]
fn no_rewrite_changes_the_tree() {
    let mut tried = 0;
    for (_, text, checked) in programs() {
        let view = View::new(&text, &checked.vocabulary);
        let before = meaning(&text);
        let mut seen: Vec<Rewrite> = Vec::new();
        for token in view.tokens.iter() {
            let offered = view.rewrites(token.range()).into_iter();
            seen.extend(offered.filter(|rewrite| !rewrite.title.contains("judged")));
        }
        // Those that touch different places are made together.
        let mut rounds: Vec<Vec<(std::ops::Range<usize>, String)>> = Vec::new();
        seen.dedup();
        tried += seen.len();
        for rewrite in seen {
            let from = rewrite.edits[0].0.start;
            match rounds.iter_mut().find(|round| round.last().unwrap().0.end < from) {
                Some(round) => round.extend(rewrite.edits),
                None => rounds.push(rewrite.edits),
            }
        }
        for round in rounds {
            let after = meaning(&made(&text, &round));
            assert!(after == before, "{}\n{round:?}", different(&before, &after));
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn the_client_gets_the_kinds_it_asks_for() {
    let text = "require [I1] platelets >= 20000 $0/uL and judged “able to walk”";
    let kinds = |only: Option<&str>| -> Vec<String> {
        let mut kinds: Vec<String> =
            actions(text, only).iter().map(|action| action["kind"].as_str().unwrap().to_owned()).collect();
        kinds.dedup();
        kinds
    };
    // With a mistake in the statement the words are still there to be rewritten.
    assert_eq!(kinds(Some("refactor")), ["refactor.rewrite"]);
    assert_eq!(kinds(Some("refactor.rewrite")), ["refactor.rewrite"]);
    assert_eq!(kinds(Some("refactor.extract")), Vec::<String>::new());
    assert_eq!(kinds(Some("source.fixAll")), ["source.fixAll.eligc"]);
    assert_eq!(kinds(Some("quickfix")), Vec::<String>::new());
    assert_eq!(kinds(None), ["refactor.rewrite", "source.fixAll.eligc"]);
    assert_eq!(kinds(Some("")), kinds(None));
}
