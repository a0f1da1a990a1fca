//! Edit checks, and evidence that no test reads.

use std::collections::BTreeSet;

use super::WhichChecks;
use super::continuations::{INNER, Lowering, anchor, id_of};
use crate::source::Span;
use crate::tree::{Check, FactId, KindId};
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Assertion, Operand, Test};
use crate::vocab::{self, AnchorId, Bearing, Vocabulary};

/// What the criteria read.
#[derive(Debug)]
pub(super) struct Read {
    facts: BTreeSet<vocab::FactId>,
    kinds: BTreeSet<vocab::KindId>,
    anchors: BTreeSet<AnchorId>,
}

impl Read {
    fn shares(&self, check: &Assertion) -> bool {
        check.facts.iter().any(|fact| self.facts.contains(fact))
            || check.kinds.iter().any(|kind| self.kinds.contains(kind))
            || check.anchors.iter().any(|anchor| self.anchors.contains(anchor))
    }

    fn has(&self, bearing: Bearing) -> bool {
        match bearing {
            Bearing::Fact(fact) => self.facts.contains(&fact),
            Bearing::Kind(kind) => self.kinds.contains(&kind),
        }
    }

    /// What of it a fact or kind bears on, by name.
    pub(super) fn named(&self, vocabulary: &Vocabulary, bears_on: &[Bearing]) -> Vec<String> {
        let read = bears_on.iter().filter(|bearing| self.has(**bearing));
        let name = |bearing: &Bearing| match bearing {
            Bearing::Fact(id) => vocabulary.facts.get(*id).map(|fact| fact.name.clone()),
            Bearing::Kind(id) => vocabulary.kinds.get(*id).map(|kind| kind.name.clone()),
        };
        read.filter_map(name).collect()
    }
}

impl<'p> Lowering<'p> {
    /// What has been read so far: by the criteria, before anything else is compiled.
    pub(super) fn read(&self) -> Read {
        let mut anchors =
            Anchors { definitions: Definitions::new(&self.program.definitions), anchors: BTreeSet::new() };
        for criterion in &self.program.criteria {
            anchors.condition(&criterion.condition);
        }
        Read {
            facts: self.facts.iter().copied().collect(),
            kinds: self.kinds.iter().copied().collect(),
            anchors: anchors.anchors,
        }
    }

    pub(super) fn checks(
        &mut self,
        read: &Read,
        which: WhichChecks,
        place: impl Fn(Span) -> (String, u32),
    ) -> Vec<Check> {
        let program = self.program;
        let wanted = program.assertions.iter().filter(|check| which == WhichChecks::All || read.shares(check));
        let mut checks = Vec::new();
        for check in wanted {
            let root = self.condition(&check.condition, INNER);
            let mut facts: Vec<FactId> = check.facts.iter().map(|fact| id_of(&mut self.facts, *fact)).collect();
            let mut kinds: Vec<KindId> = check.kinds.iter().map(|kind| id_of(&mut self.kinds, *kind)).collect();
            facts.sort_unstable();
            kinds.sort_unstable();
            checks.push(Check {
                id: check.id.clone(),
                text: check.text.clone(),
                why: check.why.clone(),
                root,
                facts,
                kinds,
                anchors: check.anchors.iter().map(|id| anchor(*id)).collect(),
                source: place(check.span),
            });
        }
        checks
    }

    /// Adds what bears on something that the criteria read, so that records can be asked for it.
    pub(super) fn evidence(&mut self, read: &Read) {
        let vocabulary = &self.program.vocabulary;
        let bears = |on: &[Bearing]| on.iter().any(|bearing| read.has(*bearing));
        for (id, _) in vocabulary.facts.entries().filter(|(_, fact)| bears(&fact.bears_on)) {
            id_of(&mut self.facts, id);
        }
        for (id, _) in vocabulary.kinds.entries().filter(|(_, kind)| bears(&kind.bears_on)) {
            id_of(&mut self.kinds, id);
        }
    }
}

/// The anchors that conditions are about.
struct Anchors<'p> {
    definitions: Definitions<'p>,
    anchors: BTreeSet<AnchorId>,
}

impl<'p> Visit<'p> for Anchors<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn test(&mut self, test: &'p Test) {
        test.anchors(|anchor| {
            self.anchors.insert(anchor);
        });
        visit::walk_test(self, test);
    }

    fn operand(&mut self, operand: &'p Operand) {
        self.anchors.extend(operand.kind.anchor());
        visit::walk_operand(self, operand);
    }
}
