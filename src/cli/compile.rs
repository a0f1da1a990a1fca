//! `eligc compile FILE [-o TREE.json]`

use super::args::CompileArgs;
use super::checked::checked;
use super::io::{self, Failure, Out};
use super::{CLEAN, FINDINGS};
use crate::lower::lower;

pub(super) fn run(args: &CompileArgs, out: &mut Out) -> Result<u8, Failure> {
    let checked = checked(&args.file, &args.levels.0)?;
    let text = io::rendered(&checked, out.error_color);
    out.error(&text)?;
    let Some(program) = &checked.program else {
        return Ok(FINDINGS);
    };
    let tree = lower(program, &checked.sources);
    if tree.criteria.is_empty() {
        return Err(io::no_criteria(&args.file, "compiled"));
    }
    // A tree is written that `eval` takes, or none.
    if let Err(error) = tree.validate() {
        let name = io::shown(&args.file);
        io::complain(&format!("{name} compiles to a tree that no evaluator takes: {error}"));
        return Ok(FINDINGS);
    }
    let json = tree.to_json();
    match &args.output {
        Some(path) if !io::is_stdin(path) => io::write_output(path, &json, io::files_read(&checked))?,
        _ => out.text(&json)?,
    }
    Ok(CLEAN)
}
