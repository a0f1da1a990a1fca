//! The diagnostics that checks found, and those that the client has been told.

use std::collections::{BTreeMap, HashMap};

use lsp_types::Diagnostic;

/// What was found and told.
#[derive(Debug, Default)]
pub(super) struct Published {
    /// By the program whose check found them, then by the file they are in.
    pub found: HashMap<String, BTreeMap<String, Vec<Diagnostic>>>,
    /// By file, as last told.
    pub told: HashMap<String, Vec<Diagnostic>>,
}

impl Published {
    /// All that is found in a file, each once, in the order of the text.
    pub fn of(&self, file: &str) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = Vec::new();
        // What a file's own check finds is before what its users find in it.
        let own = self.found.get(file).and_then(|files| files.get(file));
        let mut programs: Vec<&String> = self.found.keys().filter(|program| *program != file).collect();
        programs.sort_unstable();
        let others = programs.into_iter().filter_map(|program| self.found.get(program)?.get(file));
        for diagnostic in own.into_iter().chain(others).flatten() {
            let same = |other: &Diagnostic| {
                other.range == diagnostic.range && other.code == diagnostic.code && other.message == diagnostic.message
            };
            if !all.iter().any(same) {
                all.push(diagnostic.clone());
            }
        }
        all.sort_by_key(|diagnostic| (diagnostic.range.start, diagnostic.range.end));
        all
    }
}
