//! Evidence that no criterion read: recorded facts that bear on what criteria read.

use super::report::NotRead;
use crate::eval::Evaluator;
use crate::eval::conflict::gives_fact;
use crate::eval::gather_unread::name;
use crate::eval::interpreter::Run;
use crate::eval::unread::Unread;
use crate::eval::uses::Dependency;
use crate::record::model::Record;
use crate::tree::AnchorId;

impl Evaluator {
    /// What a record gives that bears on the criteria, up to a stage, and that none of their side reads.
    pub(super) fn not_read(&self, record: &Record, stage: Option<AnchorId>) -> Vec<NotRead> {
        let run = Run { evaluator: self, record };
        let mut list = Vec::new();
        for unread in self.unread.get_or_init(|| Unread::of(self)) {
            let found = match unread.of {
                Dependency::Fact(fact) if gives_fact(record, fact) => run.recorded_results(fact),
                Dependency::Kind(kind) => run.recorded_entries(kind),
                Dependency::Fact(_) | Dependency::Anchor(_) | Dependency::Question(_) => Vec::new(),
            };
            if found.is_empty() {
                continue;
            }
            let mut bears_on: Vec<String> = Vec::new();
            let mut criteria = Vec::new();
            for (place, on) in &unread.criteria {
                let Some(criterion) = self.schema.tree.criteria.get(*place) else { continue };
                if stage.is_none_or(|stage| criterion.stage <= stage) {
                    criteria.push(criterion.id.clone());
                    bears_on.extend(on.iter().filter(|name| !bears_on.contains(name)).cloned().collect::<Vec<_>>());
                }
            }
            if let Some(item) = name(self, unread.of).filter(|_| !criteria.is_empty()) {
                list.push(NotRead { item: item.to_owned(), found, bears_on, criteria });
            }
        }
        list
    }
}
