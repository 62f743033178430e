//! Somebody has another address.

use std::time::SystemTime;

use crate::{Email, Failure, Storage, UnitOfWork, User, UserId, UserNotFound, UserRepository};

/// Gives a user another address, which is to be verified anew.
///
/// # Errors
/// If there is no such user, if another one has the address, or if the storage fails.
pub async fn change_email<S: Storage>(
    storage: &S,
    id: UserId,
    email: Email,
    now: SystemTime,
) -> Result<User, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut user = uow.users().get(id).await?.ok_or(UserNotFound(id))?;
    user.change_email(email, now);
    uow.users().save(&mut user)?;
    uow.commit().await?;
    Ok(user)
}
