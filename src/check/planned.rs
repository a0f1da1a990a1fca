//! The edit check that every kind has: an entry marked as planned, which no other form counts, has not begun.

use crate::ir::Relation;
use crate::ir::Table;
use crate::number::Comparison;
use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{
    Assertion, Condition, ConditionKind, Criterion, Definition, DefinitionId, Test, TimeOf, WindowAnchor,
};
use crate::vocab::{AnchorId, Kind, KindId, Vocabulary};

use super::term::negate;

/// The checks of all kinds: what is planned does not begin before the day of the default anchor, nor before an earlier one of
/// which a criterion asks what is planned then.
pub(super) fn checks(
    vocabulary: &Vocabulary,
    criteria: &[Criterion],
    definitions: &Table<DefinitionId, Definition>,
    default_anchor: AnchorId,
) -> Vec<Assertion> {
    let mut planned = Planned { definitions: Definitions::new(definitions), earliest: default_anchor };
    for criterion in criteria {
        planned.condition(&criterion.condition);
    }
    let anchor = planned.earliest;
    vocabulary.kinds.entries().map(|(id, kind)| has_not_begun(id, kind, anchor)).collect()
}

fn has_not_begun(id: KindId, kind: &Kind, anchor: AnchorId) -> Assertion {
    let span = kind.span;
    let stands = |relation| {
        let anchor = WindowAnchor::Date(anchor);
        let test = Test::Window { of: TimeOf::Entry, relation, anchor, undated: false };
        Condition { span, kind: ConditionKind::Test(test) }
    };
    // An entry without the mark that begins after the day is planned too, and does not begin before it.
    let begun = ConditionKind::And(vec![stands(Relation::Planned), stands(Relation::Before)]);
    let planned = Test::Entries {
        kinds: vec![id],
        filter: Some(Box::new(Condition { span, kind: begun })),
        distinct: false,
        choice: None,
        planned: true,
        op: Comparison::Ge,
        count: 1,
    };
    Assertion {
        id: Some(format!("planned-{}", kind.name)),
        text: format!("{} that is planned has not begun", kind.name),
        why: Some(
            "An entry that is marked as planned counts for nothing else; one that has begun would be passed over."
                .to_owned(),
        ),
        condition: negate(Condition { span, kind: ConditionKind::Test(planned) }),
        facts: Vec::new(),
        kinds: vec![id],
        anchors: Vec::new(),
        span,
    }
}

/// The earliest anchor of which criteria ask what is planned then.
struct Planned<'p> {
    definitions: Definitions<'p>,
    earliest: AnchorId,
}

impl<'p> Visit<'p> for Planned<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn test(&mut self, test: &'p Test) {
        match test {
            Test::Window { relation: Relation::Planned, anchor: WindowAnchor::Date(anchor), .. } => {
                self.earliest = self.earliest.min(*anchor);
            }
            Test::Course { windows, .. } => {
                let planned = windows.iter().filter(|(relation, _)| *relation == Relation::Planned);
                self.earliest = planned.fold(self.earliest, |earliest, (_, anchor)| earliest.min(*anchor));
            }
            _ => {}
        }
        visit::walk_test(self, test);
    }
}
