//! A code host that knows what it was told: for tests, and to show the program without a network.

use std::convert::Infallible;

use teams_domain::{CodeHost, FoundRepository};

/// Repositories in memory.
#[derive(Debug, Clone)]
pub struct KnownRepositories(Vec<FoundRepository>);

impl KnownRepositories {
    /// These and no others.
    pub fn new(repositories: impl IntoIterator<Item = FoundRepository>) -> Self {
        Self(repositories.into_iter().collect())
    }
}

impl CodeHost for KnownRepositories {
    type Error = Infallible;

    async fn repositories(&self) -> Result<Vec<FoundRepository>, Infallible> {
        Ok(self.0.clone())
    }
}
