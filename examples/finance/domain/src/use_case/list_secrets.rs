//! Somebody wants to know which secrets are kept of them.

use crate::{Failure, SecretType, SecretVault, Storage, UnitOfWork, UserId, UserNotFound, UserRepository};

/// The types of the secrets of a user; no value is read.
///
/// # Errors
/// If there is no such user, or the storage fails.
pub async fn list_secrets<S: Storage>(
    storage: &S,
    owner: UserId,
) -> Result<Vec<SecretType>, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    uow.users().get(owner).await?.ok_or(UserNotFound(owner))?;
    uow.secrets().list(owner).await.map_err(Failure::Storage)
}
