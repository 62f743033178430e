//! Somebody takes a secret back.

use crate::{Failure, SecretNotFound, SecretType, SecretVault, Storage, UnitOfWork, UserId};

/// Forgets a secret of a user.
///
/// # Errors
/// If there is no such secret, or the storage fails.
pub async fn forget_secret<S: Storage>(
    storage: &S,
    owner: UserId,
    secret_type: SecretType,
) -> Result<(), Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    if !uow.secrets().forget(owner, &secret_type).await.map_err(Failure::Storage)? {
        return Err(SecretNotFound { owner, secret_type }.into());
    }
    uow.commit().await
}
