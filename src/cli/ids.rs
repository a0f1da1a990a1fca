//! Ids that are on more than one record, however many records there are.
//!
//! An id is kept as 128 bits of a keyed hash with its line, 24 bytes in all. So many as fit into the memory set aside
//! are asked at once. Past that they go to a file in sorted runs, and what two runs share is found at the end, when the
//! runs are merged: of a hundred million records 2.4 GB of scratch file, read once. That two ids have one hash by chance
//! is as likely as one in 10^22 at that number.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::fs::{self, File, OpenOptions};
use std::hash::BuildHasher;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::record::RecordId;

/// Ids held in memory: what a table of 2^21 places takes before it grows, 52 MB.
pub const MAX_IDS: usize = (1 << 21) / 8 * 7;

/// At the end so many repeats are told by their lines; the others are counted.
const MAX_TOLD: usize = 1000;

/// A hash and a line in a run.
const ROW: usize = 24;

/// So much of a run is read at a time.
const READ: usize = ROW * 1024;

type Hash = [u64; 2];

/// The ids of a stream.
#[derive(Debug)]
pub struct Ids {
    most: usize,
    folder: PathBuf,
    keys: [RandomState; 2],
    held: HashMap<Hash, u64>,
    spilled: Option<Spilled>,
}

/// Repeats that no run shows by itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// The line of a repeat and of the one before it, in the order of the lines.
    pub lines: Vec<(u64, u64)>,
    /// Repeats beyond those.
    pub others: u64,
}

impl Ids {
    /// None yet; at most so many are held, the others go to a file in `folder`.
    pub fn new(most: usize, folder: &Path) -> Ids {
        Ids {
            most: most.max(1),
            folder: folder.to_owned(),
            keys: [RandomState::new(), RandomState::new()],
            held: HashMap::new(),
            spilled: None,
        }
    }

    /// The line an id was met on before, if it was met since the last spill. `17` and `"17"` are one id.
    ///
    /// # Errors
    /// The scratch file cannot be written.
    pub fn met(&mut self, id: &RecordId, line: u64) -> io::Result<Option<u64>> {
        let [first, second] = &self.keys;
        let text = id.to_string();
        let hash = [first.hash_one(text.as_str()), second.hash_one(text.as_str())];
        if self.held.len() >= self.most && !self.held.contains_key(&hash) {
            self.spill()?;
        }
        Ok(match self.held.entry(hash) {
            Entry::Occupied(before) => Some(*before.get()),
            Entry::Vacant(place) => {
                place.insert(line);
                None
            }
        })
    }

    fn spill(&mut self) -> io::Result<()> {
        let spilled = match &mut self.spilled {
            Some(spilled) => spilled,
            none => none.insert(Spilled::new(&self.folder)?),
        };
        let mut rows: Vec<(Hash, u64)> = self.held.drain().collect();
        rows.sort_unstable();
        spilled.write(&rows)
    }

    /// The repeats between runs; those within one were told when they were met.
    ///
    /// # Errors
    /// The scratch file cannot be written or read.
    pub fn repeats(mut self) -> io::Result<Repeats> {
        if self.spilled.is_none() {
            return Ok(Repeats::default());
        }
        self.spill()?;
        let Some(mut spilled) = self.spilled.take() else {
            return Ok(Repeats::default());
        };
        let mut found = Repeats::default();
        let mut before: Option<(Hash, u64)> = None;
        spilled.merge(|hash, line| {
            if let Some((_, last)) = before.filter(|(same, _)| *same == hash) {
                if found.lines.len() < MAX_TOLD {
                    found.lines.push((line, last));
                } else {
                    found.others += 1;
                }
            }
            before = Some((hash, line));
        })?;
        found.lines.sort_unstable();
        Ok(found)
    }
}

/// Sorted runs, one behind another in a file that is gone when this is.
#[derive(Debug)]
struct Spilled {
    path: PathBuf,
    file: File,
    /// Where each run begins and ends.
    runs: Vec<(u64, u64)>,
}

impl Spilled {
    fn new(folder: &Path) -> io::Result<Spilled> {
        let mut number = 0;
        loop {
            let path = folder.join(format!("eligc-ids-{}-{number}", std::process::id()));
            match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Spilled { path, file, runs: Vec::new() }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
                Err(error) => return Err(error),
            }
        }
    }

    fn write(&mut self, rows: &[(Hash, u64)]) -> io::Result<()> {
        let start = self.file.seek(SeekFrom::End(0))?;
        let mut out = BufWriter::with_capacity(1 << 20, &mut self.file);
        for ([first, second], line) in rows {
            for part in [first, second, line] {
                out.write_all(&part.to_le_bytes())?;
            }
        }
        out.flush()?;
        drop(out);
        let end = self.file.stream_position()?;
        self.runs.push((start, end));
        Ok(())
    }

    /// Every row of all runs in the order of the hashes, then of the lines.
    fn merge(&mut self, mut each: impl FnMut(Hash, u64)) -> io::Result<()> {
        let mut runs: Vec<Run> =
            self.runs.iter().map(|(start, end)| Run { next: *start, end: *end, read: Vec::new() }).collect();
        let mut heads = std::collections::BinaryHeap::new();
        for (at, run) in runs.iter_mut().enumerate() {
            heads.extend(run.row(&mut self.file)?.map(|row| std::cmp::Reverse((row, at))));
        }
        while let Some(std::cmp::Reverse(((hash, line), at))) = heads.pop() {
            each(hash, line);
            if let Some(run) = runs.get_mut(at) {
                heads.extend(run.row(&mut self.file)?.map(|row| std::cmp::Reverse((row, at))));
            }
        }
        Ok(())
    }
}

impl Drop for Spilled {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// A run being read: what was read ahead stands last row first.
struct Run {
    next: u64,
    end: u64,
    read: Vec<(Hash, u64)>,
}

impl Run {
    fn row(&mut self, file: &mut File) -> io::Result<Option<(Hash, u64)>> {
        if self.read.is_empty() && self.next < self.end {
            let left = usize::try_from(self.end - self.next).unwrap_or(READ).min(READ);
            let mut bytes = vec![0; left];
            file.seek(SeekFrom::Start(self.next))?;
            file.read_exact(&mut bytes)?;
            self.next += u64::try_from(left).unwrap_or(u64::MAX);
            let (rows, _) = bytes.as_chunks::<ROW>();
            self.read.extend(rows.iter().rev().map(|row| {
                let (parts, _) = row.as_chunks::<8>();
                let part = |at: usize| parts.get(at).map_or(0, |part| u64::from_le_bytes(*part));
                ([part(0), part(1)], part(2))
            }));
        }
        Ok(self.read.pop())
    }
}
