//! That a server could not start.

use std::fmt;
use std::io;
use std::net::SocketAddr;

/// An address that cannot be listened on.
#[derive(Debug)]
pub struct ServerError {
    address: SocketAddr,
    source: io::Error,
}

impl ServerError {
    pub(super) fn new(address: SocketAddr, source: io::Error) -> Self {
        Self { address, source }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self.source.kind() {
            io::ErrorKind::AddrInUse => "another program listens there; choose another port",
            io::ErrorKind::PermissionDenied => "a port below 1024 needs rights; choose another port",
            io::ErrorKind::AddrNotAvailable => "it is no address of this machine; use 127.0.0.1 or 0.0.0.0",
            _ => "choose another address",
        }
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot listen on {}: {}", self.address, self.source)
    }
}

impl std::error::Error for ServerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
