//! The law of drafts: of a thousand records made by chance nothing is lost and nothing changes its side.

use std::collections::BTreeMap;

use eligc::import;

use super::around::{ctis_api, ictrp, page, page_with_fields, study, xml};
use super::letters;
use super::make::{Chance, Kind, Maker, Record, Side, Style};

/// How many records are made.
const RECORDS: u64 = 1000;

fn record(seed: u64) -> Record {
    let mut maker = Maker::new(seed);
    match seed % 14 {
        0 => {
            let section = maker.any_section();
            maker.done("text", section, None)
        }
        1 | 2 => {
            let section = maker.any_section();
            maker.done("page", page(&section), None)
        }
        3 => {
            let section = maker.any_section();
            let text = study("NCT01234567", &section).to_string();
            maker.done("one study of the API", text, None)
        }
        4 => {
            let section = maker.any_section();
            let other = |number| study(number, "Inclusion Criteria:\n\n1. Is another study\n");
            let studies = [other("NCT00000001"), study("NCT01234567", &section), other("NCT00000003")];
            let text = serde_json::json!({ "studies": studies }).to_string();
            maker.done("several studies of the API", text, Some("NCT01234567".to_owned()))
        }
        5 => {
            let section = maker.any_section();
            let tags = maker.chance.yes(40);
            maker.done("XML", xml(&section, tags), None)
        }
        6 => {
            let text = maker.european();
            maker.done("EudraCT", text, None)
        }
        7 => {
            let text = maker.ctis();
            maker.done("CTIS", text, None)
        }
        8 => {
            let line = maker.one_line();
            let text = if maker.chance.yes(50) { page(&line) } else { study("NCT01234567", &line).to_string() };
            maker.done("one line", text, None)
        }
        9 | 10 => {
            let section = maker.any_section();
            let (text, title) = page_with_fields(&mut maker.chance, &section);
            Record { title: Some(title), ..maker.done("fields behind the list", text, None) }
        }
        11 => {
            let lines = maker.brief_lines();
            let text = if maker.chance.yes(50) { page(&lines) } else { study("NCT01234567", &lines).to_string() };
            maker.done("a line for each side", text, None)
        }
        12 => {
            let text = if maker.chance.yes(30) {
                ictrp("NCT01234567", &maker.any_section(), "")
            } else {
                let style = [Style::Point, Style::Bracket, Style::Dash, Style::Paragraph][maker.chance.below(4)];
                let inclusion = maker.list(Side::Inclusion, style);
                ictrp("JPRN-jRCT2031230123", &inclusion, &maker.list(Side::Exclusion, style))
            };
            maker.done("WHO", text, None)
        }
        13 => {
            let (inclusion, exclusion) = (maker.entries(Side::Inclusion), maker.entries(Side::Exclusion));
            maker.done("API of CTIS", ctis_api("2023-501234-12-00", &inclusion, &exclusion), None)
        }
        _ => {
            let section = maker.without_side();
            maker.done("texts without a side", study("NCT01234567", &section).to_string(), None)
        }
    }
}

/// A statement of a draft: where it stands, whether it decides, its text.
struct Statement {
    side: Option<Side>,
    decides: bool,
    /// Letters and digits alone.
    text: String,
    line: String,
}

fn statements(draft: &str) -> Vec<Statement> {
    let mut side = None;
    let mut found = Vec::new();
    for line in draft.lines() {
        match line {
            "# Inclusion" => side = Some(Side::Inclusion),
            "# Exclusion" => side = Some(Side::Exclusion),
            "# Not said whether these include or exclude" => side = None,
            _ => {}
        }
        let decides = line.starts_with("require ") || line.starts_with("exclude ");
        if decides {
            let kept = if line.starts_with("require ") { Some(Side::Inclusion) } else { Some(Side::Exclusion) };
            assert!(side.is_none() || side == kept, "{line}\n{draft}");
        }
        if decides || line.starts_with("note ") {
            found.push(Statement { side, decides, text: letters(line), line: line.to_owned() });
        }
    }
    found
}

