//! `eligc lsp`

use std::fs::File;
use std::path::{Path, PathBuf};

use super::args::LspArgs;
use super::files;
use super::io::{self, Failure};
use super::{CLEAN, FINDINGS};
use crate::lsp::{Ended, Log, Options, serve_stdio};

pub(super) fn run(args: &LspArgs) -> Result<u8, Failure> {
    let log = match &args.log {
        None => Log::none(),
        Some(path) if path.extension().is_some_and(|extension| extension == "elig") => {
            return Err(Failure::writing(path, "the log would overwrite a trial; name another file"));
        }
        Some(path) => {
            let created = File::create(path);
            let failed = |error| Failure(format!("cannot write {}: {error}", io::shown(path)));
            Log::to(created.map_err(failed)?)
        }
    };
    Ok(match serve_stdio(Options { read, find, cache: cache(), log }) {
        Ended::InOrder => CLEAN,
        Ended::Abruptly => FINDINGS,
    })
}

fn read(path: &Path) -> Result<String, String> {
    io::read_regular(path).map_err(|Failure(message)| message)
}

/// A folder without a file, or that cannot be read, has none to offer.
fn find(folder: &Path) -> Vec<PathBuf> {
    files::expand(&[folder.to_owned()]).unwrap_or_default()
}

/// The user's own folder for files that can be made again, or the machine's for files soon forgotten.
fn cache() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = if cfg!(windows) {
        from("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Caches"))
    } else {
        from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")))
    };
    Some(folder.unwrap_or_else(std::env::temp_dir).join("eligc"))
}
