//! What a record says of itself: its number in a registry, the sponsor's own code for it, and who the sponsor is. What
//! it does not say is not made up.

use crate::syntax::{STATEMENT_WORDS, is_reserved};

/// A number in a registry, as an id of the language, and the registry's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// `NCT01234567`; with `-` where the registry has `/`.
    pub id: String,
    /// `ClinicalTrials.gov`
    pub registry: &'static str,
}

/// A sponsor, and whether the page says that it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sponsor {
    /// Its name.
    pub name: String,
    /// It is behind a label, `Sponsor: ..`; else in the place where such pages show it.
    pub labelled: bool,
}

/// The registry of the United States.
pub(super) const CLINICAL_TRIALS: &str = "ClinicalTrials.gov";

/// How the numbers of registries begin, what follows, and who gives them. In the rest `9` is a digit, `a` a letter or
/// digit, `*` more digits; all else means itself.
const REGISTRIES: &[(&str, &str, &str)] = &[
    ("NCT", "99999999", CLINICAL_TRIALS),
    ("ChiCTR", "9999999*", "Chinese Clinical Trial Registry"),
    ("ChiCTR-", "aaa-99999999", "Chinese Clinical Trial Registry"),
    ("ISRCTN", "99999999", "ISRCTN registry"),
    ("EUCTR", "9999-999999-99", "EU Clinical Trials Register"),
    ("CTIS", "9999-599999-99-99", "EU Clinical Trials Information System"),
    ("CTRI/", "9999/99/999999", "Clinical Trials Registry - India"),
    ("JPRN-jRCT", "a999999999", "Japan Registry of Clinical Trials"),
    ("JPRN-UMIN", "999999999", "UMIN Clinical Trials Registry"),
    ("jRCT", "a999999999", "Japan Registry of Clinical Trials"),
    ("UMIN", "999999999", "UMIN Clinical Trials Registry"),
    ("ACTRN", "99999999999999", "Australian New Zealand Clinical Trials Registry"),
    ("KCT", "9999999", "Clinical Research Information Service, Korea"),
    ("DRKS", "99999999", "German Clinical Trials Register"),
    ("IRCT", "99999999*", "Iranian Registry of Clinical Trials"),
    ("PACTR", "999999999999*", "Pan African Clinical Trials Registry"),
    ("TCTR", "99999999999", "Thai Clinical Trials Registry"),
    ("SLCTR/", "9999/999", "Sri Lanka Clinical Trials Registry"),
    ("RBR-", "aaaaaa", "Brazilian Clinical Trials Registry"),
];

/// European numbers have no letters before them, so they count only on a line with such a word or below it.
const EUROPEAN: &[(&str, &str, &str)] = &[
    ("eudract", "9999-999999-99", "EU Clinical Trials Register"),
    ("eu ct number", "9999-599999-99-99", "EU Clinical Trials Information System"),
    ("eu trial number", "9999-599999-99-99", "EU Clinical Trials Information System"),
    ("euct", "9999-599999-99-99", "EU Clinical Trials Information System"),
    ("ctis", "9999-599999-99-99", "EU Clinical Trials Information System"),
];

/// Labels of the record's own number.
const OWN: &[&str] = &[
    "nct id",
    "nct number",
    "main id",
    "trial id",
    "clinicaltrials.gov id",
    "clinicaltrials.gov identifier",
    "registration number",
    "ctri number",
    "isrctn",
    "jrct id",
    "注册号",
];

/// Labels of the sponsor's code.
const CODES: &[&str] = &[
    "protocol code",
    "protocol number",
    "protocol id",
    "protocol no",
    "protocol no.",
    "study code",
    "sponsor protocol number",
    "sponsor's protocol code number",
    "sponsor protocol code",
    "org study id",
    "unique protocol id",
    "other study id numbers",
    "方案编号",
];

/// Labels of the sponsor, the surest first.
const SPONSORS: &[&[&str]] = &[
    &[
        "sponsor",
        "lead sponsor",
        "primary sponsor",
        "sponsor name",
        "name of sponsor",
        "name of the sponsor",
        "name of organisation",
        "sponsor/co-sponsors",
        "sponsor / collaborators",
        "sponsor and collaborators",
        "study sponsor",
        "leads",
        "lead",
        "申办者",
        "申办方",
        "申办单位",
        "试验主办单位",
        "主办单位",
        "研究实施负责（组长）单位",
        "试验主办单位(项目批准或申办者)",
    ],
    &["sponsors", "sponsor information", "sponsor details", "sponsor(s)"],
    &["responsible party"],
];

/// Lines between a heading and its value.
const BETWEEN: &[&str] = &["organisation", "organization", "name", "view", "leads", "lead"];

