//! From a typed program to its decision tree.
//!
//! A condition is compiled under three continuations, one for each answer, so that `and`, `or`, `not` and counting turn
//! into branches. Equal tests and equal nodes are shared; a condition met again under the same continuations is not
//! compiled again. In a criterion every inner condition meets at most a handful of different continuations, so that the
//! tree grows with the program, not with the number of paths through it.

mod checks;
mod continuations;
mod record;
mod remove_unreachable;

use foldhash::{HashMap, HashMapExt};

use crate::ir::{INCOMPLETE, Id, Polarity, Table};
use crate::source::{SourceMap, Span};
use crate::tree::{AnchorId, Branch, Criterion, DecisionTree, Leaf, Node, Note, Question, QuestionId, Test};
use crate::typed::{self, Incomplete, Program};
pub use continuations::anchor;
use continuations::{Continuations, Lowering};
use remove_unreachable::sweep;

/// The decision tree of a program; `sources` gives files and lines.
pub fn lower(program: &Program, sources: &SourceMap) -> DecisionTree {
    lower_with(program, sources, WhichChecks::OfCriteria)
}

/// Which edit checks a tree has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichChecks {
    /// Those that share a name with the criteria: what is in conflict by any other changes no verdict.
    OfCriteria,
    /// All, for a list of queries.
    All,
}

/// The decision tree of a program, with the edit checks wanted.
pub fn lower_with(program: &Program, sources: &SourceMap, which: WhichChecks) -> DecisionTree {
    let questions = typed::questions(&program.criteria, &program.definitions);
    let mut lowering = Lowering {
        program,
        question_ids: questions
            .iter()
            .enumerate()
            .map(|(place, question)| ((question.text, question.by), QuestionId::new(place)))
            .collect(),
        questions: questions
            .into_iter()
            .map(|question| Question { id: question.id, text: question.text.to_owned(), by: question.by.to_owned() })
            .collect(),
        facts: Table::default(),
        kinds: Table::default(),
        tests: Table::default(),
        test_ids: HashMap::new(),
        built: HashMap::new(),
        nodes: Table::default(),
        node_ids: HashMap::new(),
        compiled: HashMap::new(),
    };
    let place = |span: Span| {
        let path = sources.get(span.file).map_or("", |file| file.name.as_str());
        // The name alone: one source has one tree, from wherever and however its path was typed.
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        (name.to_owned(), sources.line_column(span).line)
    };
    let incomplete = program.trial.incomplete.as_ref().map(|incomplete| lowering.incomplete(incomplete, place));
    let stated = program
        .criteria
        .iter()
        .map(|criterion| {
            let (yes, no) = match criterion.polarity {
                Polarity::Require => (Leaf::Pass, Leaf::Fail),
                Polarity::Exclude => (Leaf::Fail, Leaf::Pass),
            };
            let ends =
                Continuations { yes: Branch::Leaf(yes), no: Branch::Leaf(no), unknown: Branch::Leaf(Leaf::Unknown) };
            Criterion {
                id: criterion.id.clone(),
                polarity: criterion.polarity,
                text: criterion.text.clone(),
                statement: criterion.statement.clone(),
                stage: anchor(criterion.stage),
                root: lowering.condition(&criterion.condition, ends),
                source: place(criterion.span),
            }
        })
        .collect::<Vec<_>>();
    let criteria = incomplete.into_iter().chain(stated).collect();
    let notes = program
        .notes
        .iter()
        .map(|note| Note { id: note.id.clone(), text: note.text.clone(), source: place(note.span) })
        .collect();
    let read = lowering.read();
    let checks = lowering.checks(&read, which, place);
    let mut tree = lowering.finish(criteria, checks, &read, notes);
    sweep(&mut tree);
    tree
}

impl<'p> Lowering<'p> {
    /// What is not among the criteria is one more of them, always unknown and of the first stage: whatever reads the tree
    /// can call no patient eligible, at no stage.
    pub(super) fn incomplete(&mut self, incomplete: &Incomplete, place: impl Fn(Span) -> (String, u32)) -> Criterion {
        let test = self.shared(Test::Todo { text: incomplete.why.clone() });
        let (yes, no, unknown) = (Branch::Leaf(Leaf::Pass), Branch::Leaf(Leaf::Fail), Branch::Leaf(Leaf::Unknown));
        let why = incomplete.why.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        Criterion {
            id: INCOMPLETE.to_owned(),
            polarity: Polarity::Require,
            text: None,
            statement: format!("incomplete \"{why}\""),
            stage: AnchorId::default(),
            root: self.node(Node { test, yes, no, unknown }),
            source: place(incomplete.span),
        }
    }
}
