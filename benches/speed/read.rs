//! Records out of NDJSON text, against bare `serde_json::Value` on the same bytes.

use std::hint::black_box;

use eligc::record::{ReadOptions, Record, Records};

use crate::{evaluate, least};

pub fn run() {
    const RECORDS: usize = 20_000;
    let Some(evaluator) = evaluate::evaluator() else {
        return;
    };
    let text = evaluate::lines(RECORDS).join("\n");
    let options = ReadOptions::default();
    let ours = least(7, || {
        let mut records = Records::new(text.as_bytes());
        let mut record = Record::default();
        let mut count = 0;
        while let Ok(Some(raw)) = records.next_record() {
            count += usize::from(black_box(evaluator.read_into(raw.bytes, &options, &mut record)).is_ok());
            black_box(&record);
        }
        assert_eq!(count, RECORDS);
    });
    let screened = least(7, || {
        let mut records = Records::new(text.as_bytes());
        let mut record = Record::default();
        while let Ok(Some(raw)) = records.next_record() {
            if evaluator.read_into(raw.bytes, &options, &mut record).is_ok() {
                black_box(evaluator.screen(&record));
            }
        }
    });
    let value = least(7, || {
        for line in text.lines() {
            black_box(serde_json::from_str::<serde_json::Value>(line).is_ok());
        }
    });
    let rate = |time: std::time::Duration| RECORDS as f64 / time.as_secs_f64();
    let megabytes = |time: std::time::Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
    println!(
        "records from NDJSON ({} bytes each): {:.0} a second ({:.0} MB/s), read and screened {:.0} a second; serde_json::Value alone {:.0} a second ({:.0} MB/s); {:.1} x as fast",
        text.len() / RECORDS,
        rate(ours),
        megabytes(ours),
        rate(screened),
        rate(value),
        megabytes(value),
        rate(ours) / rate(value)
    );
}
