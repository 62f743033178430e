//! TLS as libpq's `sslmode` has it; the feature `tls` decides which of two twins is compiled.

#[cfg(feature = "tls")]
mod binding;
#[cfg(not(feature = "tls"))]
mod disabled;
#[cfg(feature = "tls")]
mod enabled;
#[cfg(feature = "tls")]
mod verify;

#[cfg(not(feature = "tls"))]
pub(crate) use disabled::Tls;
#[cfg(feature = "tls")]
pub(crate) use enabled::Tls;

use std::path::PathBuf;

use underpin_core::{Error, Result};
use underpin_wire::Stream;

/// An encrypted stream, and the digest of the server's certificate, if it has one.
pub(crate) type Encrypted = (Box<dyn Stream>, Option<Vec<u8>>);

/// Whether a connection is encrypted, and how the server proves who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SslMode {
    /// Never encrypted.
    Disable,
    /// Encrypted if the server insists.
    Allow,
    /// Encrypted if the server can.
    Prefer,
    /// Always encrypted; the server proves nothing, unless a root certificate is given.
    Require,
    /// Always encrypted; the certificate comes from a trusted root.
    VerifyCa,
    /// Always encrypted; the certificate comes from a trusted root and names the host.
    VerifyFull,
}

/// The modes by the names that a URL uses.
const MODES: [(&str, SslMode); 6] = [
    ("disable", SslMode::Disable),
    ("allow", SslMode::Allow),
    ("prefer", SslMode::Prefer),
    ("require", SslMode::Require),
    ("verify-ca", SslMode::VerifyCa),
    ("verify-full", SslMode::VerifyFull),
];

impl SslMode {
    /// The mode of a name.
    pub(crate) fn of(name: &str) -> Result<Self> {
        MODES.iter().find(|(known, _)| *known == name).map(|(_, mode)| *mode).ok_or_else(|| {
            Error::config(
                "the option sslmode of the database URL is malformed",
                "it takes disable, allow, prefer, require, verify-ca or verify-full",
            )
        })
    }
}

/// Which certificates are trusted, and which one is shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Certificates {
    /// `sslrootcert`: the file with the roots to trust.
    pub(crate) roots: Roots,
    /// `sslcert` and `sslkey`: the files that identify this client.
    pub(crate) client: Option<(PathBuf, PathBuf)>,
}

/// Where trusted roots come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Roots {
    /// `~/.postgresql/root.crt` if it is there, otherwise the system's.
    #[default]
    Unset,
    /// The system's.
    System,
    /// A file in PEM format.
    File(PathBuf),
}
