//! Requests to answers: which there are, what each needs, and what they share.

mod actions;
mod assist;
mod commands;
mod completion;
mod formatting;
mod links;
mod navigation;
mod semantic_tokens;
mod structure;

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use lsp_server::ErrorCode;
use lsp_types::{CodeActionKind, Uri};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::analysis::Analysis;
use super::document::Document;
use super::server::{Refused, Server, refused};
use super::uri;
use crate::source::Span;

pub(super) use semantic_tokens::legend;

/// All safe fixes of a file at once.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.eligc");
/// Runs one example.
pub(super) const RUN_EXAMPLE: &str = "eligc.runExample";

/// What a request waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// The newest text is enough.
    Text,
    /// Some check, be it of an older text: its names serve, and the user is typing.
    Names,
    /// A check of the newest text.
    Check,
}

/// What a request waits for.
pub(super) fn need(method: &str) -> Need {
    match method {
        "textDocument/completion" | "textDocument/signatureHelp" => Need::Names,
        "textDocument/hover"
        | "textDocument/definition"
        | "textDocument/references"
        | "textDocument/documentHighlight"
        | "textDocument/prepareRename"
        | "textDocument/rename"
        | "textDocument/semanticTokens/full"
        | "textDocument/semanticTokens/full/delta"
        | "textDocument/semanticTokens/range"
        | "textDocument/inlayHint"
        | "textDocument/codeAction"
        | "textDocument/codeLens"
        | "textDocument/diagnostic"
        | "workspace/symbol"
        | "workspace/executeCommand" => Need::Check,
        _ => Need::Text,
    }
}

/// The name of the document a request is about, when it is about one.
pub(super) fn document(params: &Value) -> Option<String> {
    let uri = params
        .pointer("/textDocument/uri")
        .or_else(|| params.pointer("/item/uri"))
        .or_else(|| params.pointer("/arguments/0/uri"))?;
    Some(uri::name(&Uri::from_str(uri.as_str()?).ok()?))
}

/// Answers a request.
pub(super) fn answer(server: &mut Server, method: &str, params: Value) -> Result<Value, Refused> {
    match method {
        "textDocument/codeAction" => server.code_actions(&read(method, params)?),
        "textDocument/codeLens" => server.code_lenses(&read(method, params)?),
        "textDocument/documentLink" => server.links(&read(method, params)?),
        "textDocument/diagnostic" => server.pulled(&read(method, params)?),
        "textDocument/completion" => server.completion(&read(method, params)?),
        "completionItem/resolve" => server.resolved(&params),
        "textDocument/hover" => server.hover(&read(method, params)?),
        "textDocument/signatureHelp" => server.signature(&read(method, params)?),
        "textDocument/definition" => server.definition(&read(method, params)?),
        "textDocument/references" => server.references(&read(method, params)?),
        "textDocument/documentHighlight" => server.highlights(&read(method, params)?),
        "textDocument/prepareRename" => server.prepare_rename(&read(method, params)?),
        "textDocument/rename" => server.rename(&read(method, params)?),
        "textDocument/documentSymbol" => server.document_symbols(&read(method, params)?),
        "textDocument/semanticTokens/full" => server.tokens(&read(method, params)?),
        "textDocument/semanticTokens/full/delta" => server.tokens_since(&read(method, params)?),
        "textDocument/semanticTokens/range" => server.tokens_within(&read(method, params)?),
        "textDocument/foldingRange" => server.folds(&read(method, params)?),
        "textDocument/selectionRange" => server.selections(&read(method, params)?),
        "textDocument/inlayHint" => server.hints(&read(method, params)?),
        "textDocument/formatting" => server.formatted(&read(method, params)?),
        "textDocument/rangeFormatting" => server.formatted_range(&read(method, params)?),
        "workspace/symbol" => server.workspace_symbols(&read(method, params)?),
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
