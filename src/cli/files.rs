//! Which files a command is about: those named, and the .elig files below the folders named.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::io::{Failure, is_special, is_stdin, shown};

/// The files meant by `paths`, each once: a file as it is named; a folder as the `.elig` files below it in the order
/// of their names, hidden ones and those of `.gitignore` and `.ignore` left out. A file that is named is never left out.
pub(super) fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if !is_stdin(path) && path.is_dir() {
            found.extend(below(path)?);
        } else {
            found.push(path.clone());
        }
    }
    let mut seen = HashSet::new();
    found.retain(|path| seen.insert(path.clone()));
    Ok(found)
}

fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    // Ignore files count outside a repository too; those of one user's machine do not, so that all see the same.
    let walk = WalkBuilder::new(folder)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| Failure(format!("cannot read {}: {error}", shown(folder))))?;
        // A link that leads nowhere stays in the list: reading it says so. A pipe or a device is no program.
        let is_file = !entry.path().is_dir() && !is_special(entry.path());
        if is_file && entry.path().extension().is_some_and(|extension| extension == "elig") {
            // `./a.elig` is shown as people write it.
            found.push(entry.path().strip_prefix(".").map_or_else(|_| entry.path().to_owned(), Path::to_owned));
        }
    }
    if found.is_empty() {
        return Err(Failure(format!("no .elig file in {}", shown(folder))));
    }
    Ok(found)
}