/// What a page says where it has no sponsor to name, and roles that are no names.
const NOBODY: &[&str] = &[
    "sponsor",
    "sponsor-investigator",
    "principal investigator",
    "not provided",
    "not available",
    "not specified",
    "none",
    "n/a",
    "na",
    "nil",
    "-",
    "无",
];

/// The record's number: the one it calls its own, else the first of ClinicalTrials.gov, else the first of any other.
pub(super) fn number(lines: &[&str]) -> Option<Number> {
    let own = || {
        lines.iter().enumerate().find_map(|(at, line)| {
            let (label, value) = labelled(line)?;
            OWN.contains(&label.as_str()).then(|| in_registry(REGISTRIES, &value_at(lines, at, value)?)).flatten()
        })
    };
    let clinical_trials = || lines.iter().find_map(|line| in_registry(REGISTRIES.get(..1)?, line));
    let european = || {
        lines.iter().enumerate().find_map(|(at, line)| {
            let small = line.to_lowercase();
            let word = EUROPEAN.iter().find(|(word, _, _)| small.contains(word))?;
            in_registry(&[("", word.1, word.2)], line)
                .or_else(|| in_registry(&[("", word.1, word.2)], next(lines, at)?))
        })
    };
    let any = || lines.iter().find_map(|line| in_registry(REGISTRIES, line));
    own().or_else(clinical_trials).or_else(european).or_else(any)
}

/// The registry that a page without a number says it is made from.
pub(super) fn named_source(lines: &[&str]) -> Option<&'static str> {
    let named = lines.iter().any(|line| line.to_lowercase().contains("sourced from clinicaltrials.gov"));
    named.then_some(CLINICAL_TRIALS)
}

/// The sponsor's own code for the trial, as an id of the language.
pub(super) fn code(lines: &[&str]) -> Option<String> {
    value_of(lines, CODES).and_then(|code| slug(&code))
}

/// Text as an id of the language: `KN5501`; `None` when no letter or digit of it is left, or it is a long one.
pub(super) fn slug(text: &str) -> Option<String> {
    let signs = text.trim().chars().map(|sign| match sign {
        '.' | '_' => sign,
        sign if sign.is_ascii_alphanumeric() => sign,
        _ => '-',
    });
    let mut id = String::new();
    for sign in signs {
        if sign != '-' || !id.ends_with('-') {
            id.push(sign);
        }
    }
    let id = id.trim_matches(['-', '.', '_']);
    (!id.is_empty() && id.len() <= 40 && !is_reserved(id) && !STATEMENT_WORDS.contains(&id)).then(|| id.to_owned())
}

/// Labels of the title, the shortest title first.
const TITLES: &[&[&str]] = &[
    &["brief title", "public title", "title", "study title", "trial title", "title of the trial"],
    &["official title", "scientific title", "full title", "full title of the trial"],
];

/// The title of a page: behind a label, else its first line of some words that is no field; with the lines that go on it.
pub(super) fn title(before: &[&str]) -> Option<String> {
    let words = |line: &str| line.split_whitespace().count();
    let bare = |line: &str| line.trim().trim_start_matches('#').trim().to_owned();
    let named = TITLES.iter().find_map(|labels| value_of(before, labels).filter(|title| words(title) >= 2));
    // `Something new in active lupus nephritis: a phase 2 study`
    let free = |line: &str| {
        let line = bare(line);
        words(&line) >= 4 && line.split_once(": ").is_none_or(|(label, _)| words(label) >= 4 && line.len() <= 300)
    };
    // `Something in lupus`, above all else.
    let short = |line: &str| words(&bare(line)) >= 2 && !line.contains([':', '\t']) && number(&[line]).is_none();
    let at = || {
        let first = before.iter().position(|line| !line.trim().is_empty())?;
        let above = || before.get(first).filter(|line| short(line)).map(|_| first);
        let any = || before.iter().position(|line| words(line) >= 4);
        before.iter().position(|line| free(line)).or_else(above).or_else(any)
    };
    named.or_else(|| {
        let at = at()?;
        let mut title = bare(before.get(at)?);
        for line in before.iter().skip(at + 1).map(|line| line.trim()).take(4) {
            if !line.starts_with(char::is_lowercase) || line.contains(": ") || title.len() > 500 {
                break;
            }
            title = format!("{title} {line}");
        }
        Some(title)
    })
}

