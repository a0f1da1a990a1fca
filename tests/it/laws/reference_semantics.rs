//! The tree means what the program means: the compiled tree, written and read again, gives every record the outcomes
//! that the reference semantics gives it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use eligc::explain::EvalOptions;
use eligc::ir::Id;
use eligc::ir::Outcome;
use eligc::ir::{Length, Quantifier, Relation, Several, Spaced};
use eligc::typed::{ConditionKind, DoseDay, FactRead, OperandKind, Subject, Test, TimeOf};
use eligc::vocab::Type;
use serde_json::Value as Json;

use super::generators::{Tape, record::record};
use super::reference::{parts, say, walk};
use super::{Compiled, law, random_program};

const PROGRAMS: u32 = 600;
const RECORDS: usize = 20;

/// Compares both semantics on one record.
pub fn agree(compiled: &Compiled, json: &Json) -> Result<Vec<Outcome>, String> {
    let said = say(&compiled.typed, &compiled.questions, json);
    let fail = |what: &str, expected: String, found: String| {
        Err(format!(
            "{what} differ\n{}\nrecord {}\nreference {expected}\nevaluator {found}",
            compiled.shown(),
            serde_json::to_string(json).unwrap(),
        ))
    };
    let record = match compiled.read(json) {
        Ok(record) => record,
        Err(problem) => return fail("whether the record is right", "right".to_owned(), problem),
    };
    let found = compiled.evaluator.evaluate(&record, &EvalOptions { stage: None, budget: 0 });
    let outcomes: Vec<Outcome> = found.criteria.iter().map(|criterion| criterion.outcome).collect();
    if outcomes != said.outcomes {
        return fail("outcomes", format!("{:?}", said.outcomes), format!("{outcomes:?}"));
    }
    let screened = compiled.evaluator.screen(&record);
    if (screened, found.verdict) != (said.verdict, said.verdict) {
        return fail("verdicts", format!("{:?}", said.verdict), format!("{screened:?}, {:?}", found.verdict));
    }
    let pending: Vec<bool> = found.criteria.iter().map(|criterion| criterion.pending).collect();
    if pending != said.pending {
        return fail("pending", format!("{:?}", said.pending), format!("{pending:?}"));
    }
    for stage in &found.stages {
        let anchor = compiled.evaluator.anchor(&stage.stage).unwrap();
        if stage.verdict != said.stages[anchor.place()] {
            return fail("stages", format!("{:?}", said.stages), format!("{:?}", found.stages));
        }
        let screened = compiled.evaluator.screen_at(&record, anchor);
        if screened != said.stages[anchor.place()] {
            return fail(
                "verdicts at a stage",
                format!("{:?}", said.stages),
                format!("{screened:?} at {}", stage.stage),
            );
        }
    }
    Ok(outcomes)
}

#[test]
fn tree_and_reference_agree() {
    let outcomes: RefCell<BTreeMap<String, usize>> = RefCell::default();
    let constructs: RefCell<BTreeMap<&str, usize>> = RefCell::default();
    let adding_up = Cell::new(0_usize);
    let mut lengths = vec![2_000, 200];
    lengths.extend([1_500, 200].repeat(RECORDS));
    law("tree and reference agree", PROGRAMS, &lengths, |tapes| {
        let compiled = random_program(&tapes[0], &tapes[1])?;
        let mut here = BTreeMap::new();
        count_constructs(&compiled, &mut here);
        let adds_up = ADDING_UP.iter().any(|name| here.contains_key(name));
        for (name, count) in here {
            *constructs.borrow_mut().entry(name).or_default() += count;
        }
        for tapes in tapes[2..].chunks(2) {
            let json = record(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]), &compiled.question_ids());
            let outcomes_here = agree(&compiled, &json)?;
            if adds_up {
                adding_up.set(adding_up.get() + 1);
            }
            for outcome in outcomes_here {
                *outcomes.borrow_mut().entry(format!("{outcome:?}")).or_default() += 1;
            }
        }
        Ok(())
    });
    let adding_up = adding_up.get();
    assert!(adding_up >= PAIRS_ADDING_UP, "{adding_up} pairs of a program and a record with evidence that adds up");
    // The law says little where nearly everything is unknown, or where a construct hardly occurs.
    let outcomes = outcomes.into_inner();
    let all: usize = outcomes.values().sum();
    for word in ["Pass", "Fail", "Unknown"] {
        let share = outcomes[word] * 100 / all;
        assert!(share >= 14, "{share} % of outcomes are {word}: {outcomes:?}");
    }
    let constructs = constructs.into_inner();
    for name in CONSTRUCTS {
        let count = constructs.get(name).copied().unwrap_or(0);
        assert!(count >= 20, "{name} occurs {count} times: {constructs:#?}");
    }
}

