//! The port to the users.

use crate::{Failure, Page, User, UserRef};

/// The users, in one unit of work.
pub trait UserRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// A user, held for this unit of work: nobody else takes them into a team or removes them before that ends.
    fn get(
        &mut self,
        user: &UserRef,
    ) -> impl Future<Output = Result<Option<User>, Failure<Self::Error>>> + Send;

    /// A user, to be looked at.
    fn find(
        &mut self,
        user: &UserRef,
    ) -> impl Future<Output = Result<Option<User>, Failure<Self::Error>>> + Send;

    /// A page of all users, in the order in which they came.
    fn list(
        &mut self,
        page: Page<User>,
    ) -> impl Future<Output = Result<Vec<User>, Failure<Self::Error>>> + Send;

    /// Takes in somebody new.
    ///
    /// # Errors
    /// If another user has the address.
    fn add(&mut self, user: &mut User) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;

    /// Forgets a user.
    ///
    /// # Errors
    /// If they were not got here.
    fn remove(&mut self, user: &mut User) -> Result<(), Failure<Self::Error>>;
}
