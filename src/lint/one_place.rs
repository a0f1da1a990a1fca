//! W0736: criteria that read one place of two. It is asked for: what is read together is the protocol's to say.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::wording::choices;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Id, Polarity};
use crate::source::Span;
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{FactRead, Operand, OperandKind, Program, Test};
use crate::vocab::Bearing;

/// For each thing that criteria of one side read, what bears on it and none of them reads.
pub(super) fn look(program: &Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for side in [Polarity::Require, Polarity::Exclude] {
        let criteria: Vec<_> = program.criteria.iter().filter(|criterion| criterion.polarity == side).collect();
        let reads: Vec<BTreeSet<(bool, usize)>> = criteria
            .iter()
            .map(|criterion| {
                let mut reads = Reads { definitions: Definitions::new(&program.definitions), found: BTreeSet::new() };
                reads.condition(&criterion.condition);
                reads.found
            })
            .collect();
        let read = |of: Bearing| reads.iter().any(|all| all.contains(&key(of)));
        // By what is read: which bear on it.
        let mut unread: BTreeMap<(bool, usize), Vec<&str>> = BTreeMap::new();
        let facts = program.vocabulary.facts.entries();
        let facts = facts.map(|(id, fact)| (Bearing::Fact(id), fact.name.as_str(), &fact.bears_on));
        let kinds = program.vocabulary.kinds.entries();
        let kinds = kinds.map(|(id, kind)| (Bearing::Kind(id), kind.name.as_str(), &kind.bears_on));
        for (_, name, on) in facts.chain(kinds).filter(|(of, ..)| !read(*of)) {
            for target in on.iter().filter(|target| read(**target)) {
                unread.entry(key(*target)).or_default().push(name);
            }
        }
        for (target, names) in unread {
            let reading: Vec<_> =
                criteria.iter().zip(&reads).filter(|(_, reads)| reads.contains(&target)).map(|(one, _)| one).collect();
            let ids: Vec<&str> = reading.iter().map(|criterion| criterion.id.as_str()).collect();
            if let Some(first) = reading.first() {
                found.push(message(first.span, &name_of(program, target), &names, &ids));
            }
        }
    }
    found.sort_by_key(|diagnostic| diagnostic.primary.span);
    found
}

fn message(span: Span, target: &str, names: &[&str], ids: &[&str]) -> Diagnostic {
    let unread = choices(names.iter().copied());
    Diagnostic::new(Code::W0736, span, format!("`{target}` is read, and what bears on it is not"))
        .label(format!("read by {}", ids.join(", ")))
        .note(format!("evidence for or against it may be recorded as {unread}"))
        .help("read both places, `any of { .. }`; or leave it to reports, which name what is recorded and not read")
}

fn key(of: Bearing) -> (bool, usize) {
    match of {
        Bearing::Fact(id) => (false, id.place()),
        Bearing::Kind(id) => (true, id.place()),
    }
}

fn name_of(program: &Program, target: (bool, usize)) -> String {
    let vocabulary = &program.vocabulary;
    let name = match target {
        (false, at) => vocabulary.facts.get(Id::new(at)).map(|fact| &fact.name),
        (true, at) => vocabulary.kinds.get(Id::new(at)).map(|kind| &kind.name),
    };
    name.cloned().unwrap_or_default()
}

/// The facts and kinds that a condition reads.
struct Reads<'p> {
    definitions: Definitions<'p>,
    found: BTreeSet<(bool, usize)>,
}

impl<'p> Visit<'p> for Reads<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn test(&mut self, test: &'p Test) {
        if let Test::Entries { kinds, .. } | Test::Course { kinds, .. } = test {
            self.found.extend(kinds.iter().map(|kind| key(Bearing::Kind(*kind))));
        }
        visit::walk_test(self, test);
    }

    fn operand(&mut self, operand: &'p Operand) {
        if let OperandKind::Age(age) = &operand.kind {
            self.found.insert(key(Bearing::Fact(age.from)));
        }
        visit::walk_operand(self, operand);
    }

    fn read(&mut self, read: &'p FactRead) {
        self.found.insert(key(Bearing::Fact(read.fact)));
        visit::walk_read(self, read);
    }
}
