//! `--deny`, `--warn` and `--allow`: the last on the command line that covers a code decides.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, error::ErrorKind};

use super::io;
use crate::diag::level::{self, Level, Selector};

/// The three options, in the order in which they are on the command line.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels(pub level::Levels);

const OPTIONS: [(&str, Level, &str); 3] = [
    (
        "deny",
        Level::Deny,
        "Treat a warning as an error: a code (W0703), its name (not-encoded), `todo`, or `warnings` for all",
    ),
    (
        "warn",
        Level::Warn,
        "Treat it as a warning again, after --deny or --allow, or report one that is reported on request only (one-place-of-two); the last option that names a code decides",
    ),
    ("allow", Level::Allow, "Do not report a warning; an error is always reported"),
];

impl Args for Levels {
    fn augment_args(command: Command) -> Command {
        command.args(OPTIONS.map(|(name, _, help)| {
            Arg::new(name)
                .long(name)
                .value_name("CODE")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(|text: &str| text.parse::<Selector>())
                .help(help)
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Levels::augment_args(command)
    }
}

impl FromArgMatches for Levels {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Levels, Error> {
        let mut said: Vec<(usize, Level, Selector)> = Vec::new();
        for (name, level, _) in OPTIONS {
            let places = matches.indices_of(name).into_iter().flatten();
            let selectors = matches.get_many::<Selector>(name).into_iter().flatten();
            said.extend(places.zip(selectors).map(|(place, selector)| (place, level, *selector)));
        }
        said.sort_by_key(|(place, ..)| *place);
        let mut levels = level::Levels::default();
        for (_, level, selector) in said {
            levels.push(level, selector).map_err(|why| Error::raw(ErrorKind::ValueValidation, format!("{why}\n")))?;
            if let Selector::Retired(retired) = selector {
                io::note(&retired.leads_on());
            }
        }
        Ok(Levels(levels))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Levels::from_arg_matches(matches)?;
        Ok(())
    }
}
