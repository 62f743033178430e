//! The children of a column, with the column's type left out.

#[allow(unused)]
mod tables;
use tables::*;

struct Order {
    id: i64,
    user: i64,
}

impl Entity<Db> for Order {
    type Row = OrderRow;
    fn to_row(&self) -> OrderRow {
        OrderRow { id: self.id, user: self.user }
    }
    fn from_row(row: OrderRow) -> Result<Self, MappingError> {
        Ok(Self { id: row.id, user: row.user })
    }
}

impl Events<Db> for Order {}

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.children::<Order>(OrderRow::USER, [1_i64]).await;
}

fn main() {}
