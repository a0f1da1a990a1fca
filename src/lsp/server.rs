//! A session: what it knows, and how it speaks to the client. Other files have the methods that answer, check and tell.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crossbeam_channel::Sender;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde_json::Value;

use super::Options;
use super::analysis::Work;
use super::client::{Client, Settings};
use super::document::Document;
use super::embedded_files::EmbeddedFiles;
use super::published::Published;

/// Why a request has no answer.
pub(super) type Refused = ResponseError;

/// An error reply with these words.
pub(super) fn refused(code: ErrorCode, message: impl Into<String>) -> Refused {
    ResponseError { code: code as i32, message: message.into(), data: None }
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Begun,
    Serving,
    ShutDown,
}

/// A session.
pub(super) struct Server {
    sender: Sender<Message>,
    pub work: Sender<Work>,
    pub options: Options,
    pub client: Client,
    pub settings: Settings,
    pub documents: HashMap<String, Document>,
    pub published: Published,
    pub shown: EmbeddedFiles,
    pub stage: Stage,
    /// Counts edits and other reasons to check again.
    pub moment: u64,
    /// The moments at which files, open or not, last changed.
    pub changed: HashMap<String, u64>,
    /// Names of documents to check, the most urgent first.
    pub unchecked: VecDeque<String>,
    pub working: bool,
    /// When the next check may begin, if not yet.
    pub begins: Option<Instant>,
    /// Requests that wait for a check.
    pub waiting: Vec<Request>,
    asked: i32,
    /// How often colours were told.
    pub colourings: u64,
    /// The document last completed in: a request about an item is about its names.
    pub completed: String,
}

impl Server {
    /// A session that nothing is known of yet.
    pub fn new(sender: Sender<Message>, work: Sender<Work>, options: Options) -> Server {
        Server {
            sender,
            work,
            options,
            client: Client::new(&Value::Null),
            settings: Settings::default(),
            documents: HashMap::new(),
            published: Published::default(),
            shown: EmbeddedFiles::default(),
            stage: Stage::Begun,
            moment: 0,
            changed: HashMap::new(),
            unchecked: VecDeque::new(),
            working: false,
            begins: None,
            waiting: Vec::new(),
            asked: 0,
            colourings: 0,
            completed: String::new(),
        }
    }

    pub fn respond(&mut self, id: RequestId, answer: Result<Value, Refused>) {
        self.options.log.line(|| match &answer {
            Ok(_) => format!("<- {id}"),
            Err(error) => format!("<- {id} error {}: {}", error.code, error.message),
        });
        self.send(Response { id, response_result: answer });
    }

    pub fn refuse(&mut self, id: RequestId, code: ErrorCode, message: &str) {
        self.respond(id, Err(refused(code, message)));
    }

    fn send(&self, message: impl Into<Message>) {
        // The client may have gone; the loop learns of it when it next reads.
        let _ = self.sender.send(message.into());
    }

    pub fn notify(&self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    /// Asks the client for something; the name tells its answer apart.
    pub fn ask(&mut self, name: &str, method: &str, params: Value) {
        self.asked += 1;
        let id = RequestId::from(format!("{name}/{}", self.asked));
        self.send(Request { id, method: method.to_owned(), params });
    }

    pub fn refresh(&mut self) {
        for method in self.client.refreshes.clone() {
            self.ask("refresh", method, Value::Null);
        }
    }

    /// The name of a file that holds a text of the binary, for reading; `None` when no folder can be written.
    pub fn shown(&self, relative: &str, text: &str) -> Option<String> {
        self.shown.file(self.shown_folder(), relative, text)
    }

    /// Whether a file is one of those made here.
    pub fn is_shown(&self, name: &str) -> bool {
        self.shown_folder().is_some_and(|folder| Path::new(name).starts_with(folder))
    }

    /// A folder for each version, for their texts differ.
    fn shown_folder(&self) -> Option<PathBuf> {
        Some(self.options.cache.as_ref()?.join(env!("CARGO_PKG_VERSION")))
    }
}
