//! What was found in some files, as it is printed, and the exit code that it means.

use std::collections::HashSet;

use super::args::{CheckArgs, CheckFormat};
use super::io::{self, Failure, Out};
use super::{CLEAN, COULD_NOT_RUN, FINDINGS};
use crate::diag::render::{self, Findings};
use crate::diag::wording::plural;
use crate::diag::{Safety, Severity, grouped};
use crate::driver::Checked;

/// What was said of some files.
pub(super) struct Reported {
    /// The exit code.
    pub code: u8,
    /// The files that could be read.
    pub checks: Vec<Checked>,
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
