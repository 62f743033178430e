//! Somebody looks at all users.

use crate::{Failure, Page, Storage, UnitOfWork, User, UserRepository};

/// A page of the users, in the order in which they came.
///
/// # Errors
/// If the storage fails.
pub async fn list_users<S: Storage>(storage: &S, page: Page<User>) -> Result<Vec<User>, Failure<S::Error>> {
    storage.look().await?.users().list(page).await
}
