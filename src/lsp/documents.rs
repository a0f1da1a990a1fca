//! The open documents: their newest texts, and when each is checked. Edits are taken at once; a check starts when no
//! message waits or is about to come, so a burst of keystrokes costs one check, of the newest text, and a completion
//! asked for right behind an edit has the machine to itself.

use std::time::{Duration, Instant};

use lsp_server::{ErrorCode, Request};
use lsp_types::{DidChangeTextDocumentParams, DidOpenTextDocumentParams};

use super::analysis::{Done, Job, Work};
use super::document::Document;
use super::server::Server;
use super::text::Text;
use super::{requests, uri};

/// How long a check lets pass what an editor asks right behind an edit: a check keeps every core busy.
const PAUSE: Duration = Duration::from_millis(1);

impl Server {
    /// Takes a document that the client opens.
    pub fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let name = uri::name(&item.uri);
        self.cancel_stale(&name);
        let document = Document {
            uri: item.uri,
            version: item.version,
            text: Text::new(&item.text),
            wanted: 0,
            checked: 0,
            checked_version: item.version,
            analysis: None,
            colours: None,
        };
        self.documents.insert(name.clone(), document);
        self.schedule_check(&name);
        self.invalidate_dependents(&name);
    }

    /// Takes the edits of a document.
    pub fn change(&mut self, params: DidChangeTextDocumentParams) {
        let name = uri::name(&params.text_document.uri);
        let encoding = self.client.encoding;
        let Some(document) = self.documents.get_mut(&name) else {
            self.options.log.line(|| format!("an edit of {name}, which is not open"));
            return;
        };
        document.version = params.text_document.version;
        document.text = document.text.changed(params.content_changes, encoding);
        self.cancel_stale(&name);
        self.schedule_check(&name);
        self.invalidate_dependents(&name);
    }

    /// Lets go of a document that the client closes.
    pub fn close(&mut self, name: &str) {
        self.cancel_stale(name);
        self.unchecked.retain(|unchecked| unchecked != name);
        if let Some(document) = self.documents.remove(name) {
            self.forget(name, &document.uri);
        }
        // From now on its text is what the disk has.
        self.invalidate_dependents(name);
    }

    /// Tells those who wait for a check of a text that it has changed.
    fn cancel_stale(&mut self, name: &str) {
        let (out, kept): (Vec<Request>, Vec<Request>) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|request| requests::document(&request.params).is_some_and(|document| document == name));
        self.waiting = kept;
        for request in out {
            self.refuse(request.id, ErrorCode::ContentModified, "the text has changed");
        }
    }

    /// Has a document checked again.
    fn schedule_check(&mut self, name: &str) {
        self.moment += 1;
        if let Some(document) = self.documents.get_mut(name) {
            document.wanted = self.moment;
            self.begins.get_or_insert_with(|| Instant::now() + PAUSE);
            self.unchecked.retain(|unchecked| unchecked != name);
            self.unchecked.push_back(name.to_owned());
        }
    }

    /// Has the documents checked again that use the file `name`.
    pub fn invalidate_dependents(&mut self, name: &str) {
        self.moment += 1;
        self.changed.insert(name.to_owned(), self.moment);
        let users: Vec<String> = self
            .documents
            .iter()
            .filter(|(user, document)| {
                let analysis = document.analysis.as_ref();
                *user != name && analysis.is_some_and(|analysis| analysis.used.iter().any(|used| used == name))
            })
            .map(|(user, _)| user.clone())
            .collect();
        for user in users {
            self.schedule_check(&user);
        }
    }

    /// Begins the next check, if one is wanted and may begin.
    pub fn start_check(&mut self) {
        if self.working || self.begins.is_some() {
            return;
        }
        let Some(name) = self.unchecked.pop_front() else {
            return;
        };
        let version = self.documents.get(&name).map_or(0, |document| document.version);
        let texts = self.documents.iter().map(|(name, document)| (name.clone(), document.text.clone())).collect();
        self.working = self.work.send(Work::Check(Job { name, moment: self.moment, version, texts })).is_ok();
    }

    /// Takes what came of a check, tells the client, and has the document checked again where that came too late.
    pub fn take(&mut self, done: Done) {
        self.working = false;
        let Done { name, moment, version, analysis } = done;
        let first = self.documents.get(&name).is_some_and(|document| document.analysis.is_none());
        let Some(document) = self.documents.get_mut(&name) else {
            return;
        };
        document.checked = moment;
        document.checked_version = version;
        match analysis {
            Some(analysis) => {
                let stale = analysis.used.iter().any(|used| self.changed.get(used).is_some_and(|at| *at > moment));
                let own = document.analysis.as_ref().is_none_or(|before| before.text != analysis.text);
                let before = document.analysis.replace(analysis);
                self.publish(&name);
                if let Some(before) = before {
                    let _ = self.work.send(Work::TakeApart(before));
                }
                if stale {
                    self.schedule_check(&name);
                }
                if !own && !first {
                    // Another file has changed what this one means, and the client cannot know.
                    self.refresh();
                }
            }
            None => self.options.log.line(|| format!("the check of {name} failed; a mistake of ours")),
        }
    }
}
