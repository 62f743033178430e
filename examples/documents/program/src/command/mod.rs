//! What the program can do, a file for each command.

mod borrowers;
mod demo;
mod downgrade;
mod ingest;
mod list;
mod retry;
mod serve;
mod show;
mod sweep;
mod tables;
mod upgrade;
mod work;

use documents_adapter::{DocumentsStorage, FileStore};
use documents_domain::Paging;

use crate::cli::{Cli, Command, Part};
use crate::database_url;
use crate::error::{End, Error};
use crate::keys;

/// Does what is asked. Here, and nowhere else, the adapter is chosen that the domain works with.
pub(crate) async fn run(cli: Cli) -> Result<End, Error> {
    let Cli { database_url, store, key_file, command } = cli;
    let url = database_url::find(database_url)?;
    let contents = || FileStore::open(store.clone());
    let key_file = key_file.as_deref();
    match command {
        Command::Demo => demo::run(url, store, key_file).await,
        Command::Ingest { from } => {
            let files = ingest::files(&from)?;
            ingest::run(&open(url).await?, &contents()?, &from, files).await
        }
        Command::Work(work) => work::run(open(url).await?, contents()?, &work).await,
        Command::List(list) => {
            let paging = paging(&list.part)?;
            list::run(&open(url).await?, list.status, paging, list.part.format).await
        }
        Command::Show { id } => show::run(&open(url).await?, id).await,
        Command::Retry { id, abandoned } => retry::run(&open(url).await?, id, abandoned).await,
        Command::Sweep => sweep::run(&open(url).await?, &contents()?).await,
        Command::Borrowers(borrowers) => {
            keys::load(key_file)?;
            borrowers::run(|| open(url), borrowers).await
        }
        Command::Serve { listen } => {
            keys::load(key_file)?;
            serve::run(open(url).await?, contents()?, listen).await
        }
        Command::Upgrade { target } => {
            let url = named(url)?;
            upgrade::run(&DocumentsStorage::connect(&url).await?, &target).await
        }
        Command::Downgrade { target } => downgrade::run(&existing(url).await?, &target).await,
        // `main` has done that.
        Command::ReadFile { .. } => Ok(End::Done),
    }
}

/// The storage, with its tables up to date.
async fn open(url: Option<String>) -> Result<DocumentsStorage, Error> {
    let storage = existing(url).await?;
    tables::check(&storage).await?;
    Ok(storage)
}

/// The storage, if it is there.
async fn existing(url: Option<String>) -> Result<DocumentsStorage, Error> {
    let url = database_url::of_existing_file(&named(url)?);
    Ok(DocumentsStorage::connect(&url).await?)
}

/// The URL, which all commands but the demo need.
fn named(url: Option<String>) -> Result<String, Error> {
    let url = url.ok_or_else(database_url::missing)?;
    database_url::check_lasting(&url)?;
    Ok(url)
}

/// Which part of a list is wanted.
fn paging(part: &Part) -> Result<Paging, Error> {
    Paging::new(part.offset, part.limit)
        .map_err(|why| Error::mistake(why, "give a limit of 1 to 100 and an offset of 0 or more"))
}
