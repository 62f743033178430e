//! An aggregate whose root is the row of no table.

#[allow(unused)]
mod tables;
use tables::*;
use underpin::PartRows;

struct Customer(i64);

impl Aggregate<Db> for Customer {
    type Row = User;
    type Parts = (HasMany<OrderRow>,);
    fn to_rows(&self) -> (User, PartRows<Self::Parts>) {
        (User { id: self.0, email: String::new(), age: 1 }, (vec![],))
    }
    fn from_rows(row: User, _: PartRows<Self::Parts>) -> Result<Self, MappingError> {
        Ok(Self(row.id))
    }
}

impl Events<Db> for Customer {}

fn main() {}
