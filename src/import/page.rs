//! A record as the text of its page in, what a draft needs of it out.

use super::fields::{self, FIELDS, field};
use super::heading::{Continuation, Heading, Place, heading};
use super::identity;
use super::list;
use super::markup;
use super::record::{Record, iso_date};

/// Lines that end the criteria.
const ENDS: &[&str] = &[
    "trial design",
    "study design",
    "study plan",
    "locations",
    "contacts and locations",
    "contacts",
    "other locations",
    "time frame",
    "treatments",
    "outcomes",
    "primary outcome",
    "primary outcomes",
    "outcome measures",
    "sponsors",
    "sponsors & collaborators",
    "sponsors and collaborators",
    "collaborators and investigators",
    "collaborators",
    "publications",
    "study record dates",
    "arms and interventions",
    "arms & interventions",
    "interventions",
    "related therapeutic areas",
    "references",
    "study officials",
    "more information",
    "primary purpose",
    "central trial contact",
    "central contact",
    "study contact",
    "study contact backup",
    "contact person",
    "contact information",
    "contact for public queries",
    "contact for scientific queries",
    "principal investigators",
    "sampling method",
    "data sourced from clinicaltrials.gov",
    "trial contacts and locations",
    "study locations",
    "keywords",
    "documents",
    "results",
    "end points",
    "endpoints",
    "end point(s)",
    "primary end points",
    "primary endpoints",
    "primary endpoint",
    "primary end point",
    "primary end point(s)",
    "secondary end points",
    "secondary endpoints",
    "trial duration",
];

/// Reads a page.
pub(super) fn read(text: &str) -> Result<Record, String> {
    let text = &list::line_ends(text);
    let lines: Vec<&str> = text.lines().collect();
    if text.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    let trials = european_numbers(&lines);
    if let [first, second, ..] = trials.as_slice() {
        return Err(format!("it holds several trials, {first} and {second}: keep one of them in the file"));
    }
    let found = section(&lines);
    let before = lines.get(..found.start).unwrap_or_default();
    let after = |names: &[&str]| identity::value_of(&lines, names);
    let number = identity::number(&lines);
    let mut given = fields::all(before);
    for pair in found.fields {
        if !given.contains(&pair) {
            given.push(pair);
        }
    }
    Ok(Record {
        registry: number.as_ref().map(|number| number.registry).or_else(|| identity::named_source(&lines)),
        number,
        code: identity::code(&lines),
        title: identity::title(before),
        sponsor: identity::sponsor(&lines, before),
        phase: after(&["phase", "study phase", "phases"]).or_else(|| phase_line(before)),
        as_of: after(&["last update posted", "last updated", "last update", "as of", "updated"])
            .and_then(|date| iso_date(&date)),
        ages: fields::ages(&given),
        fields: given,
        criteria: markup::plain(&found.text),
        ended: found.ended,
        open: found.open,
    })
}

/// The criteria of a page.
#[derive(Debug, Default)]
struct Section {
    /// The line they begin at.
    start: usize,
    text: String,
    /// The line behind them.
    ended: Option<String>,
    /// The fields of the page right behind them.
    fields: Vec<(String, String)>,
    /// What a person must settle.
    open: Vec<String>,
}

/// The lines of the criteria, headings included.
fn section(lines: &[&str]) -> Section {
    if let Some(found) = european(lines) {
        return found;
    }
    let headed = lines.iter().position(|line| is_heading(line));
    let opened = opened(lines);
    // What is under the word of eligibility before a list of exclusions alone belongs to it.
    let start = match (headed, opened) {
        (Some(headed), Some(opened)) if opened < headed && !lines.iter().any(|line| includes(line)) => opened,
        (Some(headed), _) => headed,
        (None, Some(opened)) => opened,
        (None, None) => return Section { start: lines.len(), ..Section::default() },
    };
    // A heading further down: nothing before it ends the criteria.
    let last = lines.iter().rposition(|line| is_heading(line)).unwrap_or(start).max(start);
    let end = (last + 1..lines.len())
        .find(|at| ends(lines, *at, last) || fields::behind(lines, *at, last, is_title))
        .unwrap_or(lines.len());
    let taken = lines.get(start..end).unwrap_or_default();
    let text = taken.join("\n");
    if text.trim().is_empty() {
        return Section { start: lines.len(), ..Section::default() };
    }
    let ended = lines.get(end).map(|line| line.trim().to_owned());
    let behind = lines.get(end..).unwrap_or_default();
    let run = fields::run(behind);
    let open = ended.as_ref().filter(|_| doubtful(taken, behind, run > 0));
    let open = open
        .map(|line| format!("the list was taken to end before `{line}`: see whether what follows belongs to the list"));
    let fields = fields::all(behind.get(..run).unwrap_or_default());
    Section { start, text, ended, fields, open: open.into_iter().collect() }
}

