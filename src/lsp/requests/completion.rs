//! What can be typed at the cursor.

use lsp_types::{
    CompletionItemKind, CompletionItemLabelDetails, CompletionParams, Documentation, InsertTextFormat, MarkupContent,
    MarkupKind, Range, TextEdit,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::Server;
use crate::ide::View;
use crate::ide::complete::{Item, Sort};
use crate::lsp::server::Refused;
use crate::vocab::Symbol;

/// One of the things offered, as the protocol has it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Offered {
    label: String,
    kind: CompletionItemKind,
    sort_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label_details: Option<CompletionItemLabelDetails>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documentation: Option<Documentation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    insert_text_format: Option<InsertTextFormat>,
    /// What is put in and where, unless the list says where.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_edit: Option<TextEdit>,
    /// What is put in where the list says, unless it is the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_edit_text: Option<String>,
}

impl Server {
    /// What can be typed at a place of the newest text, by the names of the last check.
    pub(super) fn completion(&self, params: &CompletionParams) -> Result<Value, Refused> {
        let at = &params.text_document_position;
        let document = self.opened(&at.text_document.uri)?;
        let Some(analysis) = document.analysis.as_ref() else {
            return Ok(json!([]));
        };
        let (text, lines) = (&document.text.text, &document.text.lines);
        let view = document.text.view(&analysis.checked.vocabulary);
        let (bytes, items) = view.complete(lines.offset(text, at.position, self.client.encoding));
        let range = lines.range(text, bytes, self.client.encoding);
        let width = items.len().to_string().len();
        let items: Vec<Offered> = items
            .into_iter()
            .enumerate()
            .filter(|(_, item)| self.client.snippets || item.snippet.is_none())
            .map(|(rank, item)| self.item(&view, item, range, format!("{rank:0width$}")))
            .collect();
        Ok(if self.client.default_range {
            json!({"isIncomplete": false, "itemDefaults": {"editRange": range}, "items": items})
        } else {
            json!({"isIncomplete": false, "items": items})
        })
    }

    fn item(&self, view: &View<'_>, item: Item, range: Range, sort_text: String) -> Offered {
        let kind = match item.sort {
            Sort::Word => CompletionItemKind::KEYWORD,
            Sort::Pattern => CompletionItemKind::SNIPPET,
            Sort::Fact => CompletionItemKind::FIELD,
            Sort::Kind => CompletionItemKind::CLASS,
            Sort::Anchor => CompletionItemKind::EVENT,
            Sort::Definition => CompletionItemKind::VARIABLE,
            Sort::Attribute => CompletionItemKind::PROPERTY,
            Sort::Value => CompletionItemKind::ENUM_MEMBER,
            Sort::Unit => CompletionItemKind::UNIT,
            Sort::Reference => CompletionItemKind::REFERENCE,
        };
        let detail = Some(item.detail).filter(|detail| !detail.is_empty());
        let label_details = detail.clone().filter(|_| self.client.label_details);
        let (text_edit, text_edit_text) = if self.client.default_range {
            (None, item.snippet.clone())
        } else {
            let new_text = item.snippet.clone().unwrap_or_else(|| item.label.clone());
            (Some(TextEdit { range, new_text }), None)
        };
        Offered {
            label: item.label,
            kind,
            sort_text,
            label_details: label_details
                .map(|text| CompletionItemLabelDetails { detail: None, description: Some(text) }),
            detail,
            documentation: item.symbol.and_then(|symbol| self.documentation(view, symbol)),
            insert_text_format: item.snippet.map(|_| InsertTextFormat::SNIPPET),
            text_edit,
            text_edit_text,
        }
    }

    /// The explanation shown beside an item.
    fn documentation(&self, view: &View<'_>, symbol: Symbol) -> Option<Documentation> {
        let text = view.text_of(symbol)?;
        Some(if self.client.completion_markdown {
            Documentation::MarkupContent(MarkupContent {
                kind: MarkupKind::Markdown,
                value: text.replace('\n', "  \n"),
            })
        } else {
            Documentation::String(text.to_owned())
        })
    }
}
