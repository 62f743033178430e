//! The one setting: `DATABASE_URL`.

use underpin_core::{Error, Result};

const NAME: &str = "DATABASE_URL";

/// The value of `DATABASE_URL` in the environment, or else in the `.env` file of this directory or one above it.
/// `None` if neither has it.
///
/// # Errors
/// If the `.env` file cannot be read, or a line of it is malformed; the error does not quote the line.
pub fn database_url() -> Result<Option<String>> {
    match std::env::var(NAME) {
        Ok(url) if !url.is_empty() => return Ok(Some(url)),
        Err(std::env::VarError::NotUnicode(_)) => {
            return Err(Error::config("DATABASE_URL is not UTF-8 text", "percent-encode what is not ASCII"));
        }
        _ => {}
    }
    let entries = match dotenvy::dotenv_iter() {
        Ok(entries) => entries,
        Err(error) if error.not_found() => return Ok(None),
        Err(_) => return Err(unreadable()),
    };
    for entry in entries {
        let (name, value) = entry.map_err(|_| unreadable())?;
        if name == NAME && !value.is_empty() {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

fn unreadable() -> Error {
    Error::config(
        "the .env file cannot be read, or a line of it is malformed",
        "write one NAME=value a line; quote a value that has spaces or a `#`",
    )
}
