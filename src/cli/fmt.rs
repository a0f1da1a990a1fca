//! `eligc fmt FILE..`

use std::path::{Path, PathBuf};

use super::args::FmtArgs;
use super::checked::on_all_cores;
use super::io::{self, Failure, Out};
use super::{CLEAN, COULD_NOT_RUN, FINDINGS, files, fix};
use crate::diag::wording::plural;
use crate::fmt::{Formatted, format};
use crate::save;

/// A file before and after.
struct LaidOut {
    before: String,
    after: Formatted,
}

/// How many files there are of each sort.
#[derive(Default)]
struct Counts {
    changed: usize,
    same: usize,
    failed: usize,
    left_alone: usize,
}

pub(super) fn run(args: &FmtArgs, out: &mut Out) -> Result<u8, Failure> {
    let paths = files::expand(&args.files)?;
    if !args.check && !args.diff {
        save::remove_leftovers(paths.iter().map(PathBuf::as_path));
    }
    let mut counts = Counts::default();
    for (path, laid_out) in paths.iter().zip(on_all_cores(&paths, || (), |path| lay_out(path, args))) {
        match laid_out.and_then(|laid_out| finish(path, laid_out, args, &mut counts, out)) {
            Ok(()) => {}
            Err(Failure(message)) => {
                out.finish()?;
                io::complain(&message);
                counts.failed += 1;
            }
        }
    }
    let only_shown = args.check || args.diff;
    // The text of standard input has no diagnostics of its own next to it.
    if only_shown || !paths.iter().all(|path| io::is_stdin(path)) || counts.left_alone > 0 {
        out.error(&counts.summary(only_shown))?;
    }
    Ok(match (counts.failed, counts.changed) {
        (1.., _) => COULD_NOT_RUN,
        (0, 1..) if only_shown => FINDINGS,
        _ => CLEAN,
    })
}

fn lay_out(path: &Path, args: &FmtArgs) -> Result<LaidOut, Failure> {
    let only_shown = args.check || args.diff;
    let before = if only_shown { io::read_source(path) } else { io::read_regular(path) }?;
    let after = format(&before).map_err(|why| Failure(format!("cannot format {}: {why}", io::shown(path))))?;
    Ok(LaidOut { before, after })
}

fn finish(path: &Path, laid_out: LaidOut, args: &FmtArgs, counts: &mut Counts, out: &mut Out) -> Result<(), Failure> {
    let LaidOut { before, after } = laid_out;
    let changed = before != after.text;
    if args.diff {
        out.text(&fix::unified(&io::shown(path), &before, &after.text, out.color))?;
    } else if args.check {
        if changed {
            out.text(&format!("{}\n", io::shown(path)))?;
        }
    } else if io::is_stdin(path) {
        out.text(&after.text)?;
    } else if changed {
        io::rewrite(path, &before, &after.text)?;
    }
    counts.changed += usize::from(changed);
    counts.same += usize::from(!changed);
    counts.left_alone += after.left_alone;
    Ok(())
}

impl Counts {
    fn summary(&self, only_shown: bool) -> String {
        let changed = plural(self.changed, "file");
        let mut line = match (self.changed, only_shown) {
            (0, _) => "nothing to format".to_owned(),
            (_, true) => format!("{changed} would be formatted"),
            (_, false) => format!("{changed} formatted"),
        };
        if self.same > 0 && self.changed > 0 {
            line.push_str(&format!(", {} already", self.same));
        }
        if self.failed > 0 {
            line.push_str(&format!(", {} could not be", self.failed));
        }
        if self.left_alone > 0 {
            let what = if self.left_alone == 1 {
                "1 part with an error".to_owned()
            } else {
                format!("{} parts with errors", self.left_alone)
            };
            line.push_str(&format!("; {what} left alone"));
        }
        line.push('\n');
        line
    }
}
