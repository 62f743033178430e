//! A mapping in one direction only.

#[allow(unused)]
mod tables;
use tables::*;

struct Person(String);

impl Entity<Db> for Person {
    type Row = UserRow;
    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        Ok(Self(row.email))
    }
}

impl Events<Db> for Person {}

fn main() {}
