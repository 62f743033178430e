//! The table `encrypted_secrets`.

use std::time::SystemTime;

use finance_domain::SecretType;
use underpin::secrets::EncryptedText;
use underpin::{Auto, Table};

use super::UserRow;

const _: () = assert!(SecretType::MAX_CHARACTERS == 50);

/// A row of `encrypted_secrets`. The type of the value sees to it that it is encrypted: no plain one has a place here.
#[derive(Debug, Table)]
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
    /// The value, in base64, bound to the owner and to what it is for.
    pub encrypted_value: EncryptedText<String>,
    /// When the owner first entrusted it.
    #[column(default = SystemTime::now())]
    pub created_at: Auto<SystemTime>,
    /// When it was replaced last.
    #[column(default = SystemTime::now(), on_update = SystemTime::now())]
    pub updated_at: Auto<SystemTime>,
}
