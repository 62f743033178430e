//! Somebody entrusts a secret to the program.

use crate::{Failure, Secret, SecretVault, Storage, UnitOfWork, UserNotFound, UserRepository};

/// Keeps a secret of a user, in the place of the one of the same type, if there is one.
///
/// # Errors
/// If there is no such user, or the storage fails.
pub async fn keep_secret<S: Storage>(storage: &S, secret: &Secret) -> Result<(), Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    uow.users().get(secret.owner()).await?.ok_or(UserNotFound(secret.owner()))?;
    uow.secrets().put(secret).await.map_err(Failure::Storage)?;
    uow.commit().await
}
