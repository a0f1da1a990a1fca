//! `eligc check FILE..`

use super::args::CheckArgs;
use super::checked::{checked, on_all_cores};
use super::findings::{Reported, report};
use super::io::{Failure, Out};
use super::{files, fix, watch};
use crate::resolve::Library;

pub(super) fn run(args: &CheckArgs, out: &mut Out) -> Result<u8, Failure> {
    if args.watch {
        return watch::run(args, out);
    }
    let paths = files::expand(&args.files)?;
    if args.fix || args.diff {
        return fix::run(args, &paths, out);
    }
    let results = on_all_cores(&paths, || Library::shipped().read(), |path| checked(path, &args.levels.0));
    let Reported { code, checks } = report(results, args, out)?;
    // The process ends here, and its memory with it.
    std::mem::forget(checks);
    Ok(code)
}
