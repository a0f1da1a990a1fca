//! Several files, fixes, examples, and requests that come too late.

use eligc::lsp::Ended;
use serde_json::{Value, json};

use super::client::tempfolder::Folder;
use super::client::{Client, editor};
use super::features::URI;

const SITE: &str = "vocabulary site \"Our own\"\nfact frailty: score 0..9\n";
const TRIAL: &str = "use sle\nuse \"./site.elig\"\nrequire [I1] frailty <= 3\n";

#[test]
fn an_open_text_wins_over_the_disk_and_its_users_are_checked_again() {
    let folder = Folder::new();
    let site = folder.write("site.elig", SITE);
    let trial = folder.write("trial.elig", TRIAL);
    let mut client = Client::new();
    client.open(&trial, TRIAL);
    assert_eq!(client.diagnostics(&trial), Vec::<Value>::new());
    // Opened with another text than the disk has.
    client.open(&site, "vocabulary site \"Our own\"\nfact weakness: score 0..9\n");
    assert_eq!(client.diagnostics(&trial)[0]["code"], "E0201");
    client.change(&site, 2, json!([{"text": SITE}]));
    assert_eq!(client.diagnostics(&trial), Vec::<Value>::new());
    client.change(&site, 3, json!([{"text": "vocabulary site\nfact frailty: score 0..2\n"}]));
    assert_eq!(client.diagnostics(&trial)[0]["code"], "E0305");
    // Closed: the disk counts again.
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": site}}));
    assert_eq!(client.diagnostics(&trial), Vec::<Value>::new());
    // Changed on the disk behind our back.
    folder.write("site.elig", "vocabulary site\nfact frailty: score 0..1\n");
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": site, "type": 2}]}));
    assert_eq!(client.diagnostics(&trial)[0]["code"], "E0305");
    assert_eq!(client.end(), Ended::InOrder);
}

#[test]
fn a_mistake_in_a_used_file_is_shown_there_and_taken_back() {
    let folder = Folder::new();
    let site = folder.write("site.elig", "vocabulary site\nfact frailty: score 0..9\nfact frailty: yes_no\n");
    let trial = folder.uri("trial.elig");
    let mut client = Client::new();
    client.open(&trial, TRIAL);
    let found = client.diagnostics(&site);
    assert_eq!((found.len(), &found[0]["code"]), (1, &json!("E0202")));
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": trial}}));
    assert_eq!(client.diagnostics(&site), Vec::<Value>::new());
    assert_eq!(client.end(), Ended::InOrder);
}

#[test]
fn a_file_that_appears_is_noticed() {
    let folder = Folder::new();
    let trial = folder.uri("trial.elig");
    let mut client = Client::with(json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}));
    client.open(&trial, TRIAL);
    let codes =
        |found: Vec<Value>| found.iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(codes(client.diagnostics(&trial)).contains(&"E0205".to_owned()));
    assert!(client.requests.iter().any(|request| request.method == "client/registerCapability"));
    let site = folder.write("site.elig", SITE);
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": site, "type": 1}]}));
    assert_eq!(client.diagnostics(&trial), Vec::<Value>::new());
    client.end();
}

