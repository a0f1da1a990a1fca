//! `eligc check FILE..`

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::io::{self, Failure, Files, Out};
use super::{CLEAN, CheckArgs, CheckFormat, Deny, FINDINGS};
use crate::check::{Checked, check_file};
use crate::diag::{Code, Severity};

pub(super) fn run(args: &CheckArgs, out: &mut Out) -> Result<u8, Failure> {
    let denied = Denied::new(&args.deny)?;
    let (mut errors, mut warnings) = (0, 0);
    for checked in all_checked(&args.files, &denied) {
        let checked = checked?;
        let text = io::rendered(&checked, args.format == CheckFormat::Short, out.color);
        out.text(&text)?;
        for diagnostic in &checked.diagnostics {
            match diagnostic.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
            }
        }
    }
    if args.format == CheckFormat::Human {
        let files = plural(args.files.len(), "file");
        let summary = match (errors, warnings) {
            (0, 0) => format!("{files} checked, no problems\n"),
            (errors, warnings) => {
                format!("{files} checked, {} and {}\n", plural(errors, "error"), plural(warnings, "warning"))
            }
        };
        out.error(&summary)?;
    }
    Ok(if errors > 0 { FINDINGS } else { CLEAN })
}

/// Checks files on as many threads as the machine has cores; results in the order of the files.
fn all_checked(files: &[PathBuf], denied: &Denied) -> Vec<Result<Checked, Failure>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let next = AtomicUsize::new(0);
    let mut results: Vec<(usize, Result<Checked, Failure>)> = std::thread::scope(|scope| {
        let work = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(path) = files.get(at) else {
                    return done;
                };
                done.push((at, checked(path, denied)));
            }
        };
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut results = work();
        for worker in workers {
            // Workers do not panic: the lints see to that.
            results.extend(worker.join().unwrap_or_default());
        }
        results
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Reads and checks one file, warnings that are denied made errors.
pub(super) fn checked(path: &Path, denied: &Denied) -> Result<Checked, Failure> {
    let text = io::read_source(path)?;
    let mut checked = check_file(&io::shown(path), &text, &Files);
    denied.apply(&mut checked);
    Ok(checked)
}

/// Warnings that count as errors.
pub(super) struct Denied {
    codes: Vec<Code>,
    all: bool,
}

impl Denied {
    /// Nothing is denied.
    pub fn none() -> Denied {
        Denied { codes: Vec::new(), all: false }
    }

    pub fn new(deny: &Deny) -> Result<Denied, Failure> {
        let mut denied = Denied::none();
        for word in &deny.deny {
            match word.as_str() {
                "warnings" => denied.all = true,
                "todo" => denied.codes.push(Code::W0703),
                other => match other.parse::<Code>() {
                    Ok(code) => denied.codes.push(code),
                    Err(()) => {
                        let known = Code::ALL.iter().flat_map(|code| [code.id(), code.name()]);
                        let near = crate::diag::suggest::nearest(other, known, 2);
                        let hint =
                            crate::diag::suggest::did_you_mean(&near).map_or(String::new(), |hint| format!("; {hint}"));
                        return Err(Failure::Message(format!("`--deny {other}`: no such code{hint}")));
                    }
                },
            }
        }
        Ok(denied)
    }

    /// Whether a warning counts as an error.
    pub fn denies(&self, code: Code) -> bool {
        self.all || self.codes.contains(&code)
    }

    fn apply(&self, checked: &mut Checked) {
        for diagnostic in &mut checked.diagnostics {
            if self.denies(diagnostic.code) {
                diagnostic.severity = Severity::Error;
            }
        }
        if checked.has_errors() {
            checked.program = None;
        }
    }
}

/// `1 file`, `2 files`
pub(super) fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
