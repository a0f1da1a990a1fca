//! A client of the server in this process: asks, waits for the answer, and keeps what is told meanwhile.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use eligc::lsp::{Ended, Log, Options, serve};
use lsp_server::{Connection, Message, Notification, Request, Response};
use serde_json::{Value, json};

/// Longer than any answer takes; only a hang gets here.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    connection: Option<Connection>,
    server: Option<JoinHandle<Ended>>,
    asked: i32,
    /// Notifications that came, oldest first.
    pub told: Vec<Notification>,
    /// Requests of the server that came, oldest first; each was answered with `null`.
    pub requests: Vec<Request>,
    /// The capabilities of the server.
    pub capabilities: Value,
    _cache: tempfolder::Folder,
}

/// An error reply.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: i32,
    pub message: String,
}

pub fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

pub fn find(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "elig")).collect()
}

/// What a full-grown editor can do, positions in UTF-16 unless said otherwise.
pub fn editor() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "completion": {"completionItem": {"snippetSupport": true, "documentationFormat": ["markdown"]}},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}},
    })
}

impl Client {
    /// A session not yet begun.
    pub fn unbegun() -> Client {
        let (server, connection) = Connection::memory();
        let cache = tempfolder::Folder::new();
        let options = Options { read, find, cache: Some(cache.path.clone()), log: Log::none() };
        let server = std::thread::spawn(move || serve(server, options));
        Client {
            connection: Some(connection),
            server: Some(server),
            asked: 0,
            told: Vec::new(),
            requests: Vec::new(),
            capabilities: Value::Null,
            _cache: cache,
        }
    }

    /// A session begun by a client that can do this much.
    pub fn with(capabilities: Value) -> Client {
        Client::begun(json!({"processId": null, "rootUri": null, "capabilities": capabilities}))
    }

    /// A session begun with these parameters.
    pub fn begun(params: Value) -> Client {
        let mut client = Client::unbegun();
        let result = client.ask("initialize", params).unwrap();
        client.capabilities = result["capabilities"].clone();
        client.tell("initialized", json!({}));
        client
    }

    pub fn new() -> Client {
        Client::with(editor())
    }

    fn send(&self, message: impl Into<Message>) {
        self.connection.as_ref().unwrap().sender.send(message.into()).unwrap();
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    /// Sends a request and does not wait.
    pub fn start(&mut self, method: &str, params: Value) -> i32 {
        self.asked += 1;
        self.send(Request { id: self.asked.into(), method: method.to_owned(), params });
        self.asked
    }

    /// The answer to a request sent before.
    pub fn finish(&mut self, id: i32) -> Result<Value, Refusal> {
        loop {
            if let Message::Response(Response { id: answered, response_result }) = self.next() {
                assert_eq!(answered, id.into(), "an answer out of turn");
                return response_result.map_err(|error| Refusal { code: error.code, message: error.message });
            }
        }
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        let id = self.start(method, params);
        self.finish(id)
    }

    /// The next message, put away.
    pub fn next(&mut self) -> Message {
        let message = self.connection.as_ref().unwrap().receiver.recv_timeout(PATIENCE).expect("the server answers");
        match &message {
            Message::Notification(notification) => self.told.push(notification.clone()),
            Message::Request(request) => {
                self.requests.push(request.clone());
                self.send(Response { id: request.id.clone(), response_result: Ok(Value::Null) });
            }
            Message::Response(_) => {}
        }
        message
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "elig", "version": 1, "text": text}}),
        );
    }

    pub fn change(&mut self, uri: &str, version: i32, changes: Value) {
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}),
        );
    }

    /// The diagnostics next published for a document.
    pub fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        loop {
            if let Message::Notification(notification) = self.next()
                && notification.method == "textDocument/publishDiagnostics"
                && notification.params["uri"] == uri
            {
                return notification.params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// The diagnostics of a version of a document, whatever was published before.
    pub fn diagnostics_of(&mut self, uri: &str, version: i32) -> Vec<Value> {
        loop {
            let diagnostics = self.diagnostics(uri);
            if self.told.last().unwrap().params["version"] == version {
                return diagnostics;
            }
        }
    }

    /// Ends the session as the protocol has it.
    pub fn end(mut self) -> Ended {
        assert_eq!(self.ask("shutdown", Value::Null), Ok(Value::Null));
        self.tell("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }

    /// Goes away.
    pub fn vanish(mut self) -> Ended {
        self.connection = None;
        self.server.take().unwrap().join().unwrap()
    }
}

pub mod tempfolder {
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A folder of a test's own, gone with it.
    #[derive(Debug)]
    pub struct Folder {
        pub path: PathBuf,
    }

    impl Folder {
        pub fn new() -> Folder {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("eligc-lsp-{}-{count}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Folder { path }
        }

        /// Writes a file and gives its URI.
        pub fn write(&self, name: &str, text: &str) -> String {
            let path = self.path.join(name);
            std::fs::write(&path, text).unwrap();
            self.uri(name)
        }

        pub fn uri(&self, name: &str) -> String {
            format!("file://{}", self.path.join(name).display())
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}
