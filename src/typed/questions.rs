//! What people are asked: every question of some criteria.

use foldhash::{HashSet, HashSetExt};

use super::visit::{self, Definitions, Visit};
use super::{Criterion, Definition, DefinitionId, Judgement, Test};
use crate::ir::Table;

/// What a person is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'p> {
    /// The id of the first criterion that asks it, with `#2` for that criterion's second question.
    pub id: String,
    /// The question.
    pub text: &'p str,
    /// Who answers.
    pub by: &'p str,
}

/// Every question of some criteria, in source order, each once; the same words about the same role are one question.
pub fn questions<'p>(criteria: &'p [Criterion], definitions: &'p Table<DefinitionId, Definition>) -> Vec<Question<'p>> {
    let mut asked = Asked {
        definitions: Definitions::new(definitions),
        list: Vec::new(),
        known: HashSet::new(),
        criterion: "",
        count: 0,
    };
    for criterion in criteria {
        (asked.criterion, asked.count) = (&criterion.id, 0);
        asked.condition(&criterion.condition);
    }
    asked.list
}

struct Asked<'p> {
    definitions: Definitions<'p>,
    list: Vec<Question<'p>>,
    /// The text and the role of each.
    known: HashSet<(&'p str, &'p str)>,
    /// The criterion that asks now, and how many questions were its own.
    criterion: &'p str,
    count: usize,
}

impl<'p> Visit<'p> for Asked<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    // A filter asks nothing of its own, but it may name a condition that does.
    fn test(&mut self, test: &'p Test) {
        visit::walk_test(self, test);
        let Test::Judged { question: Judgement { text, by } } = test else {
            return;
        };
        if !self.known.insert((text, by)) {
            return;
        }
        self.count += 1;
        let id = if self.count == 1 { self.criterion.to_owned() } else { format!("{}#{}", self.criterion, self.count) };
        self.list.push(Question { id, text, by });
    }
}
