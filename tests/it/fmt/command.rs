//! `eligc fmt` as people run it.
#![expect(clippy::expect_used, reason = "a failing test panics")]

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::cli::{Folder, codes, stderr, stdout};

const UGLY: &str = "exclude   prior car_t\n";
const NEAT: &str = "exclude prior car_t\n";

fn fmt(path: &Path, more: &[&str], code: i32) -> Output {
    let mut args = vec!["fmt", path.to_str().expect("a path")];
    args.extend(more);
    codes(&args, "", code)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

#[test]
fn a_file_is_rewritten_where_it_stands() {
    let folder = Folder::new("fmt-place");
    let path = folder.file("a.elig", UGLY);
    let output = fmt(&path, &[], 0);
    assert_eq!((stdout(&output).as_str(), stderr(&output).as_str()), ("", "1 file formatted\n"));
    assert_eq!(text(&path), NEAT);
    assert_eq!(fs::read_dir(&folder.0).expect("a folder").count(), 1, "nothing is left beside it");
    assert_eq!(stderr(&fmt(&path, &[], 0)), "nothing to format\n");
}

#[cfg(unix)]
#[test]
fn its_permissions_stay_and_whoever_has_it_open_reads_the_old_text() {
    use std::io::Read as _;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let folder = Folder::new("fmt-permissions");
    let path = folder.file("a.elig", UGLY);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    let before = fs::metadata(&path).expect("a file").ino();
    let mut open = fs::File::open(&path).expect("a file");
    fmt(&path, &[], 0);
    let after = fs::metadata(&path).expect("a file");
    assert_eq!(after.permissions().mode() & 0o777, 0o640);
    // The new text came as another file.
    assert_ne!(after.ino(), before);
    let mut old = String::new();
    open.read_to_string(&mut old).expect("the old text");
    assert_eq!(old, UGLY);
    // What is laid out already is not touched.
    fmt(&path, &[], 0);
    assert_eq!(fs::metadata(&path).expect("a file").ino(), after.ino());
}

#[test]
fn check_names_the_files_and_writes_nothing() {
    let folder = Folder::new("fmt-check");
    let (ugly, neat) = (folder.file("a.elig", UGLY), folder.file("b.elig", NEAT));
    let output = fmt(&ugly, &[neat.to_str().expect("a path"), "--check"], 1);
    assert_eq!(stdout(&output), format!("{}\n", ugly.display()));
    assert_eq!(stderr(&output), "1 file would be formatted, 1 already\n");
    assert_eq!(text(&ugly), UGLY);
    assert_eq!(stdout(&fmt(&neat, &["--check"], 0)), "");
}

#[test]
fn diff_shows_the_lines_and_writes_nothing() {
    let folder = Folder::new("fmt-diff");
    let path = folder.file("a.elig", UGLY);
    let output = fmt(&path, &["--diff"], 1);
    assert!(stdout(&output).contains("\n-exclude   prior car_t\n+exclude prior car_t\n"), "{}", stdout(&output));
    assert_eq!(text(&path), UGLY);
    let neat = folder.file("b.elig", NEAT);
    assert_eq!(stdout(&fmt(&neat, &["--diff"], 0)), "");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let output = codes(&["fmt", "-"], UGLY, 0);
    assert_eq!((stdout(&output).as_str(), stderr(&output).as_str()), (NEAT, ""));
    assert_eq!(stdout(&codes(&["fmt", "-"], NEAT, 0)), NEAT);
    assert_eq!(stdout(&codes(&["fmt", "-"], "", 0)), "");
    assert_eq!(stdout(&codes(&["fmt", "-"], "\n\n# only\n\n\n\n# comments  ", 0)), "# only\n\n# comments\n");
    codes(&["fmt", "-", "--check"], UGLY, 1);
}

#[test]
fn a_folder_and_a_file() {
    let folder = Folder::new("fmt-folder");
    fs::create_dir(folder.0.join("in")).expect("a folder");
    let inner = folder.file("in/a.elig", UGLY);
    let other = folder.file("in/notes.txt", UGLY);
    let alone = folder.file("b.elig", UGLY);
    let output = fmt(&folder.0.join("in"), &[alone.to_str().expect("a path")], 0);
    assert_eq!(stderr(&output), "2 files formatted\n");
    assert_eq!([text(&inner), text(&alone), text(&other)], [NEAT, NEAT, UGLY]);
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let folder = Folder::new("fmt-ends");
    let path = folder.file("a.elig", "\u{feff}exclude   prior car_t\r\nexclude any of {\r\n prior car_t,\r\n}\r\n");
    fmt(&path, &[], 0);
    assert_eq!(text(&path), "\u{feff}exclude prior car_t\r\nexclude any of {\r\n  prior car_t,\r\n}\r\n");
}

#[test]
fn a_broken_statement_stays_and_the_others_are_laid_out() {
    let folder = Folder::new("fmt-broken");
    let broken = "require   platelets  >=\n   20,000 /uL  # a comma\n";
    let path = folder.file("a.elig", &format!("{UGLY}{broken}{UGLY}"));
    let output = fmt(&path, &[], 0);
    assert_eq!(text(&path), format!("{NEAT}{broken}{NEAT}"));
    assert_eq!(stderr(&output), "1 file formatted; 1 part with an error left alone\n");
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_are_laid_out() {
    let folder = Folder::new("fmt-unreadable");
    let path = folder.file("a.elig", UGLY);
    let bytes = folder.0.join("bytes.elig");
    fs::write(&bytes, b"exclude   prior \xff car_t").expect("a file");
    let missing = folder.0.join("missing.elig");
    let output = fmt(&bytes, &[missing.to_str().expect("a path"), path.to_str().expect("a path")], 2);
    let told = stderr(&output);
    assert!(told.contains("bytes.elig: byte 16 is not UTF-8 text"), "{told}");
    assert!(told.contains("missing.elig"), "{told}");
    assert!(told.ends_with("1 file formatted, 2 could not be\n"), "{told}");
    assert_eq!(text(&path), NEAT);
    assert_eq!(fs::read(&bytes).expect("a file"), b"exclude   prior \xff car_t");
}
