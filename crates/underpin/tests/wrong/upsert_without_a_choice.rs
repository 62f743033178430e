//! An upsert that does not say what happens to a row that is there.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, rows: Vec<UserRow>) {
    let _ = uow.upsert(rows).on_conflict(UserRow::ID).execute().await;
}

fn main() {}
