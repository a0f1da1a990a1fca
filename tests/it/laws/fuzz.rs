//! Nothing panics and nothing hangs: not on noise, not on programs and records with a few words changed.

use std::cell::Cell;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use eligc::driver::check_text;
use eligc::eval::Program;
use eligc::explain::EvalOptions;
use eligc::lower::lower;
use eligc::record::ReadOptions;
use eligc::tree::DecisionTree;
use serde_json::{Value as Json, json};

use super::generators::{Tape, program::program, record::record};
use super::{Compiled, compile, law};

/// No single case may take longer, on the slowest machine that runs the tests.
const PATIENCE: Duration = Duration::from_secs(20);

const WORDS: &[&str] = &[
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
fn pieces() -> &'static [String] {
    static PIECES: OnceLock<Vec<String>> = OnceLock::new();
    PIECES.get_or_init(|| {
        let mut texts: Vec<String> = super::trials().into_iter().map(|(_, text)| text).collect();
        texts.extend(eligc::vocab::SHIPPED.iter().map(|(_, text)| (*text).to_owned()));
        for page in pages() {
            // What stands between two fences.
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
fn pages() -> Vec<String> {
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
fn tokens(text: &str) -> Vec<String> {
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
fn spoil(tape: &mut Tape, tokens: &mut Vec<String>) {
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

/// The whole way of a program: read, checked, and when it is right, lowered, written, read again and asked.
fn whole_way(text: &str) -> Result<bool, String> {
    let begun = Instant::now();
    let checked = check_text("hostile.elig", text);
    assert!(checked.program.is_some() || checked.has_errors(), "refused without a word");
    for diagnostic in &checked.diagnostics {
        let range = diagnostic.primary.span.range();
        let file = checked.sources.get(diagnostic.primary.span.file).unwrap();
        assert!(file.text.get(range.clone()).is_some(), "{} points to {range:?}", diagnostic.title);
    }
    let right = checked.program.is_some();
    if let Some(program) = checked.program {
        let tree = lower(&program, &checked.sources);
        let json = tree.to_json();
        // A program without criteria has its warning, and a tree that nobody takes: everybody would be eligible by it.
        if tree.criteria.is_empty() {
            assert!(DecisionTree::from_json(&json).is_err(), "taken though it asks nothing");
            return Ok(right);
        }
        let again = DecisionTree::from_json(&json).map_err(|error| format!("not read again: {error}\n{text}"))?;
        let program = Program::new(again).map_err(|error| format!("not loaded: {}\n{text}", error.message))?;
        let record =
            program.read(b"{\"id\":1}", &ReadOptions::default()).map_err(|error| format!("{error:?}\n{text}"))?;
        let found = program.evaluate(&record, &EvalOptions::default());
        assert_eq!(found.verdict, program.screen(&record));
    }
    let took = begun.elapsed();
    if took > PATIENCE { Err(format!("takes {took:?}\n{text}")) } else { Ok(right) }
}

#[test]
fn random_bytes_are_refused_in_peace() {
    law("random bytes", 5_000, &[120], |tapes| {
        // Mostly printable, and now and then anything at all.
        let bytes: Vec<u8> = tapes[0]
            .iter()
            .flat_map(|number| {
                let bytes = number.to_le_bytes();
                if bytes[3] < 200 { vec![bytes[0] % 95 + 32] } else { bytes.to_vec() }
            })
            .collect();
        whole_way(&String::from_utf8_lossy(&bytes)).map(drop)
    });
}

#[test]
fn token_soups_are_refused_in_peace() {
    law("token soups", 5_000, &[120], |tapes| {
        let mut tape = Tape::new(&tapes[0]);
        let count = tapes[0].len() / 2;
        let soup: Vec<&str> = (0..count).map(|_| *tape.pick(WORDS)).collect();
        whole_way(&soup.join(*tape.pick(&[" ", " ", ""]))).map(drop)
    });
}

#[test]
fn spoilt_programs_are_read_in_peace() {
    let right = Cell::new(0);
    law("spoilt programs", 5_000, &[100, 300, 60], |tapes| {
        let mut tape = Tape::new(&tapes[0]);
        let text = if tape.chance(40) {
            program(&mut Tape::new(&tapes[1]), &mut Tape::new(&tapes[2]))
        } else {
            let at = tape.below(pieces().len());
            pieces()[at..].iter().take(1 + tape.below(4)).cloned().collect::<Vec<_>>().join("\n\n")
        };
        let mut tokens = tokens(&text);
        spoil(&mut tape, &mut tokens);
        right.set(right.get() + usize::from(whole_way(&tokens.concat())?));
        Ok(())
    });
    // A spoilt program that is right after all goes the whole way; enough of them must.
    assert!(right.get() > 200, "only {} programs were right", right.get());
}

/// Reads and screens; gives whether the record was right.
fn screened(compiled: &Compiled, bytes: &[u8]) -> Result<bool, String> {
    let begun = Instant::now();
    let read = compiled.program.read(bytes, &ReadOptions::default());
    if let Ok(record) = &read {
        let found = compiled.program.evaluate(record, &EvalOptions::default());
        assert_eq!(found.verdict, compiled.program.screen(record));
    }
    let took = begun.elapsed();
    if took > PATIENCE {
        return Err(format!("takes {took:?}\n{}\n{}", compiled.shown(), String::from_utf8_lossy(bytes)));
    }
    Ok(read.is_ok())
}

/// Some programs that read a good deal, made once.
fn programs() -> &'static [Compiled] {
    static PROGRAMS: OnceLock<Vec<Compiled>> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        (0..20_u32)
            .map(|seed| {
                // Any fixed numbers do.
                let numbers = |salt: u32| -> Vec<u32> {
                    (0..2_000_u32)
                        .map(|at| (at + 1).wrapping_mul(2_654_435_761).rotate_left(seed + salt) ^ (seed * 97 + at))
                        .collect()
                };
                compile(program(&mut Tape::new(&numbers(1)), &mut Tape::new(&numbers(5)))).unwrap()
            })
            .collect()
    })
}

/// A JSON value of any shape.
fn any_json(tape: &mut Tape, depth: usize) -> Json {
    let word = |tape: &mut Tape| {
        let names = [
            "id",
            "facts",
            "anchors",
            "judgements",
            "units",
            "canonical",
            "screening",
            "lab_mass",
            "lab_count",
            "zap",
            "mabs",
            "drugs",
            "betamab",
            "value",
            "unit",
            "at",
            "comparator",
            "uln",
            "start",
            "end",
            "planned",
            "drug",
            "kind",
            "mg/dL",
            "2026-03-01",
            "2026-02-30",
            "<",
            "positive",
            "severity",
            "dose",
            "born_on",
            "told",
            "assay",
            "I0.1",
            "",
            "é",
        ];
        (*tape.pick(&names)).to_owned()
    };
    match tape.below(if depth == 0 { 9 } else { 12 }) {
        0 => Json::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(tape.below(10)),
        4 => json!(-1),
        5 => {
            serde_json::from_str(tape.word(&["1e308", "-0.0", "0.1", "1e-300", "99999999999999999999", "2.5"])).unwrap()
        }
        6..=8 => json!(word(tape)),
        9 => (0..tape.below(4)).map(|_| any_json(tape, depth - 1)).collect(),
        _ => Json::Object((0..tape.below(5)).map(|_| (word(tape), any_json(tape, depth - 1))).collect()),
    }
}

/// A place somewhere inside, replaced, taken out or doubled.
fn spoil_json(tape: &mut Tape, json: &mut Json) {
    let inner = match json {
        Json::Array(list) if !list.is_empty() => {
            let at = tape.below(list.len());
            if tape.chance(10) {
                let again = list[at].clone();
                list.push(again);
                return;
            }
            &mut list[at]
        }
        Json::Object(object) if !object.is_empty() => {
            let at = tape.below(object.len());
            let key = object.keys().nth(at).unwrap().clone();
            if tape.chance(8) {
                object.remove(&key);
                return;
            }
            if tape.chance(8) {
                let inner = any_json(tape, 1);
                object.insert((*tape.pick(&["value", "unit", "at", "end", "drug", "x"])).to_owned(), inner);
                return;
            }
            &mut object[&key]
        }
        other => {
            *other = any_json(tape, 2);
            return;
        }
    };
    if tape.chance(15) { *inner = any_json(tape, 2) } else { spoil_json(tape, inner) }
}

#[test]
fn random_records_are_refused_in_peace() {
    law("random records", 5_000, &[150], |tapes| {
        let mut tape = Tape::new(&tapes[0]);
        let compiled = tape.pick(programs());
        let mut json = any_json(&mut tape, 4);
        if tape.chance(70) {
            json = json!({ "id": 1, "facts": json });
        }
        screened(compiled, json.to_string().as_bytes()).map(drop)
    });
}

#[test]
fn spoilt_records_are_read_in_peace() {
    let right = Cell::new(0);
    law("spoilt records", 5_000, &[1_500, 200, 60], |tapes| {
        let mut tape = Tape::new(&tapes[2]);
        let compiled = tape.pick(programs());
        let mut json = record(&mut Tape::new(&tapes[0]), &mut Tape::new(&tapes[1]), &compiled.question_ids());
        for _ in 0..tape.below(4) {
            spoil_json(&mut tape, &mut json);
        }
        let mut bytes = json.to_string().into_bytes();
        if tape.chance(30) {
            for _ in 0..=tape.below(3) {
                let at = tape.below(bytes.len());
                bytes[at] = u8::try_from(tape.below(256)).unwrap();
            }
        }
        right.set(right.get() + usize::from(screened(compiled, &bytes)?));
        Ok(())
    });
    assert!(right.get() > 300, "only {} records were right", right.get());
}

#[test]
fn spoilt_trees_are_read_in_peace() {
    let right = Cell::new(0);
    law("spoilt trees", 5_000, &[60], |tapes| {
        let begun = Instant::now();
        let mut tape = Tape::new(&tapes[0]);
        let compiled = tape.pick(programs());
        let text = if tape.chance(50) {
            let mut json: Json = serde_json::from_str(&compiled.json).unwrap();
            for _ in 0..=tape.below(3) {
                spoil_json(&mut tape, &mut json);
            }
            json.to_string()
        } else {
            let mut bytes = compiled.json.clone().into_bytes();
            for _ in 0..=tape.below(3) {
                let at = tape.below(bytes.len());
                bytes[at] = *tape.pick(b"0123456789\"{}[],:-eyn");
            }
            String::from_utf8_lossy(&bytes).into_owned()
        };
        if let Ok(tree) = DecisionTree::from_json(&text)
            && let Ok(program) = Program::new(tree)
            && let Ok(record) = program.read(b"{\"id\":1}", &ReadOptions::default())
        {
            right.set(right.get() + 1);
            program.evaluate(&record, &EvalOptions::default());
        }
        let took = begun.elapsed();
        if took > PATIENCE { Err(format!("takes {took:?}\n{text}")) } else { Ok(()) }
    });
    assert!(right.get() > 20, "only {} trees were right", right.get());
}
