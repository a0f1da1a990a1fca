//! A whole trial, grouped as a protocol is.

use super::condition::{Scope, Speaker};
use super::missing::{self, Waits};
use super::reading::{DEFINITIONS, section};
use super::time;
use super::words::{self, Words, spaced};
use super::{Entry, Item, Reading, heading};
use crate::ir::{Polarity, ResultAge};
use crate::source::one_line;
use crate::typed::{self, Condition, ConditionKind, Criterion, Program};

/// The reading of a trial.
pub fn trial(program: &Program) -> Reading {
    let words = Words::new(program);
    let mut sections = Vec::new();
    for (polarity, about) in [
        (
            Polarity::Require,
            "Each of these must hold. One that does not keeps the patient out; one that is not known leaves the patient undetermined.",
        ),
        (
            Polarity::Exclude,
            "None of these may hold. One that does keeps the patient out; one that is not known leaves the patient undetermined.",
        ),
    ] {
        let entries = program.criteria.iter().filter(|own| own.polarity == polarity);
        sections.push(section(heading(polarity), about, entries.map(|own| criterion(&words, own)).collect()));
    }
    let notes = program.notes.iter().map(|note| Entry {
        label: note.id.clone().unwrap_or_default(),
        items: vec![Item::new(note.text.clone())],
        ..Entry::default()
    });
    sections.push(section(
        "Notes",
        "Instructions of the protocol that exclude no patient. They are shown and never evaluated.",
        notes.collect(),
    ));
    let definitions = program.definitions.iter().map(|named| definition(&words, named));
    sections.push(section(DEFINITIONS, "What a name in the criteria means.", definitions.collect()));
    let questions = typed::questions(&program.criteria, &program.definitions).into_iter().map(|question| Entry {
        label: question.id,
        items: vec![Item::new(format!("the {} is asked: “{}”", question.by, question.text))],
        ..Entry::default()
    });
    sections.push(section(
        "Questions for people",
        "Yes or no, as only a person can say. Until there is an answer, it is not known.",
        questions.collect(),
    ));
    sections.extend(super::glossary::sections(&words));
    sections.retain(|section| !section.entries.is_empty());
    Reading {
        id: program.trial.id.clone(),
        title: program.trial.title.clone(),
        details: program.trial.details.clone(),
        incomplete: program.trial.incomplete.as_ref().map(|incomplete| {
            format!(
                "Not every criterion of the protocol is here, so no patient is eligible by these alone: {}",
                incomplete.why
            )
        }),
        rules: rules(&words),
        sections,
    }
}

/// One definition.
pub(super) fn definition(words: &Words<'_>, definition: &typed::Definition) -> Entry {
    let speaker = Speaker { words, statement: "" };
    let item = speaker.item(&definition.condition, Scope::Record);
    let declared = &words.program.vocabulary.definitions;
    let text = declared.iter().find(|named| named.name == definition.name).and_then(|named| named.text.as_deref());
    Entry {
        label: spaced(&definition.name),
        todo: item.has_todo(),
        items: vec![Item { text: format!("holds when {}", item.text), ..item }],
        remarks: text.map(|text| ("In the author's words".to_owned(), one_line(text))).into_iter().collect(),
    }
}

fn rules(words: &Words<'_>) -> Vec<String> {
    let default = words.anchor(words.program.default_anchor);
    vec![
        "What a record does not say is not known; it is never taken as no. A criterion that hangs on it stays open.".to_owned(),
        "In a list, what is known decides where it can: one “no” settles “all of the following”, one “yes” settles “at least one”, whatever else is missing.".to_owned(),
        "A period runs over whole days and both its ends count. Months and years are calendar ones: the same day of an earlier or later month, or that month's last day. Only hours go by the clock.".to_owned(),
        results(&words.program.trial.results, &default),
        "A date known only to the month or year settles a period only where every day of it gives the same answer.".to_owned(),
        "An event is a point in time unless the record gives it an end. A condition or a drug without a recorded end may or may not still be running: that is not known.".to_owned(),
        "What a record marks as planned has not begun: it counts only where “planned” is said, and nowhere else.".to_owned(),
    ]
}

