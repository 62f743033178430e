//! An entity where the row of a part should stand, in an aggregate that is used.

#[allow(unused)]
mod tables;
use tables::*;

struct Customer(i64);

impl Aggregate<Db> for Customer {
    type Row = UserRow;
    type Parts = (HasMany<User>,);
    fn to_rows(&self) -> (UserRow, Self::Parts) {
        (UserRow { id: self.0, email: String::new(), age: 1 }, (vec![],))
    }
    fn from_rows(row: UserRow, _: Self::Parts) -> Result<Self, MappingError> {
        Ok(Self(row.id))
    }
}

impl Events<Db> for Customer {}

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.get::<Customer>(1).await;
    let _ = uow.add(&mut Customer(1));
}

fn main() {}
