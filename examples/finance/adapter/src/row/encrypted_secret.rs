//! The table `encrypted_secrets`.

use std::time::SystemTime;

use finance_domain::SecretType;
use underpin::{Auto, Table};

use super::UserRow;

const _: () = assert!(SecretType::MAX_CHARACTERS == 50);

/// A row of `encrypted_secrets`. Whoever writes one has encrypted the value before: no plain value has a place here.
#[derive(Table)]
#[table(name = "encrypted_secrets")]
#[table(index(columns = [user_id, secret_type], unique, name = "ix_encrypted_secrets_user_type"))]
pub struct EncryptedSecretRow {
    /// Counted by the database.
    #[column(primary_key, identity)]
    pub id: Auto<i32>,
    /// Whose it is.
    #[column(length = 36, references = UserRow::ID)]
    pub user_id: String,
    /// What it is for.
    #[column(length = 50)]
    pub secret_type: String,
    /// The envelope, in base64.
    pub encrypted_value: String,
    /// When the owner first entrusted it.
    #[column(default = SystemTime::now())]
    pub created_at: Auto<SystemTime>,
    /// When it was replaced last.
    #[column(default = SystemTime::now(), on_update = SystemTime::now())]
    pub updated_at: Auto<SystemTime>,
}

/// Leaves the value out: even encrypted it has no business in a log.
impl std::fmt::Debug for EncryptedSecretRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EncryptedSecretRow")
            .field("id", &self.id)
            .field("user_id", &self.user_id)
            .field("secret_type", &self.secret_type)
            .finish_non_exhaustive()
    }
}
