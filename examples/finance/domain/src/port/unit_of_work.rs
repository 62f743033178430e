//! The port to one unit of work.

use crate::{Failure, SecretVault, UserRepository};

/// All that one use case does: kept as a whole, events included, or not at all.
///
/// Dropping it takes everything back.
pub trait UnitOfWork: Send {
    /// What the storage fails with.
    type Error: Send;

    /// The users as this unit of work sees them. They borrow it, so that all goes through one hand.
    type Users<'a>: UserRepository<Error = Self::Error>
    where
        Self: 'a;

    /// The secrets, as this unit of work sees them.
    type Secrets<'a>: SecretVault<Error = Self::Error>
    where
        Self: 'a;

    /// The secrets.
    fn secrets(&mut self) -> Self::Secrets<'_>;

    /// The users.
    fn users(&mut self) -> Self::Users<'_>;

    /// Keeps everything, or nothing if it fails: with [`EmailTaken`](crate::EmailTaken) if another user has an address
    /// that was given to one here.
    fn commit(self) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;
}
