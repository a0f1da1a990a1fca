//! The whole text at a glance: outline, folds, selections, hints.

use lsp_types::{
    DocumentSymbolParams, FoldingRangeParams, InlayHintParams, Range, SelectionRangeParams, SymbolKind,
    WorkspaceSymbolParams,
};
use serde_json::{Value, json};

use super::Server;
use crate::ide::View;
use crate::ide::outline::{Entry, Sort};
use crate::lsp::document::Document;
use crate::lsp::server::Refused;
use crate::source::Span;
use crate::vocab::Vocabulary;

fn symbol_kind(sort: Sort) -> SymbolKind {
    match sort {
        Sort::Trial => SymbolKind::MODULE,
        Sort::Criterion => SymbolKind::FUNCTION,
        Sort::Definition => SymbolKind::VARIABLE,
        Sort::Example => SymbolKind::OBJECT,
        Sort::Fact => SymbolKind::FIELD,
        Sort::Kind => SymbolKind::CLASS,
        Sort::Anchor => SymbolKind::EVENT,
        Sort::Unit => SymbolKind::CONSTANT,
    }
}

impl Server {
    /// The newest text of a document with the names of its last check.
    pub(super) fn seen<T>(&self, document: &Document, look: impl FnOnce(&View<'_>) -> T) -> T {
        match &document.analysis {
            Some(analysis) => look(&document.text.view(&analysis.checked.vocabulary)),
            None => look(&document.text.view(&Vocabulary::default())),
        }
    }

    fn range_of(&self, document: &Document, bytes: std::ops::Range<usize>) -> Range {
        document.text.lines.range(&document.text.text, bytes, self.client.encoding)
    }

    /// The outline of a document.
    pub(super) fn document_symbols(&self, params: &DocumentSymbolParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        let entries: Vec<Value> = self
            .seen(document, |view| view.outline())
            .into_iter()
            .map(|entry| {
                let Entry { name, detail, sort, range, name_range } = entry;
                let (range, name_range) = (self.range_of(document, range), self.range_of(document, name_range));
                let kind = symbol_kind(sort);
                if self.client.nested_symbols {
                    json!({"name": name, "detail": detail, "kind": kind, "range": range, "selectionRange": name_range})
                } else {
                    json!({"name": name, "kind": kind, "location": {"uri": document.uri, "range": range}})
                }
            })
            .collect();
        Ok(entries.into())
    }

    /// The entries of every program whose name or words hold what is looked for.
    pub(super) fn workspace_symbols(&self, params: &WorkspaceSymbolParams) -> Result<Value, Refused> {
        let wanted = params.query.to_lowercase();
        let mut found: Vec<Value> = Vec::new();
        for program in self.programs() {
            let main = program.checked.main;
            let Some(name) = self.file_name(&program, main).filter(|name| !self.is_shown(name)) else {
                continue;
            };
            let Some(uri) = self.uri(&name) else {
                continue;
            };
            for entry in program.view().outline() {
                let holds = |text: &str| text.to_lowercase().contains(&wanted);
                if holds(&entry.name) || holds(&entry.detail) {
                    let range = self.range(&program, Span::new(main, entry.name_range));
                    found.push(json!({
                        "name": entry.name,
                        "kind": symbol_kind(entry.sort),
                        "containerName": name.rsplit(['/', '\\']).next(),
                        "location": {"uri": uri, "range": range},
                    }));
                }
            }
        }
        found.sort_by_cached_key(|symbol| symbol.to_string());
        Ok(found.into())
    }

    /// What folds.
    pub(super) fn folds(&self, params: &FoldingRangeParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        let folds: Vec<Value> = self
            .seen(document, |view| view.folds())
            .into_iter()
            .map(|fold| {
                let range = self.range_of(document, fold.range);
                let kind = if fold.comment { "comment" } else { "region" };
                json!({"startLine": range.start.line, "endLine": range.end.line, "kind": kind})
            })
            .collect();
        Ok(folds.into())
    }

    /// What selections grow to.
    pub(super) fn selections(&self, params: &SelectionRangeParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        let text = &document.text;
        let grown: Vec<Value> = self.seen(document, |view| {
            params
                .positions
                .iter()
                .map(|position| {
                    let offset = text.lines.offset(&text.text, *position, self.client.encoding);
                    view.selections(offset).into_iter().rev().fold(Value::Null, |parent, bytes| {
                        let range = self.range_of(document, bytes);
                        if parent.is_null() {
                            json!({"range": range})
                        } else {
                            json!({"range": range, "parent": parent})
                        }
                    })
                })
                .collect()
        });
        Ok(grown.into())
    }

    /// Quantities in the unit their fact is kept in, and the days of windows.
    pub(super) fn hints(&self, params: &InlayHintParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        if !self.settings.inlay_hints {
            return Ok(json!([]));
        }
        let within = self.bytes(document, params.range);
        let hints: Vec<Value> = self
            .seen(document, |view| view.hints(within))
            .into_iter()
            .map(|hint| {
                let position = self.range_of(document, hint.offset..hint.offset).start;
                let mut shown = json!({"position": position, "label": hint.text, "paddingLeft": true});
                if let (Some(tooltip), Some(shown)) = (hint.tooltip, shown.as_object_mut()) {
                    shown.insert("tooltip".to_owned(), tooltip.into());
                }
                shown
            })
            .collect();
        Ok(hints.into())
    }
}
