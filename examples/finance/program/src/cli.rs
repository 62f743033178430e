//! The command line: what can be asked of the program.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use finance_domain::{Email, UserId};
use underpin::migrate::Destination;
use underpin::query::Cursor;

const EXIT_CODES: &str = "Exit codes: 0 done; 1 something was refused, or a check failed; 2 a mistake in what was asked; 3 the database.";

/// Users, their events and an outbox: the first example of Underpin.
#[derive(Debug, Parser)]
#[command(name = "finance", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    /// The database: postgres://user:password@host/name or sqlite:path/to/file.db [default: DATABASE_URL in the
    /// environment, then in a file .env]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database_url: Option<String>,

    /// The file of the keys that secrets are encrypted with [default: the one that UNDERPIN_KEY_FILE names, or the keys
    /// in UNDERPIN_KEYS]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tell the whole story on a new SQLite file, or on the database that is named
    Demo,
    /// Register users
    Register {
        /// Their addresses
        #[arg(value_name = "EMAIL", required = true)]
        emails: Vec<Email>,
    },
    /// Note that a user has shown that their address is theirs
    VerifyEmail {
        /// Who it is: user_...
        #[arg(value_name = "ID")]
        id: UserId,
    },
    /// Give a user another address
    ChangeEmail {
        /// Who it is: user_...
        #[arg(value_name = "ID")]
        id: UserId,
        /// The new address
        #[arg(value_name = "EMAIL")]
        email: Email,
    },
    /// List the users, in the order in which they registered
    Users {
        #[command(flatten)]
        part: Part,
    },
    /// List the events in the outbox, in the order in which they happened
    Events {
        /// Only those that wait for delivery
        #[arg(long)]
        waiting: bool,
        #[command(flatten)]
        part: Part,
    },
    /// Register the users of a file
    Import(Import),
    /// Keep secrets of users, and give them back
    Secret {
        #[command(subcommand)]
        action: SecretAction,
    },
    /// Bring every secret under the primary key
    RotateKeys(RotateKeys),
    /// Serve users and events over HTTP, to those who bear the token in FINANCE_TOKEN
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
    /// Take tables back, and what is in them
    Downgrade {
        /// Where to end: base, a revision, or -1 for one down
        #[arg(allow_hyphen_values = true)]
        target: Destination,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SecretAction {
    /// Keep a secret, in the place of the one of the same type; its value is read from standard input, or asked for
    Put {
        #[command(flatten)]
        place: SecretPlace,
    },
    /// Print a secret, for a program that needs it
    Get {
        #[command(flatten)]
        place: SecretPlace,
    },
    /// Forget a secret
    Forget {
        #[command(flatten)]
        place: SecretPlace,
    },
    /// List the secrets of a user by their types, without their values
    List {
        /// Whose they are: user_...
        #[arg(value_name = "ID")]
        owner: UserId,
        #[command(flatten)]
        listing: Listing,
    },
}

#[derive(Args)]
pub(crate) struct SecretPlace {
    /// Whose it is: user_...
    #[arg(value_name = "ID")]
    pub(crate) owner: UserId,

    /// What it is for, such as plaid_access_token
    // Looked at later, by somebody who does not repeat it: it may be the secret itself, by mistake.
    #[arg(value_name = "TYPE")]
    pub(crate) secret_type: String,

    /// Nothing belongs here, and whoever writes it here all the same must not read it again in a message.
    #[arg(hide = true)]
    pub(crate) surplus: Vec<String>,
}

impl std::fmt::Debug for SecretPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretPlace").field("owner", &self.owner).finish_non_exhaustive()
    }
}

/// How much of a list at a time, and how.
#[derive(Debug, Args)]
pub(crate) struct Part {
    /// How many at most, 1 to 200
    #[arg(long, value_name = "NUMBER", default_value_t = 20, allow_negative_numbers = true,
        value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) limit: u32,

    /// Begin behind this place, which the page before has told; as quick for the last page as for the first
    #[arg(long, value_name = "PLACE")]
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
#[command(after_help = "\
It may be cut off at any time: begun anew it goes on where it was. Where several processes share the keys, make the new one by \
`cargo underpin secrets keygen --add` and `promote`, each followed by a deployment, and do not say --new-key.")]
pub(crate) struct RotateKeys {
    /// Make a new key first, in the key file, and let it encrypt at once: for a program that runs alone
    #[arg(long)]
    pub(crate) new_key: bool,

    /// Decrypt and encrypt, and write nothing
    #[arg(long, conflicts_with = "new_key")]
    pub(crate) dry_run: bool,

    /// At most so many secrets in a second
    #[arg(long, value_name = "SECRETS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A CSV file with a header that has a column `email`, or JSON lines that have an `email` each; - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// What the file has in it [default: by its ending, .csv, .jsonl or .ndjson]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ImportFormat>,

    /// How many lines make one unit of work
    #[arg(long, value_name = "LINES", default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(crate) batch: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// Values separated by commas, below a header
    Csv,
    /// A JSON object on each line
    Jsonl,
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
        let cli = Cli::try_parse_from(["finance", "downgrade", "-1"]).expect("-1 is a destination");
        assert!(matches!(cli.command, Command::Downgrade { target } if target.to_string() == "-1"));
    }
}
