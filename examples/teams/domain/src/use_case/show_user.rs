//! Somebody looks at a user.

use crate::{Failure, Refusal, Storage, UnitOfWork, User, UserRef, UserRepository};

/// A user.
///
/// # Errors
/// If there is none, or if the storage fails.
pub async fn show_user<S: Storage>(storage: &S, user: &UserRef) -> Result<User, Failure<S::Error>> {
    let found = storage.look().await?.users().find(user).await?;
    Ok(found.ok_or_else(|| Refusal::UserNotFound(user.clone()))?)
}
