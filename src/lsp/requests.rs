//! Requests to answers.

use lsp_server::ErrorCode;
use lsp_types::{CodeActionKind, SemanticTokensLegend};
use serde_json::Value;
use std::str::FromStr;

use super::server::{Refused, Server, refused};

pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.eligc");
pub(super) const RUN_EXAMPLE: &str = "eligc.runExample";

/// Whether an answer is worth waiting for a check of the newest text.
pub(super) fn needs_check(method: &str) -> bool {
    method == "textDocument/hover"
}

pub(super) fn document(params: &Value) -> Option<String> {
    let uri = params.pointer("/textDocument/uri").or_else(|| params.pointer("/item/uri"))?.as_str()?;
    Some(super::uri::name(&lsp_types::Uri::from_str(uri).ok()?))
}

pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend::default()
}

pub(super) fn answer(server: &mut Server, method: &str, params: Value) -> Result<Value, Refused> {
    match method {
        _ => Err(refused(ErrorCode::MethodNotFound, format!("no such request: {method}"))),
    }
}

impl Server {
    pub fn range(&self, analysis: &super::analysis::Analysis, span: crate::source::Span) -> lsp_types::Range {
        let encoding = self.client.encoding;
        if span.file == analysis.checked.main {
            return analysis.text.lines.range(&analysis.text.text, span.range(), encoding);
        }
        match analysis.checked.sources.get(span.file) {
            Some(file) => super::position::Lines::new(&file.text).range(&file.text, span.range(), encoding),
            None => lsp_types::Range::default(),
        }
    }
}
