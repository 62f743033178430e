//! The command line: what can be asked, and what holds for every command.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};
use underpin::migrate::Dialect;

use crate::command::Command;

/// What stands below every help text.
pub(crate) const EXIT_CODES: &str =
    "Exit codes: 0 done; 1 a check failed; 2 a mistake in what was asked or in a file; 3 the database.";

const FIRST_STEPS: &str = "\
First steps:
  underpin init                              a directory for revisions, and underpin.toml
  underpin revision -m \"create users\"        a new SQL file, to be filled
  underpin upgrade head --dry-run            what would run
  underpin upgrade head                      run it
  underpin history -i                        what there is, and what is applied

Names of revisions: an identifier or the beginning of one, a label, head, heads, base, current;
+1 and -1 from what is applied, ae10+2 and label@-1 from somewhere else; a:b for a range.

Exit codes: 0 done; 1 a check failed; 2 a mistake in what was asked or in a file; 3 the database.";

/// Revisions of a database: SQL files that people review, applied in order and exactly once.
#[derive(Debug, Parser)]
#[command(name = "underpin", version, after_help = FIRST_STEPS, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What holds for every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// The directory of the revision files [default: the one in underpin.toml, else ./migrations]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) migrations: Option<PathBuf>,

    /// The database, postgres://user:password@host/name or sqlite:path/to/file.db [default: DATABASE_URL in the
    /// environment or in .env, else the one in underpin.toml]
    #[arg(long, global = true, value_name = "URL", hide_env_values = true)]
    pub(crate) url: Option<String>,

    /// The configuration [default: underpin.toml here or in a directory above]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// How data are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,

    /// Say nothing but data and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person
    Table,
    /// For a program: one document
    Json,
}

/// A dialect, by the name that stands in revision files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Named {
    /// PostgreSQL
    Postgres,
    /// SQLite
    Sqlite,
}

impl Named {
    pub(crate) fn dialect(self) -> Dialect {
        match self {
            Self::Postgres => Dialect::Postgres,
            Self::Sqlite => Dialect::Sqlite,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }
}