/// Evidence that adds up. So many pairs of a program that holds some of it and a record are compared.
const ADDING_UP: &[&str] = &[
    "course",
    "daily dose",
    "daily dose of each day",
    "extreme daily dose",
    "stretch",
    "latest by attribute",
    "latest entry",
    "distinct by attribute",
    "results by attribute",
    "so many results",
    "so many results at most",
    "consecutive",
    "apart",
    "first",
    "highest",
    "lowest",
];
const PAIRS_ADDING_UP: usize = 10_000;

/// What the random programs must hold, each at least 20 times.
const CONSTRUCTS: &[&str] = &[
    "and",
    "or",
    "not",
    "at least",
    "at most",
    "exactly",
    "defined",
    "compare",
    "among fact",
    "among attribute",
    "yes fact",
    "yes attribute",
    "entries",
    "entries filter",
    "entries distinct",
    "entries at most",
    "course",
    "course filter",
    "course gap",
    "course distinct",
    "judged",
    "todo",
    "entry window",
    "result window",
    "attribute window",
    "fact window",
    "anchor window",
    "within",
    "before",
    "after",
    "at",
    "up to",
    "current",
    "planned",
    "earlier",
    "later",
    "throughout",
    "lasting",
    "half-lives",
    "clock",
    "calendar",
    "latest",
    "any",
    "every",
    "first",
    "highest",
    "lowest",
    "so many results at most",
    "so many results",
    "consecutive",
    "apart",
    "results by attribute",
    "latest by attribute",
    "latest entry",
    "distinct by attribute",
    "filter",
    "over limit",
    "given",
    "completed years",
    "attribute number",
    "add",
    "subtract",
    "multiply",
    "divide",
    "power",
    "min",
    "max",
    "if",
    "daily dose",
    "daily dose of each day",
    "extreme daily dose",
    "daily dose filter",
    "stretch",
    "about the first of entries",
    "about the last of entries",
    "about an end",
    "titre",
    "edit check",
];

/// Those in which evidence adds up.
pub const THAT_ADD_UP: &[&str] = &[
    "course",
    "course filter",
    "course gap",
    "course distinct",
    "first",
    "highest",
    "lowest",
    "so many results at most",
    "so many results",
    "consecutive",
    "apart",
    "results by attribute",
    "latest by attribute",
    "latest entry",
    "distinct by attribute",
    "daily dose",
    "daily dose of each day",
    "extreme daily dose",
    "daily dose filter",
    "stretch",
    "about the first of entries",
    "about the last of entries",
    "about an end",
    "titre",
];

/// How often a program has each construct.
pub fn count_constructs(compiled: &Compiled, counts: &mut BTreeMap<&'static str, usize>) {
    compiled.typed.assertions.iter().for_each(|_| *counts.entry("edit check").or_default() += 1);
    let criteria = 0..compiled.typed.criteria.len();
    criteria.for_each(|criterion| count_constructs_of(compiled, criterion, counts));
}

/// How often a criterion has each construct.
pub fn count_constructs_of(compiled: &Compiled, criterion: usize, counts: &mut BTreeMap<&'static str, usize>) {
    let program = &compiled.typed;
    let mut found = |name: &'static str| *counts.entry(name).or_default() += 1;
    let criterion = &program.criteria[criterion];
    walk(program, &criterion.condition, &mut |condition| match &condition.kind {
        ConditionKind::And(_) => found("and"),
        ConditionKind::Or(_) => found("or"),
        ConditionKind::Not(_) => found("not"),
        ConditionKind::AtLeast(..) => found("at least"),
        ConditionKind::AtMost(..) => found("at most"),
        ConditionKind::Exactly(..) => found("exactly"),
        ConditionKind::Defined(_) => found("defined"),
        ConditionKind::Test(test) => {
            count_test(test, &mut found);
            let is_titre = |read: &FactRead| matches!(program.vocabulary.facts[read.fact].ty, Type::Titre { .. });
            test.reads(&mut |read| {
                if is_titre(read) {
                    found("titre");
                }
            });
        }
    });
}

