//! From parsed files to a typed program: names, units, scales and time windows proved right, or diagnostics.

mod age;
mod attribute;
mod bounds;
mod choice;
mod comparison;
mod condition;
mod constant;
mod convert;
mod declarations;
mod definition;
mod division;
mod entries;
mod errors;
mod example;
mod example_values;
mod joined;
mod lint;
mod lost_day;
mod order;
mod predicate;
mod quantity;
mod quantity_data;
mod scale;
mod statements;
mod time;
mod value;

use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use crate::diag::{self, Diagnostic};
use crate::ir::Table;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::ast::{self, StatementKind, UseTarget};
use crate::syntax::{self, Parsed};
use crate::typed::{self, Program};
use crate::units::Unit;
use crate::vocab::{self, AnchorId, FactId, KindId, SHIPPED, Vocabulary};

pub use declarations::resolve_unit;

/// How files named by `use "./site.elig"` are read.
pub trait Loader {
    /// The name to show and the text of the file `path`, named in the file shown as `from`.
    ///
    /// # Errors
    /// What went wrong, in words.
    fn load(&self, from: &str, path: &str) -> Result<(String, String), String>;
}

/// A loader for programs that stand alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _from: &str, _path: &str) -> Result<(String, String), String> {
        Err("files cannot be read here".to_owned())
    }
}

/// What came of checking a file.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The files read: shipped vocabularies first, the file checked is [`Checked::main`].
    pub sources: SourceMap,
    /// The file checked.
    pub main: FileId,
    /// Sorted; the same for the same source.
    pub diagnostics: Vec<Diagnostic>,
    /// The program; `None` when there is an error.
    pub program: Option<Program>,
    /// What was understood where there is an error: the criteria that have a meaning all the same, to be read and for
    /// nothing else.
    pub understood: Option<Program>,
    /// What was declared, even when there are errors.
    pub vocabulary: Arc<Vocabulary>,
}

impl Checked {
    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        diag::has_errors(&self.diagnostics)
    }
}

/// Checks a program that reads no other file than the shipped vocabularies.
pub fn check_text(name: &str, text: &str) -> Checked {
    check_file(name, text, &NoFiles)
}

/// A shipped vocabulary, parsed and declared once in a process.
struct Shipped {
    diagnostics: Vec<Diagnostic>,
    vocabulary: Arc<Vocabulary>,
}

/// Shipped vocabularies take the first file ids of every run, in the order of [`SHIPPED`].
fn shipped(at: usize) -> Option<&'static Shipped> {
    static PARSED: OnceLock<Vec<Shipped>> = OnceLock::new();
    let all = PARSED.get_or_init(|| {
        SHIPPED
            .iter()
            .zip(0..)
            .map(|((_, text), id)| {
                let Parsed { file, mut diagnostics, .. } = syntax::parse(FileId(id), text);
                let vocabulary = declarations::declare(Vocabulary::default(), &[&file], &mut diagnostics);
                Shipped { diagnostics, vocabulary: Arc::new(vocabulary) }
            })
            .collect()
    });
    all.get(at)
}

/// Reads the shipped vocabularies, which otherwise the first check does.
pub fn read_shipped() {
    shipped(0);
}

