//! Texts that are inside the binary, put where an editor can open them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::server::Server;
use crate::save::{self, SaveError};

/// The files made so far in this session, by what they hold.
#[derive(Debug, Default)]
pub(super) struct EmbeddedFiles {
    made: RefCell<HashMap<String, Option<String>>>,
}

impl Server {
    /// The name of a file that holds `text`, made when first asked for. It is for reading: what is typed there would
    /// change nothing. `None` when no folder can be written.
    pub fn shown(&self, relative: &str, text: &str) -> Option<String> {
        if let Some(made) = self.shown.made.borrow().get(relative) {
            return made.clone();
        }
        let path = self.shown_folder().map(|folder| folder.join(relative));
        let made = path.and_then(|path| match keep(&path, text) {
            Ok(()) => Some(path.display().to_string()),
            Err(_) => None,
        });
        self.shown.made.borrow_mut().insert(relative.to_owned(), made.clone());
        made
    }

    /// Whether a file is one of those made here.
    pub fn is_shown(&self, name: &str) -> bool {
        self.shown_folder().is_some_and(|folder| Path::new(name).starts_with(folder))
    }

    /// A folder for each version, for their texts differ.
    fn shown_folder(&self) -> Option<PathBuf> {
        Some(self.options.cache.as_ref()?.join(env!("CARGO_PKG_VERSION")))
    }
}

fn keep(path: &Path, text: &str) -> Result<(), SaveError> {
    if fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // What is there is of another text, and read-only.
    let _ = fs::remove_file(path);
    // Another session may be at the same: the last to save stays, and both have one text.
    save::save(path, text, None)?;
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    Ok(fs::set_permissions(path, permissions)?)
}
