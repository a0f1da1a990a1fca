//! Names over all files: where they are declared and used, and new names for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lsp_server::ErrorCode;
use lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams, Location, ReferenceParams,
    RenameParams, TextDocumentPositionParams, TextEdit,
};
use serde_json::{Value, json};

use super::{Server, answered};
use crate::ide::{Place, Target, View};
use crate::lsp::analysis::{self, Analysis};
use crate::lsp::server::{Refused, refused};
use crate::source::{FileId, Span};
use crate::vocab::SHIPPED;

/// A place in a file of a check.
struct LocatedName {
    analysis: Arc<Analysis>,
    span: Span,
    declares: bool,
}

impl Server {
    /// What the word at a position means, in the last check of its document.
    fn meant(&self, at: &TextDocumentPositionParams) -> Result<Option<(Arc<Analysis>, Place)>, Refused> {
        let document = self.opened(&at.text_document.uri)?;
        let Some(analysis) = document.analysis.clone() else {
            return Ok(None);
        };
        let (text, lines) = (&analysis.text.text, &analysis.text.lines);
        let place =
            View::new(text, &analysis.checked.vocabulary).place(lines.offset(text, at.position, self.client.encoding));
        Ok(place.map(|place| (analysis, place)))
    }

    /// Where the name at a position is declared.
    pub(super) fn definition(&self, params: &GotoDefinitionParams) -> Result<Value, Refused> {
        let Some((analysis, place)) = self.meant(&params.text_document_position_params)? else {
            return Ok(Value::Null);
        };
        let span = declared(&analysis, &place.target).or_else(|| {
            let view = analysis.view();
            let declared = view.same(&place.target).into_iter().find(|place| place.declares)?;
            Some(Span::new(analysis.checked.main, declared.range))
        });
        answered(span.and_then(|span| self.location(&analysis, span)))
    }

    /// Every place where the name at a position is used.
    pub(super) fn references(&self, params: &ReferenceParams) -> Result<Value, Refused> {
        let Some((analysis, place)) = self.meant(&params.text_document_position)? else {
            return answered(Vec::<Location>::new());
        };
        let wanted = params.context.include_declaration;
        let found = self.everywhere(&analysis, &place.target);
        let locations: Vec<Location> = found
            .into_iter()
            .filter(|found| wanted || !found.declares)
            .filter_map(|found| self.location(&found.analysis, found.span))
            .collect();
        answered(locations)
    }

    /// The places of the same document that mean the same.
    pub(super) fn highlights(&self, params: &DocumentHighlightParams) -> Result<Value, Refused> {
        let Some((analysis, place)) = self.meant(&params.text_document_position_params)? else {
            return Ok(Value::Null);
        };
        let view = analysis.view();
        let highlights: Vec<DocumentHighlight> = view
            .same(&place.target)
            .into_iter()
            .map(|place| DocumentHighlight {
                range: self.range(&analysis, Span::new(analysis.checked.main, place.range)),
                kind: Some(if place.declares { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ }),
            })
            .collect();
        answered(highlights)
    }

    /// The name at a position, if it can be given another.
    pub(super) fn prepare_rename(&self, at: &TextDocumentPositionParams) -> Result<Value, Refused> {
        let Some((analysis, place)) = self.meant(at)? else {
            return Err(refused(ErrorCode::RequestFailed, "there is no name here"));
        };
        let view = analysis.view();
        let failed = |message: String| refused(ErrorCode::RequestFailed, message);
        let old = analysis.text.text.get(place.range.clone()).unwrap_or_default().to_owned();
        if !matches!(
            place.target,
            Target::Symbol(_) | Target::Attribute(..) | Target::Criterion(_) | Target::Example(_)
        ) {
            view.rename(&place.target, "x").map_err(failed)?;
        }
        self.may_rename(&analysis, &place.target).map_err(failed)?;
        let range = self.range(&analysis, Span::new(analysis.checked.main, place.range));
        Ok(json!({"range": range, "placeholder": old}))
    }

    /// A new name for the one at a position, everywhere.
    pub(super) fn rename(&self, params: &RenameParams) -> Result<Value, Refused> {
        let Some((analysis, place)) = self.meant(&params.text_document_position)? else {
            return Err(refused(ErrorCode::RequestFailed, "there is no name here"));
        };
        let failed = |message: String| refused(ErrorCode::RequestFailed, message);
        let name = params.new_name.trim();
        self.may_rename(&analysis, &place.target).map_err(failed)?;
        let view = analysis.view();
        view.rename(&place.target, name).map_err(failed)?;
        let mut files: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
        for found in self.everywhere(&analysis, &place.target) {
            if let Some(file) = self.file_name(&found.analysis, found.span.file) {
                let clash = found.analysis.view();
                if matches!(place.target, Target::Symbol(_)) {
                    clash.rename(&place.target, name).map_err(|why| failed(format!("in {}: {why}", short(&file))))?;
                }
                let edit = TextEdit { range: self.range(&found.analysis, found.span), new_text: name.to_owned() };
                files.entry(file).or_default().push(edit);
            }
        }
        Ok(self.workspace_edit(files))
    }

