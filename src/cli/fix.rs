//! `eligc check --fix`: makes the edits that change no meaning, or shows them with `--diff`.

use std::path::{Path, PathBuf};

use super::args::{CheckArgs, CheckFormat};
use super::checked::{on_all_cores, weighed};
use super::findings::{count, rendered, report, summary};
use super::io::{self, Failure, Files, Out};
use super::table::Paint;
use super::{CLEAN, COULD_NOT_RUN, FINDINGS};
use crate::diag::wording::plural;
use crate::driver::Checked;
use crate::ide::safe_fixes;
use crate::resolve::Library;
use crate::save;

/// A file with its safe edits made.
struct Repaired {
    before: String,
    after: String,
    edits: usize,
    /// Edits not made: the text would not check better with them.
    left_out: usize,
    /// What is left.
    checked: Checked,
}

pub(super) fn run(args: &CheckArgs, paths: &[PathBuf], out: &mut Out) -> Result<u8, Failure> {
    if !args.diff {
        save::remove_leftovers(paths.iter().map(PathBuf::as_path));
    }
    let repaired = on_all_cores(paths, || Library::shipped().read(), |path| repair(path, args));
    if args.diff {
        return diff(repaired, paths, out);
    }
    let mut results = Vec::new();
    for (path, repaired) in paths.iter().zip(repaired) {
        results.push(repaired.and_then(|repaired| {
            if io::is_stdin(path) {
                return Ok(repaired);
            }
            if repaired.edits > 0 {
                io::rewrite(path, &repaired.before, &repaired.after)?;
                out.error(&format!("{}: corrected {}\n", io::shown(path), plural(repaired.edits, "problem")))?;
            }
            if repaired.left_out > 0 {
                let left_out = plural(repaired.left_out, "edit");
                out.error(&format!("{}: {left_out} left out, for it would not check better\n", io::shown(path)))?;
            }
            Ok(repaired)
        }));
    }
    // What is left of standard input goes to standard error: the corrected text has standard output for itself.
    if let ([path], [_]) = (paths, results.as_slice())
        && io::is_stdin(path)
    {
        return match results.pop() {
            Some(Ok(repaired)) => {
                out.text(&repaired.after)?;
                let checks = [repaired.checked];
                let (errors, warnings) = count(&checks);
                let mut rest = rendered(&checks, args.format, out.error_color);
                if args.format == CheckFormat::Human {
                    rest.push_str(&summary(&checks, errors, warnings));
                }
                out.error(&rest)?;
                Ok(if errors > 0 { FINDINGS } else { CLEAN })
            }
            Some(Err(failure)) => Err(failure),
            None => Ok(CLEAN),
        };
    }
    let left = results.into_iter().map(|result| result.map(|repaired| repaired.checked)).collect();
    Ok(report(left, args, out)?.code)
}

/// The edits as a unified diff; nothing is written.
fn diff(all: Vec<Result<Repaired, Failure>>, paths: &[PathBuf], out: &mut Out) -> Result<u8, Failure> {
    let (mut edits, mut errors, mut unread) = (0, 0, false);
    for (path, repaired) in paths.iter().zip(all) {
        match repaired {
            Ok(repaired) => {
                out.text(&unified(&io::shown(path), &repaired.before, &repaired.after, out.color))?;
                edits += repaired.edits;
                errors += count(&[repaired.checked]).0;
            }
            Err(Failure(message)) => {
                io::complain(&message);
                unread = true;
            }
        }
    }
    let left = if errors > 0 { format!("; {} would be left", plural(errors, "error")) } else { String::new() };
    let would = if edits > 0 { plural(edits, "problem") } else { "nothing".to_owned() };
    out.error(&format!("{would} would be corrected{left}\n"))?;
    Ok(match (unread, edits + errors) {
        (true, _) => COULD_NOT_RUN,
        (false, 0) => CLEAN,
        (false, _) => FINDINGS,
    })
}

fn repair(path: &Path, args: &CheckArgs) -> Result<Repaired, Failure> {
    let levels = &args.levels.0;
    let before = if args.diff { io::read_source(path) } else { io::read_regular(path) }?;
    let name = io::shown(path);
    let safe_fixes::Repaired { text: after, edits, left_out, checked } = safe_fixes::repair(&name, &before, &Files);
    Ok(Repaired { before, after, edits, left_out, checked: weighed(checked, levels) })
}

/// The lines that change with three lines around them; nothing when none does.
pub(super) fn unified(name: &str, before: &str, after: &str, color: bool) -> String {
    if before == after {
        return String::new();
    }
    let mut options = diffy::DiffOptions::new();
    options.set_context_len(3).set_original_filename(name.to_owned()).set_modified_filename(name.to_owned());
    let text = options.create_patch(before, after).to_string();
    if !color {
        return text;
    }
    let paint = Paint::new(true);
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let painted = match bare.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => paint.strong(bare),
            [b'@', ..] => paint.faint(bare),
            [b'+', ..] => paint.good(bare),
            [b'-', ..] => paint.bad(bare),
            _ => bare.to_owned(),
        };
        out.push_str(&painted);
        out.push('\n');
    }
    out
}
