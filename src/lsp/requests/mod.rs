//! Requests to answers: which there are, what each needs, and what they share.

mod actions;
mod commands;
mod links;

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use lsp_server::ErrorCode;
use lsp_types::{CodeActionKind, SemanticTokensLegend, Uri};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::analysis::Analysis;
use super::server::{Document, Refused, Server, refused};
use super::uri;
use crate::source::Span;

/// All safe fixes of a file at once.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.eligc");
/// Runs one example.
pub(super) const RUN_EXAMPLE: &str = "eligc.runExample";

/// Whether an answer waits for a check of the newest text; the others are made of what is known now.
pub(super) fn needs_check(method: &str) -> bool {
    matches!(
        method,
        "textDocument/codeAction" | "textDocument/codeLens" | "textDocument/diagnostic" | "workspace/executeCommand"
    )
}

/// The name of the document a request is about, when it is about one.
pub(super) fn document(params: &Value) -> Option<String> {
    let uri = params
        .pointer("/textDocument/uri")
        .or_else(|| params.pointer("/item/uri"))
        .or_else(|| params.pointer("/arguments/0/uri"))?;
    Some(uri::name(&Uri::from_str(uri.as_str()?).ok()?))
}

pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend::default()
}

/// Answers a request.
pub(super) fn answer(server: &mut Server, method: &str, params: Value) -> Result<Value, Refused> {
    match method {
        "textDocument/codeAction" => server.code_actions(&read(method, params)?),
        "textDocument/codeLens" => server.code_lenses(&read(method, params)?),
        "textDocument/documentLink" => server.links(&read(method, params)?),
        "textDocument/diagnostic" => server.pulled(&read(method, params)?),
        "workspace/executeCommand" => server.execute(&read(method, params)?),
        _ => Err(refused(ErrorCode::MethodNotFound, format!("no such request: {method}"))),
    }
}

/// The parameters of a request.
fn read<P: DeserializeOwned>(method: &str, params: Value) -> Result<P, Refused> {
    serde_json::from_value(params)
        .map_err(|error| refused(ErrorCode::InvalidParams, format!("the parameters do not fit `{method}`: {error}")))
}

/// An answer as the protocol has it.
fn answered(result: impl serde::Serialize) -> Result<Value, Refused> {
    serde_json::to_value(result).map_err(|error| refused(ErrorCode::InternalError, error.to_string()))
}

impl Server {
    /// The open document of a request.
    fn opened(&self, wanted: &Uri) -> Result<&Document, Refused> {
        let name = uri::name(wanted);
        self.documents
            .get(&name)
            .ok_or_else(|| refused(ErrorCode::InvalidParams, format!("{} is not open", wanted.as_str())))
    }

    /// The last check of an open document; `None` before the first, or when that failed.
    fn checked(&self, wanted: &Uri) -> Result<Option<Arc<Analysis>>, Refused> {
        Ok(self.opened(wanted)?.analysis.clone())
    }

    /// A stretch of a file of a check, as the client counts.
    pub fn range(&self, analysis: &Analysis, span: Span) -> lsp_types::Range {
        let encoding = self.client.encoding;
        if span.file == analysis.checked.main {
            return analysis.text.lines.range(&analysis.text.text, span.range(), encoding);
        }
        match analysis.lines(span.file) {
            Some((text, lines)) => lines.range(text, span.range(), encoding),
            None => lsp_types::Range::default(),
        }
    }

    /// Edits by file, as this client takes them.
    fn workspace_edit(&self, files: BTreeMap<String, Vec<lsp_types::TextEdit>>) -> Value {
        let known =
            files.into_iter().filter_map(|(name, edits)| Some((self.uri(&name)?, self.documents.get(&name), edits)));
        if self.client.document_changes {
            let changes: Vec<Value> = known
                .map(|(uri, document, edits)| {
                    let version = document.map(|document| document.version);
                    json!({"textDocument": {"uri": uri, "version": version}, "edits": edits})
                })
                .collect();
            return json!({ "documentChanges": changes });
        }
        let changes: serde_json::Map<String, Value> =
            known.map(|(uri, _, edits)| (uri.as_str().to_owned(), json!(edits))).collect();
        json!({ "changes": changes })
    }

    /// The bytes of a range of a document, as it is now.
    fn bytes(&self, document: &Document, range: lsp_types::Range) -> Range<usize> {
        document.text.lines.bytes(&document.text.text, range, self.client.encoding)
    }
}
