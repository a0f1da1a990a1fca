//! Records that are cut off or never closed: those behind them are found, and each is counted once.

use std::collections::BTreeSet;
use std::io::BufReader;

use eligc::record::{MAX_RECORD, Records, SplitProblem};

use super::splitting::split;

/// How many pieces are whole records, which are broken ones, and which problems the stream has.
#[track_caller]
fn counted(text: &str) -> (usize, usize, Vec<SplitProblem>) {
    let mut found = (0, 0, Vec::new());
    for (_, piece, problem) in split(text.as_bytes()).1 {
        match problem {
            Some(problem) => found.2.push(problem),
            None if serde_json::from_str::<serde_json::Value>(&piece).is_ok_and(|value| value["id"].is_u64()) => {
                found.0 += 1;
            }
            None => found.1 += 1,
        }
    }
    found
}

/// Ways of cutting a record off. None of them is whole.
const CUT: [&str; 12] = [
    "{",
    "{\"id\":1",
    "{\"id\":1,",
    "{\"id\":1,\"facts\":",
    "{\"id\":1,\"facts\":{",
    "{\"id\":1,\"facts\":{\"a",
    "{\"id\":1,\"facts\":{\"a\":",
    "{\"id\":1,\"facts\":{\"a\":[",
    "{\"id\":1,\"facts\":{\"a\":[{\"start\":\"2020\"}",
    "{\"id\":1,\"facts\":{\"a\":[{\"start\":\"2020\"},",
    "{\"id\":1,\"facts\":{\"a\":\"text",
    "{\"id\":1,\"facts\":{\"a\":[{\"start\":\"2020\"}}",
];

fn good(count: usize) -> Vec<String> {
    (0..count)
        .map(|id| format!("{{\"id\":{},\"anchors\":{{}},\"facts\":{{\"k\":[{{\"start\":\"2024\"}}]}}}}", id + 10))
        .collect()
}

#[test]
fn broken_lines_at_the_start_take_no_other_with_them() {
    for first in CUT {
        for second in CUT {
            let many = if first == second { 1000 } else { 40 };
            let text = format!("{first}\n{second}\n{}\n", good(many).join("\n"));
            // A bare bracket may be the value that the first was about to give.
            let one = second == "{" && first.ends_with([':', '[', ',']) && first.contains("facts");
            assert_eq!(counted(&text), (many, if one { 1 } else { 2 }, vec![]), "{first} then {second}");
        }
    }
}

#[test]
fn broken_lines_in_the_middle_and_at_the_end() {
    for cut in CUT {
        let records = good(20);
        let text = format!("{}\n{cut}\n{cut}\n{}\n{cut}", records[..9].join("\n"), records[9..].join("\n"));
        assert_eq!(counted(&text), (20, 3, vec![]), "{cut}");
    }
}

#[test]
fn an_object_of_an_array_that_is_never_closed() {
    for cut in CUT {
        for (open, comma, close) in
            [("[\n", ",\n", "\n]"), ("[", ",", "]"), ("[\n  ", ",\n  ", "\n]\n"), ("[", " , ", "]")]
        {
            if cut.contains("\"text") && !comma.contains('\n') || cut.ends_with("\"a") && !comma.contains('\n') {
                // On one line the text goes on up to the next quote.
                continue;
            }
            let cut = cut.trim_end_matches(',');
            for at in [0, 5, 10] {
                let mut records = good(10);
                records.insert(at, cut.to_owned());
                let text = format!("{open}{}{close}", records.join(comma));
                // The end of the array may be the end of a list that was left open.
                let ends =
                    at == 10 && cut.contains('[') && !cut.ends_with('}') || at == 10 && cut.ends_with("\"2020\"}");
                let problems = if ends { vec![SplitProblem::UnclosedArray] } else { vec![] };
                assert_eq!(counted(&text), (10, 1, problems), "{cut} at {at}: {text}");
            }
        }
    }
}

