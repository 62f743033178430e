//! The port to whatever keeps documents and borrowers.

use crate::{Failure, Repositories, UnitOfWork};

/// Keeps what the domain must not forget, and begins units of work on it.
pub trait Storage: Sync {
    /// What it fails with.
    type Error: Send;

    /// One unit of work on it.
    type UnitOfWork: UnitOfWork + Repositories<Error = Self::Error>;

    /// Begins a unit of work.
    fn begin(&self) -> impl Future<Output = Result<Self::UnitOfWork, Failure<Self::Error>>> + Send;
}
