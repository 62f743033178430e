//! An entity that cannot travel between threads.

#[allow(unused)]
mod tables;
use tables::*;
use std::rc::Rc;

struct Person {
    id: i64,
    email: Rc<String>,
}

impl Entity<Db> for Person {
    type Row = UserRow;
    fn to_row(&self) -> UserRow {
        UserRow { id: self.id, email: self.email.to_string(), age: 1 }
    }
    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        Ok(Self { id: row.id, email: Rc::new(row.email) })
    }
}

impl Events<Db> for Person {}

fn main() {}
