//! Somebody needs what they have entrusted to the program.

use crate::{Failure, SecretNotFound, SecretType, SecretValue, SecretVault, Storage, UnitOfWork, UserId};

/// The plain value of a secret.
///
/// # Errors
/// If there is no such secret, or the storage fails, as it does if the value was altered or moved.
pub async fn open_secret<S: Storage>(
    storage: &S,
    owner: UserId,
    secret_type: SecretType,
) -> Result<SecretValue, Failure<S::Error>> {
    let mut uow = storage.begin().await?;
    let opened = uow.secrets().open(owner, &secret_type).await.map_err(Failure::Storage)?;
    opened.ok_or_else(|| SecretNotFound { owner, secret_type }.into())
}