/// A title of the page.
fn is_title(line: &str) -> bool {
    let small = line.trim().trim_start_matches('#').trim().trim_end_matches(':').to_lowercase();
    ENDS.contains(&small.as_str())
}

/// Whether what ends a list may as well be of it: fields right below items without markers, or lines with the list's own
/// marker behind a title.
fn doubtful(taken: &[&str], behind: &[&str], fields: bool) -> bool {
    let sort = |line: &&str| super::marker::marked(line.trim()).map(|found| found.sort);
    let last = taken.iter().rev().take(200).find_map(sort);
    if fields {
        return last.is_none() && taken.last().is_some_and(|line| !line.trim().is_empty());
    }
    let title = behind.first().map(|line| line.trim().to_lowercase()).unwrap_or_default();
    let place = ["contact", "location", "sponsor", "collaborator", "sourced"].iter().any(|word| title.contains(word));
    let next = behind.iter().skip(1).filter(|line| !line.trim().is_empty()).take(6);
    !place && last.is_some() && next.filter_map(sort).any(|sort| Some(sort) == last)
}

const ANYWHERE: Place = Place { side: None, marked: false, follows: false, hangs: false, next: Continuation::Begins };

/// A line that is the heading of one list.
fn is_heading(line: &str) -> bool {
    let bare = list::undecorated(line);
    matches!(heading(bare, ANYWHERE), Some(Heading::Of { side: Some(_), .. } | Heading::AndText(_)))
}

fn includes(line: &str) -> bool {
    let bare = list::undecorated(line);
    let inclusion = Some(super::Side::Inclusion);
    match heading(bare, ANYWHERE) {
        Some(Heading::Of { side, rest, .. }) => side == inclusion || !super::heading::inside(rest).is_empty(),
        Some(Heading::AndText(side)) => Some(side) == inclusion,
        _ => false,
    }
}

/// Where the text under the word of eligibility begins, its fields left out.
fn opened(lines: &[&str]) -> Option<usize> {
    let heading = lines.iter().position(|line| {
        let small = line.trim().trim_start_matches('#').trim().trim_end_matches(':').to_lowercase();
        matches!(
            small.as_str(),
            "eligibility" | "eligibility criteria" | "criteria" | "details and patient eligibility"
        )
    })?;
    let mut at = heading + 1;
    while let Some(line) = lines.get(at) {
        let text = line.trim();
        let label = text.trim_end_matches(':').to_lowercase();
        let title =
            matches!(label.as_str(), "participation requirements" | "view" | "criteria" | "eligibility criteria");
        let named = FIELDS.contains(&label.as_str());
        if !(text.is_empty() || title || named || field(text).is_some()) {
            break;
        }
        at += 1;
        if named {
            // Its value stands below.
            at += lines.get(at..)?.iter().position(|line| !line.trim().is_empty())? + 1;
        }
    }
    (at < lines.len()).then_some(at)
}

