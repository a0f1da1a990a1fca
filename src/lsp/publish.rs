//! Diagnostics to the client: each file's are those that any open program finds in it.

use std::collections::BTreeMap;
use std::str::FromStr;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, PublishDiagnosticsParams, Uri,
};
use serde_json::json;

use super::analysis::Analysis;
use super::server::Server;
use crate::diag::{self, Code, Severity};
use crate::source::FileId;

impl Server {
    /// Tells what the last check of a document found, in it and in the files it uses.
    pub fn publish(&mut self, name: &str) {
        let Some(analysis) = self.documents.get(name).and_then(|document| document.analysis.clone()) else {
            return;
        };
        let mut files: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::from([(name.to_owned(), Vec::new())]);
        let mut found = analysis.checked.diagnostics.clone();
        self.settings.levels.apply(&mut found);
        for diagnostic in &found {
            if let Some((file, diagnostic)) = self.diagnostic(&analysis, diagnostic) {
                files.entry(file).or_default().push(diagnostic);
            }
        }
        let before = self.published.found.insert(name.to_owned(), files.clone()).unwrap_or_default();
        for file in before.into_keys().filter(|file| !files.contains_key(file)).chain(files.keys().cloned()) {
            self.tell(&file, file == name);
        }
    }

    /// Takes back what the check of a closed document found.
    pub fn forget(&mut self, name: &str, uri: &Uri) {
        let files = self.published.found.remove(name).unwrap_or_default();
        for file in files.into_keys().filter(|file| file != name) {
            self.tell(&file, false);
        }
        // The client's own spelling of the URI is known only until now.
        let rest = self.published.of(name);
        self.published.told.insert(name.to_owned(), rest.clone());
        self.send_diagnostics(uri.clone(), rest, None);
    }

    /// Sends a file's diagnostics; unasked only when they have changed.
    fn tell(&mut self, file: &str, always: bool) {
        let all = self.published.of(file);
        let told = self.published.told.get(file).map_or(&[][..], Vec::as_slice);
        if !always && told == all {
            return;
        }
        let document = self.documents.get(file);
        let Some(uri) = document.map(|document| document.uri.clone()).or_else(|| self.uri(file)) else {
            return;
        };
        // The version of the text that was checked, which may be older than the newest.
        let version = document.map(|document| document.checked_version);
        self.published.told.insert(file.to_owned(), all.clone());
        self.send_diagnostics(uri, all, version);
    }

    fn send_diagnostics(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.notify("textDocument/publishDiagnostics", serde_json::to_value(params).unwrap_or_default());
    }

    /// A diagnostic as the protocol has it, and the file it is in.
    pub fn diagnostic(&self, analysis: &Analysis, found: &diag::Diagnostic) -> Option<(String, Diagnostic)> {
        let severity = match found.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        };
        let primary = found.primary.span;
        let mut message = found.title.clone();
        if !found.primary.text.is_empty() {
            message += &format!("\n{}", found.primary.text);
        }
        for note in &found.notes {
            message += &format!("\nnote: {note}");
        }
        for help in &found.helps {
            message += &format!("\nhelp: {help}");
        }
        let mut related = Vec::new();
        for label in &found.secondary {
            let Some(location) = self.location(analysis, label.span) else {
                continue;
            };
            let text = if label.text.is_empty() { "see here" } else { label.text.as_str() };
            if self.client.related_information {
                related.push(DiagnosticRelatedInformation { location, message: text.to_owned() });
            } else {
                let place = analysis.checked.sources.line_column(label.span);
                let file = if label.span.file == primary.file {
                    String::new()
                } else {
                    let name = analysis.checked.sources.get(label.span.file).map_or("", |file| file.name.as_str());
                    format!("{} ", name.rsplit('/').next().unwrap_or_default())
                };
                message += &format!("\n{file}line {}: {text}", place.line);
            }
        }
        let fixes: Vec<_> = found
            .fixes
            .iter()
            .map(|fix| json!({"title": fix.title, "safe": fix.safety == diag::Safety::Safe}))
            .collect();
        let unused = found.code == Code::W0704 && self.client.unnecessary_tag;
        let diagnostic = Diagnostic {
            range: self.range(analysis, primary),
            severity: Some(severity),
            code: Some(NumberOrString::String(found.code.id().to_owned())),
            code_description: self.page(found.code).map(|href| CodeDescription { href }),
            source: Some("eligc".to_owned()),
            message,
            related_information: (!related.is_empty()).then_some(related),
            tags: unused.then(|| vec![DiagnosticTag::UNNECESSARY]),
            data: (!fixes.is_empty()).then(|| json!({ "fixes": fixes })),
        };
        Some((self.file_name(analysis, primary.file)?, diagnostic))
    }

    /// The page on a code, as a file an editor can open.
    fn page(&self, code: Code) -> Option<Uri> {
        let name = self.shown(&format!("errors/{code}.md"), code.page())?;
        self.uri(&name)
    }

    /// The name of a file of a check.
    pub fn file_name(&self, analysis: &Analysis, file: FileId) -> Option<String> {
        let source = analysis.checked.sources.get(file)?;
        match crate::vocab::SHIPPED.get(file.0 as usize) {
            Some((vocabulary, text)) => self.shown(&format!("{vocabulary}.elig"), text),
            None => Some(source.name.clone()),
        }
    }

    /// The URI of a file: the client's own when it is open.
    pub fn uri(&self, name: &str) -> Option<Uri> {
        match self.documents.get(name) {
            Some(document) => Some(document.uri.clone()),
            None => super::uri::uri(name).or_else(|| Uri::from_str(name).ok()),
        }
    }

    /// A place of a check, for the client.
    pub fn location(&self, analysis: &Analysis, span: crate::source::Span) -> Option<Location> {
        let uri = self.uri(&self.file_name(analysis, span.file)?)?;
        Some(Location { uri, range: self.range(analysis, span) })
    }
}
