//! A conflict on a column of another table.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, rows: Vec<UserRow>) {
    let _ = uow.upsert(rows).on_conflict(OrderRow::ID).update_all().execute().await;
}

fn main() {}
