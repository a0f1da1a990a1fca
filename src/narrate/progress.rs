//! A typed program in, how far its encoding has come out.

use crate::ir::Polarity;
use crate::source::Span;
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Condition, ConditionKind, Program, Test};

/// How far one criterion is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Data alone decide it.
    Encoded,
    /// Data and a person's judgement decide it together.
    PartlyJudged,
    /// A person's judgement alone decides it.
    Judged,
    /// Some of it is not encoded.
    PartlyTodo,
    /// Nothing of it is encoded.
    Todo,
}

impl State {
    /// Every state, from done to not begun.
    pub const ALL: [State; 5] = [State::Encoded, State::PartlyJudged, State::Judged, State::PartlyTodo, State::Todo];

    /// The word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            State::Encoded => "encoded",
            State::PartlyJudged => "partly judged",
            State::Judged => "judged",
            State::PartlyTodo => "partly to do",
            State::Todo => "to do",
        }
    }
}

/// A `todo` of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// The criterion's number.
    pub id: String,
    /// What is to be encoded.
    pub text: String,
    /// Where it is written.
    pub span: Span,
}

/// How far a trial is encoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// Each criterion's number, side and state, in source order.
    pub criteria: Vec<(String, Polarity, State)>,
    /// What is to be encoded, in source order.
    pub todos: Vec<Todo>,
    /// Why the criteria are not all that the protocol has.
    pub incomplete: Option<String>,
    /// Notes.
    pub notes: usize,
}

impl Progress {
    /// How many criteria are in a state.
    pub fn count(&self, state: State) -> usize {
        self.criteria.iter().filter(|(_, _, own)| *own == state).count()
    }
}

/// How far a trial is encoded.
pub fn progress(program: &Program) -> Progress {
    let mut progress = Progress {
        incomplete: program.trial.incomplete.as_ref().map(|incomplete| incomplete.why.clone()),
        notes: program.notes.len(),
        ..Progress::default()
    };
    for criterion in &program.criteria {
        let mut met = Met {
            definitions: Definitions::new(&program.definitions),
            todos: Vec::new(),
            judged: false,
            tested: false,
        };
        met.condition(&criterion.condition);
        let state = match (!met.todos.is_empty(), met.judged, met.tested) {
            (true, false, false) => State::Todo,
            (true, _, _) => State::PartlyTodo,
            (false, true, false) => State::Judged,
            (false, true, true) => State::PartlyJudged,
            (false, false, _) => State::Encoded,
        };
        let todos = met.todos.into_iter();
        progress.todos.extend(todos.map(|(text, span)| Todo { id: criterion.id.clone(), text: text.to_owned(), span }));
        progress.criteria.push((criterion.id.clone(), criterion.polarity, state));
    }
    progress
}

/// The tests of a criterion, by what decides them.
struct Met<'p> {
    definitions: Definitions<'p>,
    todos: Vec<(&'p str, Span)>,
    judged: bool,
    tested: bool,
}

impl<'p> Visit<'p> for Met<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn condition(&mut self, condition: &'p Condition) {
        if let ConditionKind::Test(test) = &condition.kind {
            match test {
                Test::Todo { text } => self.todos.push((text, condition.span)),
                Test::Judged { .. } => self.judged = true,
                Test::Compare { .. }
                | Test::Stretch { .. }
                | Test::IsOneOf { .. }
                | Test::IsYes { .. }
                | Test::Entries { .. }
                | Test::Course { .. }
                | Test::Window { .. } => self.tested = true,
            }
        }
        visit::walk_condition(self, condition);
    }
}
