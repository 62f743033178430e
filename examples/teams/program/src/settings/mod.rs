//! What the program is told by its surroundings: the database, its pool, and the code host.

mod source;

use std::fmt::Display;
use std::str::FromStr;

use teams_adapter::{HttpCodeHost, Organisation, Token};
use underpin::ConnectOptions;

use self::source::Source;
use crate::error::Error;

const DATABASE_URL: &str = "DATABASE_URL";
const POOL_SIZE: &str = "DATABASE_POOL_SIZE";
const POOL_OVERFLOW: &str = "DATABASE_POOL_OVERFLOW";
const CODE_HOST_URL: &str = "CODE_HOST_URL";
const ORGANISATION: &str = "CODE_HOST_ORGANISATION";
const TOKEN: &str = "CODE_HOST_TOKEN";

/// Where repositories are looked for if nothing is said.
const GITHUB: &str = "https://api.github.com";

/// The most connections that a setting may ask for.
const MOST: u16 = 10_000;

/// The settings; each is looked at when it is needed.
pub(crate) struct Settings {
    source: Source,
    /// What the command line says comes before everything.
    database_url: Option<String>,
}

impl Settings {
    /// The settings of the environment, then of a file `.env`.
    ///
    /// # Errors
    /// If there is such a file, and it cannot be read or a line of it is malformed.
    pub(crate) fn read(database_url: Option<String>) -> Result<Self, Error> {
        let database_url = database_url.filter(|url| !url.trim().is_empty());
        Ok(Self { source: Source::open()?, database_url })
    }

    /// The URL of the database, if one is named.
    ///
    /// # Errors
    /// If it is not text.
    pub(crate) fn database_url(&self) -> Result<Option<String>, Error> {
        match &self.database_url {
            Some(url) => Ok(Some(url.clone())),
            None => self.source.get(DATABASE_URL),
        }
    }

    /// How the database at a URL is connected to: with 5 connections and 10 more under load, unless the URL or a
    /// setting says otherwise.
    ///
    /// # Errors
    /// If the URL or a setting is malformed.
    pub(crate) fn connection(&self, url: &str) -> Result<ConnectOptions, Error> {
        let mut options = ConnectOptions::parse(url)?;
        let (size, overflow) = (self.connections(POOL_SIZE)?, self.connections(POOL_OVERFLOW)?);
        let pool = options.pool_mut();
        pool.size = size.unwrap_or(pool.size);
        pool.overflow = overflow.unwrap_or(pool.overflow);
        if pool.limit() == 0 {
            return Err(Error::mistake(
                format!("{POOL_SIZE} and {POOL_OVERFLOW} are both 0"),
                "a pool needs at least one connection",
            ));
        }
        Ok(options)
    }

    fn connections(&self, name: &str) -> Result<Option<usize>, Error> {
        let Some(text) = self.source.get(name)? else { return Ok(None) };
        match text.trim().parse() {
            Ok(number @ 0..=MOST) => Ok(Some(number.into())),
            _ => Err(malformed(name, format!("it is no whole number from 0 to {MOST}"))),
        }
    }

    /// The code host.
    ///
    /// # Errors
    /// If a setting is missing or malformed.
    pub(crate) fn code_host(&self) -> Result<HttpCodeHost, Error> {
        let base = match self.source.get(CODE_HOST_URL)? {
            Some(text) => parsed(CODE_HOST_URL, &text)?,
            None => parsed(CODE_HOST_URL, GITHUB)?,
        };
        let organisation: Organisation = parsed(ORGANISATION, &self.needed(ORGANISATION)?)?;
        let token: Token = parsed(TOKEN, &self.needed(TOKEN)?)?;
        Ok(HttpCodeHost::new(base, organisation, token))
    }

    fn needed(&self, name: &str) -> Result<String, Error> {
        self.source.get(name)?.ok_or_else(|| {
            Error::mistake(format!("{name} is not set"), "set it in the environment or in a file .env")
        })
    }
}

/// That no URL was given to a command that needs one.
pub(crate) fn no_database() -> Error {
    Error::mistake(
        "no database is named: DATABASE_URL is not set",
        "set it in the environment or in a file .env, or give --database-url; `teams demo` needs none",
    )
}

fn parsed<T: FromStr<Err: Display>>(name: &str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|why| malformed(name, why))
}

/// Names the setting and never quotes it.
fn malformed(name: &str, why: impl Display) -> Error {
    Error::mistake(format!("{name} is malformed: {why}"), "correct it in the environment or in the file .env")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: [(&str, &str); 2] = [("CODE_HOST_ORGANISATION", "acme"), ("CODE_HOST_TOKEN", "hunter2")];

    fn settings<const N: usize>(file: [(&str, &str); N]) -> Settings {
        Settings { source: Source::of(file), database_url: None }
    }

    fn told<T>(result: Result<T, Error>) -> String {
        match result {
            Err(Error::Told { message, .. }) => message,
            _ => panic!("it is well formed"),
        }
    }

    #[test]
    fn a_pool_has_5_connections_and_10_more() {
        let pool = |settings: Settings, url: &str| {
            let options = settings.connection(url).expect("well formed");
            (options.pool().size, options.pool().overflow)
        };
        assert_eq!(pool(settings([]), "sqlite:a.db"), (5, 10));
        assert_eq!(pool(settings([]), "sqlite:a.db?pool_size=1&max_overflow=2"), (1, 2));
        let set = || settings([("DATABASE_POOL_SIZE", "3"), ("DATABASE_POOL_OVERFLOW", "0")]);
        assert_eq!(pool(set(), "sqlite:a.db?pool_size=1&max_overflow=2"), (3, 0));
    }

    #[test]
    fn a_malformed_pool_is_named() {
        for text in ["-1", "many", "10001", "1.5", "99999999999999999999"] {
            let settings = settings([("DATABASE_POOL_OVERFLOW", text)]);
            let told = told(settings.connection("sqlite:a.db"));
            assert_eq!(told, "DATABASE_POOL_OVERFLOW is malformed: it is no whole number from 0 to 10000");
        }
        let none = settings([("DATABASE_POOL_SIZE", "0"), ("DATABASE_POOL_OVERFLOW", "0")]);
        assert!(
            told(none.connection("sqlite:a.db")).contains("DATABASE_POOL_SIZE and DATABASE_POOL_OVERFLOW")
        );
    }

    #[test]
    fn what_is_missing_for_the_code_host_is_named() {
        assert!(settings(HOST).code_host().is_ok());
        for missing in [0, 1] {
            let settings = settings([HOST[1 - missing]]);
            assert_eq!(told(settings.code_host()), format!("{} is not set", HOST[missing].0));
        }
    }

    #[test]
    fn what_is_malformed_for_the_code_host_is_named_and_not_quoted() {
        for (name, value) in [
            ("CODE_HOST_ORGANISATION", "hunter2/.."),
            ("CODE_HOST_TOKEN", "hunter2 hunter2"),
            ("CODE_HOST_URL", "https://ana:hunter2@example.org"),
        ] {
            let told = told(settings([HOST[0], HOST[1], (name, value)]).code_host());
            assert!(told.starts_with(&format!("{name} is malformed: ")), "{told}");
            assert!(!told.contains("hunter2"), "{told}");
        }
    }

    #[test]
    fn no_debug_shows_the_token() {
        let host = settings(HOST).code_host().expect("well formed");
        assert!(!format!("{host:?} {host:#?}").contains("hunter2"));
    }
}
