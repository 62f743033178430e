//! The secrets of one unit of work.

use finance_domain::{Secret, SecretType, SecretValue, SecretVault, UserId};
use underpin::secrets::{self, Cipher, StoredColumn};
use underpin::{Auto, Error, ErrorKind, Result, UnitOfWork};

use crate::row::EncryptedSecretRow;
use crate::{Db, StoredSecret};

/// What the value of a secret is called in what is authenticated. It stays when the table or the column is renamed: without
/// it nothing decrypts.
pub(crate) const CONTEXT: &str = "finance.secret";

/// The column of the values, for counting them by key and for bringing them under another one. They are bound to the same
/// two columns by `put` below.
#[must_use]
pub fn secret_column() -> StoredColumn {
    StoredColumn::new("encrypted_secrets", "encrypted_value")
        .with_context(CONTEXT)
        .bound_to(["user_id", "secret_type"])
}

/// The secrets, as a unit of work sees them; it is borrowed meanwhile.
#[derive(Debug)]
pub struct Secrets<'u> {
    uow: &'u mut UnitOfWork<Db>,
    cipher: Option<Cipher>,
}

impl<'u> Secrets<'u> {
    pub(crate) fn new(uow: &'u mut UnitOfWork<Db>, cipher: Option<Cipher>) -> Self {
        Self { uow, cipher }
    }

    fn cipher(&self) -> Result<&Cipher> {
        self.cipher.as_ref().ok_or_else(|| {
            Error::new(ErrorKind::Config, "no key is configured, and secrets need one")
                .with_hint("name a key file, or set UNDERPIN_KEY_FILE or UNDERPIN_KEYS")
        })
    }
}

impl SecretVault for Secrets<'_> {
    type Error = Error;

    async fn put(&mut self, secret: &Secret) -> Result<()> {
        let (user_id, secret_type) = (secret.owner().to_string(), secret.secret_type().to_string());
        let value = secrets::Secret::new(secret.value().expose().to_owned());
        // The database counts the rows, so the value is bound to what names it: whose it is, and what it is for.
        let encrypted_value = self.cipher()?.encrypt(&[&*user_id, &*secret_type], &value);
        let row = EncryptedSecretRow {
            id: Auto::Unset,
            user_id,
            secret_type,
            encrypted_value,
            created_at: Auto::Unset,
            updated_at: Auto::Unset,
        };
        let place = (EncryptedSecretRow::USER_ID, EncryptedSecretRow::SECRET_TYPE);
        let taken_over = (EncryptedSecretRow::ENCRYPTED_VALUE, EncryptedSecretRow::UPDATED_AT);
        self.uow.upsert([row]).on_conflict(place).update(taken_over).execute().await?;
        Ok(())
    }

    async fn open(&mut self, owner: UserId, secret_type: &SecretType) -> Result<Option<SecretValue>> {
        let cipher = self.cipher()?.clone();
        let (user_id, secret_type) = (owner.to_string(), secret_type.as_str());
        let place =
            EncryptedSecretRow::USER_ID.eq(&*user_id).and(EncryptedSecretRow::SECRET_TYPE.eq(secret_type));
        let Some(StoredSecret(row)) = self.uow.select::<StoredSecret>().filter(place).first().await? else {
            return Ok(None);
        };
        let value = cipher.decrypt(&[&*user_id, secret_type], row.encrypted_value)?;
        Ok(Some(SecretValue::new(value.expose().as_str())))
    }

    async fn list(&mut self, owner: UserId) -> Result<Vec<SecretType>> {
        let owned = EncryptedSecretRow::USER_ID.eq(owner.to_string());
        let secrets = self.uow.select::<StoredSecret>().filter(owned);
        let secrets = secrets.order_by(EncryptedSecretRow::SECRET_TYPE.asc()).all().await?;
        let wrong = |_| Error::mapping("a row of encrypted_secrets has a type that is none");
        secrets.iter().map(|StoredSecret(row)| row.secret_type.parse().map_err(wrong)).collect()
    }

    async fn forget(&mut self, owner: UserId, secret_type: &SecretType) -> Result<bool> {
        let owned = EncryptedSecretRow::USER_ID.eq(owner.to_string());
        let place = owned.and(EncryptedSecretRow::SECRET_TYPE.eq(secret_type.as_str()));
        let gone = self.uow.delete::<EncryptedSecretRow>().filter(place).execute().await?;
        Ok(gone > 0)
    }
}
