//! A mapping that does not say to which row.

#[allow(unused)]
mod tables;
use tables::*;

struct Person(String);

impl Entity<Db> for Person {
    fn to_row(&self) -> UserRow {
        UserRow { id: 1, email: self.0.clone(), age: 1 }
    }
    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        Ok(Self(row.email))
    }
}

impl Events<Db> for Person {}

fn main() {}
