//! The loop of a session: takes messages in order, keeps the documents, has them checked on the side, and answers.
//!
//! A request that needs a check waits for the check of the text that it is about; when that text changes first, the answer
//! is that it has (`ContentModified`), and the client asks again.

use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crossbeam_channel::{Receiver, at, never, select, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::analysis::{self, Done, Readings, Work};
use super::client::Settings;
use super::document::Document;
use super::requests::{self, Need};
use super::server::{Server, Stage, refused};
use super::{Ended, Options, uri};

/// Enough for the deepest nesting that is read, as the main thread of a process has it.
const STACK: usize = 16 * 1024 * 1024;

/// Serves the client at the other end of `connection` until it leaves.
pub fn serve(connection: Connection, options: Options) -> Ended {
    let (work, to_do) = unbounded::<Work>();
    let (done, results) = unbounded::<Done>();
    let read = options.read;
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut readings = Readings::new();
        for work in to_do {
            match work {
                Work::Check(job) => {
                    if done.send(analysis::run(job, read, &mut readings)).is_err() {
                        return;
                    }
                }
                Work::TakeApart(analysis) => drop(analysis),
            }
        }
    });
    if worker.is_err() {
        // Without a second thread nothing would ever be checked.
        return Ended::Abruptly;
    }
    let Connection { sender, receiver } = connection;
    let mut server = Server::new(sender, work, options);
    server.run(&receiver, &results)
}

impl Server {
    fn run(&mut self, messages: &Receiver<Message>, results: &Receiver<Done>) -> Ended {
        let mut queue = VecDeque::new();
        loop {
            let begins = self.begins.map_or_else(never, at);
            select! {
                recv(messages) -> message => match message {
                    Ok(message) => queue.push_back(message),
                    Err(_) => return Ended::Abruptly,
                },
                recv(results) -> done => if let Ok(done) = done {
                    self.take(done);
                },
                recv(begins) -> _ => self.begins = None,
            }
            while !queue.is_empty() {
                // Whatever came meanwhile may cancel what waits in the queue.
                queue.extend(messages.try_iter());
                self.cancel(&mut queue);
                let Some(message) = queue.pop_front() else {
                    break;
                };
                if let Some(ended) = self.message(message) {
                    return ended;
                }
            }
            self.answer_waiting();
            self.start_check();
        }
    }

    /// Answers the requests of the queue that a later message cancels.
    fn cancel(&mut self, queue: &mut VecDeque<Message>) {
        let cancelled: HashSet<RequestId> = queue
            .iter()
            .filter_map(|message| match message {
                Message::Notification(notification) => cancelled(notification),
                _ => None,
            })
            .collect();
        if cancelled.is_empty() {
            return;
        }
        let (out, kept): (Vec<Message>, Vec<Message>) = queue
            .drain(..)
            .partition(|message| matches!(message, Message::Request(request) if cancelled.contains(&request.id)));
        queue.extend(kept);
        for message in out {
            if let Message::Request(request) = message {
                self.refuse(request.id, ErrorCode::RequestCanceled, "cancelled");
            }
        }
    }

