//! Real editors at the real server: Neovim and Emacs with the settings of docs/editors.md, and the client half of the
//! VS Code extension under Node.

#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{have, scratch, skipped};
use crate::docs::{blocks, root};

const LIMIT: Duration = Duration::from_secs(240);

/// The compiler under test.
fn eligc() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_eligc"))
}

/// The search path with the compiler under test in front.
fn path() -> std::ffi::OsString {
    let own = std::iter::once(eligc().parent().unwrap().to_owned());
    std::env::join_paths(own.chain(std::env::split_paths(&std::env::var_os("PATH").unwrap()))).unwrap()
}

/// What a command that must end within [`LIMIT`] printed, and whether it succeeded.
fn run(command: &mut Command) -> (bool, String) {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it was found");
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = out.read_to_end(&mut text);
        text
    });
    let other = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = err.read_to_end(&mut text);
        text
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break Some(status);
        }
        if start.elapsed() > LIMIT {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let text = [reader.join().unwrap(), other.join().unwrap()].concat();
    let mut text = String::from_utf8_lossy(&text).into_owned();
    if status.is_none() {
        text.push_str("\nit did not end in time");
    }
    (status.is_some_and(|status| status.success()), text)
}

/// The Lua blocks of docs/editors.md, in its order.
fn lua() -> Vec<String> {
    let page = blocks(&root().join("docs/editors.md"));
    page.into_iter().filter(|block| block.tag == "lua").map(|block| block.text).collect()
}

/// The settings that docs/editors.md has for a version: `0.7`, `0.8` to `0.10`, `0.11` and newer.
fn settings(blocks: &[String], minor: u32) -> String {
    let one = match minor {
        ..8 => "vim.lsp.start_client",
        8..11 => "vim.lsp.start(",
        11.. => "vim.lsp.config",
    };
    let keys = blocks.iter().find(|block| block.contains("BufWritePre")).unwrap();
    let start = blocks.iter().find(|block| block.contains(one)).unwrap();
    format!("{start}\n{keys}")
}

/// 0.7.2 to 7.
fn minor(nvim: &str) -> u32 {
    let (_, text) = run(Command::new(nvim).arg("--version"));
    let version = text.lines().next().unwrap().trim_start_matches("NVIM v").to_owned();
    version.split('.').nth(1).unwrap().parse().unwrap()
}

fn session(nvim: &str, minor: u32) {
    let folder = scratch(&format!("neovim-{}-{minor}", nvim.replace('/', "-")));
    fs::write(folder.join("init.lua"), settings(&lua(), minor)).unwrap();
    fs::copy(root().join("trials/eque-cel.elig"), folder.join("trial.elig")).unwrap();
    let mut command = Command::new(nvim);
    command.args(["--headless", "--clean", "-u", "init.lua", "trial.elig", "-c"]);
    command.arg(format!("luafile {}", root().join("editors/neovim/session.lua").display()));
    command.current_dir(&folder).env("PATH", path());
    for home in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
        command.env(home, folder.join(home));
    }
    let (success, text) = run(&mut command);
    assert!(success && text.contains("passed: "), "{nvim}, with the settings for 0.{minor}:\n{text}");
}

/// `nvim`, and what `ELIGC_NVIM` names beside it, so that the settings of more than one version are run.
#[test]
fn neovim() {
    if !have("the Neovim session", &["nvim"]) {
        return;
    }
    let more = std::env::var("ELIGC_NVIM").unwrap_or_default();
    for nvim in std::iter::once("nvim").chain(more.split_whitespace()) {
        let minor = minor(nvim);
        session(nvim, minor);
        if minor >= 11 {
            // The settings for 0.8 go on working.
            session(nvim, 8);
        }
    }
}

/// Emacs with eglot and the settings of docs/editors.md, as pasted.
#[test]
fn emacs() {
    if !have("the Emacs session", &["emacs"]) {
        return;
    }
    let batch = ["--batch", "-f", "package-initialize"];
    if !run(Command::new("emacs").args(batch).args(["--eval", "(require 'eglot)"])).0 {
        skipped("the Emacs session (this Emacs has no eglot)");
        return;
    }
    let folder = scratch("emacs-session");
    let page = blocks(&root().join("docs/editors.md"));
    let elisp = page.into_iter().filter(|block| block.tag == "elisp" && !block.text.contains("#'lsp)"));
    let settings: Vec<String> = elisp.map(|block| block.text).collect();
    assert_eq!(settings.len(), 2, "where the mode is, and eglot");
    let settings = settings.join("\n").replace("/path/to/eligc", &root().display().to_string());
    fs::write(folder.join("init.el"), settings).unwrap();
    fs::copy(root().join("trials/eque-cel.elig"), folder.join("trial.elig")).unwrap();
    let mut command = Command::new("emacs");
    command.args(batch).args(["-l", "init.el", "trial.elig", "-l"]);
    command.arg(root().join("editors/emacs/session.el")).current_dir(&folder);
    command.env("PATH", path()).env("HOME", &folder).env("XDG_CACHE_HOME", folder.join("cache"));
    let (success, text) = run(&mut command);
    assert!(success && text.contains("passed: "), "{text}");
}

#[test]
fn vscode() {
    if !have("the VS Code extension", &["node", "npm"]) {
        return;
    }
    let folder: PathBuf = root().join("editors/vscode");
    if !folder.join("node_modules").exists() {
        skipped("the VS Code extension (run `npm ci --ignore-scripts` in editors/vscode first)");
        return;
    }
    let cache = scratch("vscode");
    for script in ["test", "package"] {
        let mut command = Command::new("npm");
        command.args(["run", script]).current_dir(&folder).env("ELIGC", eligc()).env("XDG_CACHE_HOME", &cache);
        let (success, text) = run(&mut command);
        assert!(success, "npm run {script}:\n{text}");
    }
    let package = fs::metadata(folder.join("elig.vsix")).unwrap().len();
    assert!((50_000..2_000_000).contains(&package), "elig.vsix has {package} bytes");
}
