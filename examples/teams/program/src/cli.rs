//! The command line: what can be asked of the program.

use std::net::SocketAddr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use teams_domain::{
    CatalogItemId, Description, Email, ItemKind, Name, RepositoryUrl, Role, Slug, TeamId, TeamRef, UserId,
    UserRef,
};
use underpin::migrate::Destination;

use crate::shape::AttributesText;

const EXIT_CODES: &str =
    "Exit codes: 0 done; 1 something was refused; 2 a mistake in what was asked or set; 3 the database.";

/// Who is in which team, and what the teams own: from the command line, and over HTTP.
#[derive(Debug, Parser)]
#[command(name = "teams", version, after_help = EXIT_CODES, max_term_width = 100)]
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
    /// Show everything on a new SQLite file, or on the database that is named
    Demo,
    /// Those who can be in teams
    #[command(subcommand)]
    User(UserCommand),
    /// Teams, with who is in them and what they own
    #[command(subcommand)]
    Team(TeamCommand),
    /// Who is in a team, and what they may do
    #[command(subcommand)]
    Member(MemberCommand),
    /// What teams own
    #[command(subcommand)]
    Item(ItemCommand),
    /// Take in the repositories of the code host that no item has yet
    ///
    /// CODE_HOST_ORGANISATION and CODE_HOST_TOKEN are settings of the environment or of a file .env, and so is
    /// CODE_HOST_URL if it is not https://api.github.com.
    ImportItems {
        /// The team that owns them from now on: its slug or its id
        team: TeamRef,
        #[command(flatten)]
        listing: Listing,
    },
    /// Serve all this over HTTP
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
pub(crate) enum UserCommand {
    /// Take in somebody new; prints their id
    Add { name: Name, email: Email },
    /// List all of them, in the order in which they came
    List {
        #[command(flatten)]
        page: PageOf<UserId>,
        #[command(flatten)]
        listing: Listing,
    },
    /// Show one
    Show {
        /// Their id or their address
        user: UserRef,
        #[command(flatten)]
        listing: Listing,
    },
    /// Remove one, who leaves all teams by it
    Remove {
        /// Their id or their address
        user: UserRef,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TeamCommand {
    /// Found a team; prints its id
    Add {
        /// What it is called in addresses
        slug: Slug,
        /// What it is called
        #[arg(long)]
        name: Name,
        /// Who maintains it: their id or their address
        #[arg(long, value_name = "USER")]
        founder: UserRef,
    },
    /// List all of them, in the order in which they were founded
    List {
        #[command(flatten)]
        page: PageOf<TeamId>,
        #[command(flatten)]
        listing: Listing,
    },
    /// Show one with who is in it and what it owns
    Show {
        /// Its slug or its id
        team: TeamRef,
        #[command(flatten)]
        listing: Listing,
    },
    /// Remove one that owns nothing
    Remove {
        /// Its slug or its id
        team: TeamRef,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum MemberCommand {
    /// Take somebody into a team
    Add {
        /// Its slug or its id
        team: TeamRef,
        /// Their id or their address
        user: UserRef,
        /// What they may do: member or maintainer
        #[arg(long, default_value = "member")]
        role: Role,
    },
    /// Give somebody another role
    Role {
        /// Its slug or its id
        team: TeamRef,
        /// Their id or their address
        user: UserRef,
        /// What they may do: member or maintainer
        role: Role,
    },
    /// Take somebody out of a team; the last who maintains it stays
    Remove {
        /// Its slug or its id
        team: TeamRef,
        /// Their id or their address
        user: UserRef,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ItemCommand {
    /// Take in what a team owns; prints its id
    Add {
        /// The team: its slug or its id
        team: TeamRef,
        /// What it is called
        name: Name,
        /// What sort of thing it is: service, library, website or dataset
        #[arg(long)]
        kind: ItemKind,
        /// Where its source is
        #[arg(long, value_name = "URL")]
        repository: RepositoryUrl,
        /// What it is for
        #[arg(long, value_name = "TEXT", default_value = "")]
        description: Description,
        /// What else is said of it, as a JSON object
        #[arg(long, value_name = "JSON", default_value = "{}")]
        attributes: AttributesText,
    },
    /// List them, in the order in which they came
    List {
        /// Only those of a team: its slug or its id
        #[arg(long)]
        team: Option<TeamRef>,
        /// Only of one sort: service, library, website or dataset
        #[arg(long)]
        kind: Option<ItemKind>,
        #[command(flatten)]
        page: PageOf<CatalogItemId>,
        #[command(flatten)]
        listing: Listing,
    },
    /// Show one
    Show {
        /// Its id
        id: CatalogItemId,
        #[command(flatten)]
        listing: Listing,
    },
    /// Change what is said of one; what is not named stays
    Change {
        /// Its id
        id: CatalogItemId,
        #[command(flatten)]
        changes: ItemChanges,
    },
    /// Remove one
    Remove {
        /// Its id
        id: CatalogItemId,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct ItemChanges {
    /// The team that owns it from now on: its slug or its id
    #[arg(long)]
    pub(crate) team: Option<TeamRef>,
    /// What it is called
    #[arg(long)]
    pub(crate) name: Option<Name>,
    /// What sort of thing it is: service, library, website or dataset
    #[arg(long)]
    pub(crate) kind: Option<ItemKind>,
    /// Where its source is
    #[arg(long, value_name = "URL")]
    pub(crate) repository: Option<RepositoryUrl>,
    /// What it is for
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<Description>,
    /// What else is said of it, as a whole: a JSON object
    #[arg(long, value_name = "JSON")]
    pub(crate) attributes: Option<AttributesText>,
}

/// How much of a list at a time; ids are what it is listed by.
#[derive(Debug, Args)]
pub(crate) struct PageOf<I>
where
    I: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    /// How many at most, 1 to 200
    #[arg(long, default_value_t = 20, allow_negative_numbers = true)]
    pub(crate) limit: i64,

    /// Begin behind this one, which the page before has told
    #[arg(long, value_name = "ID")]
    pub(crate) after: Option<I>,
}

#[derive(Debug, Args)]
pub(crate) struct Listing {
    /// How to print it
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
        let cli = Cli::try_parse_from(["teams", "downgrade", "-1"]).expect("-1 is a destination");
        assert!(matches!(cli.command, Command::Downgrade { target } if target.to_string() == "-1"));
    }
}
