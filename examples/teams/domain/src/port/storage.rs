//! The port to whatever keeps users, teams and items.

use crate::{Failure, UnitOfWork};

/// Keeps what the domain must not forget, and begins units of work on it.
pub trait Storage: Sync {
    /// What it fails with.
    type Error: Send;

    /// One unit of work on it.
    type UnitOfWork: UnitOfWork<Error = Self::Error>;

    /// Begins a unit of work that only looks: it sees one state of everything, holds nobody up, and writes nothing.
    fn look(&self) -> impl Future<Output = Result<Self::UnitOfWork, Failure<Self::Error>>> + Send;

    /// Begins a unit of work.
    fn begin(&self) -> impl Future<Output = Result<Self::UnitOfWork, Failure<Self::Error>>> + Send;
}
