//! Vocabularies that are at hand by name, as those shipped in the binary are; which of them a program uses, and what several
//! of them declare together.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use foldhash::{HashMap, HashMapExt};

use super::{declarations, errors};
use crate::diag::Diagnostic;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Statement, StatementKind};
use crate::syntax::packed::unpack;
use crate::syntax::visit_mut::without_places;
use crate::syntax::{self, Parsed};
use crate::vocab::{self, SHIPPED, Vocabulary};

/// Vocabularies that `use NAME` names. Their texts take the first file ids of every run.
#[derive(Debug)]
pub struct Library {
    texts: Vec<(&'static str, &'static str)>,
    parsed: OnceLock<Vec<(ast::File, Vec<Diagnostic>)>>,
    /// What each set of them declares, by their places in `texts`; found once in a process.
    merged: Mutex<HashMap<Vec<usize>, Arc<Merged>>>,
}

/// What some vocabularies declare together.
#[derive(Debug)]
struct Merged {
    vocabulary: Arc<Vocabulary>,
    diagnostics: Vec<Diagnostic>,
    clashes: Vec<Clash>,
}

/// A name that two vocabularies declare in different ways.
#[derive(Debug)]
struct Clash {
    name: String,
    of: (usize, usize),
    places: (Span, Span),
}

impl Library {
    /// Vocabularies by name and text. The first is used where a program does not say which.
    pub fn new(texts: &[(&'static str, &'static str)]) -> Library {
        Library { texts: texts.to_vec(), parsed: OnceLock::new(), merged: Mutex::new(HashMap::new()) }
    }

