//! Somebody registers.

use std::time::SystemTime;

use crate::{Email, Failure, Storage, UnitOfWork, User, UserRepository};

/// Registers a user.
///
/// # Errors
/// If another user has the address, or the storage fails.
pub async fn register<S: Storage>(
    storage: &S,
    email: Email,
    now: SystemTime,
) -> Result<User, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut user = User::register(email, now);
    uow.users().add(&mut user)?;
    uow.commit().await?;
    Ok(user)
}
