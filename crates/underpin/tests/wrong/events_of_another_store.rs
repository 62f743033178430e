//! The events of an entity are taken care of in another database.

#[allow(unused)]
mod tables;
use tables::*;

struct Person(String);

impl Entity<Db> for Person {
    type Row = UserRow;
    fn to_row(&self) -> UserRow {
        UserRow { id: 1, email: self.0.clone(), age: 1 }
    }
    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        Ok(Self(row.email))
    }
}

impl Events<OtherDb> for Person {}

fn main() {}
