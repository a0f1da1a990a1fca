//! `eligc explain CODE`

use super::CLEAN;
use super::args::ExplainArgs;
use super::io::{Failure, Out};
use crate::diag::suggest::{did_you_mean, nearest};
use crate::diag::{Code, Retired};

pub(super) fn run(args: &ExplainArgs, out: &mut Out) -> Result<u8, Failure> {
    let Some(wanted) = &args.code else {
        for code in Code::ALL {
            out.text(&format!("{code}  {:<22} {}\n", code.name(), code.summary()))?;
        }
        return Ok(CLEAN);
    };
    if let Some(retired) = Retired::find(wanted) {
        out.text(retired.page)?;
        return Ok(CLEAN);
    }
    match wanted.parse::<Code>() {
        Ok(code) => {
            out.text(code.page())?;
            Ok(CLEAN)
        }
        Err(()) => {
            let known = Code::ALL.iter().flat_map(|code| [code.id(), code.name()]);
            let near = nearest(wanted, known, 3);
            let hint = did_you_mean(&near).unwrap_or_else(|| "`eligc explain` lists all codes".to_owned());
            Err(Failure(format!("`{wanted}` is not a diagnostic code; {hint}")))
        }
    }
}
