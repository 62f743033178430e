//! The command line: what can be asked of the program.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use documents_domain::{BorrowerId, DocumentId, DocumentKind, Status};
use underpin::migrate::Destination;

const EXIT_CODES: &str = "Exit codes: 0 done; 1 something was refused, or a check failed; 2 a mistake in what was asked; 3 the database, or the store of the files.";

/// Loan documents: take files in, read them, keep what was read about borrowers, and the same over HTTP.
#[derive(Debug, Parser)]
#[command(name = "documents", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    /// The database: postgres://user:password@host/name or sqlite:path/to/file.db [default: DATABASE_URL in the
    /// environment, then in a file .env]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database_url: Option<String>,

    /// The directory in which the files are kept
    #[arg(
        long,
        global = true,
        value_name = "DIRECTORY",
        env = "DOCUMENTS_STORE",
        default_value = "document-store"
    )]
    pub(crate) store: PathBuf,

    /// The file of the keys that the numbers of accounts are encrypted with [default: the one that UNDERPIN_KEY_FILE
    /// names, or the keys in UNDERPIN_KEYS]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show everything with a few small files on a new SQLite file, or on the database that is named
    Demo,
    /// Take in the files of a directory and of those below it
    Ingest {
        /// The directory
        #[arg(value_name = "DIRECTORY")]
        from: PathBuf,
    },
    /// Read what waits: text and pages of PDF and DOCX, dimensions of images
    Work(Work),
    /// List documents, the newest first
    List(List),
    /// Show a document with what was read from it
    Show {
        /// The document
        id: DocumentId,
    },
    /// Let a document that could not be read wait again
    Retry {
        /// The document
        id: DocumentId,
        /// It is being read, but whoever read it has gone away, and nobody is at it any more
        #[arg(long)]
        abandoned: bool,
    },
    /// Throw away files that are left over of uploads which were broken off more than an hour ago
    Sweep,
    /// Borrowers, and what was read about them
    #[command(subcommand)]
    Borrowers(Borrowers),
    /// Serve documents and borrowers over HTTP
    Serve {
        /// Where to listen; port 0 is any free one
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
    /// Bring the tables up to date
    Upgrade {
        /// Where to end: head, a revision, or +1 for one up
        #[arg(default_value = "head")]
        target: Destination,
    },
    /// Take the tables back, and what is in them
    Downgrade {
        /// Where to end: base, a revision, or -1 for one down
        #[arg(allow_hyphen_values = true)]
        target: Destination,
    },
    /// Read the file on standard input, as `work` does for each of them in a process of its own
    #[command(hide = true)]
    ReadFile {
        kind: DocumentKind,
        #[arg(long)]
        seconds: u64,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Work {
    /// How many files are read at once
    #[arg(long, value_name = "NUMBER", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) workers: u16,

    /// How long a file may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) seconds: u64,

    /// Go on when nothing waits any more, until Ctrl-C
    #[arg(long)]
    pub(crate) watch: bool,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only those that are pending, processing, completed or failed
    #[arg(long)]
    pub(crate) status: Option<Status>,

    #[command(flatten)]
    pub(crate) part: Part,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Borrowers {
    /// List borrowers, by name
    List(Part),
    /// Show a borrower with all that was read about them
    Show {
        /// The borrower
        id: BorrowerId,
    },
    /// Take in a borrower from a JSON file, for the numbers of accounts have no place on a command line
    Add {
        /// The file, in the shape of `POST /borrowers`; - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Part {
    /// How many at most, 1 to 100
    #[arg(long, value_name = "NUMBER", default_value_t = 20, allow_negative_numbers = true)]
    pub(crate) limit: i64,

    /// How many to leave out
    #[arg(long, value_name = "NUMBER", default_value_t = 0, allow_negative_numbers = true)]
    pub(crate) offset: i64,

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
        let cli = Cli::try_parse_from(["documents", "downgrade", "-1"]).expect("-1 is a destination");
        assert!(matches!(cli.command, Command::Downgrade { target } if target.to_string() == "-1"));
    }
}
