//! `eligc test FILE..`: the examples of trials.

use std::fmt::Write as _;

use super::args::TestArgs;
use super::checked::checked;
use super::io::{self, Failure, Out};
use super::table::Paint;
use super::{CLEAN, FINDINGS, files};
use crate::diag::wording::plural;
use crate::eval::Evaluator;
use crate::examples::unmet;
use crate::legible;
use crate::lower::lower;

pub(super) fn run(args: &TestArgs, out: &mut Out) -> Result<u8, Failure> {
    let paint = Paint::new(out.color);
    let (mut passed, mut failed, mut broken) = (0, 0, 0);
    for path in &files::expand(&args.files)? {
        let checked = checked(path, &args.levels.0)?;
        let Some(program) = &checked.program else {
            broken += 1;
            let text = io::rendered(&checked, out.error_color);
            out.error(&text)?;
            continue;
        };
        if program.examples.is_empty() {
            // A vocabulary asks nothing, and has nothing to run.
            continue;
        }
        let evaluator = Evaluator::new(lower(program, &checked.sources))
            .map_err(|error| Failure(format!("{}: {error}", io::shown(path))))?;
        for example in &program.examples {
            if args.only.as_ref().is_some_and(|only| !example.name.contains(only.as_str())) {
                continue;
            }
            let wrong = unmet(&evaluator, program, &checked.sources, checked.main, example);
            if wrong.is_empty() {
                passed += 1;
                if args.verbose {
                    out.text(&format!(
                        "{}  {}: {}\n",
                        paint.good("pass"),
                        legible::line(&io::shown(path)),
                        legible::line(&example.name)
                    ))?;
                }
                continue;
            }
            failed += 1;
            let mut text = format!(
                "{}  {}: {}\n",
                paint.bad("FAIL"),
                legible::line(&io::shown(path)),
                paint.strong(&legible::line(&example.name))
            );
            for line in wrong {
                let _ = writeln!(text, "    {}", legible::line(&line));
            }
            out.text(&text)?;
        }
    }
    let mut summary = format!("{} passed, {failed} failed", plural(passed, "example"));
    if broken > 0 {
        let _ = write!(summary, "; {} with errors not run", plural(broken, "file"));
    }
    let summary = if failed + broken > 0 { paint.bad(&summary) } else { paint.good(&summary) };
    out.text(&format!("{summary}\n"))?;
    Ok(if failed + broken > 0 { FINDINGS } else { CLEAN })
}
