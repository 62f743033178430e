//! How a user is stored.

use teams_domain::User;
use underpin::{Entity, Events, MappingError};

use crate::Db;
use crate::row::UserRow;

impl Entity<Db> for User {
    type Row = UserRow;

    // Both ways name every field: one more in the domain or in the table is a compile error here.

    fn to_row(&self) -> UserRow {
        let Self { id, name, email } = self;
        UserRow { id: id.to_string(), name: name.to_string(), email: email.to_string() }
    }

    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        let UserRow { id, name, email } = row;
        Ok(Self { id: id.parse()?, name: name.parse()?, email: email.parse()? })
    }
}

impl Events<Db> for User {}