fn count_test(test: &Test, found: &mut dyn FnMut(&'static str)) {
    let read = |read: &eligc::typed::FactRead, found: &mut dyn FnMut(&'static str)| {
        found(match read.quantifier {
            Quantifier::Latest => "latest",
            Quantifier::Any => "any",
            Quantifier::Every => "every",
            Quantifier::First => "first",
            Quantifier::Highest => "highest",
            Quantifier::Lowest => "lowest",
            Quantifier::Several(Several { at_most: true, .. }) => "so many results at most",
            Quantifier::Several(Several { spaced: Spaced::Free, .. }) => "so many results",
            Quantifier::Several(Several { spaced: Spaced::Consecutive, .. }) => "consecutive",
            Quantifier::Several(Several { spaced: Spaced::Apart(..), .. }) => "apart",
        });
        if read.by.is_some() {
            found("results by attribute");
        }
        if read.filter.is_some() {
            found("filter");
        }
    };
    match test {
        Test::Compare { left, right, .. } | Test::Stretch { left, right, .. } => {
            found("compare");
            if let Test::Stretch { windows, .. } = test {
                found("stretch");
                windows.iter().for_each(|(relation, _)| count_relation(relation, found));
            }
            for side in [left, right] {
                parts(side, &mut |part| match &part.kind {
                    OperandKind::Number(_) => {}
                    OperandKind::Fact(fact, limit) => {
                        read(fact, found);
                        if limit.is_some() {
                            found("over limit");
                        }
                    }
                    OperandKind::Attribute(_) => found("attribute number"),
                    OperandKind::Coalesce { .. } => found("given"),
                    OperandKind::Age(age) => {
                        found("completed years");
                        age.recorded.iter().for_each(|fact| read(fact, found));
                    }
                    OperandKind::DailyDose(dose) => {
                        found(match dose.day {
                            DoseDay::At(_) => "daily dose",
                            DoseDay::Each => "daily dose of each day",
                            DoseDay::Highest(..) | DoseDay::Lowest(..) => "extreme daily dose",
                        });
                        if dose.filter.is_some() {
                            found("daily dose filter");
                        }
                    }
                    OperandKind::Add(..) => found("add"),
                    OperandKind::Subtract(..) => found("subtract"),
                    OperandKind::Multiply(..) => found("multiply"),
                    OperandKind::Divide(..) => found("divide"),
                    OperandKind::Power(..) => found("power"),
                    OperandKind::Min(_) => found("min"),
                    OperandKind::Max(_) => found("max"),
                    OperandKind::If { .. } => found("if"),
                });
            }
        }
        Test::IsOneOf { subject: Subject::Fact(fact), .. } => {
            found("among fact");
            read(fact, found);
        }
        Test::IsOneOf { .. } => found("among attribute"),
        Test::IsYes { subject: Subject::Fact(_) } => found("yes fact"),
        Test::IsYes { .. } => found("yes attribute"),
        Test::Entries { filter, distinct, choice, op, .. } => {
            found("entries");
            if let Some(choice) = choice {
                found(match (choice.latest, choice.by.is_some()) {
                    (true, true) => "latest by attribute",
                    (true, false) => "latest entry",
                    (false, _) => "distinct by attribute",
                });
            }
            if filter.is_some() {
                found("entries filter");
            }
            if *distinct {
                found("entries distinct");
            }
            if *op == eligc::number::Comparison::Le {
                found("entries at most");
            }
        }
        Test::Course { filter, gap, distinct, windows, .. } => {
            found("course");
            if filter.is_some() {
                found("course filter");
            }
            if *gap > 0 {
                found("course gap");
            }
            if *distinct {
                found("course distinct");
            }
            windows.iter().for_each(|(relation, _)| count_relation(relation, found));
        }
        Test::Window { of, relation, anchor, .. } => {
            if let Some(point) = anchor.entry() {
                found(if point.last { "about the last of entries" } else { "about the first of entries" });
                if point.ends {
                    found("about an end");
                }
            }
            found(match of {
                TimeOf::Entry => "entry window",
                TimeOf::Result => "result window",
                TimeOf::Attribute(_) => "attribute window",
                TimeOf::Fact(_) => "fact window",
                TimeOf::Anchor(_) => "anchor window",
            });
            count_relation(relation, found);
        }
        Test::Judged { .. } => found("judged"),
        Test::Todo { .. } => found("todo"),
    }
}

fn count_relation(relation: &Relation, found: &mut dyn FnMut(&'static str)) {
    let (name, lengths): (_, Vec<&Length>) = match relation {
        Relation::Within { before, after } => ("within", before.iter().chain(after).collect()),
        Relation::Before => ("before", Vec::new()),
        Relation::After => ("after", Vec::new()),
        Relation::At => ("at", Vec::new()),
        Relation::UpTo => ("up to", Vec::new()),
        Relation::Current => ("current", Vec::new()),
        Relation::Planned => ("planned", Vec::new()),
        Relation::EarlierBy { length, .. } => ("earlier", vec![length]),
        Relation::LaterBy { length, .. } => ("later", vec![length]),
        Relation::Throughout { length } => ("throughout", vec![length]),
        Relation::Lasting { length, .. } => ("lasting", vec![length]),
    };
    found(name);
    for length in lengths {
        found(match length {
            Length::HalfLives(_) => "half-lives",
            Length::Calendar(_, unit) if unit.is_calendar() => "calendar",
            Length::Calendar(..) => "clock",
        });
    }
}
