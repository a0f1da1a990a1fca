//! `eligc check` over folders, with its edits, and while files change: the command as people run it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::cli::{Folder, codes, eligc, stderr, stdout};
use crate::errors::cases;

const SOUND: &str = "require [I1] sledai2k >= 8\n";
const WRONG: &str = "require [I1] sledia2k >= 8\n";

#[test]
fn a_folder_is_checked_without_what_its_ignore_files_name() {
    let folder = Folder::new("ignoring");
    for inner in ["drafts", "deep/er", ".hidden", "old"] {
        fs::create_dir_all(folder.0.join(inner)).expect("a folder");
    }
    folder.file("b.elig", WRONG);
    folder.file("a.elig", WRONG);
    folder.file("notes.txt", WRONG);
    folder.file("deep/er/c.elig", WRONG);
    folder.file("drafts/d.elig", WRONG);
    folder.file("old/e.elig", WRONG);
    folder.file("old/kept.elig", WRONG);
    folder.file(".hidden/f.elig", WRONG);
    folder.file(".gitignore", "drafts/\n");
    folder.file("old/.ignore", "*.elig\n!kept.elig\n");
    let path = folder.0.display().to_string();
    let output = codes(&["check", &path, "--format", "short"], "", 1);
    let shown = stdout(&output).replace(&path, "");
    let files: Vec<&str> = shown.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, ["/a.elig", "/b.elig", "/deep/er/c.elig", "/old/kept.elig"]);
    // A file that is named is meant, whatever an ignore file says.
    let named = folder.0.join("drafts/d.elig").display().to_string();
    codes(&["check", &named], "", 1);
    // The same file twice is checked once.
    let output = codes(&["check", &path, &path, "--format", "short"], "", 1);
    assert_eq!(stdout(&output).lines().count(), 4);
}

#[test]
fn mended_files_have_nothing_left_to_mend_and_show_the_diff_before() {
    let folder = Folder::new("mending");
    let mut before = Vec::new();
    for (case, at) in cases().into_iter().zip(100..) {
        before.push((folder.file(&format!("{at}.elig"), &case.text), case.text));
    }
    let path = folder.0.display().to_string();
    let diff = codes(&["check", &path, "--diff"], "", 1);
    for (file, text) in &before {
        assert_eq!(&fs::read_to_string(file).expect("a file"), text, "--diff writes nothing");
    }
    codes(&["check", &path, "--fix"], "", 1);
    let mut changed = 0;
    for (file, text) in &before {
        let after = fs::read_to_string(file).expect("a file");
        let shown = stdout(&diff).contains(&format!("--- {}\n", file.display()));
        assert_eq!(shown, after != *text, "{}", file.display());
        changed += usize::from(after != *text);
    }
    assert!(changed >= 20, "{changed}");
    let again = codes(&["check", &path, "--diff"], "", 1);
    assert_eq!(stdout(&again), "");
    assert!(stderr(&again).contains("nothing would be mended"), "{}", stderr(&again));
}

#[test]
fn what_needs_asking_is_never_mended_unasked() {
    let asked = "require [I1] sledia2k >= 8 and hemoglobin >= 60\n";
    let output = codes(&["check", "-", "--fix"], asked, 1);
    assert_eq!(stdout(&output), asked);
    let output = codes(&["check", "-", "--fix"], "require [I1] sledai2k = 8 && ana is positive\n", 0);
    assert_eq!(stdout(&output), "require [I1] sledai2k == 8 and ana is positive\n");
}

/// A watching command, ended with the test.
struct Watch {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

fn lines(reader: impl Read + Send + 'static) -> Receiver<String> {
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(reader).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

impl Watch {
    fn start(folder: &Folder) -> Watch {
        let mut child = eligc()
            .args(["check", "--watch", "--format", "short"])
            .arg(folder.0.join("trial.elig"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("eligc starts");
        let out = lines(child.stdout.take().expect("a pipe"));
        let err = lines(child.stderr.take().expect("a pipe"));
        Watch { child, out, err }
    }

    /// Waits for a line, however long the machine takes.
    fn sees(stream: &Receiver<String>, part: &str) {
        loop {
            let line = stream.recv_timeout(Duration::from_mins(2)).unwrap_or_else(|_| panic!("never said: {part}"));
            if line.contains(part) {
                return;
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn watching_sees_edits_renames_and_the_files_that_are_used() {
    let folder = Folder::new("watching");
    folder.file("site.elig", "vocabulary site\nfact vas: score 0..10\n");
    let trial = folder.file("trial.elig", "use \"./site.elig\"\nrequire [I1] vas >= 3\n");
    let watch = Watch::start(&folder);
    Watch::sees(&watch.err, "waiting for changes");
    // Written in place.
    folder.file("trial.elig", "use \"./site.elig\"\nrequire [I1] vass >= 3\n");
    Watch::sees(&watch.out, "`vass` is declared nowhere");
    // Saved as many editors do: another file put in its place.
    let other = folder.file("trial.elig~", "use \"./site.elig\"\nrequire [I1] vas >= 300\n");
    fs::rename(other, &trial).expect("a rename");
    Watch::sees(&watch.out, "`vas` can never be `300`");
    // What it uses.
    folder.file("site.elig", "vocabulary site\nfact pain: score 0..1000\n");
    Watch::sees(&watch.out, "`vas` is declared nowhere");
    // Gone, and back.
    fs::remove_file(&trial).expect("it was there");
    Watch::sees(&watch.err, "cannot read");
    folder.file("trial.elig", "require [I1] pga >= 30\n");
    Watch::sees(&watch.out, "`pga` can never be `30`");
    drop(watch);
    codes(&["check", "--watch", "-"], SOUND, 2);
}
