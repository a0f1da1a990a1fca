//! A mistake of form takes away what it touches and nothing else: every request on the rest is answered as before.

use serde_json::{Value, json};

use super::client::Client;
use super::features::{URI, ask};

const TEXT: &str = "trial NCT1 \"µ\" { anchor screening }
use sle
define refractory = prior car_t
## At least 20.
require [I1] platelets >= 20000 /uL and not refractory
exclude [E1] heart_failure (nyha >= class III) within 6 months before screening
require [I2] sex is female
example \"one\" { screening: 2026-03-01  platelets: 18000 /uL  heart_failure: { start: 2026, nyha: II } } expect I1 fail, E1 pass
";

/// Each breaks the text behind it in its own way.
const MISTAKES: [&str; 8] = [
    "require [I9] lvef >= (",
    "require [I9 lvef",
    "require [I9] judged \"is it",
    "define own = }",
    "example \"q\" { lvef: [",
    "require [I9] nonesuch >= 3",
    "fact own: quantity [",
    "use \"./nonesuch.elig\"",
];

/// What is answered about the first lines of a text: each request with its place and its answer.
fn answers(text: &str) -> Vec<(String, Value)> {
    let mut client = Client::new();
    client.open(URI, text);
    let mut found = Vec::new();
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 7, "character": 999}});
    for method in ["inlayHint", "codeLens", "documentSymbol", "foldingRange", "semanticTokens/range"] {
        let params = json!({"textDocument": {"uri": URI}, "range": whole});
        let mut answer = client.ask(&format!("textDocument/{method}"), params).unwrap();
        if let Some(items) = answer.as_array_mut() {
            items.retain(|item| item["range"]["start"]["line"].as_u64().is_none_or(|line| line < 8));
            items.retain(|item| item["startLine"].as_u64().is_none_or(|line| line < 8));
        }
        found.push((method.to_owned(), answer));
    }
    for (line, words) in TEXT.lines().enumerate() {
        for character in (0..words.chars().count()).step_by(5) {
            for method in [
                "hover",
                "definition",
                "references",
                "documentHighlight",
                "prepareRename",
                "rename",
                "completion",
                "signatureHelp",
            ] {
                let position = json!({"line": line, "character": character});
                let params = json!({
                    "textDocument": {"uri": URI}, "position": position,
                    "context": {"includeDeclaration": true}, "newName": "other",
                });
                let answer = client.ask(&format!("textDocument/{method}"), params);
                let answer = answer.unwrap_or_else(|refusal| refusal.message.into());
                found.push((format!("{method} at {line}:{character}"), without_folder(method, answer)));
            }
        }
    }
    client.end();
    found
}

/// Of a shipped file each session has its own copy.
fn without_folder(method: &str, answer: Value) -> Value {
    if method == "definition" { answer["range"].clone() } else { answer }
}

#[test]
fn a_mistake_elsewhere_silences_nothing() {
    let whole = answers(TEXT);
    assert!(whole.iter().filter(|(_, answer)| !answer.is_null()).count() > 300);
    for mistake in MISTAKES {
        for ((asked, before), (_, after)) in whole.iter().zip(answers(&format!("{TEXT}{mistake}\n"))) {
            assert_eq!(*before, after, "{asked} with `{mistake}` behind");
        }
    }
}

#[test]
fn hover_of_an_undeclared_name_is_answered_where_no_check_came() {
    let texts = [
        "require [I1] platl$0ets >= ",
        "require [I1] any of { lvef >= 3 %, platl$0ets >= ",
        "exclude [E1] prior strok$0es within",
        "exclude [E1] stroke within before screeni$0g",
        "exclude [E1] heart_failure (nhy$0a >=",
        "require [I1] sex is femal$0 female",
        "require [I1] nothing_like_a$0ny >= ",
        "require [I1] pregnant\nexample \"a\" { platlet$0s: [ ",
        // Declared, but not so that it could be understood.
        "fact bar: quantity mg/dL\nrequire [I1] b$0ar >= 3 mg/dL",
        "use \"./nonesuch.elig\"\nrequire [I1] platl$0ets >= 20000 /uL",
        // No name is wanted here, or a right one stands here.
        "trial NCT1 \"a\" { spon$0sor \"b\"",
        "fact b$0ar: quantity mg/dL\nrequire [I1] pregnant",
        "require [I1] platelets abov$0e 20 /uL",
        "exclude [E1] stroke\nexample \"a\" { stroke: { sta$0rt: 2026 } expect E1 fail",
    ];
    let hover = |text: &str| {
        let page = ask(text, "textDocument/hover");
        format!("{text}\n\n{}\n", page["contents"]["value"].as_str().unwrap_or("nothing"))
    };
    insta::assert_snapshot!("lsp_torn", texts.map(hover).join("\n----\n\n"));
}
