//! `finance secret`: keeps secrets of users, and gives them back.

use std::io::{self, Write};

use finance_adapter::FinanceStorage;
use finance_domain::{
    InvalidSecretType, Secret, SecretType, UserId, forget_secret, keep_secret, list_secrets, open_secret,
};
use serde_json::json;

use crate::cli::{Format, SecretAction, SecretPlace};
use crate::error::{End, Error};
use crate::output::{self, Column, Listing};
use crate::secret_input;

const COLUMNS: [Column; 1] = [Column::last("TYPE")];

const HOW_TO_PUT: &str =
    "others see the command line; give the value on standard input, or wait until you are asked for it";

/// Refuses a value on the command line, before anything else is looked at.
pub(crate) fn check(action: &SecretAction) -> Result<(), Error> {
    match action {
        SecretAction::Put { place } | SecretAction::Get { place } | SecretAction::Forget { place }
            if !place.surplus.is_empty() =>
        {
            Err(Error::mistake("a secret does not stand on the command line", HOW_TO_PUT))
        }
        _ => Ok(()),
    }
}

pub(crate) async fn run(storage: &FinanceStorage, action: SecretAction) -> Result<End, Error> {
    match action {
        SecretAction::Put { place } => {
            let (owner, secret_type) = place.checked()?;
            let secret = Secret::new(owner, secret_type, secret_input::read()?);
            keep_secret(storage, &secret).await?;
            output::line(&format!("{owner} {} kept", secret.secret_type()))?;
        }
        SecretAction::Get { place } => {
            let (owner, secret_type) = place.checked()?;
            let value = open_secret(storage, owner, secret_type).await?;
            let mut out = io::stdout().lock();
            out.write_all(value.expose().as_bytes())?;
            out.write_all(b"\n")?;
        }
        SecretAction::Forget { place } => {
            let (owner, secret_type) = place.checked()?;
            forget_secret(storage, owner, secret_type.clone()).await?;
            output::line(&format!("{owner} {secret_type} forgotten"))?;
        }
        SecretAction::List { owner, listing } => list(storage, owner, listing.format).await?,
    }
    Ok(End::Done)
}

async fn list(storage: &FinanceStorage, owner: UserId, format: Format) -> Result<(), Error> {
    let types = list_secrets(storage, owner).await?;
    let mut listing = Listing::begin(format, &COLUMNS)?;
    for secret_type in types {
        listing.push(|| [secret_type.to_string()], || json!({ "secret_type": secret_type.as_str() }))?;
    }
    Ok(listing.end()?)
}

impl SecretPlace {
    /// Whose it is and what it is for.
    fn checked(self) -> Result<(UserId, SecretType), Error> {
        let wrong = |error: InvalidSecretType| {
            Error::mistake(error, "say what the secret is for, such as plaid_access_token")
        };
        Ok((self.owner, self.secret_type.parse().map_err(wrong)?))
    }
}
