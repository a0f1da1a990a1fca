//! `eligc check FILE..`

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::io::{self, Failure, Files, Out};
use super::{CLEAN, COULD_NOT_RUN, CheckArgs, CheckFormat, FINDINGS, files, fix, watch};
use crate::diag::level::Levels;
use crate::diag::render::{self, Findings};
use crate::diag::{Safety, Severity, grouped};
use crate::driver::{Checked, check_file};
use crate::parallel;
use crate::resolve::{Library, Loader};

pub(super) fn run(args: &CheckArgs, out: &mut Out) -> Result<u8, Failure> {
    if args.watch {
        return watch::run(args, out);
    }
    let paths = files::expand(&args.files)?;
    if args.fix || args.diff {
        return fix::run(args, &paths, out);
    }
    let results = on_all_cores(&paths, || Library::shipped().read(), |path| checked(path, &args.levels.0));
    let Reported { code, checks } = report(results, args, out)?;
    // The process ends here, and its memory with it.
    std::mem::forget(checks);
    Ok(code)
}

/// What was said of some files.
pub(super) struct Reported {
    /// The exit code.
    pub code: u8,
    /// The files that could be read.
    checks: Vec<Checked>,
}

/// Prints what was found, in the order of the files. A file that cannot be read is said so and the others go on.
pub(super) fn report(
    results: Vec<Result<Checked, Failure>>,
    args: &CheckArgs,
    out: &mut Out,
) -> Result<Reported, Failure> {
    let mut checks = Vec::new();
    let mut unread = false;
    for result in results {
        match result {
            Ok(checked) => checks.push(checked),
            Err(Failure(message)) => {
                io::complain(&message);
                unread = true;
            }
        }
    }
    once_each(&mut checks);
    out.text(&rendered(&checks, args.format, out.color))?;
    let (errors, warnings) = count(&checks);
    if args.format == CheckFormat::Human && !(unread && checks.is_empty()) {
        out.error(&summary(&checks, errors, warnings))?;
    }
    let code = match (unread, errors) {
        (true, _) => COULD_NOT_RUN,
        (false, 0) => CLEAN,
        (false, _) => FINDINGS,
    };
    Ok(Reported { code, checks })
}

/// A vocabulary that several files use is reported with the first of them only.
fn once_each(checks: &mut [Checked]) {
    if checks.len() < 2 {
        return;
    }
    let mut seen = HashSet::new();
    for checked in checks {
        let Checked { sources, diagnostics, .. } = checked;
        diagnostics.retain(|diagnostic| {
            let span = diagnostic.primary.span;
            let name = sources.get(span.file).map_or(String::new(), |file| file.name.clone());
            seen.insert((name, span.range(), diagnostic.code, diagnostic.kind, diagnostic.about.clone()))
        });
    }
}

pub(super) fn rendered(checks: &[Checked], format: CheckFormat, color: bool) -> String {
    let found: Vec<Findings<'_>> = checks
        .iter()
        .map(|checked| Findings {
            name: checked.sources.get(checked.main).map_or("", |file| file.name.as_str()),
            diagnostics: &checked.diagnostics,
            sources: &checked.sources,
        })
        .collect();
    let each = |draw: fn(&Findings<'_>) -> String| found.iter().map(draw).collect::<String>();
    match format {
        CheckFormat::Human => found.iter().map(|file| render::human(file.diagnostics, file.sources, color)).collect(),
        CheckFormat::Short => each(|file| render::short(file.diagnostics, file.sources)),
        CheckFormat::Github => each(|file| render::github(file.diagnostics, file.sources)),
        CheckFormat::Json => render::json(&found),
        CheckFormat::Sarif => render::sarif(&found),
    }
}

/// Errors and warnings, a mistake made again counted once.
pub(super) fn count(checks: &[Checked]) -> (usize, usize) {
    let of = |severity| {
        checks
            .iter()
            .flat_map(|checked| grouped(&checked.diagnostics))
            .filter(|found| found.first.severity == severity)
            .count()
    };
    (of(Severity::Error), of(Severity::Warning))
}

/// `2 files checked: 1 error, 3 warnings; --fix repairs 1`
pub(super) fn summary(checks: &[Checked], errors: usize, warnings: usize) -> String {
    let files = plural(checks.len(), "file");
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(plural(errors, "error"));
    }
    if warnings > 0 {
        parts.push(plural(warnings, "warning"));
    }
    if parts.is_empty() {
        return format!("{files} checked, no problems\n");
    }
    let mendable = checks
        .iter()
        .flat_map(|checked| grouped(&checked.diagnostics))
        .filter(|found| found.first.fixes.iter().any(|fix| fix.safety == Safety::Safe))
        .count();
    let hint = match (mendable, errors + warnings) {
        (0, _) => String::new(),
        (some, all) if some == all => "; `--fix` corrects all".to_owned(),
        (some, _) => format!("; `--fix` corrects {some}"),
    };
    format!("{files} checked: {}{hint}\n", parts.join(", "))
}

/// Works on each file, on as many threads as the machine has cores; results in the order of the files. `first` is done
/// while the other threads begin.
pub(super) fn on_all_cores<T: Send>(
    files: &[PathBuf],
    first: impl FnOnce(),
    work: impl Fn(&Path) -> T + Sync,
) -> Vec<T> {
    // Large files first, so that no core is left with one at the end.
    let mut order: Vec<(u64, usize)> =
        files.iter().enumerate().map(|(at, path)| (path.metadata().map_or(0, |known| known.len()), at)).collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    let mut results = parallel::on_all_cores(&order, first, |(_, at)| (*at, files.get(*at).map(|path| work(path))));
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().filter_map(|(_, result)| result).collect()
}

/// Reads and checks one file, its warnings weighed as asked.
pub(super) fn checked(path: &Path, levels: &Levels) -> Result<Checked, Failure> {
    let text = io::read_source(path)?;
    Ok(checked_text(&io::shown(path), &text, &Files, levels))
}

/// Checks a text, its warnings weighed as asked.
pub(super) fn checked_text(name: &str, text: &str, loader: &dyn Loader, levels: &Levels) -> Checked {
    weighed(check_file(name, text, loader), levels)
}

/// What was checked, its warnings weighed as asked.
pub(super) fn weighed(checked: Checked, levels: &Levels) -> Checked {
    let mut checked = checked;
    levels.apply(&mut checked.diagnostics);
    if checked.has_errors() {
        checked.program = None;
    }
    checked
}

/// `1 file`, `2 files`
pub(super) fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
