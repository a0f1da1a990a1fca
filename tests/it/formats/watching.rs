//! `eligc check --watch`, driven as an author's editor drives it.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::cli::{Folder, codes, eligc, stderr};

/// A watching command; ended when dropped.
struct Watch {
    child: Child,
    /// Everything printed so far, on both streams.
    told: Arc<Mutex<String>>,
    /// How much of it was looked at.
    read: usize,
}

/// What ends each round.
const END: &str = "waiting for changes; Ctrl-C ends\n";

impl Watch {
    fn start(folder: &Folder, paths: &[&str]) -> Watch {
        // One pipe for both streams keeps their order.
        let (mut reader, writer) = std::io::pipe().expect("a pipe");
        let child = eligc()
            .args(["check", "--watch", "--format", "short"])
            .args(paths)
            .current_dir(&folder.0)
            .stdin(Stdio::null())
            .stdout(writer.try_clone().expect("a pipe"))
            .stderr(writer)
            .spawn()
            .expect("eligc starts");
        let told = Arc::new(Mutex::new(String::new()));
        let filled = Arc::clone(&told);
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(size @ 1..) = reader.read(&mut part) {
                filled.lock().expect("the text").push_str(&String::from_utf8_lossy(&part[..size]));
            }
        });
        Watch { child, told, read: 0 }
    }

    /// Waits for a round, after the last one waited for, that is as wanted. A save that takes two steps may be seen
    /// between them, so a round before it may be of another kind.
    #[track_caller]
    fn until(&mut self, wanted: impl Fn(&str) -> bool) {
        for _ in 0..400 {
            let told = self.told.lock().expect("the text").clone();
            let mut end = self.read;
            for round in told[self.read..].split_inclusive(END).filter(|round| round.ends_with(END)) {
                end += round.len();
                if wanted(round) {
                    self.read = end;
                    return;
                }
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("no such round in ten seconds; so far:\n{}", self.told.lock().expect("the text"));
    }

    /// Waits for a round with this in it.
    #[track_caller]
    fn says(&mut self, text: &str) {
        self.until(|round| round.contains(text));
    }

    /// Waits for a round without an error.
    #[track_caller]
    fn is_clean(&mut self) {
        self.until(|round| !round.contains("error"));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const RIGHT: &str = "require [I1] sledai2k >= 8\n";
const WRONG: &str = "require [I1] sledia2k >= 8\n";

/// Saves as most editors do: another file is written and put in place.
fn put(folder: &Folder, name: &str, text: &str) -> PathBuf {
    let part = folder.file(&format!("{name}.part"), text);
    let path = folder.0.join(name);
    fs::rename(part, &path).expect("a rename");
    path
}

#[test]
fn every_way_of_saving_is_seen() {
    let folder = Folder::new("watch-saves");
    let path = folder.file("trial.elig", RIGHT);
    let mut watch = Watch::start(&folder, &["trial.elig"]);
    watch.is_clean();
    fs::write(&path, WRONG).expect("a save");
    watch.says("trial.elig:1:14: error[E0201]");
    put(&folder, "trial.elig", RIGHT);
    watch.is_clean();
    fs::remove_file(&path).expect("gone");
    watch.says("cannot read trial.elig");
    fs::write(&path, WRONG).expect("a new file");
    watch.says("error[E0201]");
    let told = watch.told.lock().expect("the text").clone();
    assert!(!told.contains('\u{1b}'), "a pipe gets neither colour nor a cleared screen: {told:?}");
    assert!(watch.child.try_wait().expect("a child").is_none(), "it goes on until it is ended");
}

#[test]
fn files_that_are_used_and_files_that_come_are_seen() {
    let folder = Folder::new("watch-uses");
    folder.file("trial.elig", "use \"./site.elig\"\nrequire [I1] my_score >= 8\n");
    let mut watch = Watch::start(&folder, &["."]);
    watch.says("E0205");
    put(&folder, "site.elig", "fact my_score: score 0..100\n");
    watch.is_clean();
    put(&folder, "site.elig", "fact other: score 0..100\n");
    watch.says("E0201");
    put(&folder, "site.elig", "fact my_score: score 0..100\n");
    watch.is_clean();
    folder.file("second.elig", WRONG);
    watch.says("second.elig:1:14: error[E0201]");
    fs::remove_file(folder.0.join("second.elig")).expect("gone");
    watch.is_clean();
}

#[test]
fn standard_input_cannot_be_watched() {
    let output = codes(&["check", "--watch", "-"], "", 2);
    assert!(stderr(&output).contains("standard input cannot be watched"), "{}", stderr(&output));
    codes(&["check", "--watch", "--fix", "a.elig"], "", 2);
}
