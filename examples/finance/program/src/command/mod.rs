//! What the program can do, a file for each command.

mod change_email;
mod demo;
mod downgrade;
mod events;
mod import;
mod register;
mod rotate_keys;
mod secret;
mod serve;
mod tables;
mod upgrade;
mod users;
mod verify_email;

use finance_adapter::FinanceStorage;

use crate::cli::{Cli, Command};
use crate::database_url;
use crate::error::{End, Error};
use crate::http::Token;
use crate::keys;

/// Does what is asked. Here, and nowhere else, the adapter is chosen that the domain works with.
pub(crate) async fn run(cli: Cli) -> Result<End, Error> {
    let url = database_url::find(cli.database_url)?;
    let key_file = cli.key_file.as_deref();
    match cli.command {
        Command::Demo => demo::run(url, keys::find(key_file)?).await,
        Command::Register { emails } => register::run(&open(url).await?, emails).await,
        Command::VerifyEmail { id } => verify_email::run(&open(url).await?, id).await,
        Command::ChangeEmail { id, email } => change_email::run(&open(url).await?, id, email).await,
        Command::Users { part } => users::run(&open(url).await?, &part).await,
        Command::Events { waiting, part } => events::run(&open(url).await?, waiting, &part).await,
        Command::Import(import) => import::run(&open(url).await?, &import).await,
        Command::Secret { action } => {
            secret::check(&action)?;
            let keys = keys::needed(key_file)?;
            secret::run(&open(url).await?.with_keys(&keys)?, action).await
        }
        Command::RotateKeys(asked) => {
            let place = keys::needed_file(key_file)?;
            rotate_keys::run(&open(url).await?, &place, &asked).await
        }
        Command::Serve { listen } => {
            let token = Token::of_environment()?;
            let keys = keys::needed(key_file)?;
            serve::run(open(url).await?.with_keys(&keys)?, token, listen).await
        }
        Command::Upgrade { target } => {
            let url = named(url)?;
            upgrade::run(&FinanceStorage::connect(&url).await?, &target).await
        }
        Command::Downgrade { target } => downgrade::run(&existing(url).await?, &target).await,
    }
}

/// The storage, with its tables up to date.
async fn open(url: Option<String>) -> Result<FinanceStorage, Error> {
    let storage = existing(url).await?;
    tables::check(&storage).await?;
    Ok(storage)
}

/// The storage, if it is there.
async fn existing(url: Option<String>) -> Result<FinanceStorage, Error> {
    let url = database_url::of_existing_file(&named(url)?);
    Ok(FinanceStorage::connect(&url).await?)
}

/// The URL, which all commands but the demo need.
fn named(url: Option<String>) -> Result<String, Error> {
    let url = url.ok_or_else(database_url::missing)?;
    database_url::check_lasting(&url)?;
    Ok(url)
}
