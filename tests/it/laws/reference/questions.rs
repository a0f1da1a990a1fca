//! The ids of the questions that a program asks.

use std::collections::BTreeMap;

use eligc::typed::{ConditionKind, Judgement, Program, Test};

use super::walk;

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
