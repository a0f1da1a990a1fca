//! URIs of the protocol to the names files are checked under, and back.

use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;

/// The name a document is known by: its path, when it has one, else its URI. Two spellings of one `file:` URI
/// (`file:///c%3A/x`, `file:///C:/x`) are one name.
pub fn name(uri: &Uri) -> String {
    match path(uri) {
        Some(path) => path.display().to_string(),
        None => uri.as_str().to_owned(),
    }
}

/// The path of a `file:` URI.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let text = uri.as_str();
    let (scheme, rest) = text.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next()?;
    let rest = match rest.strip_prefix("//") {
        // `file://server/share`: only this machine's own files are read.
        Some(rest) => rest.strip_prefix("localhost").unwrap_or(rest),
        None => rest,
    };
    let decoded = decode(rest)?;
    let drive = decoded.strip_prefix('/').filter(|rest| {
        let mut letters = rest.chars();
        letters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && letters.next() == Some(':')
    });
    match drive {
        Some(drive) => {
            let mut letters = drive.chars();
            let first = letters.next()?.to_ascii_lowercase();
            Some(clean(Path::new(&format!("{first}{}", letters.as_str()))))
        }
        None if decoded.starts_with('/') => Some(clean(Path::new(&decoded))),
        None => None,
    }
}

/// The `file:` URI of an absolute path; anything else that is a URI itself is that URI.
pub fn uri(name: &str) -> Option<Uri> {
    let spelt = name.replace('\\', "/");
    let drive = spelt.as_bytes().get(1) == Some(&b':');
    if !spelt.starts_with('/') && !drive {
        return Uri::from_str(name).ok();
    }
    let mut text = String::from(if drive { "file:///" } else { "file://" });
    for byte in spelt.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    Uri::from_str(&text).ok()
}

/// A path without `.` and with `..` taken back, so that one file has one name.
pub fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !clean.pop() {
                    clean.push("..");
                }
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => clean.push(part),
        }
    }
    clean
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
        bytes.push(high * 16 + low);
    }
    String::from_utf8(bytes).ok()
}