/// Which results count where a criterion says nothing of it.
fn results(results: &Option<ResultAge>, default: &str) -> String {
    let undated = "Where a period is required, a result without a date decides nothing.";
    let latest = format!("the latest one up to the day of {default} counts, and one without a date may be it");
    match results {
        Some(ResultAge::Within(length)) => {
            let length = time::length(length);
            format!(
                "Results count for {length}: where the protocol requires no other period, a result is one dated from {length} before the day of {default} to that day, and an older one decides nothing. Answers of yes or no do not grow old: where no period is required for one, {latest}. {undated}"
            )
        }
        Some(ResultAge::Any) => format!(
            "Results count at any age: where no period is required for a result, {latest}, however old it is. {undated}"
        ),
        None => format!("Where no period is required for a result, {latest}. {undated}"),
    }
}

/// One criterion.
pub(super) fn criterion(words: &Words<'_>, criterion: &Criterion) -> Entry {
    let speaker = Speaker { words, statement: &criterion.statement };
    let items = sentences(&speaker, criterion);
    let todo = items.iter().any(Item::has_todo);
    let mut remarks = Vec::new();
    let waits = missing::waits(words, &criterion.condition);
    if let Some(text) = stays_open(&waits) {
        remarks.push(("If unknown".to_owned(), text));
    }
    if !waits.silence_is_no.is_empty() {
        let what = words::list(&waits.silence_is_no, "and");
        remarks.push(("Silence".to_owned(), format!("a record that says nothing of {what} is taken to say no")));
    }
    if let Some(results) = &criterion.results {
        let long = match results {
            ResultAge::Any => "results count at any age".to_owned(),
            ResultAge::Within(length) => format!("results count for {}", time::length(length)),
        };
        remarks.push(("Results".to_owned(), format!("{long} here, where no other period is said")));
    }
    remarks.push(("Stage".to_owned(), words.anchor(criterion.stage)));
    if let Some(text) = &criterion.text {
        remarks.push(("In the author's words".to_owned(), one_line(text)));
    }
    Entry { label: criterion.id.clone(), todo, items, remarks }
}

/// The sentences of a criterion: what must or must not hold, and what limits or lifts it.
fn sentences(speaker: &Speaker<'_>, criterion: &Criterion) -> Vec<Item> {
    let lead = match criterion.polarity {
        Polarity::Require => "the patient may enter only when",
        Polarity::Exclude => "a patient is kept out when",
    };
    let say = |lead: &str, condition: &Condition| {
        let item = speaker.item(condition, Scope::Record);
        Item { text: format!("{lead} {}", item.text), ..item }
    };
    if let Some((unless, guard, main)) = guarded(criterion) {
        let guard_item =
            if unless { say("this does not apply when", guard) } else { say("this applies only when", guard) };
        return vec![say(lead, main), guard_item];
    }
    vec![say(lead, &criterion.condition)]
}

/// A clause with `unless` or `when`: the guard stands first in the condition, and behind the rest in the statement.
fn guarded(criterion: &Criterion) -> Option<(bool, &Condition, &Condition)> {
    let (ConditionKind::Or(items) | ConditionKind::And(items)) = &criterion.condition.kind else {
        return None;
    };
    let [first, second] = items.as_slice() else {
        return None;
    };
    if first.span.start <= second.span.start {
        return None;
    }
    let negated = match &first.kind {
        ConditionKind::Not(inner) => Some(&**inner),
        _ => None,
    };
    match (&criterion.condition.kind, criterion.polarity, negated) {
        (ConditionKind::Or(_), Polarity::Require, Some(inner)) => Some((false, inner, second)),
        (ConditionKind::Or(_), Polarity::Require, None) => Some((true, first, second)),
        (ConditionKind::And(_), Polarity::Exclude, Some(inner)) => Some((true, inner, second)),
        (ConditionKind::And(_), Polarity::Exclude, None) => Some((false, first, second)),
        _ => None,
    }
}

fn stays_open(waits: &Waits) -> Option<String> {
    if waits.todo {
        return Some("the criterion is not encoded as a whole, so it stays open".to_owned());
    }
    match waits.missing.as_slice() {
        [] => None,
        [one] => Some(format!("without {one} the criterion stays open")),
        all => Some(format!(
            "the criterion stays open while something is missing that could still decide it: {}",
            all.join("; ")
        )),
    }
}
