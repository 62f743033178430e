//! An aggregate that cannot travel between threads.

#[allow(unused)]
mod tables;
use tables::*;
use std::rc::Rc;

struct Customer(Rc<i64>);

impl Aggregate<Db> for Customer {
    type Row = UserRow;
    type Parts = (HasMany<OrderRow>,);
    fn to_rows(&self) -> (UserRow, Self::Parts) {
        (UserRow { id: *self.0, email: String::new(), age: 1 }, (vec![],))
    }
    fn from_rows(row: UserRow, _: Self::Parts) -> Result<Self, MappingError> {
        Ok(Self(Rc::new(row.id)))
    }
}

impl Events<Db> for Customer {}

fn main() {}
