//! What the client said of itself at `initialize`, and the settings its user chose. Read leniently: a capability that
//! is missing or odd is one the client does not have.

use std::path::PathBuf;
use std::str::FromStr;

use lsp_types::Uri;
use serde_json::Value;

use super::position::Encoding;
use super::uri;
use crate::diag::level::{Level, Levels};

/// What the client can do.
#[derive(Debug, Clone)]
pub struct Client {
    /// What positions count.
    pub encoding: Encoding,
    /// Diagnostics may name related places.
    pub related_information: bool,
    /// Diagnostics may be tagged as unnecessary.
    pub unnecessary_tag: bool,
    /// Document symbols may be nested.
    pub nested_symbols: bool,
    /// Completions may have places to fill in.
    pub snippets: bool,
    /// Completions may have a few words of explanation in their line.
    pub label_details: bool,
    /// Completions may leave it to their list what they replace.
    pub default_range: bool,
    /// The explanation next to a completion, and its line of detail, may be asked for when it is shown.
    pub resolves: bool,
    /// Hovers may be Markdown.
    pub hover_markdown: bool,
    /// Texts next to completions may be Markdown.
    pub completion_markdown: bool,
    /// Code actions may carry their edits; else only their commands would be shown.
    pub code_actions: bool,
    /// Edits may name the version of the document they were made for.
    pub document_changes: bool,
    /// The server may ask to be told of changed files.
    pub watches_files: bool,
    /// The server may ask for settings.
    pub configuration: bool,
    /// What the server may ask to have drawn anew: the methods.
    pub refreshes: Vec<&'static str>,
    /// The folders open in the editor.
    pub folders: Vec<PathBuf>,
}

impl Client {
    /// From the parameters of `initialize`.
    pub fn new(params: &Value) -> Client {
        let capability = |path: &str| params.pointer(&format!("/capabilities{path}"));
        let yes = |path: &str| capability(path).and_then(Value::as_bool).unwrap_or(false);
        let lists = |path: &str, word: &str| {
            capability(path).and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item == word))
        };
        let offered = capability("/general/positionEncodings").and_then(Value::as_array);
        let unnecessary = capability("/textDocument/publishDiagnostics/tagSupport/valueSet")
            .and_then(Value::as_array)
            .is_some_and(|tags| tags.iter().any(|tag| tag.as_u64() == Some(1)));
        let refreshes = [
            ("/workspace/semanticTokens/refreshSupport", "workspace/semanticTokens/refresh"),
            ("/workspace/inlayHint/refreshSupport", "workspace/inlayHint/refresh"),
            ("/workspace/codeLens/refreshSupport", "workspace/codeLens/refresh"),
        ];
        Client {
            encoding: Encoding::negotiate(offered.into_iter().flatten().filter_map(Value::as_str)),
            related_information: yes("/textDocument/publishDiagnostics/relatedInformation"),
            unnecessary_tag: unnecessary,
            nested_symbols: yes("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            snippets: yes("/textDocument/completion/completionItem/snippetSupport"),
            label_details: yes("/textDocument/completion/completionItem/labelDetailsSupport"),
            default_range: lists("/textDocument/completion/completionList/itemDefaults", "editRange"),
            resolves: ["documentation", "detail"]
                .iter()
                .all(|word| lists("/textDocument/completion/completionItem/resolveSupport/properties", word)),
            hover_markdown: lists("/textDocument/hover/contentFormat", "markdown"),
            completion_markdown: lists("/textDocument/completion/completionItem/documentationFormat", "markdown"),
            code_actions: capability("/textDocument/codeAction/codeActionLiteralSupport").is_some(),
            document_changes: yes("/workspace/workspaceEdit/documentChanges"),
            watches_files: yes("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            configuration: yes("/workspace/configuration"),
            refreshes: refreshes.into_iter().filter(|(path, _)| yes(path)).map(|(_, method)| method).collect(),
            folders: folders(params),
        }
    }
}

fn folders(params: &Value) -> Vec<PathBuf> {
    let path = |text: &str| Uri::from_str(text).ok().and_then(|uri| uri::path(&uri));
    let many = params.get("workspaceFolders").and_then(Value::as_array);
    let mut folders: Vec<PathBuf> = many
        .into_iter()
        .flatten()
        .filter_map(|folder| folder.get("uri").and_then(Value::as_str))
        .filter_map(path)
        .collect();
    if folders.is_empty() {
        folders.extend(params.get("rootUri").and_then(Value::as_str).and_then(path));
    }
    if folders.is_empty() {
        let root = params.get("rootPath").and_then(Value::as_str).map(PathBuf::from);
        folders.extend(root.filter(|root| root.is_absolute()));
    }
    folders
}

/// What the user chose; each has a default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `inlayHints`: whether hints are in the text.
    pub inlay_hints: bool,
    /// `codeLens`: whether examples have a lens that runs them.
    pub code_lens: bool,
    /// `allow`, `warn`, `deny`: how much warnings weigh, in this order.
    pub levels: Levels,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { inlay_hints: true, code_lens: true, levels: Levels::default() }
    }
}

impl Settings {
    /// From what a client sends, with or without `eligc` around it; what is missing or odd keeps its default.
    pub fn new(sent: &Value) -> Settings {
        let own = sent.get("eligc").unwrap_or(sent);
        let yes = |name: &str| own.get(name).and_then(Value::as_bool).unwrap_or(true);
        let mut levels = Levels::default();
        for (name, level) in [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)] {
            let words = own.get(name).and_then(Value::as_array);
            for word in words.into_iter().flatten().filter_map(Value::as_str) {
                if let Ok(selector) = word.parse() {
                    // An error cannot be allowed: that word is passed over like one that is not known.
                    let _ = levels.push(level, selector);
                }
            }
        }
        Settings { inlay_hints: yes("inlayHints"), code_lens: yes("codeLens"), levels }
    }
}
