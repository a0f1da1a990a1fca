//! The stage of a condition, and the ids of the questions that a program asks.

use std::collections::BTreeMap;

use eligc::typed::{Condition, ConditionKind, Judgement, OperandKind, Program, Test, TimeOf};
use eligc::vocab::AnchorId;

use super::{quantity, walk};

/// The latest anchor a condition names; the default one when it names none.
pub(super) fn stage(program: &Program, condition: &Condition) -> AnchorId {
    let mut latest = None;
    walk(program, condition, &mut |condition| {
        let ConditionKind::Test(test) = &condition.kind else {
            return;
        };
        match test {
            Test::Course { windows, .. } => latest = latest.max(windows.iter().map(|(_, anchor)| *anchor).max()),
            Test::Window { of, anchor, .. } => {
                latest = latest.max(Some(*anchor));
                if let TimeOf::Anchor(other) = of {
                    latest = latest.max(Some(*other));
                }
            }
            Test::Compare { left, right, .. } => {
                for side in [left, right] {
                    quantity::parts(side, &mut |part| {
                        if let OperandKind::Age(age) = &part.kind {
                            latest = latest.max(Some(age.to));
                        }
                    });
                }
            }
            _ => {}
        }
    });
    latest.unwrap_or(program.default_anchor)
}

/// The id of every question: that of the first criterion to ask it, `#2` and so on for that criterion's further ones.
pub fn questions(program: &Program) -> BTreeMap<(String, String), String> {
    let mut ids = BTreeMap::new();
    for criterion in &program.criteria {
        let mut count = 0;
        walk(program, &criterion.condition, &mut |condition| {
            if let ConditionKind::Test(Test::Judged { question: Judgement { text, by } }) = &condition.kind {
                ids.entry((text.clone(), by.clone())).or_insert_with(|| {
                    count += 1;
                    match count {
                        1 => criterion.id.clone(),
                        more => format!("{}#{more}", criterion.id),
                    }
                });
            }
        });
    }
    ids
}
