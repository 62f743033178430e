//! Somebody new can be in teams.

use crate::{Email, Failure, Name, Storage, UnitOfWork, User, UserRepository};

/// Takes in somebody new.
///
/// # Errors
/// If another user has the address, or if the storage fails.
pub async fn add_user<S: Storage>(storage: &S, name: Name, email: Email) -> Result<User, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut user = User::new(name, email);
    uow.users().add(&mut user).await?;
    uow.commit().await?;
    Ok(user)
}
