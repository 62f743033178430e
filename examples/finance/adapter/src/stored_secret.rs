//! A secret as it stands in the database, encrypted.

use underpin::{Entity, Events, MappingError, Table};

use crate::Db;
use crate::row::EncryptedSecretRow;

/// A row of `encrypted_secrets`, as it is. That the domain's `Secret` is not mapped itself keeps it from being read where
/// nobody asked for the value.
#[derive(Debug)]
pub struct StoredSecret(pub EncryptedSecretRow);

impl Entity<Db> for StoredSecret {
    type Row = EncryptedSecretRow;

    fn to_row(&self) -> EncryptedSecretRow {
        self.0.duplicate()
    }

    fn from_row(row: EncryptedSecretRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for StoredSecret {}
