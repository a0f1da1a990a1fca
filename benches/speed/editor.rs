//! The language server as an editor drives it: the process, over its standard streams, with a file of 2,000 criteria.

#![expect(clippy::indexing_slicing, reason = "JSON without a field gives null")]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::check::program;

const CRITERIA: usize = 2_000;
const URI: &str = "file:///generated.elig";

struct Editor {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: i32,
    version: i32,
}

impl Editor {
    fn start() -> Option<Editor> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_eligc"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (input, output) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(Editor { child, input, output, id: 0, version: 1 })
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let sent = write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).and_then(|()| self.input.flush());
        assert!(sent.is_ok(), "the server reads");
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn start_request(&mut self, method: &str, params: &Value) {
        self.id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.id, "method": method, "params": params}));
    }

    fn next(&mut self) -> Value {
        let mut header = String::new();
        assert!(self.output.read_line(&mut header).is_ok(), "the server writes");
        let length = header.trim().rsplit(' ').next().and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        let read = self.output.read_line(&mut header).and_then(|_| self.output.read_exact(&mut body));
        assert!(read.is_ok(), "the server writes");
        serde_json::from_slice(&body).unwrap_or_default()
    }

    fn answer(&mut self) -> Value {
        loop {
            let message = self.next();
            if message["id"] == self.id {
                assert!(message.get("error").is_none(), "{message}");
                return message["result"].clone();
            }
        }
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.start_request(method, params);
        self.answer()
    }

    /// Waits for the diagnostics of the newest version.
    fn diagnostics(&mut self) -> Value {
        loop {
            let message = self.next();
            let params = &message["params"];
            if message["method"] == "textDocument/publishDiagnostics" && params["version"] == self.version {
                return params["diagnostics"].clone();
            }
        }
    }

    /// Puts `text` in place of what stands between two columns of a line.
    fn edit(&mut self, line: usize, from: usize, to: usize, text: &str) {
        self.version += 1;
        let range = json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
        let params = json!({
            "textDocument": {"uri": URI, "version": self.version},
            "contentChanges": [{"range": range, "text": text}],
        });
        self.tell("textDocument/didChange", &params);
    }

    /// Resident memory in MB, where the system tells.
    fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes / 1024.0)
    }
}

/// The median and the 95th of a hundred.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |part: f64| times.get((times.len() as f64 * part) as usize).copied().unwrap_or_default();
    format!("median {:.1?}, p95 {:.1?}", at(0.5), at(0.95))
}

/// A place of the program that can be typed at: a line `require [..] sledai2k >= 12 unless ..` and where its number is.
fn place(text: &str, nth: usize) -> (usize, usize) {
    let lines: Vec<(usize, &str)> =
        text.lines().enumerate().filter(|(_, line)| line.contains("sledai2k >= ")).collect();
    let (line, text) = lines.get(nth % lines.len()).copied().unwrap_or_default();
    (line, text.find(">= ").map_or(0, |at| at + 3))
}

pub fn run() {
    let text = program(CRITERIA);
    let Some(mut editor) = Editor::start() else {
        println!("language server: it cannot be started");
        return;
    };
    editor.ask("initialize", &json!({"processId": null, "rootUri": null, "capabilities": {}}));
    editor.tell("initialized", &json!({}));
    let opened = Instant::now();
    editor.tell(
        "textDocument/didOpen",
        &json!({"textDocument": {"uri": URI, "languageId": "elig", "version": 1, "text": text}}),
    );
    editor.diagnostics();
    let opened = opened.elapsed();

    let mut keystrokes = Vec::new();
    let mut completions = Vec::new();
    let mut hovers = Vec::new();
    for nth in 0..60 {
        let (line, column) = place(&text, nth * 37);
        let position = json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": column - 1}});
        // A digit is typed, then taken back.
        for (from, to, typed) in [(column, column, "1"), (column, column + 1, "")] {
            let start = Instant::now();
            editor.edit(line, from, to, typed);
            editor.diagnostics();
            keystrokes.push(start.elapsed());
        }
        // A letter of the next name is typed and completed at once, before anything can have been checked.
        for (from, to, typed) in [(column, column, "s"), (column, column + 1, "")] {
            let start = Instant::now();
            editor.edit(line, from, to, typed);
            let at = json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": from + typed.len()}});
            editor.start_request("textDocument/completion", &at);
            editor.answer();
            completions.push(start.elapsed());
            // Its own diagnostics may have come before the answer.
            let _ = editor.ask("textDocument/hover", &position);
        }
        let start = Instant::now();
        editor.edit(line, column, column, "");
        editor.ask("textDocument/hover", &position);
        hovers.push(start.elapsed());
    }
    println!(
        "language server, {CRITERIA} criteria ({} KB): opened in {opened:.1?}; keystroke to diagnostics {}; edit and completion {}; edit and hover {}",
        text.len() / 1024,
        spread(keystrokes),
        spread(completions),
        spread(hovers),
    );
    memory(&mut editor, &text);
    let ended = editor.ask("shutdown", &Value::Null);
    assert!(ended.is_null());
    editor.tell("exit", &Value::Null);
    assert!(editor.child.wait().is_ok_and(|status| status.success()));
}

/// Ten thousand edits, the diagnostics of each 25th awaited.
fn memory(editor: &mut Editor, text: &str) {
    const EDITS: usize = 10_000;
    let mut held = Vec::new();
    let start = Instant::now();
    for nth in 0..EDITS {
        let (line, column) = place(text, nth / 2 * 37);
        let (to, typed) = if nth % 2 == 0 { (column, "1") } else { (column + 1, "") };
        editor.edit(line, column, to, typed);
        if nth % 25 == 24 {
            editor.diagnostics();
        }
        if nth % 1_000 == 999 {
            held.extend(editor.memory());
        }
    }
    let held: Vec<String> = held.iter().map(|megabytes| format!("{megabytes:.0}")).collect();
    println!(
        "language server, {EDITS} edits in {:.1?}: resident MB after each thousand {}",
        start.elapsed(),
        if held.is_empty() { "not known here".to_owned() } else { held.join(" ") },
    );
}
