//! Files and texts checked, their warnings weighed as the command line asks.

use std::path::{Path, PathBuf};

use super::io::{self, Failure, Files};
use crate::diag::level::Levels;
use crate::diag::{self, Code};
use crate::driver::{Checked, check_owned};
use crate::parallel;
use crate::resolve::Loader;

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
    Ok(checked_text(&io::shown(path), text, &Files, levels))
}

/// Checks a text, its warnings weighed as asked.
pub(super) fn checked_text(name: &str, text: String, loader: &dyn Loader, levels: &Levels) -> Checked {
    weighed(check_owned(name, text, loader), levels)
}

/// What was checked, its warnings weighed as asked.
pub(super) fn weighed(checked: Checked, levels: &Levels) -> Checked {
    let mut checked = checked;
    let asked: Vec<_> = if Code::ALL.iter().any(|code| code.is_on_request() && levels.asks_for(*code)) {
        checked.on_request()
    } else {
        Vec::new()
    };
    if !asked.is_empty() {
        checked.diagnostics.extend(asked.into_iter().filter(|found| levels.asks_for(found.code)));
        diag::sort(&mut checked.diagnostics);
    }
    levels.apply(&mut checked.diagnostics);
    if checked.has_errors() {
        checked.program = None;
    }
    checked
}