#[test]
fn pretty_records_over_many_lines() {
    let pretty = |id: usize| {
        format!(
            "{{\n  \"id\": {id},\n  \"facts\": {{\n    \"k\": [\n      {{\n        \"start\": \"2024\"\n      }}\n    ]\n  }}\n}}"
        )
    };
    let cut = |id: usize, lines: usize| pretty(id).lines().take(lines).collect::<Vec<_>>().join("\n");
    for lines in 2..9 {
        let all = [pretty(1), cut(2, lines), pretty(3), cut(4, lines), cut(5, lines), pretty(6)];
        assert_eq!(counted(&all.join("\n")), (3, 3, vec![]), "{lines}");
        let array = format!("[\n{}\n]", all.join(",\n"));
        assert_eq!(counted(&array), (3, 3, vec![]), "{lines}\n{array}");
        let deeper: String = array.lines().map(|line| format!("    {line}\n")).collect();
        assert_eq!(counted(&deeper), (3, 3, vec![]), "{lines}\n{deeper}");
    }
    // Flat to the left, whole: nothing is parted that is one record.
    let flat = "{\n\"id\":1,\n\"facts\":{\n\"a\":[\n{\"start\":\"2020\"},\n{\n\"start\":\"2021\"}\n]}}\n";
    assert_eq!(counted(&flat.repeat(5)), (5, 0, vec![]));
    assert_eq!(counted(&format!("[{}]", [flat; 5].join(","))), (5, 0, vec![]));
}

