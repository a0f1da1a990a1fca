//! `eligc new [FILE] [--from RECORD [--study NUMBER]]`

use super::args::NewArgs;
use super::io::{self, Failure, Out};
use super::{CLEAN, FINDINGS};
use crate::{import, syntax};

pub(super) fn run(args: &NewArgs, out: &mut Out) -> Result<u8, Failure> {
    let mut text = import::STARTER.to_owned();
    let mut code = CLEAN;
    if let Some(path) = &args.from {
        let record = io::read_text(path, syntax::MAX_BYTES as u64)?;
        let name = io::shown(path);
        let called = path.file_stem().and_then(|stem| stem.to_str()).filter(|_| !io::is_stdin(path));
        let made = import::from_registry(&record, called, args.study.as_deref())
            .map_err(|why| Failure(format!("cannot make a draft from {name}: {why}")))?;
        for open in &made.open {
            out.error(&format!("{name}: {open}\n"))?;
            code = FINDINGS;
        }
        text = made.text;
    }
    match &args.file {
        Some(path) if !io::is_stdin(path) => {
            if path.exists() && !args.force {
                let name = io::shown(path);
                return Err(Failure(format!("{name} is there already; --force writes over it")));
            }
            io::write_output(path, &text, args.from.as_deref())?;
            let name = io::shown(path);
            out.error(&format!("{name} written; `eligc check {name}` next\n"))?;
        }
        _ => out.text(&text)?,
    }
    Ok(code)
}
