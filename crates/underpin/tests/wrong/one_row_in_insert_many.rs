//! One row where many should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, row: UserRow) {
    let _ = uow.insert_many(row).execute().await;
}

fn main() {}
