//! Texts that are inside the binary, put where an editor can open them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::save::{self, SaveError};

/// The files made so far in this session, by what they hold.
#[derive(Debug, Default)]
pub(super) struct EmbeddedFiles {
    made: RefCell<HashMap<String, Option<String>>>,
}

impl EmbeddedFiles {
    /// The name of a file of `folder` that holds `text`, made when first asked for. It is for reading: what is typed there
    /// would change nothing. `None` when no folder can be written.
    pub fn file(&self, folder: Option<PathBuf>, relative: &str, text: &str) -> Option<String> {
        if let Some(made) = self.made.borrow().get(relative) {
            return made.clone();
        }
        let path = folder.map(|folder| folder.join(relative));
        let made = path.and_then(|path| match keep(&path, text) {
            Ok(()) => Some(path.display().to_string()),
            Err(_) => None,
        });
        self.made.borrow_mut().insert(relative.to_owned(), made.clone());
        made
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
