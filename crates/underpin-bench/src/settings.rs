//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::http;
use crate::workload::Runtime;

/// Measures Underpin beside the raw drivers and the peers, and prints one markdown table.
///
/// All contenders of a workload take turns in every round; the ratios are to the raw driver in the same run. The
/// peers are compiled in by the features `diesel`, `diesel-async`, `sqlx` and `sea-orm`, or all by `peers`.
#[derive(Debug, Parser)]
#[command(name = "underpin-bench", version, subcommand_negates_reqs = true, disable_help_subcommand = true)]
pub(crate) struct Settings {
    /// A PostgreSQL server on which a database may be created; it is dropped at the end.
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        default_value = "postgres://postgres@localhost:5432/postgres"
    )]
    pub(crate) database_url: String,

    /// Only these workloads (separated by commas); all without it.
    #[arg(long, value_delimiter = ',')]
    pub(crate) workload: Vec<String>,

    /// Only these variants beside the raw drivers (separated by commas); all without it.
    #[arg(long, value_delimiter = ',')]
    pub(crate) variant: Vec<String>,

    /// Only this database.
    #[arg(long)]
    pub(crate) database: Option<DatabaseChoice>,

    /// How many rounds count, threefold for all but the bulk inserts; one more goes before them, to warm up.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..1000))]
    pub(crate) rounds: u16,

    /// The runtime for every workload; without it one thread, and two for the pool.
    #[arg(long)]
    pub(crate) runtime: Option<RuntimeChoice>,

    /// Also write the table to this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) errand: Option<Errand>,
}

/// What `--database` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DatabaseChoice {
    Postgres,
    Sqlite,
}

/// What `--runtime` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RuntimeChoice {
    /// One thread.
    Current,
    /// Two worker threads.
    Multi,
}

impl From<RuntimeChoice> for Runtime {
    fn from(choice: RuntimeChoice) -> Self {
        match choice {
            RuntimeChoice::Current => Self::Current,
            RuntimeChoice::Multi => Self::Multi,
        }
    }
}

/// What the benchmark starts itself for, in a process of its own.
#[derive(Debug, Subcommand)]
pub(crate) enum Errand {
    /// Be the slow proxy.
    #[command(hide = true)]
    Proxy { kind: String, host: String, port: u16, round_trip_micros: u64 },
    /// Measure `GET /cars` over HTTP: the catalogue beside the same handler on the raw driver.
    Http(http::Options),
    /// Be the server without the toolkit's database.
    #[command(hide = true)]
    HttpRaw { kind: http::Kind },
    /// Stream the rows with the n-th contender, and print its memory.
    #[command(hide = true)]
    Stream { contender: usize, file: PathBuf },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Settings::command().debug_assert();
    }

    #[test]
    fn lists_are_separated_by_commas() {
        let settings = Settings::parse_from([
            "underpin-bench",
            "--workload",
            "point-get,pool-32-on-10",
            "--rounds",
            "3",
        ]);
        assert_eq!(settings.workload, ["point-get", "pool-32-on-10"]);
        assert_eq!((settings.rounds, settings.errand.is_none()), (3, true));
    }
}
