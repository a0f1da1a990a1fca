//! What is said at the cursor: hover, the form of a window.

use lsp_types::{
    Documentation, Hover, HoverContents, HoverParams, MarkupContent, MarkupKind, ParameterInformation, ParameterLabel,
    SignatureHelp, SignatureHelpParams, SignatureInformation,
};
use serde_json::Value;

use super::{Server, answered};
use crate::lsp::server::Refused;

impl Server {
    /// What the word at a place explains of itself.
    pub(super) fn hover(&self, params: &HoverParams) -> Result<Value, Refused> {
        let at = &params.text_document_position_params;
        let document = self.opened(&at.text_document.uri)?;
        let Some(analysis) = document.analysis.as_ref() else {
            return Ok(Value::Null);
        };
        let (text, lines) = (&document.text.text, &document.text.lines);
        let view = document.text.view(&analysis.checked.vocabulary).with_check(&analysis.checked);
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
        let view = document.text.view(&analysis.checked.vocabulary);
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
pub(super) fn plain(markdown: &str) -> String {
    markdown
        .lines()
        .filter(|line| !line.starts_with("```"))
        .map(|line| line.replace("**", "").replace('`', "").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}
