//! A text to a file: written whole or not at all, over nothing that somebody else has written meanwhile.
//!
//! A new text goes to a file of its own in the same folder, `NAME.eligc-PID.part`, and is put in place by a rename, so that
//! whoever reads the file finds all of the old text or all of the new. A file with several names (hard links), or of an
//! owner that the new file cannot be given, is written where it is instead; a copy of its old text, `NAME.eligc-PID.old`,
//! is on disk until that is done.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// Why a text was not written. The file is as it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum SaveError {
    /// The file no longer holds the text that the new one was made from.
    Changed,
    /// The file may not be written.
    ReadOnly,
    /// The system refuses, or the disk is full.
    Io(io::Error),
    /// Writing a file where it is failed, and its old text could not be put back; it is whole in the file named.
    Torn(PathBuf, io::Error),
    /// An earlier run was cut off while it wrote the file where it is; the old text is whole in the file named.
    TornBefore(PathBuf),
}

impl std::fmt::Display for SaveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SaveError::Changed => {
                write!(f, "it has changed meanwhile, and is left as it is now; run the command again")
            }
            SaveError::ReadOnly => write!(f, "it is read-only"),
            SaveError::Io(error) => write!(f, "{error}"),
            SaveError::Torn(old, error) => {
                write!(f, "{error}; it was half written then, and its old text is in {}", old.display())
            }
            SaveError::TornBefore(old) => {
                let old = old.display();
                write!(
                    f,
                    "an earlier run was cut off while it wrote; compare with the old text in {old}, and remove that"
                )
            }
        }
    }
}

impl std::error::Error for SaveError {}

impl From<io::Error> for SaveError {
    fn from(error: io::Error) -> SaveError {
        SaveError::Io(error)
    }
}

/// Writes `text` to the file `path`, made when it is not there. With `before`, the file has to hold just that text.
///
/// A link stays a link: the file that it leads to is written. Permissions, owner and hard links stay.
///
/// # Errors
///
/// [`SaveError`]; the file is as it was, but for [`SaveError::Torn`].
pub fn save(path: &Path, text: &str, before: Option<&str>) -> Result<(), SaveError> {
    // A pipe or a device is written as it is; it cannot be put in place of another file.
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        let mut file = OpenOptions::new().write(true).open(path)?;
        return Ok(file.write_all(text.as_bytes())?);
    }
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|metadata| metadata.permissions().readonly()) {
        return Err(SaveError::ReadOnly);
    }
    remove_leftovers([path.as_path()]);
    if old.as_ref().is_some_and(has_several_names) {
        return write_in_place(&path, text, before);
    }
    let part = Part::create(&path)?;
    part.write(text)?;
    if let Some(old) = &old {
        if !give_owner(&part.file, old) {
            drop(part);
            return write_in_place(&path, text, before);
        }
        part.file.set_permissions(old.permissions())?;
    }
    part.file.sync_all()?;
    holds(&path, before)?;
    part.put_in_place(&path)
}

/// Removes what a run that was killed while it wrote one of these files has left in their folders. A part that a running
/// command still writes is locked, and stays.
pub fn remove_leftovers<'a>(paths: impl IntoIterator<Item = &'a Path>) {
    for part in leftovers(paths, "part") {
        if File::open(&part).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(part);
        }
    }
}

/// The files `NAME.eligc-PID.ENDING` of the files named. A folder that cannot be read has none to show; the command
/// itself will say that it cannot.
fn leftovers<'a>(paths: impl IntoIterator<Item = &'a Path>, ending: &str) -> Vec<PathBuf> {
    let mut folders: BTreeMap<&Path, BTreeSet<&OsStr>> = BTreeMap::new();
    for path in paths {
        if let (Some(folder), Some(name)) = (path.parent(), path.file_name()) {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            folders.entry(folder).or_default().insert(name);
        }
    }
    let mut found = Vec::new();
    for (folder, names) in folders {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let known = target_of(&entry.file_name(), ending).is_some_and(|name| names.contains(name));
            if known && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                found.push(entry.path());
            }
        }
    }
    found
}

/// `a.elig` of `a.elig.eligc-4711.part`.
fn target_of<'a>(name: &'a OsStr, ending: &str) -> Option<&'a OsStr> {
    let path = Path::new(name);
    let stem = Path::new(path.file_stem().filter(|_| path.extension().is_some_and(|last| last == ending))?);
    let process = stem.extension()?.to_str()?.strip_prefix("eligc-")?;
    stem.file_stem().filter(|_| process.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `a.elig.eligc-4711.part`, of this process, for `ending` `part`.
fn neighbour(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(format!(".eligc-{}.{ending}", std::process::id()));
    PathBuf::from(name)
}

/// A file on its way into the place of another; removed when it does not get there.
struct Part {
    path: PathBuf,
    file: File,
    placed: bool,
}

impl Part {
    fn create(target: &Path) -> io::Result<Part> {
        let path = neighbour(target, "part");
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        // Some file systems know no locks; a part there is removed by whoever comes by.
        let _ = file.lock();
        Ok(Part { path, file, placed: false })
    }

    fn write(&self, text: &str) -> io::Result<()> {
        (&self.file).write_all(text.as_bytes())
    }

    fn put_in_place(mut self, target: &Path) -> Result<(), SaveError> {
        fs::rename(&self.path, target)?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.placed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether the file still holds what it is to hold.
fn holds(path: &Path, before: Option<&str>) -> Result<(), SaveError> {
    match before {
        Some(before) if fs::read(path)? != before.as_bytes() => Err(SaveError::Changed),
        _ => Ok(()),
    }
}

/// Writes over the bytes of the file itself.
fn write_in_place(path: &Path, text: &str, before: Option<&str>) -> Result<(), SaveError> {
    if let Some(old) = leftovers([path], "old").pop() {
        return Err(SaveError::TornBefore(old));
    }
    let bytes = fs::read(path)?;
    if before.is_some_and(|before| before.as_bytes() != bytes) {
        return Err(SaveError::Changed);
    }
    let mut file = OpenOptions::new().write(true).open(path)?;
    let kept = neighbour(path, "old");
    let mut copy = OpenOptions::new().write(true).create_new(true).open(&kept)?;
    if let Err(error) = copy.write_all(&bytes).and_then(|()| copy.sync_all()) {
        let _ = fs::remove_file(&kept);
        return Err(error.into());
    }
    if let Err(error) = overwrite(&mut file, text.as_bytes()) {
        // The old text needs no more room than it had.
        return Err(match overwrite(&mut file, &bytes) {
            Ok(()) => {
                let _ = fs::remove_file(&kept);
                error.into()
            }
            Err(_) => SaveError::Torn(kept, error),
        });
    }
    Ok(fs::remove_file(&kept)?)
}

fn overwrite(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

#[cfg(unix)]
fn has_several_names(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

#[cfg(not(unix))]
fn has_several_names(_: &Metadata) -> bool {
    false
}

/// Gives a new file the owner and group of the old one; false where this user may not.
#[cfg(unix)]
fn give_owner(file: &File, old: &Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let same = file.metadata().is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid()));
    same || fchown(file, Some(old.uid()), Some(old.gid())).is_ok()
}

#[cfg(not(unix))]
fn give_owner(_: &File, _: &Metadata) -> bool {
    true
}
