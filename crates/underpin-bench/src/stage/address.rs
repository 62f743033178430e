//! The address of a PostgreSQL server, taken apart so that another database name or host can be put in.

use std::fmt::Write;
use std::path::PathBuf;

use tokio_postgres::Config;
use tokio_postgres::config::Host;

use crate::failure::{Result, While};

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    Tcp(String, u16),
    Unix(PathBuf, u16),
}

impl Address {
    /// The first host of a URL or of a libpq parameter text.
    pub(crate) fn of(config: &Config) -> Result<Self> {
        let port = config.get_ports().first().copied().unwrap_or(5432);
        match config.get_hosts().first() {
            Some(Host::Tcp(host)) => Ok(Self::Tcp(host.clone(), port)),
            Some(Host::Unix(directory)) => Ok(Self::Unix(directory.clone(), port)),
            None => Err("the database URL names no host: write postgres://USER@HOST:PORT/DATABASE".into()),
        }
    }

    /// A URL that every peer understands: this server, the user of `config`, another database.
    pub(crate) fn url(&self, config: &Config, database: &str) -> String {
        let mut url = String::from("postgres://");
        if let Some(user) = config.get_user() {
            url.push_str(&encoded(user.as_bytes()));
        }
        if let Some(password) = config.get_password() {
            url.push(':');
            url.push_str(&encoded(password));
        }
        let (host, port) = match self {
            Self::Tcp(host, port) => (host.clone(), port),
            Self::Unix(directory, port) => (encoded(directory.to_string_lossy().as_bytes()), port),
        };
        // Nobody encrypts: the raw variants do not, and what is compared is not the cipher.
        let _ = write!(url, "@{host}:{port}/{database}?sslmode=disable");
        url
    }
}

/// Reads a URL without ever repeating it in an error: it may hold a password.
pub(crate) fn parse(url: &str) -> Result<Config> {
    url.parse::<Config>().attempting(|| "read the database URL".into())
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_and_a_password_survive() {
        let config = parse("postgres://ro%40ot:p%3Aw@%2Fvar%2Frun%2Fpostgresql/postgres").unwrap();
        let url = Address::of(&config).unwrap().url(&config, "other");
        assert_eq!(url, "postgres://ro%40ot:p%3Aw@%2Fvar%2Frun%2Fpostgresql:5432/other?sslmode=disable");
        let again = parse(&url).unwrap();
        assert_eq!(again.get_password(), config.get_password());
        assert_eq!(again.get_hosts(), config.get_hosts());
    }

    #[test]
    fn another_host_takes_the_same_user() {
        let config = parse("postgres://postgres@localhost:5433/postgres").unwrap();
        let proxy = Address::Tcp("127.0.0.1".into(), 40_000);
        assert_eq!(proxy.url(&config, "x"), "postgres://postgres@127.0.0.1:40000/x?sslmode=disable");
        assert_eq!(Address::of(&config).unwrap(), Address::Tcp("localhost".into(), 5433));
    }
}
