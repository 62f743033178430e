//! Rows are deleted by a column of another table.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.delete::<UserRow>().filter(OrderRow::ID.eq(3)).execute().await;
}

fn main() {}
