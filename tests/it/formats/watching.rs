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

impl Watch {
    fn start(folder: &Folder, paths: &[&str]) -> Watch {
        let mut child = eligc()
            .args(["check", "--watch", "--format", "short"])
            .args(paths)
            .current_dir(&folder.0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("eligc starts");
        let told = Arc::new(Mutex::new(String::new()));
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("a pipe")), Box::new(child.stderr.take().expect("a pipe"))];
        for mut stream in streams {
            let told = Arc::clone(&told);
            std::thread::spawn(move || {
                let mut part = [0; 4096];
                while let Ok(size @ 1..) = stream.read(&mut part) {
                    told.lock().expect("the text").push_str(&String::from_utf8_lossy(&part[..size]));
                }
            });
        }
        Watch { child, told, read: 0 }
    }

    /// What is printed from the last look to the end of the next round.
    #[track_caller]
    fn round(&mut self) -> String {
        for _ in 0..400 {
            let told = self.told.lock().expect("the text").clone();
            let new = &told[self.read..];
            if let Some(at) = new.find("waiting for changes") {
                // The two streams are read side by side: what the round said may come a moment behind.
                std::thread::sleep(Duration::from_millis(50));
                let told = self.told.lock().expect("the text").clone();
                let end = self.read + at;
                let end = told[end..].find('\n').map_or(told.len(), |line| end + line + 1).max(end);
                let text = told[self.read..].to_owned();
                self.read = told.len().max(end);
                return text;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("no round in ten seconds; so far:\n{}", self.told.lock().expect("the text"));
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
    assert!(!watch.round().contains("E0201"));
    fs::write(&path, WRONG).expect("a save");
    assert!(watch.round().contains("trial.elig:1:14: error[E0201]"));
    put(&folder, "trial.elig", RIGHT);
    assert!(!watch.round().contains("E0201"));
    fs::remove_file(&path).expect("gone");
    assert!(watch.round().contains("cannot read trial.elig"));
    fs::write(&path, WRONG).expect("a new file");
    assert!(watch.round().contains("error[E0201]"));
    let told = watch.told.lock().expect("the text").clone();
    assert!(!told.contains('\u{1b}'), "a pipe gets neither colour nor a cleared screen: {told:?}");
    assert!(watch.child.try_wait().expect("a child").is_none(), "it goes on until it is ended");
}

#[test]
fn files_that_are_used_and_files_that_come_are_seen() {
    let folder = Folder::new("watch-uses");
    folder.file("trial.elig", "use \"./site.elig\"\nrequire [I1] my_score >= 8\n");
    let mut watch = Watch::start(&folder, &["."]);
    assert!(watch.round().contains("E0205"), "the vocabulary is not there yet");
    put(&folder, "site.elig", "fact my_score: score 0..100\n");
    let text = watch.round();
    assert!(!text.contains("error["), "{text}");
    put(&folder, "site.elig", "fact other: score 0..100\n");
    assert!(watch.round().contains("E0201"));
    put(&folder, "site.elig", "fact my_score: score 0..100\n");
    assert!(!watch.round().contains("error["));
    folder.file("second.elig", WRONG);
    assert!(watch.round().contains("second.elig:1:14: error[E0201]"));
    fs::remove_file(folder.0.join("second.elig")).expect("gone");
    assert!(!watch.round().contains("error["));
}

#[test]
fn standard_input_cannot_be_watched() {
    let output = codes(&["check", "--watch", "-"], "", 2);
    assert!(stderr(&output).contains("standard input cannot be watched"), "{}", stderr(&output));
    codes(&["check", "--watch", "--fix", "a.elig"], "", 2);
}
