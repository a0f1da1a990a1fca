//! What can be typed at the cursor.

use lsp_types::{
    CompletionItemKind, CompletionItemLabelDetails, CompletionParams, Documentation, InsertTextFormat, MarkupContent,
    MarkupKind, Range, TextEdit,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Server;
use super::assist::plain;
use crate::ide::complete::{Item, Sort, sort_of};
use crate::ide::{View, help};
use crate::lsp::server::Refused;
use crate::lsp::uri;

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

fn kind_of(sort: Sort) -> CompletionItemKind {
    match sort {
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
    }
}

impl Server {
    /// What can be typed at a place of the newest text, by the names of the last check.
    pub(super) fn completion(&mut self, params: &CompletionParams) -> Result<Value, Refused> {
        let at = &params.text_document_position;
        self.completed = uri::name(&at.text_document.uri);
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
        let detail = Some(item.detail).filter(|detail| !detail.is_empty());
        let label_details = detail.clone().filter(|_| self.client.label_details);
        let (detail, documentation) = if self.client.resolves {
            // Where the line has it already, it is asked for with the rest.
            (detail.filter(|_| !self.client.label_details), None)
        } else {
            let text = item.symbol.and_then(|symbol| view.text_of(symbol));
            (detail, text.map(|text| self.documentation(text.replace('\n', "  \n"))))
        };
        let (text_edit, text_edit_text) = if self.client.default_range {
            (None, item.snippet.clone())
        } else {
            let new_text = item.snippet.clone().unwrap_or_else(|| item.label.clone());
            (Some(TextEdit { range, new_text }), None)
        };
        Offered {
            label: item.label,
            kind: kind_of(item.sort),
            sort_text,
            label_details: label_details
                .map(|text| CompletionItemLabelDetails { detail: None, description: Some(text) }),
            detail,
            documentation,
            insert_text_format: item.snippet.map(|_| InsertTextFormat::SNIPPET),
            text_edit,
            text_edit_text,
        }
    }

    /// An item with all that is known of its name in the document last completed in: what a hover of it says.
    pub(super) fn resolved(&self, params: &Value) -> Result<Value, Refused> {
        let mut item = params.clone();
        let analysis = self.documents.get(&self.completed).and_then(|document| document.analysis.clone());
        let (Some(analysis), Some(fields)) = (analysis, item.as_object_mut()) else {
            return Ok(item);
        };
        let label = fields.get("label").and_then(Value::as_str).unwrap_or_default();
        let kind = fields.get("kind").and_then(|kind| CompletionItemKind::deserialize(kind).ok());
        let view = analysis.view();
        let symbol = view.symbol(label).filter(|symbol| kind == Some(kind_of(sort_of(*symbol))));
        let word = help::word(label).filter(|_| kind == Some(CompletionItemKind::KEYWORD));
        if let Some(symbol) = symbol {
            let detail = view.describe(symbol);
            let documentation = view.explain(symbol).map(|text| self.documentation(text));
            fields.extend(detail.map(|detail| ("detail".to_owned(), detail.into())));
            fields.extend(documentation.map(|text| ("documentation".to_owned(), json!(text))));
        } else if let Some(word) = word {
            let documentation = self.documentation(word.text.to_owned());
            fields.insert("detail".to_owned(), word.form.into());
            fields.insert("documentation".to_owned(), json!(documentation));
        }
        Ok(item)
    }

    /// An explanation as the client shows it next to an item.
    fn documentation(&self, markdown: String) -> Documentation {
        if self.client.completion_markdown {
            Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: markdown })
        } else {
            Documentation::String(plain(&markdown))
        }
    }
}
