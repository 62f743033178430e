//! More parts than there can be.

#[allow(unused)]
mod tables;
use tables::*;

type One = HasMany<OrderRow>;

struct Customer(i64);

impl Aggregate<Db> for Customer {
    type Row = UserRow;
    type Parts = (One, One, One, One, One, One, One, One, One);
    fn to_rows(&self) -> (UserRow, Self::Parts) {
        unimplemented!()
    }
    fn from_rows(row: UserRow, _: Self::Parts) -> Result<Self, MappingError> {
        Ok(Self(row.id))
    }
}

impl Events<Db> for Customer {}

fn main() {}
