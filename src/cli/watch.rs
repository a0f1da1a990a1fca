//! `eligc check --watch`: checks again whenever a file, or one that it uses, changes.
//!
//! Files are asked for their time and size a few times a second, which works on every system and on network drives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use super::args::CheckArgs;
use super::checked::{checked_text, on_all_cores};
use super::findings::report;
use super::io::{self, Failure, Files, Out};
use super::{CLEAN, files};
use crate::driver::Checked;
use crate::resolve::{Library, Loader};

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_millis(300);
/// How often a file that is gone is looked for before it is said to be gone: editors save by putting another in place.
const PATIENCE: usize = 3;

/// Time and size; `None` for a file that is not there.
type Stamps = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

pub(super) fn run(args: &CheckArgs, out: &mut Out) -> Result<u8, Failure> {
    if args.files.iter().any(|path| io::is_stdin(path)) {
        return Err(Failure("standard input cannot be watched; name a file or a folder".to_owned()));
    }
    if let Some(special) = args.files.iter().find(|path| io::is_special(path)) {
        return Err(Failure::reading(special, "a pipe or a device cannot be watched; name a file or a folder"));
    }
    let terminal = std::io::stdout().is_terminal();
    let mut used = BTreeSet::new();
    loop {
        let seen = round(args, terminal, &mut used, out)?;
        if out.closed {
            return Ok(CLEAN);
        }
        wait(args, &used, &seen);
    }
}

/// One check of everything. Gives what the files looked like just before they were read.
fn round(args: &CheckArgs, terminal: bool, used: &mut BTreeSet<PathBuf>, out: &mut Out) -> Result<Stamps, Failure> {
    let (seen, results) = loop {
        let seen = stamps(args, used);
        let (results, now_used) = check_all(args);
        // A file met for the first time had no stamp before it was read: once more, with its stamp.
        if now_used.is_subset(used) {
            *used = now_used;
            break (seen, results);
        }
        *used = now_used;
    };
    if terminal {
        // Clears the screen and what scrolled off it, and goes to its top.
        out.text("\u{1b}[2J\u{1b}[3J\u{1b}[H")?;
    }
    match results {
        Ok(results) => {
            report(results, args, out)?;
        }
        Err(Failure(message)) => io::complain(&message),
    }
    out.error(&format!("[{}] waiting for changes; Ctrl-C ends\n", clock()))?;
    Ok(seen)
}

/// Returns when a file has come, gone or changed since `seen`.
fn wait(args: &CheckArgs, used: &BTreeSet<PathBuf>, seen: &Stamps) {
    let mut gone_for = 0;
    loop {
        std::thread::sleep(PAUSE);
        let now = stamps(args, used);
        let gone = seen.iter().any(|(path, stamp)| stamp.is_some() && now.get(path).is_none_or(Option::is_none));
        gone_for = if gone { gone_for + 1 } else { 0 };
        if now != *seen && (!gone || gone_for >= PATIENCE) {
            return;
        }
    }
}

fn stamps(args: &CheckArgs, used: &BTreeSet<PathBuf>) -> Stamps {
    let named = files::expand(&args.files).unwrap_or_default();
    named.into_iter().chain(used.iter().cloned()).map(|path| (path.clone(), stamp(&path))).collect()
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), metadata.len()))
}

type Results = Result<Vec<Result<Checked, Failure>>, Failure>;

/// Checks everything, and says which files were asked for by `use`.
fn check_all(args: &CheckArgs) -> (Results, BTreeSet<PathBuf>) {
    let recorder = Recorder { asked: Mutex::new(BTreeSet::new()) };
    let results = files::expand(&args.files).map(|paths| {
        on_all_cores(
            &paths,
            || Library::shipped().read(),
            |path| {
                let text = io::read_source(path)?;
                Ok(checked_text(&io::shown(path), text, &recorder, &args.levels.0))
            },
        )
    });
    (results, recorder.asked.into_inner().unwrap_or_default())
}

/// Reads files, and remembers each that was asked for, whether it was there or not.
struct Recorder {
    asked: Mutex<BTreeSet<PathBuf>>,
}

impl Loader for Recorder {
    fn load(&self, from: &str, path: &str) -> Result<(String, String), String> {
        if let Ok(mut asked) = self.asked.lock() {
            asked.insert(Files::path(from, path));
        }
        Files.load(from, path)
    }
}

/// The time of day.
fn clock() -> String {
    jiff::Zoned::now().strftime("%H:%M:%S").to_string()
}
