//! The rows: one struct for each table.

mod encrypted_secret;
mod user;

pub use encrypted_secret::EncryptedSecretRow;
pub use user::UserRow;