/// Whether a line ends the criteria that begin with the heading at `last`: a title of the page, never a line that goes on
/// a sentence.
fn ends(lines: &[&str], at: usize, last: usize) -> bool {
    let Some(line) = lines.get(at).map(|line| line.trim().trim_start_matches('#').trim()) else {
        return false;
    };
    let before =
        lines.get(last..at).unwrap_or_default().iter().rev().map(|line| line.trim()).find(|line| !line.is_empty());
    let gap = lines.get(at - 1).is_some_and(|line| line.trim().is_empty());
    let free = gap || before.is_none_or(|before| before.ends_with(['.', ';', ':', ')', '!', '?', '。', '；']));
    let small = line.trim_end_matches(':').to_lowercase();
    let capital = line.starts_with(|letter: char| letter.is_uppercase());
    if ENDS.contains(&small.as_str()) {
        let hangs = before.is_some_and(super::heading::hangs) && !gap;
        return (capital || gap) && !hangs && !goes_on(lines, at);
    }
    // Fields that follow a list: `18 Years`, then another.
    let age = |line: &str| {
        line.split_once(' ').is_some_and(|(count, unit)| {
            !count.is_empty()
                && count.chars().all(|letter| letter.is_ascii_digit())
                && matches!(unit, "Years" | "Months" | "Weeks" | "Days" | "Years and Older")
        })
    };
    let value = |line: &str| age(line) || matches!(line, "ALL" | "All" | "FEMALE" | "Female" | "MALE" | "Male");
    let next = lines.iter().skip(at + 1).map(|line| line.trim()).find(|line| !line.is_empty());
    if age(line) {
        return free && next.is_some_and(value);
    }
    // What the site says of the sponsor.
    let name = line.strip_prefix("About ").is_some_and(|name| name.starts_with(char::is_uppercase));
    name && free && !line.ends_with(['.', ';', ',']) && !goes_on(lines, at)
}

/// Whether the list goes on behind a line: one of the next lines has the number after that of the latest item.
fn goes_on(lines: &[&str], at: usize) -> bool {
    let number = |line: &&str| {
        let found = super::marker::marked(line.trim())?;
        found.number?.parse::<u32>().ok()
    };
    let latest = lines.get(..at).unwrap_or_default().iter().rev().take(200).find_map(number);
    let next = lines.iter().skip(at + 1).filter(|line| !line.trim().is_empty()).take(3).find_map(number);
    matches!((latest, next), (Some(latest), Some(next)) if next == latest + 1)
}

/// The fields E.3 and E.4 of the European register.
fn european(lines: &[&str]) -> Option<Section> {
    let coded = |line: &str| {
        let line = line.trim();
        let mut letters = line.chars();
        let first = letters.next().is_some_and(|letter| letter.is_ascii_uppercase());
        let digits =
            letters.as_str().strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        first && digits
    };
    let behind = |line: &str| -> Option<String> {
        let rest = ["E.3", "E.4"].iter().find_map(|code| line.trim().strip_prefix(*code))?;
        (!rest.starts_with('.') && !rest.starts_with(|c: char| c.is_ascii_digit()))
            .then(|| rest.trim_start_matches([':', ' ', '\t']).to_owned())
    };
    let mut found = Section::default();
    let mut started = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some(mut head) = behind(line) else {
            at += 1;
            continue;
        };
        if head.is_empty() {
            at += 1;
            head = lines.get(at).map(|line| line.trim().to_owned()).unwrap_or_default();
        }
        let title = ["Principal inclusion criteria", "Principal exclusion criteria"];
        let Some(named) = title.iter().find(|title| head.starts_with(*title)) else {
            at += 1;
            continue;
        };
        if !started {
            found.start = at;
            started = true;
        }
        let rest = head.get(named.len()..).unwrap_or_default().trim_start_matches([':', ' ', '\t']);
        found.text.push_str(named);
        found.text.push_str(":\n");
        found.text.push_str(rest);
        found.text.push('\n');
        at += 1;
        while let Some(line) = lines.get(at).filter(|line| !field_of_register(line, coded(line))) {
            found.text.push_str(line);
            found.text.push('\n');
            at += 1;
        }
        found.ended = lines.get(at).map(|line| line.trim().to_owned());
    }
    started.then_some(found)
}

/// Whether a line begins a field of the European register: its code and a title, not `E.5 mg`.
fn field_of_register(line: &str, coded: bool) -> bool {
    let rest = line
        .trim()
        .trim_start_matches(|letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '.');
    coded && (rest.trim().is_empty() || rest.trim_start_matches([':', ' ', '\t']).starts_with(char::is_alphabetic))
}

/// The numbers of the trials of a download of the European register.
fn european_numbers(lines: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        let label = line.trim().strip_prefix("EudraCT Number:").map(str::trim);
        if let Some(number) = label.filter(|number| !number.is_empty())
            && !found.iter().any(|known| known == number)
        {
            found.push(number.to_owned());
        }
    }
    found
}

fn phase_line(lines: &[&str]) -> Option<String> {
    lines.iter().map(|line| line.trim()).find(|line| line.starts_with("Phase ") && line.len() < 20).map(str::to_owned)
}