#[test]
fn lines_know_where_they_are() {
    let text = format!("{{\"id\":1,\"facts\":{{\n{{\"id\":2,\"facts\":{{\"a\":[\n{}", good(3).join("\n"));
    assert_eq!(split(text.as_bytes()).1.iter().map(|piece| piece.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    let text = format!("[\n{{\"id\":1,\"facts\":{{\"a\":[,\n{}\n]", good(3).join(",\n"));
    assert_eq!(split(text.as_bytes()).1.iter().map(|piece| piece.0).collect::<Vec<_>>(), [2, 3, 4, 5]);
}

/// What is behind a bracket too many belongs to the record: the first half of it alone could let a patient in.
#[test]
fn a_record_closed_too_early_is_one_broken_record() {
    let rest = [
        r#","car_t":[{"start":"2020"}]}}"#,
        r#", "car_t":[{"start":"2020"}]}"#,
        r#""car_t":[{"start":"2020"}]}}"#,
        "}",
        "\n}\n",
        ",\n  \"car_t\":[\n    {\"start\":\"2020\"}\n  ]\n}",
    ];
    for rest in rest {
        let early = format!("{{\"id\":1,\"facts\":{{\"sledai2k\":9}}}}{rest}");
        let others = good(3);
        for parted in [",", ",\n"] {
            let text = format!("[{},{parted}{early}{parted}{}]", others[0], others[1..].join(parted));
            let text = text.replacen(&format!(",{parted}"), parted, 1);
            assert_eq!(counted(&text), (3, 1, vec![]), "{text}");
        }
        // Over several lines, and alone.
        let text = format!("{{\n \"id\":7,\n \"facts\":{{}}\n}}\n{}\n{}\n", early.replacen("{", "{\n ", 1), others[0]);
        let (whole, broken, problems) = counted(&text);
        assert_eq!((whole, broken), (2, 1), "{text}\n{problems:?}");
        let text = format!("[{early}]");
        assert_eq!(counted(&text), (0, 1, vec![]), "{text}");
    }
    // A comma between records that stand one behind another, and other elements of an array, cost no record.
    assert_eq!(counted("{\n\"id\":1},\n{\n\"id\":2}\n"), (2, 0, vec![SplitProblem::Stray]));
    assert_eq!(counted("[{\"id\":1},null,{\"id\":2},]").0, 2);
}

/// A missing quote turns texts and what is between them round: the records behind it are found all the same.
#[test]
fn records_behind_a_missing_quote() {
    for parted in ["", " ", "\n"] {
        let text = [r#"{"id":"A, "facts":{}}"#, r#"{"id":1}"#, r#"{"id":2}"#].join(parted);
        assert_eq!(counted(&text), (2, 1, vec![]), "{text}");
        let text = [r#"{"id":1}"#, r#"{"id":"A}"#, r#"{"id":2,"facts":{}}"#, r#"{"id":3}"#].join(parted);
        assert_eq!(counted(&text), (3, 1, vec![]), "{text}");
        let text = format!("[{}]", [r#"{"id":"A}"#, r#"{"id":1}"#, r#"{"id":2}"#].join(&format!(",{parted}")));
        assert_eq!(counted(&text), (2, 1, vec![]), "{text}");
    }
    // What is whole is one record, whatever its texts say.
    let text = r#"{"id":1,"facts":{"note":"{\"id\":2}"}}"#;
    assert_eq!(counted(text), (1, 0, vec![]));
}

#[test]
fn what_stands_between_records_is_no_record() {
    use SplitProblem::{BehindArray, Comma, Rest, Stray, UnclosedArray};
    let cases: [(&str, usize, usize, &[SplitProblem]); 11] = [
        ("[{\"id\":1} {\"id\":2}]", 2, 0, &[Comma]),
        ("[{\"id\":1}},{\"id\":2}]", 1, 1, &[]),
        ("[{\"id\":1} x, {\"id\":2}]", 2, 0, &[Comma]),
        ("[{\"id\":1},,{\"id\":2}]", 2, 0, &[Comma]),
        ("[{\"id\":1},{\"id\":2}", 2, 0, &[UnclosedArray]),
        ("[{\"id\":1},{\"id\":2", 1, 1, &[UnclosedArray]),
        ("[{\"id\":1}]\n[{\"id\":2},{\"id\":3}]", 3, 0, &[BehindArray]),
        ("[{\"id\":1}]\n{\"id\":2}\n{\"id\":3}", 3, 0, &[BehindArray]),
        ("[{\"id\":1}]\nhello {\"id\":2}", 1, 0, &[Rest]),
        ("{\n\"id\":1\n},\n{\n\"id\":2\n},\n", 2, 0, &[Stray, Stray]),
        ("{\n\"id\":1\n}}\n{\n\"id\":2\n}\n", 1, 1, &[]),
    ];
    for (text, whole, broken, problems) in cases {
        assert_eq!(counted(text), (whole, broken, problems.to_vec()), "{text}");
    }
}

#[test]
fn a_byte_order_mark_before_any_record() {
    for joined in ["\n\u{feff}", "\n\n\u{feff}", "\u{feff}", "\n  \u{feff}"] {
        let text = good(4).join(joined);
        assert_eq!(counted(&text), (4, 0, vec![]), "{joined:?}");
        assert_eq!(counted(&format!("\u{feff}{text}\n\u{feff}\n")), (4, 0, vec![]), "{joined:?}");
        let array = format!("[{}]", good(4).join(&format!(",{joined}")));
        assert_eq!(counted(&array), (4, 0, vec![]), "{array}");
        let objects: Vec<String> = (1..4).map(|id| format!("{{\n \"id\": {id}\n}}")).collect();
        assert_eq!(counted(&objects.join(joined)), (3, 0, vec![]), "{joined:?}");
    }
    // A mark that is none.
    assert_eq!(counted("{\"id\":1}\n\u{feef}{\"id\":2}\n{\"id\":3}"), (2, 1, vec![]));
}

/// Past the most that is held, the next ones are found too, and memory stays where it was.
#[test]
fn a_cut_record_before_more_than_is_held() {
    let filler = format!("{{\"id\":7,\"facts\":{{\"k\":\"{}\"}}}}", "x".repeat(1 << 20));
    let mut text = String::from("[\n{\"id\":1,\"facts\":{\"a\":[");
    for _ in 0..20 {
        text.push_str(",\n");
        text.push_str(&filler);
    }
    text.push_str("\n]");
    assert!(text.len() > MAX_RECORD);
    let mut records = Records::new(BufReader::new(text.as_bytes()));
    let mut sizes = Vec::new();
    while let Some(raw) = records.next_record().expect("no trouble") {
        assert_eq!(raw.problem, None);
        sizes.push(raw.bytes.len());
    }
    assert_eq!(sizes.len(), 21);
    assert_eq!(sizes[1..].iter().collect::<BTreeSet<_>>(), BTreeSet::from([&filler.len()]));
}

/// Many cut records cost what as many whole ones do.
#[test]
fn ten_thousand_cut_records_are_read_in_one_go() {
    for cut in
        ["{\"id\":1,\"facts\":{\"a\":[", "{\"id\":1,\"facts\":{", "{\"id\":1,\"facts\":{\"a\":[{\"start\":\"2020\"}}"]
    {
        let text = format!("[{}]", [cut; 10_000].join(","));
        let started = std::time::Instant::now();
        let mut records = Records::new(BufReader::new(text.as_bytes()));
        let mut count = 0;
        while let Some(raw) = records.next_record().expect("no trouble") {
            count += usize::from(raw.problem.is_none());
        }
        assert_eq!(count, 10_000, "{cut}");
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
}
