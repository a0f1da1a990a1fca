//! Files, standard streams and what can go wrong with them.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use super::ColorWhen;
use crate::check::Loader;
use crate::diag::render;
use crate::syntax;

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum Failure {
    /// The reader of standard output went away.
    ClosedPipe,
    /// Anything else, in words.
    Message(String),
}

impl Failure {
    pub fn writing(what: &str, error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::ClosedPipe;
        }
        Failure::Message(format!("cannot write {what}: {error}"))
    }
}

/// Says what went wrong on standard error; there is nobody to tell when that fails too.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "error: {message}");
}

/// Standard output and error, and whether they take colour.
pub(super) struct Out {
    stdout: BufWriter<io::Stdout>,
    /// Colour on standard output.
    pub color: bool,
    /// Colour on standard error.
    pub error_color: bool,
}

impl Out {
    pub fn new(when: ColorWhen) -> Out {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let allowed = set("NO_COLOR").is_none();
        let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let wanted = set("CLICOLOR").is_none_or(|value| value != "0") && set("TERM").is_none_or(|term| term != "dumb");
        let decide = |terminal: bool| match when {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => allowed && (forced || terminal && wanted),
        };
        Out {
            color: decide(io::stdout().is_terminal()),
            error_color: decide(io::stderr().is_terminal()),
            stdout: BufWriter::with_capacity(64 * 1024, io::stdout()),
        }
    }

    pub fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.stdout.write_all(bytes).map_err(|error| Failure::writing("standard output", &error))
    }

    /// Text on standard error, behind what standard output has so far.
    pub fn error(&mut self, text: &str) -> Result<(), Failure> {
        self.finish()?;
        io::stderr().write_all(text.as_bytes()).map_err(|error| Failure::writing("standard error", &error))
    }

    pub fn finish(&mut self) -> Result<(), Failure> {
        self.stdout.flush().map_err(|error| Failure::writing("standard output", &error))
    }
}

/// How many letters fit a line of the terminal that standard output is; `None` when it is none.
pub(super) fn terminal_width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Whether a path means standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The name shown for a path.
pub(super) fn shown(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// A whole source file or tree.
pub(super) fn read_text(path: &Path, most: u64) -> Result<String, Failure> {
    let name = shown(path);
    let failed = |error: io::Error| Failure::Message(format!("cannot read {name}: {error}"));
    let mut bytes = Vec::new();
    if is_stdin(path) {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        let file = fs::File::open(path).map_err(failed)?;
        if let Ok(metadata) = file.metadata() {
            if metadata.is_dir() {
                return Err(Failure::Message(format!("cannot read {name}: it is a folder")));
            }
            bytes.reserve_exact(usize::try_from(metadata.len().min(most)).unwrap_or(0) + 1);
        }
        file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    if bytes.len() as u64 > most {
        return Err(Failure::Message(format!("cannot read {name}: it is larger than {} MiB", most / (1024 * 1024))));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::Message(format!("cannot read {name}: byte {at} is not UTF-8 text"))
    })
}

/// A source file; its size limit is the parser's.
pub(super) fn read_source(path: &Path) -> Result<String, Failure> {
    read_text(path, syntax::MAX_BYTES as u64)
}

/// Writes a file whole or not at all: what stood there before stays until the new text is on disk.
pub(super) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let name = shown(path);
    let failed = |error: io::Error| Failure::Message(format!("cannot write {name}: {error}"));
    // A pipe or a device is written as it is; it cannot be put in place of another file.
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        let mut file = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
        return file.write_all(text.as_bytes()).map_err(failed);
    }
    // A link stays a link: the file that it leads to is written.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let permissions = fs::metadata(path).map(|metadata| metadata.permissions()).ok();
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(Failure::Message(format!("cannot write {name}: it is read-only")));
    }
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    let written = (|| {
        let mut file = fs::File::create(&part)?;
        file.write_all(text.as_bytes())?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.sync_all()?;
        fs::rename(&part, path)
    })();
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        failed(error)
    })
}

/// Reads `use "./site.elig"` from the folder of the file that says so.
pub(super) struct Files;

impl Files {
    /// Where the file `path` is that is named in the file `from`.
    pub fn path(from: &str, path: &str) -> PathBuf {
        let folder = Path::new(from).parent().unwrap_or_else(|| Path::new(""));
        let joined = folder.join(path);
        // `a/./b` and `a/b` are one file: the circle check goes by the name.
        joined.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect()
    }
}

impl Loader for Files {
    fn load(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let clean = Files::path(from, path);
        match read_source(&clean) {
            Ok(text) => Ok((clean.display().to_string(), text)),
            Err(Failure::Message(message)) => Err(message),
            Err(Failure::ClosedPipe) => Err("the pipe is closed".to_owned()),
        }
    }
}

/// Diagnostics as people read them.
pub(super) fn rendered(checked: &crate::check::Checked, color: bool) -> String {
    render::human(&checked.diagnostics, &checked.sources, color)
}
