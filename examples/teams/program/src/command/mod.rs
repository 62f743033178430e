//! What the program can do, a file for each command.

mod demo;
mod downgrade;
mod import_items;
mod item;
mod member;
mod serve;
mod tables;
mod team;
mod upgrade;
mod user;

use teams_adapter::TeamsStorage;
use teams_domain::InvalidPage;
use underpin::ConnectOptions;

use crate::cli::{Cli, Command};
use crate::database_url;
use crate::error::{End, Error};
use crate::settings::{Settings, no_database};

/// Does what is asked. Here, and nowhere else, the adapters are chosen that the domain works with.
pub(crate) async fn run(cli: Cli) -> Result<End, Error> {
    let settings = Settings::read(cli.database_url)?;
    match cli.command {
        Command::Demo => demo::run(&settings).await,
        Command::User(command) => user::run(open(&settings).await?, command).await,
        Command::Team(command) => team::run(open(&settings).await?, command).await,
        Command::Member(command) => member::run(open(&settings).await?, command).await,
        Command::Item(command) => item::run(open(&settings).await?, command).await,
        Command::ImportItems { team, listing } => {
            let host = settings.code_host()?;
            import_items::run(open(&settings).await?, &host, &team, listing.format).await
        }
        Command::Serve { listen } => serve::run(open(&settings).await?, listen).await,
        Command::Upgrade { target } => {
            let url = named(&settings)?;
            upgrade::run(&TeamsStorage::connect(settings.connection(&url)?).await?, &target).await
        }
        Command::Downgrade { target } => downgrade::run(&existing(&settings).await?, &target).await,
    }
}

/// The storage, with its tables up to date.
async fn open(settings: &Settings) -> Result<TeamsStorage, Error> {
    let storage = existing(settings).await?;
    tables::check(&storage).await?;
    Ok(storage)
}

/// The storage, if it is there.
async fn existing(settings: &Settings) -> Result<TeamsStorage, Error> {
    let url = database_url::of_existing_file(&named(settings)?);
    let options: ConnectOptions = settings.connection(&url)?;
    Ok(TeamsStorage::connect(options).await?)
}

/// The URL, which all commands but the demo need.
fn named(settings: &Settings) -> Result<String, Error> {
    let url = settings.database_url()?.ok_or_else(no_database)?;
    database_url::check_lasting(&url)?;
    Ok(url)
}

/// That a limit is none.
fn wrong_limit(why: InvalidPage) -> Error {
    Error::mistake(why, "give another --limit")
}

/// Where the next page begins, if this one is full.
fn next<T, I>(elements: &[T], limit: u16, id: impl Fn(&T) -> I) -> Option<I> {
    elements.last().filter(|_| elements.len() == usize::from(limit)).map(id)
}
