//! An aggregate is added to a database in which it is not mapped.

#[allow(unused)]
mod tables;
use tables::*;

struct Customer(i64);

impl Aggregate<Db> for Customer {
    type Row = UserRow;
    type Parts = (HasMany<OrderRow>,);
    fn to_rows(&self) -> (UserRow, Self::Parts) {
        (UserRow { id: self.0, email: String::new(), age: 1 }, (vec![OrderRow { id: 1, user: self.0 }],))
    }
    fn from_rows(row: UserRow, _: Self::Parts) -> Result<Self, MappingError> {
        Ok(Self(row.id))
    }
}

impl Events<Db> for Customer {}

async fn asked(uow: &mut UnitOfWork<OtherDb>) {
    let _ = uow.add(&mut Customer(1));
}

fn main() {}
