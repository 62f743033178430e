//! Without the feature `tls`: every connection is plain, and who asks for more is told.

use std::io;

use underpin_core::{Error, Result};
use underpin_wire::Stream;

use super::{Certificates, Encrypted, Roots, SslMode};

/// Encrypts nothing.
#[derive(Debug, Clone)]
pub(crate) struct Tls;

impl Tls {
    /// Refuses whatever insists on encryption.
    pub(crate) fn new(mode: SslMode, certificates: &Certificates) -> Result<Self> {
        let named = certificates.roots != Roots::Unset || certificates.client.is_some();
        if mode >= SslMode::Require || (named && mode != SslMode::Disable) {
            return Err(Error::config(
                "the database URL asks for TLS, and this program was built without it",
                "build underpin with its feature `tls`, or write sslmode=disable",
            ));
        }
        Ok(Self)
    }

    /// Whether it can encrypt at all.
    pub(crate) const fn can_encrypt(&self) -> bool {
        false
    }

    /// Refuses.
    pub(crate) async fn encrypt(&self, _stream: Box<dyn Stream>, _host: &str) -> io::Result<Encrypted> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this program was built without TLS"))
    }
}
