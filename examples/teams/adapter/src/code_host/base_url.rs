//! Where a code host is.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// Where the interface of a code host begins: `https://api.github.com`, `https://git.example.org/api/v3`. Without TLS
/// only on this machine, for everybody on the way could read the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    pub(super) is_encrypted: bool,
    /// A name or an address, without brackets.
    pub(super) host: String,
    pub(super) port: u16,
    /// Begins with a slash and does not end with one, or is empty.
    pub(super) path: String,
}

impl BaseUrl {
    /// What the header `Host` says.
    pub(super) fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        match (self.is_encrypted, self.port) {
            (true, 443) | (false, 80) => host,
            (_, port) => format!("{host}:{port}"),
        }
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidBaseUrl> {
        let (is_encrypted, rest) = if let Some(rest) = text.strip_prefix("https://") {
            (true, rest)
        } else if let Some(rest) = text.strip_prefix("http://") {
            (false, rest)
        } else {
            return Err(InvalidBaseUrl::Scheme);
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.contains('@') {
            return Err(InvalidBaseUrl::Credentials);
        }
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if !path.bytes().all(is_plain) {
            return Err(InvalidBaseUrl::Malformed);
        }
        let (host, port) = split(authority)?;
        if !is_encrypted && !is_here(host) {
            return Err(InvalidBaseUrl::Unencrypted);
        }
        let port = match port {
            Some(port) => port.parse().ok().filter(|port| *port != 0).ok_or(InvalidBaseUrl::Malformed)?,
            None if is_encrypted => 443,
            None => 80,
        };
        let path = match path.trim_end_matches('/') {
            "" => String::new(),
            path => format!("/{path}"),
        };
        Ok(Self { is_encrypted, host: host.to_owned(), port, path })
    }
}

/// The host, without brackets, and the port.
fn split(authority: &str) -> Result<(&str, Option<&str>), InvalidBaseUrl> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, rest) = rest.split_once(']').ok_or(InvalidBaseUrl::Malformed)?;
        host.parse::<std::net::Ipv6Addr>().map_err(|_| InvalidBaseUrl::Malformed)?;
        match rest {
            "" => (host, None),
            rest => (host, Some(rest.strip_prefix(':').ok_or(InvalidBaseUrl::Malformed)?)),
        }
    } else {
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
        if host.is_empty() || !host.bytes().all(is_plain) {
            return Err(InvalidBaseUrl::Malformed);
        }
        (host, port)
    };
    Ok((host, port))
}

/// Whether what is sent there stays on this machine.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Why a text is no address of a code host. It never repeats the text, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidBaseUrl {
    /// It begins neither with `https://` nor with `http://`.
    Scheme,
    /// It has a user or a password in it.
    Credentials,
    /// It begins with `http://` and leads to another machine.
    Unencrypted,
    /// It has no host, or characters that such addresses do not have.
    Malformed,
}

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "it does not begin with https://",
            Self::Credentials => "it has a user or a password in it; the token is a setting of its own",
            Self::Unencrypted => "http:// is for this machine only, or everybody on the way reads the token",
            Self::Malformed => "it is not an address such as https://api.github.com",
        })
    }
}

impl std::error::Error for InvalidBaseUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_taken_apart() {
        for (text, authority, port, path) in [
            ("https://api.github.com", "api.github.com", 443, ""),
            ("https://git.example.org/api/v3/", "git.example.org", 443, "/api/v3"),
            ("https://git.example.org:8443/", "git.example.org:8443", 8443, ""),
            ("http://127.0.0.1:3000/api", "127.0.0.1:3000", 3000, "/api"),
            ("http://[::1]:3000", "[::1]:3000", 3000, ""),
            ("http://localhost", "localhost", 80, ""),
        ] {
            let url: BaseUrl = text.parse().expect(text);
            assert_eq!((url.authority().as_str(), url.port, url.path.as_str()), (authority, port, path));
        }
    }

    #[test]
    fn each_rule_refuses() {
        for (text, why) in [
            ("", InvalidBaseUrl::Scheme),
            ("ftp://example.org", InvalidBaseUrl::Scheme),
            ("https://ana:hunter2@example.org", InvalidBaseUrl::Credentials),
            ("http://example.org", InvalidBaseUrl::Unencrypted),
            ("http://127.0.0.1.example.org", InvalidBaseUrl::Unencrypted),
            ("https://", InvalidBaseUrl::Malformed),
            ("https://example.org:0", InvalidBaseUrl::Malformed),
            ("https://example.org:http", InvalidBaseUrl::Malformed),
            ("https://exa mple.org", InvalidBaseUrl::Malformed),
            ("https://example.org/a?b", InvalidBaseUrl::Malformed),
            ("https://example.org/a\r\nb", InvalidBaseUrl::Malformed),
            ("https://[::1", InvalidBaseUrl::Malformed),
            ("https://[example]", InvalidBaseUrl::Malformed),
        ] {
            assert_eq!(text.parse::<BaseUrl>(), Err(why), "{text}");
        }
    }
}
