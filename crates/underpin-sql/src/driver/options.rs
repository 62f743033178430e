//! Where a database is and how it is used: a URL, and the pool's options.

use std::fmt;
use std::time::Duration;

use underpin_core::{Error, Result};

use super::PoolOptions;
use super::url::{scheme, split_query};

/// A database URL taken apart into what the driver needs and what the pool needs. `Debug` shows neither user nor
/// password.
#[derive(Clone)]
pub struct ConnectOptions {
    scheme: String,
    base: String,
    options: Vec<(String, String)>,
    pool: PoolOptions,
}

impl ConnectOptions {
    /// Takes a URL apart: `postgres://user:password@host/name?pool_size=10`, `sqlite:path/to/file.db`, `sqlite::memory:`.
    ///
    /// # Errors
    /// If it is no URL, or an option of the pool is malformed; the error names the option and never quotes the URL.
    pub fn parse(url: &str) -> Result<Self> {
        let url = url.trim();
        let scheme = scheme(url).ok_or_else(|| {
            Error::config(
                "the database URL has no scheme",
                "write `postgres://user:password@host/name` or `sqlite:path/to/file.db`",
            )
        })?;
        let (base, given) = split_query(url)?;
        let mut pool = PoolOptions::default();
        let mut options: Vec<(String, String)> = Vec::new();
        for (name, value) in given {
            match pool.set(&name, &value) {
                Some(Ok(())) => {}
                Some(Err(expected)) => {
                    return Err(Error::config(
                        format!("the option {name} of the database URL is malformed"),
                        format!("it takes {expected}"),
                    ));
                }
                None => options.push((name, value)),
            }
        }
        if pool.limit() == 0 {
            return Err(Error::config(
                "pool_size and max_overflow of the database URL are both 0",
                "a pool needs at least one connection",
            ));
        }
        Ok(Self { scheme, base: base.to_owned(), options, pool })
    }

    /// The URL's scheme, in lower case.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The URL without its options. It may hold a password.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Takes an option out that is the driver's own, by name.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let position = self.options.iter().position(|(given, _)| given == name)?;
        Some(self.options.remove(position).1)
    }

    /// The options that nobody has taken.
    #[must_use]
    pub fn rest(&self) -> &[(String, String)] {
        &self.options
    }

    /// Refuses options that nobody has taken; `known` lists the driver's own.
    ///
    /// # Errors
    /// If an option is left; the error names it.
    pub fn finish(&self, known: &str) -> Result<()> {
        match self.options.first() {
            None => Ok(()),
            Some((name, _)) => Err(Error::config(
                format!("the database URL has an unknown option `{}`", name.escape_debug()),
                format!("options of the pool: {}; of this database: {known}", PoolOptions::NAMES),
            )),
        }
    }

    /// How the pool keeps its connections.
    #[must_use]
    pub fn pool(&self) -> &PoolOptions {
        &self.pool
    }

    /// How the pool keeps its connections, to be changed by the program.
    pub fn pool_mut(&mut self) -> &mut PoolOptions {
        &mut self.pool
    }

    /// With so many connections that stay open, and so many more under load.
    #[must_use]
    pub fn pool_size(mut self, size: usize, overflow: usize) -> Self {
        self.pool.size = size;
        self.pool.overflow = overflow;
        self
    }

    /// With a limit to how long a caller waits for a connection.
    #[must_use]
    pub fn pool_timeout(mut self, timeout: Duration) -> Self {
        self.pool.timeout = timeout;
        self
    }
}

impl fmt::Debug for ConnectOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectOptions")
            .field("scheme", &self.scheme)
            .field("pool", &self.pool)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_pool_are_taken_and_the_rest_is_left() {
        let mut options = ConnectOptions::parse(
            "postgres://u:p%20w@h/db?pool_size=2&max_overflow=0&pool_timeout=0.5&sslmode=require&application_name=a%26b",
        )
        .unwrap();
        assert_eq!(options.scheme(), "postgres");
        assert_eq!(options.base(), "postgres://u:p%20w@h/db");
        assert_eq!(options.pool().limit(), 2);
        assert_eq!(options.pool().timeout, Duration::from_millis(500));
        assert_eq!(options.take("sslmode").as_deref(), Some("require"));
        let error = options.finish("sslmode").unwrap_err();
        assert!(error.is_config() && error.to_string().contains("application_name"), "{error}");
    }

    #[test]
    fn mistakes_are_named_and_the_password_is_not() {
        for (url, names) in [
            ("hunter2", "scheme"),
            ("postgres://u:hunter2@h/db?pool_size=many", "pool_size"),
            ("postgres://u:hunter2@h/db?pool_size=-1", "pool_size"),
            ("postgres://u:hunter2@h/db?pool_pre_ping=maybe", "pool_pre_ping"),
            ("postgres://u:hunter2@h/db?pool_timeout=nan", "pool_timeout"),
            ("postgres://u:hunter2@h/db?pool_size", "no `=`"),
            ("postgres://u:hunter2@h/db?x=%zz", "hexadecimal"),
            ("postgres://u:hunter2@h/db?x=%é", "hexadecimal"),
            ("postgres://u:hunter2@h/db?pool_size=0&max_overflow=0", "max_overflow"),
        ] {
            let error = ConnectOptions::parse(url).unwrap_err();
            assert!(error.to_string().contains(names), "{url}: {error}");
            assert!(!format!("{error:?} {error}").contains("hunter2"), "{error:?}");
            assert!(error.hint().is_some());
        }
        let options = ConnectOptions::parse("postgres://u:hunter2@h/db").unwrap();
        assert!(!format!("{options:?}").contains("hunter2"));
    }
}
