//! What the program can do, a file for each command.

mod demo;
mod downgrade;
mod import;
mod search;
mod serve;
mod stats;
mod tables;
mod upgrade;

use catalog_adapter::Catalog;

use crate::cli::{Cli, Command};
use crate::database_url;
use crate::error::{End, Error};

/// Does what is asked. Here, and nowhere else, the adapter is chosen that the domain works with.
pub(crate) async fn run(cli: Cli) -> Result<End, Error> {
    let url = database_url::find(cli.database_url)?;
    match cli.command {
        Command::Demo => demo::run(url).await,
        Command::Search(search) => {
            let wanted = search::Wanted::of(&search)?;
            search::run(open(url).await?, &wanted, search.listing.format).await
        }
        Command::Import(import) => import::run(open(url).await?, &import).await,
        Command::Stats { listing } => stats::run(open(url).await?, listing.format).await,
        Command::Serve { listen } => serve::run(open(url).await?, listen).await,
        Command::Upgrade { target } => {
            let url = named(url)?;
            upgrade::run(&Catalog::connect(&url).await?, &target).await
        }
        Command::Downgrade { target } => downgrade::run(&existing(url).await?, &target).await,
    }
}

/// The catalogue, with its table up to date.
async fn open(url: Option<String>) -> Result<Catalog, Error> {
    let catalog = existing(url).await?;
    tables::check(&catalog).await?;
    Ok(catalog)
}

/// The catalogue, if it is there.
async fn existing(url: Option<String>) -> Result<Catalog, Error> {
    let url = database_url::of_existing_file(&named(url)?);
    Ok(Catalog::connect(&url).await?)
}

/// The URL, which all commands but the demo need.
fn named(url: Option<String>) -> Result<String, Error> {
    let url = url.ok_or_else(database_url::missing)?;
    database_url::check_lasting(&url)?;
    Ok(url)
}
