//! Code actions: the fixes of diagnostics, one by one and all safe ones at once; the same written otherwise.

use std::collections::BTreeMap;

use lsp_types::{CodeActionKind, CodeActionParams, DocumentDiagnosticParams, TextEdit};
use serde_json::{Value, json};

use super::{FIX_ALL, Server};
use crate::diag::fix::safe;
use crate::diag::{Fix, Safety};
use crate::lsp::analysis::Analysis;
use crate::lsp::server::Refused;
use crate::lsp::uri;
use crate::source::{FileId, Span};

impl Server {
    /// What can be done about a stretch of a document.
    pub(super) fn code_actions(&self, params: &CodeActionParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        let (Some(analysis), true) = (document.analysis.clone(), self.client.code_actions) else {
            return Ok(json!([]));
        };
        let wanted = |kind: &CodeActionKind| match &params.context.only {
            None => true,
            Some(only) => only.iter().any(|only| {
                let (only, kind) = (only.as_str(), kind.as_str());
                only.is_empty() || kind == only || kind.strip_prefix(only).is_some_and(|rest| rest.starts_with('.'))
            }),
        };
        let bytes = self.bytes(document, params.range);
        let mut actions = Vec::new();
        let mut found = analysis.checked.diagnostics.clone();
        self.settings.levels.apply(&mut found);
        if wanted(&CodeActionKind::QUICKFIX) {
            for diagnostic in &found {
                let place = diagnostic.primary.span;
                let here = place.file == analysis.checked.main
                    && place.range().start <= bytes.end
                    && bytes.start <= place.range().end;
                if !here {
                    continue;
                }
                for fix in &diagnostic.fixes {
                    let Some(edit) = self.edit(&analysis, std::slice::from_ref(&fix)) else {
                        continue;
                    };
                    let title = match fix.safety {
                        Safety::Safe => fix.title.clone(),
                        Safety::Ask => format!("{} (who is eligible may change)", fix.title),
                    };
                    let repairs = self.diagnostic(&analysis, diagnostic).map(|(_, diagnostic)| diagnostic);
                    actions.push(json!({
                        "title": title,
                        "kind": CodeActionKind::QUICKFIX,
                        "diagnostics": repairs.into_iter().collect::<Vec<_>>(),
                        "isPreferred": diagnostic.fixes.len() == 1 && fix.safety == Safety::Safe,
                        "edit": edit,
                    }));
                }
            }
        }
        if wanted(&CodeActionKind::REFACTOR_REWRITE) {
            let view = analysis.view();
            for rewrite in view.rewrites(bytes) {
                let edits: Vec<Fix> = rewrite
                    .edits
                    .into_iter()
                    .map(|(range, replacement)| Fix {
                        title: rewrite.title.clone(),
                        span: Span::new(analysis.checked.main, range),
                        replacement,
                        safety: Safety::Ask,
                    })
                    .collect();
                if let Some(edit) = self.edit(&analysis, &edits.iter().collect::<Vec<_>>()) {
                    let kind = CodeActionKind::REFACTOR_REWRITE;
                    actions.push(json!({"title": rewrite.title, "kind": kind, "edit": edit}));
                }
            }
        }
        if wanted(&FIX_ALL) {
            // Each was checked again, so the edits are those from the one text to the other.
            let safe = safe(&found, analysis.checked.main);
            let made = if safe.is_empty() { None } else { analysis.repaired() };
            let made = made.map(|repaired| changed(&analysis.text.text, repaired, analysis.checked.main));
            if let Some(edit) = made.and_then(|made| self.edit(&analysis, &made.iter().collect::<Vec<_>>())) {
                actions.push(json!({"title": "apply all safe fixes", "kind": FIX_ALL, "edit": edit}));
            }
        }
        Ok(actions.into())
    }

    /// Fixes as an edit; `None` when one lies in a file that cannot be edited.
    fn edit(&self, analysis: &Analysis, fixes: &[&Fix]) -> Option<Value> {
        let mut files: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
        for fix in fixes {
            let name = self.file_name(analysis, fix.span.file)?;
            if self.is_shown(&name) {
                return None;
            }
            let edit = TextEdit { range: self.range(analysis, fix.span), new_text: fix.replacement.clone() };
            files.entry(name).or_default().push(edit);
        }
        Some(self.workspace_edit(files))
    }

    /// The diagnostics of a document, for a client that asks for them.
    pub(super) fn pulled(&self, params: &DocumentDiagnosticParams) -> Result<Value, Refused> {
        self.opened(&params.text_document.uri)?;
        let items = self.published.of(&uri::name(&params.text_document.uri));
        Ok(json!({"kind": "full", "items": items}))
    }
}

/// The edits that turn one text into another: the lines that differ.
fn changed(before: &str, after: &str, file: FileId) -> Vec<Fix> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let mut fixes = Vec::new();
    let edit = |start: usize, end: usize, replacement: String| Fix {
        title: String::new(),
        span: Span::new(file, start..end),
        replacement,
        safety: Safety::Safe,
    };
    if old.len() == new.len() {
        let mut start = 0;
        for (one, other) in old.iter().zip(&new) {
            if one != other {
                let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
                let (rest, instead) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
                let tail = rest.chars().rev().zip(instead.chars().rev()).take_while(|(a, b)| a == b);
                let tail: usize = tail.map(|(a, _)| a.len_utf8()).sum();
                let instead = instead.get(..instead.len() - tail).unwrap_or_default();
                fixes.push(edit(start + same, start + one.len() - tail, instead.to_owned()));
            }
            start += one.len();
        }
        return fixes;
    }
    vec![edit(0, before.len(), after.to_owned())]
}