    fn may_rename(&self, analysis: &Analysis, target: &Target) -> Result<(), String> {
        let sources = &analysis.checked.sources;
        if let Some(span) = declared(analysis, target) {
            let name = match target {
                Target::Attribute(name, _) => name.clone(),
                _ => sources.slice(span).to_owned(),
            };
            if (span.file.0 as usize) < SHIPPED.len() {
                return Err(format!("`{name}` is declared in the shipped vocabulary and cannot be given another name"));
            }
            if sources.slice(span) != name {
                return Err(format!("every drug has `{name}`; it cannot be given another name"));
            }
        }
        let main = sources.get(analysis.checked.main).map_or("", |file| file.name.as_str());
        if self.is_shown(main) { Err("this file is for reading".to_owned()) } else { Ok(()) }
    }

    /// Every place that means `target` in any program, each once, in the order of files and places.
    fn everywhere(&self, analysis: &Arc<Analysis>, target: &Target) -> Vec<LocatedName> {
        let home = declared(analysis, target);
        let home_name = home.and_then(|span| self.file_name(analysis, span.file));
        let mut found: BTreeMap<(String, u32), LocatedName> = BTreeMap::new();
        let mut programs = vec![Arc::clone(analysis)];
        if home.is_some() {
            programs.extend(self.programs());
        }
        for program in programs {
            let Some(target) = self.translated(analysis, target, home, &program) else {
                continue;
            };
            let used: Vec<FileId> = match home {
                Some(_) => program
                    .checked
                    .sources
                    .iter()
                    .map(|(id, _)| id)
                    .filter(|id| id.0 as usize >= SHIPPED.len())
                    .collect(),
                // A criterion and an example are known in their own file alone.
                None => vec![program.checked.main],
            };
            for file in used {
                let Some((text, name)) = program
                    .checked
                    .sources
                    .get(file)
                    .map(|source| source.text.as_ref())
                    .zip(self.file_name(&program, file))
                else {
                    continue;
                };
                let view = if file == program.checked.main {
                    program.view()
                } else {
                    View::new(text, &program.checked.vocabulary)
                };
                for place in view.same(&target) {
                    let span = Span::new(file, place.range);
                    let declares = place.declares
                        || home.is_some_and(|home| home_name.as_ref() == Some(&name) && home.range() == span.range());
                    let item = LocatedName { analysis: Arc::clone(&program), span, declares };
                    found.entry((name.clone(), span.start)).or_insert(item);
                }
            }
        }
        found.into_values().collect()
    }

    /// The same target in another program, if that reads the file it is declared in.
    fn translated(&self, from: &Analysis, target: &Target, home: Option<Span>, to: &Analysis) -> Option<Target> {
        let Some(home) = home else {
            return Some(target.clone());
        };
        let place = (self.file_name(from, home.file)?, home.range());
        let same = |span: Span| self.file_name(to, span.file).map(|name| (name, span.range())) == Some(place.clone());
        match target {
            Target::Symbol(symbol) => {
                let name = View::new("", &from.checked.vocabulary).name(*symbol)?.to_owned();
                let symbol = *to.checked.vocabulary.symbols.get(&name)?;
                same(to.checked.vocabulary.span(symbol)?).then_some(Target::Symbol(symbol))
            }
            Target::Attribute(name, _) => {
                let facts = to.checked.vocabulary.facts.iter().flat_map(|fact| &fact.attributes);
                let kinds = to.checked.vocabulary.kinds.iter().flat_map(|kind| &kind.attributes);
                let attribute = facts.chain(kinds).find(|known| known.name == *name && same(known.span))?;
                Some(Target::Attribute(name.clone(), attribute.span))
            }
            Target::Value(_) | Target::Criterion(_) | Target::Example(_) | Target::Unit(_) | Target::Word(_) => {
                Some(target.clone())
            }
        }
    }

    /// Every program known: those open, and those of the folders open in the editor.
    pub(super) fn programs(&self) -> Vec<Arc<Analysis>> {
        let mut programs: Vec<Arc<Analysis>> =
            self.documents.values().filter_map(|document| document.analysis.clone()).collect();
        let texts = self.documents.iter().map(|(name, document)| (name.clone(), document.text.clone())).collect();
        let files: BTreeSet<_> = self.client.folders.iter().flat_map(|folder| (self.options.find)(folder)).collect();
        programs.extend(
            files
                .into_iter()
                .filter(|path| !self.documents.contains_key(&path.display().to_string()))
                .take(MAX_FILES)
                .filter_map(|path| analysis::of_file(&path, &texts, self.options.read))
                .map(Arc::new),
        );
        programs
    }
}

/// The most files of a folder that are looked through.
const MAX_FILES: usize = 1_000;

/// Where a target is declared, when that may be another file.
fn declared(analysis: &Analysis, target: &Target) -> Option<Span> {
    match target {
        Target::Symbol(symbol) => analysis.checked.vocabulary.span(*symbol),
        Target::Attribute(_, span) => Some(*span),
        Target::Value(_) | Target::Criterion(_) | Target::Example(_) | Target::Unit(_) | Target::Word(_) => None,
    }
}

fn short(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