/// What is wrong with the draft of a record; nothing where all is kept.
fn faults(record: &Record) -> Vec<String> {
    let draft = match import::from_registry(&record.text, None, record.study.as_deref()) {
        Ok(draft) => draft,
        Err(why) => return vec![format!("refused: {why}")],
    };
    let mut faults = Vec::new();
    let unsaid = draft.open.iter().any(|open| open.starts_with("the record does not say"));
    if record.open != unsaid {
        faults.push(format!("what is open: {:?}", draft.open));
    }
    if let Some(title) = record.title.as_ref().filter(|title| !draft.text.contains(&format!("\"{title}\""))) {
        faults.push(format!("the title is not `{title}`"));
    }
    let statements = statements(&draft.text);
    for page in ["Volunteers", "volunteers", "SomeHospital", "Years"] {
        if let Some(found) = statements.iter().find(|one| one.text.contains(page)) {
            faults.push(format!("of the page: `{}`", found.line));
        }
    }
    for truth in &record.truths {
        let holding: Vec<&Statement> = statements.iter().filter(|one| one.text.contains(&truth.key)).collect();
        let [holds] = holding.as_slice() else {
            faults.push(format!("`{}` stands {} times", truth.text, holding.len()));
            continue;
        };
        if !holds.text.contains(&letters(&truth.text)) {
            faults.push(format!("words of `{}` are lost", truth.text));
        }
        if truth.text.contains("1.5") && !holds.line.contains("1.5") {
            faults.push(format!("a number of `{}` is broken", truth.text));
        }
        match holds.side {
            Some(side) if side != truth.side => faults.push(format!("`{}` is on the wrong side", truth.text)),
            None if !record.open => faults.push(format!("`{}` has no side", truth.text)),
            _ => {}
        }
        if truth.kind == Kind::Criterion && !holds.decides {
            faults.push(format!("`{}` does not decide", truth.text));
        }
        let keys = |other: &&super::make::Truth| other.kind == Kind::Criterion && holds.text.contains(&other.key);
        if record.split && !record.open && truth.kind == Kind::Criterion {
            let together = record.truths.iter().filter(keys).count();
            if together != 1 {
                faults.push(format!("`{}` stands with {} others", truth.text, together - 1));
            }
        }
    }
    if !faults.is_empty() {
        faults.push(draft.text);
    }
    faults
}

#[test]
fn a_thousand_records_lose_nothing_and_turn_nothing_round() {
    let mut wrong = Vec::new();
    let mut shapes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for seed in 1..=RECORDS {
        let record = record(seed);
        let count = shapes.entry(record.shape).or_default();
        count.0 += 1;
        let faults = faults(&record);
        if !faults.is_empty() {
            count.1 += 1;
            wrong.push(format!("record {seed} ({}):\n{}\n== {}", record.shape, record.text, faults.join("\n== ")));
        }
    }
    println!("{shapes:?}");
    assert!(
        wrong.is_empty(),
        "{} of {RECORDS} records\n{shapes:?}\n{}",
        wrong.len(),
        wrong[..wrong.len().min(3)].join("\n\n")
    );
}

/// However a record is cut or shuffled, the draft has its words.
#[test]
fn broken_records_lose_no_word() {
    for seed in 1..=300 {
        let whole = Maker::new(seed).any_section();
        let mut chance = Chance::new(seed + 7);
        let mut lines: Vec<&str> = whole.lines().filter(|_| !chance.yes(15)).collect();
        for _ in 0..lines.len() / 4 {
            let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
            lines.swap(one, other);
        }
        let text = study("NCT01234567", &(lines.join("\n") + "\n- Is the last line")).to_string();
        let draft = import::from_registry(&text, None, None).unwrap();
        let kept = letters(&draft.text);
        for line in lines {
            for word in line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.starts_with(['q', 'Q']))
            {
                assert!(kept.contains(word), "`{line}` is lost\n{text}\n{}", draft.text);
            }
        }
    }
}
