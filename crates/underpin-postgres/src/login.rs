//! User, password, hosts and database of a URL, as they stand before its `?`.

use underpin_core::{Error, Result};
use underpin_sql::driver::percent_decode;
use underpin_wire::Login;

use crate::target::port;

/// Reads `scheme://user:password@host:port,host:port/database`; without a user, that of the login is empty.
pub(crate) fn login(base: &str) -> Result<(Login, Vec<(String, u16)>)> {
    let (_, rest) = base.split_once("://").ok_or_else(|| {
        Error::config("the database URL has no `//`", "write `postgres://user:password@host/name`")
    })?;
    let mut login = Login::default();
    let rest = match rest.split_once('@') {
        None => rest,
        Some((who, rest)) => {
            let (user, password) = match who.split_once(':') {
                Some((user, password)) => (user, Some(password)),
                None => (who, None),
            };
            login.user = decoded(user)?;
            login.password = password.map(decoded).transpose()?;
            rest
        }
    };
    let (hosts, database) = rest.split_once('/').unwrap_or((rest, ""));
    login.database = Some(decoded(database)?).filter(|name| !name.is_empty());
    let hosts = match hosts {
        "" => Vec::new(),
        given => given.split(',').map(host).collect::<Result<_>>()?,
    };
    // What stands behind a second @ is the end of a password: it must not show up as a host's name.
    if hosts.iter().any(|(host, _)| host.contains('@')) {
        return Err(Error::config(
            "the database URL has an `@` too many",
            "write an `@` inside the password as %40",
        ));
    }
    Ok((login, hosts))
}

/// A host, or an address of IPv6 in brackets, with or without a port.
fn host(text: &str) -> Result<(String, u16)> {
    let (host, rest) = match text.strip_prefix('[') {
        Some(text) => text.split_once(']').ok_or_else(malformed)?,
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    let port = match rest.strip_prefix(':') {
        Some(text) => port(text).map_err(|_| malformed())?,
        None if rest.is_empty() => port("")?,
        None => return Err(malformed()),
    };
    Ok((decoded(host)?, port))
}

fn decoded(text: &str) -> Result<String> {
    percent_decode(text).map(|text| text.into_owned()).map_err(|_| malformed())
}

fn malformed() -> Error {
    Error::config(
        "user, host, port or database of the database URL are malformed",
        "write `postgres://user:password@host:5432/name`; a special character in a password is written as % \
         and two hexadecimal digits, such as %40 for @",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_may_be_left_out() {
        let (login, hosts) = login("postgres://").unwrap();
        assert_eq!((login.user.as_str(), login.password, login.database), ("", None, None));
        assert!(hosts.is_empty());
    }

    #[test]
    fn special_characters_are_decoded() {
        let (login, hosts) = login("postgres://m%65:h%40%2F@%2Frun%2Fpg,[::1]:3,b:/a%20b").unwrap();
        assert_eq!((login.user.as_str(), login.password.as_deref()), ("me", Some("h@/")));
        assert_eq!(login.database.as_deref(), Some("a b"));
        let expected = [("/run/pg", 5432), ("::1", 3), ("b", 5432)];
        assert_eq!(hosts, expected.map(|(host, port)| (host.to_owned(), port)));
    }

    #[test]
    fn what_is_malformed_is_not_repeated() {
        for url in [
            "postgres:u:hunter2@h",
            "postgres://u:hunter2%@h",
            "postgres://u:hun@ter2@h",
            "postgres://u:hunter2@[::1/a",
            "postgres://u:hunter2@[::1]5/a",
            "postgres://u:hunter2@h:65536/a",
        ] {
            let shown = format!("{0} {0:?}", login(url).unwrap_err());
            assert!(!shown.contains("hunter2") && !shown.contains("ter2"), "{shown}");
        }
    }
}
