//! Files, standard streams and what can go wrong with them.

use std::fmt::Display;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::ValueEnum;

use crate::diag::render;
use crate::resolve::Loader;
use crate::{legible, save, syntax};

/// Why a command stopped, in words.
#[derive(Debug)]
pub(super) struct Failure(pub String);

impl Failure {
    pub fn reading(path: &Path, why: impl Display) -> Failure {
        Failure(format!("cannot read {}: {why}", shown(path)))
    }

    pub fn writing(path: &Path, why: impl Display) -> Failure {
        Failure(format!("cannot write {}: {why}", shown(path)))
    }
}

/// A program without criteria: a vocabulary, or a trial not begun. Everybody would be eligible by it.
pub(super) fn no_criteria(path: &Path, wanted: &str) -> Failure {
    Failure(format!(
        "{} has no criteria and cannot be {wanted}: every patient would be eligible; name a file with `require` or \
         `exclude` in it",
        shown(path)
    ))
}

/// Says what went wrong on standard error; when that fails too, it is lost.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "error: {}", legible::lines(message));
}

/// One line of what a person should know, and nothing fails for.
pub(super) fn note(message: &str) {
    let _ = writeln!(io::stderr(), "note: {}", legible::lines(message));
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// On a terminal, unless NO_COLOR or CLICOLOR=0 is set; anywhere with CLICOLOR_FORCE=1
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Standard output and error, and whether they take colour. When the reader of one goes away (`| head`), what is left to
/// say is dropped: the command still ends with the exit code of what it found.
pub(super) struct Out {
    stdout: BufWriter<io::Stdout>,
    /// The reader of standard output has seen enough.
    pub closed: bool,
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
            closed: false,
        }
    }

    pub fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let written = self.stdout.write_all(bytes);
        self.note("standard output", written)
    }

    /// Text on standard error, behind what standard output has so far.
    pub fn error(&mut self, text: &str) -> Result<(), Failure> {
        self.finish()?;
        match io::stderr().write_all(text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure(format!("cannot write standard error: {error}")))
            }
            _ => Ok(()),
        }
    }

    pub fn finish(&mut self) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let flushed = self.stdout.flush();
        self.note("standard output", flushed)
    }

    fn note(&mut self, what: &str, result: io::Result<()>) -> Result<(), Failure> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Failure(format!("cannot write {what}: {error}"))),
            Ok(()) => Ok(()),
        }
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

/// How long a named pipe may be without a writer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens a file to read. A named pipe that no process opens to write is given up after [`PATIENCE`].
pub(super) fn open(path: &Path) -> Result<File, Failure> {
    let metadata = fs::metadata(path).map_err(|error| Failure::reading(path, error))?;
    if metadata.is_dir() {
        return Err(Failure::reading(path, "it is a folder"));
    }
    let opened = if is_named_pipe(&metadata) {
        let opening = path.to_owned();
        let (sender, receiver) = mpsc::channel();
        // Where no writer comes, the thread waits on and ends with the process.
        thread::spawn(move || sender.send(File::open(opening)));
        let silent = || Failure::reading(path, format!("it is a pipe that nothing has written to for {PATIENCE:?}"));
        receiver.recv_timeout(PATIENCE).map_err(|_| silent())?
    } else {
        File::open(path)
    };
    opened.map_err(|error| Failure::reading(path, error))
}

#[cfg(unix)]
fn is_named_pipe(metadata: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_named_pipe(_: &Metadata) -> bool {
    false
}

/// Whether a path is there and is neither a file nor a folder: a pipe, a socket, a device.
pub(super) fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// A whole source file or tree.
pub(super) fn read_text(path: &Path, most: u64) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        let file = open(path)?;
        let size = file.metadata().map_or(0, |metadata| metadata.len().min(most));
        bytes.reserve_exact(usize::try_from(size).unwrap_or(0) + 1);
        file.take(most + 1).read_to_end(&mut bytes)
    };
    read.map_err(|error| Failure::reading(path, error))?;
    if bytes.len() as u64 > most {
        return Err(Failure::reading(path, format!("it is larger than {} MiB", most / (1024 * 1024))));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::reading(path, format!("byte {at} is not UTF-8 text"))
    })
}

/// A source file; its size limit is the parser's.
pub(super) fn read_source(path: &Path) -> Result<String, Failure> {
    read_text(path, syntax::MAX_BYTES as u64)
}

/// A source file that is written again, or that is not named on the command line: a pipe or a device takes no text back,
/// and would keep its reader waiting.
pub(super) fn read_regular(path: &Path) -> Result<String, Failure> {
    if !is_stdin(path) && is_special(path) {
        return Err(Failure::reading(path, "it is a pipe or a device, not a file"));
    }
    read_source(path)
}

/// Writes what a command makes to a file of its own. None of `inputs`, the files that it was made from, may be that file.
pub(super) fn write_output<'a>(
    path: &Path,
    text: &str,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    for input in inputs {
        // A file that is not there yet is no input, and a pipe is not looked at: that would open it.
        if !is_special(path) && same_file::is_same_file(path, input).unwrap_or(false) {
            let made_from = if path == input { String::new() } else { format!(" ({})", shown(input)) };
            return Err(Failure::writing(
                path,
                format!("it is what the output is made from{made_from}; name another file"),
            ));
        }
    }
    save::save(path, text, None).map_err(|why| Failure::writing(path, why))
}

/// Writes a file anew that holds `before` still.
pub(super) fn rewrite(path: &Path, before: &str, text: &str) -> Result<(), Failure> {
    save::save(path, text, Some(before)).map_err(|why| Failure::writing(path, why))
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
        let text = read_regular(&clean).map_err(|Failure(message)| message)?;
        Ok((clean.display().to_string(), text))
    }
}

/// The files that a check read, but for those inside the binary.
pub(super) fn files_read(checked: &crate::driver::Checked) -> impl Iterator<Item = &Path> {
    checked.sources.iter().map(|(_, file)| Path::new(&file.name))
}

/// Diagnostics as people read them.
pub(super) fn rendered(checked: &crate::driver::Checked, color: bool) -> String {
    render::human(&checked.diagnostics, &checked.sources, color)
}
