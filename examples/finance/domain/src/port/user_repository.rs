//! The port to the users.

use std::collections::HashSet;

use crate::{Email, Failure, User, UserId};

/// The users, in one unit of work. What is added or saved is kept, with its events, when that is committed.
pub trait UserRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// The user of an id, held for this unit of work: nobody else changes them before it ends.
    fn get(&mut self, id: UserId) -> impl Future<Output = Result<Option<User>, Failure<Self::Error>>> + Send;

    /// Those of the addresses that users have.
    fn taken(
        &mut self,
        emails: &[Email],
    ) -> impl Future<Output = Result<HashSet<Email>, Failure<Self::Error>>> + Send;

    /// Takes in a new user, and their events.
    ///
    /// # Errors
    /// If they are there already.
    fn add(&mut self, user: &mut User) -> Result<(), Failure<Self::Error>>;

    /// Takes in what has changed in a user, and their events.
    ///
    /// # Errors
    /// If they were neither added nor got here.
    fn save(&mut self, user: &mut User) -> Result<(), Failure<Self::Error>>;
}
