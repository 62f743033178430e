//! The row of a mapping is not the one that it makes.

#[allow(unused)]
mod tables;
use tables::*;

struct Person(String);

impl Entity<Db> for Person {
    type Row = OrderRow;
    fn to_row(&self) -> UserRow {
        UserRow { id: 1, email: self.0.clone(), age: 1 }
    }
    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        Ok(Self(row.email))
    }
}

impl Events<Db> for Person {}

fn main() {}