/// Checks a program; `use "./path"` goes through `loader`.
pub fn check_file(name: &str, text: &str, loader: &dyn Loader) -> Checked {
    let mut sources = SourceMap::new();
    for (shipped, text) in SHIPPED {
        sources.add(format!("{shipped}.elig (shipped)"), *text);
    }
    let main = sources.add(name, text.to_owned());
    let mut gathered = Gathered { sources, files: Vec::new(), diagnostics: Vec::new(), shipped: Vec::new() };
    gathered.read(main, loader, &mut Vec::new());
    let Gathered { sources, files, mut diagnostics, shipped: mut used } = gathered;
    let says_use = files.iter().any(|(_, file)| {
        file.statements.iter().any(|statement| matches!(statement.kind, StatementKind::Use(UseTarget::Shipped(_))))
    });
    if !says_use {
        // Without a word on vocabularies the shipped one serves; a vocabulary file of the author's own stands on it too.
        used.push(0);
    }
    used.sort_unstable();
    used.dedup();
    // The text of a shipped vocabulary, checked as a file of its own, does not stand on itself.
    let own: Vec<&str> = files
        .iter()
        .flat_map(|(_, file)| file.statements.iter())
        .filter_map(|statement| match &statement.kind {
            StatementKind::Vocabulary { name, .. } => Some(name.text.as_str()),
            _ => None,
        })
        .collect();
    used.retain(|id| SHIPPED.get(*id).is_some_and(|(name, _)| !own.contains(name)));
    let mut base = Arc::new(Vocabulary::default());
    for id in used {
        if let Some(shipped) = shipped(id) {
            diagnostics.extend(shipped.diagnostics.iter().cloned());
            base = Arc::clone(&shipped.vocabulary);
        }
    }
    let asts: Vec<&ast::File> = files.iter().map(|(_, file)| file).collect();
    let vocabulary = if asts.iter().flat_map(|file| &file.statements).any(declarations::declares) {
        Arc::new(declarations::declare(Arc::unwrap_or_clone(base), &asts, &mut diagnostics))
    } else {
        base
    };
    let main_file = files.iter().find(|(id, _)| *id == main).map(|(_, file)| file);
    let empty = ast::File::default();
    let mut checker = Checker::new(&sources, vocabulary, diagnostics);
    checker.broken = asts.iter().flat_map(|file| file.broken.iter()).map(|name| name.text.clone()).collect();
    checker.untyped = untyped(&asts, &checker.vocabulary);
    let (program, whole) = checker.program(main, main_file.unwrap_or(&empty), &files);
    let Checker { vocabulary, mut diagnostics, .. } = checker;
    diag::sort(&mut diagnostics);
    diag::suppress::suppress_cascades(&mut diagnostics, &sources);
    diag::fix::keep_apart(&mut diagnostics, &sources);
    let (program, understood) =
        if whole && !diag::has_errors(&diagnostics) { (Some(program), None) } else { (None, Some(program)) };
    Checked { sources, main, diagnostics, program, understood, vocabulary }
}

/// Facts that were declared with a type that is wrong, and stand as yes/no for want of a better.
fn untyped(files: &[&ast::File], vocabulary: &Vocabulary) -> Vec<String> {
    files
        .iter()
        .flat_map(|file| &file.statements)
        .filter_map(|statement| match &statement.kind {
            StatementKind::Fact { name, ty, .. } if !matches!(ty.kind, ast::TypeKind::YesNo) => Some(name),
            _ => None,
        })
        .filter(|name| match vocabulary.symbols.get(&name.text) {
            Some(vocab::Symbol::Fact(id)) => {
                vocabulary.facts.get(*id).is_some_and(|fact| fact.ty == vocab::Type::YesNo)
            }
            _ => false,
        })
        .map(|name| name.text.clone())
        .collect()
}

/// The files of one run, in the order in which their declarations count: used ones before users.
struct Gathered {
    sources: SourceMap,
    files: Vec<(FileId, ast::File)>,
    diagnostics: Vec<Diagnostic>,
    shipped: Vec<usize>,
}

impl Gathered {
    fn read(&mut self, id: FileId, loader: &dyn Loader, open: &mut Vec<String>) {
        let Some(source) = self.sources.get(id) else {
            return;
        };
        let name = source.name.clone();
        let parsed = syntax::parse(id, &source.text);
        self.diagnostics.extend(parsed.diagnostics);
        open.push(name.clone());
        for statement in &parsed.file.statements {
            match &statement.kind {
                StatementKind::Use(UseTarget::Shipped(wanted)) => {
                    match SHIPPED.iter().position(|(name, _)| *name == wanted.text) {
                        Some(at) => self.shipped.push(at),
                        None => self.diagnostics.push(errors::unknown_vocabulary(wanted)),
                    }
                }
                StatementKind::Use(UseTarget::Path(path)) => match loader.load(&name, &path.text) {
                    Ok((shown, _)) if open.contains(&shown) => {
                        self.diagnostics.push(errors::circular_use(path));
                    }
                    Ok((shown, _)) if self.sources.iter().any(|(_, file)| file.name == shown) => {}
                    Ok((shown, text)) => {
                        let used = self.sources.add(shown, text);
                        self.read(used, loader, open);
                    }
                    Err(why) => self.diagnostics.push(errors::unreadable_vocabulary(path, &why)),
                },
                _ => {}
            }
        }
        open.pop();
        self.files.push((id, parsed.file));
    }
}

