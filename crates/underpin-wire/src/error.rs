//! What can go wrong on a connection.

use std::{fmt, io};

use crate::Refusal;
use crate::request::Unfit;

/// Why a request, or a log-in, failed.
#[derive(Debug)]
pub enum Error {
    /// The server refused it.
    Refused(Box<Refusal>),
    /// The stream failed.
    Io(io::Error),
    /// The connection has ended, now or earlier.
    Closed,
    /// The server said something that has no place here; what follows cannot be trusted.
    Unexpected(&'static str),
    /// A parameter cannot be written; nothing of the request was sent.
    Unfit(Unfit),
    /// The statement takes another number of parameters; nothing was sent.
    Parameters {
        /// So many the statement takes.
        expected: usize,
        /// So many were given.
        given: usize,
    },
    /// Larger than the protocol allows; nothing was sent.
    TooLarge,
    /// A text that ends with NUL on the wire has one inside; nothing was sent.
    Nul,
    /// An earlier request of the group failed.
    Skipped,
    /// The server asks for a password, and none was given.
    NoPassword,
    /// The server and we know no common way to log in.
    Login(&'static str),
}

impl Error {
    /// What the server said, if it was the server that refused.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The SQLSTATE, if it was the server that refused.
    pub fn sqlstate(&self) -> Option<&str> {
        self.refusal().map(Refusal::code)
    }

    /// The same once more, for another request that it hit too.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal.clone()),
            Self::Io(error) => Self::Io(error.kind().into()),
            Self::Unexpected(what) => Self::Unexpected(what),
            _ => Self::Closed,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "the server refused (SQLSTATE {})", refusal.code()),
            Self::Io(error) => write!(f, "the connection failed: {error}"),
            Self::Closed => f.write_str("the connection was closed"),
            Self::Unexpected(what) => write!(f, "the server gave an answer that was not expected: {what}"),
            Self::Unfit(_) => f.write_str("a parameter cannot be written"),
            Self::Parameters { expected, given } => {
                write!(f, "expected {expected} parameters but got {given}")
            }
            Self::TooLarge => f.write_str("the request is larger than the protocol allows"),
            Self::Nul => f.write_str("a text of the request contains a NUL character"),
            Self::Skipped => f.write_str("an earlier request of the group failed"),
            Self::NoPassword => f.write_str("the server asks for a password, and none is given"),
            Self::Login(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Unfit(unfit) => Some(&**unfit),
            _ => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
