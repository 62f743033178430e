//! The port to whatever keeps secrets.

use crate::{Secret, SecretType, SecretValue, UserId};

/// Keeps secrets so that nobody reads them who only has the storage.
pub trait SecretVault: Send {
    /// What the vault fails with; it never holds a value.
    type Error;

    /// Keeps a secret in the place of the owner's one of the same type, if there is one.
    fn put(&mut self, secret: &Secret) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// The plain value of a secret, if it is kept.
    fn open(
        &mut self,
        owner: UserId,
        secret_type: &SecretType,
    ) -> impl Future<Output = Result<Option<SecretValue>, Self::Error>> + Send;

    /// What secrets of a user are kept, in the order of their types; no value is read for that.
    fn list(&mut self, owner: UserId) -> impl Future<Output = Result<Vec<SecretType>, Self::Error>> + Send;

    /// Forgets a secret; tells whether it was kept.
    fn forget(
        &mut self,
        owner: UserId,
        secret_type: &SecretType,
    ) -> impl Future<Output = Result<bool, Self::Error>> + Send;
}
