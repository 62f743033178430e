//! Which database is meant.

use std::path::{Path, PathBuf};

use underpin::driver::percent_decode;
use underpin::migrate::Dialect;

use crate::config::Config;
use crate::error::{Error, Result};

/// The URL that the option gives, else `DATABASE_URL` in the environment, else that in a file `.env`, else that of
/// the configuration. An empty one counts as none.
///
/// # Errors
/// If there is a file `.env` that cannot be read.
pub(crate) fn find(option: Option<&str>, config: &Config) -> Result<Option<String>> {
    if let Some(url) = option.filter(|url| !url.trim().is_empty()) {
        return Ok(Some(url.to_owned()));
    }
    Ok(underpin::database_url()?.or_else(|| config.url.clone()))
}

/// That no URL was given to a command that needs one.
pub(crate) fn missing() -> Error {
    Error::mistake(
        "no database is named",
        "give --url postgres://user@host/name or --url sqlite:path/to/file.db, or set DATABASE_URL in the environment or \
         in a file .env, or `url` in underpin.toml",
    )
}

/// The dialect of a URL.
///
/// # Errors
/// A URL of another scheme, or none at all.
pub(crate) fn dialect(url: &str) -> Result<Dialect> {
    let scheme = url.trim().split(':').next().unwrap_or_default().to_ascii_lowercase();
    match scheme.as_str() {
        "postgres" | "postgresql" => Ok(Dialect::Postgres),
        "sqlite" => Ok(Dialect::Sqlite),
        "memory" => Err(Error::mistake(
            "the in-memory store has no revisions",
            "name a PostgreSQL or SQLite database; the in-memory store follows the program's tables by itself",
        )),
        _ => Err(Error::mistake(
            "the database URL begins with neither postgres:// nor sqlite:",
            "write postgres://user:password@host/name or sqlite:path/to/file.db",
        )),
    }
}

/// The file of an SQLite URL; none for other URLs and for a database in memory.
pub(crate) fn file(url: &str) -> Option<PathBuf> {
    let (path, _) = url.trim().split_once('?').unwrap_or((url.trim(), ""));
    let (scheme, path) = path.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("sqlite") {
        return None;
    }
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path == ":memory:" {
        return None;
    }
    percent_decode(path).ok().map(|path| Path::new(&*path).to_owned())
}

/// With an option, unless the URL says another value for it.
pub(crate) fn with_option(url: &str, name: &str, value: &str) -> String {
    let given = |options: &str| options.split('&').any(|option| option.split('=').next() == Some(name));
    match url.split_once('?') {
        None => format!("{url}?{name}={value}"),
        Some((_, options)) if given(options) => url.to_owned(),
        Some(_) => format!("{url}&{name}={value}"),
    }
}

/// How a database is called in reports: without its user, its password and its options.
pub(crate) fn shown(url: &str) -> String {
    let base = url.split_once('?').map_or(url, |(base, _)| base);
    match base.split_once("://") {
        Some((scheme, rest)) => {
            let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
            format!("{scheme}://{rest}")
        }
        None => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_comes_before_everything() {
        let config = Config { url: Some("sqlite:c.db".into()), ..Config::default() };
        assert_eq!(find(Some("sqlite:a.db"), &config).unwrap().as_deref(), Some("sqlite:a.db"));
    }

    #[test]
    fn a_url_tells_its_dialect_and_its_file() {
        assert_eq!(dialect("PostgreSQL://h/d").unwrap(), Dialect::Postgres);
        assert_eq!(dialect("sqlite:a.db").unwrap(), Dialect::Sqlite);
        for wrong in ["memory:", "mysql://h/d", "a.db", ""] {
            assert!(dialect(wrong).is_err(), "{wrong}");
        }
        assert_eq!(file("sqlite:a%20b.db?mode=rw"), Some("a b.db".into()));
        assert_eq!(file("sqlite:///tmp/a.db"), Some("/tmp/a.db".into()));
        assert_eq!((file("sqlite::memory:"), file("postgres://h/d")), (None, None));
    }

    #[test]
    fn an_option_is_added_once() {
        assert_eq!(with_option("sqlite:a.db", "mode", "ro"), "sqlite:a.db?mode=ro");
        assert_eq!(with_option("sqlite:a.db?x=1", "mode", "ro"), "sqlite:a.db?x=1&mode=ro");
        assert_eq!(with_option("sqlite:a.db?mode=rw", "mode", "ro"), "sqlite:a.db?mode=rw");
    }

    #[test]
    fn a_report_shows_no_password() {
        assert_eq!(shown("postgres://u:hun@ter2@h:1/d?password=hunter2"), "postgres://h:1/d");
        assert_eq!(shown("sqlite:a.db?mode=ro"), "sqlite:a.db");
    }
}
