//! An aggregate whose root is the row of no table.

#[allow(unused)]
mod tables;
use tables::*;

struct Customer(i64);

impl Aggregate<Db> for Customer {
    type Row = User;
    type Parts = (HasMany<OrderRow>,);
    fn to_rows(&self) -> (User, Self::Parts) {
        (User { id: self.0, email: String::new(), age: 1 }, (vec![],))
    }
    fn from_rows(row: User, _: Self::Parts) -> Result<Self, MappingError> {
        Ok(Self(row.id))
    }
}

impl Events<Db> for Customer {}

fn main() {}
