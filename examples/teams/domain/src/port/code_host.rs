//! The port to where the code of the organisation is.

use crate::{Description, Name, RepositoryUrl};

/// Knows the repositories of the organisation.
pub trait CodeHost: Sync {
    /// What it fails with; it never holds the token.
    type Error: Send;

    /// All repositories.
    fn repositories(&self) -> impl Future<Output = Result<Vec<FoundRepository>, Self::Error>> + Send;
}

/// A repository as the code host describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRepository {
    /// What it is called.
    pub name: Name,
    /// What it is for, as far as anybody has said.
    pub description: Description,
    /// Where it is.
    pub url: RepositoryUrl,
}
