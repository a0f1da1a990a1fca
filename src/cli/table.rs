//! Verdicts for people: one block a patient, a summary at the end.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use crate::diag::wording::plural;
use crate::explain::{
    Conflict, CriterionResult, Evaluation, EvidenceItem, NotRead, Note, Reason, UnknownCause, found_text,
};
use crate::ir::{Outcome, Verdict};
use crate::legible;
use crate::record::{RecordError, RecordErrorKind};
use crate::source::{column_width, one_line, padded};
use crate::tree::DecisionTree;

/// The widest column of names; what is longer pushes the rest of its own line.
pub(super) const MAX_COLUMN: usize = 60;

/// ANSI colours; empty where output takes none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    on: bool,
}

impl Paint {
    pub fn new(on: bool) -> Paint {
        Paint { on }
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    pub fn good(self, text: &str) -> String {
        self.with("32", text)
    }

    pub fn bad(self, text: &str) -> String {
        self.with("31", text)
    }

    pub fn unsure(self, text: &str) -> String {
        self.with("33", text)
    }

    pub fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    pub fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    fn outcome(self, outcome: Outcome, text: &str) -> String {
        match outcome {
            Outcome::Pass => self.good(text),
            Outcome::Fail => self.bad(text),
            Outcome::Unknown => self.unsure(text),
        }
    }
}

/// A patient's verdict in words: `eligible`, `ineligible`, `undetermined`, or `eligible at screening`, the last stage
/// with nothing unknown, when all that is unknown waits for a later anchor.
pub(super) fn headline(evaluation: &Evaluation) -> (Verdict, String) {
    match evaluation.verdict {
        Verdict::Eligible => (Verdict::Eligible, "eligible".to_owned()),
        Verdict::Ineligible => (Verdict::Ineligible, "ineligible".to_owned()),
        Verdict::Undetermined => {
            let waiting =
                evaluation.criteria.iter().all(|criterion| criterion.outcome != Outcome::Unknown || criterion.pending);
            let stage = evaluation.stages.iter().rev().find(|stage| stage.verdict == Verdict::Eligible);
            match stage.filter(|_| waiting) {
                Some(stage) => (Verdict::Eligible, format!("eligible at {}", legible::line(&stage.stage))),
                None => (Verdict::Undetermined, "undetermined".to_owned()),
            }
        }
    }
}

/// One patient.
pub(super) fn patient(evaluation: &Evaluation, details: bool, paint: Paint) -> String {
    let (verdict, words) = headline(evaluation);
    let mut block = String::new();
    let id = evaluation.id.shown();
    let painted = match verdict {
        Verdict::Eligible => paint.good(&words),
        Verdict::Ineligible => paint.bad(&words),
        Verdict::Undetermined => paint.unsure(&words),
    };
    let _ = writeln!(block, "{}  {painted}", paint.strong(&id));
    let ids: Vec<_> = evaluation.criteria.iter().map(|criterion| legible::id(&criterion.id)).collect();
    let width = column_width(ids.iter().map(AsRef::as_ref), MAX_COLUMN);
    for criterion in &evaluation.criteria {
        let shown = details
            || criterion.outcome == Outcome::Fail
            || (criterion.outcome == Outcome::Unknown
                && !criterion.pending
                && evaluation.verdict == Verdict::Undetermined);
        if shown {
            criterion_lines(&mut block, criterion, width, paint);
        }
    }
    pending_lines(&mut block, evaluation, paint);
    for conflict in &evaluation.conflicts {
        conflict_line(&mut block, conflict, paint);
    }
    if evaluation.verdict != Verdict::Ineligible {
        for not_read in &evaluation.not_read {
            not_read_line(&mut block, not_read, paint);
        }
    }
    for decisive in &evaluation.decisive {
        let verdict = decisive.verdict.word();
        let hedge = if decisive.smallest { "" } else { " (the search for a smaller set was cut short)" };
        let at = decisive.stage.as_ref().map_or(String::new(), |stage| format!(" at {stage}"));
        let line = format!("could become {verdict}{at} with: {}{hedge}", decisive.items.join(", "));
        let _ = writeln!(block, "    {}", paint.faint(&legible::line(&line)));
    }
    note_lines(&mut block, evaluation, details, paint);
    block
}

/// The notes, which whoever lets a patient in must have read: their numbers, or with all details their texts.
fn note_lines(block: &mut String, evaluation: &Evaluation, details: bool, paint: Paint) {
    if evaluation.notes.is_empty() {
        return;
    }
    if details {
        for note in &evaluation.notes {
            let _ = writeln!(block, "    {}", paint.faint(&note_line(note)));
        }
    } else if evaluation.verdict != Verdict::Ineligible {
        let mut named: Vec<String> = evaluation
            .notes
            .iter()
            .filter_map(|note| note.id.as_deref())
            .map(|id| legible::id(id).into_owned())
            .collect();
        match evaluation.notes.len() - named.len() {
            0 => {}
            others if named.is_empty() => named.push(others.to_string()),
            others => named.push(format!("{others} without a number")),
        }
        let line = format!("not asked here, see the notes at the end: {}", named.join(", "));
        let _ = writeln!(block, "    {}", paint.faint(&line));
    }
}

/// `note I6.3: ..`
fn note_line(note: &Note) -> String {
    match &note.id {
        Some(id) => format!("note {}: {}", legible::id(id), legible::line(&one_line(&note.text))),
        None => format!("note: {}", legible::line(&one_line(&note.text))),
    }
}
/// So many values are named of one item; JSON has them all.
const MAX_FOUND: usize = 4;

fn found_list(found: &[EvidenceItem]) -> String {
    let mut texts: Vec<String> = found.iter().take(MAX_FOUND).map(found_text).collect();
    if found.len() > MAX_FOUND {
        texts.push(format!("and {} more", found.len() - MAX_FOUND));
    }
    texts.join(", ")
}

/// `conflict, a man is not pregnant: sex male, pregnant yes`
fn conflict_line(block: &mut String, conflict: &Conflict, paint: Paint) {
    let number = conflict.id.as_deref().map_or(String::new(), |id| format!(" {id}"));
    let line = format!("conflict{number}, {}: {}", one_line(&conflict.check), found_list(&conflict.found));
    let _ = writeln!(block, "    {}", paint.bad(&legible::line(&line)));
}

/// `not read: hcg_serum positive bears on pregnant (E5)`
fn not_read_line(block: &mut String, not_read: &NotRead, paint: Paint) {
    let on = not_read.bears_on.join(", ");
    let line =
        format!("not read: {}; it bears on {on} ({})", found_list(&not_read.found), not_read.criteria.join(", "));
    let _ = writeln!(block, "    {}", paint.unsure(&legible::line(&line)));
}

/// So many lines are shown of one criterion; JSON has them all.
const MAX_LINES: usize = 24;

fn criterion_lines(block: &mut String, criterion: &CriterionResult, width: usize, paint: Paint) {
    let id = padded(&legible::id(&criterion.id), width);
    let outcome = format!("{:<7}", criterion.outcome.word());
    let mut lines: Vec<String> = match criterion.outcome {
        Outcome::Unknown => reasons(&criterion.reasons),
        Outcome::Pass | Outcome::Fail => criterion.evidence.iter().map(|evidence| evidence.text.clone()).collect(),
    };
    if lines.is_empty() {
        lines.push(String::new());
    }
    let more = lines.len().saturating_sub(MAX_LINES);
    if more > 1 {
        lines.truncate(MAX_LINES);
        lines.push(format!("and {more} more"));
    }
    for (at, line) in lines.iter().enumerate() {
        let start = if at == 0 {
            format!("    {id}  {}", paint.outcome(criterion.outcome, &outcome))
        } else {
            format!("    {}  {:7}", padded("", width), "")
        };
        let _ = writeln!(block, "{}", format!("{start}  {}", legible::line(line)).trim_end());
    }
}

/// A line for each reason; the many facts that are simply absent share one.
fn reasons(reasons: &[Reason]) -> Vec<String> {
    const SHARED: [(UnknownCause, &str); 2] =
        [(UnknownCause::NoRecord, "not given"), (UnknownCause::OpenList, "not given, and not said to be none")];
    const MOST: usize = 6;
    let mut lines = Vec::new();
    for (why, words) in SHARED {
        let items: Vec<&str> =
            reasons.iter().filter(|reason| reason.why == why).map(|reason| reason.item.as_str()).collect();
        if items.len() > 2 {
            let named = items.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
            let more = if items.len() > MOST { format!(" and {} more", items.len() - MOST) } else { String::new() };
            lines.push(format!("{words}: {named}{more}"));
        } else {
            lines.extend(reasons.iter().filter(|reason| reason.why == why).map(|reason| reason.text.clone()));
        }
    }
    let shared = |why: UnknownCause| SHARED.iter().any(|(other, _)| *other == why);
    lines.extend(reasons.iter().filter(|reason| !shared(reason.why)).map(|reason| reason.text.clone()));
    lines
}

/// `pending at lymphodepletion: I12b`
fn pending_lines(block: &mut String, evaluation: &Evaluation, paint: Paint) {
    if evaluation.verdict == Verdict::Ineligible {
        return;
    }
    for stage in &evaluation.stages {
        let waiting: Vec<&str> = evaluation
            .criteria
            .iter()
            .filter(|criterion| criterion.pending && criterion.stage == stage.stage)
            .map(|criterion| criterion.id.as_str())
            .collect();
        if !waiting.is_empty() {
            let line = format!("pending at {}: {}", stage.stage, waiting.join(", "));
            let _ = writeln!(block, "    {}", paint.unsure(&legible::line(&line)));
        }
    }
}

/// Counts over all patients.
#[derive(Debug, Default)]
pub(super) struct Summary {
    order: Vec<String>,
    verdicts: HashMap<String, usize>,
    failed: HashMap<String, usize>,
    only: HashMap<String, usize>,
    criteria: Vec<String>,
    incomplete: Option<String>,
    notes: Vec<Note>,
    /// Records that fail an edit check.
    conflicts: usize,
    /// How many edit checks were failed, where nothing else was asked.
    queries: Option<usize>,
    /// Evidence that no criterion read, with the criteria and how many records have it.
    not_read: BTreeMap<(String, String), usize>,
    /// Records screened.
    pub patients: usize,
    /// Records that could not be used.
    pub unusable: usize,
    /// Places between records where the stream is broken; no record is lost by them.
    broken: usize,
    /// Verdicts of an id that has one already.
    pub repeated: u64,
}

impl Summary {
    /// Nothing counted yet; of the trial it keeps why it is incomplete, and its notes.
    pub fn new(tree: &DecisionTree) -> Summary {
        Summary {
            incomplete: tree.incomplete().map(str::to_owned),
            notes: tree.notes.iter().map(|note| Note { id: note.id.clone(), text: note.text.clone() }).collect(),
            ..Summary::default()
        }
    }

