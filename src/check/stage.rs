//! The stage of a criterion: the latest anchor that it depends on.

use crate::typed::visit::{self, Definitions, Visit};
use crate::typed::{Operand, Test};
use crate::vocab::AnchorId;

/// The latest anchor met.
pub(super) struct Latest<'p> {
    pub(super) definitions: Definitions<'p>,
    pub(super) anchor: Option<AnchorId>,
}

impl<'p> Visit<'p> for Latest<'p> {
    fn definitions(&mut self) -> &mut Definitions<'p> {
        &mut self.definitions
    }

    fn test(&mut self, test: &'p Test) {
        test.anchors(|anchor| self.anchor = self.anchor.max(Some(anchor)));
        visit::walk_test(self, test);
    }

    fn operand(&mut self, operand: &'p Operand) {
        self.anchor = self.anchor.max(operand.kind.anchor());
        visit::walk_operand(self, operand);
    }
}
