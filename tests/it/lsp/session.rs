//! From the first message to the last, and what is said out of turn.

use eligc::lsp::Ended;
use serde_json::{Value, json};

use super::client::{Client, Refusal, editor};

const URI: &str = "file:///trial.elig";

#[test]
fn a_session_from_beginning_to_end() {
    let mut client = Client::new();
    client.open(URI, "require [I1] lvef >= 400 %\n");
    let found = client.diagnostics(URI);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["code"], "E0305");
    assert_eq!(found[0]["severity"], 1);
    assert_eq!(found[0]["source"], "eligc");
    assert_eq!(found[0]["range"], json!({"start": {"line": 0, "character": 21}, "end": {"line": 0, "character": 26}}));
    client.change(
        URI,
        2,
        json!([{"range": {"start": {"line": 0, "character": 23}, "end": {"line": 0, "character": 24}}, "text": ""}]),
    );
    assert_eq!(client.diagnostics_of(URI, 2), Vec::<Value>::new());
    client.tell("textDocument/didSave", json!({"textDocument": {"uri": URI}}));
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    assert_eq!(client.diagnostics(URI), Vec::<Value>::new());
    assert_eq!(client.end(), Ended::InOrder);
}

#[test]
fn a_diagnostic_leads_to_its_page_and_to_the_declaration() {
    let mut client = Client::new();
    client.open(URI, "require [I1] lvef >= 400 %\n");
    let found = client.diagnostics(URI);
    let page = found[0]["codeDescription"]["href"].as_str().unwrap();
    let text = std::fs::read_to_string(page.strip_prefix("file://").unwrap()).unwrap();
    assert_eq!(text, eligc::diag::Code::E0305.page());
    let place = &found[0]["relatedInformation"][0]["location"];
    let path = place["uri"].as_str().unwrap().strip_prefix("file://").unwrap();
    let line = usize::try_from(place["range"]["start"]["line"].as_u64().unwrap()).unwrap();
    let shipped = std::fs::read_to_string(path).unwrap();
    assert!(shipped.lines().nth(line).unwrap().starts_with("fact lvef:"));
    assert!(std::fs::metadata(path).unwrap().permissions().readonly(), "what is typed there would change nothing");
}

#[test]
fn a_client_that_can_do_nothing_is_told_all_in_one_message() {
    let mut client = Client::with(json!({}));
    assert_eq!(client.capabilities["positionEncoding"], "utf-16");
    client.open(URI, "require [I1] lvef >= 400 %\n");
    let found = client.diagnostics(URI);
    assert!(found[0].get("relatedInformation").is_none());
    let message = found[0]["message"].as_str().unwrap();
    assert!(message.contains("possible: 0 to 100 %"), "{message}");
    assert_eq!(client.requests.len(), 0, "it is asked for nothing");
    assert_eq!(client.end(), Ended::InOrder);
}

#[test]
fn positions_are_counted_as_the_client_likes() {
    for (offered, chosen) in [
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-32", "utf-16"]), "utf-32"),
        (json!(["utf-7"]), "utf-16"),
        (json!("utf-8"), "utf-16"),
    ] {
        let client = Client::with(json!({"general": {"positionEncodings": offered}}));
        assert_eq!(client.capabilities["positionEncoding"], chosen);
        assert_eq!(client.end(), Ended::InOrder);
    }
}

#[test]
fn what_comes_out_of_turn_is_refused() {
    let refused = |answer: Result<Value, Refusal>| answer.unwrap_err().code;
    let mut client = Client::unbegun();
    let hover = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    assert_eq!(refused(client.ask("textDocument/hover", hover.clone())), -32002);
    assert_eq!(refused(client.ask("initialize", json!([1]))), -32602);
    client.open(URI, "require [I1] lvef >= 400 %\n");
    client.ask("initialize", json!({"capabilities": editor()})).unwrap();
    assert_eq!(refused(client.ask("initialize", json!({"capabilities": {}}))), -32600);
    assert_eq!(refused(client.ask("textDocument/nonesuch", json!({}))), -32601);
    assert_eq!(refused(client.ask("textDocument/hover", json!({"position": "here"}))), -32602);
    client.tell("textDocument/didChange", json!({"contentChanges": 7}));
    client.tell("textDocument/didOpen", json!(null));
    client.tell("nonesuch", json!({}));
    client.tell("$/nonesuch", json!({}));
    client.ask("shutdown", Value::Null).unwrap();
    assert_eq!(refused(client.ask("textDocument/hover", hover)), -32600);
    assert!(client.told.is_empty(), "a text opened before `initialize` is not taken");
    client.tell("exit", Value::Null);
}

#[test]
fn leaving_without_a_word_is_noticed() {
    assert_eq!(Client::new().vanish(), Ended::Abruptly);
    let mut client = Client::new();
    client.tell("exit", Value::Null);
    assert_eq!(client.vanish(), Ended::Abruptly);
}
