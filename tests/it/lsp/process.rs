//! The server as the process an editor starts, and what no editor should send.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

pub struct Process {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

impl Process {
    pub fn start(arguments: &[&str]) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_eligc"))
            .arg("lsp")
            .args(arguments)
            .env("XDG_CACHE_HOME", std::env::temp_dir().join("eligc-lsp-tests"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Process { child, input, output }
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        self.bytes(&framed(message));
    }

    /// The next message.
    pub fn next(&mut self) -> Value {
        let mut header = String::new();
        self.output.read_line(&mut header).unwrap();
        let length = header.strip_prefix("Content-Length: ").expect("the server goes on and speaks the protocol alone");
        let mut body = vec![0; length.trim_end().parse().unwrap()];
        self.output.read_line(&mut header).unwrap();
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    pub fn ask(&mut self, id: i32, method: &str, params: Value) -> Value {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.next();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// Closes its input and waits: the exit code, and what was left of standard output and error.
    pub fn end(mut self) -> (i32, String) {
        self.input = None;
        let mut complaints = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        (self.child.wait().unwrap().code().unwrap(), complaints)
    }
}

fn begun(arguments: &[&str]) -> Process {
    let mut process = Process::start(arguments);
    let answer = process.ask(1, "initialize", json!({"processId": null, "rootUri": null, "capabilities": {}}));
    assert_eq!(answer["jsonrpc"], "2.0");
    assert_eq!(answer["result"]["serverInfo"]["name"], "eligc");
    process.send(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
    process
}

/// It still answers, and ends in order.
fn lives(mut process: Process) {
    let answer = process.ask(7, "shutdown", Value::Null);
    assert_eq!(answer, json!({"jsonrpc": "2.0", "id": 7, "result": null}));
    process.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(process.end(), (0, String::new()));
}

#[test]
fn the_process_serves_and_ends_with_zero() {
    let mut process = begun(&["--stdio"]);
    process.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {
        "uri": "file:///x.elig", "languageId": "elig", "version": 1, "text": "require [I1] lvef >= 400 %"}}}));
    let told = process.next();
    assert_eq!(told["method"], "textDocument/publishDiagnostics");
    assert_eq!(told["params"]["diagnostics"][0]["code"], "E0305");
    lives(process);
}

#[test]
fn an_end_without_shutdown_is_one() {
    let mut process = begun(&[]);
    process.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(process.end(), (1, String::new()));
    assert_eq!(begun(&[]).end(), (1, String::new()), "the client has gone");
    assert_eq!(Process::start(&[]).end(), (1, String::new()));
}

#[test]
fn a_log_is_kept_and_one_that_cannot_be_is_said() {
    let folder = super::client::tempfolder::Folder::new();
    let log = folder.path.join("session.log");
    lives(begun(&["--log", log.to_str().unwrap()]));
    let text = std::fs::read_to_string(log).unwrap();
    assert!(text.contains("-> 7 shutdown"), "{text}");
    let nowhere = folder.path.join("no/such/folder.log");
    let (code, complaints) = Process::start(&["--log", nowhere.to_str().unwrap()]).end();
    assert_eq!(code, 2);
    assert!(complaints.starts_with("error: cannot write "), "{complaints}");
}

/// What is no message, and the error it is answered with.
fn malformed() -> Vec<(&'static str, Vec<u8>, i32, Value)> {
    let body = |text: &str| format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes();
    let large = format!("Content-Length: 20\r\n\r\n{{\"id\":{}\r\n", "9".repeat(20_000)).into_bytes();
    vec![
        ("no JSON", body("{\"jsonrpc\": "), -32700, Value::Null),
        ("no text", body("\u{0}\u{1}"), -32700, Value::Null),
        ("an empty body", body(""), -32700, Value::Null),
        ("not UTF-8", b"Content-Length: 3\r\n\r\n\"\xff\"".to_vec(), -32700, Value::Null),
        ("a list", body("[]"), -32600, Value::Null),
        ("no method", body("{\"id\": 3}"), -32600, json!(3)),
        ("a method that is no text", body("{\"id\": \"a\", \"method\": 3}"), -32600, json!("a")),
        ("an id that is none", body("{\"id\": 1.5, \"method\": \"shutdown\"}"), -32600, json!(1.5)),
        ("an id past 32 bits", body("{\"id\": 99999999999, \"method\": \"x\"}"), -32600, json!(99_999_999_999_i64)),
        ("no length", b"Content-Type: x\r\n\r\n{}".to_vec(), -32700, Value::Null),
        ("no header at all", b"hello, is anybody there?\n".to_vec(), -32700, Value::Null),
        ("a length that is no number", b"Content-Length: many\r\n\r\n{}".to_vec(), -32700, Value::Null),
        ("a negative length", b"Content-Length: -1\r\n\r\n".to_vec(), -32700, Value::Null),
        ("a huge length", b"Content-Length: 999999999999\r\n\r\n{}".to_vec(), -32700, Value::Null),
        (
            "a length past all numbers",
            b"Content-Length: 99999999999999999999999\r\n\r\n{}".to_vec(),
            -32700,
            Value::Null,
        ),
        ("a body longer than its length", large, -32700, Value::Null),
        (
            "a body one byte longer",
            b"Content-Length: 34\r\n\r\n{\"jsonrpc\": \"2.0\", \"method\": \"abc\"}".to_vec(),
            -32700,
            Value::Null,
        ),
        (
            "a body three bytes shorter",
            b"Content-Length: 38\r\n\r\n{\"jsonrpc\": \"2.0\", \"method\": \"abc\"}".to_vec(),
            -32700,
            Value::Null,
        ),
        (
            "a body far shorter",
            b"Content-Length: 90\r\n\r\n{\"jsonrpc\": \"2.0\", \"method\": \"abc\"}".to_vec(),
            -32700,
            Value::Null,
        ),
        (
            "a body cut off and shorter",
            b"Content-Length: 50\r\n\r\n{\"jsonrpc\": \"2.0\", \"meth".to_vec(),
            -32700,
            Value::Null,
        ),
        (
            "a long body with a small length",
            [b"Content-Length: 5\r\n\r\n{\"a\": \"".to_vec(), vec![b'x'; 4090], b"\"}".to_vec()].concat(),
            -32700,
            Value::Null,
        ),
    ]
}

#[test]
fn a_malformed_message_is_answered_and_the_server_lives() {
    for (what, bytes, code, id) in malformed() {
        let mut process = begun(&[]);
        process.bytes(&bytes);
        // Whatever could not be read ends where the next header begins.
        process.send(&json!({"jsonrpc": "2.0", "id": 5, "method": "nonesuch"}));
        let refusal = process.next();
        assert_eq!(refusal["error"]["code"], code, "{what}: {refusal}");
        assert_eq!(refusal["id"], id, "{what}");
        let mut next = process.next();
        if next["id"].is_null() {
            // The rest of the bytes may be one more thing that is no message.
            next = process.next();
        }
        assert_eq!((&next["id"], &next["error"]["code"]), (&json!(5), &json!(-32601)), "{what}: {next}");
        lives(process);
    }
}

#[test]
fn headers_may_be_spelt_otherwise() {
    let mut process = begun(&[]);
    let body = json!({"jsonrpc": "2.0", "id": 5, "method": "nonesuch"}).to_string();
    process.bytes(
        format!("content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:{}\n\n{body}", body.len())
            .as_bytes(),
    );
    assert_eq!(process.next()["id"], 5);
    // One letter at a time.
    for byte in framed(&json!({"jsonrpc": "2.0", "id": "six", "method": "nonesuch"})) {
        process.bytes(&[byte]);
    }
    assert_eq!(process.next()["id"], "six");
    lives(process);
}

#[test]
fn the_deepest_nesting_is_checked() {
    let mut process = begun(&[]);
    for depth in [60, 64, 65, 5_000] {
        let text = format!("require [I1] {}pregnant{}", "(".repeat(depth), ")".repeat(depth));
        let uri = format!("file:///{depth}.elig");
        process.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": uri, "languageId": "elig", "version": 1, "text": text}}}));
        let told = process.next();
        let found = told["params"]["diagnostics"].as_array().unwrap();
        assert_eq!(found.iter().any(|item| item["code"] == "E0103"), depth > 64, "{told}");
        for method in ["textDocument/codeLens", "textDocument/foldingRange", "textDocument/semanticTokens/full"] {
            assert!(process.ask(9, method, json!({"textDocument": {"uri": uri}})).get("result").is_some());
        }
        let edits = process.ask(
            9,
            "textDocument/formatting",
            json!({"textDocument": {"uri": uri}, "options": {"tabSize": 2, "insertSpaces": true}}),
        );
        assert_eq!(edits["id"], 9);
    }
    lives(process);
}
