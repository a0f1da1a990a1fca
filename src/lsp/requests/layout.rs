//! The whole text at a glance: outline, colours, folds, selections, hints.

use lsp_types::{
    DocumentSymbolParams, FoldingRangeParams, InlayHintParams, Range, SelectionRangeParams, SemanticTokenType,
    SemanticTokensLegend, SemanticTokensParams, SemanticTokensRangeParams, SymbolKind, WorkspaceSymbolParams,
};
use serde_json::{Value, json};

use super::Server;
use crate::ide::View;
use crate::ide::outline::{Entry, Sort};
use crate::ide::shape::Colour;
use crate::lsp::server::{Document, Refused};
use crate::source::Span;
use crate::vocab::Vocabulary;

const TYPES: [SemanticTokenType; 12] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::CLASS,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::NUMBER,
    SemanticTokenType::TYPE,
    SemanticTokenType::STRING,
    SemanticTokenType::COMMENT,
    SemanticTokenType::OPERATOR,
];

/// The names of the colours, in the order of their numbers.
pub(in crate::lsp) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: TYPES.to_vec(), token_modifiers: Vec::new() }
}

fn colour(colour: Colour) -> SemanticTokenType {
    match colour {
        Colour::Keyword => SemanticTokenType::KEYWORD,
        Colour::Fact => SemanticTokenType::VARIABLE,
        Colour::Kind => SemanticTokenType::CLASS,
        Colour::Anchor => SemanticTokenType::PARAMETER,
        Colour::Definition | Colour::Criterion => SemanticTokenType::FUNCTION,
        Colour::Attribute => SemanticTokenType::PROPERTY,
        Colour::Value => SemanticTokenType::ENUM_MEMBER,
        Colour::Number => SemanticTokenType::NUMBER,
        Colour::Unit => SemanticTokenType::TYPE,
        Colour::Text => SemanticTokenType::STRING,
        Colour::Comment => SemanticTokenType::COMMENT,
        Colour::Operator => SemanticTokenType::OPERATOR,
    }
}

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
    fn seen<T>(&self, document: &Document, look: impl FnOnce(&View<'_>) -> T) -> T {
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

    /// The colours of a whole document.
    pub(super) fn tokens(&self, params: &SemanticTokensParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        self.coloured(document, 0..document.text.text.len())
    }

    /// The colours of a stretch.
    pub(super) fn tokens_within(&self, params: &SemanticTokensRangeParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        self.coloured(document, self.bytes(document, params.range))
    }

    fn coloured(&self, document: &Document, within: std::ops::Range<usize>) -> Result<Value, Refused> {
        let colours = self.seen(document, |view| view.colours(within));
        let mut data: Vec<u32> = Vec::with_capacity(colours.len() * 5);
        let (mut line, mut column) = (0, 0);
        for (bytes, of) in colours {
            let text = document.text.text.get(bytes.clone()).unwrap_or_default();
            let length = self.client.encoding.length(text);
            let start = document.text.lines.position(&document.text.text, bytes.start, self.client.encoding);
            let number = TYPES.iter().position(|known| *known == colour(of)).and_then(|at| u32::try_from(at).ok());
            let from = if start.line == line { column } else { 0 };
            data.extend([start.line - line, start.character - from, length, number.unwrap_or(0), 0]);
            (line, column) = (start.line, start.character);
        }
        Ok(json!({ "data": data }))
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
