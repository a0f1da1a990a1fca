//! What is said at the cursor: completion, hover, the form of a window.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionParams, CompletionTextEdit,
    Documentation, Hover, HoverContents, HoverParams, InsertTextFormat, MarkupContent, MarkupKind,
    ParameterInformation, ParameterLabel, SignatureHelp, SignatureHelpParams, SignatureInformation, TextEdit,
};
use serde_json::{Value, json};

use super::{Server, answered};
use crate::ide::View;
use crate::ide::complete::{Item, Sort};
use crate::lsp::server::Refused;

impl Server {
    /// What can be typed at a place of the newest text, by the names of the last check.
    pub(super) fn completion(&self, params: &CompletionParams) -> Result<Value, Refused> {
        let at = &params.text_document_position;
        let document = self.opened(&at.text_document.uri)?;
        let Some(analysis) = document.analysis.as_ref() else {
            return answered(Vec::<CompletionItem>::new());
        };
        let (text, lines) = (&document.text.text, &document.text.lines);
        let view = View::new(text, &analysis.checked.vocabulary);
        let (bytes, items) = view.complete(lines.offset(text, at.position, self.client.encoding));
        let range = lines.range(text, bytes, self.client.encoding);
        let width = items.len().to_string().len();
        let items: Vec<CompletionItem> = items
            .into_iter()
            .enumerate()
            .filter(|(_, item)| self.client.snippets || item.snippet.is_none())
            .map(|(rank, item)| self.completion_item(&view, item, range, format!("{rank:0width$}")))
            .collect();
        answered(json!({"isIncomplete": false, "items": items}))
    }

    fn completion_item(&self, view: &View<'_>, item: Item, range: lsp_types::Range, rank: String) -> CompletionItem {
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
        let text = item.symbol.and_then(|symbol| view.text_of(symbol));
        let documentation = text.map(|text| {
            if self.client.completion_markdown {
                Documentation::MarkupContent(MarkupContent {
                    kind: MarkupKind::Markdown,
                    value: text.replace('\n', "  \n"),
                })
            } else {
                Documentation::String(text.to_owned())
            }
        });
        let new_text = item.snippet.clone().unwrap_or_else(|| item.label.clone());
        CompletionItem {
            label: item.label,
            label_details: (!item.detail.is_empty())
                .then(|| CompletionItemLabelDetails { detail: None, description: Some(item.detail.clone()) }),
            kind: Some(kind),
            detail: (!item.detail.is_empty()).then_some(item.detail),
            documentation,
            sort_text: Some(rank),
            insert_text_format: item.snippet.map(|_| InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            ..CompletionItem::default()
        }
    }

    /// What the word at a place explains of itself.
    pub(super) fn hover(&self, params: &HoverParams) -> Result<Value, Refused> {
        let at = &params.text_document_position_params;
        let document = self.opened(&at.text_document.uri)?;
        let Some(analysis) = document.analysis.as_ref() else {
            return Ok(Value::Null);
        };
        let (text, lines) = (&document.text.text, &document.text.lines);
        let view = View::new(text, &analysis.checked.vocabulary).with_check(&analysis.checked);
        let hover = view.hover(lines.offset(text, at.position, self.client.encoding)).map(|(bytes, markdown)| Hover {
            contents: HoverContents::Markup(if self.client.hover_markdown {
                MarkupContent { kind: MarkupKind::Markdown, value: markdown }
            } else {
                MarkupContent { kind: MarkupKind::PlainText, value: plain(&markdown) }
            }),
            range: Some(lines.range(text, bytes, self.client.encoding)),
        });
        answered(hover)
    }

    /// The form of the window or function around a place.
    pub(super) fn signature(&self, params: &SignatureHelpParams) -> Result<Value, Refused> {
        let at = &params.text_document_position_params;
        let document = self.opened(&at.text_document.uri)?;
        let Some(analysis) = document.analysis.as_ref() else {
            return Ok(Value::Null);
        };
        let text = &document.text.text;
        let view = View::new(text, &analysis.checked.vocabulary);
        let form = view.form(document.text.lines.offset(text, at.position, self.client.encoding));
        answered(form.map(|form| {
            let active = u32::try_from(form.active).ok();
            let parts = form.parts.iter();
            SignatureHelp {
                signatures: vec![SignatureInformation {
                    label: form.label.to_owned(),
                    documentation: Some(Documentation::String(form.text.to_owned())),
                    parameters: Some(
                        parts
                            .map(|part| ParameterInformation {
                                label: ParameterLabel::Simple((*part).to_owned()),
                                documentation: None,
                            })
                            .collect(),
                    ),
                    active_parameter: active,
                }],
                active_signature: Some(0),
                active_parameter: active,
            }
        }))
    }
}

/// Our own Markdown without its marks.
fn plain(markdown: &str) -> String {
    markdown
        .lines()
        .filter(|line| !line.starts_with("```"))
        .map(|line| line.replace("**", "").replace('`', "").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}