    pub fn add(&mut self, evaluation: &Evaluation) {
        self.patients += 1;
        let (_, words) = headline(evaluation);
        if !self.order.contains(&words) {
            self.order.push(words.clone());
        }
        *self.verdicts.entry(words).or_default() += 1;
        if self.criteria.is_empty() {
            self.criteria = evaluation.criteria.iter().map(|criterion| criterion.id.clone()).collect();
        }
        self.conflicts += usize::from(!evaluation.conflicts.is_empty());
        for NotRead { item, bears_on, .. } in &evaluation.not_read {
            *self.not_read.entry((item.clone(), bears_on.join(", "))).or_default() += 1;
        }
        let failed: Vec<&CriterionResult> =
            evaluation.criteria.iter().filter(|criterion| criterion.outcome == Outcome::Fail).collect();
        for criterion in &failed {
            *self.failed.entry(criterion.id.clone()).or_default() += 1;
        }
        if let [one] = failed.as_slice() {
            *self.only.entry(one.id.clone()).or_default() += 1;
        }
    }

    /// A record of which only the edit checks were asked.
    pub fn query(&mut self, failed: usize) {
        self.patients += 1;
        self.conflicts += usize::from(failed > 0);
        *self.queries.get_or_insert(0) += failed;
    }

    /// How many edit checks failed, where nothing else was asked.
    pub fn queries(&self) -> usize {
        self.queries.unwrap_or(0)
    }

