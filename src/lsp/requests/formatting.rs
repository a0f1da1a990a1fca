//! The text laid out, as the edits that get it there.

use lsp_server::ErrorCode;
use lsp_types::{DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit};
use serde_json::Value;

use super::{Server, answered};
use crate::fmt::{self, Edit};
use crate::lsp::document::Document;
use crate::lsp::server::{Refused, refused};

impl Server {
    /// The edits that lay out a document.
    pub(super) fn formatted(&self, params: &DocumentFormattingParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        self.edited(document, fmt::edits(&document.text.text))
    }

    /// The edits that lay out the statements a range touches.
    pub(super) fn formatted_range(&self, params: &DocumentRangeFormattingParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        let bytes = self.bytes(document, params.range);
        self.edited(document, fmt::format_range(&document.text.text, bytes))
    }

    fn edited(&self, document: &Document, edits: Result<Vec<Edit>, fmt::Refused>) -> Result<Value, Refused> {
        let edits =
            edits.map_err(|why| refused(ErrorCode::RequestFailed, format!("the file cannot be laid out: {why}")))?;
        let (text, lines) = (&document.text.text, &document.text.lines);
        let edits: Vec<TextEdit> = edits
            .into_iter()
            .map(|edit| TextEdit {
                range: lines.range(text, edit.range, self.client.encoding),
                new_text: edit.replacement,
            })
            .collect();
        answered(edits)
    }
}
