//! A type of the domain where a kind of part should stand.

#[allow(unused)]
mod tables;
use tables::*;

struct Line {
    id: i64,
}

struct Customer(i64);

impl Aggregate<Db> for Customer {
    type Row = UserRow;
    type Parts = (Line,);
    fn to_rows(&self) -> (UserRow, Self::Parts) {
        (UserRow { id: self.0, email: String::new(), age: 1 }, (Line { id: 1 },))
    }
    fn from_rows(row: UserRow, _: Self::Parts) -> Result<Self, MappingError> {
        Ok(Self(row.id))
    }
}

impl Events<Db> for Customer {}

fn main() {}
