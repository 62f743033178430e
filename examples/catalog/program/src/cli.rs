//! The command line: what can be asked of the program.

use std::net::SocketAddr;
use std::path::PathBuf;

use catalog_domain::{ModelYear, Price, Words};
use clap::{Args, Parser, Subcommand, ValueEnum};
use underpin::migrate::Destination;

use crate::cursor::Cursor;

const EXIT_CODES: &str = "Exit codes: 0 done; 1 something was refused, or a check failed; 2 a mistake in what was asked; 3 the database.";

/// Used cars on sale: search, import, statistics, and the same over HTTP.
#[derive(Debug, Parser)]
#[command(name = "catalog", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    /// The database: postgres://user:password@host/name or sqlite:path/to/file.db [default: DATABASE_URL in the
    /// environment, then in a file .env]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database_url: Option<String>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show everything with 93 real cars on a new SQLite file, or on the database that is named
    Demo,
    /// List the cars that fit, the cheapest first
    Search(Search),
    /// Take in the cars of a CSV file
    Import(Import),
    /// List what the cars of each make cost
    Stats {
        #[command(flatten)]
        listing: Listing,
    },
    /// Serve the catalogue over HTTP, with a page to search in a browser
    Serve {
        /// Where to listen; port 0 is any free one
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
    /// Bring the table up to date
    Upgrade {
        /// Where to end: head, a revision, or +1 for one up
        #[arg(default_value = "head")]
        target: Destination,
    },
    /// Take the table back, and what is in it
    Downgrade {
        /// Where to end: base, a revision, or -1 for one down
        #[arg(allow_hyphen_values = true)]
        target: Destination,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Only of this make, capital letters aside
    #[arg(long)]
    pub(crate) make: Option<Words>,

    /// Only of this model, capital letters aside
    #[arg(long)]
    pub(crate) model: Option<Words>,

    /// The first year
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true)]
    pub(crate) year_from: Option<ModelYear>,

    /// The last year
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true)]
    pub(crate) year_to: Option<ModelYear>,

    /// The lowest price, in pesos
    #[arg(long, value_name = "PRICE", allow_negative_numbers = true)]
    pub(crate) price_from: Option<Price>,

    /// The highest price, in pesos
    #[arg(long, value_name = "PRICE", allow_negative_numbers = true)]
    pub(crate) price_to: Option<Price>,

    /// How many at most, 1 to 200
    #[arg(long, value_name = "CARS", default_value_t = 20, allow_negative_numbers = true)]
    pub(crate) limit: i64,

    /// How many to leave out
    #[arg(long, value_name = "CARS", default_value_t = 0, allow_negative_numbers = true)]
    pub(crate) offset: i64,

    /// Begin behind this place, which the page before has told; as quick for the last page as for the first
    #[arg(long, value_name = "PLACE", conflicts_with = "offset")]
    pub(crate) after: Option<Cursor>,

    #[command(flatten)]
    pub(crate) listing: Listing,
}

#[derive(Debug, Args)]
pub(crate) struct Listing {
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For a person
    Table,
    /// For a program
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A CSV file with a header that has the columns make, model, year and price; - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// How many cars make one unit of work
    #[arg(long, value_name = "CARS", default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(crate) batch: u16,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_step_down_is_no_option() {
        let cli = Cli::try_parse_from(["catalog", "downgrade", "-1"]).expect("-1 is a destination");
        assert!(matches!(cli.command, Command::Downgrade { target } if target.to_string() == "-1"));
    }
}