#[test]
fn use_leads_to_the_file() {
    let folder = Folder::new();
    let site = folder.write("site.elig", SITE);
    let trial = folder.uri("trial.elig");
    let mut client = Client::new();
    client.open(&trial, TRIAL);
    let links = client.ask("textDocument/documentLink", json!({"textDocument": {"uri": trial}})).unwrap();
    assert!(links[0]["target"].as_str().unwrap().ends_with("/sle.elig"));
    assert_eq!(links[1]["target"], site);
    assert_eq!(links[1]["range"], json!({"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 17}}));
    client.end();
}

fn actions(client: &mut Client, only: Option<&str>) -> Vec<Value> {
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let context = match only {
        Some(kind) => json!({"diagnostics": [], "only": [kind]}),
        None => json!({"diagnostics": []}),
    };
    let params = json!({"textDocument": {"uri": URI}, "range": range, "context": context});
    client.ask("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

#[test]
fn the_fixes_of_a_diagnostic_are_offered() {
    let text = "require [I1] sledai2k = 8\nrequire [I2] lvef => 40 %\n";
    let mut client = Client::new();
    client.open(URI, text);
    let one_by_one = actions(&mut client, Some("quickfix"));
    assert!(!one_by_one.is_empty());
    for action in &one_by_one {
        assert_eq!(action["kind"], "quickfix");
        assert_eq!(action["diagnostics"][0]["code"], "E0106");
        assert_eq!(action["edit"]["documentChanges"][0]["textDocument"], json!({"uri": URI, "version": 1}));
    }
    assert_eq!(actions(&mut client, Some("refactor")), Vec::<Value>::new());
    let all = actions(&mut client, Some("source.fixAll"));
    // A client that names no kinds is offered both.
    assert_eq!(actions(&mut client, None), [one_by_one.clone(), all.clone()].concat());
    if let Some(all) = all.first() {
        assert_eq!(all["kind"], "source.fixAll.eligc");
    }
    let marked: Vec<bool> =
        one_by_one.iter().map(|action| action["title"].as_str().unwrap().ends_with("may change)")).collect();
    let safe = marked.iter().filter(|asks| !**asks).count();
    assert_eq!(all.len(), usize::from(safe > 0), "all safe fixes at once, when there is one");
    client.end();
}

#[test]
fn an_example_has_a_lens_that_runs_it() {
    let text = "require [I1] pregnant\nexample \"right\" { screening: 2026-03-01 pregnant: yes } expect I1 pass\nexample \"wrong\" { screening: 2026-03-01 pregnant: no } expect I1 pass\n";
    let mut client = Client::new();
    client.open(URI, text);
    let lenses = client.ask("textDocument/codeLens", json!({"textDocument": {"uri": URI}})).unwrap();
    let command = &lenses[0]["command"];
    assert_eq!((&command["command"], &lenses[0]["range"]["start"]["line"]), (&json!("eligc.runExample"), &json!(1)));
    let ran = client
        .ask("workspace/executeCommand", json!({"command": command["command"], "arguments": command["arguments"]}))
        .unwrap();
    assert_eq!(ran, json!({"passed": true, "message": "\"right\" passes", "lines": []}));
    let ran = client
        .ask(
            "workspace/executeCommand",
            json!({"command": "eligc.runExample", "arguments": [{"uri": URI, "name": "wrong"}]}),
        )
        .unwrap();
    assert_eq!(ran["passed"], false);
    assert!(ran["lines"][0].as_str().unwrap().contains("expected I1 pass, got fail"));
    let shown: Vec<&Value> = client
        .told
        .iter()
        .filter(|told| told.method == "window/showMessage")
        .map(|told| &told.params["type"])
        .collect();
    assert_eq!(shown, [&json!(3), &json!(2)]);
    for (arguments, code) in [
        (json!([{"uri": URI, "name": "nonesuch"}]), -32803),
        (json!([{"uri": "file:///nonesuch.elig", "name": "right"}]), -32602),
        (json!([]), -32602),
    ] {
        let params = json!({"command": "eligc.runExample", "arguments": arguments});
        assert_eq!(client.ask("workspace/executeCommand", params).unwrap_err().code, code);
    }
    assert_eq!(
        client.ask("workspace/executeCommand", json!({"command": "rm", "arguments": []})).unwrap_err().code,
        -32602
    );
    client.change(URI, 2, json!([{"text": "require [I1] nonsense\nexample \"right\" { } expect I1 pass\n"}]));
    let params = json!({"command": "eligc.runExample", "arguments": [{"uri": URI, "name": "right"}]});
    assert_eq!(client.ask("workspace/executeCommand", params).unwrap_err().code, -32803);
    client.end();
}

#[test]
fn settings_weigh_warnings() {
    let mut client = Client::begun(
        json!({"capabilities": editor(), "initializationOptions": {"deny": ["todo", "nonesuch", 7], "allow": ["W0702"]}}),
    );
    client.open(URI, "require [I1] todo \"later\"\nrequire pregnant\n");
    let found = client.diagnostics(URI);
    assert_eq!((found.len(), &found[0]["code"], &found[0]["severity"]), (1, &json!("W0703"), &json!(1)));
    client.tell("workspace/didChangeConfiguration", json!({"settings": {"eligc": {}}}));
    let found = client.diagnostics(URI);
    assert_eq!((found.len(), &found[0]["severity"], &found[1]["severity"]), (2, &json!(2), &json!(2)));
    let pulled = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": URI}})).unwrap();
    assert_eq!(pulled["items"], json!(found));
    client.end();
}

#[test]
fn a_request_may_be_cancelled_or_come_too_late() {
    // Long enough that a request behind an edit waits for its check.
    let text: String = (0..1_500).map(|number| format!("require [I{number}] lvef >= 40 %\n")).collect();
    let hover = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 15}});
    let mut client = Client::new();
    client.open(URI, &text);
    client.change(
        URI,
        2,
        json!([{"range": {"start": {"line": 0, "character": 21}, "end": {"line": 0, "character": 21}}, "text": "1"}]),
    );
    let cancelled = client.start("textDocument/hover", hover.clone());
    client.tell("$/cancelRequest", json!({"id": cancelled}));
    assert_eq!(client.finish(cancelled).unwrap_err().code, -32800);
    let late = client.start("textDocument/hover", hover.clone());
    client.change(
        URI,
        3,
        json!([{"range": {"start": {"line": 0, "character": 21}, "end": {"line": 0, "character": 22}}, "text": ""}]),
    );
    match client.finish(late) {
        Ok(answer) => assert!(answer["contents"]["value"].is_string()),
        Err(refusal) => assert_eq!(refusal.code, -32801),
    }
    assert!(client.ask("textDocument/hover", hover.clone()).unwrap()["contents"]["value"].is_string());
    client.tell("$/cancelRequest", json!({"id": 999}));
    client.tell("$/cancelRequest", json!({"id": [1]}));
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    assert_eq!(client.ask("textDocument/hover", hover).unwrap_err().code, -32602);
    assert_eq!(client.end(), Ended::InOrder);
}

/// Every request there is, on texts with everything wrong with them.
#[test]
fn a_broken_text_is_answered_with_what_is_known() {
    let texts = [
        "",
        "require [",
        "require [I1] platelets >= (",
        "example \"a\" { platelets: [ { \"",
        "exclude [E1] heart_failure (nyha >= class ) within before except (\nfact f: one of { a, \n# µ年𝛼\r\rrequire [I2] max(,",
        "}}}} ]] )) µ ≥ ⁹ 年 𝛼 \u{0} \" use \"",
        "trial { anchor",
    ];
    for text in texts {
        let mut client = Client::new();
        client.open(URI, text);
        let last = u32::try_from(text.lines().count()).unwrap();
        let everything = json!({"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 999}});
        let document = json!({"uri": URI});
        for line in 0..=last {
            for character in (0..90).step_by(3) {
                let position = json!({"line": line, "character": character});
                let params = json!({
                    "textDocument": document, "position": position, "positions": [position], "range": everything,
                    "context": {"diagnostics": [], "includeDeclaration": true, "triggerKind": 1, "isRetrigger": false}, "query": "a",
                    "previousResultId": "1", "label": "platelets",
                });
                for method in REQUESTS {
                    client
                        .ask(method, params.clone())
                        .unwrap_or_else(|refusal| panic!("{text:?} {method}: {refusal:?}"));
                }
                let mut rename = params.clone();
                rename["newName"] = "other".into();
                if let Err(refusal) = client.ask("textDocument/rename", rename) {
                    assert_eq!(refusal.code, -32803, "{text:?}");
                }
            }
        }
        assert_eq!(client.end(), Ended::InOrder);
    }
}

const REQUESTS: [&str; 19] = [
    "textDocument/completion",
    "completionItem/resolve",
    "textDocument/hover",
    "textDocument/signatureHelp",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/inlayHint",
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/documentLink",
    "textDocument/diagnostic",
    "workspace/symbol",
];

/// Edits as a client makes them: from the last to the first.
fn edited(text: &str, edits: &Value) -> String {
    use eligc::lsp::{Encoding, Lines};
    let mut edits: Vec<lsp_types::TextEdit> = serde_json::from_value(edits.clone()).unwrap();
    edits.sort_by_key(|edit| edit.range.start);
    let lines = Lines::new(text);
    let mut edited = text.to_owned();
    for edit in edits.iter().rev() {
        edited.replace_range(lines.bytes(text, edit.range, Encoding::Utf16), &edit.new_text);
    }
    edited
}

#[test]
fn a_text_is_laid_out_as_the_command_does() {
    let text = "require   [I1]   judged \"年 𝛼\"   and   lvef>=40 %\nrequire [I2]   pregnant\nrequire [\n";
    let mut client = Client::new();
    client.open(URI, text);
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let edits =
        client.ask("textDocument/formatting", json!({"textDocument": {"uri": URI}, "options": options})).unwrap();
    let whole = edited(text, &edits);
    assert_eq!(whole, eligc::fmt::format(text).unwrap().text);
    assert_ne!(whole, text);
    let range = json!({"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": 4}});
    let edits = client
        .ask("textDocument/rangeFormatting", json!({"textDocument": {"uri": URI}, "range": range, "options": options}))
        .unwrap();
    let part = edited(text, &edits);
    assert_eq!(part.lines().next(), text.lines().next());
    assert_eq!(part.lines().nth(1), Some("require [I2] pregnant"));
    client.change(URI, 2, json!([{"text": whole}]));
    let again =
        client.ask("textDocument/formatting", json!({"textDocument": {"uri": URI}, "options": options})).unwrap();
    assert_eq!(again, json!([]), "what is laid out stays as it is");
    client.end();
}
