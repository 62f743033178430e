//! A type that names a foreign key of another row.

#[allow(unused)]
mod tables;
use tables::*;
use underpin::By;

struct Sent;

impl underpin::Via<UserRow> for Sent {
    const COLUMNS: &'static [&'static str] = &["user"];
}

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
