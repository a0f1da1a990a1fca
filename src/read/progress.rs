//! A typed program in, how far its encoding has come out.

use super::visit::{self, Seen};
use crate::source::Span;
use crate::syntax::ast::Polarity;
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
    let mut progress = Progress { notes: program.notes.len(), ..Progress::default() };
    for criterion in &program.criteria {
        let (mut tests, mut judged) = (0_usize, 0_usize);
        let before = progress.todos.len();
        visit::conditions(program, &criterion.condition, &mut |seen| {
            let Seen::Condition(Condition { span, kind: ConditionKind::Test(test) }) = seen else {
                return;
            };
            match test {
                Test::Todo(text) => {
                    progress.todos.push(Todo { id: criterion.id.clone(), text: text.clone(), span: *span });
                }
                Test::Judged { .. } => judged += 1,
                Test::Compare { .. }
                | Test::Among { .. }
                | Test::IsYes(_)
                | Test::Entries { .. }
                | Test::Window { .. } => tests += 1,
            }
        });
        let state = match (progress.todos.len() > before, judged > 0, tests > 0) {
            (true, false, false) => State::Todo,
            (true, _, _) => State::PartlyTodo,
            (false, true, false) => State::Judged,
            (false, true, true) => State::PartlyJudged,
            (false, false, _) => State::Encoded,
        };
        progress.criteria.push((criterion.id.clone(), criterion.polarity, state));
    }
    progress
}
