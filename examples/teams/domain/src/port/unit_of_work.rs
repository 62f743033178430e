//! The port to one unit of work.

use crate::{Failure, ItemRepository, TeamRepository, UserRepository};

/// All that one use case does: kept as a whole, or not at all. Dropping it takes everything back.
pub trait UnitOfWork: Send {
    /// What the storage fails with.
    type Error: Send;

    /// The users as this unit of work sees them.
    type Users<'a>: UserRepository<Error = Self::Error>
    where
        Self: 'a;

    /// The teams as this unit of work sees them.
    type Teams<'a>: TeamRepository<Error = Self::Error>
    where
        Self: 'a;

    /// The items as this unit of work sees them.
    type Items<'a>: ItemRepository<Error = Self::Error>
    where
        Self: 'a;

    /// The users.
    fn users(&mut self) -> Self::Users<'_>;

    /// The teams.
    fn teams(&mut self) -> Self::Teams<'_>;

    /// The items.
    fn items(&mut self) -> Self::Items<'_>;

    /// Keeps everything, or nothing if it fails.
    fn commit(self) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;
}