/// The sponsor: behind a label, else where a page shows it without one.
pub(super) fn sponsor(lines: &[&str], before: &[&str]) -> Option<Sponsor> {
    let labelled = |name| Sponsor { name, labelled: true };
    let first = SPONSORS.iter().find_map(|labels| value_of(lines, labels).filter(|name| is_name(name)));
    let shown = |name: &str| Some(name.trim().to_owned()).filter(|name| is_name(name));
    first.map(labelled).or_else(|| {
        before.iter().enumerate().find_map(|(at, line)| {
            let line = line.trim();
            // `Launched by COMPANY · Feb 24, 2025`
            if let Some(behind) = line.strip_prefix("Launched by ") {
                return shown(behind.split('·').next()?).map(labelled);
            }
            // `Sponsor COMPANY`, below the number, as copied from ClinicalTrials.gov.
            let above = at.checked_sub(1).and_then(|above| before.get(above)).copied().unwrap_or_default();
            if let Some(behind) = line.strip_prefix("Sponsor ")
                && above.trim().starts_with("ClinicalTrials.gov ID")
            {
                return shown(behind).map(labelled);
            }
            // A letter for the company's picture, then its name.
            let mut letters = line.chars();
            let letter = letters.next().filter(|letter| letter.is_ascii_uppercase() && letters.next().is_none())?;
            let name = next(before, at)?;
            let named = name.starts_with(letter) && name.split_whitespace().count() <= 12;
            named.then(|| shown(name)).flatten().map(|name| Sponsor { name, labelled: false })
        })
    })
}

fn is_name(text: &str) -> bool {
    let small = text.to_lowercase();
    let role = small.starts_with("principal investigator");
    text.chars().any(char::is_alphabetic) && text.chars().count() <= 200 && !role && !NOBODY.contains(&small.as_str())
}

/// The first number of one of the registries in a line.
fn in_registry(registries: &[(&str, &str, &'static str)], line: &str) -> Option<Number> {
    let places = line.char_indices().map(|(at, _)| at);
    let starts =
        places.filter(|at| !line.get(..*at).unwrap_or_default().ends_with(|c: char| c.is_ascii_alphanumeric()));
    starts.into_iter().find_map(|at| {
        let rest = line.get(at..)?;
        registries.iter().find_map(|(letters, shape, registry)| {
            let length = letters.len() + fits(rest.strip_prefix(letters)?, shape)?;
            let ends = !rest.get(length..)?.starts_with(|c: char| c.is_ascii_alphanumeric());
            ends.then(|| Number { id: rest.get(..length).unwrap_or_default().replace('/', "-"), registry })
        })
    })
}

/// How many bytes of `text` have the shape.
fn fits(text: &str, shape: &str) -> Option<usize> {
    let mut length = 0;
    for wanted in shape.bytes() {
        let next = text.as_bytes().get(length).copied();
        match wanted {
            b'9' if next.is_some_and(|next| next.is_ascii_digit()) => length += 1,
            b'a' if next.is_some_and(|next| next.is_ascii_alphanumeric()) => length += 1,
            b'*' => {
                let more = text.as_bytes().get(length..).unwrap_or_default();
                length += more.iter().take_while(|next| next.is_ascii_alphanumeric()).count();
            }
            wanted if next == Some(wanted) => length += 1,
            _ => return None,
        }
    }
    Some(length)
}

/// A line's label in small letters and what is behind it: `B.1.1 Name of Sponsor: X`, `Sponsor<tab>X`, `Sponsor`.
fn labelled(line: &str) -> Option<(String, &str)> {
    let line = line.trim().trim_start_matches(['#', '*', '-', '•', ' ']);
    // The European register numbers its fields.
    let field = line.split_once([' ', '\t']).filter(|(field, _)| {
        field.contains('.') && field.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.')
    });
    let line = field.map_or(line, |(_, rest)| rest.trim_start());
    let (label, value) = line.split_once([':', '：', '\t']).unwrap_or((line, ""));
    let label = label.trim().trim_matches(['*', '_']).to_lowercase();
    (!label.is_empty() && label.len() <= 80).then(|| (label, value.trim_matches(['*', '_', ' ', '\t'])))
}

fn next<'l>(lines: &[&'l str], at: usize) -> Option<&'l str> {
    lines.iter().skip(at + 1).map(|line| line.trim()).find(|line| !line.is_empty())
}

/// What is behind the label of a line: on it, or on the next line that is not a label itself.
fn value_at(lines: &[&str], at: usize, value: &str) -> Option<String> {
    if !value.is_empty() {
        return Some(value.to_owned());
    }
    let below = lines.iter().skip(at + 1).map(|line| line.trim()).filter(|line| !line.is_empty());
    for line in below.take(3) {
        let (label, value) = labelled(line)?;
        match (BETWEEN.contains(&label.as_str()), value) {
            (true, "") => {}
            (true, value) => return Some(value.to_owned()),
            // Another field: this one has no value.
            (false, value) if !value.is_empty() => return None,
            (false, _) => return Some(line.to_owned()),
        }
    }
    None
}

/// The value of the first of the lines that has one of the labels and a value.
pub(super) fn value_of(lines: &[&str], labels: &[&str]) -> Option<String> {
    lines.iter().enumerate().find_map(|(at, line)| {
        let (label, value) = labelled(line)?;
        labels.contains(&label.as_str()).then(|| value_at(lines, at, value)).flatten()
    })
}
