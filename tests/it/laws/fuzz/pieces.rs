//! What noise is made of: words, whole sentences of the documentation, and tokens taken out, doubled or swapped.

use std::sync::OnceLock;

use crate::laws::generators::Tape;

pub(super) const WORDS: &[&str] = &[
    "require",
    "exclude",
    "define",
    "fact",
    "event",
    "condition",
    "drug",
    "group",
    "unit",
    "use",
    "trial",
    "vocabulary",
    "anchor",
    "note",
    "assert",
    "bears",
    "example",
    "expect",
    "and",
    "or",
    "not",
    "any",
    "all",
    "none",
    "of",
    "at",
    "least",
    "most",
    "exactly",
    "distinct",
    "prior",
    "current",
    "planned",
    "no",
    "latest",
    "highest",
    "lowest",
    "every",
    "within",
    "before",
    "after",
    "more",
    "than",
    "for",
    "lasting",
    "unless",
    "when",
    "except",
    "between",
    "is",
    "in",
    "judged",
    "todo",
    "by",
    "if",
    "then",
    "else",
    "like",
    "min",
    "max",
    "completed_years",
    "quantity",
    "score",
    "step",
    "one",
    "yes_no",
    "date",
    "class",
    "grade",
    "ordinal",
    "possible",
    "plausible",
    "molar",
    "uln",
    "lln",
    "absent",
    "means",
    "equates",
    "half_life",
    "timeless",
    "loinc",
    "x",
    "ULN",
    "LLN",
    "sledai2k",
    "age",
    "weight",
    "alt",
    "ana",
    "positive",
    "car_t",
    "malignancy",
    "prednisone",
    "immunosuppressant",
    "screening",
    "consent",
    "infusion",
    "months",
    "half_lives",
    "days",
    "hours",
    "mg/dL",
    "x10^9/L",
    "kg",
    "%",
    "years",
    "start",
    "end",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "=",
    "==",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    "≥",
    "+",
    "-",
    "*",
    "/",
    "^",
    "..",
    "#",
    "##",
    "\"",
    "\"text\"",
    "\\",
    "0",
    "1",
    "7",
    "0.5",
    "1e6",
    "1e999",
    "20,000",
    "20_000",
    "99999999999999999999",
    "2026",
    "2026-03-01",
    "2026-02-30",
    "2026-03-01T09:00",
    "[I1]",
    "[E1.1]",
    "\n",
    "\t",
    "\u{feff}",
    "µ",
    "×",
    "é",
    "𝛼",
    "\0",
    "\u{202e}",
];

/// Pieces of text that mean something: the trials, the shipped vocabulary, the programs in the documentation.
pub(super) fn pieces() -> &'static [String] {
    static PIECES: OnceLock<Vec<String>> = OnceLock::new();
    PIECES.get_or_init(|| {
        let mut texts: Vec<String> = crate::laws::trials().into_iter().map(|(_, text)| text).collect();
        texts.extend(eligc::vocab::SHIPPED.iter().map(|(_, text)| (*text).to_owned()));
        for page in pages() {
            // What is between two fences.
            texts.extend(page.split("```").skip(1).step_by(2).map(str::to_owned));
        }
        let paragraphs: Vec<String> = texts
            .iter()
            .flat_map(|text| text.split("\n\n"))
            .map(str::to_owned)
            .filter(|text| text.len() > 20)
            .collect();
        assert!(paragraphs.len() > 200, "only {} pieces", paragraphs.len());
        paragraphs
    })
}

/// The pages of the documentation.
pub(super) fn pages() -> Vec<String> {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs"))];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.into_iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Words, numbers, strings, blanks and signs, one by one.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let mut kind = ' ';
    for letter in text.chars() {
        let now = match letter {
            _ if letter.is_alphanumeric() || letter == '_' || letter == '.' => 'w',
            _ if letter.is_whitespace() => ' ',
            _ => '!',
        };
        match list.last_mut() {
            Some(last) if now == kind && now != '!' => last.push(letter),
            _ => list.push(letter.to_string()),
        }
        kind = now;
    }
    list
}

/// A few tokens taken out, doubled, swapped or replaced.
pub(super) fn spoil(tape: &mut Tape, tokens: &mut Vec<String>) {
    for _ in 0..=tape.below(6) {
        if tokens.is_empty() {
            return;
        }
        let (a, b) = (tape.below(tokens.len()), tape.below(tokens.len()));
        match tape.below(6) {
            0 => drop(tokens.remove(a)),
            1 => tokens.insert(b, tokens[a].clone()),
            2 => tokens.swap(a, b),
            3 => tokens[a] = (*tape.pick(WORDS)).to_owned(),
            4 => tokens.insert(a, (*tape.pick(WORDS)).to_owned()),
            // A stretch of up to twenty.
            _ => drop(tokens.drain(a..(a + 20).min(tokens.len()))),
        }
    }
}
