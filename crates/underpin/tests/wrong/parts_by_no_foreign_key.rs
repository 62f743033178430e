//! A type that names no foreign key.

#[allow(unused)]
mod tables;
use tables::*;
use underpin::By;

struct Sent;

struct Customer(i64);

impl Aggregate<Db> for Customer {
    type Row = UserRow;
    type Parts = (By<Sent, HasMany<OrderRow>>,);
    fn to_rows(&self) -> (UserRow, Self::Parts) {
        (UserRow { id: self.0, email: String::new(), age: 1 }, (vec![OrderRow { id: 1, user: self.0 }].into(),))
    }
    fn from_rows(row: UserRow, _: Self::Parts) -> Result<Self, MappingError> {
        Ok(Self(row.id))
    }
}

impl Events<Db> for Customer {}

fn main() {}
