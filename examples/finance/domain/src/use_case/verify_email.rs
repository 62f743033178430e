//! Somebody shows that an address is theirs.

use std::time::SystemTime;

use crate::{Failure, Storage, UnitOfWork, User, UserId, UserNotFound, UserRepository};

/// Notes that a user has shown that their address is theirs.
///
/// # Errors
/// If there is no such user, if it was known already, or if the storage fails.
pub async fn verify_email<S: Storage>(
    storage: &S,
    id: UserId,
    now: SystemTime,
) -> Result<User, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let mut user = uow.users().get(id).await?.ok_or(UserNotFound(id))?;
    user.verify_email(now)?;
    uow.users().save(&mut user)?;
    uow.commit().await?;
    Ok(user)
}
