//! The marker of this program's database.

use underpin::outbox::OutboxRow;
use underpin::{Schema, SchemaBuilder, Store};

use crate::row::{EncryptedSecretRow, UserRow};

/// The database of this program, as a type: `impl Entity<Db> for User` says how a user is stored *here*.
#[derive(Debug, Clone, Copy)]
pub struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<UserRow>().table::<EncryptedSecretRow>().table::<OutboxRow>()
    }
}
