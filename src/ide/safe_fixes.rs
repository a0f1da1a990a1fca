//! A text with its safe edits made: those that keep the meaning, and were checked again to have done so.

use std::collections::HashMap;

use crate::diag::{Fix, Mistake, Severity, fix};
use crate::driver::{Checked, check_file};
use crate::lower::lower;
use crate::resolve::Loader;
use crate::source::Span;
use crate::tree::DecisionTree;
use crate::typed::{Criterion, Program, TrialInfo};

/// An edit may bring out another; this many rounds are made at most.
const ROUNDS: usize = 32;
/// So often a text is checked at most while the edits are told apart that do what they say.
const MAX_CHECKS: usize = 400;

/// A text with its safe edits made.
#[derive(Debug)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// How many edits were made.
    pub edits: usize,
    /// How many were not, since the text would not have been better for them.
    pub left_out: usize,
    /// What is left to be said of the text, its warnings as they are.
    pub checked: Checked,
}

/// Makes the safe edits of a text: each leaves fewer findings and no new error, and every criterion that was right before
/// has the same tree behind it.
pub fn repair(name: &str, text: &str, loader: &dyn Loader) -> Repaired {
    let checked = check_file(name, text, loader);
    let rights = HashMap::new();
    let mut mending = Mending { name, loader, text: text.to_owned(), rights, checked, edits: 0, checks: 0 };
    let mut left_out = 0;
    if !fix::safe(&mending.checked.diagnostics, mending.checked.main).is_empty() {
        mending.rights = rights_of(&mending.checked);
    }
    for _ in 0..ROUNDS {
        let safe = fix::safe(&mending.checked.diagnostics, mending.checked.main);
        let chosen: Vec<Fix> = fix::chosen(&mending.text, &safe).into_iter().cloned().collect();
        let before = mending.edits;
        mending.make(&chosen);
        left_out = chosen.len() - (mending.edits - before);
        if mending.edits == before {
            break;
        }
    }
    let Mending { text, edits, checked, .. } = mending;
    Repaired { text, edits, left_out, checked }
}

struct Mending<'l> {
    name: &'l str,
    loader: &'l dyn Loader,
    text: String,
    /// The tree of each criterion that is right, by its number.
    rights: HashMap<String, DecisionTree>,
    checked: Checked,
    edits: usize,
    checks: usize,
}

impl Mending<'_> {
    /// Makes those of the edits, sorted and apart from each other, that are good together or in part.
    fn make(&mut self, fixes: &[Fix]) {
        if fixes.is_empty() || self.checks >= MAX_CHECKS {
            return;
        }
        self.checks += 1;
        let next = fix::apply(&self.text, fixes);
        let checked = check_file(self.name, &next, self.loader);
        if is_better(&self.checked, &checked) {
            let rights = rights_of(&checked);
            if self.rights.iter().all(|(id, tree)| rights.get(id) == Some(tree)) {
                self.edits += fixes.len();
                (self.text, self.checked, self.rights) = (next, checked, rights);
                return;
            }
        }
        if let (Some(first), Some(second)) = (fixes.get(..fixes.len() / 2), fixes.get(fixes.len() / 2..))
            && !first.is_empty()
        {
            // From the end, so that the places of the others stay.
            self.make(second);
            self.make(first);
        }
    }
}

/// Whether a text has fewer errors, or as many and fewer findings, and no error that the other has not.
fn is_better(before: &Checked, after: &Checked) -> bool {
    let (had, has) = (errors(before), errors(after));
    let count = |errors: &HashMap<(Mistake<'_>, &str), usize>| errors.values().sum::<usize>();
    let new = has.iter().any(|(error, count)| had.get(error).is_none_or(|before| before < count));
    let fewer = (count(&has), after.diagnostics.len()) < (count(&had), before.diagnostics.len());
    fewer && !new
}

/// The errors by what is wrong and of which words, and how often.
fn errors(checked: &Checked) -> HashMap<(Mistake<'_>, &str), usize> {
    let mut found = HashMap::new();
    for one in checked.diagnostics.iter().filter(|one| one.severity == Severity::Error) {
        *found.entry((one.mistake(), checked.sources.slice(one.primary.span))).or_default() += 1;
    }
    found
}

/// What each criterion asks that is right, by its number: its tree, without how and where it is written.
pub fn rights_of(checked: &Checked) -> HashMap<String, DecisionTree> {
    let Some(program) = checked.program.as_ref().or(checked.understood.as_ref()) else {
        return HashMap::new();
    };
    let wrong: Vec<Span> =
        checked.diagnostics.iter().filter(|one| one.severity == Severity::Error).map(|one| one.primary.span).collect();
    let is_right = |span: Span| {
        !wrong.iter().any(|other| other.file == span.file && other.start < span.end && span.start <= other.end)
    };
    let mut alone = Program { trial: TrialInfo::default(), criteria: Vec::new(), ..program.clone() };
    alone.examples.clear();
    alone.records.clear();
    alone.notes.clear();
    let mut rights = HashMap::new();
    for criterion in program.criteria.iter().filter(|criterion| is_right(criterion.span)) {
        alone.criteria = vec![Criterion { statement: String::new(), ..criterion.clone() }];
        let mut tree = lower(&alone, &checked.sources);
        for criterion in &mut tree.criteria {
            criterion.source.1 = 0;
        }
        rights.insert(criterion.id.clone(), tree);
    }
    rights
}
