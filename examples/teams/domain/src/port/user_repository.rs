//! The port to the users.

use crate::{Failure, User, UserId};

/// The users, in one unit of work.
pub trait UserRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// The user of an id.
    fn get(&mut self, id: UserId) -> impl Future<Output = Result<Option<User>, Failure<Self::Error>>> + Send;

    /// All users, by name.
    fn list(&mut self) -> impl Future<Output = Result<Vec<User>, Failure<Self::Error>>> + Send;

    /// Takes in somebody new.
    ///
    /// # Errors
    /// If another user has the address.
    fn add(&mut self, user: &mut User) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;
}