    /// The vocabularies shipped in the binary.
    pub fn shipped() -> &'static Library {
        static LIBRARY: OnceLock<Library> = OnceLock::new();
        LIBRARY.get_or_init(|| Library::new(SHIPPED))
    }

    /// Reads the first vocabulary, which otherwise the first check does.
    pub fn read(&self) {
        self.merged(&[0]);
    }

    pub(super) fn texts(&self) -> &[(&'static str, &'static str)] {
        &self.texts
    }

    pub(super) fn names(&self) -> Vec<&'static str> {
        self.texts.iter().map(|(name, _)| *name).collect()
    }

    /// What the vocabularies that a program uses declare; `used` are their places in the library and where the program
    /// names them.
    pub(super) fn base(
        &self,
        files: &[(FileId, ast::File)],
        used: &[(usize, Span)],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<Vocabulary> {
        let mut ids: Vec<usize> = used.iter().map(|(id, _)| *id).collect();
        let statements = || files.iter().flat_map(|(_, file)| file.statements.iter());
        let says_use = |statement: &Statement| matches!(statement.kind, StatementKind::Use(ast::UseTarget::Shipped(_)));
        if !statements().any(says_use) {
            // Without a word on vocabularies the first one serves; a vocabulary file of the author's own extends it too.
            ids.push(0);
        }
        ids.sort_unstable();
        ids.dedup();
        // The text of a shipped vocabulary, checked as a file of its own, is not added to itself.
        let own: Vec<&str> = statements()
            .filter_map(|statement| match &statement.kind {
                StatementKind::Vocabulary { name, .. } => Some(name.text.as_str()),
                _ => None,
            })
            .collect();
        ids.retain(|id| self.texts.get(*id).is_some_and(|(name, _)| !own.contains(name)));
        let merged = self.merged(&ids);
        diagnostics.extend(merged.diagnostics.iter().cloned());
        let name = |id: usize| self.texts.get(id).map_or("", |(name, _)| name);
        let place = |id: usize| used.iter().find(|(other, _)| *other == id).map(|(_, span)| *span);
        for Clash { name: clashing, of, places } in &merged.clashes {
            let at = place(of.1).max(place(of.0)).unwrap_or(places.1);
            diagnostics.push(errors::vocabularies_clash(at, clashing, (name(of.0), name(of.1)), *places));
        }
        Arc::clone(&merged.vocabulary)
    }

    fn parsed(&self) -> &[(ast::File, Vec<Diagnostic>)] {
        let read = |(text, id): (&str, FileId)| match vocab::PARSED.iter().find_map(|parsed| unpack(parsed, text, id)) {
            Some(file) => (file, Vec::new()),
            None => {
                let Parsed { file, diagnostics, .. } = syntax::parse(id, text);
                (file, diagnostics)
            }
        };
        self.parsed.get_or_init(|| self.texts.iter().zip(0..).map(|((_, text), id)| read((text, FileId(id)))).collect())
    }

    fn merged(&self, ids: &[usize]) -> Arc<Merged> {
        let known = |known: &HashMap<Vec<usize>, Arc<Merged>>| known.get(ids).map(Arc::clone);
        if let Some(merged) = known(&self.merged.lock().unwrap_or_else(PoisonError::into_inner)) {
            return merged;
        }
        let merged = Arc::new(self.merge(ids));
        let mut all = self.merged.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(ids.to_vec()).or_insert(merged))
    }

    /// Declares one vocabulary on top of the other. A name that an earlier one declares in the same way is declared once.
    fn merge(&self, ids: &[usize]) -> Merged {
        let mut merged = Merged { vocabulary: Arc::default(), diagnostics: Vec::new(), clashes: Vec::new() };
        if let [only] = ids
            && let Some((file, diagnostics)) = self.parsed().get(*only)
        {
            merged.diagnostics.extend(diagnostics.iter().cloned());
            merged.vocabulary =
                Arc::new(declarations::declare(Vocabulary::default(), &[file], &mut merged.diagnostics));
            return merged;
        }
        let mut declared: HashMap<&str, (usize, &Statement, Span)> = HashMap::new();
        let mut vocabulary = Vocabulary::default();
        for id in ids {
            let Some((file, diagnostics)) = self.parsed().get(*id) else { continue };
            merged.diagnostics.extend(diagnostics.iter().cloned());
            let mut added = ast::File { broken: file.broken.clone(), ..ast::File::default() };
            for statement in &file.statements {
                let Some((name, span)) = declares(statement) else {
                    added.statements.push(statement.clone());
                    continue;
                };
                match declared.get(name) {
                    // What one vocabulary itself declares twice is told as in any file.
                    Some((of, earlier, place)) if of != id => {
                        if !same(earlier, statement) {
                            let (of, places) = ((*of, *id), (*place, span));
                            merged.clashes.push(Clash { name: name.to_owned(), of, places });
                        }
                    }
                    _ => {
                        declared.insert(name, (*id, statement, span));
                        added.statements.push(statement.clone());
                    }
                }
            }
            vocabulary = declarations::declare(vocabulary, &[&added], &mut merged.diagnostics);
        }
        merged.vocabulary = Arc::new(vocabulary);
        merged
    }
}

/// The name or spelling that a statement declares.
fn declares(statement: &Statement) -> Option<(&str, Span)> {
    match &statement.kind {
        StatementKind::Fact { name, .. }
        | StatementKind::Kind { name, .. }
        | StatementKind::Group { name, .. }
        | StatementKind::Define { name, .. }
        | StatementKind::Anchor { name, .. } => Some((&name.text, name.span)),
        StatementKind::Unit { spelling, .. } => Some((&spelling.text, spelling.span)),
        StatementKind::Extend { .. }
        | StatementKind::ExtendGroup { .. }
        | StatementKind::Trial(_)
        | StatementKind::Vocabulary { .. }
        | StatementKind::Use(_)
        | StatementKind::Criterion { .. }
        | StatementKind::Assert { .. }
        | StatementKind::Note { .. }
        | StatementKind::Example(_) => None,
    }
}

/// Whether two statements declare the same; their texts for people may differ.
fn same(one: &Statement, other: &Statement) -> bool {
    let bare = |statement: &Statement| Statement { doc: None, ..without_places(statement) };
    bare(one) == bare(other)
}
