//! An upsert that does not say which columns decide.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, rows: Vec<UserRow>) {
    let _ = uow.upsert(rows).update_all().execute().await;
}

fn main() {}