/// What names mean where an expression stands.
#[derive(Debug, Clone)]
enum Scope {
    /// In a criterion or definition.
    Record,
    /// In the filter of entries of these kinds.
    Entry(Vec<KindId>),
    /// In the filter of results of this fact.
    Result(FactId),
}

/// A definition's type, found when it is first used.
#[derive(Debug, Clone)]
enum Defined {
    /// Being typed now: a use from within is circular.
    Open,
    /// A condition, held in [`Checker::definitions`].
    Condition(typed::DefinitionId),
    /// A quantity, copied to each use.
    Quantity(Box<quantity::Typed>),
    /// Reported already.
    Broken,
}

struct Checker<'a> {
    sources: &'a SourceMap,
    vocabulary: Arc<Vocabulary>,
    diagnostics: Vec<Diagnostic>,
    default_anchor: AnchorId,
    /// The filters around what is being typed, the innermost last.
    filters: Vec<attribute::Filter>,
    defined: HashMap<vocab::DefinitionId, Defined>,
    definitions: Table<typed::DefinitionId, typed::Definition>,
    /// How many tests each of them stands for.
    tests: Table<typed::DefinitionId, u64>,
    /// How deep the tests of each of them are nested.
    depths: Table<typed::DefinitionId, usize>,
    /// Facts whose `else` is being typed, against circles.
    derived: Vec<FactId>,
    /// How many formulas were reported as too large or too deep.
    overgrown: usize,
    /// Facts whose `else` is wrong or came to such a formula: it is not typed again, which may double the work with each fact.
    without_else: HashSet<FactId>,
    /// The anchor that `age at consent` names, while the `else` of `age` is typed.
    computed_at: Option<AnchorId>,
    /// The windows of a computed fact, which its inputs take over.
    inherited: Option<Vec<(ast::Window, Span)>>,
    /// How deep the expression being typed is nested, definitions put in.
    depth: usize,
    /// Names whose declarations did not parse: reported there, so that their uses are not.
    broken: Vec<String>,
    /// Facts whose types did not stand the check: what is asked of them is not judged.
    untyped: Vec<String>,
    /// Units read, by spelling.
    units: HashMap<String, Unit>,
    /// Units of values in examples.
    conversions: example_values::Conversions,
}

impl<'a> Checker<'a> {
    fn new(sources: &'a SourceMap, vocabulary: Arc<Vocabulary>, diagnostics: Vec<Diagnostic>) -> Self {
        Checker {
            sources,
            vocabulary,
            diagnostics,
            default_anchor: AnchorId::default(),
            filters: Vec::new(),
            defined: HashMap::new(),
            definitions: Table::default(),
            tests: Table::default(),
            depths: Table::default(),
            derived: Vec::new(),
            overgrown: 0,
            without_else: HashSet::new(),
            computed_at: None,
            inherited: None,
            depth: 0,
            broken: Vec::new(),
            untyped: Vec::new(),
            units: HashMap::new(),
            conversions: HashMap::new(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a name that means nothing here, unless its declaration has been reported.
    fn report_unknown(&mut self, name: &ast::Name) {
        if !self.broken.contains(&name.text) {
            let diagnostic = errors::unknown_name(&self.vocabulary, self.scope(), name);
            self.report(diagnostic);
        }
    }

    /// The unit of a spelling; one that is none is reported.
    fn unit(&mut self, text: &ast::Unit) -> Option<Unit> {
        if let Some(unit) = self.units.get(&text.text) {
            return Some(unit.clone());
        }
        match resolve_unit(&self.vocabulary, text) {
            Ok(unit) => {
                self.units.insert(text.text.clone(), unit.clone());
                Some(unit)
            }
            Err(diagnostic) => {
                self.report(*diagnostic);
                None
            }
        }
    }

    fn as_written(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    /// What stands in `span` before `part` of it.
    fn written_before(&self, span: Span, part: Span) -> &'a str {
        let start = span.range().start;
        self.as_written(Span::new(span.file, start..part.range().start.max(start)))
    }
}