    /// A record without a verdict, or a place where the stream is broken.
    pub fn without(&mut self, error: &RecordError) {
        if error.problems.iter().all(|problem| problem.kind == RecordErrorKind::BrokenStream) {
            self.broken += 1;
        } else {
            self.unusable += 1;
        }
    }

    /// Whether there was nothing at all.
    pub fn is_empty(&self) -> bool {
        self.patients + self.unusable + self.broken == 0
    }

    /// What makes these verdicts less than the whole, a line each.
    pub fn troubles(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.unusable > 0 {
            lines.push(format!(
                "{} without a verdict: see the messages on standard error",
                plural(self.unusable, "record")
            ));
        }
        if self.broken > 0 {
            lines.push(format!("the stream is broken between records in {}", plural(self.broken, "place")));
        }
        if self.repeated > 0 {
            lines.push(format!(
                "{} of an id that has one already",
                plural(usize::try_from(self.repeated).unwrap_or(usize::MAX), "verdict")
            ));
        }
        lines
    }

    pub fn text(&self, paint: Paint) -> String {
        let mut text = String::new();
        if let Some(why) = &self.incomplete {
            let line =
                format!("no patient is eligible by this program alone, not every criterion is here: {}", one_line(why));
            let _ = writeln!(text, "{}", paint.unsure(&legible::line(&line)));
        }
        for note in &self.notes {
            let _ = writeln!(text, "{}", paint.faint(&note_line(note)));
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let mut order = self.order.clone();
        order.sort();
        let verdicts: Vec<String> =
            order.iter().map(|words| format!("{} {words}", self.verdicts.get(words).copied().unwrap_or(0))).collect();
        let verdicts = if verdicts.is_empty() { String::new() } else { format!(": {}", verdicts.join(", ")) };
        let _ = writeln!(text, "{}{verdicts}", paint.strong(&plural(self.patients, "patient")));
        for line in self.troubles() {
            let _ = writeln!(text, "{}", paint.bad(&line));
        }
        if let Some(failed) = self.queries {
            let of = plural(self.conflicts, "record");
            let _ = writeln!(text, "{} in {of}", plural(failed, "failed edit check"));
        } else if self.conflicts > 0 {
            let line = format!(
                "{} in conflict with an edit check: `--edit-checks` lists them",
                plural(self.conflicts, "record")
            );
            let _ = writeln!(text, "{}", paint.bad(&line));
        }
        for ((item, on), count) in &self.not_read {
            let line = format!("{item} is recorded for {} and not read; it bears on {on}", plural(*count, "patient"));
            let _ = writeln!(text, "{}", paint.faint(&legible::line(&line)));
        }
        let mut rows: Vec<(&String, usize)> =
            self.criteria.iter().filter_map(|id| self.failed.get(id).map(|count| (id, *count))).collect();
        rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if !rows.is_empty() {
            const HEAD: &str = "criterion";
            let rows: Vec<_> = rows.into_iter().map(|(id, count)| (id, legible::id(id), count)).collect();
            let width = column_width(rows.iter().map(|(_, shown, _)| shown.as_ref()).chain([HEAD]), MAX_COLUMN);
            let _ = writeln!(text, "{}", paint.faint(&format!("{}  keeps out  alone", padded(HEAD, width))));
            for (id, shown, count) in rows {
                let alone = self.only.get(id).copied().unwrap_or(0);
                let _ = writeln!(text, "{}  {count:>9}  {alone:>5}", padded(&shown, width));
            }
        }
        text
    }
}
