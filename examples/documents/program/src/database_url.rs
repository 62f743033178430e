//! Which database is meant, and whether its file may be made.

use crate::error::Error;

/// The URL that the option gives, or else `DATABASE_URL` in the environment, or else in a file `.env`. An empty one
/// counts as none.
///
/// # Errors
/// If there is a file `.env` that cannot be read.
pub(crate) fn find(option: Option<String>) -> Result<Option<String>, Error> {
    match option.filter(|url| !url.trim().is_empty()) {
        Some(url) => Ok(Some(url)),
        None => Ok(underpin::database_url()?),
    }
}

/// That no URL was given to a command that needs one.
pub(crate) fn missing() -> Error {
    Error::mistake(
        "no database is named",
        "give --database-url, or set DATABASE_URL in the environment or in a file .env; `documents demo` needs none",
    )
}

/// Refuses a database that would be gone when the command ends, and with it all that was done.
pub(crate) fn check_lasting(url: &str) -> Result<(), Error> {
    if url.starts_with("memory:") || is_in_memory(url) {
        return Err(Error::mistake(
            "a database in memory does not outlive the command",
            "name a file, sqlite:path/to/file.db, or a server, postgres://user:password@host/name",
        ));
    }
    Ok(())
}

fn is_in_memory(url: &str) -> bool {
    url.starts_with("sqlite::memory:")
}

/// The URL by which an SQLite file is opened if it is there, and not made if it is not: a misspelt path shall be an
/// error, not an empty database. Other URLs stay as they are.
pub(crate) fn of_existing_file(url: &str) -> String {
    let is_file = url.starts_with("sqlite:") && !is_in_memory(url);
    match url.split_once('?') {
        None if is_file => format!("{url}?mode=rw"),
        Some((_, options)) if is_file && !options.split('&').any(|option| option.starts_with("mode=")) => {
            format!("{url}&mode=rw")
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_comes_before_everything() {
        assert_eq!(find(Some("sqlite:a.db".into())).expect("nothing is read"), Some("sqlite:a.db".into()));
    }

    #[test]
    fn a_file_is_made_only_if_the_url_says_so() {
        for (url, expected) in [
            ("sqlite:a.db", "sqlite:a.db?mode=rw"),
            ("sqlite:a.db?busy_timeout=10", "sqlite:a.db?busy_timeout=10&mode=rw"),
            ("sqlite:a.db?mode=ro", "sqlite:a.db?mode=ro"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("postgres://h/d?sslmode=disable", "postgres://h/d?sslmode=disable"),
            ("memory:", "memory:"),
        ] {
            assert_eq!(of_existing_file(url), expected);
        }
    }
}
