//! A file checked as it was at one moment, and the worker that checks while the session goes on answering.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::position::Lines;
use super::text::Text;
use super::uri;
use crate::driver::{Checked, check_again};
use crate::ide::View;
use crate::ide::safe_fixes::repair;
use crate::resolve::Loader;
use crate::source::FileId;
use crate::syntax::Earlier;

/// Reads a source file, or says in words why it cannot.
pub type Read = fn(&Path) -> Result<String, String>;

/// The `.elig` files below a folder.
pub type Find = fn(&Path) -> Vec<PathBuf>;

/// A file checked.
#[derive(Debug)]
pub struct Analysis {
    /// The text that was checked.
    pub text: Text,
    /// What came of it.
    pub checked: Checked,
    /// The names of the files it uses, read or not.
    pub used: Vec<String>,
    /// Where the lines of each file begin, found when first asked for.
    lines: Vec<OnceLock<Lines>>,
    /// The text with its safe edits made, found when first asked for.
    repaired: OnceLock<Option<String>>,
}

impl Analysis {
    /// The text that was checked, seen with what was declared.
    pub fn view(&self) -> View<'_> {
        self.text.view(&self.checked.vocabulary)
    }

    /// The text with its safe edits made; `None` when there is none to make.
    pub fn repaired(&self) -> Option<&str> {
        let repaired = self.repaired.get_or_init(|| {
            let name = &self.checked.sources.get(self.checked.main)?.name;
            let repaired = repair(name, &self.text.text, &AsChecked(&self.checked));
            (repaired.edits > 0).then_some(repaired.text)
        });
        repaired.as_deref()
    }

    /// The text of a file of the check, and its lines.
    pub fn lines(&self, file: FileId) -> Option<(&str, &Lines)> {
        let text = self.checked.sources.get(file)?.text.as_ref();
        Some((text, self.lines.get(file.0 as usize)?.get_or_init(|| Lines::new(text))))
    }
}

/// What the worker is given.
#[derive(Debug)]
pub enum Work {
    /// A file to check.
    Check(Job),
    /// A check that another has replaced: taking a large program apart takes a while, and no request should wait for that.
    TakeApart(Arc<Analysis>),
}

/// What is to be checked: a file, and every open text, for those win over the disk.
#[derive(Debug)]
pub struct Job {
    /// The file's name.
    pub name: String,
    /// The moment, counted in edits.
    pub moment: u64,
    /// The client's count of the file's edits.
    pub version: i32,
    /// The open texts by name.
    pub texts: HashMap<String, Text>,
}

/// What came of a job.
#[derive(Debug)]
pub struct Done {
    /// The file's name.
    pub name: String,
    /// The moment of the texts checked.
    pub moment: u64,
    /// The client's count of the file's edits.
    pub version: i32,
    /// `None` when the check itself failed, which is a mistake of ours.
    pub analysis: Option<Arc<Analysis>>,
}

/// What the last checks of the open files read, by name.
pub type Readings = HashMap<String, Earlier>;

/// Checks; never panics. What `readings` has of the file is not parsed again.
pub fn run(job: Job, read: Read, readings: &mut Readings) -> Done {
    let Job { name, moment, version, texts } = job;
    readings.retain(|name, _| texts.contains_key(name));
    let mut earlier = readings.remove(&name);
    let work = AssertUnwindSafe(|| {
        let text = texts.get(&name)?.clone();
        Some(analyse_text(&name, text, &texts, read, &mut earlier))
    });
    let analysis = catch_unwind(work).ok().flatten().map(Arc::new);
    if let Some(earlier) = earlier {
        readings.insert(name.clone(), earlier);
    }
    Done { name, moment, version, analysis }
}

/// Checks a file that is not open.
pub fn of_file(path: &Path, texts: &HashMap<String, Text>, read: Read) -> Option<Analysis> {
    let text = Text::new(&read(path).ok()?);
    Some(analyse_text(&path.display().to_string(), text, texts, read, &mut None))
}

fn analyse_text(
    name: &str,
    text: Text,
    texts: &HashMap<String, Text>,
    read: Read,
    earlier: &mut Option<Earlier>,
) -> Analysis {
    let buffers = Buffers { texts, read, used: RefCell::new(Vec::new()) };
    let checked = check_again(name, &text.text, &buffers, earlier);
    let lines = checked.sources.iter().map(|_| OnceLock::new()).collect();
    Analysis { text, checked, used: buffers.used.into_inner(), lines, repaired: OnceLock::new() }
}

/// The files as they were checked.
struct AsChecked<'c>(&'c Checked);

impl Loader for AsChecked<'_> {
    fn load(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let name = resolve_from(from, path)?.display().to_string();
        let known = self.0.sources.iter().find(|(_, file)| file.name == name);
        known.map(|(_, file)| (name.clone(), file.text.to_string())).ok_or_else(|| format!("`{name}` was not read"))
    }
}

/// Where the file is that is named `path` in the file `from`.
fn resolve_from(from: &str, path: &str) -> Result<PathBuf, String> {
    let from = Path::new(from);
    if !from.is_absolute() {
        return Err("this text is not saved in any folder yet".to_owned());
    }
    Ok(uri::clean(&from.parent().unwrap_or(from).join(path)))
}

/// Open texts first, then the disk.
struct Buffers<'t> {
    texts: &'t HashMap<String, Text>,
    read: Read,
    used: RefCell<Vec<String>>,
}

impl Loader for Buffers<'_> {
    fn load(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let wanted = resolve_from(from, path)?;
        let name = wanted.display().to_string();
        self.used.borrow_mut().push(name.clone());
        if let Some(text) = self.texts.get(&name) {
            return Ok((name, text.text.to_string()));
        }
        (self.read)(&wanted).map(|text| (name, text))
    }
}
