//! An entity as its own row.

#[allow(unused)]
mod tables;
use tables::*;

struct Person(String);

impl Entity<Db> for Person {
    type Row = User;
    fn to_row(&self) -> User {
        User { id: 1, email: self.0.clone(), age: 1 }
    }
    fn from_row(row: User) -> Result<Self, MappingError> {
        Ok(Self(row.email))
    }
}

impl Events<Db> for Person {}

fn main() {}
