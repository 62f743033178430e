//! References where rows should stand.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, rows: Vec<UserRow>) {
    let _ = uow.insert_many(&rows).execute().await;
}

fn main() {}