    fn message(&mut self, message: Message) -> Option<Ended> {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(notification) => {
                if notification.method == "exit" {
                    self.options.log.line(|| "exit".to_owned());
                    return Some(if self.stage == Stage::ShutDown { Ended::InOrder } else { Ended::Abruptly });
                }
                let method = notification.method.clone();
                let safe = catch_unwind(AssertUnwindSafe(|| self.notification(notification)));
                if safe.is_err() {
                    self.options.log.line(|| format!("a mistake of ours in {method}"));
                }
            }
            Message::Response(response) => self.response(response),
        }
        None
    }

    fn request(&mut self, request: Request) {
        self.options.log.line(|| format!("-> {} {}", request.id, request.method));
        match (self.stage, request.method.as_str()) {
            (Stage::Begun, "initialize") => match self.initialize(&request.params) {
                Ok(result) => {
                    self.stage = Stage::Serving;
                    self.respond(request.id, Ok(result));
                }
                Err(error) => self.respond(request.id, Err(error)),
            },
            (Stage::Begun, _) => {
                self.refuse(request.id, ErrorCode::ServerNotInitialized, "the first request is `initialize`");
            }
            (Stage::Serving | Stage::ShutDown, "initialize") => {
                self.refuse(request.id, ErrorCode::InvalidRequest, "`initialize` comes once");
            }
            (Stage::Serving, "shutdown") => {
                for waiting in std::mem::take(&mut self.waiting) {
                    self.refuse(waiting.id, ErrorCode::RequestCanceled, "the server shuts down");
                }
                self.stage = Stage::ShutDown;
                self.respond(request.id, Ok(Value::Null));
            }
            (Stage::ShutDown, _) => {
                self.refuse(request.id, ErrorCode::InvalidRequest, "the server has shut down; only `exit` may follow");
            }
            (Stage::Serving, _) => {
                if self.is_ready(&request) {
                    self.answer(request);
                } else {
                    self.waiting.push(request);
                }
            }
        }
    }

    /// Whether what a request waits for is there. No request waits for a document that is not open.
    fn is_ready(&self, request: &Request) -> bool {
        let need = requests::need(&request.method);
        let serves = |document: &Document| match need {
            Need::Text => true,
            Need::Names => document.analysis.is_some() || document.is_current(),
            Need::Check => document.is_current(),
        };
        match requests::document(&request.params) {
            Some(name) => self.documents.get(&name).is_none_or(serves),
            None => self.documents.values().all(serves),
        }
    }

    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        // The lints see to it that nothing panics; should it ever, the session goes on.
        let answer = catch_unwind(AssertUnwindSafe(|| requests::answer(self, &method, params))).unwrap_or_else(|_| {
            Err(refused(ErrorCode::InternalError, format!("`{method}` failed; a mistake of eligc")))
        });
        self.respond(id, answer);
    }

    fn response(&mut self, response: Response) {
        let name = response.id.to_string();
        if let (true, Ok(Value::Array(items))) = (name.contains("configuration/"), response.response_result)
            && let Some(settings) = items.first().filter(|settings| settings.is_object())
        {
            self.configure(settings);
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        if self.stage != Stage::Serving {
            return;
        }
        match method.as_str() {
            "initialized" => self.initialized(),
            "$/cancelRequest" => {
                if let Some(id) = params.get("id").and_then(|id| serde_json::from_value::<RequestId>(id.clone()).ok())
                    && let Some(at) = self.waiting.iter().position(|request| request.id == id)
                {
                    self.waiting.remove(at);
                    self.refuse(id, ErrorCode::RequestCanceled, "cancelled");
                }
            }
            "textDocument/didOpen" => {
                if let Some(params) = self.read::<DidOpenTextDocumentParams>(&method, params) {
                    self.open(params);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = self.read::<DidChangeTextDocumentParams>(&method, params) {
                    self.change(params);
                }
            }
            "textDocument/didClose" => {
                if let Some(params) = self.read::<DidCloseTextDocumentParams>(&method, params) {
                    self.close(&uri::name(&params.text_document.uri));
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Some(params) = self.read::<DidChangeWatchedFilesParams>(&method, params) {
                    for event in params.changes {
                        self.invalidate_dependents(&uri::name(&event.uri));
                    }
                }
            }
            "workspace/didChangeConfiguration" => {
                if let Some(params) = self.read::<DidChangeConfigurationParams>(&method, params) {
                    if params.settings.is_object() {
                        self.configure(&params.settings);
                    } else {
                        self.ask_settings();
                    }
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Some(params) = self.read::<DidChangeWorkspaceFoldersParams>(&method, params) {
                    let gone: Vec<_> =
                        params.event.removed.iter().filter_map(|folder| uri::path(&folder.uri)).collect();
                    self.client.folders.retain(|folder| !gone.contains(folder));
                    self.client.folders.extend(params.event.added.iter().filter_map(|folder| uri::path(&folder.uri)));
                }
            }
            // What is on disk is what was told already; nothing else concerns us.
            _ => {}
        }
    }

    /// The parameters of a notification; a wrong one has no answer, so it is only kept in the log.
    fn read<P: DeserializeOwned>(&mut self, method: &str, params: Value) -> Option<P> {
        match serde_json::from_value(params) {
            Ok(params) => Some(params),
            Err(error) => {
                self.options.log.line(|| format!("{method} not understood: {error}"));
                None
            }
        }
    }

    fn configure(&mut self, sent: &Value) {
        let settings = Settings::new(sent);
        if settings == self.settings {
            return;
        }
        self.settings = settings;
        let names: Vec<String> = self.documents.keys().cloned().collect();
        for name in names {
            self.publish(&name);
        }
        self.refresh();
    }

    /// Answers what waited for a check that has been made.
    fn answer_waiting(&mut self) {
        let (ready, kept): (Vec<Request>, Vec<Request>) =
            std::mem::take(&mut self.waiting).into_iter().partition(|request| self.is_ready(request));
        self.waiting = kept;
        for request in ready {
            self.answer(request);
        }
    }
}

fn cancelled(notification: &Notification) -> Option<RequestId> {
    if notification.method != "$/cancelRequest" {
        return None;
    }
    serde_json::from_value(notification.params.get("id")?.clone()).ok()
}
