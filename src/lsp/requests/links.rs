//! Links: the file behind each `use`.

use lsp_types::DocumentLinkParams;
use serde_json::{Value, json};

use super::Server;
use crate::lsp::server::Refused;
use crate::lsp::uri;
use crate::source::FileId;
use crate::syntax::ast::{StatementKind, UseTarget};
use crate::syntax::parse;
use crate::vocab::SHIPPED;

impl Server {
    /// Where the `use` statements of a document lead.
    pub(super) fn links(&self, params: &DocumentLinkParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        let (text, lines) = (&document.text.text, &document.text.lines);
        let folder = uri::path(&document.uri).and_then(|path| path.parent().map(std::path::Path::to_owned));
        let parsed = parse(FileId(0), text);
        let links: Vec<Value> = parsed
            .file
            .statements
            .iter()
            .filter_map(|statement| {
                let StatementKind::Use(target) = &statement.kind else {
                    return None;
                };
                let (span, name) = match target {
                    UseTarget::Shipped(name) => {
                        let (_, text) = SHIPPED.iter().find(|(shipped, _)| *shipped == name.text)?;
                        (name.span, self.shown(&format!("{}.elig", name.text), text)?)
                    }
                    UseTarget::Path(path) => {
                        (path.span, uri::clean(&folder.as_ref()?.join(&path.text)).display().to_string())
                    }
                };
                let range = lines.range(text, span.range(), self.client.encoding);
                Some(json!({"range": range, "target": self.uri(&name)?}))
            })
            .collect();
        Ok(links.into())
    }
}
