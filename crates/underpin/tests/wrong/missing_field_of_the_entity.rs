//! A mapping that forgets a field of the entity.

#[allow(unused)]
mod tables;
use tables::*;

struct Person {
    id: i64,
    email: String,
}

impl Entity<Db> for Person {
    type Row = UserRow;
    fn to_row(&self) -> UserRow {
        UserRow { id: self.id, email: self.email.clone(), age: 1 }
    }
    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        Ok(Self { id: row.id })
    }
}

impl Events<Db> for Person {}

fn main() {}
