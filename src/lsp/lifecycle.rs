//! The beginning of a session: what the client and the server tell each other of what they can do.

use lsp_server::ErrorCode;
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    CompletionOptionsCompletionItem, DocumentLinkOptions, ExecuteCommandOptions, FoldingRangeProviderCapability,
    HoverProviderCapability, InitializeResult, OneOf, RenameOptions, SaveOptions, SelectionRangeProviderCapability,
    SemanticTokensFullOptions, SemanticTokensOptions, ServerCapabilities, ServerInfo, SignatureHelpOptions,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use serde_json::{Value, json};

use super::client::{Client, Settings};
use super::requests;
use super::server::{Refused, Server, refused};

impl Server {
    /// Answers `initialize`.
    pub fn initialize(&mut self, params: &Value) -> Result<Value, Refused> {
        if !params.is_object() {
            return Err(refused(ErrorCode::InvalidParams, "`initialize` takes an object"));
        }
        self.client = Client::new(params);
        if let Some(options) = params.get("initializationOptions") {
            self.settings = Settings::new(options);
        }
        self.options.log.line(|| format!("positions in {}", self.client.encoding.kind().as_str()));
        let result = InitializeResult {
            capabilities: capabilities(&self.client),
            server_info: Some(ServerInfo {
                name: "eligc".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        serde_json::to_value(result).map_err(|error| refused(ErrorCode::InternalError, error.to_string()))
    }

    /// Asks for what a client tells only when asked.
    pub fn initialized(&mut self) {
        if self.client.watches_files {
            let registration = json!({"registrations": [{
                "id": "watch",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": [{"globPattern": "**/*.elig"}]},
            }]});
            self.ask("register", "client/registerCapability", registration);
        }
        self.ask_settings();
    }

    /// Asks for the user's settings, if the client can be asked.
    pub fn ask_settings(&mut self) {
        if self.client.configuration {
            self.ask("configuration", "workspace/configuration", json!({"items": [{"section": "eligc"}]}));
        }
    }
}

fn capabilities(client: &Client) -> ServerCapabilities {
    let no_progress = WorkDoneProgressOptions::default;
    let words = |list: &[&str]| Some(list.iter().map(|word| (*word).to_owned()).collect());
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            will_save: None,
            will_save_wait_until: None,
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
        })),
        completion_provider: Some(CompletionOptions {
            // A blank after a comparison, a number or `is`; the brackets of attributes, units and sets.
            trigger_characters: words(&[" ", "(", "[", "{", ",", "/", "\""]),
            resolve_provider: Some(true),
            completion_item: Some(CompletionOptionsCompletionItem { label_details_support: Some(true) }),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: words(&[" ", "(", ","]),
            retrigger_characters: None,
            work_done_progress_options: no_progress(),
        }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: no_progress(),
        })),
        code_action_provider: Some(if client.code_actions {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::REFACTOR_REWRITE,
                    requests::FIX_ALL,
                ]),
                ..CodeActionOptions::default()
            })
        } else {
            CodeActionProviderCapability::Simple(true)
        }),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![requests::RUN_EXAMPLE.to_owned()],
            work_done_progress_options: no_progress(),
        }),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: no_progress(),
        }),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                work_done_progress_options: no_progress(),
                legend: requests::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
            }
            .into(),
        ),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}
