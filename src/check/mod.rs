//! From resolved files to a typed program: names, units, scales and time windows proved right, or diagnostics.

mod age;
mod assertions;
mod attribute;
mod bounds;
mod comparison;
mod condition;
mod constant;
mod conversions;
mod convert;
mod course;
mod definition;
mod division;
mod doses;
mod elided;
mod entries;
mod env;
mod errors;
mod example;
mod example_values;
mod formula;
mod infeasible_windows;
mod joined;
mod limits;
mod planned;
mod predicate;
mod quantity;
mod quantity_data;
mod results;
mod stage;
mod statements;
mod term;
mod time;
mod value;

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use self::env::Env;
use crate::diag::Diagnostic;
use crate::ir::{ResultAge, Table};
use crate::resolve::{Resolved, resolve_unit};
use crate::source::{SourceMap, Span};
use crate::syntax::ast;
use crate::typed::{self, Program};
use crate::units::Unit;
use crate::vocab::{self, AnchorId, FactId, Vocabulary};

/// What a program means.
#[derive(Debug)]
pub struct Typed {
    /// The criteria that have a meaning, and all else that was understood.
    pub program: Program,
    /// Whether those are all criteria.
    pub whole: bool,
    /// Errors, and warnings about a part that typing itself finds.
    pub diagnostics: Vec<Diagnostic>,
}

/// Types every statement of the file checked, and the definitions of every file that is not shipped.
pub fn check(resolved: &Resolved) -> Typed {
    let empty = ast::File::default();
    let mut checker = Checker::new(resolved);
    let (program, whole) = checker.program(resolved.main, resolved.main_file().unwrap_or(&empty), &resolved.files);
    Typed { program, whole, diagnostics: checker.diagnostics }
}

/// A definition's type, found when it is first used.
#[derive(Debug, Clone)]
enum Defined {
    /// Being typed now: a use from within is circular.
    Open,
    /// A condition, held in [`Checker::definitions`].
    Condition(typed::DefinitionId),
    /// A quantity, copied to each use.
    Quantity(Box<term::Typed>),
    /// Reported already.
    Broken,
}

struct Checker<'a> {
    sources: &'a SourceMap,
    vocabulary: Arc<Vocabulary>,
    diagnostics: Vec<Diagnostic>,
    default_anchor: AnchorId,
    /// How old a result may be that is read without a window, as the trial says.
    results: Option<ResultAge>,
    defined: HashMap<vocab::DefinitionId, Defined>,
    definitions: Table<typed::DefinitionId, typed::Definition>,
    /// How many tests each of them means.
    tests: Table<typed::DefinitionId, u64>,
    /// How deep the tests of each of them are nested.
    depths: Table<typed::DefinitionId, usize>,
    /// How many formulas were reported as too large or too deep.
    overgrown: usize,
    /// Facts whose `else` is wrong or came to such a formula: it is not typed again, which may double the work with each fact.
    without_else: HashSet<FactId>,
    /// Names whose declarations did not parse: reported there, so that their uses are not.
    broken: &'a [String],
    /// Facts whose types did not stand the check: tests on them are not judged.
    untyped: &'a [String],
    /// Units read, by spelling.
    units: HashMap<String, Unit>,
    /// Units of values in examples.
    conversions: conversions::Conversions,
}

impl<'a> Checker<'a> {
    fn new(resolved: &'a Resolved) -> Self {
        Checker {
            sources: &resolved.sources,
            vocabulary: Arc::clone(&resolved.vocabulary),
            diagnostics: Vec::new(),
            default_anchor: AnchorId::default(),
            results: None,
            defined: HashMap::new(),
            definitions: Table::default(),
            tests: Table::default(),
            depths: Table::default(),
            overgrown: 0,
            without_else: HashSet::new(),
            broken: &resolved.broken,
            untyped: &resolved.untyped,
            units: HashMap::new(),
            conversions: HashMap::new(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a name that means nothing here, unless its declaration has been reported.
    fn report_unknown(&mut self, env: Env<'_>, name: &ast::Name) {
        if !self.broken.contains(&name.text) {
            let diagnostic = errors::unknown_name(&self.vocabulary, env.scope(), name);
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

    /// What is in `span` before `part` of it.
    fn written_before(&self, span: Span, part: Span) -> &'a str {
        let start = span.range().start;
        self.as_written(Span::new(span.file, start..part.range().start.max(start)))
    }
}
