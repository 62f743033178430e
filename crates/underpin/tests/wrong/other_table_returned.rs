//! A column of another table is to come back.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, rows: Vec<UserRow>) {
    let _ = uow.insert_many(rows).returning(OrderRow::ID).execute().await;
}

fn main() {}
